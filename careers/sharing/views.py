"""Pictures of roles and of comparisons, for whoever shows a link to them."""

from django.http import Http404
from django.views.decorators.http import require_safe

from careers.comparison import MOST_ROLES
from careers.words import labels_for
from roles.models import Role

from . import previews


@require_safe
def role_picture(request, slug):
    """One role. A draft has no picture, not even for staff: the address would be kept."""
    role = Role.objects.published().filter(slug=slug).first() or Role.objects.published().formerly(slug).first()
    if role is None:
        raise Http404
    return previews.answer(request, previews.of_role(role, labels_for(request)))


@require_safe
def comparison_picture(request, slugs):
    """Two to five roles. Any other order of them leads to the one of the site."""
    roles = published_roles(slugs, at_least=2, at_most=MOST_ROLES)
    return previews.answer(request, previews.of_comparison(roles, labels_for(request)))


def published_roles(slugs, *, at_least, at_most):
    """The published roles that a part of an address names, in its order: “one~other”.

    Raises Http404 when there are too few or too many, one twice, or one that is not published.
    """
    asked = slugs.split(previews.BETWEEN_SLUGS)[: at_most + 1]
    if not at_least <= len(asked) <= at_most or "\x00" in slugs:
        raise Http404
    known = {role.slug: role for role in Role.objects.published().filter(slug__in=asked)}
    if len(known) < len(asked):
        raise Http404
    return [known[slug] for slug in asked]
