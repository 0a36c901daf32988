import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from dispatch.levels import Counts, suggest_level
from dispatch.rules import LEVELS
from dispatch.terms import Level

RULES = {r.code: r for r in LEVELS}


@pytest.mark.parametrize(("field", "at", "level"), [
    ("dead", 30, 1), ("dead", 29, 2), ("dead", 10, 2), ("dead", 9, 3), ("dead", 3, 3),
    ("dead", 2, 4), ("severe", 100, 1), ("severe", 99, 2), ("severe", 50, 2), ("severe", 49, 3),
    ("severe", 10, 3), ("severe", 9, 4), ("loss_yuan", 1e8, 1), ("loss_yuan", 1e8 - 1, 2),
    ("loss_yuan", 5e7, 2), ("loss_yuan", 5e7 - 1, 3), ("loss_yuan", 1e7, 3),
    ("loss_yuan", 1e7 - 1, 4), ("at_risk", 10, 3), ("at_risk", 9, 4), ("trapped", 3, 3),
    ("missing", 2, 4), ("evacuated", 500, 3), ("evacuated", 499, 4)])
def test_every_boundary_of_the_rule_rows(field: str, at: float, level: int) -> None:
    found = suggest_level(Counts(**{field: at}), "fire", RULES)  # type: ignore[arg-type]
    assert found.level == Level(level)
    assert found.basis


def test_nothing_recorded_suggests_nothing() -> None:
    assert suggest_level(Counts(), "fire", RULES).level is None


def test_an_earthquake_counts_the_missing_among_the_dead() -> None:
    counts = Counts(dead=40, missing=10)
    assert suggest_level(counts, "quake", RULES).level == Level.II
    assert suggest_level(counts, "fire", RULES).level == Level.I


def test_trapped_and_missing_count_together() -> None:
    assert suggest_level(Counts(trapped=2, missing=1), "fire", RULES).level == Level.III


@given(st.integers(0, 60), st.integers(0, 200), st.integers(0, 2 * 10**8),
       st.sampled_from(["dead", "severe", "loss_yuan"]))
def test_more_harm_never_lowers_the_level(dead: int, severe: int, loss: int, more: str) -> None:
    counts = {"dead": dead, "severe": severe, "loss_yuan": loss}
    less = suggest_level(Counts(**counts), "fire", RULES).level
    worse = suggest_level(Counts(**{**counts, more: counts[more] + 1}), "fire", RULES).level
    assert worse is not None
    assert less is None or worse <= less


def test_counts_below_zero() -> None:
    with pytest.raises(Refused, match="below zero"):
        Counts(dead=-1).check()
