"""The tools around the site agree with one another."""

import re
import socket
import subprocess
import tomllib

import pytest
from django.conf import settings

from tests.settings import ENVIRONMENT

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR


def variables_of_the_settings():
    text = (ROOT / "config" / "settings.py").read_text()
    return set(re.findall(r'(?:env\.\w+|switch|words|whole_number)\(\s*"([A-Z_]+)"', text))


def test_example_env_names_every_variable_of_the_settings():
    named = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(named) == sorted(variables_of_the_settings())


def test_operators_find_every_variable_in_the_table_and_no_other():
    table = (ROOT / "docs" / "operations.md").read_text().partition("\n| variable |")[2].partition("\n\n")[0]
    server = (ROOT / "deploy" / "gunicorn.conf.py").read_text()

    there = variables_of_the_settings() | set(re.findall(r'environ\.get\("([A-Z_]+)"', server))
    assert sorted(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == sorted(there)


def test_every_place_of_the_proxy_is_explained_and_filled_by_the_containers():
    operations = (ROOT / "docs" / "operations.md").read_text()
    containers = (ROOT / "deploy" / "compose.yaml").read_text()
    places = re.findall(r"\$\{(\w+)\}", (ROOT / "deploy" / "nginx.conf.template").read_text())

    assert [name for name in places if f"`{name}`" not in operations or f"      {name}: " not in containers] == []


def test_no_variable_of_the_settings_reaches_the_tests_from_outside():
    assert set(ENVIRONMENT) == variables_of_the_settings()


def test_every_app_has_its_floor_in_the_import_contract():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    floors = {app for floor in config["contracts"][0]["layers"] for app in re.findall(r"\w+", floor)}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert floors == set(config["root_packages"]) == packages


def test_both_locks_hold_the_same_versions():
    def pins(name):
        return set(re.findall(r"^[a-z0-9.-]+(?:\[\w+\])?==[^\\\n]+", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt")
    assert pins("requirements.txt") <= pins("requirements-dev.txt")


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_locks_name_no_index_and_no_folder(lock):
    assert not re.findall(r"^--|file:|https?:", (ROOT / lock).read_text(), re.MULTILINE)


def test_help_names_every_command():
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()

    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert re.findall(r"^make ([\w-]+) +\S.*\.$", shown, re.MULTILINE) == phony


@pytest.mark.parametrize("reach", [socket.getaddrinfo, lambda host, port: socket.create_connection((host, port), 1)])
@pytest.mark.parametrize("host", ["example.org", "192.0.2.1"])
def test_tests_do_not_reach_the_network(reach, host):
    with pytest.raises(RuntimeError, match="stay on this machine"):
        reach(host, 80)
