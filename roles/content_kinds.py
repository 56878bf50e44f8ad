from editorial.content.kinds import register
from roles.models import Role, SoftwareCategory, Standard

register("standards", Standard)
register("categories", SoftwareCategory, parts=["examples", "category_standards"])
register(
    "roles",
    Role,
    parts=[
        "alternative_titles",
        "fits",
        "responsibilities",
        "collaborators",
        "week_activities",
        "role_categories",
        "role_standards",
        "differences",
        "entry_routes",
        "certificates",
        "projects",
        "destinations",
        "employer_notes",
        "employer_questions",
    ],
)
