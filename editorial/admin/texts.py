"""What editors write: boxes that fit the text, a hint on how to write it, and a check of what it cites."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models

from editorial.markdown import CITATION, cited_keys
from editorial.models import Source

LONGEST_IN_ONE_LINE = 100


def in_words(items):
    """The items as they stand in a sentence: a, b and c."""
    *most, last = [str(item) for item in items]
    return f"{', '.join(most)} and {last}" if most else last


class OneLineField(forms.CharField):
    """A sentence: it wraps in its box while it is written, and is saved without a line break."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class ParagraphsField(forms.CharField):
    """Texts of several lines. Browsers send two characters for each line break; files and database hold one."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class CitingForm(forms.ModelForm):
    """Refuses a text that cites a source nobody has added. `cited` holds the keys its texts cite, in order."""

    cited = ()

    def clean(self):
        cleaned = super().clean()
        texts = {name: text for name, text in self.cleaned_data.items() if isinstance(text, str) and "[@" in text}
        self.cited = [key for text in texts.values() for key in cited_keys(text)]
        known = set(Source.objects.filter(key__in=self.cited).values_list("key", flat=True)) if self.cited else ()
        for name, text in texts.items():
            for problem in self.problems_with(self.fields[name].label, text, known):
                self.add_error(name, problem)
        return cleaned

    def problems_with(self, label, text, known):
        """A sentence for each citation in `text` that would not lead readers to a source."""
        for key in cited_keys(text):
            if key not in known:
                yield (
                    f"“{label}” cites [@{key}], but there is no source with the key “{key}”. "
                    "Correct the key, or add the source first."
                )
        if "[@" in CITATION.sub("", text):
            yield f"“{label}” has a citation that cannot be read. Write [@key]: the key of a source, no spaces."


class UncitedForm(CitingForm):
    """For texts that come with no list of sources: a citation in them would lead readers nowhere."""

    def problems_with(self, label, text, known):
        yield f"“{label}” cannot cite, because no list of sources comes with it. Use [@key] in another text, or a link."


def is_sentence(field):
    """Whether a model's field holds one line that is too long for a one-line box."""
    return type(field) is models.CharField and not field.choices and field.max_length > LONGEST_IN_ONE_LINE


class CheckedTexts:
    """Mixin for forms and inlines: texts get boxes that fit, a hint, and a check of their citations."""

    form = CitingForm
    text_rows = 6
    texts_cite = True

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if is_sentence(db_field):
            kwargs |= {"form_class": OneLineField, "widget": AdminTextareaWidget(attrs={"rows": 2})}
        elif isinstance(db_field, models.TextField):
            widget = AdminTextareaWidget(attrs={"rows": self.text_rows})
            kwargs |= {"form_class": ParagraphsField, "widget": widget}
        elif isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.TextField) and self.texts_cite:
            formfield.help_text = f"{formfield.help_text} [@key] cites a source.".strip()
        return formfield
