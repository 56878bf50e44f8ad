"""What the tests of the admin share: filling in a form as a browser does, and what a page costs."""

from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.html import parse


def address(item_or_model, view="changelist"):
    """The admin's address of a list, a form or another view: address(role, "change")."""
    meta = item_or_model._meta
    args = [item_or_model.pk] if view in ("change", "delete", "history", "open") else []
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{view}", args=args)


def filled_in(response, **changes):
    """What a browser would send for the form in `response`, with some boxes changed."""
    document = parse(response.content.decode())
    form = next(each for each in document.iter("form") if each.get("id", "").endswith("_form"))
    data = {}
    for element in form.iter():
        name, value = element.get("name"), _value(element)
        if name and value is not None:
            data[name] = value
    unknown = set(changes) - set(data) - {name for name in changes if name.endswith("-DELETE")}
    assert not unknown, f"The form has no {unknown}."
    return data | changes


def _value(element):
    if element.tag not in ("input", "select", "textarea"):
        return None
    if element.tag == "textarea":
        return (element.text or "").replace("\n", "\r\n")
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return chosen[0].get("value", "") if chosen else None
    if element.get("type") in ("submit", "button"):
        return None
    if element.get("type") == "checkbox" and element.get("checked") is None:
        return None
    return element.get("value", "on" if element.get("type") == "checkbox" else "")


def with_row(data, prefix, **values):
    """The same form after “Add another” in the list `prefix`, with the row filled in."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    empty = {name: value for name, value in data.items() if name.startswith(f"{prefix}-__prefix__-")}
    row = {name.replace("__prefix__", str(number)): value for name, value in empty.items()}
    row |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return data | row | {f"{prefix}-TOTAL_FORMS": str(number + 1)}


CITATIONS = "editorial-citation-content_type-object_id"


PUBLISH = {"_publish": "Publish now", "reason": "A test"}


def save(client, item, **changes):
    """Open the form of `item`, change some boxes, let readers see it at once if they see the item at all, and
    return the page that comes next."""
    button = PUBLISH if getattr(item, "is_published", True) else {}
    where = address(item, "change")
    return client.post(where, filled_in(client.get(where), **changes) | button, follow=True)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def run_action(client, action, *items):
    """Choose the items in their list, run the action, and return what the admin says."""
    data = {"action": action, "_selected_action": [item.pk for item in items]}
    return messages_of(client.post(address(items[0]), data, follow=True))


def cost(client, where):
    """The number of queries of a page, once the content types are known."""
    assert client.get(where).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(where)
    return len(queries)


def listed(client, model, **filters):
    """The rows that a list shows with these filters."""
    return set(client.get(address(model), filters).context["cl"].result_list)


def staff(django_user_model, *permissions):
    """A member of staff who may do this and nothing else: staff(django_user_model, "view_role")."""
    user = django_user_model.objects.create_user("staff", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user
