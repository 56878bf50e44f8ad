"""Lists in pages, with the addresses of the pages before and after."""

from dataclasses import dataclass, field
from operator import attrgetter
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Paginator

from careers.context import site

from .answering import as_json
from .parameters import A_PAGE
from .problems import Problem
from .shapes import Shape, many, text, texts, whole


@dataclass(frozen=True)
class Listed:
    """One page of a list. `about`: what else its shape tells, by name."""

    items: list
    page: object
    previous: str | None
    next: str | None
    unknown: list = field(default_factory=list)
    about: dict = field(default_factory=dict)


def list_of(entry, *about):
    """The Shape of a list of `entry`, with fields that tell more about the whole list."""
    return Shape(
        f"{entry.name}List",
        "One page of a list.",
        (
            whole("count", "How many there are in all.", lambda listed: listed.page.paginator.count, minimum=0),
            whole("page", "Which page this is.", lambda listed: listed.page.number, minimum=1),
            whole("pages", "How many pages there are.", lambda listed: listed.page.paginator.num_pages, minimum=1),
            whole("per_page", "How many stand on a page.", lambda listed: listed.page.paginator.per_page, minimum=1),
            text("next", "The address of the next page.", missing=True, format="uri"),
            text("previous", "The address of the page before.", missing=True, format="uri"),
            texts("unknown", "Slugs among the filters that nothing published has; they were left out.",
                  attrgetter("unknown")),
            *about,
            many("items", "What stands on this page.", entry, attrgetter("items")),
        ),
    )  # fmt: skip


def page_of(rows, form):
    """The page of `rows` that the parameters ask for. Raises Problem when there are fewer pages."""
    paginator = Paginator(rows, form.value("per_page") or A_PAGE)
    try:
        return paginator.page(form.value("page") or 1)
    except InvalidPage:
        raise Problem(404, f"There are {paginator.num_pages} pages.") from None


def answer(request, form, shape, page, items, *, unknown=(), about=None):
    """A page of a list as a response, with `Link` headers beside the addresses inside."""
    before = _address(request, form, page.previous_page_number()) if page.has_previous() else None
    after = _address(request, form, page.next_page_number()) if page.has_next() else None
    listed = Listed(items, page, before, after, [*unknown], about or {})
    response = as_json(shape.represent(listed))
    links = [f'<{address}>; rel="{rel}"' for rel, address in (("prev", before), ("next", after)) if address]
    if links:
        response["Link"] = ", ".join(links)
    return response


def _address(request, form, number):
    """The address of another page of the same list, without parameters that nobody reads."""
    asked = [
        (name, value)
        for name in form.fields
        if name != "page"
        for value in (form.data[name] if isinstance(form.data.get(name), list) else [form.data.get(name)])
        if value
    ]
    return f"{site(request)['site_url']}{request.path}?{urlencode([*asked, ('page', number)])}"
