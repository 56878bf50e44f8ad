"""Nothing that anyone sends to any address makes the site fail. benchmarks/hostile.py sends 100,000."""

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import transaction

from delivery.pages import Pages
from tests.careers.pages import one_of_each
from tests.delivery.serving import LooksWhenAsked, connection_kept

from . import hostile

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, tmp_path):
    """The application that a server runs, with one of each thing."""
    settings.CACHES = settings.CACHES | {"pages": settings.CACHES["pages"] | {"LOCATION": str(tmp_path)}}
    cache.clear()
    one_of_each()
    with connection_kept():
        yield Pages(get_wsgi_application(), watch=LooksWhenAsked())
    cache.clear()


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.once)])
def test_no_hostile_request_makes_the_site_fail(site, seed):
    report = hostile.drive(site, 500, seed, around=transaction.atomic)

    assert not report.failures, report.told()
    assert {status for _, status in report.answers} >= {200, 302, 400, 403, 404, 405}


def test_every_address_is_among_the_patterns():
    routes = {each.route for each in hostile.patterns()}

    assert {"", "healthz", "roles/<slug:slug>/", "api/v1/roles/", "admin/audit-log/", "p/<str:token>/"} <= routes
    assert {"admin/roles/role/<path:object_id>/merge/", "api/<rest>", "admin/<app_label>/"} <= routes
    assert {f"admin/{model._meta.app_label}/{model._meta.model_name}/add/" for model in admin.site._registry} <= routes
