"""Every parameter of the API: the pages' own forms where there is a page, held to the letter.

A page drops what it does not understand and says so. A program cannot read that, so the API refuses it; only a slug
that nothing answers to is named under `unknown`, since what is published changes. The description (openapi.py) is
made from these forms.
"""

import re

from django import forms

from careers.comparison import MOST_ROLES
from careers.forms import BrowseForm, CompareForm, PayForm, SlugsField, listed
from careers.search.forms import SearchForm
from careers.search.models import SearchEntry
from match.forms import ResultForm
from skills.models import Skill

from .problems import Problem

MOST_A_PAGE = 100
A_PAGE = 20
LAST_PAGE = 10_000


class WholeNumber(forms.IntegerField):
    """Plain digits, or left out altogether. Django's own field takes 1.0 and the digits of other scripts too."""

    def clean(self, value):
        if value is not None and not re.fullmatch(r"[0-9]{1,9}", value):
            raise forms.ValidationError(f"Write a whole number from {self.min_value} to {self.max_value}.")
        return super().clean(value)


class Choice(forms.ChoiceField):
    """One of the choices, or left out altogether."""

    def clean(self, value):
        if value == "":
            raise forms.ValidationError(f"Write one of: {', '.join(key for key, _ in self.choices)}.")
        return super().clean(value)


class Slugs(SlugsField):
    """A repeated parameter that holds nothing but slugs, `least` of them or more, and each once."""

    def __init__(self, *, least=0, most=SlugsField.most, **options):
        super().__init__(required=False, **options)
        self.least, self.most = least, most

    def clean(self, value):
        given = value or []
        if len(given) > self.most or len(set(given)) < max(self.least, len(given)):
            raise forms.ValidationError(f"Name {self.least} to {self.most}, each once.")
        if not all(map(self._is_slug, given)):
            raise forms.ValidationError("Write slugs: letters, digits, - and _.")
        return given


class Parameters(forms.Form):
    """What all have in common: how a view gets the values, or refuses.

    `told` explains the fields that come from a page's form, which explains them in its own way; `needed` names those
    that a page can do without.
    """

    told = {}
    needed = ()

    @classmethod
    def of(cls, given):
        """The form, yet to be checked, of the parameters in a QueryDict."""
        return cls(listed(given, *(name for name, field in cls.base_fields.items() if isinstance(field, SlugsField))))

    @classmethod
    def read(cls, request):
        """The form, clean. Raises Problem with what is wrong with each parameter."""
        form = cls.of(request.GET)
        if not form.is_valid():
            errors = {name: [str(each) for each in found] for name, found in form.errors.items()}
            raise Problem(400, f"Not understood: {', '.join(errors)}.", errors)
        return form

    def clean(self):
        for name in self.needed:
            if not self.data.get(name):
                self.add_error(name, "This is needed.")
        return super().clean()

    def value(self, name):
        """The cleaned value; None, "" or [] when it was left out."""
        return self.cleaned_data.get(name)


class Paged(Parameters):
    """A list comes in pages."""

    page = WholeNumber(required=False, min_value=1, max_value=LAST_PAGE, help_text="Which page of the list, from 1.")
    per_page = WholeNumber(
        required=False, min_value=1, max_value=MOST_A_PAGE, help_text=f"How many on a page; {A_PAGE} when left out."
    )


class RolesParameters(Paged, BrowseForm):
    """The search box and the filters of the list of roles."""

    category = Slugs(help_text="Slug of a kind of software; repeat it for any of several.")
    skill = Slugs(help_text="Slug of a skill; repeat it for any of several.")
    have = None  # what a reader marked
    field_order = ["q", "category", "skill", "page", "per_page"]
    told = {"q": "Words that must all occur in the titles, the promise, the software or the skills."}


class SkillsParameters(Paged):
    """The two kinds of skills."""

    kind = Choice(required=False, choices=Skill.Kind.choices, help_text="Only skills of this kind.")
    field_order = ["kind", "page", "per_page"]


class LinksParameters(Paged):
    """Which links between roles and skills."""

    role = Slugs(help_text="Slug of a role; repeat it for any of several.")
    skill = Slugs(help_text="Slug of a skill; repeat it for any of several.")
    field_order = ["role", "skill", "page", "per_page"]


class CompareParameters(Parameters, CompareForm):
    """Which roles to put side by side."""

    role = Slugs(least=2, most=MOST_ROLES, help_text="Slug of a role; two to five, in the order of the columns.")
    only = Choice(
        required=False, choices=[("differences", "differences")], help_text="Leave out what all of them share."
    )
    have = format = None  # what a reader marked, and the page's way to ask for a spreadsheet
    needed = ("role",)


class PayParameters(Paged, PayForm):
    """Which official occupation, and where."""

    format = None
    field_order = ["occupation", "area", "page", "per_page"]
    told = {
        "occupation": "SOC code of an occupation; software developers (15-1252) when it is left out.",
        "area": "Code or name of an area, or how its name begins. Left out: everywhere, and each industry.",
    }


class SearchParameters(Paged, SearchForm):
    """What to look for."""

    kind = Choice(required=False, choices=SearchEntry.Kind.choices, help_text="Only results of this kind.")
    field_order = ["q", "kind", "page", "per_page"]
    told = {"q": "What to look for. Typed errors are forgiven."}


class ResultParameters(Parameters, ResultForm):
    """An answer sheet."""

    told = {
        "v": "The code of the version of the questions.",
        "a": "One sign for each statement, in order: the sign of an answer, or - where it was skipped.",
    }
    needed = ("v", "a")
