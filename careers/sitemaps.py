"""Every public address, for search engines."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from roles.models import Role, SoftwareCategory, Standard
from skills.models import Skill

from .models import Trend
from .worksheets import WORKSHEETS


class PublishedSitemap(Sitemap):
    """The published rows of one model, with the day each last changed."""

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.published()

    def lastmod(self, page):
        return page.updated_at


class PlanSitemap(PublishedSitemap):
    """The plan that belongs to each role."""

    def location(self, role):
        return reverse("careers:plan", args=[role.slug])


class RolePaySitemap(PublishedSitemap):
    """The pay page that belongs to each role."""

    def location(self, role):
        return reverse("careers:role-pay", args=[role.slug])


class FixedSitemap(Sitemap):
    """The pages that always exist."""

    def items(self):
        return [
            "home", "roles", "compare", "pay", "software", "skills", "my-skills", "standards", "why-healthcare",
            "trends", "search", "about", "about-data", "sources", "changes", "accessibility", "privacy", "advisors",
            *[sheet.words_key for sheet in WORKSHEETS.values()],
        ]  # fmt: skip

    def location(self, name):
        return reverse(f"careers:{name}")


SITEMAPS = {
    "pages": FixedSitemap(),
    "roles": PublishedSitemap(Role),
    "plans": PlanSitemap(Role),
    "pay": RolePaySitemap(Role),
    "software": PublishedSitemap(SoftwareCategory),
    "skills": PublishedSitemap(Skill),
    "standards": PublishedSitemap(Standard),
    "trends": PublishedSitemap(Trend),
}
