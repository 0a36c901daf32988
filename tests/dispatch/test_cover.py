"""The cover of needs against brute force, and what it must do in the cases that officers meet."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.cover import Candidate, Cover, best, greedy, lacking

NAMES = ("灭火", "堵漏", "洗消", "医疗急救")
DEMANDS = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), max_size=4)
CANDIDATES = st.lists(st.tuples(
    st.frozensets(st.sampled_from(NAMES), max_size=3), st.integers(1, 40)), max_size=8).map(
        lambda rows: [Candidate(n, offers, m) for n, (offers, m) in enumerate(rows)])
Score = tuple[int, int, int, int]


def score(demands: dict[str, int], chosen: list[Candidate]) -> Score:
    """The four aims of a set, straight from their words."""
    missing, last = 0, 0
    for name, quantity in demands.items():
        times = sorted(c.minutes for c in chosen if name in c.offers)
        missing += max(0, quantity - len(times))
        met = min(quantity, len(times))
        last = max(last, times[met - 1] if met else 0)
    return missing, last, sum(c.minutes for c in chosen), len(chosen)


def by_brute_force(demands: dict[str, int], candidates: list[Candidate]) -> Score:
    return min(score(demands, list(some)) for n in range(len(candidates) + 1)
               for some in combinations(candidates, n))


def scored(demands: dict[str, int], candidates: list[Candidate], found: Cover) -> Score:
    chosen = [c for c in candidates if c.id in found.chosen]
    assert (found.uncovered, found.ready_in, found.total, len(found.chosen)) == score(
        demands, chosen)
    return score(demands, chosen)


@settings(max_examples=60, deadline=None)
@given(DEMANDS, CANDIDATES)
def test_the_best_cover_is_as_good_as_trying_every_set(
        demands: dict[str, int], candidates: list[Candidate]) -> None:
    aim = by_brute_force(demands, candidates)
    found = best(demands, candidates)
    assert found.proven
    assert scored(demands, candidates, found) == aim
    quick = scored(demands, candidates, greedy(demands, candidates))
    assert quick[:2] == aim[:2]
    assert quick >= aim


def test_greedy_can_be_beaten_and_says_that_it_is_not_proven() -> None:
    rows = [(("灭火", "堵漏", "洗消"), 12), (("灭火", "堵漏"), 7), (("洗消",), 6), (("堵漏",), 1)]
    candidates = [Candidate(n, frozenset(o), m) for n, (o, m) in enumerate(rows)]
    demands = {"灭火": 1, "堵漏": 1, "洗消": 1}
    assert not greedy(demands, candidates).proven
    assert best(demands, candidates).chosen == (2, 1)


@pytest.mark.parametrize("solve", [greedy, best])
def test_nothing_asked_for_sends_nobody(solve: object) -> None:
    assert callable(solve)
    assert solve({}, [Candidate(1, frozenset({"灭火"}), 3)]).chosen == ()
    assert solve({"灭火": 2}, []).missing == {"灭火": 2}


def test_what_is_lacking_follows_what_is_chosen() -> None:
    assert lacking({"灭火": 2, "洗消": 1}, [frozenset({"灭火", "洗消"})]) == {"灭火": 1}
