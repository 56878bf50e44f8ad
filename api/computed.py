"""What the pages work out, as JSON: pay, comparisons, match results and searches. The words are those of the pages.

Every value comes from the module that the page takes it from; here stands only what it is called.
"""

from dataclasses import dataclass
from operator import attrgetter

from editorial.markdown import plain as plain_words
from outlook import esco
from outlook.figures import PERCENTILES, jobs, signed_percent

from .shapes import Shape, many, one, plain, text, texts, whole


@dataclass(frozen=True)
class Amount:
    """A number beside the words in which pages say it; None where there is none to tell."""

    value: int | None
    words: str


AMOUNT = Shape(
    "Amount",
    "A figure twice: as a number for computing, and in the words of the pages.",
    (
        whole("value", "The number as published; null where it is not, or above the top of the scale.", missing=True),
        text("words", "What pages say, such as $135,980, “not published” or “$239,200 or more”."),
    ),
)

RELEASE = Shape(
    "Release",
    "One edition of official figures. It is what a version is for other things.",
    (
        text("program", "Who counts: oews (pay), projections (jobs to come) or onet (names and scores)."),
        text("period", "The publisher's code."),
        text("period_name", "The same for readers."),
        text("source_url", "Where it is published.", format="uri"),
        text("published", "The publisher's date; empty when its files name none."),
        text("retrieved", "The day it was fetched.", missing=True, format="date"),
        text("attribution", "The credit line that stands beside the figures. Keep it with them."),
    ),
)

# What each percentile says. Never call the lower ones starting pay: they count newcomers and veterans alike.
SAID_OF = {
    "p10": "A tenth earn less, in U.S. dollars a year.",
    "p25": "A quarter earn less.",
    "p50": "The median: half earn less.",
    "p75": "A quarter earn more.",
    "p90": "A tenth earn more.",
}


def _wage(name):
    def of(row):
        return Amount(getattr(row.estimate, name), getattr(row.pay, name))

    return one(name, SAID_OF[name], AMOUNT, of)


PAY_ROW = Shape(
    "PayRow",
    "What one occupation earns in one place or industry. An industry's figures are for the whole nation.",
    (
        text("label", "The place or the industry."),
        text("code", "Its official code."),
        text("group", "Beside which others it stands."),
        one("jobs", "How many jobs, rounded by the publisher.", AMOUNT, lambda row: _jobs(row)),
        *map(_wage, PERCENTILES),
        text("sure", "How sure the figures are.", lambda row: row.pay.cells[-1]),
    ),
)


def _jobs(row):
    return Amount(row.estimate.employment, row.pay.employment)


PROJECTION = Shape(
    "Projection",
    "How many jobs an occupation is expected to have in ten years.",
    (
        text("period", "First and last year."),
        text("jobs_now", "Jobs in the first year.", lambda each: jobs(each.jobs_now)),
        text("jobs_then", "Jobs in the last year.", lambda each: jobs(each.jobs_then)),
        text("change", "The change in percent, with its sign.", lambda each: signed_percent(each.percent)),
        text("openings", "Openings a year.", lambda each: jobs(each.openings)),
        one("release", "Where it comes from.", RELEASE, attrgetter("release")),
    ),
)

ESCO = Shape(
    "EscoOccupation",
    "An occupation of ESCO, the European list, that comes near to an official one of the United States.",
    (
        text("uri", "Its identifier in ESCO.", format="uri"),
        text("title", "What ESCO calls it."),
        text("basis", "Why it is called near."),
    ),
)

OCCUPATION = Shape(
    "Occupation",
    "An official occupation.",
    (
        text("code", "SOC code, or O*NET-SOC code below one."),
        text("title", "Its official title."),
        text("soc", "The SOC code whose pay and projections include it."),
        text("onet_soc", "Its O*NET-SOC code."),
        many("esco", "What comes near in ESCO, as far as it can be shown.", ESCO, lambda each: esco.near(each.code)),
    ),
)

NEAR = Shape(
    "NearOccupation",
    "An official occupation that is near to a role, and how far its figures can be trusted to speak of it.",
    (
        one("occupation", "Which.", OCCUPATION, lambda pair: pair[0].occupation),
        plain("boolean", "is_nearest", "Is it the nearest?", lambda pair: pair[0].is_primary),
        text("trust", "How far to trust it, in the words of the page.", lambda pair: pair[0].get_trust_display()),
        text("why", "Why it is near.", lambda pair: pair[0].why),
        text("caveat", "What does not fit.", lambda pair: pair[0].caveat),
        one("national", "Its pay in the whole nation.", PAY_ROW, lambda pair: pair[1], missing=True),
    ),
)


@dataclass(frozen=True)
class RolePay:
    """The pay page of one role. `near`: (link, national row or None) pairs, the nearest occupation first."""

    role: object
    near: list
    figures: object
    site: str
    address: str


ROLE_PAY = Shape(
    "RolePay",
    "What the nearest official occupations say about one role. No statistics office counts our roles.",
    (
        text("role", "The slug of the role.", lambda pay: pay.role.slug),
        text("uri", "Its permanent address.", lambda pay: f"{pay.site}{pay.address}", format="uri"),
        many("occupations", "The nearest official occupation, then others that are near.", NEAR, attrgetter("near")),
        many(
            "industries",
            "Pay in the nearest occupation: all industries, then those that hire for the role and those to compare.",
            PAY_ROW,
            lambda pay: pay.figures.nationally if pay.figures.national else [],
        ),
        one("release", "The edition of the pay figures.", RELEASE, lambda pay: pay.figures.release, missing=True),
        one("projection", "Jobs to come.", PROJECTION, lambda pay: pay.figures.projection, missing=True),
    ),
)

# Fields beside the rows of the list of pay.
PAY_ABOUT = (
    one("occupation", "Whose pay.", OCCUPATION, lambda listed: listed.about["occupation"]),
    one("release", "The edition.", RELEASE, lambda listed: listed.about["figures"].release, missing=True),
    one("projection", "Jobs to come.", PROJECTION, lambda listed: listed.about["figures"].projection, missing=True),
)

# Comparison

LINE = Shape(
    "ComparisonLine",
    "One line of a comparison: a text for each role, in the order of the roles.",
    (text("label", "What is compared."), texts("cells", "One for each role.", attrgetter("cells"))),
)
SKILL_LINE = Shape(
    "ComparedSkill",
    "How important one skill is to each role.",
    (
        text("skill", "The slug of the skill.", lambda row: row.skill.slug),
        text("name", "Its name.", lambda row: row.skill.name),
        texts(
            "cells", "One for each role: Core, Needed, Helps, Rarely, or that it is not needed.", attrgetter("cells")
        ),
        text("mark", "Who needs it, in a few words; empty when all do, each differently."),
    ),
)
BRIDGE = Shape(
    "Bridge",
    "What someone in one role brings to another: how many of the skills that it needs.",
    (
        text("from", "The slug of the role where someone is.", lambda pair: pair[0].slug),
        text("to", "The slug of the other role.", lambda pair: pair[1].role.slug),
        whole("shared", "Skills that both need.", lambda pair: pair[1].shared),
        whole("needed", "Skills that the other role needs.", lambda pair: pair[1].needed),
        texts("missing", "Slugs of those still to learn.", lambda pair: [each.skill.slug for each in pair[1].missing]),
    ),
)
NAMED_ROLE = Shape(
    "NamedRole",
    "A role by name.",
    (text("slug", "Its slug."), text("title", "What it is called.")),
)


@dataclass(frozen=True)
class Compared:
    """A comparison as it was asked for."""

    comparison: object
    only_differences: bool
    unknown: list

    def chosen(self, rows):
        """The rows to show: all of them, or those in which the roles differ."""
        return [row for row in rows if row.differs] if self.only_differences else rows


COMPARISON = Shape(
    "Comparison",
    "Two to five roles side by side.",
    (
        many("roles", "The roles, in the order asked for.", NAMED_ROLE, lambda each: each.comparison.roles),
        many("facts", "In words.", LINE, lambda each: each.chosen(each.comparison.facts)),
        many("weeks", "Hours of each kind of work in a week.", LINE, lambda each: each.chosen(each.comparison.weeks)),
        many("skills", "Skill by skill.", SKILL_LINE, lambda each: each.chosen(each.comparison.skills)),
        many("bridges", "What the skills of one role are worth in another.", BRIDGE, lambda x: x.comparison.bridges),
        text("biggest_difference", "In a sentence.", lambda each: each.comparison.biggest_difference),
        texts("unknown", "Slugs that no published role has.", attrgetter("unknown")),
    ),
)

# Match

ANSWER = Shape(
    "Answer",
    "One possible answer to a statement.",
    (text("sign", "What stands for it in an answer sheet."), text("words", "What readers choose.")),
)
STATEMENT = Shape(
    "Statement",
    "One line that a reader answers.",
    (
        text("key", "Its stable short name."),
        text("text", "What readers see."),
        text("group", "Under which heading it stands."),
        text("skill", "The slug of the skill it is about; empty for a preference."),
        many("answers", "The answers, lowest first.", ANSWER, attrgetter("answers")),
    ),
)
QUESTIONS = Shape(
    "Questions",
    "One version of the questionnaire. Old versions answer for ever.",
    (
        text("version", "Its code, for the parameter v.", lambda kept: kept.code),
        many("statements", "In the order of the signs.", STATEMENT, lambda kept: kept.questions.statements),
    ),
)
BECAUSE = Shape(
    "Because",
    "One answer that counted for or against a role.",
    (
        text("statement", "The key of the statement.", lambda each: each.statement.key),
        text("answer", "What was answered.", lambda each: each.answer.words),
        text("reason", "The fact about the role behind it."),
    ),
)
PLACE = Shape(
    "Place",
    "One role in the order.",
    (
        text("role", "The slug of the role.", lambda place: place.role.slug),
        text("title", "What it is called.", lambda place: place.role.title),
        whole("place", "Its place; roles that tie share one.", lambda place: place.ranked.place),
        text("words", "The place in words."),
        whole("score", "Whole number; null when no statement is about the role.",
              lambda place: place.ranked.score, missing=True),
        text("strength", "How strongly the answers point to it."),
        many("speaks_for", "What counted most for it.", BECAUSE, attrgetter("speaks_for")),
        many("speaks_against", "What counted most against it.", BECAUSE, attrgetter("speaks_against")),
    ),
)  # fmt: skip
RESULT = Shape(
    "Result",
    "Every published role in order. A conversation starter: not a test of anyone, and not for hiring or screening.",
    (
        text("version", "The version of the questions.", lambda each: each["kept"].code),
        plain("boolean", "is_current", "Is that the version of today?", lambda each: each["kept"].is_current),
        text("answers", "The sheet that was read.", lambda each: each["result"].sheet.signs),
        whole("answered", "How many statements have an answer.", lambda each: each["result"].sheet.answered),
        plain(
            "boolean",
            "tells_apart",
            "False when the answers say nothing about the order.",
            lambda each: each["result"].ranking.tells_apart,
        ),
        many("places", "Best first.", PLACE, lambda each: each["result"].places),
        texts("have", "Slugs of the skills answered with confidence.", lambda each: each["result"].have.slugs),
        texts("begun", "Slugs of the skills answered with some.", lambda each: each["result"].begun),
        text("uri", "The page with this result.", lambda each: each["uri"], format="uri"),
    ),
)

# Search

FOUND = Shape(
    "Found",
    "One thing that a search found.",
    (
        text("kind", "What sort of page it is."),
        text("key", "Its slug."),
        text("title", "What it is called."),
        text("summary", "One plain sentence.", lambda entry: plain_words(entry.summary)),
        text("path", "Where its page is on this site.", lambda entry: entry.address),
    ),
)
CORRECTION = Shape(
    "Correction",
    "A word that nothing here holds, and what it was taken for.",
    (text("typed", "What was typed.", lambda pair: pair[0]), text("meant", "What it was taken for.", lambda p: p[1])),
)
SEARCH_ABOUT = (
    many("corrections", "Typed errors that were forgiven.", CORRECTION, lambda listed: listed.about["corrections"]),
    texts(
        "not_found", "Words that nothing here holds, nor anything like them.", lambda listed: listed.about["unknown"]
    ),
    many("nearest", "What comes nearest when nothing answers.", FOUND, lambda listed: listed.about["nearest"]),
)
