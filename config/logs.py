"""What may stand in the log: no secret part of an address, and of each request nothing that says who asked for what."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

# The id of the request that is being answered here; empty outside of one.
request_id = ContextVar("request_id", default="")
# Whoever reads these addresses can change a pack, close a class, read what an advisor or a class shares among a few, or
# see which roles came first for somebody.
SECRET = re.compile(r"(/packs/edit/|/class/manage/|/class/(?!manage/|new/)|/p/|/match/picture/)[^/\s\"']+")


def without_secrets(text):
    return SECRET.sub(r"\1…", text)


class Line(logging.Formatter):
    """A line of text for each record."""

    def format(self, record):
        return without_secrets(super().format(record))


class Json(logging.Formatter):
    """A line of JSON for each record. `fields` of a record stand in the place of its message."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get(),
        }
        line |= getattr(record, "fields", None) or {"message": without_secrets(record.getMessage())}
        if record.exc_info:
            line["traceback"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


requests = logging.getLogger("requests")


def write_request(answered):
    """The line of one request, an observing.Answered."""
    fields = answered._asdict()
    fields["milliseconds"] = round(fields.pop("seconds") * 1000, 2)
    requests.info("", extra={"fields": fields})
