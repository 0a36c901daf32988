"""Acts of the page Drills 演练页办理: what else can be done with the drill or year at hand.

Whoever adds a paper, a plan or a comparison adds an act here; the page shows its key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.words import mark

if TYPE_CHECKING:
    from ui.pages.drills_page import DrillsPage


@dataclass(frozen=True, slots=True)
class DrillAct:
    """One act: its key, its words (an English source), and what it does on the page."""

    key: str
    words: str
    act: Callable[[DrillsPage], None]


def _of_drill(page: str) -> Callable[[DrillsPage], None]:
    """Turns to a page of the drill book with the drill at hand."""
    def go(drills: DrillsPage) -> None:
        drills.go.emit(page, int(drills.drill.id) if drills.drill else None)

    return go


ACTS: tuple[DrillAct, ...] = (
    DrillAct("P", mark("drills|Plan"), lambda page: page.go.emit("drillplan", None)),
    DrillAct("V", mark("verb|Evaluate"), _of_drill("drilleval")),
    DrillAct("T", mark("page|Report"), _of_drill("drillreport")),
    DrillAct("K", mark("verb|Compare"), _of_drill("drillcompare")))
