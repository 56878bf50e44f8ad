"""The admin's ground floor: what every editing form and list shares, and the sources.

`texts` checks what is written, `parts` holds the lists inside a page's form, `questions` the filters,
`pages` the form and list of anything that can be published, `needs` asks what the start page answers,
`tables` takes whole tables in and out. Import them from here.
"""

from django.contrib import admin

from . import needs  # noqa: F401 - registers what it asks
from .desk import DeskAdmin, HasDraft
from .pages import KindRefusal, PublishableAdmin
from .parts import ElsewhereInline, LinkInline, PartStackedInline, PartTabularInline, RowForm
from .questions import Question
from .sources import SourceAdmin
from .tables import WithTables
from .texts import CheckedTexts, UncitedForm, in_words

__all__ = [
    "CheckedTexts",
    "DeskAdmin",
    "ElsewhereInline",
    "HasDraft",
    "KindRefusal",
    "LinkInline",
    "PartStackedInline",
    "PartTabularInline",
    "PublishableAdmin",
    "Question",
    "RowForm",
    "SourceAdmin",
    "UncitedForm",
    "WithTables",
    "in_words",
]

admin.site.site_header = "Careers in Healthcare Software: editing"
admin.site.site_title = "Careers in Healthcare Software: editing"
admin.site.index_title = "What do you want to change?"
