import datetime

import pytest

from classroom.counting import count, new_ticket, read_ticket
from classroom.models import Classroom
from tests.at_once import environment, port  # noqa: F401 - the site for many at the same moment
from tests.match.conftest import asked  # noqa: F401 - two roles and four statements
from tests.nothing_counted import nothing_counted  # noqa: F401


class Lesson:
    """A class with two roles and four statements, the token of its advisor, and students who send their answers."""

    def __init__(self, asked):  # noqa: F811
        self.asked = asked
        self.classroom, self.token = Classroom.objects.start(
            asked.kept, title="Friday", lasts=datetime.timedelta(hours=2)
        )

    def send(self, *sheets):
        """Each student sends the signs of a sheet, such as "51--"."""
        for signs in sheets:
            ticket = read_ticket(self.classroom, new_ticket(self.classroom))
            count(self.classroom, self.asked.kept.questions.read(signs), ticket)
        self.classroom = Classroom.objects.filter(pk=self.classroom.pk).first()

    @property
    def counts(self):
        return {(each.about, each.answer): each.count for each in self.classroom.tallies.all()}


@pytest.fixture
def lesson(asked):  # noqa: F811
    return Lesson(asked)
