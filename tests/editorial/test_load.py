"""Loading makes the database agree with the files: all or nothing, and never over an editor's work."""

import datetime
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from careers.models import Reason, Trend
from editorial.content.files import ContentError
from editorial.content.load import is_empty, load
from editorial.models import FormerSlug, LoadedContent, Source
from roles.models import Role, RoleStandard, Standard
from skills.models import Skill
from tests.factories import CitationFactory, RoleFactory, RoleStandardFactory, SourceFactory, StandardFactory

from .conftest import everything_in_the_database

pytestmark = pytest.mark.django_db

MESSAGE = "left alone, since an editor changed it"


def problems_of(folder, **options):
    with pytest.raises(ContentError) as error:
        load(folder.root, **options)
    return str(error.value).splitlines()


# What a load does


def test_new_files_add_rows_with_their_parts_links_and_sources(folder):
    report = load(folder.root)

    role = Role.objects.get(slug="ehr")
    assert report.counts == {"added": 3}
    assert [(fit.side, fit.text, fit.position) for fit in role.fits.all()] == [
        ("like", "You like lists.", 0),
        ("dislike", "You dislike forms.", 1),
    ]
    link = role.role_standards.get()
    assert (link.standard.slug, link.when) == ("hipaa", RoleStandard.When.BEFORE)
    citation = role.citations.get()
    assert (citation.source.key, citation.supports) == ("law", "All of it")


def test_fields_that_the_file_leaves_out_take_their_default(folder):
    folder.replace("roles/ehr", "position: 100\n", "")
    folder.replace("roles/ehr", "color: slate\n", "")

    load(folder.root)

    role = Role.objects.get()
    assert (role.position, role.color, role.status, role.reviewer) == (100, "slate", "draft", "")


def test_second_load_changes_nothing(folder):
    load(folder.root)
    before = everything_in_the_database()

    report = load(folder.root)

    assert report.counts == {"the same": 3}
    assert everything_in_the_database() == before


def test_every_way_of_writing_a_value_is_the_same_at_the_second_load(folder):
    folder.put(
        "reasons/demand", figures=[{"label": "a", "value": value, "shown": "x"} for value in (5.0, 71.4, 3, 0.1)]
    )
    folder.put("trends/ai", as_of="2026-11-22")
    load(folder.root)

    report = load(folder.root)

    assert report.counts == {"the same": 5}
    assert [figure.value for figure in Reason.objects.get().figures.all()] == [5, Decimal("71.4"), 3, Decimal("0.1")]
    assert Trend.objects.get().as_of == datetime.date(2026, 11, 22)


def test_order_of_links_means_nothing_but_order_of_parts_does(folder):
    links = [{"standard": slug, "when": "later", "why": "Why."} for slug in ("gdpr", "hipaa")]
    fits = [{"side": "like", "text": text} for text in ("First", "Second")]
    folder.put("standards/gdpr")
    folder.put("roles/ehr", role_standards=links, fits=fits)
    load(folder.root)
    folder.put("roles/ehr", role_standards=links[::-1], fits=fits)
    swapped_links = load(folder.root)
    folder.put("roles/ehr", role_standards=links, fits=fits[::-1])

    swapped_parts = load(folder.root)

    assert swapped_links.counts["the same"] == 4
    assert "roles/ehr: changed (fits)" in swapped_parts.lines


def test_changed_file_changes_the_row_and_the_report_names_the_fields(folder):
    load(folder.root)
    pk = Role.objects.get().pk
    folder.replace("roles/ehr", "tagline: Tagline.", "tagline: You build records.")
    folder.replace("roles/ehr", "You like lists.", "You like tables.")

    report = load(folder.root)

    role = Role.objects.get(pk=pk)
    assert role.tagline == "You build records."
    assert [fit.text for fit in role.fits.all()] == ["You like tables.", "You dislike forms."]
    assert report.lines == ["roles/ehr: changed (tagline, fits)"]
    assert report.counts == {"the same": 2, "changed": 1}


def test_removed_file_removes_the_row_and_its_parts(folder):
    load(folder.root)
    folder.remove("roles/ehr")

    report = load(folder.root)

    assert not Role.objects.exists()
    assert not RoleStandard.objects.exists()
    assert not LoadedContent.objects.filter(kind="roles").exists()
    assert report.lines == ["roles/ehr: removed"]


def test_everything_that_belongs_together_can_be_removed_at_once(folder):
    folder.put("skills/sql")
    load(folder.root)
    for name in ("roles/ehr", "standards/hipaa", "sources/law"):
        folder.remove(name)

    report = load(folder.root)

    assert report.counts == {"the same": 1, "removed": 3}
    assert not Source.objects.exists()


def test_report_has_a_line_per_item_that_differs_and_ends_with_totals(folder):
    load(folder.root)
    folder.put("skills/sql")

    report = load(folder.root)

    assert str(report) == "skills/sql: added\n3 the same, 1 added."


def test_database_without_content_is_empty_until_the_first_load(folder):
    before = is_empty()

    load(folder.root)

    assert before is True
    assert is_empty() is False


# Dry runs


def test_dry_run_reports_what_a_load_would_do_and_changes_nothing(folder):
    folder.put("skills/sql")
    load(folder.root)
    folder.put("skills/python")
    folder.remove("skills/sql")
    folder.replace("roles/ehr", "tagline: Tagline.", "tagline: Other.")
    before = everything_in_the_database()

    dry = load(folder.root, dry_run=True)

    assert everything_in_the_database() == before
    assert dry.counts == {"the same": 2, "changed": 1, "added": 1, "removed": 1}
    assert str(load(folder.root)) == str(dry)


def test_dry_run_finds_the_same_mistakes(folder):
    folder.replace("roles/ehr", "color: slate", "color: pink")

    (problem,) = problems_of(folder, dry_run=True)

    assert "'pink' is not a valid choice" in problem


# All or nothing


def test_one_bad_file_and_nothing_is_written(folder):
    load(folder.root)
    folder.put("skills/sql")
    folder.put("standards/gdpr")
    folder.replace("standards/hipaa", "In force", "In force since 1996")
    folder.replace("roles/ehr", "tagline: Tagline.", f"tagline: {'x' * 141}")
    before = everything_in_the_database()

    problems = problems_of(folder)

    assert len(problems) == 1
    assert everything_in_the_database() == before


def test_one_unreadable_file_and_nothing_is_written(folder):
    folder.path("roles/ehr").write_text("- no mapping\n")

    problems_of(folder)

    assert is_empty()


def test_every_mistake_in_every_file_is_named_at_once(folder):
    folder.replace("standards/hipaa", "kind: data", "kind: rumor")
    folder.replace("standards/hipaa", "region: world", "region: moon")
    folder.replace("roles/ehr", "side: dislike", "side: love")

    problems = problems_of(folder)

    assert [re.sub(r"^.*:\d+: ", "", problem) for problem in problems] == [
        "kind: Value 'rumor' is not a valid choice.",
        "region: Value 'moon' is not a valid choice.",
        "side: Value 'love' is not a valid choice.",
        "The standard “hipaa” is not in the database.",
    ]


@pytest.mark.parametrize("exists", [False, True], ids=["no folder", "folder without content"])
def test_folder_without_files_is_refused_rather_than_taken_for_removal(folder, tmp_path, exists):
    load(folder.root)
    elsewhere = tmp_path / "elsewhere"
    if exists:
        elsewhere.mkdir()

    with pytest.raises(ContentError, match=r"elsewhere:1: There (is no such folder|are no content files here)\."):
        load(elsewhere)

    assert Role.objects.exists()


# Editors' work


def test_item_that_an_editor_changed_is_reported_and_left_alone(folder):
    load(folder.root)
    Role.objects.update(tagline="From the editor.")
    folder.replace("roles/ehr", "hard_day: Hard day.", "hard_day: From the file.")

    report = load(folder.root)

    role = Role.objects.get()
    assert (role.tagline, role.hard_day) == ("From the editor.", "Hard day.")
    assert report.lines == [f"roles/ehr: {MESSAGE} (differs in: tagline, hard_day; --overwrite takes the file's words)"]


def test_edited_item_stays_reported_until_someone_decides(folder):
    load(folder.root)
    Role.objects.update(tagline="From the editor.")
    load(folder.root)

    report = load(folder.root)

    assert report.counts[MESSAGE] == 1
    assert Role.objects.get().tagline == "From the editor."


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda role: role.fits.first().delete(), id="part removed"),
        pytest.param(lambda role: role.fits.update(text="Other."), id="part changed"),
        pytest.param(lambda role: role.citations.update(supports="Other."), id="citation changed"),
        pytest.param(lambda role: RoleStandardFactory(role=role), id="link added"),
    ],
)
def test_edits_in_the_lists_of_an_item_count_as_edits(folder, edit):
    load(folder.root)
    edit(Role.objects.get())

    report = load(folder.root)

    assert report.counts[MESSAGE] == 1


def test_overwrite_takes_the_file_and_the_next_load_finds_it_the_same(folder):
    load(folder.root)
    Role.objects.update(tagline="From the editor.")
    Role.objects.get().fits.all().delete()

    report = load(folder.root, overwrite=True)

    assert report.lines == ["roles/ehr: changed (tagline, fits)"]
    assert Role.objects.get().tagline == "Tagline."
    assert Role.objects.get().fits.count() == 2
    assert load(folder.root).counts == {"the same": 3}


def test_edit_that_agrees_with_the_file_is_no_clash(folder):
    load(folder.root)
    Role.objects.update(tagline="The same words.")
    folder.replace("roles/ehr", "tagline: Tagline.", "tagline: The same words.")
    same = load(folder.root)
    folder.replace("roles/ehr", "tagline: The same words.", "tagline: Newer words.")

    report = load(folder.root)

    assert same.counts == {"the same": 3}
    assert report.lines == ["roles/ehr: changed (tagline)"]


def test_item_that_only_the_database_has_is_left_alone(folder):
    load(folder.root)
    StandardFactory(slug="gdpr")

    report = load(folder.root)

    assert Standard.objects.filter(slug="gdpr").exists()
    assert report.lines == ["standards/gdpr: only in the database, left alone"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_item_of_an_editor_with_the_name_of_a_new_file_gives_way_only_to_overwrite(folder, overwrite):
    RoleFactory(slug="ehr", tagline="From the editor.")

    load(folder.root, overwrite=overwrite)

    assert Role.objects.get().tagline == ("Tagline." if overwrite else "From the editor.")


def test_edited_item_outlives_its_file_until_overwrite(folder):
    load(folder.root)
    Role.objects.update(tagline="From the editor.")
    folder.remove("roles/ehr")

    kept = load(folder.root)
    assert kept.lines == [f"roles/ehr: {MESSAGE} (its file is gone; --overwrite removes it)"]
    assert Role.objects.exists()

    removed = load(folder.root, overwrite=True)
    assert removed.lines == ["roles/ehr: removed"]
    assert not Role.objects.exists()


@pytest.mark.parametrize(
    ("use", "missing"),
    [
        pytest.param(
            lambda role: RoleStandardFactory(role=role, standard=Standard.objects.get()),
            "standards/hipaa",
            id="standard that a role meets",
        ),
        pytest.param(
            lambda role: CitationFactory(page=role, source=Source.objects.get()),
            "sources/law",
            id="source that a role cites",
        ),
    ],
)
def test_what_an_editors_role_rests_on_is_not_removed(folder, use, missing):
    load(folder.root)
    folder.put("skills/sql")
    for name in ("roles/ehr", "standards/hipaa", "sources/law"):
        folder.remove(name)
    use(RoleFactory(slug="from-the-editor"))
    before = everything_in_the_database()

    problems = problems_of(folder)

    kind, key = missing.split("/")
    users = "roles/from-the-editor"
    assert problems[0] == f"{kind}:1: {key} has no file any more, but the database uses it in {users}."
    assert everything_in_the_database() == before


# Changed slugs


def test_renamed_file_keeps_the_row_and_the_old_address_leads_to_the_new_one(folder, client):
    today = datetime.date.today()
    published = {"status": "published", "reviewed_on": today, "review_due": today + datetime.timedelta(days=1)}
    folder.put("roles/ehr", title="EHR developer", **published)
    folder.put("reasons/impact", role_reasons=[{"role": "ehr", "strength": "clearly"}])
    load(folder.root)
    pk = Role.objects.get().pk
    folder.remove("roles/ehr")
    folder.put("roles/records", title="EHR developer", former_slugs=["ehr"], **published)
    folder.replace("reasons/impact", "role: ehr", "role: records")

    report = load(folder.root)

    assert (Role.objects.get().pk, Role.objects.get().slug) == (pk, "records")
    assert "roles/records: changed (slug, former_slugs)" in report.lines
    response = client.get(reverse("careers:role", args=["ehr"]))
    assertRedirects(response, reverse("careers:role", args=["records"]), status_code=301)
    assert load(folder.root).counts == {"the same": 4}


def test_what_refers_to_a_renamed_item_does_not_count_as_edited(folder):
    folder.put("reasons/impact", role_reasons=[{"role": "ehr", "strength": "clearly"}])
    load(folder.root)
    folder.rename("roles/ehr", "roles/records")
    folder.replace("roles/records", "slug: ehr", "slug: records\nformer_slugs: [ehr]")
    folder.replace("reasons/impact", "role: ehr", "role: records")
    folder.replace("reasons/impact", "claim: Claim.", "claim: New words.")

    report = load(folder.root)

    assert report.counts == {"the same": 2, "changed": 2}
    assert Reason.objects.get().claim == "New words."


def test_name_of_a_renamed_item_is_free_for_an_editor(folder):
    load(folder.root)
    folder.rename("roles/ehr", "roles/records")
    folder.replace("roles/records", "slug: ehr", "slug: records\nformer_slugs: [ehr]")
    load(folder.root)
    RoleFactory(slug="ehr", title="Something new")

    report = load(folder.root)

    assert report.lines == ["roles/ehr: only in the database, left alone"]


def test_renamed_file_does_not_go_over_an_edit(folder):
    load(folder.root)
    Role.objects.update(tagline="From the editor.")
    folder.rename("roles/ehr", "roles/records")
    folder.replace("roles/records", "slug: ehr", "slug: records\nformer_slugs: [ehr]")

    report = load(folder.root)

    assert report.counts == {"the same": 2, MESSAGE: 1}
    assert (Role.objects.get().slug, Role.objects.get().tagline) == ("ehr", "From the editor.")


def test_slug_that_an_editor_changed_is_an_edit_and_makes_no_second_row(folder):
    load(folder.root)
    role = Role.objects.get()
    role.slug = "records"
    role.save()

    report = load(folder.root)

    assert Role.objects.get().slug == "records"
    assert report.lines == [
        f"roles/ehr: {MESSAGE} (differs in: slug, former_slugs; --overwrite takes the file's words)"
    ]


def test_overwrite_takes_back_the_slug_of_the_file_and_keeps_both_addresses(folder):
    load(folder.root)
    role = Role.objects.get()
    role.slug = "records"
    role.save()

    load(folder.root, overwrite=True)

    assert Role.objects.get().slug == "ehr"
    assert FormerSlug.objects.get().slug == "records"
    assert load(folder.root).counts == {"the same": 3}


def test_former_slugs_of_a_new_item_redirect_too(folder):
    folder.put("roles/ehr", former_slugs=["records", "charts"])

    load(folder.root)

    role = Role.objects.get()
    assert list(Role.objects.formerly("records")) == list(Role.objects.formerly("charts")) == [role]


def test_new_item_may_take_a_slug_that_another_gave_up(folder):
    folder.put("skills/machine-learning", former_slugs=["ai"])
    load(folder.root)
    folder.put("skills/ai")

    report = load(folder.root)

    assert report.lines == ["skills/ai: added"]
    assert sorted(Skill.objects.values_list("slug", flat=True)) == ["ai", "machine-learning"]


def test_former_slug_that_is_now_another_items_slug_leaves_both_in_place(folder):
    folder.put("skills/ai")
    folder.put("skills/machine-learning", former_slugs=["ai"])

    report = load(folder.root)

    assert report.counts == {"added": 5}
    assert sorted(Skill.objects.values_list("slug", flat=True)) == ["ai", "machine-learning"]
    assert load(folder.root).counts == {"the same": 5}


# Mistakes


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        pytest.param(
            "roles/ehr", "education:", "tagljne: x\neducation:", "There is no field “tagljne”.", id="unknown field"
        ),
        pytest.param(
            "roles/ehr",
            "text: You dislike forms.",
            "text: You dislike forms.\n    tekst: x",
            "There is no field “tekst”.",
            id="unknown field of a row",
        ),
        pytest.param(
            "roles/ehr",
            "text: You dislike forms.",
            "text: You dislike forms.\n    position: 7",
            "There is no field “position”.",
            id="position of a row, which is its place in the list",
        ),
        pytest.param(
            "roles/ehr", "color: slate", "color: pink", "color: Value 'pink' is not a valid choice.", id="unknown word"
        ),
        pytest.param(
            "roles/ehr",
            "when: before-you-apply",
            "when: someday",
            "“someday” is not one of: before-you-apply, in-your-first-year, later.",
            id="unknown word for a number",
        ),
        pytest.param(
            "roles/ehr",
            "side: dislike",
            "side: love",
            "side: Value 'love' is not a valid choice.",
            id="unknown word in a row",
        ),
        pytest.param(
            "roles/ehr",
            "tagline: Tagline.",
            f"tagline: {'x' * 141}",
            "tagline: Ensure this value has at most 140 characters (it has 141).",
            id="too long text",
        ),
        pytest.param(
            "roles/ehr",
            "text: You dislike forms.",
            f"text: {'x' * 201}",
            "text: Ensure this value has at most 200 characters (it has 201).",
            id="too long text in a row",
        ),
        pytest.param(
            "roles/ehr", "standard: hipaa", "standard: hippa", "There is no standard “hippa”.", id="unknown standard"
        ),
        pytest.param("roles/ehr", "source: law", "source: lore", "There is no source “lore”.", id="unknown source"),
        pytest.param(
            "roles/ehr", "standard: hipaa", "standard: [hipaa]", "There is no standard", id="list for one reference"
        ),
        pytest.param(
            "roles/ehr",
            "overview: It grows [@law].",
            "overview: It grows [@lore].",
            "[@lore] is cited here, but is not listed under citations.",
            id="cited key that is not listed",
        ),
        pytest.param(
            "roles/ehr",
            "text: You dislike forms.",
            "text: You dislike forms [@lore].",
            "[@lore] is cited here, but is not listed under citations.",
            id="cited key in a row that is not listed",
        ),
        pytest.param(
            "roles/ehr",
            "slug: ehr",
            "slug: records",
            "slug must be “ehr”, like the file's name.",
            id="slug unlike the file's name",
        ),
        pytest.param(
            "sources/law",
            "key: law",
            "key: lore",
            "key must be “law”, like the file's name.",
            id="key unlike the file's name",
        ),
        pytest.param("roles/ehr", "tagline: Tagline.", "tagline: 5", "5 is not text.", id="number for text"),
        pytest.param("roles/ehr", "tagline: Tagline.", "tagline:", "None is not text.", id="nothing for text"),
        pytest.param(
            "roles/ehr", "position: 100", "position: ten", "'ten' is not a whole number.", id="text for number"
        ),
        pytest.param(
            "roles/ehr", "position: 100", "position: 1.5", "1.5 is not a whole number.", id="part of a number"
        ),
        pytest.param("roles/ehr", "position: 100", "position: yes", "True is not a whole number.", id="yes for number"),
        pytest.param("roles/ehr", "position: 100", "position:", "None is not a whole number.", id="nothing for number"),
        pytest.param(
            "standards/hipaa",
            "free_to_read: true",
            "free_to_read: partly",
            "'partly' is not true or false.",
            id="text for true or false",
        ),
        pytest.param(
            "sources/law", "accessed: 2026-11-22", "accessed: 2026", "2026 is not a date such as", id="year for date"
        ),
        pytest.param(
            "sources/law", "accessed: 2026-11-22", "accessed: soon", "accessed: “soon” value has", id="text for date"
        ),
        pytest.param(
            "sources/law",
            "accessed: 2026-11-22",
            "accessed: 2026-02-30",
            "“2026-02-30” cannot be read",
            id="no such day",
        ),
        pytest.param(
            "sources/law", "published: ''", "published: 11/2026", "published: Write a year, a month", id="partial date"
        ),
        pytest.param(
            "sources/law",
            "url: https://example.org/law",
            "url: javascript:alert(1)",
            "url: Enter a valid URL.",
            id="address that is none",
        ),
        pytest.param(
            "roles/ehr",
            "position: 100",
            "former_slugs: records\nposition: 100",
            "former_slugs: Write a list of slugs.",
            id="former slug outside a list",
        ),
        pytest.param(
            "roles/ehr",
            "position: 100",
            "former_slugs: [2026]\nposition: 100",
            "former_slugs: Write a list of slugs.",
            id="former slug that is a number",
        ),
        pytest.param(
            "roles/ehr",
            "position: 100",
            "former_slugs: ['two words']\nposition: 100",
            "former_slugs: Enter a valid “slug”",
            id="former slug that is none",
        ),
    ],
)
def test_mistake_is_named_with_file_and_line(folder, name, old, new, message):
    folder.replace(name, old, new)
    line = folder.line_of(name, new.splitlines()[-1] if old in new.splitlines()[0] else new.splitlines()[0])

    problems = problems_of(folder)

    assert any(each.startswith(f"{folder.path(name)}:{line}: {message}") for each in problems), problems
    assert is_empty()


@pytest.mark.parametrize(
    ("old", "line_with", "field"),
    [
        pytest.param("tagline: Tagline.\n", "slug: ehr", "tagline", id="of the item: first line"),
        pytest.param("    text: You dislike forms.\n", "side: dislike", "text", id="of a row: line of the row"),
    ],
)
def test_missing_field_is_named_with_file_and_line(folder, old, line_with, field):
    folder.replace("roles/ehr", old, "")

    problems = problems_of(folder)

    assert problems == [f"{folder.path('roles/ehr')}:{folder.line_of('roles/ehr', line_with)}: “{field}” is missing."]


def test_day_of_a_judgment_is_missing_rather_than_today(folder):
    folder.put("trends/ai", as_of=datetime.date(2026, 11, 22))
    folder.replace("trends/ai", "as_of: 2026-11-22\n", "")

    problems = problems_of(folder)

    assert problems == [f"{folder.path('trends/ai')}:1: “as_of” is missing."]


@pytest.mark.parametrize("written", ["fits: none", "fits: [one, two]", "fits: {side: like}"])
def test_list_that_is_no_list_of_items_is_named_with_file_and_line(folder, written):
    text = folder.path("roles/ehr").read_text()
    rewritten = re.sub(r"fits:\n(  .*\n)+", f"{written}\n", text)
    folder.path("roles/ehr").write_text(rewritten)

    problems = problems_of(folder)

    line = folder.line_of("roles/ehr", "fits:")
    assert problems == [f"{folder.path('roles/ehr')}:{line}: fits must be a list of items."]


def test_two_rows_that_may_not_stand_together_are_named_at_the_second(folder):
    link = {"standard": "hipaa", "when": "later", "why": "First reason."}
    folder.put("roles/ehr", role_standards=[link, {**link, "why": "Second reason."}])

    (problem,) = problems_of(folder)

    line = folder.line_of("roles/ehr", "Second reason.") - 2
    assert problem.startswith(f"{folder.path('roles/ehr')}:{line}: ")
    assert "already exists" in problem


def test_published_item_without_review_dates_is_refused_with_what_to_do(folder):
    folder.replace("roles/ehr", "status: draft", "status: published")

    (problem,) = problems_of(folder)

    assert problem.endswith("To publish, fill in when it was reviewed and when the next review is due.")


def test_mistake_in_a_renamed_file_is_not_reported_as_a_removal_too(folder):
    load(folder.root)
    RoleStandardFactory(standard=Standard.objects.get())
    folder.rename("standards/hipaa", "standards/privacy")
    folder.replace("standards/privacy", "slug: hipaa", "slug: privacy\nformer_slugs: [hipaa]")
    folder.replace("standards/privacy", "kind: data", "kind: rumor\nmood: bad")
    folder.replace("roles/ehr", "standard: hipaa", "standard: privacy")

    problems = problems_of(folder)

    assert not any("no file any more" in problem for problem in problems)
    assert any("There is no field “mood”." in problem for problem in problems)


def test_file_that_refers_to_what_has_no_file_any_more_is_named(folder):
    load(folder.root)
    folder.remove("standards/hipaa")
    before = everything_in_the_database()

    problems = problems_of(folder)

    line = folder.line_of("roles/ehr", "standard: hipaa")
    assert problems == [f"{folder.path('roles/ehr')}:{line}: There is no standard “hipaa”."]
    assert everything_in_the_database() == before


def test_file_that_refers_to_what_only_the_database_has_is_named(folder):
    SourceFactory(key="blog")
    folder.replace("roles/ehr", "source: law", "source: blog")
    folder.replace("roles/ehr", "[@law]", "[@blog]")

    (problem,) = problems_of(folder)

    assert problem.endswith("There is no source “blog”.")
