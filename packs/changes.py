"""What differs between a pack as it was shared and the site today."""

import hashlib
from dataclasses import dataclass

from django.db.models import Q

from careers.changes import NOT_NEWS
from editorial.desk import differences
from editorial.models import Version
from skills.models import Skill

# Dates of a check, and addresses that lead on, change no word that the pack shows.
NO_WORDS = NOT_NEWS | {"reviewed_on", "review_due", "reviewer", "former_slugs"}
SKILLS_OF_A_ROLE = "role_skills"


@dataclass(frozen=True)
class Change:
    """How one role, skill or trend differs, and when it was last changed."""

    on: object
    fields: list
    added: list
    removed: list
    weighed: bool  # the same skills, and another word on how much or how well they are needed


@dataclass(frozen=True)
class Changes:
    """All that differs. `of` has a Change for the key of each item that changed; `pay` names the new figures."""

    of: dict
    pay: str = ""

    def __bool__(self):
        return bool(self.of or self.pay)


def key_of(item):
    """What names the same thing in items and in versions."""
    return item.kind, item.item_id


def changes_since(items, pay_then, pay_now):
    """The Changes since the versions that `items` name. `pay_then` and `pay_now`: names of pay figures.

    Two queries, and a third for the names of skills that came or went.
    """
    then, now = _versions_of(items), live_versions_of(items)
    pairs = [(key_of(item), then.get(key_of(item)), now.get(key_of(item))) for item in items]
    moved = [(key, old, new) for key, old, new in pairs if old and new and old.number != new.number]
    names = _skill_names(moved)
    found = {key: _change(old, new, names) for key, old, new in moved if not new.is_deletion}
    return Changes(
        of={key: change for key, change in found.items() if change},
        pay=pay_now if pay_then and pay_now != pay_then else "",
    )


def _versions_of(items):
    wanted = Q(pk__in=[])
    for item in items:
        wanted |= Q(kind=item.kind, item_id=item.item_id, number=item.version)
    return {key_of(version): version for version in Version.objects.filter(wanted)}


def live_versions_of(items):
    """{key: the version that readers see today} of the things that items name."""
    wanted = Q(pk__in=[])
    for item in items:
        wanted |= Q(kind=item.kind, item_id=item.item_id)
    return {key_of(version): version for version in Version.objects.latest_of_each().filter(wanted)}


def _skills_in(version):
    return {row["skill"]: row for row in version.data.get(SKILLS_OF_A_ROLE, [])} if version.data else {}


def _skill_names(moved):
    """{slug: name} of the skills that a role has now and had not, or the other way round."""
    slugs = set()
    for _, old, new in moved:
        slugs |= _skills_in(old).keys() ^ _skills_in(new).keys()
    return dict(Skill.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}


def _change(old, new, names):
    """The Change from one version to another; None when it is none that readers could see."""
    fields = [each for each in differences(old, new) if each.name not in NO_WORDS]
    before, after = _skills_in(old), _skills_in(new)
    change = Change(
        on=new.published_at,
        fields=[each.label for each in fields if each.name != SKILLS_OF_A_ROLE],
        added=_named(after.keys() - before.keys(), names),
        removed=_named(before.keys() - after.keys(), names),
        weighed=any(before[slug] != after[slug] for slug in before.keys() & after.keys()),
    )
    return change if fields else None


def _named(slugs, names):
    return sorted(names.get(slug, slug) for slug in slugs)


def fingerprint(items, pay):
    """What is live today, in one word: whether anything came since somebody looked."""
    live = live_versions_of(items)
    numbers = [str(live[key_of(item)].number) if key_of(item) in live else "0" for item in items]
    return hashlib.sha256(" ".join([*numbers, pay]).encode()).hexdigest()[:16]
