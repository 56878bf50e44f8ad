"""The questionnaire, for search engines. Results are not listed: there are more of them than stars."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from careers.sitemaps import SITEMAPS


class MatchSitemap(Sitemap):
    """The one page that is the same for everyone."""

    def items(self):
        return ["match:start"]

    def location(self, name):
        return reverse(name)


# The site has one sitemap; the pages below know nothing of this app, so it is added from here.
SITEMAPS["match"] = MatchSitemap()
