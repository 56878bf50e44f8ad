"""Editing roles, kinds of software and standards."""

from .role import RoleAdmin
from .software import SoftwareCategoryAdmin
from .standards import StandardAdmin

__all__ = ["RoleAdmin", "SoftwareCategoryAdmin", "StandardAdmin"]
