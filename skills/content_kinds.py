from editorial.content.kinds import register
from skills.models import Skill

register("skills", Skill, parts=["role_skills", "resources"])
