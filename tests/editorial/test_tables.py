"""Whole tables in and out of the admin: the difference first, all or nothing, and nobody's work overwritten."""

import csv
import io
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from editorial.models import Source, Version
from editorial.sheets import FORMATS, MOST_BYTES, Sheet, TableError, read
from editorial.tables import Difference, SourceTable, Table, bring_in, look_at
from roles.models import Role, Standard
from roles.tables import StandardTable
from skills.models import LearningResource, RoleSkill, Skill
from skills.tables import LearningResourceTable, RoleSkillTable, SkillTable
from tests.factories import (
    CitationFactory,
    LearningResourceFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    SourceFactory,
    StandardFactory,
)
from tests.real_content import put_real_content

from .editing import cost, filled_in, messages_of, staff

pytestmark = pytest.mark.django_db

TABLES = [SourceTable, StandardTable, SkillTable, RoleSkillTable, LearningResourceTable]
FACTORIES = {
    SourceTable: SourceFactory,
    StandardTable: StandardFactory,
    SkillTable: SkillFactory,
    RoleSkillTable: RoleSkillFactory,
    LearningResourceTable: LearningResourceFactory,
}
HOME = {
    SourceTable: "editorial_source",
    StandardTable: "roles_standard",
    SkillTable: "skills_skill",
    RoleSkillTable: "skills_skill",
    LearningResourceTable: "skills_skill",
}
AWKWARD = '=1+1\n- a list, with “quotes”, "these" and \' this\n\n  two spaces; and a tab\there'


def name_of(table):
    return table.name


def where(table, ending=""):
    if ending:
        return reverse(f"admin:{HOME[table]}_table_download", args=[table.name, ending])
    return reverse(f"admin:{HOME[table]}_table", args=[table.name])


def page_of(table):
    return reverse(f"admin:{HOME[table]}_tables")


def sheet_of(table, *rows):
    """Rows as they come out of a CSV file: texts. The first stands in row 2."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return Sheet(columns, list(enumerate(rows, start=2)))


def look(table, *rows):
    return look_at(table(), sheet_of(table, *rows))


def sentences(outcome):
    return {problem.number: problem.sentences for problem in outcome.problems}


def upload(client, table, data, name="table.csv"):
    data = data if isinstance(data, bytes) else data.encode()
    return client.post(where(table), {"file": SimpleUploadedFile(name, data)})


def confirm(client, table, response, **changes):
    """Send the form of the page that shows the difference."""
    return client.post(where(table), filled_in(response, **changes), follow=True)


def as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def values_of(model):
    return list(model.objects.order_by("pk").values())


# Out, and in again


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_what_went_out_changes_nothing_when_it_comes_back(admin_client, table, ending):
    for item in FACTORIES[table].create_batch(3):
        text = next(name for name in ("trade_off", "state", "note", "why") if hasattr(item, name))
        type(item).objects.filter(pk=item.pk).update(**{text: AWKWARD})
    before = values_of(table._meta.model)

    taken = admin_client.get(where(table, ending))
    response = upload(admin_client, table, taken.content, f"table.{ending}")

    assert taken["Content-Disposition"].startswith(f'attachment; filename="{table.name}-')
    assertContains(response, "Nothing to change: all 3 rows of")
    assert values_of(table._meta.model) == before


@pytest.mark.once
def test_the_real_content_comes_back_as_it_went():
    put_real_content()

    for table in TABLES:
        for ending in FORMATS:
            outcome = look_at(table(), read(f"table.{ending}", table().written(ending)))
            assert (table.name, ending, outcome.problems, outcome.changes) == (table.name, ending, [], [])
            assert outcome.same == table._meta.model.objects.count() > 0


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_no_number_of_the_database_goes_out(table):
    FACTORIES[table]()

    (row,) = csv.DictReader(io.StringIO(table().written("csv").decode("utf-8-sig"), newline=""))

    assert not {"id", "pk", "role_id", "skill_id"} & set(row)
    if table is RoleSkillTable:
        link = RoleSkill.objects.get()
        assert (row["role"], row["skill"], row["importance"]) == (link.role.slug, link.skill.slug, "core")


@pytest.mark.parametrize("table", TABLES, ids=name_of)
@pytest.mark.once
def test_taking_away_costs_the_same_however_much(admin_client, table):
    FACTORIES[table].create_batch(2)
    with_few = cost(admin_client, where(table, "csv"))
    FACTORIES[table].create_batch(10)

    assert cost(admin_client, where(table, "csv")) == with_few


def test_rows_are_sorted_by_their_key_so_that_two_files_compare_well():
    SourceFactory(key="b", publisher="A"), SourceFactory(key="a", publisher="B")

    assert [row["key"] for _, row in read("x.csv", SourceTable().written("csv")).rows] == ["a", "b"]


# The difference comes first


def test_the_difference_is_shown_and_nothing_is_written(admin_client):
    skill = SkillFactory(slug="dicom", summary="What scans are made of.")

    response = upload(admin_client, SkillTable, "slug,summary\ndicom,How scans are made.\n")

    assertContains(response, "0 new, 1 changed, 0 the same")
    assertContains(response, "Row 2, changed: dicom")
    assertContains(response, "<del>")
    skill.refresh_from_db()
    assert skill.summary == "What scans are made of."
    assert not LogEntry.objects.exists()


def test_confirming_writes_what_was_shown(admin_client):
    changed, same = SkillFactory(slug="dicom", summary="Old."), SkillFactory(slug="fhir", summary="Same.")
    before = same.updated_at

    shown = upload(admin_client, SkillTable, "slug,summary\ndicom,New.\nfhir,Same.\n", "skills.csv")
    response = confirm(admin_client, SkillTable, shown)

    changed.refresh_from_db(), same.refresh_from_db()
    assert (changed.summary, same.summary, same.updated_at) == ("New.", "Same.", before)
    assert messages_of(response) == ["Skills from skills.csv: 0 new, 1 changed, 1 the same."]
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.change_message) == (str(changed.pk), "Imported from the table skills.csv.")


def test_a_new_row_becomes_a_draft(admin_client):
    row = {name: f"Text of {name}." for name in SkillTable._meta.fields}
    row |= {"slug": "new", "name": "New skill", "kind": "general", "is_base": "false", "status": "draft"}
    row |= {"position": "7", "reviewed_on": "2026-11-01", "review_due": "2027-05-01", "reviewer": ""}

    confirm(admin_client, SkillTable, upload(admin_client, SkillTable, as_csv([row])))

    skill = Skill.objects.get()
    assert (skill.slug, skill.status, skill.position, skill.is_base) == ("new", "draft", 7, False)


def test_links_are_found_by_slugs(admin_client):
    role, skill = RoleFactory(slug="ehr"), SkillFactory(slug="fhir")
    data = "role,skill,importance,level,why\nehr,fhir,core,working,It carries the record.\n"

    confirm(admin_client, RoleSkillTable, upload(admin_client, RoleSkillTable, data))

    link = RoleSkill.objects.get()
    assert (link.role, link.skill, link.importance, link.level) == (role, skill, 4, 2)
    assert LogEntry.objects.get().get_edited_object() == role
    assert Version.objects.get(kind="roles").reason.startswith("Imported from the table")


def test_a_resource_is_found_by_its_skill_and_its_address(admin_client):
    old = LearningResourceFactory(skill__slug="fhir", url="https://example.org/a", hours=2)
    SkillFactory(slug="dicom")
    data = "skill,url,title,publisher,hours,level,note\nfhir,https://example.org/a,{0},{1},3,aware,{2}\n"
    data += "dicom,https://example.org/a,B,C,1,expert,D\n"

    shown = upload(admin_client, LearningResourceTable, data.format(old.title, old.publisher, old.note))
    response = confirm(admin_client, LearningResourceTable, shown)

    assert messages_of(response) == ["Learning resources from table.csv: 1 new, 1 changed, 0 the same."]
    hours = dict(LearningResource.objects.values_list("skill__slug", "hours"))
    assert hours == {"fhir": 3, "dicom": 1}


def test_rows_and_columns_that_are_left_out_stay_as_they_are():
    kept = SkillFactory(slug="kept", reviewer="Somebody")
    SkillFactory(slug="changed", reviewer="Somebody")

    outcome = look(SkillTable, {"slug": "changed", "summary": "New."})

    assert [(change.item, [each.column for each in change.differences]) for change in outcome.changes] == [
        ("changed", ["summary"])
    ]
    assert Skill.objects.get(pk=kept.pk).reviewer == "Somebody"


def test_the_difference_is_marked_without_inline_style():
    assert Difference("why", "It is <old>.", "It is new.").marked == ("It is <del>&lt;old&gt;</del><ins>new</ins>.")


# All or nothing


def test_three_bad_rows_of_two_hundred_write_nothing_and_are_named(admin_client):
    links = [
        {
            "role": role.slug,
            "skill": SkillFactory(slug=f"skill-{number}").slug,
            "importance": "helps",
            "level": "aware",
            "why": "Because.",
        }
        for role in [RoleFactory(slug="ehr")]
        for number in range(200)
    ]
    links[16]["importance"] = "vital"
    links[99]["skill"] = "astronomy"
    links[180]["why"] = "long " * 50

    response = upload(admin_client, RoleSkillTable, as_csv(links))

    assertContains(response, "Nothing was written. 3 rows cannot be taken.")
    assertContains(response, "<strong>Row 18</strong>: importance: “vital” is not one of: rarely, helps, needed, core.")
    assertContains(response, "<strong>Row 101</strong>: skill: There is no skill “astronomy”.")
    assertContains(response, "<strong>Row 182</strong>: why: Ensure this value has at most 200 characters")
    assertNotContains(response, "ticket")
    assert len(re.findall("<strong>Row", response.content.decode())) == 3
    assert not RoleSkill.objects.exists()


def test_bad_rows_that_come_up_after_the_look_write_nothing(admin_client):
    SkillFactory(slug="dicom"), SkillFactory(slug="fhir")
    data = "slug,name\ndicom,One name\nfhir,Another name\n"
    shown = upload(admin_client, SkillTable, data)
    SkillFactory(name="Another name")

    response = confirm(admin_client, SkillTable, shown)

    assertContains(response, "<strong>Row 3</strong>: name: Skill with this Name already exists.")
    assert not Skill.objects.filter(name="One name").exists()


def test_a_failure_while_writing_leaves_nothing_behind(monkeypatch, admin_user):
    SkillFactory(slug="dicom", summary="Old.")
    sheet = sheet_of(SkillTable, {"slug": "dicom", "summary": "New."})
    seen = look_at(SkillTable(), sheet).fingerprint

    def fail(*args):
        raise DatabaseError("full")

    monkeypatch.setattr("editorial.tables.after_import", fail)
    with pytest.raises(DatabaseError):
        bring_in(SkillTable(), sheet, expected=seen, user=admin_user, file_name="x.csv")

    assert Skill.objects.get().summary == "Old."


def test_what_somebody_changed_meanwhile_is_not_overwritten(admin_client):
    skill = SkillFactory(slug="dicom", summary="Old.")
    shown = upload(admin_client, SkillTable, "slug,summary\ndicom,Mine.\n")
    Skill.objects.update(summary="Theirs.")

    response = confirm(admin_client, SkillTable, shown)

    skill.refresh_from_db()
    assert skill.summary == "Theirs."
    assertContains(response, "something has changed since you looked")
    confirm(admin_client, SkillTable, response)
    skill.refresh_from_db()
    assert skill.summary == "Mine."


# What a row may not say


BAD_CELLS = [
    (SkillTable, {"kind": "special"}, "kind: “special” is not one of: healthcare, general."),
    (SkillTable, {"kind": ""}, "kind: “” is not one of: healthcare, general."),
    (SkillTable, {"is_base": "perhaps"}, "is_base: “perhaps” is not one of: true, false."),
    (SkillTable, {"position": "first"}, "position: “first” is not a whole number."),
    (SkillTable, {"position": "-1"}, "position: “-1” is not a whole number."),
    (SkillTable, {"position": "1.5"}, "position: “1.5” is not a whole number."),
    (SkillTable, {"position": ""}, "position: It is empty."),
    (SkillTable, {"position": "9" * 30}, f"position: “{'9' * 30}” is not a whole number."),
    (SkillTable, {"reviewed_on": "11/22/2026"}, "reviewed_on: “11/22/2026” is not a date such as 2026-11-22."),
    (SkillTable, {"reviewed_on": "2026-02-30"}, "reviewed_on: “2026-02-30” is not a date such as 2026-11-22."),
    (SkillTable, {"summary": ""}, "summary: This field cannot be blank."),
    (SkillTable, {"summary": "a\0b"}, "summary: It holds a character that cannot be stored."),
    (SkillTable, {"summary": "\ud800"}, "summary: It holds a character that cannot be stored."),
    (SkillTable, {"meaning": "See [@nobody]."}, "meaning: It cites [@nobody], but there is no source with that key."),
    (SkillTable, {"meaning": "See [@ x]."}, "meaning: It has a citation that cannot be read."),
    (
        SkillTable,
        {"status": "published"},
        "status: A table does not publish and takes nothing back. It is “draft” here; change that in its form.",
    ),
    (SkillTable, {"review_due": "2020-01-01", "reviewed_on": "2020-01-02"}, "The next review must come after"),
    (SourceTable, {"published": "Aug 25"}, "published: Write a year, a month or a day"),
    (SourceTable, {"reading": "heard"}, "reading: “heard” is not one of: read, reported, counted, unread."),
    (SourceTable, {"url": "no address"}, "url: Enter a valid URL."),
    (SourceTable, {"note": "See [@other]."}, "note: It cannot cite, because no list of sources comes with it."),
    (StandardTable, {"region": "moon"}, "region: “moon” is not one of: world, us, eu."),
    (StandardTable, {"free_to_read": ""}, "free_to_read: “” is not one of: true, false."),
    (RoleSkillTable, {"level": "5"}, "level: “5” is not one of: aware, working, practitioner, expert."),
    (RoleSkillTable, {"why": "See [@x]."}, "why: It cannot cite"),
    (LearningResourceTable, {"hours": "two"}, "hours: “two” is not a whole number."),
]


@pytest.mark.parametrize(
    ("table", "cells", "sentence"),
    BAD_CELLS,
    ids=[f"{t.name}: {list(cells.items())!r:.40}" for t, cells, _ in BAD_CELLS],
)
def test_a_bad_cell_is_refused_in_words(table, cells, sentence):
    item = FACTORIES[table]()
    keys = {key: table().row(item)[key] for key in table._meta.import_id_fields}

    outcome = look(table, keys | cells)

    (found,) = sentences(outcome)[2]
    assert found.startswith(sentence)


def test_a_new_row_must_be_whole():
    outcome = look(StandardTable, {"slug": "new", "name": "New"})

    assert "full_name: This field cannot be blank." in sentences(outcome)[2]
    assert "free_to_read: It is empty." in sentences(outcome)[2]


def test_a_new_row_does_not_publish():
    row = StandardTable().row(StandardFactory(published=True)) | {"slug": "new", "name": "New"}

    (sentence,) = sentences(look(StandardTable, row))[2]

    assert sentence.startswith("status: A table does not publish")


def test_published_pages_stay_published():
    StandardFactory(published=True, slug="hipaa")

    outcome = look(StandardTable, {"slug": "hipaa", "status": "published", "summary": "New."})

    assert (outcome.problems, outcome.changed) == ([], 1)


@pytest.mark.parametrize("slug", ["No Slug!", "", "   "])
def test_a_key_that_is_none(slug):
    (sentence, *_) = sentences(look(SkillTable, {"slug": slug, "name": "Name"}))[2]

    assert sentence.startswith("slug: ")


def test_an_unknown_role_and_an_unknown_skill_are_both_named():
    row = {"role": "a", "skill": "b", "importance": "core", "level": "aware", "why": "Why."}

    assert sentences(look(RoleSkillTable, row))[2] == ["role: There is no role “a”.", "skill: There is no skill “b”."]


def test_two_rows_about_the_same_thing():
    SkillFactory(slug="dicom")

    outcome = look(SkillTable, {"slug": "dicom", "summary": "One."}, {"slug": " dicom", "summary": "Two."})

    assert sentences(outcome) == {3: ["It is about the same one as row 2."]}


def test_two_new_rows_with_the_same_name():
    row = StandardTable().row(StandardFactory.build()) | {"name": "The name"}

    outcome = look(StandardTable, row | {"slug": "a"}, row | {"slug": "b"})

    assert sentences(outcome) == {3: ["name: Standard with this Name already exists."]}


def test_an_entry_without_its_key():
    sheet = read("x.yaml", b"- slug: dicom\n- summary: No slug\n")
    SkillFactory(slug="dicom")

    outcome = look_at(SkillTable(), sheet)

    assert sentences(outcome) == {2: ["It does not say which one it is: “slug” must be there."]}
    assert outcome.row_word == "Entry"


def test_a_date_in_a_column_of_texts_is_not_guessed_at():
    SourceFactory(key="law")

    outcome = look_at(SourceTable(), read("x.yaml", b"- key: law\n  published: 2025-08-01\n"))

    assert sentences(outcome)[1] == [
        "published: “2025-08-01” is no text. Format the cell as text; in YAML, put it in quotes."
    ]


def test_a_year_that_a_spreadsheet_made_a_number_is_still_a_year():
    SourceFactory(key="law", published="")

    (change,) = look_at(SourceTable(), Sheet(["key", "published"], [(2, {"key": "law", "published": 2025.0})])).changes

    assert change.differences == [Difference("published", "", "2025")]


def test_columns_that_the_table_does_not_have():
    with pytest.raises(TableError, match=r"There is no column “colour” in this table\. Its columns are: key, title,"):
        look(SourceTable, {"key": "law", "colour": "red"})


@pytest.mark.parametrize(
    ("table", "words"), [(SkillTable, "“slug” is missing"), (RoleSkillTable, "“role” and “skill” is missing")]
)
def test_a_table_without_its_key_columns(table, words):
    with pytest.raises(TableError, match=words):
        look(table, {"why" if table is RoleSkillTable else "summary": "Text."})


def test_a_line_break_in_a_sentence_becomes_a_space_and_paragraphs_stay():
    SkillFactory(slug="dicom")

    (change,) = look(SkillTable, {"slug": "dicom", "summary": "One\r\n line.", "meaning": "One.\r\n\r\nTwo."}).changes

    assert [each.after for each in change.differences] == ["One line.", "One.\n\nTwo."]


def test_what_a_text_cites_is_listed_under_the_sources_of_the_page(admin_client):
    skill = SkillFactory(slug="dicom")
    CitationFactory(page=skill, source__key="listed", position=3)
    SourceFactory(key="other")

    shown = upload(admin_client, SkillTable, "slug,meaning\ndicom,One [@listed] and two [@other].\n")
    confirm(admin_client, SkillTable, shown)

    assert list(skill.citations.values_list("source__key", "position")) == [("listed", 3), ("other", 4)]


# Files


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.csv", b"", "The file is empty."),
        ("x.csv", "slug,summary\ndicom,café\n".encode("cp1252"), "The file is not in UTF-8."),
        ("x.xlsx", b"no spreadsheet", "no spreadsheet that can be read"),
        ("x.pdf", b"%PDF", "Choose a file that ends in .csv, .xlsx or .yaml."),
        ("x.csv", b"a" * (MOST_BYTES + 10), "The file is too large: at most 1,000 kB."),
        ("x.csv", b"summary\nText\n", "The column “slug” is missing."),
        ("x.csv", b"slug,nonsense\na,b\n", "There is no column “nonsense” in this table."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_its_box(admin_client, name, data, words):
    response = upload(admin_client, SkillTable, data, name)

    assertContains(response, words)
    assertContains(response, "Tables in and out")


def test_no_file_chosen(admin_client):
    assertContains(admin_client.post(where(SkillTable), {}), "This field is required.")


# Who may


def importer(django_user_model, *more):
    """A member of staff who may bring tables in."""
    return staff(django_user_model, "import_version", *more)


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_who_may_look_may_take_away_but_not_bring_in(client, django_user_model, table):
    model = HOME[table].partition("_")[2]
    client.force_login(staff(django_user_model, f"view_{model}"))

    assert client.get(where(table, "csv")).status_code == 200
    assertContains(client.get(page_of(table)), "ask an administrator for the permission to import")
    assertNotContains(client.get(page_of(table)), '<input type="file"')
    assert upload(client, table, "slug\na\n").status_code == 403


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_who_may_not_look_may_do_nothing(client, django_user_model, table):
    client.force_login(importer(django_user_model))

    assert client.get(page_of(table)).status_code == 403
    assert client.get(where(table, "csv")).status_code == 403
    assert upload(client, table, "slug\na\n").status_code == 403


def test_who_may_import_brings_tables_in(client, django_user_model):
    client.force_login(importer(django_user_model, "view_skill"))
    SkillFactory(slug="dicom")

    shown = upload(client, SkillTable, "slug,summary\ndicom,New.\n")
    confirm(client, SkillTable, shown)

    assert Skill.objects.get().summary == "New."


def test_readers_are_sent_to_sign_in(client):
    for each in (page_of(SkillTable), where(SkillTable), where(SkillTable, "csv")):
        assert client.get(each).status_code == 302


def test_a_ticket_is_good_for_one_person_one_table_and_one_hour(admin_client, client, django_user_model, monkeypatch):
    SkillFactory(slug="dicom", summary="Old.")
    shown = upload(admin_client, SkillTable, "slug,summary\ndicom,New.\n")
    data = filled_in(shown)
    client.force_login(importer(django_user_model, "view_skill"))

    other_person = client.post(where(SkillTable), data, follow=True)
    other_table = admin_client.post(where(RoleSkillTable), data, follow=True)
    forged = admin_client.post(where(SkillTable), data | {"ticket": "x\0" + data["ticket"]}, follow=True)
    monkeypatch.setattr("editorial.admin.tables.SECONDS_TO_CONFIRM", -1)
    late = admin_client.post(where(SkillTable), data, follow=True)

    for response in (other_person, other_table, forged):
        assert messages_of(response) == ["That table was not looked at by you. Choose the file again."]
    assert "more than an hour" in messages_of(late)[0]
    assert Skill.objects.get().summary == "Old."


# The pages


def test_the_lists_lead_to_the_tables(admin_client):
    for name in set(HOME.values()):
        listing = admin_client.get(reverse(f"admin:{name}_changelist"))
        assertContains(listing, f'<a href="{reverse(f"admin:{name}_tables")}">Tables in and out</a>')


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_every_table_has_its_place_with_links_and_a_form(admin_client, table):
    response = admin_client.get(page_of(table))

    for ending in FORMATS:
        assertContains(response, f'href="{where(table, ending)}"')
    assertContains(response, f'action="{where(table)}"')


def test_no_page_of_the_tables_needs_inline_script_or_style(admin_client):
    SkillFactory(slug="dicom")
    pages = [
        admin_client.get(page_of(SkillTable)),
        upload(admin_client, SkillTable, "slug,summary\ndicom,<b>New</b>\n"),
        upload(admin_client, SkillTable, "slug,kind\ndicom,<b>bad</b>\n"),
    ]

    for response in pages:
        for forbidden in ("style=", "<style", "<script>", "onchange", "<b>New", "<b>bad"):
            assertNotContains(response, forbidden)


def test_addresses_that_lead_nowhere(admin_client):
    base = page_of(SkillTable)

    assert admin_client.get(f"{base}nothing/").status_code == 404
    assert admin_client.get(f"{base}nothing.csv").status_code == 404
    assert admin_client.get(f"{base}skills.pdf").status_code == 404
    assert admin_client.post(base).status_code == 405
    assertRedirects(admin_client.get(where(SkillTable)), base)


def test_a_table_that_a_spreadsheet_cannot_hold_is_said_to_be_so(admin_client):
    SkillFactory(meaning="a" * 40_000)

    response = admin_client.get(where(SkillTable, "xlsx"), follow=True)

    assert "too long for a spreadsheet" in messages_of(response)[0]
    assert admin_client.get(where(SkillTable, "csv")).status_code == 200


def test_each_table_is_named_once():
    assert {table.name for table in TABLES} == {table.name for table in Table.__subclasses__()}


@pytest.mark.parametrize("model", [Role, Standard, Skill, Source])
def test_key_columns_are_natural_keys(model):
    names = {table._meta.model: table._meta.import_id_fields for table in TABLES}

    if model in names:
        assert names[model] == ["key" if model is Source else "slug"]
