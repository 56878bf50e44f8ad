"""What an advisor sends to start a class, what a student types to enter it, and the questionnaire with its ticket."""

import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Field, Layout
from django import forms
from django.urls import reverse
from django.utils.html import escape

from careers.addresses import local_address
from careers.open_forms import LineField, OpenForm, new_stamp
from careers.words import own_words
from match.forms import QuestionForm, Rendered

from .codes import LENGTH, LONGEST_TYPED, in_groups, read_code
from .models import LONGEST_TITLE

# How long a class may be answered, in hours. The first is what most lessons need.
LASTS = (2, 8, 24, 7 * 24, 14 * 24)


def duration(hours, label):
    """Such as “8 hours” or “7 days”."""
    if hours < 24:
        return label("class-hours", "{count} hours", count=hours)
    days = hours // 24
    return label("class-day", "1 day") if days == 1 else label("class-days", "{count} days", count=days)


class BackField(forms.CharField):
    """The address of the page of this site that led here. One that makes no sense is left out."""

    widget = forms.HiddenInput

    def clean(self, value):
        return local_address(value or "")


class StartForm(OpenForm):
    """Starting a class. `empty` makes one for a page; bound to what was sent, it says `title` and `lasts`."""

    title = LineField(required=False, max_length=LONGEST_TITLE, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    hours = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    back = BackField(required=False)

    def __init__(self, data=None, *, initial=None, label=own_words):
        super().__init__(data, initial=initial, label=label)
        title, hours = self.fields["title"], self.fields["hours"]
        title.label = label("class-title", "Name of the class, if you like")
        title.help_text = escape(
            label("class-title-hint", "Students see it. A subject and a day are enough; no names of people, please.")
        )
        long = label("class-title-long", "Please use at most {most} characters.", most=LONGEST_TITLE)
        strange = label("class-title-strange", "There is a character in this name that we cannot keep. Type it again.")
        # Django fills these in with %, which an editor may well write.
        title.error_messages |= {
            "max_length": long.replace("%", "%%"),
            "null_characters_not_allowed": strange.replace("%", "%%"),
        }
        hours.label = label("class-lasts", "How long may students answer?")
        hours.choices = [(each, duration(each, label)) for each in LASTS]
        choose = label("class-lasts-none", "Choose how long students may answer.").replace("%", "%%")
        hours.error_messages |= {"required": choose, "invalid_choice": choose}

    @classmethod
    def empty(cls, parameters, *, label=own_words):
        """One for a page. A title and the address to go back to may stand in the parameters."""
        title = parameters.get("title", "").replace("\0", "").strip()[:LONGEST_TITLE]
        initial = {
            "title": title,
            "hours": LASTS[0],
            "stamp": new_stamp(),
            "back": local_address(parameters.get("back", "")),
        }
        return cls(initial=initial, label=label)

    @property
    def own_token(self):
        """The token of the class that this form starts, however often it is sent."""
        return self.token("classes")

    @property
    def lasts(self):
        return datetime.timedelta(hours=self.cleaned_data["hours"])

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_action = "classroom:new"
        helper.form_class = "flow"
        helper.disable_csrf = True
        helper.attrs = {"accept-charset": "utf-8"}
        helper.layout = Layout(
            Field("title"),
            Field("hours"),
            Field("back"),
            *self.guards(),
            HTML(
                '{% load careers %}<button class="btn btn-primary" type="submit">'
                '{% label "class-start" "Start the class" %}</button>'
            ),
        )
        return helper


class CodeForm(forms.Form):
    """The box for the code on the board. `code` is cleaned to the code itself."""

    code = forms.CharField(
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "class-box"}
        ),
    )

    def __init__(self, data=None, *, label=own_words):
        super().__init__(data)
        code = self.fields["code"]
        code.label = label("class-code", "Code on the board")
        code.help_text = escape(
            label(
                "class-code-hint",
                "{count} letters and digits, such as {example}. Small letters, spaces and dashes do not matter.",
                count=LENGTH,
                example=in_groups("KX47PN"),
            )
        )
        self.no_code = label(
            "class-code-none", "A code has {count} letters and digits. Look at the board again.", count=LENGTH
        )
        errors = dict.fromkeys(
            ("required", "max_length", "null_characters_not_allowed"), self.no_code.replace("%", "%%")
        )
        code.error_messages |= errors

    def clean_code(self):
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(self.no_code)
        return code

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_method = "get"
        helper.form_action = "classroom:enter"
        helper.form_class = "flow"
        helper.disable_csrf = True
        helper.layout = Layout(
            Field("code"),
            HTML(
                '{% load careers %}<button class="btn btn-primary" type="submit">'
                '{% label "class-enter" "Go to the statements" %}</button>'
            ),
        )
        return helper


class ClassQuestionForm(QuestionForm):
    """The questionnaire of the match, sent to a class with a ticket that is counted once."""

    def __init__(self, classroom, words, answered, ticket):
        super().__init__(classroom.question_set, words, answered)
        self.classroom, self.ticket = classroom, ticket

    @property
    def helper(self):
        helper = super().helper
        helper.form_method = "post"
        helper.form_action = reverse("classroom:send", args=[self.classroom.code])
        helper.layout.fields.insert(0, Rendered("classroom/ticket.html", ticket=self.ticket))
        return helper
