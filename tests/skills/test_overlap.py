"""How much of one role's needed skills someone in another role already has."""

import pytest
from django.db.models import Prefetch

from roles.models import Role
from skills.models import RoleSkill
from skills.overlap import bridge, nearest_roles, pairwise
from tests.factories import RoleFactory, RoleSkillFactory, SkillFactory, many_roles

pytestmark = pytest.mark.django_db

RARELY, HELPS, NEEDED, CORE = RoleSkill.Importance


def skills(count):
    return SkillFactory.create_batch(count, published=True)


def role_with(needed, *, importance=NEEDED, **fields):
    role = RoleFactory(published=True, **fields)
    for skill in needed:
        RoleSkillFactory(role=role, skill=skill, importance=importance)
    return role


def found(role, **options):
    return [(each.role, each.shared, each.needed) for each in nearest_roles(role, **options)]


def test_nearest_role_shares_some_of_what_it_needs():
    shared, other, own = skills(3)
    role = role_with([shared, own])

    near = role_with([shared, other])

    assert found(role) == [(near, 1, 2)]


def test_role_itself_is_not_near():
    role = role_with(skills(2))

    assert found(role) == []


def test_role_with_nothing_in_common_is_not_near():
    here, there = skills(2)
    role = role_with([here])

    role_with([there])

    assert found(role) == []


@pytest.mark.parametrize(("importance", "counts"), [(RARELY, False), (HELPS, False), (NEEDED, True), (CORE, True)])
def test_skill_counts_from_needed_on_in_both_roles(importance, counts):
    (skill,) = skills(1)
    role = role_with([skill], importance=importance)
    other = role_with([skill], importance=NEEDED)

    assert found(role) == ([(other, 1, 1)] if counts else [])
    assert found(other) == ([(role, 1, 1)] if counts else [])


def test_drafts_of_roles_are_ignored():
    (skill,) = skills(1)
    role = role_with([skill])

    RoleSkillFactory(skill=skill, role=RoleFactory())

    assert found(role) == []


def test_drafts_of_skills_are_ignored():
    (shared,) = skills(1)
    draft = SkillFactory()
    role = role_with([shared, draft])

    near = role_with([shared, draft])

    assert found(role) == [(near, 1, 1)]


def test_largest_share_of_what_is_needed_comes_first_even_with_fewer_skills_in_common():
    pool = skills(6)
    role = role_with(pool[:3])
    half = role_with([pool[0], pool[1], pool[3], pool[4]], position=1)
    whole = role_with([pool[2]], position=3)

    third = role_with([pool[0], pool[4], pool[5]], position=2)

    assert found(role) == [(whole, 1, 1), (half, 2, 4), (third, 1, 3)]


def test_ties_go_to_the_order_of_the_lists_on_the_site():
    (skill,) = skills(1)
    role = role_with([skill], position=1)
    last = role_with([skill], position=30, slug="a")
    second = role_with([skill], position=20, slug="c")

    first = role_with([skill], position=20, slug="b")

    assert [each.role for each in nearest_roles(role)] == [first, second, last]


def test_only_as_many_as_asked_for():
    (skill,) = skills(1)
    role = role_with([skill])

    for _ in range(5):
        role_with([skill])

    assert len(nearest_roles(role)) == 4
    assert len(nearest_roles(role, count=2)) == 2


def loaded(*roles):
    """The roles as a comparison loads them: with their links to published skills."""
    links = RoleSkill.objects.on_published_skills()
    chosen = Role.objects.filter(pk__in=[role.pk for role in roles]).prefetch_related(Prefetch("role_skills", links))
    return list(chosen)


@pytest.mark.parametrize("count", [3, 100])
def test_nearest_roles_cost_two_queries_however_many_roles(django_assert_num_queries, count):
    [role] = loaded(many_roles(count)[0])

    with django_assert_num_queries(2):
        near = found(role)

    assert near


def test_pairs_are_counted_in_both_directions():
    pool = skills(4)
    small = role_with(pool[:2])

    large = role_with(pool[1:])

    pairs = pairwise(loaded(small, large))
    assert set(pairs) == {(small.pk, large.pk), (large.pk, small.pk)}
    there, back = pairs[small.pk, large.pk], pairs[large.pk, small.pk]
    assert (there.role, there.shared, there.needed) == (large, 1, 3)
    assert (back.role, back.shared, back.needed) == (small, 1, 2)


def test_pair_without_common_skills_is_counted_as_none():
    here, there = skills(2)
    one, other = role_with([here]), role_with([there])

    pairs = pairwise(loaded(one, other))

    assert (pairs[one.pk, other.pk].shared, pairs[one.pk, other.pk].needed) == (0, 1)


def test_pairs_ignore_drafts_of_skills_and_skills_that_merely_help():
    shared, helpful = skills(2)
    draft = SkillFactory()
    one, other = role_with([shared, draft]), role_with([shared, draft])
    for role in (one, other):
        RoleSkillFactory(role=role, skill=helpful, importance=HELPS)

    pairs = pairwise(loaded(one, other))

    assert (pairs[one.pk, other.pk].shared, pairs[one.pk, other.pk].needed) == (1, 1)


def test_pairs_and_nearest_roles_agree():
    roles = many_roles(6)

    pairs = pairwise(loaded(*roles))

    for role in roles:
        for near in nearest_roles(role, count=10):
            pair = pairs[role.pk, near.role.pk]
            assert (pair.shared, pair.needed) == (near.shared, near.needed)


def test_nearest_roles_name_what_is_missing_as_bridges_do():
    pool = skills(5)
    one, other = role_with(pool[:2]), role_with(pool[1:4])
    RoleSkillFactory(role=other, skill=SkillFactory())
    RoleSkillFactory(role=other, skill=pool[4], importance=HELPS)

    [near] = nearest_roles(one)

    assert [link.skill for link in near.missing] == pool[2:4]
    assert near == bridge(*loaded(one, other))


def test_pairs_of_loaded_roles_cost_no_query(django_assert_num_queries):
    roles = loaded(*many_roles(6))

    with django_assert_num_queries(0):
        pairwise(roles)


def test_bridge_names_what_is_missing_and_agrees_with_the_pairs():
    pool = skills(4)
    small = role_with(pool[:2])
    large = role_with(pool[1:])
    one, other = loaded(small, large)

    there = bridge(one, other)

    assert (there.role, there.shared, there.needed) == (large, 1, 3)
    assert [link.skill for link in there.missing] == pool[2:]
    pair = pairwise([one, other])[small.pk, large.pk]
    assert (pair.shared, pair.needed) == (there.shared, there.needed)
