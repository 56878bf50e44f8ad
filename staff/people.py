"""The ready-made groups of people, and how migrations fill them.

For migrations: they only ever add, so that what an operator took away from a group stays away until a migration
speaks of that very permission again. Never change what a released migration gets from here.
"""

from django.contrib.auth.management import create_permissions

SEE = ("view",)
WRITE = ("view", "add", "change")
ALL = ("view", "add", "change", "delete")


def make_permissions(apps, alias):
    """Make the permissions of every model that the migrations know by now. Django itself makes them after all
    migrations have run, which is too late for a group made by one."""
    for config in apps.get_app_configs():
        module = getattr(config, "models_module", None)
        config.models_module = True  # or it is taken for an app without models
        create_permissions(config, verbosity=0, interactive=False, using=alias, apps=apps)
        config.models_module = module


def grant(apps, alias, group, permissions):
    """Add permissions, such as "roles.view_role", to the group of that name, which is made if it is missing.

    Raises LookupError for a permission that does not exist.
    """
    group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=group)
    group.permissions.add(*(_permission(apps, alias, each) for each in permissions))


def _permission(apps, alias, words):
    app_label, codename = words.split(".")
    found = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .filter(content_type__app_label=app_label, codename=codename)
        .first()
    )
    if found is None:
        raise LookupError(f"There is no permission {words}.")
    return found


def actions_on(models, actions):
    """ "roles.role" and ("view", "add") make "roles.view_role" and "roles.add_role"."""
    for model in models:
        app_label, name = model.split(".")
        yield from (f"{app_label}.{action}_{name}" for action in actions)
