"""The parameters of the search."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.urls import reverse_lazy

from careers.forms import SEARCH_BUTTON
from careers.words import own_words

from .models import SearchEntry

MOST_SIGNS = 200


class SearchForm(forms.Form):
    """What to look for, and which part of the results to show. Whatever makes no sense is left out."""

    q = forms.CharField(
        required=False,
        max_length=MOST_SIGNS,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "data-suggest": reverse_lazy("careers:search-suggest"),
                "maxlength": MOST_SIGNS,
            }
        ),
    )
    kind = forms.ChoiceField(choices=SearchEntry.Kind.choices, required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, data=None, label=own_words):
        super().__init__(data)
        box = self.fields["q"]
        box.label = label("search-site", "Search this site")
        box.widget.attrs |= {
            "placeholder": label("search-hint", "For example: X-rays, HIPAA, is it for me?"),
            # The script fills in {count}.
            "data-list": label("search-suggestions", "Suggestions"),
            "data-one": label("search-suggestion-one", "{count} suggestion. Use the arrow keys."),
            "data-many": label("search-suggestion-many", "{count} suggestions. Use the arrow keys."),
        }
        long = label("search-long", "Please use at most {most} characters: a few words find most.", most=MOST_SIGNS)
        strange = label("search-strange", "That search holds a character we cannot look for.")
        # Django fills these in with %, which an editor may well write.
        box.error_messages |= {
            "max_length": long.replace("%", "%%"),
            "null_characters_not_allowed": strange.replace("%", "%%"),
        }

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
