"""What each group may do with the classes that advisors start."""

from django.db import migrations

from staff.people import ALL, actions_on, grant, make_permissions


def widen_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    # Nobody changes one: an editor finds a class by its code, and deletes one whose title should not be there.
    grant(apps, alias, "Editor", actions_on(["classroom.classroom"], ("view", "delete")))
    grant(apps, alias, "Administrator", actions_on(["classroom.classroom", "classroom.tally", "classroom.ticket"], ALL))


class Migration(migrations.Migration):
    dependencies = [
        ("classroom", "0001_initial"),
        ("staff", "0002_let_groups_mind_reports_and_questions"),
    ]

    # The groups keep what they were given: people may rely on it.
    operations = [migrations.RunPython(widen_groups, migrations.RunPython.noop)]
