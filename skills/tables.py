"""The tables of this app that go out and come in."""

from editorial.tables import Table
from skills.models import LearningResource, RoleSkill, Skill


class SkillTable(Table):
    """The skills, without their links, resources and sources."""

    name = "skills"
    heading = "Skills"
    about = "One row for each skill. The slug says which."

    class Meta:
        model = Skill
        import_id_fields = ["slug"]
        fields = [
            "slug",
            "name",
            "kind",
            "is_base",
            "summary",
            "meaning",
            "general_tech",
            "healthcare",
            "level_1",
            "level_2",
            "level_3",
            "level_4",
            "trade_off",
            "status",
            "position",
            "reviewed_on",
            "review_due",
            "reviewer",
        ]


class RoleSkillTable(Table):
    """Which role needs which skill."""

    name = "role-skills"
    heading = "Skills of roles"
    about = "One row for each skill that a role needs. The slugs of the role and of the skill say which."

    class Meta:
        model = RoleSkill
        import_id_fields = ["role", "skill"]
        fields = ["role", "skill", "importance", "level", "why"]

    def pages_of(self, item):
        return [item.role]


class LearningResourceTable(Table):
    """Where to learn a skill."""

    name = "learning-resources"
    heading = "Learning resources"
    about = "One row for each free place to learn a skill. The slug of the skill and the address say which."

    class Meta:
        model = LearningResource
        import_id_fields = ["skill", "url"]
        fields = ["skill", "url", "title", "publisher", "hours", "level", "note", "position"]

    def pages_of(self, item):
        return [item.skill]
