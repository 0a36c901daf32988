"""Swaps 换班: asked for on a published month, granted or refused by a leader, kept for ever."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.duty.roster.months import cells_of, month_record, month_slots, problem_of
from dispatch.duty.roster.problem import Cell, Key, Person, Problem
from dispatch.duty.roster.publish import keep_version, shift_of
from dispatch.duty.roster.terms import MonthState, SwapState
from dispatch.duty.roster.validate import Breach, breaches
from dispatch.log import append_to
from dispatch.terms import EntryKind
from resources.people import DESK, Officer, OfficerId, Role, allowed


@dataclass(frozen=True, slots=True)
class Swap:
    """Somebody's duty goes to another, who may give one of their own for it."""

    id: RowId
    first: date
    from_id: OfficerId
    from_name: str
    from_key: Key
    to_id: OfficerId
    to_name: str
    to_key: Key | None
    reason: str
    state: SwapState
    asked_at: datetime
    asked_by: str
    decided_by: str
    answer: str

    @property
    def words(self) -> str:
        """`王敏 10-21 ⇄ 白鹭 10-19`."""
        back = f" {self.to_key.day:%m-%d}" if self.to_key else ""
        return f"{self.from_name} {self.from_key.day:%m-%d} ⇄ {self.to_name}{back}"


def swaps(store: Store, first: date, *, open_only: bool = False) -> tuple[Swap, ...]:
    """The swaps of a month, the newest first."""
    rows = store.read("""select s.*, m.month, a.name as from_name, b.name as to_name
        from duty_swap s join roster_month m on m.id = s.month_id
        join officer a on a.id = s.from_id join officer b on b.id = s.to_id
        where m.month = :month and (:all or s.state = 'asked') order by s.id desc""",
        month=f"{first:%Y-%m}", all=int(not open_only))
    return tuple(_swap(row) for row in rows)


def _swap(row: sqlite3.Row) -> Swap:
    back = Key(date.fromisoformat(row["to_day"]), row["to_slot"]) if row["to_day"] else None
    return Swap(RowId(row["id"]), date.fromisoformat(f"{row['month']}-01"),
                OfficerId(RowId(row["from_id"])), row["from_name"],
                Key(date.fromisoformat(row["from_day"]), row["from_slot"]),
                OfficerId(RowId(row["to_id"])), row["to_name"], back, row["reason"],
                SwapState(row["state"]), from_text(row["asked_at"]), row["asked_by"],
                row["decided_by"], row["answer"])


def duty_of(cells: dict[Cell, bool], person: int, key: Key) -> Cell | None:
    return next((c for c in cells if c.person == person and c.key == key), None)


def swapped(cells: set[Cell], give: Cell, to_id: OfficerId, back: Cell | None) -> set[Cell]:
    """The month after a swap."""
    after = cells - {give, back} if back else cells - {give}
    after.add(Cell(to_id, give.key, give.post))
    if back:
        after.add(Cell(give.person, back.key, back.post))
    return after


def broken_by(problem: Problem, cells: set[Cell], give: Cell, to_id: OfficerId,
              back: Cell | None) -> list[Breach]:
    """What a swap would break that is not broken now.

    Only the two people and the shifts they change are looked at: nothing else can differ. A
    lock holds a cell against the solver, not against a swap.
    """
    keys = {give.key, back.key} if back else {give.key}
    near = replace(problem, held=frozenset(),
                   needs={seat: n for seat, n in problem.needs.items() if seat[0] in keys})
    some = {c for c in cells if c.key in keys or c.person in (give.person, to_id)}
    known = Counter((b.kind, b.words) for b in breaches(near, some))
    wrong = []
    for breach in breaches(near, swapped(some, give, to_id, back)):
        known[breach.kind, breach.words] -= 1
        if known[breach.kind, breach.words] < 0:
            wrong.append(breach)
    return wrong


@allowed(*DESK)
def ask_swap(store: Store, first: date, from_id: int, from_key: Key, to_id: int,
             to_key: Key | None = None, *, reason: str, by: Officer) -> Swap:
    """Ask that another takes over a duty of a published month, or trades one for it.

    Raises:
        Refused: the month is a draft, no reason, no such duty, it has begun, or is asked for
            already, or the swap would break a rule (which is said).
    """
    record = month_record(store, first)
    if record.state is not MonthState.PUBLISHED:
        raise Refused("{month} is still a draft: change the cells themselves.",
                      month=f"{first:%Y-%m}")
    if not reason.strip():
        raise Refused("Say why the duty is swapped.", field="reason")
    if any(s.from_id == from_id and s.from_key == from_key
           for s in swaps(store, first, open_only=True)):
        raise Refused("A swap of this duty waits for an answer already.")
    _check(store, first, from_id, from_key, to_id, to_key)
    with store.change("roster.swap.ask", by) as tx:
        made = tx.insert("duty_swap", {
            "month_id": record.id, "from_id": from_id, "from_day": from_key.day.isoformat(),
            "from_slot": from_key.n, "to_id": to_id,
            "to_day": to_key.day.isoformat() if to_key else None,
            "to_slot": to_key.n if to_key else None, "reason": reason.strip(),
            "asked_at": to_text(store.clock.now()), "asked_by": by.name})
    return next(s for s in swaps(store, first) if s.id == made)


def _check(store: Store, first: date, from_id: int, from_key: Key, to_id: int,
           to_key: Key | None) -> tuple[Cell, Cell | None]:
    """The duties that change hands, when nothing speaks against it."""
    cells, problem = cells_of(store, first), problem_of(store, first)
    give = duty_of(cells, from_id, from_key)
    back = duty_of(cells, to_id, to_key) if to_key else None
    if give is None or (to_key is not None and back is None):
        raise Refused("There is no such duty on the roster any more.", field="to")
    if from_id == to_id:
        raise Refused("A swap takes two people.", field="to")
    now = store.clock.now()
    for cell in (give, back):
        if cell and problem.slot(cell.key).starts_at <= now:
            raise Refused("The shift of {day} has begun. Replace the person at the handover.",
                          field="to", day=f"{cell.key.day:%m-%d}")
    after = swapped(set(cells), give, OfficerId(RowId(to_id)), back)
    if len({(c.person, c.key) for c in after}) < len(after):
        raise Refused("That person is on duty in this shift already.", field="to")
    wrong = broken_by(problem, set(cells), give, OfficerId(RowId(to_id)), back)
    if wrong:
        raise Refused("This swap breaks a rule: {why}. Choose another.", field="to",
                      why=wrong[0].words)
    return give, back


def partners(store: Store, first: date, from_id: int, from_key: Key
             ) -> list[tuple[OfficerId, str, Key | None]]:
    """Who could take a duty without breaking a rule: as a trade first, then as a gift."""
    cells, problem = cells_of(store, first), problem_of(store, first)
    give = duty_of(cells, from_id, from_key)
    if give is None:
        return []
    return [(p.id, p.name, back.key if back else None)
            for p, back in ways(problem, set(cells), give, store.clock.now())]


def ways(problem: Problem, cells: set[Cell], give: Cell, now: datetime
         ) -> Iterator[tuple[Person, Cell | None]]:
    """Swaps of a duty that break no rule: trades by the nearness of their days, then gifts."""
    starts = {s.key: s.starts_at for s in problem.slots}
    able = [p for p in problem.people if p.id != give.person and give.post in p.posts]
    known = {p.id: p for p in able}
    trades = sorted((c for c in cells if c.person in known and c.post is give.post
                     and starts[c.key] > now and c.key != give.key),
                    key=lambda c: (abs(c.key.day - give.key.day), c))
    for person, back in [*((known[c.person], c) for c in trades), *((p, None) for p in able)]:
        after = swapped(cells, give, person.id, back)
        if len({(c.person, c.key) for c in after}) == len(after) and not broken_by(
                problem, cells, give, person.id, back):
            yield person, back


@allowed(Role.LEADER, Role.ADMIN)
def decide_swap(store: Store, swap_id: int, *, granted: bool, answer: str = "",
                by: Officer) -> Swap:
    """Grant or refuse a swap; a granted one changes the roster and the desk at once.

    Raises:
        Refused: it was decided before, nothing was said against a refusal's why, or it would
            now break a rule.
    """
    swap = _open(store, swap_id)
    if not granted and not answer.strip():
        raise Refused("Say why the swap is not granted.", field="answer")
    record = month_record(store, swap.first)
    with store.change("roster.swap.decide", by) as tx:
        if granted:
            give, back = _check(store, swap.first, swap.from_id, swap.from_key, swap.to_id,
                                swap.to_key)
            for cell, taker in ((give, swap.to_id), (back, swap.from_id)):
                if cell:
                    _hand_on(tx, record.id or RowId(0), cell, taker)
            _reseat(tx, store, swap, give, back)
            after = cells_of(store, swap.first)
            keep_version(tx, record, after, by, t("swap|Swap: {words}", words=swap.words))
        state = SwapState.GRANTED if granted else SwapState.REFUSED
        tx.update("duty_swap", swap_id, state=str(state), decided_by=by.name,
                  decided_at=to_text(store.clock.now()), answer=answer.strip())
        said = t("watch|Swap granted: {words} ({reason})", words=swap.words, reason=swap.reason) \
            if granted else t("watch|Swap not granted: {words} ({why})", words=swap.words,
                              why=answer.strip())
        append_to(tx, said, kind=EntryKind.SHIFT, by=by)
    return next(s for s in swaps(store, swap.first) if s.id == swap_id)


def _open(store: Store, swap_id: int) -> Swap:
    row = store.one("""select s.*, m.month, a.name as from_name, b.name as to_name
        from duty_swap s join roster_month m on m.id = s.month_id
        join officer a on a.id = s.from_id join officer b on b.id = s.to_id
        where s.id = :id""", id=swap_id)
    if row is None or row["state"] != "asked":
        raise Refused("This swap was decided before.")
    return _swap(row)


@allowed(*DESK)
def withdraw_swap(store: Store, swap_id: int, *, by: Officer) -> None:
    """Take a swap back that nobody decided yet.

    Raises:
        Refused: it was decided.
    """
    _open(store, swap_id)
    with store.change("roster.swap.withdraw", by) as tx:
        tx.update("duty_swap", swap_id, state=str(SwapState.WITHDRAWN), decided_by=by.name,
                  decided_at=to_text(store.clock.now()))


def _hand_on(tx: Transaction, month_id: RowId, cell: Cell, taker: OfficerId) -> None:
    where = {"month": month_id, "day": cell.key.day.isoformat(), "slot": cell.key.n}
    tx.run("""delete from roster_cell where month_id = :month and day = :day and slot = :slot
        and officer_id = :who""", **where, who=cell.person)
    tx.insert("roster_cell", {"month_id": month_id, "officer_id": taker,
                              "day": cell.key.day.isoformat(), "slot": cell.key.n,
                              "post": str(cell.post), "locked": 1})


def _reseat(tx: Transaction, store: Store, swap: Swap, give: Cell, back: Cell | None) -> None:
    """The desk's seats: who gave a duty up stays on record as replaced."""
    slots = {s.key: s for s in month_slots(store, month_record(store, swap.first))}
    for cell, taker in ((give, swap.to_id), (back, swap.from_id)):
        if cell is None:
            continue
        shift_id = shift_of(tx, slots[cell.key])
        note = t("swap|Swap: {words}", words=swap.words)
        tx.run("""update seat_on_shift set state = 'replaced', note = :note
            where shift_id = :shift and officer_id = :who and post = :post""",
            shift=shift_id, who=cell.person, post=str(cell.post), note=note)
        tx.run("""insert into seat_on_shift (id, shift_id, officer_id, post, state, note)
            values (:id, :shift, :who, :post, 'planned', :note)
            on conflict (shift_id, officer_id, post)
            do update set state = 'planned', note = excluded.note""",
            id=tx.new_id(), shift=shift_id, who=taker, post=str(cell.post), note=note)

