"""Roles, software categories and standards. Import the models from here."""

from .links import RoleLinkQuerySet
from .parts import (
    AlternativeTitle,
    Certificate,
    Collaborator,
    Destination,
    Difference,
    EmployerNote,
    EmployerQuestion,
    EmployerType,
    EntryRoute,
    Fit,
    Project,
    Responsibility,
    WeekActivity,
)
from .role import Role, RoleCategory, RoleStandard
from .software import CategoryExample, CategoryStandard, SoftwareCategory
from .standards import Standard

__all__ = [
    "AlternativeTitle",
    "CategoryExample",
    "CategoryStandard",
    "Certificate",
    "Collaborator",
    "Destination",
    "Difference",
    "EmployerNote",
    "EmployerQuestion",
    "EmployerType",
    "EntryRoute",
    "Fit",
    "Project",
    "Responsibility",
    "Role",
    "RoleCategory",
    "RoleLinkQuerySet",
    "RoleStandard",
    "SoftwareCategory",
    "Standard",
    "WeekActivity",
]
