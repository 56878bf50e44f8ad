"""What an advisor fills in. Nothing typed is ever lost: a form that cannot be taken comes back filled in."""

import re
from datetime import timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape

from careers.forms import area_choices
from careers.models import Trend
from careers.open_forms import LineField, OpenForm, WordsField, new_stamp
from careers.words import own_words
from outlook.models.codes import Area
from roles.models import Role
from skills.models import Skill

from .models import LONGEST_NOTE, LONGEST_SENDER, LONGEST_TITLE, MOST_LINES, Pack, PackItem

Kind = PackItem.Kind
# The name of the parameter that fills in a choice, and of the fields: role_1, role_2, …
WORD_FOR = {Kind.ROLE: "role", Kind.SKILL: "skill", Kind.TREND: "trend"}

MONTH, YEAR = timedelta(days=30), timedelta(days=365)
# A pack made so near to the end of a term is for the next one.
SHORTEST_TERM = timedelta(days=21)
UNLESS_ASKED, AS_IT_IS = "term", "keep"

# However many follow one another, a page shows one gap.
SEVERAL_BLANK = re.compile(r"\n\s*\n")


class Offered:
    """What can go into a pack today: published roles, skills and trends, and places with pay figures; four queries."""

    def __init__(self):
        self.things = {
            Kind.ROLE: {role.slug: role for role in Role.objects.published()},
            Kind.SKILL: {skill.slug: skill for skill in Skill.objects.published()},
            Kind.TREND: {trend.slug: trend for trend in Trend.objects.published()},
        }
        self.areas = list(Area.objects.with_estimates().values_list("kind", "name", "code"))

    def slugs_of(self, items, kind):
        """The slugs of those items of a pack that are still there, in their order."""
        slugs = {thing.pk: slug for slug, thing in self.things[kind].items()}
        return [slugs[item.item_id] for item in items if item.kind == kind and item.item_id in slugs]


def ends(now=None):
    """{word: last moment} of each choice for how long a pack stays open."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "month": _end_of(today + MONTH),
        "term": _end_of(_last_day_of_term(today + SHORTEST_TERM)),
        "year": _end_of(today + YEAR),
    }


def _end_of(day):
    """The midnight that ends it, whatever the clocks did in between."""
    return timezone.make_aware((day + timedelta(days=1)).replace(tzinfo=None))


def _last_day_of_term(day):
    """June 30 or December 31: no school year is that simple, and the form says the day."""
    return day.replace(month=6, day=30) if day.month <= 6 else day.replace(month=12, day=31)


class PackForm(OpenForm):
    """The form of a pack, new or not. `label`: gives the words of the site (careers.words)."""

    title = LineField(max_length=LONGEST_TITLE)
    sender = LineField(max_length=LONGEST_SENDER, required=False)
    note = WordsField(max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 7}))
    language = forms.ChoiceField(choices=Pack.Language.choices)
    with_comparison = forms.BooleanField(required=False)
    pay_area = forms.ChoiceField(required=False)
    open_until = forms.ChoiceField()
    # Where it is sent to; the address that shows it unless somebody says otherwise.
    action = ""
    # Whether it is sent with a session, and therefore with a token against forged forms.
    has_token = False
    revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, offered, pack=None, initial=None, label=own_words):
        super().__init__(data, initial=initial, label=label)
        self.offered, self.pack = offered, pack
        self._add_choices()
        self._add_places_and_ends()
        self._name_fields()

    # What is chosen from

    def _add_choices(self):
        for kind, word in WORD_FOR.items():
            named = [("", "–"), *((slug, str(thing)) for slug, thing in self.offered.things[kind].items())]
            for number in range(1, PackItem.MOST[kind] + 1):
                self.fields[f"{word}_{number}"] = forms.ChoiceField(required=False, choices=named)

    def _add_places_and_ends(self):
        none = self.label("pack-pay-none", "No pay figures")
        self.fields["pay_area"].choices = [("", none), *area_choices(self.offered.areas, self.label)]
        words = {
            "month": self.label("pack-until-month", "30 days"),
            "term": self.label("pack-until-term", "The end of this term"),
            "year": self.label("pack-until-year", "A year"),
        }
        self.ends = ends()
        choices = [(word, f"{words[word]}: {_day(end)}") for word, end in self.ends.items()]
        if self.pack and self.pack.is_open:
            self.ends[AS_IT_IS] = self.pack.expires_at
            choices.insert(
                0, (AS_IT_IS, self.label("pack-until-as-it-is", "As it is: {day}", day=_day(self.ends[AS_IT_IS])))
            )
        self.fields["open_until"].choices = choices

    # What it is called

    def _name_fields(self):
        label = self.label
        self._name(
            "title",
            label("pack-title", "Title"),
            label("pack-title-hint", "For example: Roles for our computing club."),
        )
        self._name(
            "sender",
            label("pack-sender", "From"),
            label("pack-sender-hint", "As your students know you. You may leave it empty. Please name no student."),
        )
        self._name(
            "note",
            label("pack-note", "Your note"),
            " ".join(
                [
                    label("pack-note-names", "Whoever has the address can read it: please write nothing private."),
                    label(
                        "pack-note-marks",
                        "For a list, begin lines with a dash. For bold words, put two stars on each side of them.",
                    ),
                    label(
                        "pack-note-links",
                        "For a link, put its words in square brackets, and its https address after them in round ones.",
                    ),
                    label(
                        "pack-note-most",
                        "At most {most} characters and {lines} lines, blank ones too.",
                        most=LONGEST_NOTE,
                        lines=MOST_LINES,
                    ),
                ]
            ),
        )
        self._name(
            "language",
            label("pack-language", "Language of the note"),
            label("pack-language-hint", "So that screen readers say it right. The rest is in English."),
        )
        self._name("with_comparison", label("pack-compare", "Add a short comparison of the roles"))
        self._name(
            "pay_area",
            label("pack-pay", "Pay in"),
            label(
                "pack-pay-hint", "Official figures for the occupations nearest to your roles, there and in the nation."
            ),
        )
        self._name(
            "open_until",
            label("pack-until", "Open until"),
            label("pack-until-hint", "After that day its address shows nothing. You can change it later."),
        )
        self.fields["title"].error_messages["required"] = label(
            "pack-title-none", "Give it a title, so that your students know it is theirs."
        )
        for number, words in enumerate(self._ordinals(), start=1):
            for word in WORD_FOR.values():
                if f"{word}_{number}" in self.fields:
                    self._name(f"{word}_{number}", self._choice_names(word, words))
        long = (
            label("pack-long", "Please use at most {most} characters.")
            .replace("%", "%%")
            .replace("{most}", "%(limit_value)d")
        )
        strange = label("pack-strange", "There is a character in this text that we cannot keep. Type it again.")
        unknown = label("pack-unknown", "This is not offered any more. Choose again.")
        for field in self.fields.values():
            field.error_messages |= {
                "max_length": long,
                "null_characters_not_allowed": strange.replace("%", "%%"),
                "invalid_choice": unknown.replace("%", "%%"),
            }

    def _name(self, name, words, hint=""):
        self.fields[name].label, self.fields[name].help_text = words, escape(hint)

    def _ordinals(self):
        return [
            self.label("pack-1", "first"),
            self.label("pack-2", "second"),
            self.label("pack-3", "third"),
            self.label("pack-4", "fourth"),
            self.label("pack-5", "fifth"),
        ]

    def _choice_names(self, word, ordinal):
        return {
            "role": self.label("pack-role", "The {number} role", number=ordinal),
            "skill": self.label("pack-skill", "The {number} skill", number=ordinal),
            "trend": self.label("pack-trend", "The {number} trend", number=ordinal),
        }[word]

    # What was sent

    def clean_note(self):
        note = self.cleaned_data["note"]
        if len(SEVERAL_BLANK.sub("\n\n", note).split("\n")) > MOST_LINES:
            raise forms.ValidationError(
                self.label(
                    "pack-note-lines",
                    "Please use at most {most} lines, blank ones too: the cover is one page.",
                    most=MOST_LINES,
                )
            )
        return note

    def clean_revision(self):
        """The number that the form was opened with; 0, which no pack has, for anything else."""
        said = self.cleaned_data["revision"]
        return int(said) if said.isdecimal() and said.isascii() and len(said) < 9 else 0

    def clean(self):
        cleaned = super().clean()
        for kind, word in WORD_FOR.items():
            cleaned[kind] = self._chosen(kind, word)
        if not cleaned[Kind.ROLE] and not self._is_unsure("role"):
            self.add_error("role_1", self.label("pack-role-none", "Choose at least one role."))
        if cleaned.get("with_comparison") and len(cleaned[Kind.ROLE]) == 1:
            self.add_error("role_2", self.label("pack-compare-one", "A comparison needs a second role."))
        return cleaned

    def _chosen(self, kind, word):
        """The things chosen, in the order of their places. One that stands twice is an error at the second place."""
        chosen = []
        for number in range(1, PackItem.MOST[kind] + 1):
            slug = self.cleaned_data.get(f"{word}_{number}")
            thing = self.offered.things[kind].get(slug)
            if thing in chosen:
                twice = self.label("pack-twice", "This one is chosen already. Choose another one, or none.")
                self.add_error(f"{word}_{number}", twice)
            elif thing:
                chosen.append(thing)
        return chosen

    def _is_unsure(self, word):
        """Is something wrong with one of these choices already?"""
        return any(name.startswith(f"{word}_") for name in self.errors)

    @property
    def expires_at(self):
        return self.ends[self.cleaned_data["open_until"]]

    @property
    def edit_token(self):
        """The one that belongs to the pack of this form with these words: another form or word has another one."""
        return self.token("packs")

    # Filled in for the first time

    @classmethod
    def asked_for(cls, parameters, *, offered, label=own_words):
        """An empty form with the roles, skills, trends and the place that an address names. The rest is left out."""
        initial = {"stamp": new_stamp(), "language": Pack.Language.ENGLISH, "open_until": UNLESS_ASKED}
        for kind, word in WORD_FOR.items():
            asked = [slug for slug in dict.fromkeys(parameters.getlist(word)) if slug in offered.things[kind]]
            initial |= _places(kind, asked)
        if parameters.get("pay_area") in {code for _, _, code in offered.areas}:
            initial["pay_area"] = parameters["pay_area"]
        initial["with_comparison"] = bool(parameters.get("compare")) and "role_2" in initial
        return cls(initial=initial, offered=offered, label=label)

    @classmethod
    def of(cls, pack, *, offered, label=own_words):
        """The form of a pack as it stands. What is no longer published leaves it when the form is saved."""
        items = list(pack.items.all())
        open_until = AS_IT_IS if pack.is_open else UNLESS_ASKED
        initial = {name: getattr(pack, name) for name in KEPT} | {"stamp": new_stamp(), "open_until": open_until}
        for kind in WORD_FOR:
            initial |= _places(kind, offered.slugs_of(items, kind))
        return cls(initial=initial, offered=offered, pack=pack, label=label)

    def opened_anew(self):
        """The same words for a pack that somebody else saved meanwhile: the next save is on top of that."""
        self.data["revision"] = str(self.pack.revision)

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_action = self.action
        helper.form_class = "flow pack-form"
        helper.disable_csrf = not self.has_token
        helper.attrs = {"accept-charset": "utf-8"}
        helper.layout = Layout(
            Fieldset(
                '{% load careers %}{% label "pack-part-roles" "Roles, in your order" %}',
                self._places_of(Kind.ROLE),
                Field("with_comparison"),
            ),
            Fieldset(
                '{% load careers %}{% label "pack-part-words" "Your words" %}',
                Field("title"),
                Field("sender"),
                Field("note"),
                Field("language"),
            ),
            Fieldset(
                '{% load careers %}{% label "pack-part-more" "More, if you like" %}',
                self._places_of(Kind.SKILL),
                self._places_of(Kind.TREND),
                Field("pay_area"),
            ),
            Fieldset('{% load careers %}{% label "pack-part-until" "How long" %}', Field("open_until")),
            Field("revision"),
            *self.guards(),
            HTML(SAVE if self.pack else CREATE),
        )
        return helper

    def _places_of(self, kind):
        names = [f"{WORD_FOR[kind]}_{number}" for number in range(1, PackItem.MOST[kind] + 1)]
        return Div(*(Field(name) for name in names), css_class="cols")


KEPT = ["title", "sender", "note", "language", "with_comparison", "pay_area", "revision"]
CREATE = (
    '{% load careers %}<button class="btn btn-primary" type="submit">{% label "pack-create" "Make the pack" %}</button>'
)
SAVE = (
    '{% load careers %}<button class="btn btn-primary" type="submit">{% label "pack-save" "Save the pack" %}</button>'
)


def _places(kind, slugs):
    return {f"{WORD_FOR[kind]}_{number}": slug for number, slug in enumerate(slugs[: PackItem.MOST[kind]], start=1)}


def _day(end):
    """The last whole day before the moment `end`."""
    return date_format(timezone.localtime(end - timedelta(seconds=1)), "F j, Y")
