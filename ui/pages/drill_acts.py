"""Acts of the page Drills 演练页办理: what else can be done with the drill or year at hand.

Whoever adds a paper, a plan or a comparison adds an act here; the page shows its key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.pages.drills_page import DrillsPage


@dataclass(frozen=True, slots=True)
class DrillAct:
    """One act: its key, its words (an English source), and what it does on the page."""

    key: str
    words: str
    act: Callable[[DrillsPage], None]


ACTS: tuple[DrillAct, ...] = ()
