"""When the content last changed."""

from django.db import models
from django.db.models import Q


class ContentStamp(models.Model):
    """The one row whose number grows with every transaction that changes what readers see.

    Triggers of the database count (delivery/triggers.py), so that no way of changing content can be forgotten: not
    an import that writes past Django, and not an operator with SQL.
    """

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="contentstamp_is_one_row")]

    def __str__(self):
        return f"content stamp {self.number}"
