"""One factory per model: the smallest valid row. Situations are traits: `RoleFactory(published=True, with_parts=True)`.

`many_roles` makes hundreds of published roles at once, to see whether a page costs the same with many.
"""

import datetime

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone

from careers.models import (
    Page,
    Passage,
    Reason,
    ReasonFigure,
    RoleReason,
    SearchEntry,
    SearchWord,
    Synonym,
    Trend,
    TrendImpact,
)
from careers.secret_addresses import digest, new_token
from classroom.models import KEPT_FOR, Classroom, Tally, Ticket
from editorial import desk
from editorial.content.kinds import kind_of
from editorial.models import Citation, FormerSlug, LoadedContent, OpenForm, Source, SourceCheck, Version
from feedback.models import Feedback
from match.models import QuestionSet, Statement, Weight
from match.questions import Questions
from packs.models import Pack, PackItem
from roles.models import (
    AlternativeTitle,
    CategoryExample,
    CategoryStandard,
    Certificate,
    Collaborator,
    Destination,
    Difference,
    EmployerNote,
    EmployerQuestion,
    EmployerType,
    EntryRoute,
    Fit,
    Project,
    Responsibility,
    Role,
    RoleCategory,
    RoleStandard,
    SoftwareCategory,
    Standard,
    WeekActivity,
)
from skills.models import LearningResource, RoleSkill, Skill


class BaseFactory(factory.django.DjangoModelFactory):
    """Slugs and keys carry their number in five figures, so that lists sorted by them keep the order of making."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True


def in_half_a_year():
    return datetime.date.today() + datetime.timedelta(days=182)


class PublishableFactory(BaseFactory):
    """A draft; `published=True` also dates its review today, so that it isn't overdue."""

    class Meta:
        abstract = True

    class Params:
        published = factory.Trait(
            status="published",
            reviewed_on=factory.LazyFunction(datetime.date.today),
            review_due=factory.LazyFunction(in_half_a_year),
        )
        with_source = factory.Trait(
            citation=factory.RelatedFactory("tests.factories.CitationFactory", factory_related_name="page")
        )


# Editorial


class SourceFactory(BaseFactory):
    class Meta:
        model = Source

    key = factory.Sequence("source-{:05}".format)
    title = factory.LazyAttribute(lambda source: f"Document {source.key}")
    publisher = "Publisher"
    url = factory.LazyAttribute(lambda source: f"https://example.org/{source.key}")
    accessed = datetime.date(2026, 11, 22)


class SourceCheckFactory(BaseFactory):
    """An address that answers; `failed=True` makes it one that has been gone since yesterday."""

    class Meta:
        model = SourceCheck

    class Params:
        failed = factory.Trait(
            outcome="gone",
            status=404,
            detail="The server says that there is no such page (status 404).",
            failures=1,
            failed_since=factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(days=1)),
        )

    source = factory.SubFactory(SourceFactory)
    asked = factory.LazyAttribute(lambda check: check.source.url)
    checked_at = factory.LazyFunction(timezone.now)
    outcome = "reachable"
    status = 200
    detail = "It answers."


class CitationFactory(BaseFactory):
    class Meta:
        model = Citation

    page = factory.SubFactory("tests.factories.RoleFactory")
    source = factory.SubFactory(SourceFactory)


class VersionFactory(BaseFactory):
    """A live version of a page as it stands; `waiting=True` is a draft. `page` takes the page it is about."""

    class Meta:
        model = Version

    class Params:
        page = factory.SubFactory("tests.factories.RoleFactory", published=True)
        waiting = factory.Trait(state="waiting", published_at=None)

    kind = factory.LazyAttribute(lambda version: kind_of(type(version.page)).folder)
    item_id = factory.SelfAttribute("page.pk")
    number = factory.Sequence(lambda number: number + 1)
    key = factory.SelfAttribute("page.slug")
    name = factory.LazyAttribute(lambda version: str(version.page))
    data = factory.LazyAttribute(lambda version: kind_of(type(version.page)).as_data(version.page))
    state = "live"
    published_at = factory.LazyFunction(timezone.now)


class OpenFormFactory(BaseFactory):
    class Meta:
        model = OpenForm

    kind = "roles"
    item_id = factory.Sequence(lambda number: number + 1)
    user = factory.Sequence(lambda number: get_user_model().objects.create_user(f"person-{number}", is_staff=True))


class FormerSlugFactory(BaseFactory):
    class Meta:
        model = FormerSlug

    page = factory.SubFactory("tests.factories.RoleFactory")
    slug = factory.Sequence("former-{:05}".format)


class LoadedContentFactory(BaseFactory):
    class Meta:
        model = LoadedContent

    kind = "roles"
    key = factory.Sequence("loaded-{:05}".format)
    digest = "0" * 64


# Standards, software categories and roles


class StandardFactory(PublishableFactory):
    class Meta:
        model = Standard

    slug = factory.Sequence("standard-{:05}".format)
    name = factory.LazyAttribute(lambda standard: f"Name of {standard.slug}")
    full_name = "Full name"
    kind = "data"
    region = "world"
    publisher = "Publisher"
    url = "https://example.org/standard"
    free_to_read = True
    summary = "Summary."
    purpose = "Purpose."
    in_practice = "In practice."
    state = "State."
    first_step = "First step."


class SoftwareCategoryFactory(PublishableFactory):
    class Meta:
        model = SoftwareCategory

    slug = factory.Sequence("category-{:05}".format)
    name = factory.LazyAttribute(lambda category: f"Name of {category.slug}")
    short_name = "Short"
    summary = "Summary."
    scene = "Scene."
    what_it_is = "What it is."
    users = "Users."
    inside = "Inside."
    hard_parts = "Hard parts."
    rules = "Rules."
    try_it = "Try it."

    class Params:
        with_parts = factory.Trait(
            example=factory.RelatedFactory("tests.factories.CategoryExampleFactory", "category"),
            category_standard=factory.RelatedFactory(
                "tests.factories.CategoryStandardFactory", "category", standard__published=True
            ),
            citation=factory.RelatedFactory(CitationFactory, "page"),
        )


class CategoryExampleFactory(BaseFactory):
    class Meta:
        model = CategoryExample

    category = factory.SubFactory(SoftwareCategoryFactory)
    name = factory.Sequence("Example {}".format)


class CategoryStandardFactory(BaseFactory):
    class Meta:
        model = CategoryStandard

    category = factory.SubFactory(SoftwareCategoryFactory)
    standard = factory.SubFactory(StandardFactory)
    use = CategoryStandard.Use.MEETS


class RoleFactory(PublishableFactory):
    """`with_parts=True` adds one row of everything a role's page shows; what it links to is published."""

    class Meta:
        model = Role

    slug = factory.Sequence("role-{:05}".format)
    title = factory.LazyAttribute(lambda role: f"Title of {role.slug}")
    short_title = "Short"
    tagline = "Tagline."
    promise = "Promise."
    overview = "Overview."
    education = "Education"
    makes = "Makes"
    users = "Users"
    languages = "Languages"
    workplaces = "Workplaces"
    good_day = "Good day."
    hard_day = "Hard day."
    trade_off = "Trade-off."
    week_note = "Week note."
    outlook = "Outlook."

    class Params:
        with_parts = factory.Trait(
            alternative_title=factory.RelatedFactory("tests.factories.AlternativeTitleFactory", "role"),
            fit=factory.RelatedFactory("tests.factories.FitFactory", "role"),
            responsibility=factory.RelatedFactory("tests.factories.ResponsibilityFactory", "role"),
            collaborator=factory.RelatedFactory("tests.factories.CollaboratorFactory", "role"),
            week_activity=factory.RelatedFactory("tests.factories.WeekActivityFactory", "role"),
            difference=factory.RelatedFactory("tests.factories.DifferenceFactory", "role"),
            entry_route=factory.RelatedFactory("tests.factories.EntryRouteFactory", "role"),
            certificate=factory.RelatedFactory("tests.factories.CertificateFactory", "role"),
            project=factory.RelatedFactory("tests.factories.ProjectFactory", "role"),
            destination=factory.RelatedFactory("tests.factories.DestinationFactory", "role"),
            employer_note=factory.RelatedFactory("tests.factories.EmployerNoteFactory", "role"),
            employer_question=factory.RelatedFactory("tests.factories.EmployerQuestionFactory", "role"),
            role_category=factory.RelatedFactory(
                "tests.factories.RoleCategoryFactory", "role", category__published=True
            ),
            role_standard=factory.RelatedFactory(
                "tests.factories.RoleStandardFactory", "role", standard__published=True
            ),
            role_skill=factory.RelatedFactory("tests.factories.RoleSkillFactory", "role", skill__published=True),
            role_reason=factory.RelatedFactory("tests.factories.RoleReasonFactory", "role", reason__published=True),
            trend_impact=factory.RelatedFactory("tests.factories.TrendImpactFactory", "role", trend__published=True),
            statement_weight=factory.RelatedFactory("tests.factories.WeightFactory", "role"),
            role_occupation=factory.RelatedFactory(
                "tests.outlook.factories.RoleOccupationFactory",
                "role",
                key=factory.LazyAttribute(lambda link: f"{link.role.slug}-{link.occupation.code}"),
                is_primary=True,
            ),
            citation=factory.RelatedFactory(CitationFactory, "page"),
        )


class RoleCategoryFactory(BaseFactory):
    class Meta:
        model = RoleCategory

    role = factory.SubFactory(RoleFactory)
    category = factory.SubFactory(SoftwareCategoryFactory)
    involvement = RoleCategory.Involvement.MAIN
    work = "Work."


class RoleStandardFactory(BaseFactory):
    class Meta:
        model = RoleStandard

    role = factory.SubFactory(RoleFactory)
    standard = factory.SubFactory(StandardFactory)
    when = RoleStandard.When.BEFORE
    why = "Why."


# The parts of a role


class AlternativeTitleFactory(BaseFactory):
    class Meta:
        model = AlternativeTitle

    role = factory.SubFactory(RoleFactory)
    name = factory.Sequence("Alternative title {}".format)


class FitFactory(BaseFactory):
    class Meta:
        model = Fit

    role = factory.SubFactory(RoleFactory)
    side = Fit.Side.LIKE
    text = "Fit."


class ResponsibilityFactory(BaseFactory):
    class Meta:
        model = Responsibility

    role = factory.SubFactory(RoleFactory)
    text = "Responsibility."


class CollaboratorFactory(BaseFactory):
    class Meta:
        model = Collaborator

    role = factory.SubFactory(RoleFactory)
    who = "Who"
    on_what = "On what"


class WeekActivityFactory(BaseFactory):
    class Meta:
        model = WeekActivity

    role = factory.SubFactory(RoleFactory)
    day = WeekActivity.Day.MONDAY
    kind = WeekActivity.Kind.BUILD
    hours = 7
    text = "Activity"


class DifferenceFactory(BaseFactory):
    class Meta:
        model = Difference

    role = factory.SubFactory(RoleFactory)
    aspect = "Aspect"
    general_tech = "General tech."
    healthcare = "Healthcare."


class EntryRouteFactory(BaseFactory):
    class Meta:
        model = EntryRoute

    role = factory.SubFactory(RoleFactory)
    kind = EntryRoute.Kind.DEGREE
    months_min = 36
    months_max = 48
    cost = "Cost"
    text = "Text."
    first_job = "First job"


class CertificateFactory(BaseFactory):
    class Meta:
        model = Certificate

    role = factory.SubFactory(RoleFactory)
    name = "Certificate"
    note = "Note."


class ProjectFactory(BaseFactory):
    class Meta:
        model = Project

    role = factory.SubFactory(RoleFactory)
    size = Project.Size.HOURS
    title = "Project"
    steps = "1. Step."
    shows = "Shows."


class DestinationFactory(BaseFactory):
    class Meta:
        model = Destination

    role = factory.SubFactory(RoleFactory)
    title = "Destination"
    note = "Note."


class EmployerNoteFactory(BaseFactory):
    class Meta:
        model = EmployerNote

    role = factory.SubFactory(RoleFactory)
    employer_type = EmployerType.VENDOR
    text = "Text."


class EmployerQuestionFactory(BaseFactory):
    class Meta:
        model = EmployerQuestion

    role = factory.SubFactory(RoleFactory)
    employer_type = EmployerType.VENDOR
    question = "Question?"
    listen_for = "Listen for."


# Skills


class SkillFactory(PublishableFactory):
    class Meta:
        model = Skill

    slug = factory.Sequence("skill-{:05}".format)
    name = factory.LazyAttribute(lambda skill: f"Name of {skill.slug}")
    kind = Skill.Kind.GENERAL
    summary = "Summary."
    meaning = "Meaning."
    general_tech = "General tech."
    healthcare = "Healthcare."
    level_1 = "Aware."
    level_2 = "Working."
    level_3 = "Practitioner."
    level_4 = "Expert."
    trade_off = "Trade-off."

    class Params:
        with_parts = factory.Trait(
            role_skill=factory.RelatedFactory("tests.factories.RoleSkillFactory", "skill", role__published=True),
            resource=factory.RelatedFactory("tests.factories.LearningResourceFactory", "skill"),
            citation=factory.RelatedFactory(CitationFactory, "page"),
        )


class RoleSkillFactory(BaseFactory):
    class Meta:
        model = RoleSkill

    role = factory.SubFactory(RoleFactory)
    skill = factory.SubFactory(SkillFactory)
    importance = RoleSkill.Importance.CORE
    level = RoleSkill.Level.WORKING
    why = "Why."


class LearningResourceFactory(BaseFactory):
    class Meta:
        model = LearningResource

    skill = factory.SubFactory(SkillFactory)
    title = "Resource"
    publisher = "Publisher"
    url = factory.Sequence("https://example.org/resource-{}".format)
    hours = 2
    level = RoleSkill.Level.AWARE
    note = "Note."


# Pages, reasons and trends


class PageFactory(BaseFactory):
    class Meta:
        model = Page

    key = factory.Sequence("page-{:05}".format)
    title = "Title"
    description = "Description."
    heading = "Heading"
    lead = "Lead."


class PassageFactory(BaseFactory):
    class Meta:
        model = Passage

    page = factory.SubFactory(PageFactory)
    key = factory.Sequence("passage-{:05}".format)


class ReasonFactory(PublishableFactory):
    class Meta:
        model = Reason

    slug = factory.Sequence("reason-{:05}".format)
    title = factory.LazyAttribute(lambda reason: f"Title of {reason.slug}")
    claim = "Claim."
    healthcare = "Healthcare."
    general_tech = "General tech."
    evidence = "Evidence."
    counter_evidence = "Counter-evidence."
    trade_off = "Trade-off."
    who_should_not = "Who should not."
    ask = "Ask?"

    class Params:
        with_parts = factory.Trait(
            finding="Finding.",
            figure=factory.RelatedFactory("tests.factories.ReasonFigureFactory", "reason"),
            role_reason=factory.RelatedFactory("tests.factories.RoleReasonFactory", "reason", role__published=True),
            citation=factory.RelatedFactory(CitationFactory, "page"),
        )


class ReasonFigureFactory(BaseFactory):
    class Meta:
        model = ReasonFigure

    reason = factory.SubFactory(ReasonFactory)
    label = "Label"
    value = 1
    shown = "1 of 2"


class RoleReasonFactory(BaseFactory):
    class Meta:
        model = RoleReason

    reason = factory.SubFactory(ReasonFactory)
    role = factory.SubFactory(RoleFactory)
    strength = RoleReason.Strength.CLEARLY


class TrendFactory(PublishableFactory):
    class Meta:
        model = Trend

    slug = factory.Sequence("trend-{:05}".format)
    name = factory.LazyAttribute(lambda trend: f"Name of {trend.slug}")
    summary = "Summary."
    maturity = Trend.Maturity.PILOTS
    confidence = Trend.Confidence.MEDIUM
    confidence_why = "Confidence why."
    real_today = "Real today."
    still_a_promise = "Still a promise."
    what_would_change_it = "What would change it."
    learn_now = "Learn now."

    class Params:
        with_parts = factory.Trait(
            impact=factory.RelatedFactory("tests.factories.TrendImpactFactory", "trend", role__published=True),
            citation=factory.RelatedFactory(CitationFactory, "page"),
        )


class TrendImpactFactory(BaseFactory):
    class Meta:
        model = TrendImpact

    trend = factory.SubFactory(TrendFactory)
    role = factory.SubFactory(RoleFactory)
    strength = TrendImpact.Strength.SOME
    change = "Change."


# The questionnaire


class StatementFactory(BaseFactory):
    """A preference; `about_skill=skill` makes it a statement about that skill."""

    class Meta:
        model = Statement

    class Params:
        about_skill = None

    key = factory.Sequence("statement-{:05}".format)
    group = factory.LazyAttribute(lambda statement: "skills" if statement.about_skill else "doing")
    text = factory.LazyAttribute(lambda statement: f"Text of {statement.key}")
    skill = factory.LazyAttribute(lambda statement: statement.about_skill)


class WeightFactory(BaseFactory):
    class Meta:
        model = Weight

    statement = factory.SubFactory(StatementFactory)
    role = factory.SubFactory(RoleFactory)
    value = Weight.Value.FOR
    reason = "Reason."


class QuestionSetFactory(BaseFactory):
    """A version without statements' weights; the code belongs to the data."""

    class Meta:
        model = QuestionSet

    data = factory.Sequence(
        lambda number: [{"key": f"key-{number}", "text": "Text", "group": "doing", "skill": "", "weights": {}}]
    )
    code = factory.LazyAttribute(lambda kept: Questions.from_data(kept.data).code)


# Search


class SearchEntryFactory(BaseFactory):
    """An entry as the index would hold it; tests of what readers find let the index write its own."""

    class Meta:
        model = SearchEntry

    kind = SearchEntry.Kind.ROLE
    object_id = factory.Sequence(lambda number: 1_000_000 + number)
    key = factory.Sequence("entry-{:05}".format)
    address = factory.LazyAttribute(lambda entry: f"/roles/{entry.key}/")
    position = 100
    title = factory.LazyAttribute(lambda entry: f"Title of {entry.key}")
    summary = "Summary."
    body = "Body."
    names = " title of entry | "
    text = " title of entry \n \n summary \n body "


class SearchWordFactory(BaseFactory):
    class Meta:
        model = SearchWord

    word = factory.Sequence("word{}".format)
    padded = factory.LazyAttribute(lambda word: f" {word.word} ")
    pages = 1


class SynonymFactory(BaseFactory):
    class Meta:
        model = Synonym

    key = factory.Sequence("synonym-{:05}".format)
    typed = "Typed"
    means = "Meant"


# Reports from readers


class FeedbackFactory(BaseFactory):
    class Meta:
        model = Feedback

    page = "/roles/one/"
    text = "The number is out of date."
    received_at = factory.LazyFunction(timezone.now)

    class Params:
        finished = factory.Trait(state="done", changed_at=factory.SelfAttribute("received_at"))


# Classes


class ClassroomFactory(BaseFactory):
    """An open class without tallies, started an hour ago; `ended=True` ended just now. The manager makes real ones."""

    class Meta:
        model = Classroom

    class Params:
        ended = factory.Trait(ends_at=factory.LazyFunction(timezone.now))

    code = factory.Sequence(lambda number: f"{number:06}".translate(str.maketrans("01", "CD")))
    token_hash = factory.Sequence(lambda number: digest(f"token-{number}"))
    question_set = factory.SubFactory(QuestionSetFactory)
    started_at = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(hours=1))
    delete_after = factory.LazyAttribute(lambda classroom: classroom.ends_at + KEPT_FOR)


class TallyFactory(BaseFactory):
    class Meta:
        model = Tally

    classroom = factory.SubFactory(ClassroomFactory)
    about = factory.Sequence("statement-{:05}".format)
    answer = "1"
    count = 7
    shown = 5


class TicketFactory(BaseFactory):
    class Meta:
        model = Ticket

    classroom = factory.SubFactory(ClassroomFactory)
    digest = factory.Sequence(lambda number: digest(f"ticket-{number}"))


# Packs of advisors


class PackFactory(BaseFactory):
    """An open pack, empty until a PackItem is put in; `expired`, `revoked` and `taken_down` close it."""

    class Meta:
        model = Pack

    title = "A pack"
    note = "A note."
    edit_digest = factory.LazyFunction(lambda: digest(new_token()))
    expires_at = factory.LazyAttribute(lambda pack: pack.created_at + datetime.timedelta(days=30))
    created_at = factory.LazyFunction(timezone.now)
    saved_at = factory.SelfAttribute("created_at")

    class Params:
        expired = factory.Trait(
            created_at=factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(days=31)),
        )
        revoked = factory.Trait(revoked_at=factory.SelfAttribute("created_at"))
        taken_down = factory.Trait(taken_down_at=factory.SelfAttribute("created_at"), taken_down_reason="Advertising.")


class PackItemFactory(BaseFactory):
    """A role in a pack. `thing` takes the role, skill or trend."""

    class Meta:
        model = PackItem

    class Params:
        thing = factory.SubFactory(RoleFactory, published=True)

    pack = factory.SubFactory(PackFactory)
    kind = factory.LazyAttribute(lambda item: kind_of(type(item.thing)).folder)
    item_id = factory.SelfAttribute("thing.pk")
    position = 1
    name = factory.LazyAttribute(lambda item: str(item.thing))
    version = factory.LazyAttribute(lambda item: desk.current(item.thing).number)


def many_roles(count, *, categories=5, standards=10, skills=20):
    """`count` published roles, linked to shared published categories, standards and skills, in few queries.

    Each role builds 2 of the categories, meets 3 of the standards and asks for half of the skills; which ones,
    and how much, differs from role to role.
    """
    shared_categories = SoftwareCategoryFactory.create_batch(categories, published=True)
    shared_standards = StandardFactory.create_batch(standards, published=True)
    shared_skills = SkillFactory.create_batch(skills, published=True)
    roles = Role.objects.bulk_create(RoleFactory.build_batch(count, published=True))

    RoleCategory.objects.bulk_create(
        RoleCategory(
            role=role,
            category=shared_categories[(number + step) % categories],
            involvement=[RoleCategory.Involvement.MAIN, RoleCategory.Involvement.SOME][step],
            work="Work.",
        )
        for number, role in enumerate(roles)
        for step in range(2)
    )
    RoleStandard.objects.bulk_create(
        RoleStandard(
            role=role,
            standard=shared_standards[(number + step) % standards],
            when=RoleStandard.When.values[step],
            why="Why.",
        )
        for number, role in enumerate(roles)
        for step in range(3)
    )
    RoleSkill.objects.bulk_create(
        RoleSkill(
            role=role,
            skill=shared_skills[(number + step) % skills],
            importance=RoleSkill.Importance.values[step % 4],
            level=RoleSkill.Level.values[(number + step) % 4],
            why="Why.",
        )
        for number, role in enumerate(roles)
        for step in range(skills // 2)
    )
    return roles
