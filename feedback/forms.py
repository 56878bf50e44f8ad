"""What a reader sends. Nothing typed is ever lost: a form that cannot be taken comes back filled in."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Field, Layout
from django import forms
from django.core.validators import validate_slug
from django.utils.html import escape

from careers.addresses import local_address
from careers.open_forms import OpenForm, WordsField, new_stamp
from careers.words import own_words

from .models import LONGEST_TEXT, SHORTEST_TEXT, Feedback
from .pages import find


class AddressField(forms.CharField):
    """The address of a page of this site, with or without its host in front."""

    def clean(self, value):
        address = local_address(super().clean(value), self.hosts)
        if not address:
            raise forms.ValidationError(self.error_messages["elsewhere"])
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


class FeedbackForm(OpenForm):
    """A report about one page. `about` makes an empty one; bound to what was sent, `save` stores it."""

    page = AddressField(max_length=2_000)
    section = SectionField(required=False)
    text = WordsField(
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    mail = forms.EmailField(
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data=None, *, hosts=(), initial=None, label=own_words):
        super().__init__(data, initial=initial, label=label)
        self._name_fields(label)
        self.fields["page"].hosts = hosts
        self.reported = find(local_address(self["page"].value() or "", hosts))
        if self.reported.address:
            self.fields["page"].widget = forms.HiddenInput()
        self._offer_sections()

    def _name_fields(self, label):
        """The labels, hints and errors that editors can change."""
        page, text, mail = self.fields["page"], self.fields["text"], self.fields["mail"]
        page.label = label("report-page", "Address of the page")
        page.help_text = escape(label("report-page-hint", "Copy it from the top of your browser."))
        page.error_messages |= {
            "required": label(
                "report-page-none", "Say which page it is: copy its address from the top of your browser."
            ),
            "elsewhere": label(
                "report-page-elsewhere",
                "Write an address of this site from its first slash on, such as /roles/ehr-developer/.",
            ),
        }
        self.fields["section"].label = label("report-section", "Which section?")
        text.label = label("report-text", "What is wrong?")
        examples = label(
            "report-text-hint",
            "For example: an old number, a dead link, a sentence that does not fit your work.",
        )
        health = label("report-text-health", "Please don't write about your health or anybody else's.")
        text.help_text = escape(f"{examples} {health}")
        long = label("report-text-long", "Please use at most {most} characters.", most=f"{LONGEST_TEXT:,}")
        so_far = label("report-text-so-far", "You have {count}.")
        short = label(
            "report-text-short",
            "Write a little more, at least {least} characters, so that an editor finds it.",
            least=SHORTEST_TEXT,
        )
        strange = label("report-text-strange", "There is a character in this text that we cannot keep. Type it again.")
        # Django fills these in with %, which an editor may well write.
        text.error_messages |= {
            "required": label("report-text-none", "Write a sentence or two about what is wrong."),
            "min_length": short.replace("%", "%%"),
            "max_length": f"{long} {so_far}".replace("%", "%%").replace("{count}", "%(show_value)d"),
            "null_characters_not_allowed": strange.replace("%", "%%"),
        }
        mail.label = label("report-mail", "Your mail address")
        mail.help_text = escape(
            label("report-mail-hint", "Only if you want an answer. We use it for that answer and for nothing else.")
        )
        wrong = label("report-mail-wrong", "This is no mail address. Correct it, or leave it empty.")
        mail.error_messages["invalid"] = wrong.replace("%", "%%")

    @classmethod
    def about(cls, page, section, *, hosts=(), label=own_words):
        """An empty form about a page, and one of its sections. What makes no sense is left out."""
        initial = {"page": local_address(page, hosts), "section": SectionField().clean(section), "stamp": new_stamp()}
        return cls(initial=initial, hosts=hosts, label=label)

    def _offer_sections(self):
        """The sections of the page as choices; one that is asked for and has no words yet is among them."""
        choices = self.reported.sections
        asked = SectionField().clean(self["section"].value())
        if asked and asked not in dict(choices):
            choices = [*choices, (asked, asked.replace("-", " ").capitalize())]
        whole = self.label("report-section-whole", "The whole page, or I am not sure")
        self.fields["section"].widget.choices = [("", whole), *choices]
        if not choices:
            del self.fields["section"]

    @property
    def mark(self):
        """Tells this form with these words from all others."""
        return self.token("feedback")

    @property
    def was_taken(self):
        """Whether this very form was sent before, as by a double click. It must be valid."""
        return Feedback.objects.filter(mark=self.mark).exists()

    def save(self):
        """(the report, whether it is new). Stores what was typed, the page, the time and the mark, and nothing else."""
        kept = {name: self.cleaned_data.get(name, "") for name in ("page", "section", "text", "mail")}
        return Feedback.objects.get_or_create(mark=self.mark, defaults=kept)

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
            *self.guards(),
            HTML(
                '{% load careers %}<button class="btn btn-primary" type="submit">'
                '{% label "report-send" "Send the report" %}</button>'
            ),
        )
        return helper
