"""The admin's ground floor: what every editing form and list shares, and the sources.

`texts` checks what is written, `parts` holds the lists inside a page's form, `questions` the filters,
`pages` the form and list of anything that can be published. Import them from here.
"""

from django.contrib import admin

from .pages import KindRefusal, PublishableAdmin, count_of, in_words, links_to
from .parts import (
    CitationInline,
    ElsewhereInline,
    FormerSlugInline,
    LinkInline,
    PartStackedInline,
    PartTabularInline,
)
from .questions import NeedsSource, Overdue, Published, Question
from .sources import SourceAdmin
from .texts import CheckedTexts, CitingForm, UncitedForm

__all__ = [
    "CheckedTexts",
    "CitationInline",
    "CitingForm",
    "ElsewhereInline",
    "FormerSlugInline",
    "KindRefusal",
    "LinkInline",
    "NeedsSource",
    "Overdue",
    "PartStackedInline",
    "PartTabularInline",
    "PublishableAdmin",
    "Published",
    "Question",
    "SourceAdmin",
    "UncitedForm",
    "count_of",
    "in_words",
    "links_to",
]

admin.site.site_header = "Careers in Healthcare Software: editing"
admin.site.site_title = "Careers in Healthcare Software: editing"
admin.site.index_title = "What do you want to change?"
