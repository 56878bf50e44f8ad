from django import template

from feedback.models import Feedback

register = template.Library()


@register.inclusion_tag("admin/new_feedback.html")
def new_feedback(perms):
    """Tells those who may see reports how many nobody has opened yet."""
    return {"count": Feedback.objects.new().count() if perms["feedback"]["view_feedback"] else 0}
