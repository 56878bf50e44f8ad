from django import template

from editorial.queue import answers

register = template.Library()


@register.inclusion_tag("admin/review_queue.html", takes_context=True)
def review_queue(context):
    """What needs the editor who looks: only what that person may see."""
    return {"answers": answers(context["request"])}
