"""Which picture stands beside a link to which page, and the answer to whoever asks for it."""

import logging
import threading
from dataclasses import dataclass

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control

from careers.open_forms import Limit
from careers.shown_elsewhere import for_every_site

from .pictures import Line, Picture, draw

# In a path that names several roles. Nothing writes it in another way, and no slug has it.
BETWEEN_SLUGS = "~"
FOR_EVER, FOR_NOW = 365 * 24 * 3600, 300  # seconds
DRAWN_FOR_ONE_PLACE = Limit("link-picture", per_hour=120, per_day=500)

logger = logging.getLogger(__name__)
# Drawing takes a good part of a second of one processor: a process draws one picture at a time.
_pencil = threading.Lock()


@dataclass(frozen=True)
class LinkPicture:
    """The picture of one page. Nothing is drawn until somebody asks for its address."""

    path: str
    picture: Picture

    @property
    def address(self):
        """With the version, so that it may be kept for ever: what is edited has another address."""
        return f"{self.path}?v={self.picture.version}"

    @property
    def alt(self):
        return self.picture.alt


def site_name(label):
    """The name of the site in the two parts that a picture shows."""
    return label("site-name-above", "Careers in"), label("site-name-below", "Healthcare Software")


def of_role(role, label):
    """The picture of a published role; None for a draft."""
    if not role.is_published:
        return None
    picture = Picture(role.title, role.tagline, (Line.of(role),), site_name(label))
    return LinkPicture(reverse("careers:role-picture", args=[role.slug]), picture)


def of_comparison(roles, label):
    """The picture of published roles side by side. In the order of the site: one for each set of roles."""
    roles = sorted(roles, key=lambda role: (role.position, role.slug))
    title = label("compare-picture", "{count} roles, side by side", count=len(roles))
    picture = Picture(title, "", tuple(map(Line.of, roles)), site_name(label))
    slugs = BETWEEN_SLUGS.join(role.slug for role in roles)
    return LinkPicture(reverse("careers:comparison-picture", args=[slugs]), picture)


def of_roles(roles, label):
    """The picture of published roles that somebody put together: of one, of several, or None without any.

    It holds nothing of what that person wrote, so it can be kept by anybody and for ever.
    """
    if len(roles) > 1:
        return of_comparison(roles, label)
    return of_role(roles[0], label) if roles else None


def answer(request, link_picture):
    """The picture as PNG, drawn at most once for each version; any other address than its own leads to it."""
    if request.get_full_path() != link_picture.address:
        return _kept(redirect(link_picture.address), FOR_NOW)
    png = _remembered(link_picture.picture)
    if png is None:
        if DRAWN_FOR_ONE_PLACE.is_reached(request):
            return _kept(redirect(static("img/preview.png")), FOR_NOW)
        DRAWN_FOR_ONE_PLACE.count_one(request)
        png = _drawn_once(link_picture.picture)
    return _kept(HttpResponse(png, content_type="image/png"), FOR_EVER, immutable=True)


def _drawn_once(picture):
    with _pencil:
        png = _remembered(picture)
        if png is None:
            png = draw(picture)
            _remember(picture, png)
    return png


# A full disk, or a folder that may not be written, costs time and no picture: it is drawn again the next time.


def _remembered(picture):
    try:
        return caches["pictures"].get(picture.version)
    except OSError:
        return None


def _remember(picture, png):
    try:
        caches["pictures"].set(picture.version, png)
    except OSError as trouble:
        logger.warning("A picture could not be kept: %s", trouble)


def _kept(response, seconds, **more):
    patch_cache_control(response, public=True, max_age=seconds, **more)
    return for_every_site(response)
