"""The ready-made groups: permission by permission, and by what the admin really lets them do."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains

from editorial.models import Version
from outlook.models import RoleOccupation
from roles.models import Role
from tests.editorial.editing import CITATIONS, address, filled_in, save, with_row
from tests.factories import PageFactory, RoleFactory, SkillFactory, SourceFactory
from tests.outlook.factories import OccupationFactory, ReleaseFactory, RoleOccupationFactory

from .people import PASSWORD, person, sign_in, superuser, where_led

pytestmark = pytest.mark.django_db

GROUPS = ["Author", "Editor", "Data steward", "Administrator"]
PAGES = ["roles.role", "roles.softwarecategory", "roles.standard", "skills.skill", "careers.reason", "careers.trend"]
PARTS = ["roles.fit", "roles.weekactivity", "skills.learningresource", "careers.passage", "editorial.formerslug"]
PARTS += ["classroom.tally", "classroom.ticket"]
FIGURES = ["release", "occupation", "area", "industry", "estimate", "projection", "technology", "rating", "task"]
RECORDS = ["admin.logentry", "axes.accesslog", "axes.accessfailurelog", "axes.accessattempt"]
SECRETS = ["sessions.session", "otp_totp.totpdevice", "otp_static.staticdevice", "otp_static.statictoken"]


def rows():
    """(permission, who has it), for every model and action that counts. In the order of GROUPS: yes 1, no 0."""
    for page in PAGES:
        yield from zip(named(page), ["1111", "1101", "1101", "0101"], strict=True)
    yield from zip(named("editorial.source"), ["1111", "1111", "1111", "0101"], strict=True)
    yield from zip(named("careers.page"), ["1101", "0001", "1101", "0001"], strict=True)
    for matching in ("match.statement", "careers.synonym"):
        yield from zip(named(matching), ["1111", "0101", "1101", "0101"], strict=True)
    yield from zip(named("feedback.feedback"), ["0101", "0001", "0101", "0001"], strict=True)
    yield from zip(named("classroom.classroom"), ["0101", "0001", "0001", "0101"], strict=True)
    yield from zip(named("packs.pack"), ["0101", "1111", "0101", "0001"], strict=True)
    yield from zip(named("outlook.roleoccupation"), ["1111", "0011", "0011", "0011"], strict=True)
    for figure in FIGURES:
        yield from zip(named(f"outlook.{figure}"), ["0011"] * 4, strict=True)
    for part in PARTS:
        yield from zip(named(part), ["0001"] * 4, strict=True)
    for model in ("auth.user", "auth.group"):
        yield from zip(named(model), ["0001"] * 4, strict=True)
    for model in RECORDS:
        yield from zip(named(model), ["0001", "0000", "0000", "0000"], strict=True)
    for model in SECRETS:
        yield from zip(named(model), ["0000"] * 4, strict=True)
    yield "editorial.publish_version", "0111"
    yield "editorial.import_version", "0111"


def named(model):
    app_label, name = model.split(".")
    return [f"{app_label}.{action}_{name}" for action in ("view", "add", "change", "delete")]


TABLE = [
    pytest.param(group, permission, has == "1", id=f"{group} {permission}")
    for permission, who in rows()
    for group, has in zip(GROUPS, who, strict=True)
]


def has(group, permission):
    app_label, codename = permission.split(".")
    asked = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
    assert asked.count() == 1
    return asked.filter(group__name=group).exists()


@pytest.mark.parametrize(("group", "permission", "expected"), TABLE)
def test_each_group_may_do_its_work_and_no_more(group, permission, expected):
    assert has(group, permission) is expected


@pytest.mark.parametrize("group", GROUPS[:3])
def test_nothing_is_granted_that_the_table_does_not_name(group):
    granted = {
        f"{app_label}.{codename}"
        for app_label, codename in Permission.objects.filter(group__name=group).values_list(
            "content_type__app_label", "codename"
        )
    }

    assert granted == {permission for permission, who in rows() if who[GROUPS.index(group)] == "1"}


# The migration


def run_the_migration():
    migration = import_module("staff.migrations.0001_make_the_groups_of_people")
    migration.make_groups(apps, SimpleNamespace(connection=connection))


def everything_granted():
    return set(Group.objects.values_list("name", "permissions__codename", "permissions__content_type"))


def test_running_it_again_changes_nothing():
    before = everything_granted(), Permission.objects.count()

    run_the_migration()

    assert (everything_granted(), Permission.objects.count()) == before


def test_what_an_operator_added_stays():
    Group.objects.get(name="Author").permissions.add(Permission.objects.get(codename="delete_role"))
    Group.objects.create(name="Our own group")

    run_the_migration()

    assert has("Author", "roles.delete_role")
    assert Group.objects.filter(name="Our own group").exists()


# What the admin lets them do


@pytest.fixture
def enter(client):
    """Sign in as someone of a group."""

    def as_one_of(group):
        person(group=group)
        sign_in(client)
        return client

    return as_one_of


def status(client, where):
    return client.get(where).status_code


def test_an_author_writes_a_page_with_its_lists(enter):
    role, source = RoleFactory(), SourceFactory()
    client = enter("Author")
    data = filled_in(client.get(address(role, "change")), tagline="Written by an author.")

    client.post(address(role, "change"), with_row(data, CITATIONS, source=source.pk))

    role.refresh_from_db()
    assert role.tagline == "Written by an author."
    assert role.citations.get().source == source
    assert status(client, address(Role, "add")) == 200


def test_an_author_deletes_nothing_and_sees_no_people_and_no_log(enter):
    role = RoleFactory()
    client = enter("Author")

    assert status(client, address(role, "delete")) == 403
    client.post(address(role), {"action": "delete_selected", "_selected_action": [role.pk], "post": "yes"})
    assert Role.objects.filter(pk=role.pk).exists()
    for where in ("/admin/auth/user/", "/admin/auth/group/", "/admin/audit-log/"):
        assert status(client, where) == 403
    assertNotContains(client.get("/admin/"), "Audit log")


def test_an_editor_deletes(enter):
    role = RoleFactory()
    client = enter("Editor")

    client.post(address(role, "delete"), {"post": "yes"})

    assert not Role.objects.exists()
    assert status(client, "/admin/auth/user/") == 403


def test_a_data_steward_links_figures_and_only_reads_roles(enter):
    role, occupation, skill, release = RoleFactory(), OccupationFactory(), SkillFactory(), ReleaseFactory()
    client = enter("Data steward")

    client.post(
        address(RoleOccupation, "add"),
        {
            "role": role.pk,
            "occupation": occupation.pk,
            "is_primary": "on",
            "position": 1,
            "trust": "medium",
            "why": "Counted here.",
            "caveat": "With many others.",
        },
    )

    assert RoleOccupation.objects.count() == 1
    assert status(client, address(release)) == 200
    for page in (role, skill):
        assert status(client, address(page, "change")) == 200
        assert client.post(address(page, "change"), {"tagline": "x"}).status_code == 403
        assert status(client, address(page, "delete")) == 403
    assert status(client, "/admin/auth/user/") == 403


def test_an_author_cannot_change_figures(enter):
    link = RoleOccupationFactory()
    client = enter("Author")

    assert client.post(address(link, "change"), {"why": "x"}).status_code == 403


def test_an_author_drafts_the_words_of_a_page_and_cannot_publish_them(enter):
    page = PageFactory(key="home")
    client = enter("Author")

    save(client, page, heading="New heading")

    page.refresh_from_db()
    assert page.heading == "Heading"
    assert Version.objects.waiting().get().data["heading"] == "New heading"


def test_an_editor_publishes_the_words_of_a_page(enter):
    page = PageFactory(key="home")

    save(enter("Editor"), page, heading="New heading")

    page.refresh_from_db()
    assert page.heading == "New heading"


def test_an_administrator_reads_the_log_and_nobody_rewrites_it(enter):
    client = enter("Administrator")

    assert status(client, "/admin/audit-log/") == 200
    assertContains(client.get("/admin/"), "Audit log")
    assert client.post("/admin/audit-log/").status_code == 405


# Nobody gives away more than they have


def user_form(client, user, **changes):
    where = f"/admin/auth/user/{user.pk}/change/"
    document = client.get(where)
    form = document.context["adminform"].form
    data = {"username": user.username, "is_active": "on", "is_staff": "on", "groups": []}
    return form, client.post(where, data | changes)


def pk_of(group):
    return Group.objects.get(name=group).pk


def test_an_administrator_gives_groups(enter):
    bob = person("bob")
    client = enter("Administrator")

    _, response = user_form(client, bob, groups=[pk_of("Editor"), pk_of("Administrator")])

    assert where_led(response) == "/admin/auth/user/"
    assert {group.name for group in bob.groups.all()} == {"Editor", "Administrator"}


def test_an_administrator_makes_no_superuser_and_gives_no_single_permission(enter):
    bob = person("bob")
    client = enter("Administrator")

    form, _ = user_form(client, bob, is_superuser="on", user_permissions=[Permission.objects.first().pk])

    bob.refresh_from_db()
    assert not bob.is_superuser
    assert not bob.user_permissions.exists()
    assert not {"is_superuser", "user_permissions"} & set(form.fields)


def test_an_administrator_makes_an_account(enter):
    client = enter("Administrator")
    new = "another long pass phrase"

    client.post(
        "/admin/auth/user/add/",
        {"username": "new", "usable_password": "true", "password1": new, "password2": new, "is_superuser": "on"},
    )

    assert not get_user_model().objects.get(username="new").is_superuser


@pytest.mark.parametrize("view", ["change", "delete", "password"])
def test_an_administrator_touches_no_superuser(enter, view):
    root = superuser()
    client = enter("Administrator")

    response = client.post(
        f"/admin/auth/user/{root.pk}/{view}/",
        {"username": "gone", "post": "yes", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"},
    )

    assert response.status_code == 403
    root.refresh_from_db()
    assert root.username == "root"


def test_an_administrator_does_not_delete_a_superuser_from_the_list(enter):
    root = superuser()
    client = enter("Administrator")

    client.post("/admin/auth/user/", {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"})

    assert get_user_model().objects.filter(pk=root.pk).exists()


def test_a_superuser_makes_another(client):
    superuser()
    sign_in(client, "root")
    bob = person("bob")

    user_form(client, bob, is_superuser="on")

    bob.refresh_from_db()
    assert bob.is_superuser


@pytest.fixture
def helper(client):
    """Someone who may change people and groups, and nothing else."""
    user = person("helper")
    names = ["view_user", "change_user", "view_group", "change_group"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    sign_in(client, "helper")
    return user


def test_nobody_gives_a_group_that_may_do_more_than_oneself(client, helper):
    _, response = user_form(client, helper, groups=[pk_of("Administrator")])

    assertContains(response, "You may not give what you may not do yourself")
    assert not helper.groups.exists()


def test_a_group_that_someone_already_has_stays(client, helper):
    bob = person("bob", "Editor")

    user_form(client, bob, groups=[pk_of("Editor")], first_name="Bob")

    bob.refresh_from_db()
    assert (bob.first_name, bob.groups.get().name) == ("Bob", "Editor")


def test_nobody_puts_into_a_group_what_one_may_not_do(client, helper):
    group = Group.objects.create(name="Ours")
    more = Permission.objects.get(codename="delete_role")

    response = client.post(f"/admin/auth/group/{group.pk}/change/", {"name": "Ours", "permissions": [more.pk]})

    assertContains(response, "You may not give what you may not do yourself (roles.delete_role)")
    assert not group.permissions.exists()


@pytest.mark.parametrize("key", ["9" * 25, "-1", "1.5", "x", "\0", ""])
def test_what_is_no_row_is_refused_in_words(client, key):
    bob = person("bob")
    superuser()
    sign_in(client, "root")

    _, response = user_form(client, bob, groups=[key], user_permissions=[key])
    added = client.post("/admin/auth/group/add/", {"name": "Ours", "permissions": [key]})

    for page in (response, added):
        assertContains(page, "is not a valid value.")
    assert not bob.groups.exists()
    assert not Group.objects.filter(name="Ours").exists()


def test_nobody_sets_the_password_of_someone_who_may_do_more(client, helper):
    bob = person("bob", "Editor", is_active=False)
    new = "another long pass phrase"

    response = client.post(
        f"/admin/auth/user/{bob.pk}/password/", {"password1": new, "password2": new, "usable_password": "true"}
    )

    assert response.status_code == 403
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)


@pytest.mark.parametrize("named", ["groups", "password", "logentry", "nonsense", "code"])
def test_an_address_that_names_another_field_as_key_is_refused(admin_client, named):
    for page in ("/admin/auth/user/", "/admin/auth/group/add/", "/admin/roles/role/"):
        assert admin_client.get(page, {"_to_field": named}).status_code == 400
        assert admin_client.get(page, {"_to_field": "id", "_popup": "1"}).status_code == 200


# What the box for an occupation asks while somebody types.
OCCUPATIONS = "/admin/autocomplete/?app_label=outlook&model_name=roleoccupation&field_name=occupation"


@pytest.mark.parametrize(
    "query",
    [
        "/admin/auth/user/?username__range=a",
        "/admin/auth/user/?username__range=1,2,3",
        "/admin/auth/user/?id__in=9999999999999999999999",
        "/admin/auth/group/?name__regex=(",
        "/admin/auth/group/?name__iregex=*",
        "/admin/roles/role/?reviewed_on__year=-1",
        "/admin/roles/role/?reviewed_on__year=10000",
        "/admin/roles/role/?reviewed_on__year__gte=0",
        "/admin/roles/role/?reviewed_on__iso_year=0",
        "/admin/roles/role/?summary__gte=%00",
        "/admin/auth/user/?username=%00",
        "/admin/feedback/feedback/?handled_by__gte=9999999999999999999999",
        "/admin/auth/user/?q=" + "+".join(["word"] * 51),
        f"{OCCUPATIONS}&term=" + "+".join(["word"] * 51),
    ],
)
def test_a_list_is_not_filtered_by_what_no_database_computes(admin_client, query):
    assert admin_client.get(query).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "/admin/auth/user/?is_staff__exact=1&groups__id__exact=999999999999999999",
        "/admin/packs/pack/?created_at__year=2026&created_at__month=11",
        "/admin/auth/user/?q=" + "+".join(["word"] * 50),
        f"{OCCUPATIONS}&term=" + "+".join(["word"] * 50),
        "/admin/roles/role/?review_due__gte=2026-01-01&review_due__lte=2026-12-31",
    ],
)
def test_a_list_is_filtered_as_its_own_links_do(admin_client, query):
    assert admin_client.get(query).status_code == 200


@pytest.mark.parametrize("key", ["en", "9" * 30, "\0"])
def test_an_action_on_what_is_no_row_is_refused(admin_client, key):
    role = RoleFactory()

    response = admin_client.post("/admin/roles/role/", {"action": "back_to_draft", "_selected_action": [role.pk, key]})

    assert response.status_code == 400
