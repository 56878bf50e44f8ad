from django import template

from outlook.models import Release

register = template.Library()


@register.inclusion_tag("admin/outdated_figures.html")
def outdated_figures(perms):
    """Warns those who may see releases of figures whose successor has usually come out."""
    return {"releases": Release.objects.all().outdated() if perms["outlook"]["view_release"] else []}
