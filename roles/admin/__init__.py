"""Editing roles, kinds of software and standards."""

from . import gaps  # noqa: F401 - registers what it asks
from .role import RoleAdmin
from .software import SoftwareCategoryAdmin
from .standards import StandardAdmin

__all__ = ["RoleAdmin", "SoftwareCategoryAdmin", "StandardAdmin"]
