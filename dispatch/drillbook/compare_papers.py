"""The comparison of drills and events 对比文书 in the words of its paper."""

from __future__ import annotations

from db.store import Store
from db.words import t
from dispatch.drillbook.compare import Comparison, Line
from dispatch.drillbook.measures import length, pair_words, signed
from dispatch.drillbook.scoring import points_words
from dispatch.drills.terms import POINT_NAMES
from dispatch.duty.papers import district
from dispatch.printouts.drill_compare_sheet import Compared, ComparedLine, CompareFacts

LETTERS = "ABCDEFGH"


def compare_paper(store: Store, of: Comparison) -> CompareFacts:
    """Courses by letters, points and intervals below each other."""
    courses = tuple(Compared(LETTERS[n], c.title, c.note,
                             points_words(c.score) if c.score is not None else "", kind_words(
                                 drill=c.drill)) for n, c in enumerate(of.courses))
    return CompareFacts(district(store).org, store.clock.now(), courses,
                        tuple(_point(x) for x in of.points),
                        tuple(_interval(x) for x in of.intervals))


def kind_words(*, drill: bool) -> str:
    return t("compare|DRILL") if drill else t("compare|Real event")


def line_name(line: Line) -> str:
    """The point, or the interval from one to another."""
    if line.since is None:
        return t(POINT_NAMES[line.until])
    return pair_words(line.since, line.until)


def value_words(line: Line, value: float | None) -> str:
    """A point with its sign, an interval as a length; a dash for what was not reached."""
    if value is None:
        return "—"
    return signed(value) if line.since is None else length(value)


def best_of(line: Line) -> tuple[int, ...]:
    """Which ones are the shortest, where more than one was reached."""
    reached = [v for v in line.values if v is not None]
    if line.since is None or len(reached) < 2 or min(reached) == max(reached):
        return ()
    return tuple(n for n, v in enumerate(line.values) if v == min(reached))


def _point(line: Line) -> ComparedLine:
    return ComparedLine(line_name(line), "", tuple(value_words(line, v) for v in line.values))


def _interval(line: Line) -> ComparedLine:
    return ComparedLine(line_name(line), length(line.norm), tuple(
        value_words(line, v) for v in line.values), best_of(line))
