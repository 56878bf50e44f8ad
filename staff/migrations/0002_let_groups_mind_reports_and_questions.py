"""What each group may do with readers' reports, the statements of the match and the other names of the search."""

from django.db import migrations

from staff.people import ALL, SEE, actions_on, grant, make_permissions

# Written without a draft when they are added, so that only those who may publish add or delete one.
MATCHING = ["match.statement", "careers.synonym"]


def widen_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    grant(apps, alias, "Author", actions_on(MATCHING, ("view", "change")))
    grant(apps, alias, "Editor", [*actions_on(MATCHING, ALL), *actions_on(["feedback.feedback"], ("view", "change"))])
    grant(apps, alias, "Data steward", actions_on(MATCHING, SEE))
    everything = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .filter(content_type__app_label__in=["careers", "editorial", "feedback", "match"])
        .values_list("content_type__app_label", "codename")
    )
    grant(apps, alias, "Administrator", [f"{app_label}.{codename}" for app_label, codename in everything])


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0002_search"),
        ("editorial", "0003_remember_what_addresses_answered"),
        ("feedback", "0001_initial"),
        ("match", "0001_initial"),
        ("staff", "0001_make_the_groups_of_people"),
    ]

    # The groups keep what they were given: people may rely on it.
    operations = [migrations.RunPython(widen_groups, migrations.RunPython.noop)]
