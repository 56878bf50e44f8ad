"""Content folders for tests: written from the factories, never from content/."""

import pytest
from django.db import models

from editorial.content.files import write
from editorial.content.kinds import all_kinds
from editorial.models import FormerSlug, LoadedContent
from tests import factories

FACTORIES = {
    "sources": factories.SourceFactory,
    "standards": factories.StandardFactory,
    "categories": factories.SoftwareCategoryFactory,
    "roles": factories.RoleFactory,
    "skills": factories.SkillFactory,
    "reasons": factories.ReasonFactory,
    "trends": factories.TrendFactory,
    "pages": factories.PageFactory,
}


class ContentFolder:
    """A content folder whose files are named as the reports name them: "roles/ehr"."""

    def __init__(self, root):
        self.root = root

    def path(self, name):
        return self.root / f"{name}.yaml"

    def put(self, name, **fields):
        """Write the smallest file that loads, with `fields` on top."""
        folder, key = name.split("/")
        kind = next(kind for kind in all_kinds() if kind.folder == folder)
        item = FACTORIES[folder].build(**{kind.key_name: key})
        smallest = {column.name: column.of(item) for column in kind.columns}
        plain = {name: str(value) if isinstance(value, str) else value for name, value in smallest.items()}
        write(self.path(name), plain | fields)

    def replace(self, name, old, new):
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")

    def line_of(self, name, words):
        lines = self.path(name).read_text(encoding="utf-8").splitlines()
        (number,) = [number for number, line in enumerate(lines, start=1) if words in line]
        return number

    def rename(self, old, new):
        self.path(old).rename(self.path(new))

    def remove(self, name):
        self.path(name).unlink()


@pytest.fixture
def folder(tmp_path):
    """A standard that cites a source, and a role that meets the standard and cites the same source."""
    folder = ContentFolder(tmp_path / "content")
    cites = [{"source": "law", "supports": "All of it"}]
    folder.put("sources/law")
    folder.put("standards/hipaa", state="In force [@law].", citations=cites)
    folder.put(
        "roles/ehr",
        overview="It grows [@law].",
        fits=[{"side": "like", "text": "You like lists."}, {"side": "dislike", "text": "You dislike forms."}],
        role_standards=[{"standard": "hipaa", "when": "before-you-apply", "why": "It is the law."}],
        citations=cites,
    )
    return folder


def everything_in_the_database():
    """All rows of all models that content can touch."""
    parts = [part_list.model for kind in all_kinds() for part_list in kind.parts]
    kept = [FormerSlug, LoadedContent, *parts, *(kind.model for kind in all_kinds())]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in kept}


def empty_the_database():
    """Remove all content, as on the first day of a new site."""
    for kind in reversed(all_kinds()):
        kind.model.objects.all().delete()
    for model in (FormerSlug, LoadedContent):
        models.QuerySet(model).delete()
