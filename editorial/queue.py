"""What needs an editor: questions asked of the content, answered on the admin's first page.

An app asks its own by calling `register` in its admin module: the ground floor does not know roles or skills.
A question takes a fixed number of queries however much content there is, and names no more than `MOST_ROWS` items.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import CharField, Count, F, Value
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

from editorial.models import Publishable

MOST_ROWS = 10


@dataclass(frozen=True)
class Row:
    """One item that needs an editor: what it is, what is wrong in words, and the form in which to put it right."""

    kind: str
    item: str
    says: str
    address: str


@dataclass(frozen=True)
class More:
    """How many items of one kind there are in all, and the list that shows them."""

    words: str
    address: str


@dataclass(frozen=True)
class Answer:
    """What one question found: the first rows, and the way to all of them."""

    heading: str
    rows: list
    total: int
    lists: list = field(default_factory=list)

    @property
    def is_cut(self):
        return self.total > len(self.rows)


def form_of(model, pk):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])


def list_of(model, filters):
    query = f"?{urlencode(filters)}" if filters else ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") + query


def may_see(request, model):
    """Whether the admin shows this model's forms to the person."""
    model_admin = admin.site._registry.get(model)
    return model_admin is not None and model_admin.has_view_permission(request)


def on_day(moment):
    """The day of a moment, as the site writes it."""
    return date_format(localtime(moment).date())


def how_many(number, model):
    """3 skills, 1 skill."""
    return f"{number:,} {model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural}"


@dataclass(frozen=True)
class Question:
    """A question about one model.

    `find` returns a query set in the order in which to work; `says` a sentence on one of its rows.
    `filters` are those of the admin's list that shows the same rows.
    """

    heading: str
    model: type
    find: Callable
    says: Callable
    filters: dict = field(default_factory=dict)

    def answer(self, request):
        """An `Answer`, or None when there is nothing to do or the person may not see it. At most two queries."""
        if not may_see(request, self.model):
            return None
        found = self.find()
        total = found.order_by().count()
        if not total:
            return None
        rows = [
            Row(capfirst(self.model._meta.verbose_name), str(item), self.says(item), form_of(self.model, item.pk))
            for item in found[:MOST_ROWS]
        ]
        lists = [More(how_many(total, self.model), list_of(self.model, self.filters))]
        return Answer(self.heading, rows, total, lists)


@dataclass(frozen=True)
class PagesQuestion:
    """A question about everything that can be published, whatever app it lives in: one query over all its models.

    `among` narrows a query set; `day` names the date that decides the order and stands in the sentence.
    `filters` is called when the answer is given, since it may speak of today.
    """

    heading: str
    among: Callable
    says: Callable
    day: str
    filters: Callable

    def answer(self, request):
        """An `Answer`, or None when there is nothing to do that the person may see. At most two queries."""
        models = [model for model in Publishable.__subclasses__() if may_see(request, model)]
        counts = self._counts(models)
        if not counts:
            return None
        lists = [More(how_many(count, model), list_of(model, self.filters())) for model, count in counts.items()]
        return Answer(self.heading, self._rows(list(counts)), sum(counts.values()), lists)

    def _counts(self, models):
        """How many pages of each model there are, without the models that have none."""
        per_model = [
            self._of(model).values("which").annotate(how_many=Count("pk")).values_list("which", "how_many")
            for model in models
        ]
        if not per_model:
            return {}
        # Without order_by(), Django 6.1 sorts by the model's own order, which names columns that are not there.
        found = dict(per_model[0].union(*per_model[1:], all=True).order_by())
        return {model: found[model._meta.label] for model in models if found.get(model._meta.label)}

    def _rows(self, models):
        columns = ["which", "pk", "label", "date"]
        per_model = [
            self._of(model).annotate(label=F(label_field(model)), date=F(self.day)).values_list(*columns)
            for model in models
        ]
        by_label = {model._meta.label: model for model in models}
        found = per_model[0].union(*per_model[1:], all=True).order_by("date", "label", "pk")
        return [
            Row(capfirst(by_label[which]._meta.verbose_name), label, self.says(date), form_of(by_label[which], pk))
            for which, pk, label, date in found[:MOST_ROWS]
        ]

    def _of(self, model):
        name = Value(model._meta.label, output_field=CharField())
        return self.among(model.objects.published()).order_by().annotate(which=name)


def label_field(model):
    """The field that names a page to readers."""
    names = {each.name for each in model._meta.concrete_fields}
    return "title" if "title" in names else "name"


_questions = []


def register(question):
    """Ask this too: anything with a method `answer(request)` that gives an `Answer` or None."""
    _questions.append(question)


def answers(request):
    """What needs the person who asks, question by question, without those that found nothing."""
    found = [question.answer(request) for question in _questions]
    return [each for each in found if each is not None]
