"""The public addresses. Once here, an address answers for ever."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.http import require_safe

from . import advisor_views, choice_views, embeds, oembed, pay_views, views
from .feeds import ChangesFeed
from .search import views as search_views
from .sharing import views as sharing_views
from .sharing.codes import qr_code
from .sitemaps import SITEMAPS
from .worksheets import WORKSHEETS

app_name = "careers"

urlpatterns = [
    path("", views.home, name="home"),
    path("roles/", views.roles, name="roles"),
    path("roles/<slug:slug>/", views.role, name="role"),
    path("plan/<slug:slug>/", choice_views.plan, name="plan"),
    path("compare/", choice_views.compare, name="compare"),
    path("my-skills/", choice_views.my_skills, name="my-skills"),
    path("pay/", pay_views.pay_explorer, name="pay"),
    path("pay/<slug:slug>/", pay_views.pay_of_role, name="role-pay"),
    path("software/", views.software, name="software"),
    path("software/<slug:slug>/", views.software_category, name="software-category"),
    path("skills/", views.skills, name="skills"),
    path("skills/<slug:slug>/", views.skill, name="skill"),
    path("standards/", views.standards, name="standards"),
    path("standards/<slug:slug>/", views.standard, name="standard"),
    path("why-healthcare/", views.why_healthcare, name="why-healthcare"),
    path("trends/", views.trends, name="trends"),
    path("trends/<slug:slug>/", views.trend, name="trend"),
    path("search/", search_views.search, name="search"),
    path("search/suggest/", search_views.suggest, name="search-suggest"),
    path("advisors/", advisor_views.advisors, name="advisors"),
    *[
        path(f"advisors/worksheets/{sheet.key}/", advisor_views.worksheet, {"key": sheet.key}, name=sheet.words_key)
        for sheet in WORKSHEETS.values()
    ],
    path("about/", views.about, name="about"),
    path("about/data/", views.about_data, name="about-data"),
    path("sources/", views.sources, name="sources"),
    path("changes/", views.changes, name="changes"),
    path("changes/feed/", require_safe(ChangesFeed()), name="changes-feed"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("embed/roles/<slug:slug>/", embeds.role, name="embed-role"),
    path("embed/compare/", embeds.comparison, name="embed-compare"),
    path("oembed/", oembed.oembed, name="oembed"),
    path("style/", views.style, name="style"),
    path("qr.svg", qr_code, name="qr-code"),
    path("preview/roles/<slug:slug>.png", sharing_views.role_picture, name="role-picture"),
    path("preview/compare/<str:slugs>.png", sharing_views.comparison_picture, name="comparison-picture"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
