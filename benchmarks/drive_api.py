"""Asks the API 20,000 times as its own description allows, and as it does not, on the empty database of DATABASE_URL.

    DATABASE_URL=sqlite:////tmp/driven.sqlite3 .venv/bin/python benchmarks/drive_api.py
    bin/with-postgres .venv/bin/python benchmarks/drive_api.py

Fills the database with the real content (never use one that holds anything). Stops at the first answer that is not
in the description, does not fit its schema, or is a failure of ours; otherwise prints what each address answered.
"""

import logging
import os
import secrets
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DEBUG": "off", "HTTPS": "off", "DJANGO_SETTINGS_MODULE": "config.settings"}
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
os.environ["ALLOWED_HOSTS"] = "localhost"
django.setup()

from django.core.management import call_command  # noqa: E402

from tests.api.driving import drive, operations  # noqa: E402

CASES = int(os.environ.get("CASES", "20_000"))


def main():
    logging.disable(logging.WARNING)  # each refusal is one
    for command in ("migrate", "load_figures", "load_content"):
        call_command(command, verbosity=0)
    all_operations = operations()
    with_parameters = sum(bool(each.definition.raw["parameters"]) for each in all_operations)  # others are asked once
    asked = 0
    for operation in all_operations:
        found = drive(operation, CASES // with_parameters + 2)
        asked += sum(found.values())
        told = ", ".join(f"{status}: {count:,}" for status, count in sorted(found.items()))
        print(f"{operation.path:36} {told}", flush=True)
    print(f"{asked:,} answers, all as described.")


main()
