"""Official figures and the releases they come from. Import the models from here."""

from .codes import Area, Industry, Occupation
from .estimates import Estimate
from .links import RoleOccupation
from .onet import Rating, Task, Technology
from .projections import Projection
from .releases import Release

__all__ = [
    "Area",
    "Estimate",
    "Industry",
    "Occupation",
    "Projection",
    "Rating",
    "Release",
    "RoleOccupation",
    "Task",
    "Technology",
]
