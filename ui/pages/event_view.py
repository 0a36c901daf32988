"""The event in view 事件视图: everything the event page shows, read from the store at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.change import RowId
from db.store import Store
from db.words import mark, t
from dispatch.events import Event, event
from dispatch.grading import CountsAt, casualties
from dispatch.log import LogEntry, entries
from dispatch.orders import Order
from dispatch.past.orders import all_orders
from dispatch.proposals import Proposals, fits_of, needs_of, propose
from dispatch.reports_up import next_sendings
from dispatch.safety import watches
from dispatch.sendings import Sending
from dispatch.terms import EventState, Stage
from ui.moments import clock
from ui.pages.event_rows import meta_words
from ui.shown import arrival, report_words
from ui.widgets.capabilities import Capability, Cover
from ui.widgets.event_head import HeadFacts

STATE_NAMES = {EventState.OPEN: mark("state|In hand"), EventState.CLOSED: mark("state|Closed"),
               EventState.MERGED: mark("state|Merged")}
LOG_MOST = 500


@dataclass(frozen=True, slots=True)
class EventView:
    """One event with what hangs on it; `log` is oldest first."""

    of: Event
    orders: tuple[Order, ...]
    log: tuple[LogEntry, ...]
    series: tuple[CountsAt, ...]
    waiting: tuple[Sending, ...]
    proposals: Proposals
    capabilities: dict[RowId, tuple[str, ...]]
    checks: dict[RowId, datetime | None]

    @property
    def open(self) -> bool:
        return self.of.state == EventState.OPEN


def read_view(store: Store, id: RowId) -> EventView:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is no such event.
    """
    found = event(store, id)
    log = entries(store, event=id, limit=LOG_MOST)
    is_open = found.state == EventState.OPEN
    needs = tuple(needs_of(store, found.subtype))
    proposals = propose(store, id) if is_open else Proposals(needs, (), ())
    orders = all_orders(store, id)
    fits = fits_of(store, id, frozenset(n.capability for n in needs))
    checks: dict[RowId, datetime | None] = {
        w.order.id: w.due_at for w in watches(store, orders)}
    return EventView(found, tuple(orders), tuple(reversed(log)),
                     tuple(casualties(store, found.id)), tuple(next_sendings(store, found.id)),
                     proposals, fits, checks)


def head_facts(view: EventView) -> HeadFacts:
    """The head line: who is there counts whoever arrived and is not back."""
    of, waiting = view.of, view.waiting
    there = [o for o in view.orders if o.on_scene]
    asked = [o for o in view.orders if o.stage not in (Stage.REFUSED, Stage.CANCELLED)]
    response = ""
    if of.response_level is not None:
        response = t("Response level {n}", n=of.response_level)
    note = ""
    if of.response_level is not None and of.response_at:
        note = t("{time} started · {name}", time=clock(of.response_at), name=of.response_by)
    report = ""
    if waiting:
        report = report_words(waiting[0])
    return HeadFacts(
        of.number, of.title, meta_words(of), int(of.level or 0), t(STATE_NAMES[of.state]),
        view.open, of.received_at, of.closed_at, len(there), len(asked),
        sum(o.people or 0 for o in there), response, note, report,
        waiting[0].due_at if waiting else None)


def capability_chips(view: EventView) -> tuple[list[Capability], str]:
    """What the plan calls for and how it stands; then who could bring what is missing.

    A force that was there and went home has done its part; in an ended event whoever was sent
    and neither refused nor was cancelled counts, whether each of its stages was stamped or not.
    """
    gone = (Stage.REFUSED, Stage.CANCELLED)
    there = {c for o in view.orders if o.stage not in gone
             and (arrival(o) or not view.open)
             for c in view.capabilities.get(o.force_id, ())}
    coming = {c for o in view.orders if o.out and not o.on_scene
              for c in view.capabilities.get(o.force_id, ())}
    chips, missing = [], []
    for name in dict.fromkeys(n.capability for n in view.proposals.needs
                              if n.from_kind == "force"):
        cover = (Cover.THERE if name in there else
                 Cover.COMING if name in coming else Cover.MISSING)
        chips.append(Capability(name, cover))
        if cover is Cover.MISSING:
            missing.append(name)
    return chips, _advice(view, missing) if view.open else ""


def _advice(view: EventView, missing: list[str]) -> str:
    for name in missing:
        best = next((p for p in view.proposals.forces if not p.out and name in p.fits), None)
        if best is not None and best.minutes is not None:
            return t("{what}: {force} can be there in {n} min", what=name, force=best.name,
                     n=best.minutes)
    return t("{what}: nobody free", what=missing[0]) if missing else ""


def log_filter(entry: LogEntry, key: str) -> bool:
    """Whether an entry belongs to a filter of the event's log."""
    kinds = {"force": ("order", "stage", "alarm"), "instruction": ("instruction",),
             "report": ("report",)}.get(key)
    return kinds is None or entry.kind in kinds


def now_or_end(view: EventView, now: datetime) -> datetime:
    return view.of.closed_at or now
