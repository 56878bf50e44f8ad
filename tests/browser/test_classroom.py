"""An advisor and a class, each at their own window; the picture on the wall and on paper."""

import datetime
import random

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from classroom.counting import count, new_ticket, read_ticket
from classroom.models import MOST_RESULTS, Classroom
from match.models import QuestionSet

from . import axe
from .addresses import reachable, visit
from .printed import PAPERS, Print
from .test_keyboard import tab_to
from .test_print import shown_on_paper


@pytest.fixture
def site(live_server, real_content):
    """A site in this process with its real content, in which these tests may start classes."""
    cache.clear()
    return reachable(live_server)


def send_some(classroom, results):
    """So many students answer by chance, some leaving statements out."""
    draw, questions = random.Random(18), classroom.question_set.questions  # noqa: S311 - chance, not secrecy
    for _ in range(results):
        signs = "".join(draw.choice([*(each.sign for each in s.answers), "-"]) for s in questions.statements)
        count(classroom, questions.read(signs), read_ticket(classroom, new_ticket(classroom)))


def answer_by_keyboard(student, code):
    """From the box for the code to the own result, without a mouse and without a script."""
    visit(student, "/class/")
    tab_to(student, student.get_by_label("Code on the board"))
    student.keyboard.type(f" {code[:3].lower()}-{code[3:]}")
    student.keyboard.press("Enter")
    expect(student.get_by_role("heading", level=1)).to_have_text("Answer for your class")
    groups = student.locator("fieldset").count()
    tab_to(student, student.get_by_role("radio").first)
    for number in range(groups):
        student.keyboard.press("Space")
        for _ in range(number % 3):
            student.keyboard.press("ArrowRight")
        student.keyboard.press("Tab")
    expect(student.get_by_role("button", name="Show my roles")).to_be_focused()
    student.keyboard.press("Enter")
    student.wait_for_url("**/match/result/?v=*&a=*")
    assert code not in student.url


def test_an_advisor_starts_a_class_and_sees_the_picture_grow_while_students_answer(new_page):
    advisor = new_page()
    visit(advisor, "/class/new/")
    advisor.get_by_label("Name of the class").fill("Friday")
    advisor.wait_for_timeout(3_100)  # as long as a person needs at the least
    tab_to(advisor, advisor.get_by_role("button", name="Start the class"))
    advisor.keyboard.press("Enter")
    expect(advisor.get_by_role("heading", level=1)).to_have_text("Friday")
    classroom = Classroom.objects.get()
    expect(advisor.locator(".class-code .code")).to_have_text(classroom.code_in_groups)
    expect(advisor.get_by_text("0 of 5 results so far")).to_be_visible()
    students = [new_page(viewport={"width": 360, "height": 740}, java_script_enabled=False) for _ in range(2)]

    for student in students:
        answer_by_keyboard(student, classroom.code)
    expect(advisor.locator("[data-count]")).to_have_text("2 of 5 results so far", timeout=15_000)
    expect(advisor.locator("[data-said]")).to_have_text("2 of 5 results so far")
    students[0].go_back()  # and send it once more
    students[0].get_by_role("button", name="Show my roles").click()
    students[0].wait_for_url("**/match/result/?v=*")
    send_some(classroom, 3)
    expect(advisor.locator("[data-count]")).to_have_text("5 results so far", timeout=15_000)
    assert sum(int(each.split(" of ")[0]) for each in advisor.locator(".ranking b").all_inner_texts()) == 5

    advisor.get_by_role("link", name="Close the class").click()
    advisor.get_by_role("button", name="Close it now").click()
    expect(advisor.get_by_text("This class is closed.").first).to_be_visible()
    assert students[1].goto(f"/class/{classroom.code}/").status == 410
    students[1].troubles.clear()
    assert [window.context.cookies() for window in (advisor, *students)] == [[], [], []]


@pytest.fixture
def classroom(site):
    """A class of 23, as its picture is widest."""
    started, _ = Classroom.objects.start(
        QuestionSet.objects.current(), title="Computer science", lasts=datetime.timedelta(hours=2)
    )
    send_some(started, 23)
    return started


def test_the_picture_and_the_statements_break_no_rule_that_a_machine_can_check(new_page, classroom):
    for where in (f"/class/{classroom.code}/picture/", f"/class/{classroom.code}/"):
        windows = [
            new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            for width, scheme in ((360, "light"), (1280, "dark"))
        ]
        for window in windows:
            axe.prepare(window)
            visit(window, where)
            assert window.evaluate("document.documentElement.scrollWidth") <= window.viewport_size["width"]
        assert axe.faults(*windows) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_printed_picture_is_one_upright_sheet_with_everything_on_it(page, classroom, paper):
    visit(page, f"/class/{classroom.code}/picture/")

    printed = Print(page, paper)

    assert len(printed) == 1
    assert printed.is_upright(0)
    assert printed.tight() == {}
    assert len(shown_on_paper(page, ".class-rows > li")) == 19
    assert shown_on_paper(page, ".printed") == [f"Printed from {page.url}"]
    assert shown_on_paper(page, "nav, .btn, button, .qr") == []


def test_a_device_that_sent_a_result_says_so_and_still_lets_the_next_student_answer(page, classroom):
    visit(page, f"/class/{classroom.code}/")
    notice = page.get_by_text("A result was already sent from this device")
    expect(notice).to_be_hidden()

    Classroom.objects.update(results=MOST_RESULTS)
    page.get_by_role("button", name="Show my roles").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This class is full")
    page.wait_for_function("localStorage.getItem('classes') === null")  # it was not counted
    page.troubles.clear()
    Classroom.objects.update(results=23)
    visit(page, f"/class/{classroom.code}/")
    expect(notice).to_be_hidden()
    page.get_by_role("button", name="Show my roles").click()
    page.wait_for_url("**/match/result/?v=*")

    visit(page, f"/class/{classroom.code}/")

    expect(notice).to_be_visible()
    expect(page.get_by_role("button", name="Show my roles")).to_be_enabled()
    assert page.context.cookies() == []
