"""Commands that run beside a server outlive what goes wrong in one round."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from editorial.repeating import RepeatingCommand


class Rounds(RepeatingCommand):
    """Fails in its first round."""

    error, begun = None, 0

    def do(self):
        self.begun += 1
        if self.begun == 1:
            raise self.error


@pytest.fixture
def command(monkeypatch):
    """Its server ends after two rounds."""
    command = Rounds(stderr=io.StringIO())
    monkeypatch.setattr("editorial.repeating.os.getppid", lambda: command.begun > 1)
    return command


@pytest.mark.django_db
@pytest.mark.parametrize("error", [CommandError("The sitemap names no page."), OperationalError("No page.")], ids=type)
def test_a_round_that_fails_is_told_and_the_next_one_goes_on(command, error):
    command.error = error

    call_command(command, every=1)

    assert command.begun == 2
    assert "page." in command.stderr.getvalue()


@pytest.mark.django_db
def test_a_single_round_that_fails_ends_with_the_reason(command):
    command.error = CommandError("The sitemap names no page.")

    with pytest.raises(CommandError, match="The sitemap names no page"):
        call_command(command)
