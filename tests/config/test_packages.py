"""What the site is built from: every package is pinned with its hashes, and an audit that asked nobody is none."""

import json
import re
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR
LOCKS = ["requirements.txt", "requirements-dev.txt"]


# Pinned with hashes


def entries(lock):
    """Each requirement of a lock file with all that belongs to it, as one line."""
    lines = [line for line in lock.replace("\\\n", " ").splitlines() if line.strip() and line.lstrip()[0] != "#"]
    return [re.sub(r"\s+", " ", line) for line in lines]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(name):
    loose = [
        entry
        for entry in entries((ROOT / name).read_text())
        if not re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.!+]+( ;[^#]*?)?( --hash=sha256:[0-9a-f]{64})+ ?", entry)
    ]

    assert loose == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_package_that_is_asked_for_is_locked_and_says_why(name):
    locked = {re.match(r"[\w.-]+", entry)[0].lower() for entry in entries((ROOT / f"{name}.txt").read_text())}
    asked = [
        line for line in (ROOT / f"{name}.in").read_text().splitlines() if line and not line.startswith(("#", "-r "))
    ]

    assert asked
    assert [line for line in asked if re.match(r"[\w.-]+", line)[0].lower() not in locked] == []
    assert [line for line in asked if not re.search(r"#\s*\w{3}", line)] == []


def test_hashes_are_checked_wherever_packages_are_installed():
    places = ["bin/setup", "deploy/Containerfile", "docs/operations.md"]

    assert [place for place in places if "--require-hashes" not in (ROOT / place).read_text()] == []


# The audit


LOCK = """\
first==1.0 \\
    --hash=sha256:aa
    # via second
second[x]==2.0 ; python_version < "3.12" \\
    --hash=sha256:bb
second==3.0 ; python_version >= "3.12"
"""


def looked_up(name, version, *vulnerabilities):
    return {"name": name, "version": version, "vulns": list(vulnerabilities)}


def skipped(name):
    return {"name": name, "skip_reason": f"Dependency not found on PyPI and could not be audited: {name}"}


WEAK = {"id": "PYSEC-1", "fix_versions": ["1.1"], "aliases": [], "description": ""}
ALL = [looked_up("first", "1.0"), looked_up("second", "2.0"), looked_up("second", "3.0")]


@pytest.fixture
def audit(tmp_path):
    """Run the audit with a stand-in for pip-audit that reports `dependencies` (None: nothing), and ends with 0."""

    def run(dependencies):
        (tmp_path / "lock.txt").write_text(LOCK)
        tool = tmp_path / "pip-audit"
        report = None if dependencies is None else json.dumps({"dependencies": dependencies})
        tool.write_text(
            f"#!{sys.executable}\nimport sys\nreport = {report!r}\n"
            "asked = open(sys.argv[sys.argv.index('--requirement') + 1]).read().split()\n"
            "if len(asked) != len({each.split('==')[0] for each in asked}): sys.exit('duplicate requirements')\n"
            "if report: open(sys.argv[sys.argv.index('--output') + 1], 'w').write(report)\n"
        )
        tool.chmod(0o755)
        command = [sys.executable, ROOT / "bin" / "audit_packages.py", tool, tmp_path / "lock.txt", tmp_path]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    run.folder = tmp_path
    return run


def test_audit_that_looked_everything_up_is_passed(audit):
    done = audit(ALL)

    assert (done.returncode, done.stdout) == (0, "All 3 packages were looked up. None has a known vulnerability.\n")


def test_every_version_of_the_lock_is_asked_for(audit):
    audit(ALL)

    asked = sorted(path.read_text() for path in audit.folder.glob("packages-*.txt"))
    assert asked == ["first==1.0\nsecond==2.0\n", "second==3.0\n"]


@pytest.mark.parametrize(
    ("dependencies", "words"),
    [
        (None, "NOT AUDITED: 3 of 3 packages could not be looked up: first 1.0, second 2.0, second 3.0."),
        ([], "NOT AUDITED: 3 of 3 packages"),
        ([skipped("first"), *ALL[1:]], "NOT AUDITED: 1 of 3 packages could not be looked up: first 1.0."),
        (ALL[:2], "NOT AUDITED: 1 of 3 packages could not be looked up: second 3.0."),
        ([looked_up("first", "1.0", WEAK), *ALL[1:]], "first 1.0: PYSEC-1, mended in 1.1"),
        ([looked_up("first", "1.0", WEAK), *ALL[1:]], "VULNERABLE"),
    ],
    ids=["no report", "empty report", "skipped", "left out", "vulnerable", "what to do"],
)
def test_audit_fails_unless_everything_is_known_to_be_well(audit, dependencies, words):
    done = audit(dependencies)

    assert done.returncode == 1
    assert words in done.stderr
    assert done.stdout == ""
