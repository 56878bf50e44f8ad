"""The lists inside a role's form, in the order in which readers meet them."""

from editorial.admin import LinkInline, PartStackedInline, PartTabularInline
from roles.models import (
    AlternativeTitle,
    Certificate,
    Collaborator,
    Destination,
    Difference,
    EmployerNote,
    EmployerQuestion,
    EntryRoute,
    Fit,
    Project,
    Responsibility,
    RoleCategory,
    RoleStandard,
    WeekActivity,
)


class AlternativeTitleInline(PartTabularInline):
    """“Also advertised as”."""

    model = AlternativeTitle
    section = "Top of the page"
    verbose_name_plural = "also advertised as"
    fields = ["position", "name"]


class ResponsibilityInline(PartTabularInline):
    """The list of tasks."""

    model = Responsibility
    section = "The job in short"
    verbose_name_plural = "tasks that come with the job"
    fields = ["position", "text"]


class FitInline(PartTabularInline):
    """“You may like” and “You may not like”."""

    model = Fit
    section = "Is this for you?"
    verbose_name_plural = "you may like, you may not like"
    fields = ["position", "side", "text"]


class WeekActivityInline(PartTabularInline):
    """The picture of the week, block by block."""

    model = WeekActivity
    section = "A week"
    verbose_name_plural = "blocks of the example week"
    fields = ["day", "position", "hours", "kind", "text"]


class CollaboratorInline(PartTabularInline):
    """“Who you work with”."""

    model = Collaborator
    section = "A week"
    verbose_name_plural = "who you work with"
    fields = ["position", "who", "on_what"]


class RoleCategoryInline(LinkInline):
    """What the role builds in each kind of software."""

    model = RoleCategory
    section = "Software"
    verbose_name_plural = "kinds of software this role works on"
    fields = ["category", "involvement", "work"]
    autocomplete_fields = ["category"]


class RoleStandardInline(LinkInline):
    """Why and when the role meets each standard."""

    model = RoleStandard
    section = "Rules and standards"
    verbose_name_plural = "rules and standards this role meets"
    fields = ["standard", "when", "why"]
    autocomplete_fields = ["standard"]


class DifferenceInline(PartStackedInline):
    """The table of general tech beside healthcare."""

    model = Difference
    section = "Different from general tech"
    fields = ["position", "aspect", "general_tech", "healthcare"]


class EntryRouteInline(PartStackedInline):
    """The bars of the ways in, and the text beside each."""

    model = EntryRoute
    section = "Ways in"
    verbose_name_plural = "ways in"
    fields = [("position", "kind"), ("months_min", "months_max"), "cost", "first_job", "text"]


class CertificateInline(PartStackedInline):
    """“Certificates: worth it?”."""

    model = Certificate
    section = "Ways in"
    verbose_name_plural = "certificates: worth it?"
    fields = ["position", "name", "note"]


class ProjectInline(PartStackedInline):
    """What a beginner can build."""

    model = Project
    section = "First projects"
    fields = [("position", "size"), "title", "steps", "shows"]


class DestinationInline(PartTabularInline):
    """Jobs that come after this one."""

    model = Destination
    section = "Where it leads"
    verbose_name_plural = "jobs this role can lead to"
    fields = ["position", "title", "note"]


class EmployerNoteInline(PartTabularInline):
    """What the title means at each type of employer."""

    model = EmployerNote
    section = "Questions to ask"
    verbose_name_plural = "what the title means at each type of employer"
    fields = ["position", "employer_type", "text"]


class EmployerQuestionInline(PartTabularInline):
    """Questions for an interview."""

    model = EmployerQuestion
    section = "Questions to ask"
    verbose_name_plural = "questions to ask, and what a good answer sounds like"
    fields = ["position", "employer_type", "question", "listen_for"]


OWN_PARTS = (
    AlternativeTitleInline,
    ResponsibilityInline,
    FitInline,
    WeekActivityInline,
    CollaboratorInline,
    RoleCategoryInline,
    RoleStandardInline,
    DifferenceInline,
    EntryRouteInline,
    CertificateInline,
    ProjectInline,
    DestinationInline,
    EmployerNoteInline,
    EmployerQuestionInline,
)
