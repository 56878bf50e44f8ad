"""What a reader sends. Nothing typed is ever lost: a form that cannot be taken comes back filled in."""

import time

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.core import signing
from django.core.validators import validate_slug

from .models import LONGEST_TEXT, SHORTEST_TEXT, Feedback
from .pages import find, local_address

# A person needs longer than this to read the form and write ten characters; a program does not.
SHORTEST_TIME = 3  # seconds
# The form then is from a page left open or kept by a cache, or from a program that replays it.
LONGEST_TIME = 86_400  # seconds

stamps = signing.Signer(salt="feedback.form")


def new_stamp():
    """The time at which a form was made, signed, so that only we can have made it."""
    return stamps.sign(str(int(time.time())))


def age(stamp):
    """Seconds since the stamp was made. Raises BadSignature for one that is not ours."""
    return time.time() - int(stamps.unsign(stamp))


class WordsField(forms.CharField):
    """Text of several lines. Browsers send two characters for each line break; it is counted and kept as one."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python((value or "").replace("\r\n", "\n").replace("\r", "\n"))


class AddressField(forms.CharField):
    """The address of a page of this site, with or without its host in front."""

    def clean(self, value):
        address = local_address(super().clean(value), self.hosts)
        if not address:
            raise forms.ValidationError(
                "Write an address of this site from its first slash on, such as /roles/ehr-developer/."
            )
        return address


class SectionField(forms.CharField):
    """The key of a section. One that makes no sense is left out: the report counts more."""

    widget = forms.Select

    def clean(self, value):
        try:
            validate_slug(value or "")
        except forms.ValidationError:
            return ""
        return value if len(value) <= Feedback._meta.get_field("section").max_length else ""


class FeedbackForm(forms.Form):
    """A report about one page. `about` makes an empty one; bound to what was sent, `save` stores it."""

    page = AddressField(
        label="Address of the page",
        help_text="Copy it from the top of your browser.",
        max_length=2_000,
        error_messages={"required": "Say which page it is: copy its address from the top of your browser."},
    )
    section = SectionField(label="Which section?", required=False)
    text = WordsField(
        label="What is wrong?",
        help_text="For example: a number that is out of date, a link that leads nowhere, a sentence that "
        "does not fit your work. Please don't write about your health or anybody else's.",
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": "Write a sentence or two about what is wrong.",
            "min_length": f"Write a little more, at least {SHORTEST_TEXT} characters, so that an editor finds it.",
            "max_length": f"Please use at most {LONGEST_TEXT:,} characters. You have %(show_value)d.",
            "null_characters_not_allowed": "There is a character in this text that we cannot keep. Type it again.",
        },
    )
    mail = forms.EmailField(
        label="Your mail address",
        help_text="Only if you want an answer. We use it for that answer and for nothing else.",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "This is no mail address. Correct it, or leave it empty."},
    )
    # People never see it; programs that fill in everything do.
    website = forms.CharField(
        label="Leave this empty", required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, data=None, *, hosts=(), initial=None):
        # A copy, because a form that is too old gets a new stamp before it is shown again.
        super().__init__(None if data is None else data.copy(), initial=initial)
        self.fields["page"].hosts = hosts
        self.reported = find(local_address(self["page"].value() or "", hosts))
        if self.reported.address:
            self.fields["page"].widget = forms.HiddenInput()
        self._offer_sections()

    @classmethod
    def about(cls, page, section, *, hosts=()):
        """An empty form about a page, and one of its sections. What makes no sense is left out."""
        initial = {"page": local_address(page, hosts), "section": SectionField().clean(section), "stamp": new_stamp()}
        return cls(initial=initial, hosts=hosts)

    def _offer_sections(self):
        """The sections of the page as choices; one that is asked for and has no words yet is among them."""
        choices = self.reported.sections
        asked = SectionField().clean(self["section"].value())
        if asked and asked not in dict(choices):
            choices = [*choices, (asked, asked.replace("-", " ").capitalize())]
        self.fields["section"].widget.choices = [("", "The whole page, or I am not sure"), *choices]
        if not choices:
            del self.fields["section"]

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError("leave it empty")
        return ""

    def clean(self):
        cleaned = super().clean()
        if "website" in self.errors:
            # Its own message would stand where nobody sees it.
            self.data["website"] = ""
            self.add_error(None, "A field that should stay empty was filled in. It is empty again: please send it now.")
        trouble = self._trouble_with_time(cleaned.get("stamp", ""))
        if trouble:
            self.add_error(None, trouble)
        return cleaned

    def _trouble_with_time(self, stamp):
        """A sentence when the form came too fast or too late; empty when all is well."""
        try:
            seconds = age(stamp)
        except (signing.BadSignature, ValueError):
            seconds = LONGEST_TIME + 1
        if 0 <= seconds < SHORTEST_TIME:
            return "That was very fast. Read it over, then send it again."
        if SHORTEST_TIME <= seconds <= LONGEST_TIME:
            return ""
        self.data["stamp"] = new_stamp()
        return "This form was open for more than a day. Everything you wrote is still here: please send it again."

    def save(self):
        """Store the report: what was typed, the page and the time, and nothing else."""
        kept = {name: self.cleaned_data.get(name, "") for name in ("page", "section", "text", "mail")}
        return Feedback.objects.create(**kept)

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_action = "feedback:form"
        helper.form_class = "flow"
        helper.disable_csrf = True
        helper.attrs = {"accept-charset": "utf-8"}
        section = [Field("section")] if "section" in self.fields else []
        helper.layout = Layout(
            Field("page"),
            *section,
            Field("text"),
            Field("mail"),
            Div(Field("website"), hidden=True),
            Field("stamp"),
            HTML('<button class="btn btn-primary" type="submit">Send the report</button>'),
        )
        return helper
