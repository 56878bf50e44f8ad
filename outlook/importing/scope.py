"""What we keep of the official files: the occupations near to our roles, and the industries we name."""

import csv

from django.conf import settings

from outlook.models import Industry, Occupation, RoleOccupation

DATA_DIR = settings.BASE_DIR / "outlook" / "data"


def listed_occupations():
    """{code: title} of the occupations in our own list."""
    with open(DATA_DIR / "occupations.csv", encoding="utf-8", newline="") as file:
        return {row["code"]: row["title"] for row in csv.DictReader(file)}


def kept_occupations():
    """{code: title} of every occupation whose figures are kept: those in our list, and those linked to a role."""
    linked = RoleOccupation.objects.values_list("occupation__code", "occupation__title")
    return dict(linked) | listed_occupations()


def kept_soc_codes():
    """The SOC codes among them. Pay and projections exist only for these."""
    return {code[:7] for code in kept_occupations()}


def named_industries():
    """{code: (group, label, position)} of the industries that pages show beside each other."""
    with open(DATA_DIR / "industries.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["code"]: (row["group"], row["label"], place) for place, row in enumerate(rows, 1)}


def save_occupations(titles):
    """Write official titles, {code: title}, for the occupations that came with a release."""
    _upsert(Occupation, [Occupation(code=code, title=title) for code, title in titles.items()], ["title"])


def renew_names():
    """Bring the groups, labels and order of industries in line with our own list."""
    save_industries({row.code: (row.name, row.level) for row in Industry.objects.all()})


def save_industries(official):
    """Write industries, {code: (name, level)}, with the groups and labels of our own list."""
    named = named_industries()
    rows = []
    for code, (name, level) in official.items():
        group, label, position = named.get(code, ("", "", 0))
        rows.append(Industry(code=code, name=name, level=level, group=group, label=label, position=position))
    _upsert(Industry, rows, ["name", "level", "group", "label", "position"])


def save_areas(areas):
    """Write areas. States come before the areas within them."""
    rows = sorted(areas, key=lambda area: area.state_id is not None)
    _upsert(type(rows[0]), rows, ["name", "kind", "state", "abbreviation"])


def _upsert(model, rows, fields):
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields, batch_size=500)
