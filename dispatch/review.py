"""The review 复盘 of an event: what the law asks to be summed up, and what will be better.

突发事件应对法 2024 Art. 92: the course and causes, the lessons, and measures to improve, reported
upward. An improvement has an owner and a day, is due like everything else, and is closed with
what came of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark, t
from dispatch.events import event
from dispatch.log import MAX_TEXT, append_to, check_not_future
from dispatch.terms import EntryKind
from resources.localtime import local_day
from resources.people import DESK, Officer, allowed

ImprovementId = NewType("ImprovementId", RowId)
PART_NAMES = {"course": mark("review|Course of events"), "cause": mark("review|Causes"),
              "lessons": mark("review|Lessons"), "measures": mark("review|Measures to improve"),
              "reported_to": mark("review|Reported to")}
"""经过, 原因, 经验教训, 改进措施, 报送单位."""
IMPROVEMENT = "improvement"
ABOUT = "review"
"""The source of log entries about the review itself: they are no part of the event's course."""


@dataclass(frozen=True, slots=True)
class Review:
    """The parts by their names in `PART_NAMES`; empty where nothing is written yet."""

    course: str = ""
    cause: str = ""
    lessons: str = ""
    measures: str = ""
    reported_to: str = ""
    reported_at: datetime | None = None
    at: datetime | None = None
    officer: str = ""

    @property
    def gaps(self) -> tuple[str, ...]:
        """The parts that the law asks for and nobody has written."""
        return tuple(n for n in ("course", "cause", "lessons", "measures") if not getattr(self, n))


@dataclass(frozen=True, slots=True)
class Improvement:
    """One problem and what is done about it, by whom and until when; closed ones stay."""

    id: ImprovementId
    event_id: RowId
    event_number: str
    event_title: str
    problem: str
    measure: str
    owner: str
    due_on: date | None
    done_at: datetime | None
    outcome: str
    done_by: str

    @property
    def open(self) -> bool:
        return self.done_at is None


def review(store: Store, event_id: RowId) -> Review:
    """What is written of an event; all empty before somebody wrote."""
    row = store.one("select * from review where event_id = :id", id=event_id)
    if row is None:
        return Review()
    return Review(row["course"], row["cause"], row["lessons"], row["measures"], row["reported_to"],
                  _instant(row["reported_at"]), from_text(row["at"]), row["officer"])


@allowed(*DESK)
def write_review(store: Store, event_id: RowId, parts: Mapping[str, str], *,
                 reported_at: datetime | None = None, by: Officer) -> Review:
    """Write parts of the review (names in `PART_NAMES`); the log says which changed.

    Raises:
        Refused: a part is too long, or it was reported in the future.
    """
    of, old = event(store, event_id), review(store, event_id)
    new = {n: parts.get(n, getattr(old, n)).strip() for n in PART_NAMES}
    for name, words in new.items():
        if len(words) > MAX_TEXT:
            raise Refused("“{part}” holds up to {most} characters; it has {n}.", field=name,
                          part=t(PART_NAMES[name]), most=MAX_TEXT, n=len(words))
    now = store.clock.now()
    told = check_not_future(reported_at, now) if reported_at else old.reported_at
    changed = [n for n, words in new.items() if words != getattr(old, n)]
    if not changed and told == old.reported_at:
        return old
    row = {**new, "reported_at": to_text(told) if told else None, "at": to_text(now),
           "officer": by.name}
    known = store.value("select id from review where event_id = :id", id=event_id)
    with store.change("review.write", by) as tx:
        if known is None:
            tx.insert("review", {"event_id": event_id, **row})
        else:
            tx.update("review", known, **row)
        append_to(tx, t("After-action of {number} written: {parts}", number=of.number,
                        parts=t(", ").join(t(PART_NAMES[n]) for n in changed)
                        or t("review|Reported to")), kind=EntryKind.EVENT, event=event_id,
                  source=ABOUT, by=by)
    return review(store, event_id)


# improvements

ROWS = """select f.*, e.number as event_number, e.title as event_title,
    coalesce(m.measure, '') as measure, coalesce(m.outcome, '') as outcome,
    coalesce(m.done_by, '') as done_by from finding f join event e on e.id = f.event_id
    left join finding_more m on m.finding_id = f.id"""


@allowed(*DESK)
def add_improvement(store: Store, event_id: RowId, problem: str, *, measure: str = "",
                    owner: str = "", due_on: date | None = None, by: Officer) -> Improvement:
    """Note a problem and what will be better, by whom and until when.

    Raises:
        Refused: no problem, no owner, no day, or one that has passed.
    """
    of = event(store, event_id)
    _check(store, problem, owner, due_on)
    with store.change("improvement.add", by) as tx:
        new = tx.insert("finding", {"event_id": event_id, "kind": IMPROVEMENT,
                                    "text": problem.strip(), "owner": owner.strip(),
                                    "due_on": due_on.isoformat() if due_on else None})
        tx.insert("finding_more", {"finding_id": new, "measure": measure.strip()})
        append_to(tx, t("Improvement of {number}: {problem} → {owner}, until {day}",
                        number=of.number, problem=problem.strip(), owner=owner.strip(),
                        day=due_on), kind=EntryKind.EVENT, event=event_id,
                  source=ABOUT, by=by)
    return improvement(store, ImprovementId(new))


@allowed(*DESK)
def edit_improvement(store: Store, id: ImprovementId, *, problem: str,  # noqa: A002
                     measure: str, owner: str, due_on: date | None, by: Officer) -> Improvement:
    """Change an improvement that is open.

    Raises:
        Refused: as when adding, or it is closed.
    """
    old = _need_open(store, id)
    _check(store, problem, owner, due_on, kept=old.due_on)
    with store.change("improvement.edit", by) as tx:
        tx.update("finding", id, text=problem.strip(), owner=owner.strip(),
                  due_on=due_on.isoformat() if due_on else None)
        _put_more(tx, id, measure=measure.strip())
        append_to(tx, t("Improvement of {number} changed: {problem} → {owner}, until {day}",
                        number=old.event_number, problem=problem.strip(), owner=owner.strip(),
                        day=due_on), kind=EntryKind.EVENT,
                  event=old.event_id, source=ABOUT, by=by)
    return improvement(store, id)


@allowed(*DESK)
def close_improvement(store: Store, id: ImprovementId, outcome: str, *,  # noqa: A002
                      by: Officer) -> Improvement:
    """Close an improvement 销号 with what came of it.

    Raises:
        Refused: nothing is said, or it is closed.
    """
    old = _need_open(store, id)
    if not outcome.strip():
        raise Refused("Say what came of it.", field="outcome")
    with store.change("improvement.close", by) as tx:
        tx.update("finding", id, done_at=to_text(store.clock.now()))
        _put_more(tx, id, outcome=outcome.strip(), done_by=by.name)
        append_to(tx, t("Improvement of {number} closed: {problem}; {outcome}",
                        number=old.event_number, problem=old.problem, outcome=outcome.strip()),
                  kind=EntryKind.EVENT,
                  event=old.event_id, source=ABOUT, by=by)
    return improvement(store, id)


def _put_more(tx: Transaction, id: RowId, **values: str) -> None:  # noqa: A002
    known = tx.run("select id from finding_more where finding_id = :id", id=id).fetchone()
    if known is None:
        tx.insert("finding_more", {"finding_id": id, **values})
    else:
        tx.update("finding_more", known["id"], **values)


def improvement(store: Store, id: RowId) -> Improvement:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    row = store.one(f"{ROWS} where f.id = :id", id=id)
    if row is None:
        raise Refused("There is no such improvement.")
    return _improvement(row)


def improvements(store: Store, event_id: RowId) -> list[Improvement]:
    """The improvements of an event: open ones by their day, then closed ones."""
    return [_improvement(r) for r in store.read(
        f"{ROWS} where f.event_id = :id order by f.done_at is not null, f.due_on, f.id",
        id=event_id)]


def open_improvements(store: Store) -> list[Improvement]:
    """Everything that is still to be made better, the soonest first."""
    return [_improvement(r) for r in store.read(
        f"{ROWS} where f.done_at is null and f.due_on is not null order by f.due_on, f.id")]


def _improvement(row: Any) -> Improvement:
    return Improvement(
        ImprovementId(RowId(row["id"])), row["event_id"], row["event_number"], row["event_title"],
        row["text"], row["measure"], row["owner"],
        date.fromisoformat(row["due_on"]) if row["due_on"] else None, _instant(row["done_at"]),
        row["outcome"], row["done_by"])


def _need_open(store: Store, id: RowId) -> Improvement:  # noqa: A002 - the reader's own word
    old = improvement(store, id)
    if not old.open:
        raise Refused("This improvement was closed by {name} already.", name=old.done_by or "—")
    return old


def _check(store: Store, problem: str, owner: str, due_on: date | None,
           kept: date | None = None) -> None:
    if not problem.strip():
        raise Refused("Say what went wrong.", field="problem")
    if not owner.strip():
        raise Refused("Say who makes it better.", field="owner")
    if due_on is None:
        raise Refused("Say until when.", field="due_on")
    if due_on < local_day(store.clock.now()) and due_on != kept:
        raise Refused("{day} has passed.", field="due_on", day=due_on)


def _instant(text: str | None) -> datetime | None:
    return from_text(text) if text else None
