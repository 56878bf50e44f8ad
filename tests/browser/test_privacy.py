"""A visit leaves nothing on the reader's device and tells nobody."""

import pytest
from playwright.sync_api import Error

from .addresses import NOTHING_FOUND, comparison, plan, role, visit

WALK = [
    "/pay/?occupation=15-1252&area=0600000",
    "/",
    "/roles/",
    NOTHING_FOUND,
    role("ehr-developer"),
    "/embed/roles/ehr-developer/",
    comparison(3),
    plan("ehr-developer"),
    "/skills/security/",
    "/sources/",
    "/trends/",
    "/privacy/",
]

# Kept by the browser where a policy is broken, also when the console says nothing.
WATCH = """
document.addEventListener("securitypolicyviolation", (event) => console.error("policy:", event.violatedDirective));
"""
KEPT = """
async () => ({
  cookie: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})
"""
NOTHING = {"cookie": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0}


def test_a_walk_of_a_dozen_pages_leaves_nothing_behind_and_breaks_no_policy(new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script(WATCH)
    answers = []
    page.on("response", lambda answer: answers.append(answer))

    for address in WALK:
        visit(page, address)
        for button in page.locator("[data-copy]").all():
            button.evaluate("(button) => button.closest('details')?.setAttribute('open', '')")
            button.click()

    assert page.evaluate(KEPT) == NOTHING
    assert page.context.cookies() == []
    assert not [answer.url for answer in answers if "set-cookie" in answer.all_headers()]
    assert page.troubles == []  # no error in the console, no other host: conftest.py keeps the list


def test_a_broken_policy_would_be_noticed(page):
    page.add_init_script(WATCH)
    visit(page, "/")

    page.evaluate("document.head.append(Object.assign(document.createElement('style'), {textContent: 'p { top: 0 }'}))")
    page.wait_for_timeout(100)

    assert any("style-src" in trouble for trouble in page.troubles)
    page.troubles.clear()


def test_no_script_of_a_page_can_make_a_page_of_mere_text(page):
    visit(page, "/")

    with pytest.raises(Error, match="TrustedHTML"):
        page.evaluate("document.body.innerHTML = '<p>From anywhere</p>'")

    assert any("Trusted" in trouble for trouble in page.troubles)
    page.troubles.clear()
