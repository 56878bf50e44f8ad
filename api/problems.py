"""What the API says when it cannot answer: problem details for machines, with a sentence for people (RFC 9457)."""

import json
from http import HTTPStatus

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"

# What went wrong, in the words of the description: status, and when it is answered.
REASONS = {
    400: "A parameter makes no sense. `errors` names each.",
    404: "There is no such thing, or it is not published.",
    405: "Only GET, HEAD and OPTIONS are answered.",
    406: "The request accepts neither this type nor any.",
}


class Problem(Exception):
    """The request cannot be answered. `detail` is a sentence for whoever reads it; `errors` names parameters."""

    def __init__(self, status, detail, errors=None):
        self.status, self.detail, self.errors = status, detail, errors or {}
        super().__init__(detail)


def answer(problem):
    """The response for a Problem."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = problem.errors
    return HttpResponse(json.dumps(body), status=problem.status, content_type=MEDIA_TYPE)


SCHEMA = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "enum": [*REASONS]},
        "detail": {"type": "string", "description": "A sentence for people."},
        "errors": {
            "type": "object",
            "description": "By parameter: what is wrong with it.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}
