"""What the questions ask about, as it is published today."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from editorial.models import FormerSlug
from roles.models import Role
from skills.models import Skill


class Today:
    """The published roles and skills, by the slugs that the questions know them by.

    A version keeps the slugs of its day. What has been renamed since is found by its former slug.
    """

    def __init__(self, questions):
        asked = {each.skill for each in questions.statements if each.skill}
        weighed = {slug for each in questions.statements for slug in each.weights}
        former = self._former({*asked, *weighed})
        self.roles = {former[Role].get(role.pk, role.slug): role for role in Role.objects.published()}
        is_asked = Q(slug__in=asked) | Q(pk__in=former[Skill])
        self.skills = {
            former[Skill].get(skill.pk, skill.slug): skill for skill in Skill.objects.published().filter(is_asked)
        }

    @staticmethod
    def _former(slugs):
        """{model: {pk: former slug}} of the roles and skills that once had one of these slugs and now have another."""
        types = {ContentType.objects.get_for_model(model).pk: model for model in (Role, Skill)}
        found = {Role: {}, Skill: {}}
        for row in FormerSlug.objects.filter(slug__in=slugs, content_type__in=types):
            found[types[row.content_type_id]][row.object_id] = row.slug
        return found
