"""Author, Editor, Data steward and Administrator, with what each may do."""

from django.db import migrations

from staff.people import ALL, SEE, WRITE, actions_on, grant, make_permissions

PAGES = [
    "roles.role",
    "roles.softwarecategory",
    "roles.standard",
    "skills.skill",
    "careers.reason",
    "careers.trend",
    "editorial.source",
]
# The words around the data: the site fixes which there are, nobody adds or deletes one.
WORDS = ["careers.page"]
FIGURES = [
    "outlook.release",
    "outlook.occupation",
    "outlook.area",
    "outlook.industry",
    "outlook.estimate",
    "outlook.projection",
    "outlook.technology",
    "outlook.rating",
    "outlook.task",
    "outlook.roleoccupation",
]
# What the site writes about people for itself: to be read, not to be rewritten.
RECORDS = ["admin.logentry", "axes.accesslog", "axes.accessfailurelog", "axes.accessattempt"]
PEOPLE = ["auth.user", "auth.group"]


def make_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    write = [*actions_on(PAGES, WRITE), *actions_on(WORDS, ("view", "change"))]
    publish, bring_in = "editorial.publish_version", "editorial.import_version"
    grant(apps, alias, "Author", [*write, *actions_on(["outlook.roleoccupation"], SEE)])
    grant(
        apps,
        alias,
        "Editor",
        [
            *write,
            *actions_on(["outlook.roleoccupation"], SEE),
            *actions_on(PAGES, ("delete",)),
            publish,
            bring_in,
        ],
    )
    grant(
        apps,
        alias,
        "Data steward",
        [
            *actions_on(FIGURES, ALL),
            *actions_on(["editorial.source"], WRITE),
            *actions_on([page for page in PAGES if page != "editorial.source"], SEE),
            publish,  # of what this person may change: sources, and why an occupation is near to a role
            bring_in,
        ],
    )
    everything = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .filter(content_type__app_label__in=["editorial", "roles", "skills", "outlook", "careers"])
        .values_list("content_type__app_label", "codename")
    )
    grant(
        apps,
        alias,
        "Administrator",
        [
            *(f"{app_label}.{codename}" for app_label, codename in everything),
            *actions_on(PEOPLE, ALL),
            *actions_on(RECORDS, SEE),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0010_accessattemptexpiration"),
        ("careers", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("editorial", "0002_versions"),
        ("otp_static", "0003_add_timestamps"),
        ("otp_totp", "0003_add_timestamps"),
        ("outlook", "0001_initial"),
        ("roles", "0002_let_outlook_name_the_occupation"),
        ("sessions", "0001_initial"),
        ("skills", "0001_initial"),
    ]

    # The groups stay when the migration is taken back: people are in them.
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
