"""Whoever finds a weakness learns whom to tell, when the operator has named somebody."""

import datetime

import pytest
from django.utils import timezone

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESS = "/.well-known/security.txt"


@pytest.fixture
def contact(settings):
    settings.CONTACT_EMAIL = "careers@example.org"
    settings.SITE_URL = "https://careers.example.org"


def fields(response):
    return dict(line.split(": ", 1) for line in response.text.splitlines())


def test_it_names_the_address_of_the_operator(client, contact):
    response = client.get(ADDRESS)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields(response) | {"Expires": ""} == {
        "Contact": "mailto:careers@example.org",
        "Expires": "",
        "Preferred-Languages": "en",
        "Canonical": "https://careers.example.org/.well-known/security.txt",
    }
    assert not response.cookies


def test_it_holds_for_months_and_less_than_a_year(client, contact):
    expires = fields(client.get(ADDRESS))["Expires"]

    assert expires.endswith("T00:00:00Z")
    left = datetime.datetime.fromisoformat(expires) - timezone.now()
    assert datetime.timedelta(days=170) < left < datetime.timedelta(days=365)


def test_without_an_address_there_is_no_such_file(client):
    assert client.get(ADDRESS).status_code == 404
