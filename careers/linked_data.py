"""What pages say about themselves to search engines, in the vocabulary of schema.org. Pure: loaded rows in, dicts out.

It stands in a page as a block of data (JSON-LD), which no browser runs. A block says only what the page says, and
little of it: all of a page has to fit into the first packets of a connection.
"""

from editorial.markdown import plain
from outlook.figures import PERCENTILES
from skills.models import RoleSkill

CONTEXT = "https://schema.org"
SOC, ONET_SOC = "https://www.bls.gov/soc/2018/", "https://www.onetcenter.org/taxonomy.html"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
GOVERNMENT_WORK = "https://www.usa.gov/government-works"
UNITED_STATES = {"@type": "Country", "name": "United States"}
# What the vocabulary calls each percentile, in their order.
PERCENTILE_NAMES = ["percentile10", "percentile25", "median", "percentile75", "percentile90"]


def breadcrumbs(steps, here):
    """BreadcrumbList of the way to a page. `steps`: (address, name) pairs from the start page on."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (address, name) in enumerate(steps, 1)
    ]
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": here})
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def occupation(role, links, glance, site):
    """Occupation: a role, with the figures of its nearest official occupation where there are any.

    `links`: its links to skills; `glance`: a PayGlance; `site`: scheme and host.
    """
    found = {
        "@context": CONTEXT,
        "@type": "Occupation",
        "name": role.title,
        "url": f"{site}{role.get_absolute_url()}",
        "description": plain(role.tagline),
        "educationRequirements": role.education,
        "skills": ", ".join(link.skill.name for link in links if link.importance >= RoleSkill.Importance.NEEDED),
    }
    if glance.link:
        found["occupationalCategory"] = category_codes(glance.link.occupation)
    if glance.national:
        found["estimatedSalary"] = salary(glance.national)
        found["occupationLocation"] = UNITED_STATES
    return found


def category_codes(official):
    """The codes of an official occupation: SOC's, and O*NET's for the same or for a part of it."""
    codes = [(official.soc, SOC), (official.onet_soc, ONET_SOC)]
    return [{"@type": "CategoryCode", "codeValue": code, "inCodeSet": where} for code, where in codes]


def salary(estimate):
    """MonetaryAmountDistribution of one estimate: yearly dollars, without what is not published or above the scale."""
    amounts = {said: getattr(estimate, name) for said, name in zip(PERCENTILE_NAMES, PERCENTILES, strict=True)}
    return {
        "@type": "MonetaryAmountDistribution",
        "name": f"{estimate.occupation.title}, {estimate.release.period_name}",
        "currency": "USD",
        "duration": "P1Y",
        **{name: amount for name, amount in amounts.items() if amount is not None},
    }


def terms(page, things, address, site):
    """DefinedTermSet of the skills or standards on a page of words. `address`: the path of the page."""
    return {
        "@context": CONTEXT,
        "@type": "DefinedTermSet",
        "name": page.heading,
        "url": f"{site}{address}",
        "license": CC_BY,
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "name": thing.name, "termCode": thing.slug, "url": _url(thing, site)}
            for thing in things
        ],
    }


def term(thing, address, site):
    """DefinedTerm: one skill or standard, of the set on the page at `address`."""
    return {
        "@context": CONTEXT,
        "@type": "DefinedTerm",
        "name": thing.name,
        "description": plain(thing.summary),
        "termCode": thing.slug,
        "url": _url(thing, site),
        "inDefinedTermSet": f"{site}{address}",
    }


def _url(thing, site):
    return f"{site}{thing.get_absolute_url()}"


def pay_dataset(name, release, files):
    """Dataset: the official figures that a page shows. `files`: (address, media type) pairs. None without figures."""
    if release is None:
        return None
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": f"{name}, {release.period_name}",
        "description": f"Jobs and yearly wages in U.S. dollars: percentiles and median. {release.attribution}",
        "license": GOVERNMENT_WORK,
        "creator": {"@type": "Organization", "name": "U.S. Bureau of Labor Statistics"},
        "isBasedOn": release.source_url,
        "spatialCoverage": UNITED_STATES,
        "variableMeasured": "Wages",
        "distribution": downloads(files),
    }


def dataset(name, description, address, files):
    """Dataset: all that the site tells, described on the page at `address`."""
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": address,
        "license": CC_BY,
        "isAccessibleForFree": True,
        "distribution": downloads(files),
    }


def downloads(files):
    """A DataDownload for each (address, media type)."""
    return [
        {"@type": "DataDownload", "contentUrl": address, "encodingFormat": media_type} for address, media_type in files
    ]
