"""Every parameter that a visitor can put into an address passes through one of these forms.

They never refuse a whole page: what they do not know is dropped, and named so that the page can say so.
"""

from functools import cached_property
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.core.validators import validate_slug
from django.utils.html import escape, format_html, format_html_join

from outlook.models.codes import NATION, SOFTWARE_DEVELOPERS

from .comparison import MOST_ROLES
from .marked import NOTHING_MARKED, marked
from .words import own_words


def listed(parameters, *repeated):
    """GET parameters as a plain dict: lists for the repeated ones, the last value for the others."""
    return {name: parameters.getlist(name) if name in repeated else parameters[name] for name in parameters}


def hidden(pairs):
    """What travels along with a form: an unseen input for each (name, value)."""
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


class SlugsField(forms.Field):
    """A repeated parameter of slugs. Duplicates fold; what cannot be a slug is dropped."""

    widget = forms.MultipleHiddenInput
    most = 60
    longest = 80

    def clean(self, value):
        slugs = dict.fromkeys(each.strip() for each in (value or [])[: self.most])
        return [slug for slug in slugs if self._is_slug(slug)]

    def _is_slug(self, slug):
        try:
            validate_slug(slug)
        except forms.ValidationError:
            return False
        return len(slug) <= self.longest


class MarkedForm(forms.Form):
    """Which skills the reader of a page already has."""

    have = SlugsField(required=False)

    @cached_property
    def marked(self):
        """The published skills among them, as careers.marked.Marked."""
        return marked(self.cleaned_data.get("have"))


class BrowseForm(MarkedForm):
    """Search box and filters of the list of roles. The skills that a reader has filter nothing and travel along."""

    q = forms.CharField(required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    category = SlugsField(required=False)
    skill = SlugsField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, data, label=own_words):
        super().__init__(data)
        box = self.fields["q"]
        box.label = label("roles-search", "Search roles")
        box.widget.attrs["placeholder"] = label("roles-search-hint", "For example: scans, Python, patients")
        long = label(
            "roles-search-long",
            "Please use at most {most} characters. The search shows all roles meanwhile.",
            most=box.max_length,
        )
        strange = label("roles-search-strange", "That search holds a character we cannot look for.")
        # Django fills these in with %, which an editor may well write.
        box.error_messages |= {
            "max_length": long.replace("%", "%%"),
            "null_characters_not_allowed": strange.replace("%", "%%"),
        }

    def value(self, name):
        """The cleaned value of one parameter; empty when it was left out or makes no sense."""
        empty = [] if name in ("category", "skill") else ""
        return self.cleaned_data.get(name) or empty

    @property
    def search_helper(self):
        helper = FormHelper(self)
        helper.form_method = "get"
        helper.form_id = "filter"
        helper.form_class = "search-form"
        helper.attrs = {"role": "search"}
        helper.disable_csrf = True
        helper.layout = Layout(
            HTML(hidden(self.marked.pairs)), Div(Field("q"), HTML(SEARCH_BUTTON), css_class="search")
        )
        return helper


SEARCH_BUTTON = (
    '{% load careers %}<button class="btn btn-primary" type="submit">{% icon "search" %}'
    '<span>{% label "roles-search-button" "Search" %}</span></button>'
)


class FacetField(forms.BoundField):
    """One group of filters. Its ids carry its own name, since two groups share a parameter."""

    @property
    def auto_id(self):
        return f"id_{self.name}"


class FacetForm(forms.Form):
    """The filters beside the list, each with the number of roles behind it."""

    bound_field_class = FacetField
    category = forms.MultipleChoiceField(required=False)
    skill_healthcare = forms.MultipleChoiceField(required=False)
    skill_general = forms.MultipleChoiceField(required=False)

    def __init__(self, facets, chosen, label=own_words):
        """`facets`: lists of (slug, name, count) by field; `chosen`: slugs by field."""
        super().__init__(initial=chosen)
        self.fields["category"].label = label("roles-by-software", "Software you would build")
        self.fields["skill_healthcare"].label = label("roles-by-healthcare", "Healthcare skills")
        self.fields["skill_general"].label = label("roles-by-general", "General skills")
        for name, choices in facets.items():
            field = self.fields[name]
            field.widget = forms.CheckboxSelectMultiple(attrs={"form": "filter"})
            field.choices = [
                (slug, format_html('{} <span class="soft">{}</span>', words, count)) for slug, words, count in choices
            ]
            if not choices:
                del self.fields[name]

    def add_prefix(self, field_name):
        """Both groups of skills are one parameter in the address."""
        return field_name.split("_")[0]

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


class CompareForm(MarkedForm):
    """Which roles to put side by side, and how; and which skills the reader has."""

    role = SlugsField(required=False)
    only = forms.CharField(required=False, max_length=20)
    format = forms.CharField(required=False, max_length=20)

    @property
    def asked(self):
        return self.cleaned_data.get("role", [])

    @property
    def only_differences(self):
        return self.cleaned_data.get("only") == "differences"

    def pairs(self, roles):
        """What the address of these roles side by side holds besides marked skills, as (name, value)."""
        return [*[("role", role.slug) for role in roles], *([("only", "differences")] if self.only_differences else [])]

    @property
    def wants_csv(self):
        return self.cleaned_data.get("format") == "csv"


class PickerForm(forms.Form):
    """Check boxes for the roles to compare."""

    role = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, roles, picked=(), have=NOTHING_MARKED, label=own_words):
        """`have`: what a reader marked, which says at each role how much of it is there; then the roles are loaded
        with their links to published skills."""
        super().__init__(initial={"role": list(picked)})
        self.fields["role"].label = label("compare-roles", "Roles")
        self.fields["role"].help_text = escape(label("compare-tick", "Tick 2 to {most}.", most=MOST_ROLES))
        self.fields["role"].choices = [(role.slug, self._words(role, have, label)) for role in roles]
        self.have = have

    @staticmethod
    def _words(role, have, label):
        if not have:
            return role.title
        bridge = have.bridge_to(role)
        count = label("have-of", "you have {shared} of {needed} skills", shared=bridge.shared, needed=bridge.needed)
        return format_html('{} <span class="soft">({})</span>', role.title, count)

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_method = "get"
        helper.disable_csrf = True
        helper.layout = Layout(
            HTML(hidden(self.have.pairs)),
            Field("role"),
            HTML(
                '{% load careers %}<button class="btn btn-primary" type="submit">'
                '{% label "compare-button" "Compare side by side" %}</button>'
            ),
        )
        return helper


class AddRoleForm(forms.Form):
    """One more role for a comparison; the ones already there travel along."""

    role = forms.ChoiceField(required=False)

    def __init__(self, roles, carried, label=own_words):
        """`carried`: what the address of the comparison holds already, as (name, value)."""
        super().__init__()
        self.fields["role"].label = label("compare-add-role", "Add a role")
        self.fields["role"].choices = [(role.slug, role.title) for role in roles]
        self.carried = carried

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_method = "get"
        helper.form_class = "add-role"
        helper.disable_csrf = True
        helper.layout = Layout(
            HTML(hidden(self.carried)),
            Field("role"),
            HTML('{% load careers %}<button class="btn" type="submit">{% label "compare-add" "Add" %}</button>'),
        )
        return helper


class WorksheetForm(forms.Form):
    """Which role, or which two, a sheet is about. Both lists are one parameter in the address."""

    bound_field_class = FacetField
    one = forms.ChoiceField(required=False)
    other = forms.ChoiceField(required=False)

    def __init__(self, roles, most_roles, chosen, label=own_words):
        """`chosen`: the roles that the sheet is about now."""
        super().__init__(initial=dict(zip(("one", "other"), [role.slug for role in chosen], strict=False)))
        self.fields["one"].label = label("worksheet-role", "About this role")
        self.fields["other"].label = label("worksheet-other", "And this one")
        choices = [("", label("worksheet-no-role", "Leave room to write it"))]
        choices += [(role.slug, role.title) for role in roles]
        for number, name in enumerate(("one", "other")):
            self.fields[name].choices = choices
            if number >= most_roles:
                del self.fields[name]

    def add_prefix(self, field_name):
        return "role"

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_method = "get"
        helper.form_class = "pay-form no-print"
        helper.disable_csrf = True
        helper.layout = Layout(
            *self.fields,
            HTML(
                '{% load careers %}<button class="btn" type="submit">'
                '{% label "worksheet-make" "Make the sheet" %}</button>'
            ),
        )
        return helper


class PlanForm(MarkedForm):
    """Which skills the reader of a plan already has, and whether the plan is wanted as a calendar."""

    format = forms.CharField(required=False, max_length=20)

    @property
    def wants_calendar(self):
        return self.cleaned_data.get("format") == "ics"


class HaveForm(forms.Form):
    """Check boxes for skills that a reader may have. Marked ones that are not among them travel along unseen."""

    have = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    button = '{% label "plan-shorten" "Make the plan without these" %}'

    def __init__(self, skills, have, label=own_words):
        """`skills`: those with a box; `have`: all that the reader marked, as careers.marked.Marked."""
        super().__init__(initial={"have": have.slugs})
        self.fields["have"].label = label("plan-skills", "Skills this role needs")
        self.fields["have"].choices = [(skill.slug, self.words_for(skill)) for skill in skills]
        shown = {skill.slug for skill in skills}
        self.carried = [pair for pair in have.pairs if pair[1] not in shown]

    def words_for(self, skill):
        return skill.name

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_method = "get"
        helper.disable_csrf = True
        helper.layout = Layout(
            HTML(hidden(self.carried)),
            Field("have"),
            HTML(f'{{% load careers %}}<button class="btn btn-primary" type="submit">{self.button}</button>'),
        )
        return helper


class MarkForm(HaveForm):
    """The same with a line on each skill, on a page of its own that leads back to the role or the comparison."""

    button = '{% label "have-show" "Show what I have and what is missing" %}'

    def __init__(self, skills, have, address, carried=(), label=own_words):
        """`address`: where the marks lead; `carried`: what that address holds besides, as (name, value)."""
        super().__init__(skills, have, label)
        self.fields["have"].label = label("have-skills", "Skills")
        self.address = address
        self.carried = [*carried, *self.carried]

    def words_for(self, skill):
        return format_html('{} <span class="small soft">{}</span>', skill.name, skill.summary)

    @property
    def helper(self):
        helper = super().helper
        helper.form_class = "marks"
        helper.form_action = self.address
        return helper


# What the pay page shows before anyone has chosen.
NO_CHOICE = {"occupation": SOFTWARE_DEVELOPERS, "area": NATION}


def area_choices(areas, label):
    """The places of a list in groups. `areas`: (kind, name, code), by name."""
    groups = {}
    for kind, name, code in areas:
        groups.setdefault(kind, []).append((code, name))
    return [
        *groups.get("nation", []),
        (label("pay-group-states", "States"), groups.get("state", [])),
        (label("pay-group-metros", "Metropolitan areas"), groups.get("metro", [])),
        (label("pay-group-rest", "Other areas"), groups.get("nonmetro", [])),
    ]


class PayForm(forms.Form):
    """Which occupation and area the pay page shows: official codes, and of an area also the name."""

    occupation = forms.CharField(required=False, max_length=10)
    area = forms.CharField(required=False, max_length=120)
    format = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def value(self, name):
        """What was asked for, or else what the page shows without a choice."""
        return self.cleaned_data.get(name) or NO_CHOICE[name]

    @property
    def wants_csv(self):
        return self.cleaned_data.get("format") == "csv"

    def query(self, occupation, area):
        """The canonical query string of what is shown; empty for the page without any choice."""
        shown = {"occupation": occupation.code} if occupation else {}
        shown |= {"area": area.area_id} if area else {}
        return urlencode(shown) if shown != NO_CHOICE else ""

    @classmethod
    def choosing(cls, occupations, areas, occupation, estimate, label=own_words):
        """The form with its lists filled, and with what the page shows chosen. `areas`: (kind, name, code)."""
        form = cls(
            initial={
                "occupation": occupation.code if occupation else "",
                "area": estimate.area_id if estimate else "",
            }
        )
        form.fields["occupation"].label = label("pay-occupation", "Occupation")
        form.fields["area"].label = label("pay-area", "Area")
        form.fields["occupation"].widget = forms.Select(
            choices=[(each.code, f"{each.title} ({each.code})") for each in occupations]
        )
        form.fields["area"].widget = forms.Select(
            attrs={
                "data-filterable": label("pay-filter", "Type to shorten the list of areas"),
                # The script fills in {found} and {count}.
                "data-found": label("pay-filtered", "{found} of {count} areas"),
            },
            choices=area_choices(areas, label),
        )
        return form

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_method = "get"
        helper.form_class = "pay-form"
        helper.disable_csrf = True
        helper.layout = Layout(
            Field("occupation"),
            Field("area"),
            HTML(
                '{% load careers %}<button class="btn btn-primary" type="submit">'
                '{% label "pay-show" "Show pay" %}</button>'
            ),
        )
        return helper


class PageForm(forms.Form):
    """Which page of a long list."""

    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)


class SkillKindForm(forms.Form):
    """Which skills the matrix shows."""

    kind = forms.CharField(required=False, max_length=20)

    @property
    def kind_asked(self):
        kind = self.cleaned_data.get("kind")
        return kind if kind in ("general", "healthcare") else ""
