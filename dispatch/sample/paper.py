"""Paper 样例日志: gathers entries from everywhere, then writes them in order of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from db.change import RowId
from db.clock import to_text
from dispatch.sample.shifts import Roster
from dispatch.terms import EntryKind
from resources.sample.build import Sample

After = Callable[[RowId], object]
"""Called with the id of a written entry, for the row that belongs to it (a call)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry before it has a number."""

    at: datetime
    kind: EntryKind
    text: str
    event: RowId | None
    order: RowId | None
    actor: str
    after: After | None


@dataclass(slots=True)
class Paper:
    """The lines of the log as they come, in no order."""

    sample: Sample
    roster: Roster
    lines: list[Line] = field(default_factory=list)

    def add(self, at: datetime, kind: EntryKind, text: str, *, event: RowId | None = None,
            order: RowId | None = None, actor: str = "", after: After | None = None) -> None:
        self.lines.append(Line(at, kind, text, event, order, actor, after))

    def write(self) -> None:
        """Number and write the lines; entered when they happened, by who was on watch."""
        self.lines.sort(key=lambda line: line.at)
        for number, line in enumerate(self.lines, self.sample.tx.next_number("log")):
            watch = self.roster.at(line.at)
            first = self.roster.watches[0]
            officer = (watch.main if number % 3 else watch.second) if watch else first.main
            at = to_text(line.at)
            entry = self.sample.tx.insert("log", {
                "no": number, "at": at, "entered_at": at, "kind": line.kind, "text": line.text,
                "event_id": line.event, "order_id": line.order, "actor": line.actor,
                "shift_id": watch.id if watch else None, "officer_id": officer[0],
                "officer": officer[1]})
            if line.after:
                line.after(entry)
