import pytest

from match.models import QuestionSet
from tests.factories import RoleFactory, RoleSkillFactory, SkillFactory, StatementFactory, WeightFactory


class Asked:
    """Two roles, a statement that tells them apart, one that does the opposite, and one about a skill."""

    def __init__(self):
        self.one = RoleFactory(slug="one", title="Role one", short_title="One", published=True, position=1)
        self.two = RoleFactory(slug="two", title="Role two", short_title="Two", published=True, position=2)
        self.skill = SkillFactory(slug="knitting", name="Knitting", published=True)
        self.other_skill = SkillFactory(slug="weaving", name="Weaving", published=True)
        for role in (self.one, self.two):
            RoleSkillFactory(role=role, skill=self.skill)
        RoleSkillFactory(role=self.two, skill=self.other_skill)
        self.likes = StatementFactory(key="likes", text="Sit by the sea", position=1)
        self.minds = StatementFactory(key="minds", text="I would mind rain", group="minding", position=2)
        self.knits = StatementFactory(key="knits", text="Knit a sock", about_skill=self.skill, position=3)
        self.weaves = StatementFactory(key="weaves", text="Weave a rug", about_skill=self.other_skill, position=4)
        WeightFactory(statement=self.likes, role=self.one, value=2, reason="One is at sea.")
        WeightFactory(statement=self.likes, role=self.two, value=-2, reason="Two is on a hill.")
        WeightFactory(statement=self.minds, role=self.one, value=-2, reason="One gets wet.")
        WeightFactory(statement=self.knits, role=self.one, value=1, reason="One knits a little.")
        WeightFactory(statement=self.weaves, role=self.two, value=2, reason="Two weaves all day.")
        self.kept = QuestionSet.objects.keep_current()


@pytest.fixture
def asked(db):
    return Asked()
