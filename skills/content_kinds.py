from editorial.content.kinds import extend, register
from skills.models import Skill

register("skills", Skill, parts=["resources"])
extend("roles", "role_skills", after="role_standards")
