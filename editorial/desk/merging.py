"""Two people's changes side by side, field by field: what each of them made of the version both began with."""

from dataclasses import dataclass

from editorial.content.kinds import kind_named
from editorial.models import Version


@dataclass(frozen=True)
class Difference:
    """One field, or one list, in which versions of an item differ. `base` is what both began with."""

    name: str
    label: str
    base: object
    mine: object
    theirs: object

    @property
    def is_clash(self):
        """Did both change it, and not in the same way?"""
        return self.base not in (self.mine, self.theirs)

    @property
    def suggested(self):
        """Whose words to take: those of the one who changed it; one's own where both did."""
        return "theirs" if self.mine == self.base else "mine"


def differences(before, after):
    """The fields in which version `after` differs from version `before`, in the order of the item's file.

    `before` may be None for an item's first version; a deletion differs in nothing.
    """
    if before is None or before.is_deletion or after.is_deletion:
        return []
    return three_ways(before, after, before)


def three_ways(base, mine, theirs):
    """The fields in which `mine` and `theirs`, both made from `base`, differ from one another."""
    kind = kind_named(mine.kind)
    start, one, other = (kind.comparable(kind.completed(each.data)) for each in (base, mine, theirs))
    return [
        Difference(name, kind.label_of(name), start.get(name), one.get(name), other.get(name))
        for name in kind.changed_names(one, other)
    ]


def common_ancestor(mine, theirs):
    """The newest version of the item that both were made from; the older of the two when there is no other."""
    versions = {each.number: each for each in Version.objects.filter(kind=mine.kind, item_id=mine.item_id)}
    shared = _lineage(mine, versions) & _lineage(theirs, versions)
    return versions[max(shared)] if shared else min(mine, theirs, key=lambda version: version.number)


def _lineage(version, versions):
    numbers = set()
    while version is not None and not version.is_deletion:
        numbers.add(version.number)
        version = versions.get(version.based_on)
    return numbers


def merged(base, mine, theirs, choices=None):
    """`theirs` with every field for which `choices` says "mine" taken from `mine`.

    A field without a choice gets the suggested one.
    """
    choices = choices or {}
    data = dict(theirs.data)
    for difference in three_ways(base, mine, theirs):
        if choices.get(difference.name, difference.suggested) == "mine":
            if difference.name in mine.data:
                data[difference.name] = mine.data[difference.name]
            else:
                data.pop(difference.name, None)
    return data
