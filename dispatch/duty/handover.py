"""The handover 交接班: drafted from the store, worded by people, signed by both sides, sealed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.duty.facts import CheckResult, Facts, freeze, thaw
from dispatch.duty.gather import gather
from dispatch.duty.shifts import Shift, ShiftState, next_shift, shift
from dispatch.terms import LEVEL_NAMES, NOT_GRADED, Level, Post
from resources.localtime import local
from resources.numbers import marked
from resources.people import DESK, Officer, allowed

HandoverId = NewType("HandoverId", RowId)


@dataclass(frozen=True, slots=True)
class Words:
    """What people may word themselves; `summary` empty means the one made from the facts."""

    summary: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    """By event number: what the next shift must know 交接要点."""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signing with one's own password; `log_no` is the last log entry that was seen."""

    officer_id: RowId
    name: str
    side: str
    post: Post
    at: datetime
    log_no: int


@dataclass(frozen=True, slots=True)
class Addendum:
    """What was added after sealing, by whom."""

    name: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Handover:
    """A handover with its facts: of this moment while a draft, those sealed afterwards."""

    id: HandoverId
    number: str
    shift_id: RowId
    next_shift_id: RowId | None
    facts: Facts
    words: Words
    checks: tuple[CheckResult, ...]
    signatures: tuple[Signature, ...]
    addenda: tuple[Addendum, ...]
    sealed_at: datetime | None
    digest: str
    code: str
    chain_no: int
    chain_head: str

    @property
    def sealed(self) -> bool:
        return self.sealed_at is not None

    @property
    def summary(self) -> str:
        return self.words.summary or auto_summary(self.facts)


# reading

def handover(store: Store, handover_id: int) -> Handover:
    """One handover.

    Raises:
        Refused: there is none.
    """
    row = store.one("select * from handover where id = :id", id=handover_id)
    if row is None:
        raise Refused("There is no such handover record.")
    return _handover(store, row)


def handover_of(store: Store, shift_id: int) -> Handover | None:
    """The handover of a shift, if one was drafted."""
    row = store.one("select * from handover where shift_id = :id", id=shift_id)
    return _handover(store, row) if row else None


def handover_by_number(store: Store, number: str) -> Handover:
    """One handover by the number on its paper.

    Raises:
        Refused: there is none.
    """
    key = store.value("select id from handover where number = :number", number=number.strip())
    if key is None:
        raise Refused("There is no handover {number}.", number=number.strip())
    return handover(store, key)


def handovers(store: Store, limit: int = 60) -> tuple[tuple[HandoverId, str, bool], ...]:
    """Id, number and whether sealed, newest first."""
    rows = store.read("select id, number, state from handover order by id desc limit :n",
                      n=limit)
    return tuple((HandoverId(RowId(r["id"])), r["number"], r["state"] == "sealed")
                 for r in rows)


def _handover(store: Store, row: sqlite3.Row) -> Handover:
    if row["state"] == "sealed":
        facts = thaw(Facts, row["facts"])
    else:
        going = shift(store, row["shift_id"])
        facts = gather(store, going, _coming(store, going, row["next_shift_id"]), row["number"])
    at = row["sealed_at"]
    return Handover(
        HandoverId(RowId(row["id"])), row["number"], RowId(row["shift_id"]),
        row["next_shift_id"], facts, words_from(row["words"]), checks_from(row["checks"]),
        signatures(store, row["id"]), _addenda(store, row["id"]),
        from_text(at) if at else None, row["digest"] or "", row["code"] or "",
        row["chain_no"] or 0, row["chain_head"] or "")


def _coming(store: Store, going: Shift, planned_id: int | None) -> Shift | None:
    return shift(store, planned_id) if planned_id else next_shift(store, going)


def words_from(text: str) -> Words:
    kept = json.loads(text)
    return Words(kept.get("summary", ""), kept.get("notes", {}), kept.get("remarks", ""))


def checks_from(text: str) -> tuple[CheckResult, ...]:
    return tuple(CheckResult(**item) for item in json.loads(text))


def signatures(store: Store, handover_id: int) -> tuple[Signature, ...]:
    """Those that stand, outgoing side first, leader before main."""
    rows = store.read("""select s.*, o.name from signature s join officer o
        on o.id = s.officer_id where s.handover_id = :id and s.withdrawn_at is null
        order by s.side desc, s.post <> 'leader', s.post, s.id""", id=handover_id)
    return tuple(Signature(RowId(r["officer_id"]), r["name"], r["side"], Post(r["post"]),
                           from_text(r["at"]), r["log_no"]) for r in rows)


def _addenda(store: Store, handover_id: int) -> tuple[Addendum, ...]:
    rows = store.read("""select a.*, o.name from addendum a join officer o on o.id = a.officer_id
        where a.handover_id = :id order by a.at, a.id""", id=handover_id)
    return tuple(Addendum(r["name"], from_text(r["at"]), r["text"]) for r in rows)


def auto_summary(facts: Facts) -> str:
    """The summary of the shift in words, from the counts alone."""
    n = facts.counts
    names = [t(NOT_GRADED), *(t(LEVEL_NAMES[level]) for level in Level)]
    graded = t(", ").join(t("watch|{level} {n}", level=name, n=count) for name, count
                          in zip(names, n.events_by_level, strict=True) if count)
    events = t("watch|Events {n} ({graded})", n=n.events, graded=graded)
    if not n.events:
        events = t("watch|No event")
    done = t("watch|calls in {calls}, calls out {out}, papers {papers}, instructions {told}"
             " (carried out {done}), roll calls {rolls}, corrections {corrections}",
             calls=n.calls, out=n.calls_out, papers=n.papers, told=n.instructions,
             done=n.instructions_done, rolls=n.roll_calls, corrections=n.corrections)
    sent = t("watch|forces sent {forces} ({people} people), not back yet {left}.",
             forces=n.forces, people=n.people, left=n.forces_not_back)
    return t("watch|; ").join((events, done, sent))


# drafting and wording

@allowed(*DESK)
def draft_handover(store: Store, shift_id: int, *, by: Officer) -> Handover:
    """Begin the handover of the shift on watch, or return the draft that there is.

    Its facts follow the store until it is sealed.

    Raises:
        Refused: the shift is not on watch.
    """
    found = handover_of(store, shift_id)
    if found:
        return found
    going = shift(store, shift_id)
    if going.state is not ShiftState.OPEN:
        raise Refused("Only the shift on watch can be handed over.")
    checks, coming = _checks(store), next_shift(store, going)
    with store.change("handover.draft", by) as tx:
        tx.insert("handover", {
            "number": _number(tx, going), "shift_id": shift_id,
            "next_shift_id": coming.id if coming else None,
            "drafted_at": to_text(store.clock.now()), "checks": freeze(checks)})
    drafted = handover_of(store, shift_id)
    assert drafted is not None
    return drafted


def _checks(store: Store) -> tuple[CheckResult, ...]:
    """The district's own list; a fault of the last sealed handover stands until it is mended."""
    kept = store.value("select checks from handover where state = 'sealed'"
                       " order by sealed_at desc limit 1")
    faults = {c.name: c for c in checks_from(kept or "[]") if not c.ok}
    items = store.read("select name, kind from check_item where active = 1 order by place, id")
    return tuple(faults.get(r["name"], CheckResult(r["name"], r["kind"], ok=True))
                 for r in items)


def _number(tx: Transaction, going: Shift) -> str:
    """`JB-2026-1015` by the local day the shift ends, `-2` and so on where that is taken."""
    first = marked(tx.store, f"JB-{local(going.ends_at):%Y-%m%d}")
    number, n = first, 1
    while tx.run("select 1 from handover where number = :number", number=number).fetchone():
        n += 1
        number = f"{first}-{n}"
    return number


@allowed(*DESK)
def edit_words(store: Store, handover_id: int, words: Words, *, by: Officer) -> Handover:
    """Word the summary, the points of each event and the remarks; facts are never edited.

    Signatures given before are withdrawn: what was signed has changed.

    Raises:
        Refused: it is sealed, or a note names an event that is not in the handover.
    """
    draft = _draft(store, handover_id)
    known = {e.number for e in (*draft.facts.open_events, *draft.facts.closed_events)}
    strangers = sorted(set(words.notes) - known)
    if strangers:
        raise Refused("Event {number} is not part of this handover.", field="notes",
                      number=strangers[0])
    notes = {n: text.strip() for n, text in words.notes.items() if text.strip()}
    kept = replace(words, summary=words.summary.strip(), notes=notes,
                   remarks=words.remarks.strip())
    with store.change("handover.words", by) as tx:
        tx.update("handover", handover_id, words=freeze(kept))
        _withdraw(tx, handover_id)
    return handover(store, handover_id)


@allowed(*DESK)
def record_checks(store: Store, handover_id: int, checks: tuple[CheckResult, ...], *,
                  by: Officer) -> Handover:
    """Record what the checks of equipment, radios and keys found; signatures are withdrawn.

    Raises:
        Refused: it is sealed, or a fault is not described.
    """
    _draft(store, handover_id)
    for check in checks:
        if not check.ok and not check.note.strip():
            raise Refused("Say what is wrong with {name}.", field="checks", name=check.name)
    with store.change("handover.checks", by) as tx:
        tx.update("handover", handover_id, checks=freeze(checks))
        _withdraw(tx, handover_id)
    return handover(store, handover_id)


def _draft(store: Store, handover_id: int) -> Handover:
    found = handover(store, handover_id)
    if found.sealed:
        raise Refused("{number} is sealed and cannot change. Add an addendum instead.",
                      number=found.number)
    return found


def _withdraw(tx: Transaction, handover_id: int) -> None:
    rows = tx.run("select id from signature where handover_id = :id and withdrawn_at is null",
                  id=handover_id).fetchall()
    for row in rows:
        tx.update("signature", row["id"], withdrawn_at=to_text(tx.store.clock.now()))


@allowed(*DESK)
def add_addendum(store: Store, handover_id: int, text: str, *, by: Officer) -> Handover:
    """Add to a sealed handover 补充说明; what was sealed stays as it is.

    Raises:
        Refused: it is not sealed yet, or there is no text.
    """
    found = handover(store, handover_id)
    if not found.sealed:
        raise Refused("{number} is not sealed yet. Edit its words instead.",
                      number=found.number)
    if not text.strip():
        raise Refused("An addendum needs some words.", field="text")
    with store.change("handover.addendum", by) as tx:
        tx.insert("addendum", {"handover_id": handover_id, "officer_id": by.id,
                               "at": to_text(store.clock.now()), "text": text.strip()})
    return handover(store, handover_id)
