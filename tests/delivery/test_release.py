"""Copies of an older release are never shown."""

import pytest

from delivery.release import release

pytestmark = pytest.mark.once


def test_same_code_and_settings_have_one_name():
    assert release() == release()


def test_a_template_or_a_setting_that_changes_gives_another_name(settings, tmp_path):
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "page.html"
    settings.BASE_DIR = tmp_path
    page.write_text("one")
    first = release()

    page.write_text("other")
    second = release()
    settings.SITE_URL = "https://careers.example.org"

    assert len({first, second, release()}) == 3
