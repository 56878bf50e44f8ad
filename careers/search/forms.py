"""The parameters of the search."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.urls import reverse_lazy

from careers.forms import SEARCH_BUTTON

from .models import SearchEntry

MOST_SIGNS = 200


class SearchForm(forms.Form):
    """What to look for, and which part of the results to show. Whatever makes no sense is left out."""

    q = forms.CharField(
        label="Search this site",
        required=False,
        max_length=MOST_SIGNS,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "placeholder": "For example: X-rays, HIPAA, is it for me?",
                "data-suggest": reverse_lazy("careers:search-suggest"),
                "maxlength": MOST_SIGNS,
            }
        ),
        error_messages={
            "max_length": "Please use at most %(limit_value)d characters: a few words find most.",
            "null_characters_not_allowed": "That search holds a character we cannot look for.",
        },
    )
    kind = forms.ChoiceField(choices=SearchEntry.Kind.choices, required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    def value(self, name):
        """The cleaned value of one parameter; empty when it was left out or makes no sense."""
        return self.cleaned_data.get(name) or ""

    @property
    def helper(self):
        """Only the words are asked for: a new search starts on its first page, in all kinds."""
        helper = FormHelper(self)
        helper.form_method = "get"
        helper.form_action = "careers:search"
        helper.form_class = "search-form"
        helper.attrs = {"role": "search"}
        helper.disable_csrf = True
        helper.layout = Layout(Div(Field("q"), HTML(SEARCH_BUTTON), css_class="search"))
        return helper
