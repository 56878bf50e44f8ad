"""What docs/security.md promises and no other test holds."""

import ast
import logging
import re

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from config import settings as site_settings
from tests.careers.pages import one_of_each
from tests.staff.people import person, sign_in

from .test_headers import HOST, https, what_https_changes  # noqa: F401 - fixtures
from .test_house import APPS, ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# No text becomes code


def calls():
    """(file, what is called) of every call in our Python code, such as `hashlib.md5`."""
    for app in [*APPS, "outlook"]:
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    yield str(path.relative_to(ROOT)), ast.unparse(node.func)


def imports():
    """(file, module) of every import in our Python code."""
    for app in [*APPS, "outlook"]:
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    yield from ((str(path.relative_to(ROOT)), each.name) for each in node.names)
                elif isinstance(node, ast.ImportFrom):
                    yield str(path.relative_to(ROOT)), node.module or ""


def test_no_text_is_run_as_python_and_nothing_is_unpacked_that_could_be():
    found = [(where, name) for where, name in calls() if name in ("eval", "exec", "compile", "__import__", "yaml.load")]

    assert found == []
    assert [(where, name) for where, name in imports() if name in ("pickle", "marshal", "shelve", "dill")] == []


def test_the_site_starts_no_other_program():
    assert [(where, name) for where, name in imports() if name in ("subprocess", "pty", "multiprocessing")] == []
    assert [(where, name) for where, name in calls() if re.match(r"os\.(system|popen|exec|spawn)", name)] == []


def test_no_script_runs_text():
    scripts = [*(ROOT / "static" / "js").glob("*.js"), *(ROOT / "templates").rglob("*.js")]
    running = (
        r"\beval\(|\bnew Function\b|document\.write|outerHTML|insertAdjacentHTML|javascript:|setTimeout\(\s*[\"'`]"
    )

    assert len(scripts) > 10
    assert [path.name for path in scripts if re.search(running, path.read_text())] == []


def test_no_weak_hash_is_used():
    weak = {"hashlib.md5", "hashlib.sha1", "hashlib.new"}

    assert [(where, name) for where, name in calls() if name in weak] == []


def test_chance_that_guards_something_is_unguessable():
    guessable = [where for where, name in imports() if name == "random"]

    # It draws answer sheets for a report on the questionnaire, and guards nothing.
    assert guessable == ["match/fairness.py"]


# What answers say and do not say


def test_text_says_in_which_code_it_is_written(client):
    for where in [*one_of_each(), "/healthz", "/readyz", "/feedback/", "/sw.js", "/no/such/page/"]:
        kind = client.get(where)["Content-Type"]
        assert not kind.startswith("text/") or kind.endswith("; charset=utf-8"), (where, kind)


@pytest.mark.parametrize("where", ["/", "/roles/", "/feedback/", "/api/v1/roles/", "/healthz"])
def test_a_request_is_never_sent_back(client, where):
    assert client.trace(where).status_code == 405


@pytest.mark.parametrize("where", ["/.git/config", "/.env", "/db.sqlite3", "/static/", "/static/../.env", "/config/"])
def test_nothing_of_the_folder_can_be_read(client, where):
    assert client.get(where).status_code == 404


def test_a_container_holds_no_history_and_no_settings():
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert ".*" in ignored  # .git and .env among them


def test_a_failure_tells_readers_nothing_of_the_inside(settings, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the password of the database")

    monkeypatch.setattr("careers.views.render", fail)
    client = Client(raise_request_exception=False)

    response = client.get("/trends/")

    assert response.status_code == 500
    assert "the password" not in response.text
    assert "Traceback" not in response.text


def test_a_line_break_in_an_address_begins_no_line_in_the_log(client, caplog):
    with caplog.at_level(logging.WARNING):
        client.get("/no-such-page/%0a2026-01-01%20WARNING%20forged/")

    assert caplog.records
    assert ["\n" in record.getMessage() for record in caplog.records] == [False] * len(caplog.records)


# Accounts


def test_a_new_site_has_no_accounts(django_user_model):
    assert not django_user_model.objects.exists()


def test_passwords_are_kept_as_today_asks():
    assert not hasattr(site_settings, "PASSWORD_HASHERS"), "Django's own are used, and grow with it"
    # At least what OWASP's cheat sheet asks of PBKDF2 with SHA-256.
    assert PBKDF2PasswordHasher.iterations >= 600_000


@pytest.mark.usefixtures("https")
def test_the_cookies_of_staff_are_for_this_host_alone_and_no_script_reads_them():
    person()
    client = Client(headers={"host": HOST, "referer": f"https://{HOST}/admin/login/"})
    client.get("/admin/login/", secure=True)

    sign_in(client, secure=True)

    assert client.cookies.keys() == {"__Host-sessionid", "__Host-csrftoken"}
    for cookie in client.cookies.values():
        assert cookie["secure"], cookie
        assert cookie["httponly"], cookie
        assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax")


def test_what_the_admin_says_sets_no_cookie_of_its_own(client):
    person(is_superuser=True)
    sign_in(client)

    response = client.post("/admin/account/sign-out-everywhere/", follow=True)

    assert "You are signed out everywhere." in response.text
    assert "messages" not in client.cookies
