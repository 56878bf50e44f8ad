"""The standards and rules a developer in healthcare meets."""

from django.db import models
from django.urls import reverse

from editorial.models import Publishable, PublishableQuerySet


class StandardQuerySet(PublishableQuerySet):
    """The questions our pages ask about standards."""

    def with_roles(self):
        """Adds the published roles that meet each standard, in one query."""
        from .role import RoleStandard

        return self.prefetch_related(models.Prefetch("role_standards", RoleStandard.objects.on_published_roles()))

    def for_list(self):
        return self.published().with_roles()

    def with_page_parts(self):
        """Adds all that the page of a standard shows, in a fixed number of queries."""
        from .software import CategoryStandard

        categories = models.Prefetch("category_standards", CategoryStandard.objects.on_published_categories())
        return self.with_roles().with_sources().prefetch_related(categories)


class Standard(Publishable):
    """A law, a regulator's rule or a technical standard, such as HIPAA or HL7 FHIR."""

    class Kind(models.TextChoices):
        """What sort of thing obliges you."""

        DATA = "data", "Data and exchange standard"
        LAW = "law", "Law or regulation"
        GUIDANCE = "guidance", "Regulator's guidance"
        PROCESS = "process", "Safety and quality standard"
        WEB = "web", "Web and app standard"

    class Region(models.TextChoices):
        """Where it counts."""

        WORLD = "world", "International"
        US = "us", "United States"
        EU = "eu", "European Union"

    name = models.CharField(max_length=60, unique=True, help_text="The short name people say, such as HIPAA.")
    full_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    region = models.CharField(max_length=10, choices=Region.choices)
    publisher = models.CharField(max_length=120, help_text="Who issues it.")
    url = models.URLField("official page", max_length=400)
    free_to_read = models.BooleanField(help_text="Can anyone read the text itself without paying?")
    summary = models.CharField(max_length=220, help_text="One plain sentence: what it is. Shown in lists.")
    purpose = models.TextField(help_text="Why it exists: the harm or mess it prevents. Markdown.")
    in_practice = models.TextField(help_text="What a developer does differently because of it. Markdown.")
    state = models.TextField(help_text="Where it stands today, with the date and a source. Markdown.")
    first_step = models.TextField(help_text="How to get a feel for it in an hour, for free. Markdown.")

    objects = StandardQuerySet.as_manager()

    class Meta(Publishable.Meta):
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(kind__in=["data", "law", "guidance", "process", "web"]),
                name="standard_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(region__in=["world", "us", "eu"]), name="standard_region_is_known"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("careers:standard", args=[self.slug])
