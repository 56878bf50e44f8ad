"""The ordered parts of a role's page, in the order in which readers meet them."""

from django.db import models
from django.db.models import F, Q

from editorial.models import Part

from .role import Role


class EmployerType(models.TextChoices):
    """Kinds of employer for whom the same title means different work."""

    VENDOR = "vendor", "Software company"
    HOSPITAL = "hospital", "Hospital or clinic"
    DEVICE_MAKER = "device", "Device maker"
    STARTUP = "startup", "Start-up"


class AlternativeTitle(Part):
    """Another title under which the same job is advertised."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="alternative_titles")
    name = models.CharField(max_length=80)

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["role", "name"], name="alternativetitle_once_per_role")]

    def __str__(self):
        return self.name


class Fit(Part):
    """Something a person in this role may like, or may not like."""

    class Side(models.TextChoices):
        """Which column it stands in."""

        LIKE = "like", "You may like"
        DISLIKE = "dislike", "You may not like"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="fits")
    side = models.CharField(max_length=10, choices=Side.choices)
    text = models.CharField(max_length=200)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(side__in=["like", "dislike"]), name="fit_side_is_known"),
        ]

    def __str__(self):
        return self.text


class Responsibility(Part):
    """A task that comes with the job."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="responsibilities")
    text = models.CharField(max_length=220)

    class Meta(Part.Meta):
        verbose_name_plural = "responsibilities"

    def __str__(self):
        return self.text


class WeekActivity(Part):
    """One block of the example week. A working day holds seven hours beside lunch."""

    class Day(models.IntegerChoices):
        """The five working days."""

        MONDAY = 1, "Monday"
        TUESDAY = 2, "Tuesday"
        WEDNESDAY = 3, "Wednesday"
        THURSDAY = 4, "Thursday"
        FRIDAY = 5, "Friday"

    class Kind(models.TextChoices):
        """What sort of work fills the hours."""

        BUILD = "build", "Build"
        PEOPLE = "people", "People"
        CHECK = "check", "Check"
        LEARN = "learn", "Learn"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="week_activities")
    day = models.PositiveSmallIntegerField(choices=Day.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    hours = models.PositiveSmallIntegerField(help_text="Whole hours, 1 to 7.")
    text = models.CharField(max_length=60, help_text="What you do, in a few words.")

    class Meta(Part.Meta):
        verbose_name_plural = "week activities"
        ordering = ["day", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(day__in=[1, 2, 3, 4, 5]), name="weekactivity_day_is_a_working_day"),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=7), name="weekactivity_hours_fit_in_a_day"),
            models.CheckConstraint(
                condition=Q(kind__in=["build", "people", "check", "learn"]), name="weekactivity_kind_is_known"
            ),
        ]

    def __str__(self):
        return self.text


class Collaborator(Part):
    """People this role works with, and on what."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="collaborators")
    who = models.CharField(max_length=80)
    on_what = models.CharField(max_length=200)

    def __str__(self):
        return self.who


class Difference(Part):
    """One way in which the same job differs in general tech."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="differences")
    aspect = models.CharField(max_length=60)
    general_tech = models.TextField()
    healthcare = models.TextField()

    def __str__(self):
        return self.aspect


class EntryRoute(Part):
    """A way into the role, with the time and money it takes. Times are the editors' estimates."""

    class Kind(models.TextChoices):
        """Where a person starts from."""

        DEGREE = "degree", "Degree"
        FROM_SOFTWARE = "software", "Switch from software"
        FROM_CARE = "care", "Switch from clinical work"
        SELF_TAUGHT = "self", "Self-taught"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="entry_routes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    months_min = models.PositiveSmallIntegerField("months, at best")
    months_max = models.PositiveSmallIntegerField("months, at most")
    cost = models.CharField(max_length=160, help_text="What it costs, in words. No figure without a source.")
    text = models.TextField(help_text="How it goes. Markdown.")
    first_job = models.CharField(max_length=120)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(months_min__lte=F("months_max")), name="entryroute_months_in_order"),
            models.CheckConstraint(
                condition=Q(kind__in=["degree", "software", "care", "self"]), name="entryroute_kind_is_known"
            ),
            models.UniqueConstraint(fields=["role", "kind"], name="entryroute_once_per_kind"),
        ]

    def __str__(self):
        return self.get_kind_display()


class Certificate(Part):
    """A certificate people in this role may hold, and whether it is worth the money."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="certificates")
    name = models.CharField(max_length=120)
    note = models.TextField(help_text="Who issues it and whether it helps. Markdown.")

    def __str__(self):
        return self.name


class Project(Part):
    """A first project that anyone can do with public or synthetic data."""

    class Size(models.TextChoices):
        """How much time it takes."""

        HOURS = "hours", "Two hours"
        WEEKEND = "weekend", "A weekend"
        MONTH = "month", "A month"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="projects")
    size = models.CharField(max_length=10, choices=Size.choices)
    title = models.CharField(max_length=100)
    steps = models.TextField(help_text="What to do, as a short numbered list with links. Markdown.")
    shows = models.CharField(max_length=220, help_text="What it shows an employer.")

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(size__in=["hours", "weekend", "month"]), name="project_size_is_known"),
        ]

    def __str__(self):
        return self.title


class Destination(Part):
    """A job this role can lead to."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="destinations")
    title = models.CharField(max_length=80)
    note = models.CharField(max_length=200)

    def __str__(self):
        return self.title


class EmployerNote(Part):
    """What the title means at one type of employer."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="employer_notes")
    employer_type = models.CharField(max_length=10, choices=EmployerType.choices)
    text = models.TextField()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["role", "employer_type"], name="employernote_once_per_type"),
            models.CheckConstraint(
                condition=Q(employer_type__in=["vendor", "hospital", "device", "startup"]),
                name="employernote_type_is_known",
            ),
        ]

    def __str__(self):
        return self.get_employer_type_display()


class EmployerQuestion(Part):
    """A question to ask an employer, and what a good answer sounds like."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="employer_questions")
    employer_type = models.CharField(max_length=10, choices=EmployerType.choices)
    question = models.CharField(max_length=200)
    listen_for = models.CharField(max_length=240)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(employer_type__in=["vendor", "hospital", "device", "startup"]),
                name="employerquestion_type_is_known",
            ),
        ]

    def __str__(self):
        return self.question
