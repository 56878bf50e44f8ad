"""What templates say of the open data."""

from django import template
from django.urls import reverse
from django.utils.html import format_html_join

from api import beside
from api.dataset import ZIP
from careers import linked_data
from editorial.markdown import plain

register = template.Library()


@register.simple_tag(takes_context=True)
def alternates(context):
    """Links in the head to the other forms of this page; none for a draft, which has none.

    They are left on the request, for the header that says the same (api/beside.py).
    """
    page, request = context.get("page"), context.get("request")
    if request is None or (page is not None and not getattr(page, "is_published", True)):
        return ""
    request.alternates = beside.alternates(request.resolver_match, context.get("shared_query") or "")
    return format_html_join(
        "",
        '<link rel="alternate" type="{}" href="{}">',
        [(each.media_type, each.address) for each in request.alternates],
    )


@register.simple_tag(takes_context=True)
def dataset(context):
    """The archive of all content as linked data: {% dataset as data %}, then {{ data|data_block }}."""
    site, words = context["site_url"], context["words"].passage("download")
    return linked_data.dataset(
        words.heading, plain(words.text), f"{site}{reverse('api:docs')}", [(f"{site}{reverse('api:dataset')}", ZIP)]
    )
