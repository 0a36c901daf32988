"""Roll calls 点名: begun from a template, answered unit by unit, asked again, ended, logged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.log import append_to, check_not_future
from dispatch.net.choosing import Choice, chosen
from dispatch.net.templates import Occurrence, Template, drawn_members
from dispatch.net.terms import RESULT_NAMES, RollKind, RollResult, RollWay
from dispatch.net.words import named
from dispatch.terms import EntryKind
from resources.localtime import local
from resources.net import Branch, Member
from resources.numbers import give_number
from resources.people import DESK, Officer, allowed

RollId = NewType("RollId", RowId)
MISSED = (RollResult.SILENT, RollResult.FAULT)
"""Results that are asked again 复核."""


@dataclass(frozen=True, slots=True)
class RollAnswer:
    """One unit of a roll call in one round; `result` None is still to be asked.

    `quality` is that of the radio, 1 to 5.
    """

    id: RowId
    roll_id: RollId
    round: int
    place: int
    kind: str
    row_id: RowId
    name: str
    branch: Branch
    called_at: datetime | None
    answered_at: datetime | None
    result: RollResult | None
    responder: str
    quality: int | None
    note: str
    officer: str


@dataclass(frozen=True, slots=True)
class RollCall:
    """One roll call; `drawn` is the recorded seed of a random one."""

    id: RollId
    number: str
    template_id: RowId | None
    title: str
    kind: RollKind
    way: RollWay
    due_at: datetime | None
    drawn: str
    started_at: datetime
    ended_at: datetime | None
    officer: str

    @property
    def open(self) -> bool:
        return self.ended_at is None


@allowed(*DESK)
def start_roll(store: Store, template: Template, *, at: Occurrence | None = None,
               by: Officer) -> RollCall:
    """Begin a roll call of a template; `at` is the due time that it settles.

    Raises:
        Refused: nobody fits the template any more, or that one was begun already.
    """
    rows = chosen(store, template.choice)
    if at is not None and at.kind is RollKind.RANDOM:
        rows = drawn_members(at.drawn, at.at, rows, template.sample)
    return _start(store, template.name, rows, template.way, template=template, at=at, by=by)


@allowed(*DESK)
def start_by_hand(store: Store, title: str, choice: Choice, way: RollWay, *,
                  by: Officer) -> RollCall:
    """Begin a roll call that no template asks for; Refused as `start_roll`, or without a title."""
    if not title.strip():
        raise Refused("A roll call needs a name.", field="name")
    return _start(store, title.strip(), chosen(store, choice), way, by=by)


def _start(store: Store, title: str, rows: Sequence[Member], way: RollWay, *,
           template: Template | None = None, at: Occurrence | None = None,
           by: Officer) -> RollCall:
    if not rows:
        raise Refused("Nobody on the net fits this choice.", field="who")
    due = to_text(at.at) if at is not None else None
    if due is not None and template is not None and store.value(
            "select 1 from roll_call where template_id = :id and due_at = :due", id=template.id,
            due=due):
        raise Refused("This roll call was begun already.")
    now = store.clock.now()
    with store.change("roll.start", by) as tx:
        new = tx.insert("roll_call", {
            "number": give_number(tx, "roll_call", f"DM-{local(now):%Y}-"),
            "template_id": template.id if template else None, "title": title,
            "kind": at.kind if at is not None else RollKind.BY_HAND, "way": way, "due_at": due,
            "drawn": at.drawn if at is not None else "", "started_at": to_text(now),
            "officer": by.name})
        for place, one in enumerate(rows, 1):
            _ask(tx, RollId(new), 1, place, one.kind, one.id, one.name, one.branch)
    return roll(store, RollId(new))


def _ask(tx: Transaction, of: RollId, turn: int, place: int, kind: str, row: RowId, name: str,
         branch: Branch) -> None:
    tx.insert("roll_answer", {"roll_id": of, "round": turn, "place": place, "kind": kind,
                              "row_id": row, "name": name, "branch": branch})


@allowed(*DESK)
def answer_roll(store: Store, id: RowId, result: RollResult, *, responder: str = "",  # noqa: A002
                quality: int | None = None, note: str = "", called_at: datetime | None = None,
                at: datetime | None = None, by: Officer) -> RollAnswer:
    """Write down a unit's answer; while the roll call is open it may be corrected.

    Raises:
        Refused: the roll call has ended, a quality outside 1 to 5, a time in the future, or
            OTHER without a word.
    """
    if quality is not None and not 1 <= quality <= 5:
        raise Refused("The quality of a radio is 1 to 5.", field="quality")
    if result is RollResult.OTHER and not note.strip():
        raise Refused("Write what it is.", field="note")
    when = check_not_future(at, store.clock.now())
    old = answer(store, id)
    of = roll(store, old.roll_id)
    if not of.open:
        raise Refused("Roll call {number} has ended. Begin another one.", number=of.number)
    called = min(called_at or when, when)
    with store.change("roll.answer", by) as tx:
        tx.update("roll_answer", id, result=result, responder=responder.strip(), quality=quality,
                  note=note.strip(), called_at=to_text(called), answered_at=to_text(when),
                  officer=by.name)
    return answer(store, id)


@allowed(*DESK)
def ask_again(store: Store, id: RollId, *, by: Officer) -> list[RollAnswer]:  # noqa: A002
    """A further round 复核 for those of the last one that did not answer or had a fault.

    Raises:
        Refused: the roll call has ended, not everybody was asked yet, or everybody answered.
    """
    of, rows = roll(store, id), answers(store, id)
    if not of.open:
        raise Refused("Roll call {number} has ended. Begin another one.", number=of.number)
    last = max((r.round for r in rows), default=1)
    if any(r.result is None for r in rows):
        raise Refused("Ask everybody once before asking again.")
    missed = [r for r in rows if r.round == last and r.result in MISSED]
    if not missed:
        raise Refused("Everybody answered; nobody is left to be asked again.")
    with store.change("roll.again", by) as tx:
        for place, r in enumerate(missed, 1):
            _ask(tx, id, last + 1, place, r.kind, r.row_id, r.name, r.branch)
    return [r for r in answers(store, id) if r.round == last + 1]


@allowed(*DESK)
def end_roll(store: Store, id: RollId, *, by: Officer) -> RollCall:  # noqa: A002
    """End a roll call with one entry in the log; who was not asked in a further round stays as
    before.

    Raises:
        Refused: it has ended, or somebody was not asked in the first round.
    """
    of, rows = roll(store, id), answers(store, id)
    if not of.open:
        raise Refused("Roll call {number} has ended. Begin another one.", number=of.number)
    left = [r.name for r in rows if r.round == 1 and r.result is None]
    if left:
        raise Refused("{n} units were not asked yet: {names}.", n=len(left),
                      names=t("list|, ").join(left[:5]))
    with store.change("roll.end", by) as tx:
        tx.update("roll_call", id, ended_at=to_text(store.clock.now()))
        append_to(tx, roll_words(of, rows), kind=EntryKind.ROLL_CALL, source=of.number, by=by)
    return roll(store, id)


def roll_words(of: RollCall, rows: Iterable[RollAnswer]) -> str:
    """A roll call in one entry: its counts, and by name who was not on post. Pure."""
    known = list(rows)
    first = [r for r in known if r.round == 1]
    counts = Counter(r.result for r in first)
    words = t("Roll call {number} {title}: {n} units", number=of.number, title=of.title,
              n=len(first))
    for result in RollResult:
        if counts[result]:
            words += t("list|, ") + f"{t(RESULT_NAMES[result])} {counts[result]}"
    later = {(r.kind, r.row_id): r for r in known if r.round > 1 and r.result is not None}
    missed = [f"{r.name}（{t(RESULT_NAMES[r.result])}{_later(later.get((r.kind, r.row_id)))}）"
              for r in first if r.result not in (None, RollResult.PRESENT)]
    if missed:
        words += t("; ") + named("{names}", missed, 30)
    return words


def _later(again: RollAnswer | None) -> str:
    if again is None or again.result is None:
        return ""
    return t("roll|, asked again: {result}", result=t(RESULT_NAMES[again.result]))


# reading

def roll(store: Store, id: RowId) -> RollCall:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    row = store.one("select * from roll_call where id = :id", id=id)
    if row is None:
        raise Refused("There is no such roll call.")
    return _roll(row)


def roll_by_number(store: Store, number: str) -> RollCall:
    """One by its number, or by the digits at its end.

    Raises:
        Refused: there is none.
    """
    row = store.one("""select * from roll_call where number = :no
        or number like '%-' || :tail order by number desc limit 1""", no=number.strip(),
        tail=number.strip().zfill(4))
    if row is None or not number.strip():
        raise Refused("There is no such roll call.", field="number")
    return _roll(row)


def rolls(store: Store, *, limit: int = 200) -> list[RollCall]:
    """The newest roll calls first."""
    return [_roll(r) for r in store.read("""select * from roll_call
        order by started_at desc, id desc limit :limit""", limit=limit)]


def open_rolls(store: Store) -> list[RollCall]:
    """Those that are under way, oldest first."""
    return [_roll(r) for r in store.read(
        "select * from roll_call where ended_at is null order by started_at")]


def answers(store: Store, id: RowId) -> list[RollAnswer]:  # noqa: A002
    """The units of a roll call, round after round, in their order."""
    return [_answer(r) for r in store.read(
        "select * from roll_answer where roll_id = :id order by round, place", id=id)]


def answer(store: Store, id: RowId) -> RollAnswer:  # noqa: A002
    """
    Raises:
        Refused: there is none.
    """
    row = store.one("select * from roll_answer where id = :id", id=id)
    if row is None:
        raise Refused("There is no such roll call.")
    return _answer(row)


def last_answers(store: Store, kind: str, row: RowId, limit: int = 8) -> list[RollAnswer]:
    """What a unit answered in its latest roll calls, newest first."""
    return [_answer(r) for r in store.read("""select * from roll_answer where kind = :kind
        and row_id = :row and result <> '' order by answered_at desc, round desc limit :limit""",
        kind=kind, row=row, limit=limit)]


def _roll(r: Any) -> RollCall:
    def instant(name: str) -> datetime | None:
        return from_text(r[name]) if r[name] else None

    return RollCall(
        RollId(RowId(r["id"])), r["number"], r["template_id"], r["title"], RollKind(r["kind"]),
        RollWay(r["way"]), instant("due_at"), r["drawn"], from_text(r["started_at"]),
        instant("ended_at"), r["officer"])


def _answer(r: Any) -> RollAnswer:
    def instant(name: str) -> datetime | None:
        return from_text(r[name]) if r[name] else None

    return RollAnswer(
        RowId(r["id"]), RollId(RowId(r["roll_id"])), r["round"], r["place"], r["kind"],
        RowId(r["row_id"]), r["name"], Branch(r["branch"]), instant("called_at"),
        instant("answered_at"), RollResult(r["result"]) if r["result"] else None, r["responder"],
        r["quality"], r["note"], r["officer"])
