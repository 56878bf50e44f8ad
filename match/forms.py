"""The questionnaire, and everything that can stand in the address of a result."""

import re
from itertools import groupby
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.template.loader import get_template
from django.urls import reverse

from .questions import SKIPPED

LONGEST = 200


class ResultForm(forms.Form):
    """What the address of a result holds: `v`, the version, and `a`, one sign for each statement."""

    v = forms.CharField(required=False, max_length=LONGEST)
    a = forms.CharField(required=False, max_length=LONGEST, strip=False)

    def value(self, name):
        """The cleaned value; empty when it was left out or makes no sense."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""


def answers_one_by_one(parameters, questions):
    """The signs of a sheet that the questionnaire sent: a parameter for each statement, s1 for the first.

    One that is left out or empty is skipped. What is no sign at all becomes a space, which answers nothing.
    """
    sent = [parameters.get(name_of(number)) or SKIPPED for number in range(len(questions.statements))]
    return "".join(each if len(each) == 1 else " " for each in sent)


def answers_any(parameters):
    """Whether any parameter looks like the answer to a statement."""
    return any(re.fullmatch(r"s[1-9]\d?", name, re.ASCII) for name in parameters)


def name_of(number):
    return f"s{number + 1}"


def address_of(version, sheet, page="match:result"):
    """Where that sheet is shown: the same for the same answers to the same version."""
    return f"{reverse(page)}?{urlencode({'v': version, 'a': sheet.signs})}"


class QuestionForm(forms.Form):
    """All statements on one page, each with its answers side by side. Nothing is required."""

    def __init__(self, question_set, words, answered):
        """`answered`: {key of a statement: sign}, for a reader who comes back to change answers."""
        super().__init__()
        self.version, self.words = question_set.code, words
        self.statements = question_set.questions.statements
        for number, each in enumerate(self.statements):
            self.fields[name_of(number)] = forms.ChoiceField(
                label=each.text,
                required=False,
                widget=forms.RadioSelect,
                choices=[(answer.sign, answer.words) for answer in each.answers],
                initial=answered.get(each.key),
            )

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_method = "get"
        helper.form_action = reverse("match:result")
        helper.form_class = "quiz"
        helper.attrs = {"data-quiz": ""}
        helper.disable_csrf = True
        parts = []
        for group, numbered in groupby(enumerate(self.statements), key=lambda each: each[1].group):
            parts += [
                Rendered("match/group.html", key=group, passage=self.words.passage(group)),
                *(Field(name_of(number)) for number, _ in numbered),
            ]
        helper.layout = Layout(*parts, Rendered("match/tray.html", count=len(self.statements), version=self.version))
        return helper


class Rendered:
    """A template between the fields. crispy's own HTML would read what editors write as a template."""

    def __init__(self, template, **context):
        self.template, self.context = template, context

    def render(self, form, context, template_pack=None, **kwargs):
        # Within the context of the page, which knows the labels that editors wrote.
        with context.push(**self.context):
            return get_template(self.template).template.render(context)
