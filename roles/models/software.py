"""The kinds of healthcare software that the roles build."""

from django.db import models
from django.urls import reverse

from editorial.models import Part, Publishable, PublishableQuerySet

from .standards import Standard


class SoftwareCategoryQuerySet(PublishableQuerySet):
    """The questions our pages ask about software categories."""

    def with_roles(self):
        """Adds the published roles that build each kind of software, in one query."""
        from .role import RoleCategory

        return self.prefetch_related(models.Prefetch("role_categories", RoleCategory.objects.on_published_roles()))

    def for_list(self):
        return self.published().with_roles()

    def with_page_parts(self):
        """Adds all that the page of a category shows, in a fixed number of queries."""
        standards = models.Prefetch("category_standards", CategoryStandard.objects.on_published_standards())
        return self.with_roles().with_sources().prefetch_related("examples", standards)


class SoftwareCategory(Publishable):
    """A kind of healthcare software, such as PACS (systems that keep medical images)."""

    class Icon(models.TextChoices):
        """The picture beside its name."""

        FOLDER = "folder", "Folder (records)"
        IMAGES = "images", "Images"
        DEVICE = "device", "Device"
        CHART = "chart", "Chart"
        HOME = "home", "House with a pulse"
        BOX = "box", "Plain box"

    name = models.CharField(max_length=80, unique=True)
    short_name = models.CharField(max_length=20, help_text="For tags and narrow tables, such as Records.")
    icon = models.CharField(max_length=10, choices=Icon.choices, default=Icon.BOX)
    summary = models.CharField(max_length=220, help_text="One plain sentence: what it does. Shown in lists.")
    scene = models.CharField(
        max_length=200,
        help_text="One everyday moment in which it is used: a nurse checks allergies before giving a drug.",
    )
    what_it_is = models.TextField(help_text="Markdown.")
    users = models.TextField("who uses it", help_text="Markdown.")
    inside = models.TextField("what is inside", help_text="The parts a developer works on. Markdown.")
    hard_parts = models.TextField("what is hard about it", help_text="Markdown.")
    spread = models.TextField("how common it is", blank=True, help_text="Figures with their source and year. Markdown.")
    rules = models.TextField("rules it falls under", help_text="Markdown.")
    try_it = models.TextField("try it yourself", help_text="Free ways to see one from the inside. Markdown.")

    objects = SoftwareCategoryQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name_plural = "software categories"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("careers:software-category", args=[self.slug])


class CategoryExample(Part):
    """A product of this kind that exists, so that readers can look it up."""

    category = models.ForeignKey(SoftwareCategory, on_delete=models.CASCADE, related_name="examples")
    name = models.CharField(max_length=80)
    open_source = models.BooleanField(default=False, help_text="Can anyone read its code?")
    note = models.CharField(max_length=160, blank=True, help_text="What it is, in a few words.")
    url = models.URLField(max_length=400, blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["category", "name"], name="categoryexample_is_named_once"),
        ]

    def __str__(self):
        return self.name


class CategoryStandardQuerySet(models.QuerySet):
    """The questions asked about which software falls under which standard."""

    def on_published_standards(self):
        return self.filter(standard__status=Publishable.Status.PUBLISHED).select_related("standard")

    def on_published_categories(self):
        return self.filter(category__status=Publishable.Status.PUBLISHED).select_related("category")


class CategoryStandard(models.Model):
    """How closely the makers of one kind of software work with one standard."""

    class Use(models.IntegerChoices):
        """How often it comes up."""

        MEETS = 1, "Meets it"
        DAILY = 2, "Works with it daily"

    category = models.ForeignKey(SoftwareCategory, on_delete=models.CASCADE, related_name="category_standards")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="category_standards")
    use = models.PositiveSmallIntegerField(choices=Use.choices)

    objects = CategoryStandardQuerySet.as_manager()

    class Meta:
        ordering = ["-use", "standard__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["category", "standard"], name="categorystandard_once_per_pair"),
            models.CheckConstraint(condition=models.Q(use__in=[1, 2]), name="categorystandard_use_is_known"),
        ]

    def __str__(self):
        return f"category {self.category_id}, standard {self.standard_id}"
