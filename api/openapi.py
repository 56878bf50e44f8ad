"""The description of the API in OpenAPI 3.1, made from the endpoints, their shapes and their parameters."""

from django import forms
from django.urls import reverse

from careers.forms import SlugsField

from . import problems
from .dataset import ZIP
from .endpoints import ENDPOINTS
from .shapes import ANY_SIGN_BUT_NUL

VERSION = "1.0.0"
LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 80, "minLength": 1}


def description(site, examples):
    """The whole document. `site`: scheme and host. `examples`: {name of an endpoint: Example}."""
    shapes = {}
    for endpoint in ENDPOINTS:
        shapes |= endpoint.answers.all_shapes()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Careers in Healthcare Software",
            "summary": "The words and figures of the site, for programs.",
            "description": INTRODUCTION,
            "version": VERSION,
            "license": {"name": LICENCE["name"], "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": site or "/"}],
        "externalDocs": {"url": f"{site}{reverse('api:docs')}", "description": "The same for people."},
        "paths": {address(each): {"get": _operation(each, examples, site)} for each in ENDPOINTS}
        | {reverse("api:dataset"): {"get": DATASET}},
        "components": {
            "schemas": {name: shape.schema for name, shape in sorted(shapes.items())} | {"Problem": problems.SCHEMA},
            "responses": {str(status): _problem(status) for status in problems.REASONS},
        },
    }


INTRODUCTION = (
    "Read only, without a key. Lists come in pages. Every answer has an ETag; ask with If-None-Match and get 304. "
    "Scripts of any site may read it. Texts are Markdown. Mistakes are answered as problem details (RFC 9457); "
    "a parameter that an address does not know is none, and is ignored. "
    "HEAD and OPTIONS work everywhere. Beside each page of a role, skill, kind of software, standard or trend stands "
    "the same JSON: /roles/ehr-developer/ has /roles/ehr-developer.json. An address, once here, answers for ever; "
    "what is added later is a new field or a new address."
)


DATASET = {
    "operationId": "dataset",
    "summary": "All that is published, in one archive: JSON that can be loaded again, and CSV. The same content gives "
    "the same bytes.",
    "tags": ["dataset"],
    "parameters": [],
    "responses": {
        "200": {
            "description": "A ZIP archive with README.md, LICENSE.txt and datapackage.json.",
            "content": {ZIP: {"schema": {"type": "string", "contentMediaType": ZIP}}},
        },
        "304": {"description": "Unchanged since the answer with that ETag."},
        "405": {"$ref": "#/components/responses/405"},
        "406": {"$ref": "#/components/responses/406"},
    },
}


def address(endpoint):
    """The path of an endpoint as OpenAPI writes it."""
    return f"{reverse('api:docs')}{endpoint.path.replace('<slug:slug>', '{slug}')}"


def _operation(endpoint, examples, site):
    example = examples.get(endpoint.name)
    given = example.parameters if example else {}
    content = {"schema": endpoint.answers.reference}
    if example:
        content["examples"] = {"live": {"summary": "The answer of today.", "externalValue": f"{site}{example.address}"}}
    answers = {
        "200": {
            "description": endpoint.answers.says,
            "headers": {"ETag": {"description": "Changes with the answer.", "schema": {"type": "string"}}},
            "content": {"application/json": content},
        },
        "304": {"description": "Unchanged since the answer with that ETag."},
    }
    if endpoint.thing:
        answers["301"] = {"description": "It has moved; Location says where."}
    wrong = [400, 404, 406] if endpoint.parameters.base_fields else [404, 406]
    answers |= {str(status): {"$ref": f"#/components/responses/{status}"} for status in [*wrong, 405]}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.says,
        "tags": [endpoint.tag],
        "parameters": [*_slug(endpoint, given), *parameters_of(endpoint, given)],
        "responses": dict(sorted(answers.items())),
    }


def _slug(endpoint, given):
    if not endpoint.thing:
        return []
    key = endpoint.thing.kind.key_name
    found = {
        "name": "slug",
        "in": "path",
        "required": True,
        "description": f"The {key} of the {endpoint.thing.name}.",
        "schema": SLUG,
    }
    return [_with_examples(found, given.get("slug"))]


def parameters_of(endpoint, given=None):
    """The query parameters of an endpoint as OpenAPI has them."""
    form = endpoint.parameters
    order = [name for name in form.field_order or form.base_fields if name in form.base_fields]
    found = []
    for name in order:
        schema = schema_of(form.base_fields[name])
        found.append(
            _with_examples(
                {
                    "name": name,
                    "in": "query",
                    "required": name in form.needed,
                    "description": form.told.get(name) or str(form.base_fields[name].help_text),
                    "schema": schema,
                    **({"style": "form", "explode": True} if schema["type"] == "array" else {}),
                },
                (given or {}).get(name),
            )
        )
    return found


def _with_examples(parameter, values):
    if not values:
        return parameter
    return parameter | {"examples": {f"example-{number}": {"value": value} for number, value in enumerate(values, 1)}}


def schema_of(field):
    """The JSON Schema of what a form's field takes."""
    if isinstance(field, SlugsField):
        schema = {"type": "array", "items": SLUG, "uniqueItems": True, "maxItems": field.most}
        return schema | ({"minItems": field.least} if field.least else {})
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": [key for key, _ in field.choices]}
    return {"type": "string", "maxLength": field.max_length, "pattern": ANY_SIGN_BUT_NUL}


def _problem(status):
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": problems.REASONS[status], "content": {problems.MEDIA_TYPE: {"schema": schema}}}
