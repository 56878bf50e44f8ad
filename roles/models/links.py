"""What the links between roles and other things share, such as those to skills, standards and trends."""

from django.db import models

from editorial.models import Publishable


class RoleLinkQuerySet(models.QuerySet):
    """The questions our pages ask about links: readers meet only what is published at the other end."""

    # How much a link means, as order_by takes it: what means most comes first.
    by_weight = "-strength"

    def on_published(self, end):
        """Those whose `end`, such as "skill", is published, with it loaded."""
        return self.filter(**{f"{end}__status": Publishable.Status.PUBLISHED}).select_related(end)

    def on_published_roles(self):
        return self.on_published("role").order_by(self.by_weight, "role__position", "pk")
