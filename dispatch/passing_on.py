"""Passing a warning on 预警转发: by phone and the like or by a call-out, and acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.change import RowId
from db.clock import to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.log import append_to, check_not_future
from dispatch.net.answers import note_answer
from dispatch.net.callouts import CalloutId, Draft, look_at, put_callout
from dispatch.net.choosing import Choice, chosen
from dispatch.net.terms import Answer
from dispatch.net.words import named
from dispatch.terms import WAY_NAMES, EntryKind, Way
from dispatch.warning_passes import Pass, PassId, a_pass, passes, put_acknowledged
from dispatch.warnings import HazardWarning, WarningId, warning
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed


@allowed(*DESK)
def pass_warning(store: Store, id: WarningId, to: Choice | None = None, *,  # noqa: A002
                 others: Sequence[str] = (), way: Way = Way.PHONE, at: datetime | None = None,
                 by: Officer) -> list[Pass]:
    """Write down that a warning was passed on 转发 to the chosen of the net and to `others`,
    who are not on it; those who had it already are left as they are. Returns the new ones.

    Raises:
        Refused: nobody is chosen or new, the warning was lifted, or a time before its issue or
            in the future.
    """
    of, keys = warning(store, id), _new_keys(store, id, to)
    when = _check(store, of, at)
    known = {p.name for p in passes(store, id)}
    rows = [*keys, *(("", RowId(0), n) for n in _names(others) if n not in known)]
    if not rows:
        raise _nobody(to, others)
    with store.change("warning.pass", by) as tx:
        for kind, row, name in rows:
            tx.insert("warning_pass", {
                "warning_id": id, "kind": kind, "row_id": row, "name": name, "way": way,
                "passed_at": to_text(when), "officer": by.name})
        _note(tx, of, [name for _kind, _row, name in rows], t(WAY_NAMES[way]), at, by)
    return _added(store, id, known_keys=[(k, r, n) for k, r, n in rows])


@allowed(*DESK)
def pass_by_callout(store: Store, id: WarningId, to: Choice, *,  # noqa: A002
                    channels: Sequence[RowId] = (), by: Officer) -> tuple[CalloutId, list[Pass]]:
    """Send a warning to the chosen by a call-out; who answers it has acknowledged the warning.

    Raises:
        Refused: as `pass_warning` and `dispatch.net.callouts.look_at`.
    """
    of, rows = warning(store, id), _new_keys(store, id, to)
    _check(store, of, None)
    if not rows:
        raise _nobody(to, ())
    draft = Draft(title=t("Warning {name}", name=of.name), template=callout_words(of),
                  choice=Choice(keys=tuple((k, r) for k, r, _n in rows)),
                  channels=tuple(channels), orders=False)
    ready = look_at(store, draft)
    with store.change("warning.pass", by) as tx:
        new = put_callout(tx, draft, ready, by=by)
        way = Way.SYSTEM if channels else Way.PHONE
        for r in tx.run("""select t.id, t.kind, t.row_id, t.name, c.made_at from callout_to t
                join callout c on c.id = t.callout_id where c.id = :id order by t.place""",
                        id=new).fetchall():
            tx.insert("warning_pass", {
                "warning_id": id, "kind": r["kind"], "row_id": r["row_id"], "name": r["name"],
                "way": way, "passed_at": r["made_at"], "callout_to_id": r["id"],
                "officer": by.name})
        _note(tx, of, [m.name for m in ready.members], t("by call-out"), None, by)
    return new, _added(store, id, known_keys=rows)


def callout_words(of: HazardWarning) -> str:
    """What a call-out says of a warning; braces of its own text fill nothing in."""
    words = " ".join(p for p in (
        t("{issuer} issued a warning: {name}.", issuer=of.issuer, name=of.name), of.area, of.text,
        t("Take precautions and answer that you have it.")) if p)
    return words.replace("{", "（").replace("}", "）")


# acknowledging


@allowed(*DESK)
def acknowledge_warning(store: Store, which: Sequence[PassId], *, said_by: str = "",
                        at: datetime | None = None, by: Officer) -> list[Pass]:
    """Write down that units acknowledged 签收 a warning; each is a line of the duty log. One that
    was called out acknowledges on its call-out.

    Raises:
        Refused: nobody is named, one did so already, or a time before it was passed on or in
            the future.
    """
    rows = [a_pass(store, one) for one in dict.fromkeys(which)]
    when = check_not_future(at, store.clock.now())
    if not rows:
        raise Refused("Choose who acknowledged the warning.", field="who")
    for one in rows:
        if one.back_at is not None:
            raise Refused("{unit} acknowledged at {time} already.", field="who", unit=one.name,
                          time=moment_text(one.back_at))
        if when < one.passed_at:
            raise Refused("{time} is before the warning was passed on to {unit} at {passed}.",
                          field="at", time=moment_text(when), unit=one.name,
                          passed=moment_text(one.passed_at))
    by_hand = [one for one in rows if one.to_id is None]
    if by_hand:
        with store.change("warning.acknowledge", by) as tx:
            for one in by_hand:
                put_acknowledged(tx, one, when, said_by.strip(), at=at, by=by)
    for one in rows:
        if one.to_id is not None:
            note_answer(store, one.to_id, Answer.ACKNOWLEDGED, who=said_by, at=at, by=by)
    return [a_pass(store, one.id) for one in rows]


@allowed(*DESK)
def take_back_receipt(store: Store, id: PassId, *, by: Officer) -> Pass:  # noqa: A002
    """An acknowledgement that was written down for the wrong unit does not count any more.

    Raises:
        Refused: it has not acknowledged, or did so on a call-out.
    """
    old = a_pass(store, id)
    if old.back_at is None:
        raise Refused("{unit} has not acknowledged.", field="who", unit=old.name)
    if store.value("select acknowledged_at from warning_pass where id = :id", id=id) is None:
        raise Refused("{unit} answered the call-out; correct the answer there.", field="who",
                      unit=old.name)
    with store.change("warning.receipt_back", by) as tx:
        tx.update("warning_pass", id, acknowledged_at=None, said_by="")
        append_to(tx, t("{unit} did not acknowledge the warning {name} (written down in error)",
                        unit=old.name, name=warning(store, old.warning_id).name),
                  kind=EntryKind.WARNING, by=by)
    return a_pass(store, id)


# what the verbs share


def _new_keys(store: Store, id: WarningId,  # noqa: A002
              to: Choice | None) -> list[tuple[str, RowId, str]]:
    if to is None or to.empty:
        return []
    had = {p.key for p in passes(store, id)}
    return [(m.kind, m.id, m.name) for m in chosen(store, to) if m.key not in had]


def _names(others: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(n.strip() for n in others if n.strip()))


def _check(store: Store, of: HazardWarning, at: datetime | None) -> datetime:
    if of.lifted_at is not None:
        raise Refused("This warning was lifted at {time}.", time=moment_text(of.lifted_at))
    when = check_not_future(at, store.clock.now())
    if when < of.issued_at:
        raise Refused("{time} is before the warning was issued at {issued}.", field="at",
                      time=moment_text(when), issued=moment_text(of.issued_at))
    return when


def _nobody(to: Choice | None, others: Sequence[str]) -> Refused:
    if (to is None or to.empty) and not _names(others):
        return Refused("Choose to whom the warning is passed on.", field="who")
    return Refused("All of them had the warning already.", field="who")


def _note(tx: Transaction, of: HazardWarning, names: Sequence[str], how: str,
          at: datetime | None, by: Officer) -> None:
    append_to(tx, named(t("Warning {name} passed on to {n} units ({how}): {names}", name=of.name,
                          n=len(names), how=how, names="{names}"), names),
              kind=EntryKind.WARNING, at=at, by=by)


def _added(store: Store, id: WarningId,  # noqa: A002
           known_keys: Sequence[tuple[str, RowId, str]]) -> list[Pass]:
    wanted = set(known_keys)
    return [p for p in passes(store, id) if (p.kind, p.row_id, p.name) in wanted]
