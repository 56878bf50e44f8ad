"""Which page of the admin a request asks for."""

from django.contrib import admin


def model_admin_of(request, page):
    """The ModelAdmin whose `page`, such as "change" or "changelist", a request asks for; None for any other."""
    return next(
        (
            model_admin
            for model, model_admin in admin.site._registry.items()
            if request.resolver_match.url_name == f"{model._meta.app_label}_{model._meta.model_name}_{page}"
        ),
        None,
    )
