"""The editors' desk: what happens to an item between an editor's typing and a reader's page.

`versions` takes down every save and publishes, undoes, removes and recovers; `rehearsal` shows an item as a draft
would make it, without writing it; `merging` puts two people's changes side by side. All work on the item as plain
data, in the form of its content file.
"""

from .merging import Difference, common_ancestor, differences, merged, three_ways
from .rehearsal import rehearsal
from .versions import (
    Collision,
    Refused,
    change,
    current,
    discard,
    is_there,
    keep,
    live,
    newest,
    others_at,
    publish,
    publish_due,
    record,
    record_outside_change,
    recover,
    remove,
    remove_all,
    restore,
    save_draft,
    schedule,
    seen,
    set_aside,
    take_down,
    undo,
    waiting,
)

__all__ = [
    "Collision",
    "Difference",
    "Refused",
    "change",
    "common_ancestor",
    "current",
    "differences",
    "discard",
    "is_there",
    "keep",
    "live",
    "merged",
    "newest",
    "others_at",
    "publish",
    "publish_due",
    "record",
    "record_outside_change",
    "recover",
    "rehearsal",
    "remove",
    "remove_all",
    "restore",
    "save_draft",
    "schedule",
    "seen",
    "set_aside",
    "take_down",
    "three_ways",
    "undo",
    "waiting",
]
