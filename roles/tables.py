"""The tables of this app that go out and come in."""

from editorial.tables import Table
from roles.models import Standard


class StandardTable(Table):
    """The standards and rules, without their sources and links."""

    name = "standards"
    heading = "Standards"
    about = "One row for each standard. The slug says which."

    class Meta:
        model = Standard
        import_id_fields = ["slug"]
        fields = [
            "slug",
            "name",
            "full_name",
            "kind",
            "region",
            "publisher",
            "url",
            "free_to_read",
            "summary",
            "purpose",
            "in_practice",
            "state",
            "first_step",
            "status",
            "position",
            "reviewed_on",
            "review_due",
            "reviewer",
        ]
