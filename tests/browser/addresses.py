"""One address of every kind of page that readers meet, and every address, on the site with its real content."""

import re
import urllib.request

ROLES = [
    "ehr-developer",
    "medical-imaging-developer",
    "healthcare-mobile-developer",
    "clinical-decision-support-developer",
    "telemedicine-developer",
]


def role(slug):
    return f"/roles/{slug}/"


def plan(slug):
    return f"/plan/{slug}/"


def comparison(count, more=""):
    """The first `count` roles side by side."""
    return "/compare/?" + "&".join(f"role={slug}" for slug in ROLES[:count]) + more


# Half of the statements loved, half not at all. Without a version the answers are for the statements of today.
ANSWERED = "/match/result/?" + "&".join(f"s{number}={5 if number < 8 else 1}" for number in range(1, 14)) + "&s14=3"
NOTHING_ANSWERED = "/match/result/?s1="
NOTHING_FOUND = "/roles/?q=zebra&category=ehr&skill=security"
MISSING = "/no-such-page/"

OF_EVERY_KIND = [
    "/",
    "/roles/",
    "/roles/?category=ehr&skill=security",
    NOTHING_FOUND,
    *map(role, ROLES),
    plan("telemedicine-developer"),
    plan("ehr-developer") + "?have=security&have=cpp-gpu",
    "/compare/",
    "/compare/?role=ehr-developer&role=astronaut",
    comparison(2),
    comparison(3, "&have=security&have=cpp-gpu"),
    comparison(5),
    comparison(3, "&only=differences"),
    "/pay/",
    "/pay/?occupation=15-1252&area=0600000",
    "/pay/ehr-developer/",
    "/software/",
    "/software/pacs/",
    "/skills/",
    "/skills/?kind=healthcare",
    "/skills/interoperability/",
    "/my-skills/?role=ehr-developer&role=telemedicine-developer&have=security",
    "/standards/",
    "/standards/fhir/",
    "/why-healthcare/",
    "/match/",
    ANSWERED,
    NOTHING_ANSWERED,
    "/trends/",
    "/trends/ai-machine-learning/",
    "/search/",
    "/search/?q=telemedecine",
    "/search/?q=apps&kind=skill",
    "/search/?q=zebra",
    "/about/",
    "/about/data/",
    "/api/v1/",
    "/sources/",
    "/changes/",
    "/accessibility/",
    "/privacy/",
    "/advisors/",
    "/advisors/worksheets/compare/?role=ehr-developer&role=telemedicine-developer",
    "/embed/roles/medical-imaging-developer/",
    "/embed/" + comparison(5)[1:],
    "/class/",
    "/class/new/",
    "/offline/",
    "/packs/new/?role=ehr-developer&role=telemedicine-developer&compare=1",
    "/feedback/",
    "/feedback/?page=/roles/ehr-developer/&section=skills",
    "/feedback/thanks/?page=/roles/ehr-developer/",
    MISSING,
]


def of_the_sitemap(site):
    """Every address that the site names to search engines."""
    with urllib.request.urlopen(f"{site}/sitemap.xml", timeout=10) as answer:
        return [each.removeprefix(site) for each in re.findall("<loc>(.*?)</loc>", answer.read().decode())]


def visit(page, address):
    """Open an address of this site. The console notes a 404; where one is meant, that is no trouble."""
    response = page.goto(address)
    assert response.status == (404 if address == MISSING else 200), address
    if address == MISSING:
        page.troubles[:] = [trouble for trouble in page.troubles if "status of 404" not in trouble]


def reachable(live_server):
    """The address of pytest-django's server as Chromium knows it: the only host it may look up is a number."""
    return live_server.url.replace("localhost", "127.0.0.1")
