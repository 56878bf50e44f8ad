"""Comparisons as CSV, safe to open in a spreadsheet program."""

import csv
import io

from django.http import HttpResponse

from outlook.figures import HEADINGS

from .words import own_words

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text):
    """A text that no spreadsheet program runs as a formula.

    The rule is OWASP's on CSV injection: a cell that starts with one of = + - @ tab or return gets a quote.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def download(text, name):
    """A response that a browser saves as `name`.csv."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def comparison_csv(comparison, only_differences=False, label=own_words):
    """The rows of a comparison as CSV text, in the order and the words of the page."""
    out = io.StringIO()
    writer = csv.writer(out)

    def write(*cells):
        writer.writerow([harmless(cell) for cell in cells])

    write("", *[role.title for role in comparison.roles])
    for row in comparison.differing_yours if only_differences else comparison.yours:
        write(row.label, *row.cells)
    for row in comparison.differing_facts if only_differences else comparison.facts:
        write(row.label, *row.cells)
    for row in comparison.differing_weeks if only_differences else comparison.weeks:
        write(label("csv-hours", "Hours a week: {kind}", kind=row.label.lower()), *row.cells)
    for row in comparison.differing_skills if only_differences else comparison.skills:
        write(label("csv-skill", "Skill: {skill}", skill=row.skill.name), *row.cells)
    return out.getvalue()


def pay_csv(figures):
    """Every row of a pay page as CSV text: the same words as on the page."""
    out = io.StringIO()
    writer = csv.writer(out)

    def write(*cells):
        writer.writerow([harmless(cell) for cell in cells])

    write(figures.national.occupation.title, figures.release.period_name, figures.release.attribution)
    write("What", *HEADINGS, "Group")
    for row in figures.all_rows:
        write(row.label, *row.pay.cells, row.group)
    return out.getvalue()
