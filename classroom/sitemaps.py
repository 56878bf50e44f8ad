"""The page for the code, for search engines. Classes are not listed: they are for those who were given one."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from careers.sitemaps import SITEMAPS


class ClassSitemap(Sitemap):
    """The one page that is the same for everyone."""

    def items(self):
        return ["classroom:enter"]

    def location(self, name):
        return reverse(name)


# The site has one sitemap; the pages below know nothing of this app, so it is added from here.
SITEMAPS["class"] = ClassSitemap()
