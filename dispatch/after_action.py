"""The after-action 复盘: all that is known of one event, open or closed, read at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from db.change import RowId
from db.store import Store
from db.words import t
from dispatch.events import Event, event
from dispatch.grading import CountsAt, casualties
from dispatch.instructions import Instruction, instructions_of
from dispatch.log import LogEntry, entries
from dispatch.norms import Norms, norms
from dispatch.orders import Order
from dispatch.past.orders import PastLine, all_orders, past_lines
from dispatch.printouts.phrases import tenths
from dispatch.review import ABOUT, PART_NAMES, Improvement, Review, improvements, review
from dispatch.sendings import Sending, sendings
from dispatch.sent_out import Sent, sent_to
from dispatch.terms import STAGE_NAMES, Stage
from dispatch.timeline import INTERVAL_NAMES, Interval, Spread, intervals, spreads

ALL = 1_000_000
ASKED = (Stage.CONFIRMED, Stage.DEPARTED, Stage.ARRIVED, Stage.RETURNED)
"""Stages without which the intervals of a force cannot be told."""


@dataclass(frozen=True, slots=True)
class AfterAction:
    """One event with what hangs on it; `log` and `past` are oldest first.

    Entries about the review itself, written long afterwards, are left out of `log`.
    """

    of: Event
    orders: tuple[Order, ...]
    log: tuple[LogEntry, ...]
    past: tuple[PastLine, ...]
    series: tuple[CountsAt, ...]
    instructions: tuple[Instruction, ...]
    sendings: tuple[Sending, ...]
    sent: tuple[Sent, ...]
    review: Review
    improvements: tuple[Improvement, ...]
    norms: Norms

    @property
    def intervals(self) -> list[Interval]:
        return intervals(self.orders)

    @property
    def start(self) -> datetime:
        return min([self.of.received_at, *(e.at for e in self.log), *(p.at for p in self.past)])

    @property
    def end(self) -> datetime:
        """When it was closed, else the last thing that is known of it."""
        return self.of.closed_at or self.last

    @property
    def last(self) -> datetime:
        """The last thing that is known of it, a report sent after its end too."""
        return max([self.of.received_at, *(e.at for e in self.log), *(p.at for p in self.past),
                    *(s.at for o in self.orders for s in o.stamps)])


def read_after_action(store: Store, event_id: RowId, most: int = ALL) -> AfterAction:
    """Everything of an event; of its log the newest `most` entries.

    Raises:
        Refused: there is no such event.
    """
    of = event(store, event_id)
    return AfterAction(
        of, tuple(all_orders(store, of.id)),
        tuple(e for e in reversed(entries(store, event=of.id, limit=most)) if e.source != ABOUT),
        tuple(past_lines(store, of.id)),
        tuple(casualties(store, of.id)), tuple(instructions_of(store, of.id)),
        tuple(sendings(store, of.id)), tuple(sent_to(store, of.id)), review(store, of.id),
        tuple(improvements(store, of.id)), norms(store, of.received_at))


@dataclass(frozen=True, slots=True)
class Measured:
    """One interval over all forces: its spread, the norm where there is one, who kept it."""

    name: str
    spread: Spread
    norm: float | None
    basis: str
    met: int
    judged: int


def measured(of: AfterAction) -> list[Measured]:
    """The four intervals of an event against their norms. Pure."""
    rows = of.intervals
    found = []
    for name, spread in spreads(rows).items():
        timed = [(row, took) for row in rows if (took := getattr(row, name)) is not None]
        limits = [(took, limit) for row, took in timed
                  if (limit := of.norms.of(row.kind, name)) is not None]
        found.append(Measured(
            INTERVAL_NAMES[name], spread, of.norms.said(name, {row.kind for row, _ in timed}),
            of.norms.basis.get(name, ""), sum(took <= limit for took, limit in limits),
            len(limits)))
    return found


def gaps(of: AfterAction) -> list[str]:
    """What the record lacks or shows as not done, in sentences. Pure."""
    return [*_force_gaps(of), *_duty_gaps(of), *_review_gaps(of)]


def _force_gaps(of: AfterAction) -> Iterator[str]:
    for order in of.orders:
        if order.past and order.outcome:
            yield t("{force}: {what}", force=order.force_name, what=order.outcome)
        elif not order.past and not order.out and order.stage is Stage.RETURNED:
            missing = [t(STAGE_NAMES[s]) for s in ASKED if order.at(s) is None]
            if missing:
                yield t("{force}: not stamped: {stages}", force=order.force_name,
                        stages=t(", ").join(missing))
        late = [s for s in order.stamps if s.backfilled]
        if late and not order.past:
            yield t("{force}: {n} stage times were entered afterwards", force=order.force_name,
                    n=len(late))
    for row in of.intervals:
        if row.over is not None and row.over > 0:
            yield t("{force}: {n} min later than promised", force=row.force, n=tenths(row.over))


def _duty_gaps(of: AfterAction) -> Iterator[str]:
    for one in of.sendings:
        if one.waived and (of.of.closed_at is None or one.due_at <= of.of.closed_at):
            yield t("Report to {to} not sent: {why}", to=one.recipient, why=one.waived)
        if one.late:
            yield t("Report to {to} sent late", to=one.recipient)
    for told in of.instructions:
        if not told.feedback:
            yield t("Instruction of {leader}: no feedback", leader=told.leader)
        if not told.passings:
            yield t("Instruction of {leader}: passed on to nobody", leader=told.leader)


def _review_gaps(of: AfterAction) -> Iterator[str]:
    if of.review.gaps:
        yield t("After-action not written yet: {parts}", parts=t(", ").join(
            t(PART_NAMES[n]) for n in of.review.gaps))
