"""The description of the data, for search engines. The data themselves are no pages."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from careers.sitemaps import SITEMAPS


class ApiSitemap(Sitemap):
    """The page for people."""

    def items(self):
        return ["api:docs"]

    def location(self, name):
        return reverse(name)


# The site has one sitemap; the pages below know nothing of this app, so it is added from here.
SITEMAPS["api"] = ApiSitemap()
