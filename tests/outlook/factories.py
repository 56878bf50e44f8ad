"""One factory per model of the figures: the smallest valid row."""

import datetime

import factory

from outlook.models import Area, Estimate, Industry, Occupation, Projection, Release, RoleOccupation
from roles.models import Role


class BaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True


class ReleaseFactory(BaseFactory):
    class Meta:
        model = Release
        django_get_or_create = ("program", "part", "period")

    program = "oews"
    part = ""
    period = "2025A01"
    period_name = "May 2025"
    source_url = "https://example.org/figures"
    attribution = "Agency, May 2025."
    footnotes = factory.LazyFunction(
        lambda: {"5": "This wage is equal to or greater than $115.00 per hour or $239,200 per year."}
    )
    state = "current"


class OccupationFactory(BaseFactory):
    class Meta:
        model = Occupation
        django_get_or_create = ("code",)

    code = "15-1252"
    title = factory.LazyAttribute(lambda occupation: f"Occupation {occupation.code}")


class AreaFactory(BaseFactory):
    """The nation; traits make a state or a metropolitan area."""

    class Meta:
        model = Area
        django_get_or_create = ("code",)

    class Params:
        a_state = factory.Trait(kind="state", code=factory.Sequence(lambda n: f"{n % 90 + 10}00000"))
        a_metro = factory.Trait(
            kind="metro",
            code=factory.Sequence(lambda n: f"00{n % 90000 + 10000}"),
            state=factory.SubFactory("tests.outlook.factories.AreaFactory", a_state=True),
        )

    code = "0000000"
    kind = "nation"
    name = factory.LazyAttribute(lambda area: f"Area {area.code}")


class IndustryFactory(BaseFactory):
    """All industries; give a code for another."""

    class Meta:
        model = Industry
        django_get_or_create = ("code",)

    code = "000000"
    level = 0
    name = factory.LazyAttribute(lambda industry: f"Industry {industry.code}")


class EstimateFactory(BaseFactory):
    class Meta:
        model = Estimate

    release = factory.SubFactory(ReleaseFactory)
    occupation = factory.SubFactory(OccupationFactory)
    area = factory.SubFactory(AreaFactory)
    industry = factory.SubFactory(IndustryFactory)
    employment = 1000
    p10, p25, p50, p75, p90 = 50000, 60000, 70000, 80000, 90000


class ProjectionFactory(BaseFactory):
    class Meta:
        model = Projection

    release = factory.SubFactory(ReleaseFactory, program="projections", period="2024-34", period_name="2024–34")
    occupation = factory.SubFactory(OccupationFactory)
    period = "2024-2034"
    jobs_now, jobs_then, change, percent, openings = 100, 110, 10, 10, 9


class RoleFactory(BaseFactory):
    """A published role with nothing but its titles."""

    class Meta:
        model = Role

    slug = factory.Sequence("role-{:05}".format)
    title = factory.LazyAttribute(lambda role: role.slug.capitalize())
    status = "published"
    reviewed_on = datetime.date(2026, 11, 22)
    review_due = datetime.date(2027, 5, 22)


class RoleOccupationFactory(BaseFactory):
    class Meta:
        model = RoleOccupation

    role = factory.SubFactory(RoleFactory)
    occupation = factory.SubFactory(OccupationFactory)
    trust = "medium"
    why = "Near."
    caveat = "Not the same."
