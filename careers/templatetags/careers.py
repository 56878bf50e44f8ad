"""What templates may say: icons, passages, levels and texts with sources."""

import json
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from careers import linked_data
from careers.comparison import not_needed
from careers.context import site
from careers.drawings import drawings
from careers.frames import comparison_title, frame_of_comparison, frame_of_role
from careers.search import marking
from careers.search.forms import SearchForm
from careers.sharing.codes import code_address
from careers.words import labels_for
from editorial import markdown as texts
from editorial.qr import svg_inline
from outlook import figures
from skills.models import RoleSkill

register = template.Library()

# The pages that crumbs lead to and that know what a reader marked.
TAKE_MARKS = {"careers:roles", "careers:compare"}
# What could end a block of data, or begin something else within it.
HARMLESS_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.simple_tag
@lru_cache(maxsize=512, typed=True)  # a text that is safe and the same one that is not are two
def icon(name, label=""):
    """{% icon "compare" %} decorates and is silent; {% icon "clipboard" label=role.title %} is spoken.

    The drawings stand in one file that a browser fetches once: drawn into every page they were a tenth of it. Where the
    file lies does not change while the site runs.
    """
    words = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="24" height="24" {}><use href="{}#{}"/></svg>', words, static("img/icons.svg"), name
    )


@register.simple_tag
def drawing(name):
    """The same picture, drawn into the page: where it stands in a frame, a browser may not fetch it from a file."""
    return drawings()[name]


def _labels(context):
    """The Labels of the request that a template answers; a context made for a partial keeps the request."""
    return labels_for(getattr(context, "request", None))


@register.simple_tag(takes_context=True)
def label(context, key, words, **values):
    """A small word that editors can change: {% label "compare-add" "Add" %}; `words` until they do.

    Values fill the places in braces, as number=page.number fills “Page {number}”. content/pages/labels.yaml holds
    every label.
    """
    # A literal in a template counts as safe HTML. Added to a plain text it does not, and is escaped like any other.
    return _labels(context)(key, "" + words, **values)


@register.simple_tag
def passage(words, key):
    """The passage of a page's words: {% passage words "fit" as fit %}, then {{ fit.heading }}."""
    return words.passage(key)


@register.filter
def beginning(words, start):
    """The passages of a list: {% for step in words|beginning:"class-" %}."""
    return words.beginning(start)


@register.simple_tag
def qr_code(address):
    """The QR code of an address, for paper. Silent: the element around it says what it is."""
    return mark_safe(svg_inline(address, scale=3).replace("<svg", '<svg aria-hidden="true"', 1))  # noqa: S308 - ours


@register.filter
def markdown(text, sources=None):
    """An editor's Markdown as safe HTML: {{ role.overview|markdown:sources }}."""
    return texts.render(text, sources)


@register.filter
def cited(text, sources=None):
    """One line of plain text with its citations as numbers: {{ link.why|cited:sources }}."""
    return texts.render_line(text, sources)


@register.filter
def uncited(text):
    """An editor's Markdown without its citations, where the list of sources does not stand: on a sheet of paper."""
    return texts.CITATION.sub("", text)


@register.filter
def plain(text):
    """The words alone, for descriptions and labels."""
    return texts.plain(text)


@register.inclusion_tag("partials/level.html", takes_context=True)
def importance(context, value):
    """Four signal bars and the word: {% importance link.importance %}; None says that it is not needed."""
    return {
        "value": value or 0,
        "word": RoleSkill.Importance(value).label if value else not_needed(_labels(context)),
    }


@register.filter
def line_class(role):
    """The class that gives an element the color of a role's line."""
    return mark_safe(f"r-{role.color}")  # noqa: S308 - a closed list of choices


@register.filter
def percent_of(part, whole):
    """`part` as a share of `whole`, for the width of a bar: 45.5%. A whole of 0 gives 0%."""
    share = 100 * float(part) / float(whole) if whole else 0
    return f"{share:.1f}%"


@register.filter
def line_stops(roles, categories):
    """For each role loaded with its links: how much it works on each category, 0 to 3."""
    categories = list(categories)
    for role in roles:
        involvement = {link.category_id: link.involvement for link in role.role_categories.all()}
        yield role, [involvement.get(category.pk, 0) for category in categories]


@register.inclusion_tag("partials/nav_link.html", takes_context=True)
def nav_link(context, name, key, words):
    """A link in the main navigation, with its label; it says so when it leads to this page or above it."""
    address, here = reverse(name), context["request"].path
    current = "page" if here == address else "true" if here.startswith(address) else ""
    return {"address": address, "label": label(context, key, words), "current": current}


@register.inclusion_tag("partials/section_head.html", takes_context=True)
def section_head(context, words, key):
    """A section's heading with its id, its introduction, and where to report a problem: {% section_head words "fit" %}.

    A partial that is included with `only` passes the path of its page as `here`.
    """
    here = context.get("here") or context["request"].path
    return {"key": key, "passage": words.passage(key), "sources": context.get("sources"), "here": here}


@register.inclusion_tag("partials/crumbs.html", takes_context=True)
def crumbs(context, here, *step):
    """Where you are: {% crumbs role.title "careers:roles" "nav-roles" "Roles" %}, with an address and its label.

    What a reader marked travels along to pages that take it.
    """
    label = _labels(context)
    steps = [(reverse("careers:home"), label("nav-home", "Home"))]
    if step:
        name, key, words = step
        steps.append((reverse(name), label(key, "" + words)))  # a literal in a template counts as safe HTML
    whole = [(f"{context.get('site_url', '')}{address}", name) for address, name in steps]
    if context.get("have") and step and step[0] in TAKE_MARKS:
        address, words = steps.pop()
        steps.append((f"{address}{context['have'].query}", words))
    return {"here": here, "steps": steps, "linked_data": linked_data.breadcrumbs(whole, here)}


@register.filter
def data_block(data):
    """Linked data as a block that no browser runs: {{ linked_data|data_block }}. Nothing in it can end the block."""
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(HARMLESS_IN_SCRIPT)),  # noqa: S308
    )


@register.simple_tag(takes_context=True)
def page_address(context):
    """The absolute address of what a reader sees: to copy, to send, to print and to scan.

    A view whose page depends on parameters names those that it understood, in one order, as `shared_query`.
    """
    query = context.get("shared_query")
    return f"{context['site_url']}{context['request'].path}{f'?{query}' if query else ''}"


@register.simple_tag
def role_frame(role):
    """The frame in which others show a role: {% role_frame role as frame %}."""
    return frame_of_role(role.slug)


@register.simple_tag
def comparison_frame(roles):
    """The frame in which others show roles side by side."""
    return frame_of_comparison(role.slug for role in roles)


@register.simple_tag(takes_context=True)
def frame_title(context, roles):
    """What roles side by side are called."""
    return comparison_title(roles, _labels(context))


@register.simple_tag(takes_context=True)
def frame_html(context, frame, title):
    """The frame as the line of HTML that others copy, shown as words."""
    return escape(str(frame.html(site(context.request)["site_url"], title)))


@register.simple_tag(takes_context=True)
def oembed_link(context, frame):
    """Where programs learn of the frame for this page."""
    page = f"{context['site_url']}{frame.whole_page}"
    return f"{context['site_url']}{reverse('careers:oembed', query={'url': page})}"


@register.filter
def split(text):
    """A comma-separated list in a template as a list."""
    return text.split(",")


@register.filter
def lower_first(text):
    """The text as it stands in the middle of a sentence; a name in capitals stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


@register.filter
def bars(reason):
    """(figure, width) for each bar of a reason, drawn to the scale of the largest."""
    figures = list(reason.figures.all())
    largest = max((figure.value for figure in figures), default=0)
    return [(figure, percent_of(figure.value, largest)) for figure in figures]


@register.filter
def route_bars(routes, longest):
    """(route, start, width) of each pill on a time axis that ends at `longest` months."""
    return [
        (
            route,
            percent_of(route.months_min, longest),
            percent_of(max(route.months_max - route.months_min, longest / 50), longest),
        )
        for route in routes
    ]


@register.simple_tag
def route_finding(routes):
    """What the picture of the ways in shows, as a sentence."""
    quickest = min(routes, key=lambda route: (route.months_min, route.months_max))
    return f"Quickest: {quickest.get_kind_display().lower()}, from about {quickest.months_min} months"


@register.filter
def beside(roles, values):
    """(role, value) pairs: what each role shows in one row of a comparison."""
    return list(zip(roles, values, strict=True))


@register.filter
def main_links(links):
    """Those links between a category and roles that are the role's main work."""
    return [link for link in links if link.involvement == link.Involvement.MAIN]


@register.filter
def strengths(reason, roles):
    """(strength, word) of one reason for each role; 0 and a dash where the editors see none."""
    links = {link.role_id: link for link in reason.role_reasons.all()}
    return [
        (links[role.pk].strength, links[role.pk].get_strength_display()) if role.pk in links else (0, "–")
        for role in roles
    ]


@register.filter
def weighing(links, word):
    """Those links whose importance has this name: {{ links|weighing:"Helps" }}."""
    importance = RoleSkill.Importance[word.upper()]
    return [link for link in links if link.importance == importance]


@register.filter
def and_also(row, other):
    """Two rows as a list; one when the other is missing."""
    return [each for each in (row, other) if each]


@register.filter
def thousands(amount):
    """A wage on a small tile: “$135,980” as “136”; a dash where none is published."""
    digits = amount.replace("$", "").replace(",", "").split(" ")[0]
    return f"{round(int(digits) / 1000)}{'+' if 'more' in amount else ''}" if digits.isdigit() else "–"


@register.simple_tag
def pay_headings():
    """What the cells of a table of pay are called."""
    return figures.HEADINGS


@register.inclusion_tag("partials/search_box.html", takes_context=True)
def search_box(context):
    """An empty box that leads to the search, for pages that have no form of their own."""
    return {"form": SearchForm(label=_labels(context))}


@register.filter
def excerpt(entry, marks):
    """The line of a page's text that holds what was looked for; empty when its title or summary shows it."""
    if marking.found_in(entry.title, marks) or marking.found_in(entry.summary, marks):
        return ""
    return marking.excerpt(entry.body, marks)


register.filter("marked", marking.marked)
register.filter("jobs", figures.jobs)
register.filter("code_address", code_address)
register.filter("signed_percent", figures.signed_percent)
