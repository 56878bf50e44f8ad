"""Who may do what with advisors' packs: everybody on the staff makes some, editors look at all and take down."""

from django.db import migrations

from staff.people import actions_on, grant, make_permissions

PACKS = ["packs.pack"]


def widen_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    for group in ("Author", "Data steward"):
        grant(apps, alias, group, actions_on(PACKS, ("add",)))
    grant(apps, alias, "Editor", actions_on(PACKS, ("view", "add", "change")))
    everything = ("view", "add", "change", "delete")
    grant(apps, alias, "Administrator", actions_on([*PACKS, "packs.packitem"], everything))


class Migration(migrations.Migration):
    dependencies = [
        ("packs", "0001_initial"),
        ("staff", "0003_let_groups_mind_classes"),
    ]

    # The groups keep what they were given: people may rely on it.
    operations = [migrations.RunPython(widen_groups, migrations.RunPython.noop)]
