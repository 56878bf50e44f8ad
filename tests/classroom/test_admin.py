"""Staff find a class and delete it; they see no more of it than how many answered."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from classroom.models import Classroom, Tally
from tests.editorial.editing import address, cost
from tests.factories import ClassroomFactory, PageFactory

pytestmark = pytest.mark.django_db


def test_list_names_code_title_results_and_state_and_costs_the_same_for_many(admin_client):
    ClassroomFactory(title="A title", results=7, code="KX47PN")
    few = cost(admin_client, address(Classroom))
    ClassroomFactory.create_batch(20, ended=True)

    response = admin_client.get(address(Classroom))

    for words in ("KX4 7PN", "A title", "Open", "Ended"):
        assertContains(response, words)
    assert cost(admin_client, address(Classroom)) == few


def test_a_class_is_looked_at_and_deleted_and_never_changed(admin_client, lesson):
    lesson.send("51--")

    form = admin_client.get(address(lesson.classroom, "change"))

    assertContains(form, "Friday")
    assertNotContains(form, 'name="_save"')
    assertNotContains(form, lesson.classroom.token_hash)
    assert admin_client.post(address(lesson.classroom, "change"), {"title": "x"}).status_code == 403
    assert admin_client.get(address(Classroom, "add")).status_code == 403
    admin_client.post(address(lesson.classroom, "delete"), {"post": "yes"})
    assert not Classroom.objects.exists()
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    ("key", "where"), [("class", "/class/"), ("class-new", "/class/new/"), ("class-picture", "/class/")]
)
def test_words_of_our_pages_name_their_address(admin_client, key, where):
    assertContains(admin_client.get(address(PageFactory(key=key), "change")), f'href="{where}"')
