"""What the templates of packs may say: an advisor's words, and codes to scan."""

from urllib.parse import quote, urlencode

from django import template

from careers.templatetags.careers import percent_of
from careers.words import labels_for
from editorial import markdown, qr

register = template.Library()

# Pixels for each module: some 30 mm on paper for the address of a pack.
MODULE = 2.5
CRLF = "\r\n"  # a line break in a mailto link (RFC 6068)


@register.filter
def guest_markdown(text):
    """The note of an advisor as safe HTML: {{ pack.note|guest_markdown }}."""
    return markdown.render_guest(text)


@register.simple_tag(takes_context=True)
def pack_code(context, address):
    """The code that leads to an address: {% pack_code address %}."""
    label = labels_for(getattr(context, "request", None))
    return qr.svg_inline(address, title=label("pack-qr", "QR code for {address}", address=address), scale=MODULE)


@register.filter
def without_scheme(address):
    """An address as people type it: browsers add https:// themselves, and no slash at the end is needed."""
    return address.partition("://")[2].rstrip("/")


@register.filter
def week_bar(week):
    """(share, start, width) for each kind of work in a week, as parts of one bar."""
    start = 0
    for share in week.shares:
        yield share, percent_of(start, week.hours), percent_of(share.hours, week.hours)
        start += share.hours


@register.simple_tag(takes_context=True)
def mail_to_self(context, pack, edit_address):
    """The address that opens the advisor's own mail program with both addresses of the pack: nothing goes by us."""
    label = labels_for(getattr(context, "request", None))
    lines = [
        label("pack-mail-share", "To share with students:"),
        context["address"],
        "",
        label("pack-mail-edit", "To change it or take it back; keep this one to yourself:"),
        edit_address,
    ]
    return f"mailto:?{urlencode({'subject': pack.title, 'body': CRLF.join(lines)}, quote_via=quote)}"
