from editorial.content.kinds import register
from outlook.models import RoleOccupation

register("occupations", RoleOccupation)
