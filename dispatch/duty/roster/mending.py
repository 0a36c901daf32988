"""A way out of a conflict 换法建议: who could trade the duty that breaks a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.words import t
from dispatch.duty.roster.board import Board
from dispatch.duty.roster.problem import Cell
from dispatch.duty.roster.swaps import ways
from dispatch.duty.roster.validate import Breach
from dispatch.terms import POST_NAMES
from resources.people import OfficerId

LOOKED_AT = 3
"""Conflicts for which a way out is looked for; the first that has one is offered."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The duty `give` goes to another, who gives `back` for it; no rule is broken by it."""

    breach: Breach
    give: Cell
    to_id: OfficerId
    words: str
    back: Cell | None


def suggestion(board: Board, now: datetime) -> Suggestion | None:
    """The first trade that mends a conflict of a duty to come."""
    starts = {s.key: s.starts_at for s in board.problem.slots}
    names = {p.id: p.name for p in board.problem.people}
    for breach in [b for b in board.breaches if b.cells][:LOOKED_AT]:
        for give in reversed(breach.cells):
            if starts[give.key] <= now:
                continue
            found = next(ways(board.problem, set(board.cells), give, now), None)
            if found is not None:
                person, back = found
                words = _words(give, names.get(give.person, ""), person.name, back)
                return Suggestion(breach, give, person.id, words, back)
    return None


def _words(give: Cell, own: str, name: str, back: Cell | None) -> str:
    post, day = t(POST_NAMES[give.post]), f"{give.key.day:%m-%d}"
    if back is None:
        return t("{name} takes {post} on {day} from {own}; no rule is broken", name=name,
                 post=post, day=day, own=own)
    return t("{own} trades {post} on {day} for {back} of {name}; no rule is broken", own=own,
             post=post, day=day, back=f"{back.key.day:%m-%d}", name=name)
