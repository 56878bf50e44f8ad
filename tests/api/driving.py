"""Drives the API from its own description, as schemathesis reads it: no server, the site's own WSGI application.

Used by the suite with a few cases for each address, and by benchmarks/drive_api.py with 20,000 in all.
"""

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

# A sheet of answers has to fit the version that it names, which no schema can say: then a 400 is right.
NOT_SAYABLE = {"match-result"}


def operations():
    """Every operation of the API as it describes itself at this moment."""
    config = SchemathesisConfig.from_dict({"generation": {"allow-extra-parameters": True}})
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=config)
    return [each.ok() for each in described.get_all_operations()]


def drive(operation, cases):
    """Ask `cases` times, half as described and half not. Returns {status: how often}; raises at the first fault."""
    found = {}

    def ask(case):
        excluded = []
        if operation.definition.raw["operationId"] in NOT_SAYABLE:
            excluded = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")]
        response = case.call_and_validate(excluded_checks=excluded, headers={"Accept-Encoding": "identity"})
        found[response.status_code] = found.get(response.status_code, 0) + 1

    how = settings(
        max_examples=max(1, cases // 2),
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        if mode is GenerationMode.NEGATIVE and not operation.definition.raw["parameters"]:
            continue
        how(given(case=operation.as_strategy(generation_mode=mode))(ask))()
    return found
