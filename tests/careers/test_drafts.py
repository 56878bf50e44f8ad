"""No draft leaks: random states of everything that can be drafted, then a look at every public address."""

import datetime
import io
import zipfile

import pytest
from django.core.cache import cache
from django.db import models
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from careers.search.index import rebuild
from editorial import desk
from editorial.content.kinds import kind_of
from editorial.models import Version
from match.models import QuestionSet
from tests import factories

from . import pages

MARKER = "zqsecret"
LONG_ENOUGH = 60
STATES = ["published", "never published", "draft", "scheduled", "set aside", "undone", "taken down", "deleted"]
KINDS = ["role", "skill", "standard", "category", "reason", "trend", "source", "page"]


def words(item, marker):
    """The item's data with the marker in every text, and in the parts that a draft adds."""
    kind = kind_of(type(item))
    data = kind.as_data(type(item).objects.get(pk=item.pk))
    for column in kind.columns:
        field = column.model_field
        is_text = isinstance(field, models.TextField) or (
            type(field) is models.CharField and (field.max_length or 0) >= LONG_ENOUGH and not field.choices
        )
        if is_text:
            data[column.name] = f"{marker} {column.name}"
    if "fits" in data:
        data["fits"] = [{"side": "like", "text": f"{marker} fit"}]
        data["alternative_titles"] = [{"name": f"{marker} title"}]
    if kind.is_publishable:
        secret = factories.SourceFactory(title=f"{marker} document", note=f"{marker} note")
        data["citations"] = [*data["citations"], {"source": secret.key, "supports": f"{marker} claim"}]
    return data


def make(kind, role):
    """A published item, in the middle of the site: linked with `role`, which stays published."""
    published = {"published": True, "slug": f"a-{kind}"}
    if kind == "role":
        item = factories.RoleFactory(**published, with_parts=True)
        factories.RoleSkillFactory(role=item, skill=role.role_skills.first().skill)
    elif kind == "skill":
        item = factories.SkillFactory(**published)
        factories.RoleSkillFactory(role=role, skill=item), factories.LearningResourceFactory(skill=item)
    elif kind == "standard":
        item = factories.StandardFactory(**published)
        factories.RoleStandardFactory(role=role, standard=item)
    elif kind == "category":
        item = factories.SoftwareCategoryFactory(**published, with_parts=True)
        factories.RoleCategoryFactory(role=role, category=item)
    elif kind == "reason":
        item = factories.ReasonFactory(**published)
        factories.RoleReasonFactory(role=role, reason=item)
    elif kind == "trend":
        item = factories.TrendFactory(**published)
        factories.TrendImpactFactory(role=role, trend=item)
    elif kind == "source":
        item = factories.CitationFactory(page=role).source
    else:
        item = factories.PageFactory(key="home")
    return item


def bring_into(state, item):
    """Let the item reach the state, with the marker in all that readers must not see."""
    is_page = kind_of(type(item)).is_publishable
    if not is_page and state in ("never published", "taken down", "deleted"):
        state = "draft"  # a source and the words of a page are always there
    first = desk.current(item).number
    if state == "published":
        return
    hidden = words(item, MARKER)
    if state == "never published":
        Version.objects.all().filter(item_id=item.pk, kind=kind_of(type(item)).folder).delete()
        type(item).objects.filter(pk=item.pk).update(status="draft")
        desk.keep(desk.save_draft(item, hidden | {"status": "draft"}, opened=desk.newest(item).number))
        return
    if is_page and state in ("draft", "scheduled", "set aside"):
        hidden["slug"] = f"hidden-{item.slug}"
    draft = desk.save_draft(item, hidden, opened=first, reason=f"{MARKER} reason", is_news=True)
    if state == "scheduled":
        when = timezone.now() + datetime.timedelta(hours=1)
        desk.schedule(draft, when, by=None, reason=f"{MARKER} reason", is_news=True)
    elif state == "set aside":
        desk.discard(draft)
    elif state in ("undone", "taken down", "deleted"):
        desk.publish(draft, reason=f"{MARKER} reason", is_news=True)
        if state == "undone":
            desk.undo(item, by=None)
            return
        desk.take_down(item, by=None, reason=f"{MARKER} why")
        if state == "deleted":
            try:
                desk.remove(item, by=None, reason=f"{MARKER} why")
            except ProtectedError:
                return  # a published page rests on it: then it is taken down


LISTS_IN_API = ["roles", "skills", "software", "standards", "trends", "reasons", "sources", "role-skills", "match"]


def address_in_api(name, *args, **query):
    return reverse(f"api:{name}", args=args, query=query or None)


def words_of(answer):
    """All that an answer says; of an archive, all its files."""
    if answer["Content-Type"] != "application/zip":
        return answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return "\n".join([*archive.namelist(), *(archive.read(name).decode() for name in archive.namelist())])


def every_address(items):
    """Every public address there is, with what readers may look for. None answers from what was kept before."""
    cache.clear()
    found = [pages.address(name) for name in [*pages.FIXED, *pages.ABOVE, *pages.MACHINES]]
    found += ["/no-such-page/", pages.answered_in_full(QuestionSet.objects.keep_current())]
    found += [pages.address("search", q=q) for q in ("zq", "role", "hidden", "a skill")]
    found += [pages.address("search-suggest", q=q) for q in ("zq", "rol", "hid", "ski")]
    found += [address_in_api(name) for name in ("docs", "openapi", "dataset", *LISTS_IN_API)]
    found += [address_in_api(name, q=q) for name in ("roles", "search") for q in ("zq", "role", "hidden")]
    names = {"role": ["role", "plan", "role-pay", "embed-role"], "category": ["software-category"]}
    for kind, item in items.items():
        if kind in ("source", "page", "reason"):
            found += [address_in_api(kind, item.natural_key()[0])] if kind != "page" else []
            continue
        for slug in (item.slug, f"hidden-{item.slug}"):
            found += [pages.address(name, slug) for name in names.get(kind, [kind])]
            found += [address_in_api(kind, slug), address_in_api(f"{kind}-beside", slug)]
    for slug in ("a-role", "hidden-a-role"):
        found += [
            pages.address("compare", role=["open", slug]),
            pages.address("compare", role=["open", slug], format="csv"),
            pages.address("embed-compare", role=["open", slug]),
            pages.address("roles", q="zq", skill="a-skill", category="a-category"),
            address_in_api("role-pay", slug),
            address_in_api("compare", role=["open", slug]),
        ]
    return [*found, pages.address("roles", q="zq"), pages.address("skills", kind="general")]


@pytest.mark.once
class NoDraftLeaks(TestCase):
    """One role stays published, so that everything else has a page to leak into."""

    @settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(st.tuples(*[st.sampled_from(STATES)] * len(KINDS)))
    @example(("never published",) * len(KINDS))
    @example(("draft",) * len(KINDS))
    @example(("taken down",) * len(KINDS))
    @example(("undone",) * len(KINDS))
    @example(("deleted",) * len(KINDS))
    def test_no_public_address_shows_a_word_of_a_draft(self, states):
        role = factories.RoleFactory(published=True, with_parts=True, slug="open", title="Open role")
        items = {kind: make(kind, role) for kind in KINDS}
        for kind, state in zip(KINDS, states, strict=True):
            bring_into(state, items[kind])
        assert states == ("published",) * len(KINDS) or MARKER in str(list(Version.objects.values_list("data")))

        rebuild()
        for address in every_address(items):
            answer = self.client.get(address)
            assert answer.status_code in (200, 301, 404), address
            content = words_of(answer)
            assert MARKER not in content, (address, content[max(content.find(MARKER) - 300, 0) :][:400])
            if "hid" not in address:
                assert "hidden-" not in content, address
        assert "Open role" in self.client.get("/roles/").content.decode()

    def test_the_look_would_find_a_leak(self):
        """The same words, published, are on the pages: the markers stand where readers look."""
        role = factories.RoleFactory(published=True, with_parts=True, slug="open")
        items = {kind: make(kind, role) for kind in KINDS}
        for item in items.values():
            draft = desk.save_draft(item, words(item, MARKER), opened=desk.newest(item).number)
            desk.publish(draft, reason=f"{MARKER} reason", is_news=True)

        rebuild()
        seen = [each for each in every_address(items) if MARKER in words_of(self.client.get(each))]

        for name in ("home", "roles", "skills", "standards", "software", "why-healthcare", "trends", "sources"):
            assert pages.address(name) in seen
        assert pages.address("search", q="role") in seen
        for name in ("changes", "changes-feed"):
            assert pages.address(name) in seen
        for name in ("dataset", *LISTS_IN_API):
            assert name in ("role-skills", "match") or address_in_api(name) in seen
        for name, slug in [("role", "a-role"), ("plan", "a-role"), ("skill", "a-skill"), ("trend", "a-trend")]:
            assert pages.address(name, slug) in seen
