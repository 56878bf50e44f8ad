"""Keeps the search index in step with the pages.

`watch` connects it to every change that Django announces; `reindex` brings one page up to date; `rebuild` starts over,
for changes that Django does not announce (updates and inserts in bulk, a restored backup).
"""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save

from .models import SearchEntry, SearchWord
from .normalize import indexed
from .subjects import BY_MODEL, SUBJECTS

AT_A_TIME = 200

# Between equals, the kinds come in the order of SearchEntry.Kind, and pages of a kind in their own.
STEP_BETWEEN_KINDS = 100_000
PLACE_OF_KIND = {kind: place * STEP_BETWEEN_KINDS for place, kind in enumerate(SearchEntry.Kind.values)}


def words_in(text):
    """The different words of an entry's `text`."""
    return set(text.split()) - {"|"}


def describe(subject, item):
    """An unsaved entry for one page; None for one without an address."""
    address = subject.address_of(item)
    if not address:
        return None
    names = subject.names_of(item)
    summary, body = subject.summary_of(item), subject.body_of(item)
    title, *others = map(indexed, names)
    others = "|".join(dict.fromkeys(other for other in others if other not in (" ", title)))
    return SearchEntry(
        kind=subject.kind,
        object_id=item.pk,
        key=subject.key_of(item),
        address=address,
        position=PLACE_OF_KIND[subject.kind] + getattr(item, "position", 0),
        title=names[0],
        summary=summary,
        body=body,
        names=f"{title}|{others}",
        text="\n".join([title, others, indexed(summary), indexed(body)]),
    )


FIELDS = [field.name for field in SearchEntry._meta.concrete_fields if field.name not in ("id", "kind", "object_id")]


@transaction.atomic
def reindex(kind, pk):
    """Make the index say of one page what readers see of it at this moment: nothing when it is no longer public."""
    subject = SUBJECTS[kind]
    subject.model._base_manager.select_for_update().filter(pk=pk).first()  # who comes later reads later
    item = subject.loaded().filter(pk=pk).first()
    new = describe(subject, item) if item else None
    old = SearchEntry.objects.select_for_update().filter(kind=kind, object_id=pk).first()
    if new is None and old is None:
        return
    before, after = (words_in(entry.text) if entry else set() for entry in (old, new))
    if new is None:
        old.delete()
    elif old is None:
        new.save(force_insert=True)
    else:
        new.pk = old.pk
        new.save(force_update=True)
    _count_words(gone=before - after, come=after - before)


def _count_words(gone, come):
    """Note which words an entry has no longer, and which are new in it. Always in one order: no two lock each other."""
    gone, come = sorted(gone), sorted(come)
    SearchWord.objects.bulk_create([_word(each, 0) for each in come], batch_size=AT_A_TIME, ignore_conflicts=True)
    for words, step in ((gone, -1), (come, 1)):
        for start in range(0, len(words), AT_A_TIME):
            counted = SearchWord.objects.filter(word__in=words[start : start + AT_A_TIME])
            if step < 0:
                counted.filter(pages__lte=1).delete()
            counted.update(pages=F("pages") + step)


def _word(word, pages):
    return SearchWord(word=word, padded=f" {word} ", pages=pages)


@transaction.atomic
def rebuild():
    """Write the whole index anew; returns the number of entries."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    pages, entries = Counter(), 0
    for subject in SUBJECTS.values():
        described = []
        for item in subject.loaded().order_by("pk").iterator(AT_A_TIME):
            entry = describe(subject, item)
            if entry is not None:
                described.append(entry)
                pages.update(words_in(entry.text))
            if len(described) == AT_A_TIME:
                entries += len(SearchEntry.objects.bulk_create(described))
                described = []
        entries += len(SearchEntry.objects.bulk_create(described))
    SearchWord.objects.bulk_create([_word(word, count) for word, count in sorted(pages.items())], batch_size=AT_A_TIME)
    return entries


# Following the editors


@dataclass
class Reindex:
    """The promise to bring one page up to date once the change is really in the database."""

    kind: str
    pk: int
    kept: bool = False

    def __call__(self):
        self.kept = True
        reindex(self.kind, self.pk)


def reindex_after_commit(kind, pk):
    """Bring a page up to date when the transaction is through; never when it is rolled back.

    A form saves a page and its many lists: what is already promised near the end of the queue is not promised twice.
    An error here is logged, and the editor's change stays.
    """
    promise = Reindex(kind, pk)
    if connection.in_atomic_block and any(function == promise for _, function, *_ in connection.run_on_commit[-20:]):
        return
    transaction.on_commit(promise, robust=True)


def _page_changed(sender, instance, *, kind, raw=False, **kwargs):
    reindex_after_commit(kind, instance.pk)


def _part_changed(sender, instance, *, kind, parent, raw=False, **kwargs):
    reindex_after_commit(kind, getattr(instance, parent))


def watch():
    """Follow every save and deletion of a page or of a row in one of its lists."""
    for model, subject in BY_MODEL.items():
        _connect(model, partial(_page_changed, kind=subject.kind))
        for part in subject.parts:
            relation = model._meta.get_field(part)
            if isinstance(relation, models.ManyToOneRel):
                changed = partial(_part_changed, kind=subject.kind, parent=relation.field.attname)
                _connect(relation.related_model, changed)


def _connect(model, receiver):
    for signal in (post_save, post_delete):
        signal.connect(receiver, sender=model, weak=False, dispatch_uid=f"search {model._meta.label}")
