"""How much of the skills a role needs is there already: in another role, or in a reader who marked some."""

from dataclasses import dataclass

from django.db.models import Count, F, FloatField, Prefetch, Q
from django.db.models.functions import Cast

from roles.models import Role

from .models import RoleSkill

NEEDED = RoleSkill.Importance.NEEDED


@dataclass(frozen=True)
class Overlap:
    """Someone in one role already has `shared` of the `needed` skills of `role`."""

    role: Role
    shared: int
    needed: int

    @property
    def share(self):
        """From 0 to 1: how much of what `role` needs is there."""
        return self.shared / self.needed if self.needed else 0.0


@dataclass(frozen=True)
class Bridge(Overlap):
    """An Overlap that also names what is `missing`: the links of `role` to needed skills that are not there."""

    missing: tuple


def nearest_roles(role, count=4):
    """Published roles whose needed skills `role` covers best, as Bridges, best first; two queries.

    `role` is loaded with its links to published skills, and so are the roles, with those that they need: a skill is
    needed from importance NEEDED on. Ties go to the order of the lists on the site.
    """
    own = _needed_by(role)
    needed = RoleSkill.objects.on_published_skills().filter(importance__gte=NEEDED)
    # Counted from the links alone. A database that groups whole roles carries all their texts along.
    nearest = (
        needed.filter(role__status=Role.Status.PUBLISHED)
        .exclude(role=role)
        .values("role")
        .annotate(needed=Count("pk"), shared=Count("pk", filter=Q(skill__in=own)))
        .filter(shared__gt=0)
        .order_by((_as_float("shared") / _as_float("needed")).desc(), "role__position", "role__slug")
        .values("role")[:count]
    )
    roles = Role.objects.filter(pk__in=nearest).prefetch_related(Prefetch("role_skills", needed))
    return sorted((brought_to(other, own) for other in roles), key=lambda each: -each.share)


def _as_float(name):
    return Cast(F(name), FloatField())


def pairwise(roles):
    """Overlaps between every two of the loaded `roles`: {(from role pk, to role pk): Overlap}."""
    needed = {role.pk: _needed_by(role) for role in roles}
    return {
        (one.pk, other.pk): Overlap(other, len(needed[one.pk] & needed[other.pk]), len(needed[other.pk]))
        for one in roles
        for other in roles
        if one.pk != other.pk
    }


def bridge(one, other):
    """What someone in role `one` brings to role `other`; both loaded with their links to published skills."""
    return brought_to(other, _needed_by(one))


def brought_to(role, own):
    """What someone whose skills have the keys `own` brings to `role`, loaded with its links to published skills."""
    needed = [link for link in role.role_skills.all() if link.importance >= NEEDED]
    missing = tuple(link for link in needed if link.skill_id not in own)
    return Bridge(role, len(needed) - len(missing), len(needed), missing)


def _needed_by(role):
    """The keys of the skills that a role needs, from its loaded links."""
    return {link.skill_id for link in role.role_skills.all() if link.importance >= NEEDED}
