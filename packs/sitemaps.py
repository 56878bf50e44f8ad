"""The form, for search engines. Packs themselves are for those who were given the address."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from careers.sitemaps import SITEMAPS


class PacksSitemap(Sitemap):
    """The one page that is the same for everyone."""

    def items(self):
        return ["packs:new"]

    def location(self, name):
        return reverse(name)


# The site has one sitemap; the pages below know nothing of this app, so it is added from here.
SITEMAPS["packs"] = PacksSitemap()
