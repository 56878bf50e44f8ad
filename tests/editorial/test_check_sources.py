"""Asking every source's address, and what the editors see of it. The servers are real, and on this machine."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from editorial.content.dump import dump
from editorial.content.kinds import all_kinds
from editorial.models import Source, SourceCheck
from editorial.reaching import Answer
from editorial.source_checks import check, remember, spread_over_hosts
from tests.factories import CitationFactory, RoleFactory, SourceCheckFactory, SourceFactory

from .editing import address, cost, listed
from .web import serving

pytestmark = pytest.mark.django_db

NOW = timezone.now()
GONE = Answer("gone", "Gone.", 404, "https://example.org/")
FINE = Answer("reachable", "It answers.", 200, "https://example.org/")
SILENT = Answer("unreachable", "No answer within 10 seconds.")


@pytest.fixture
def web():
    with serving() as web:
        yield web


def run(*options):
    out = io.StringIO()
    call_command("check_sources", "--pause=0", "--timeout=2", *options, stdout=out)
    return out.getvalue()


# The command


def test_each_outcome_is_kept_and_told(web):
    web.answers("/fine")
    web.answers("/gone", 404)
    web.redirects("/moved", "/fine", 301)
    for path in ("fine", "gone", "moved"):
        SourceFactory(key=path, url=web.url(f"/{path}"))

    said = run("--allow-private")

    kept = dict(SourceCheck.objects.values_list("source__key", "outcome"))
    assert kept == {"fine": "reachable", "gone": "gone", "moved": "moved"}
    assert "gone: gone. The server says that there is no such page (status 404)." in said
    assert f"moved: moved for good. It has moved for good, to {web.url('/fine')}." in said
    assert set(said.splitlines()[-1].rstrip(".").split(", ")) == {"1 reachable", "1 gone", "1 moved for good"}


def test_this_machine_is_not_asked_unless_allowed(web):
    web.answers("/fine")
    source = SourceFactory(url="http://127.0.0.1/fine")

    run()

    assert SourceCheck.objects.get().outcome == "not-allowed"
    assert Source.objects.unreachable().count() == 0
    assert web.asked == []
    source.refresh_from_db()
    assert source.last_check.detail.startswith("Its host 127.0.0.1 is at 127.0.0.1")


def test_the_source_and_its_files_stay_as_they_are(web, tmp_path):
    web.answers("/gone", 404)
    role = RoleFactory(published=True)
    CitationFactory(page=role, source__url=web.url("/gone"))
    before = Source.objects.values().get(), role.updated_at
    dump(tmp_path / "before")

    run("--allow-private")

    role.refresh_from_db()
    dump(tmp_path / "after")
    assert SourceCheck.objects.get().outcome == "gone"
    assert (Source.objects.values().get(), role.updated_at) == before
    assert files_in(tmp_path / "after") == files_in(tmp_path / "before")


def files_in(folder):
    return {path.relative_to(folder): path.read_text() for path in folder.rglob("*.yaml")}


def test_checks_are_no_content():
    assert SourceCheck not in [kind.model for kind in all_kinds()]
    kind = next(kind for kind in all_kinds() if kind.model is Source)
    assert "last_check" not in kind.as_data(SourceCheckFactory().source)


def test_a_dry_run_asks_nothing(web):
    SourceFactory(key="law", url=web.url("/law"))

    said = run("--dry-run", "--allow-private")

    assert f"law: {web.url('/law')}" in said
    assert "1 would be asked, none was" in said
    assert (web.asked, SourceCheck.objects.count()) == ([], 0)


def test_only_one(web):
    web.answers("/a")
    SourceFactory(key="a", url=web.url("/a"))
    SourceFactory(key="b", url=web.url("/b"))

    run("--only=a", "--allow-private")

    assert SourceCheck.objects.get().source.key == "a"


def test_older_than_leaves_out_what_was_asked_lately():
    old = SourceCheckFactory(checked_at=NOW - datetime.timedelta(days=8)).source
    SourceCheckFactory(checked_at=NOW - datetime.timedelta(days=6))
    never = SourceFactory()
    readdressed = SourceCheckFactory(checked_at=NOW, asked="https://example.org/before").source

    said = run("--older-than=7", "--dry-run")

    named = {line.partition(":")[0] for line in said.splitlines()} - {"A dry run"}
    assert named == {old.key, never.key, readdressed.key}


def test_limit_takes_those_that_wait_longest():
    SourceCheckFactory(checked_at=NOW - datetime.timedelta(days=1))
    older = SourceCheckFactory(checked_at=NOW - datetime.timedelta(days=9)).source
    never = SourceFactory()

    said = run("--limit=2", "--dry-run")

    assert {line.partition(":")[0] for line in said.splitlines()} - {"A dry run"} == {older.key, never.key}


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--only=nobody", "There is no source with the key “nobody”."),
        ("--older-than=0", "a number of days"),
        ("--older-than=99999999999", "a number of days"),
        ("--limit=0", "1 or more"),
        ("--timeout=0", "--timeout more than 0"),
        ("--timeout=nan", "--timeout more than 0"),
        ("--pause=-1", "are seconds"),
    ],
)
def test_misuse_is_answered_in_words(option, sentence):
    SourceFactory()

    with pytest.raises(CommandError, match=sentence) as refusal:
        run(option)
    assert refusal.value.returncode == 1


def test_without_sources_there_is_nothing_to_ask():
    assert run() == "No source to ask.\n"


def test_the_site_is_named_when_its_address_is_known(web, settings):
    settings.SITE_URL = "https://careers.example.org"
    web.answers("/")
    SourceFactory(url=web.url())

    run("--allow-private")

    assert "+https://careers.example.org/sources/" in web.headers[0]["User-Agent"]


# One after another


class Scripted:
    """Stands in for the web: answers by address."""

    def __init__(self, answers):
        self.answers = answers

    def ask(self, url):
        return self.answers[url]


def test_sources_of_one_host_take_turns_with_others():
    sources = [SourceFactory.build(url=f"https://{host}/") for host in ("a", "a", "a", "b", "c")]

    assert [source.url[8] for source in spread_over_hosts(sources)] == ["a", "b", "c", "a", "a"]


def test_a_machine_that_is_cut_off_does_not_blame_the_sources():
    sources = [SourceFactory(url=f"https://host-{number}.example/") for number in range(3)]

    report = check(sources, Scripted({source.url: SILENT for source in sources}))

    assert "Nothing was stored" in str(report)
    assert not SourceCheck.objects.exists()


def test_one_server_that_speaks_clears_the_doubt():
    sources = [SourceFactory(url=f"https://host-{number}.example/") for number in range(4)]
    answers = {source.url: SILENT for source in sources} | {sources[2].url: FINE}

    check(sources, Scripted(answers))

    assert list(SourceCheck.objects.order_by("source__url").values_list("failures", flat=True)) == [1, 1, 0, 1]


def test_two_silent_hosts_are_no_reason_to_doubt():
    sources = [SourceFactory(url=f"https://host-{number}.example/") for number in range(2)]

    check(sources, Scripted({source.url: SILENT for source in sources}))

    assert SourceCheck.objects.filter(outcome="unreachable").count() == 2


# What is kept


def test_failures_in_a_row_are_counted_from_the_first():
    source = SourceFactory()
    days = [NOW + datetime.timedelta(days=7 * number) for number in range(4)]

    remember(source, GONE, days[0])
    remember(source, SILENT, days[1])
    twice = SourceCheck.objects.values_list("failures", "failed_since").get()
    remember(source, FINE, days[2])
    mended = SourceCheck.objects.values_list("failures", "failed_since").get()
    remember(source, GONE, days[3])

    assert twice == (2, days[0])
    assert mended == (0, None)
    assert SourceCheck.objects.values_list("failures", "failed_since").get() == (1, days[3])


def test_a_new_address_starts_afresh():
    source = SourceFactory()
    remember(source, GONE, NOW)
    source.url = "https://example.org/elsewhere"
    source.save()

    assert Source.objects.unreachable().count() == 0
    later = NOW + datetime.timedelta(days=7)
    remember(source, GONE, later)

    assert SourceCheck.objects.values_list("failures", "failed_since").get() == (1, later)
    assert Source.objects.unreachable().get() == source


# The admin


def test_the_list_and_the_form_say_what_an_address_answered(admin_client):
    check = SourceCheckFactory(failed=True, failures=3)

    assertContains(admin_client.get(address(Source)), "<strong>Gone</strong>")
    form = admin_client.get(address(check.source, "change"))
    assertContains(form, "The server says that there is no such page (status 404).")
    assertContains(form, "3 failed checks in a row, the first on ")


def test_an_address_that_was_not_asked_yet_is_said_to_be_so(admin_client):
    never, changed = SourceFactory(), SourceCheckFactory(failed=True, asked="https://example.org/before").source

    assertContains(admin_client.get(address(Source)), "not asked yet", count=2)
    for source in (never, changed):
        assertContains(admin_client.get(address(source, "change")), "Nobody asked this address yet.")
    assertContains(admin_client.get(address(Source, "add")), "Nobody asked this address yet.")


def test_questions_filter_the_sources(admin_client):
    gone, fine = SourceCheckFactory(failed=True).source, SourceCheckFactory().source
    changed = SourceCheckFactory(failed=True, asked="https://example.org/before").source
    CitationFactory(source=gone, page=RoleFactory(published=True))
    CitationFactory(source=fine, page=RoleFactory())

    assert listed(admin_client, Source, unreachable="yes") == {gone}
    assert listed(admin_client, Source, unreachable="no") == {fine, changed}
    assert listed(admin_client, Source, met="yes") == {gone}
    assert listed(admin_client, Source, met="no") == {fine, changed}


@pytest.mark.once
def test_the_list_costs_the_same_however_many_were_asked(admin_client):
    SourceCheckFactory.create_batch(2)
    with_few = cost(admin_client, address(Source))
    SourceCheckFactory.create_batch(20)

    assert cost(admin_client, address(Source)) == with_few


def test_a_source_that_was_asked_can_still_be_deleted(admin_client):
    source = SourceCheckFactory().source

    asked = admin_client.get(address(source, "delete"))
    admin_client.post(address(source, "delete"), {"post": "yes"})

    assertNotContains(asked, "cannot be deleted")
    assert not SourceCheck.objects.exists()
