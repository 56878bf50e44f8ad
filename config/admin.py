"""Which admin site the project has."""

from django.contrib.admin.apps import AdminConfig


class CareersAdminConfig(AdminConfig):
    """Django's admin, with our way of signing in."""

    default_site = "staff.sites.StaffSite"
