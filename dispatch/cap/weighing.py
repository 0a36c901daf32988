"""Weighing 预检: what a CAP message would do to the warnings in the record; writes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.cap.meaning import Draft, chosen_infos, drafts, lifts, remarks_of
from dispatch.cap.message import Alert, MsgType, Ref, Status
from dispatch.cap.rules import COLORS, KINDS, colors_of, kinds_of
from dispatch.cap.writing import our_sender, warning_in
from dispatch.warnings import HazardWarning, WarningId, warning
from resources.localtime import moment_text
from resources.rules import rule_or
from resources.settings import setting


class Act(StrEnum):
    """What taking a message does."""

    ISSUE = "issue"
    REPLACE = "replace"
    LIFT = "lift"
    ACKNOWLEDGE = "acknowledge"


STATUS_NAMES = {Status.ACTUAL: mark("cap|actual"), Status.EXERCISE: mark("cap|an exercise"),
                Status.SYSTEM: mark("cap|a message between systems"),
                Status.TEST: mark("cap|a test"), Status.DRAFT: mark("cap|a draft")}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What would be done: new warnings, and those of the record that it ends or answers."""

    alert: Alert
    act: Act
    drafts: tuple[Draft, ...]
    old: tuple[HazardWarning, ...]
    remarks: tuple[str, ...] = ()

    @property
    def asks_color(self) -> bool:
        """Whether a person must say the colour."""
        return any(not d.facts.color for d in self.drafts)


def weigh(store: Store, alert: Alert) -> Weighed:
    """Decide what a message does to the record.

    Raises:
        Refused: it is no warning in force (a test, an exercise outside a drill, a draft, run
            out), was read already, came from here, was overtaken by a later one, or ends
            something that is not in the record.
    """
    _check_status(store, alert)
    _check_known(store, alert)
    if alert.msg_type is MsgType.ACK:
        return Weighed(alert, Act.ACKNOWLEDGE, (), (_acknowledged(store, alert),))
    if alert.msg_type is MsgType.ERROR:
        raise Refused("This message only says that another one could not be read. Nothing is to"
                      " be kept.", field="file")
    old = _named(store, alert)
    if lifts(alert):
        return Weighed(alert, Act.LIFT, (), _standing(old))
    return _issued(store, alert, tuple(w for w in old if w.lifted_at is None))


def _check_status(store: Store, alert: Alert) -> None:
    drill = setting(store, "drill") == "1"
    if drill and alert.status is Status.ACTUAL:
        raise Refused("This is a real warning and this is a drill. Read it at the real desk.",
                      field="file")
    if alert.status is not (Status.EXERCISE if drill else Status.ACTUAL):
        raise Refused("This message is {status}, no warning in force. It was not kept.",
                      field="file", status=t(STATUS_NAMES[alert.status]))


def _check_known(store: Store, alert: Alert) -> None:
    if alert.sender == our_sender(store):
        raise Refused("This message was written here: {identifier}. It stands in the record.",
                      field="file", identifier=alert.identifier)
    row = store.one("""select m.read_at, w.id as warning from cap_message m join warning w
        on w.id = m.warning_id where m.identifier = :identifier and m.sender = :sender""",
                    identifier=alert.identifier, sender=alert.sender)
    if row is not None:
        raise Refused("This message was read at {time} already: {name}.", field="file",
                      time=moment_text(from_text(row["read_at"])),
                      name=warning(store, WarningId(RowId(row["warning"]))).name)
    _check_overtaken(store, alert)


def _check_overtaken(store: Store, alert: Alert) -> None:
    """Nothing that was sent later has named this message, or one that it names itself."""
    mine = {Ref(alert.identifier, alert.sender), *alert.refs}
    for row in store.read("select sent, refs from cap_message where sent > :sent order by sent",
                          sent=to_text(alert.sent)):
        named = [Ref(*one) for one in json.loads(row["refs"])]
        if any(one.identifier == other.identifier and other.means(one.sender or other.sender)
               for one in mine for other in named):
            raise Refused("A later message of {time} was read already, which overtakes this one."
                          " It was not kept.", field="file",
                          time=moment_text(from_text(row["sent"])))


def _acknowledged(store: Store, alert: Alert) -> HazardWarning:
    ours = our_sender(store)
    for ref in alert.refs:
        found = warning_in(store, ref.identifier) if ref.means(ours) else None
        if found is not None:
            return found
    raise Refused("This message acknowledges {names}, which was not sent from here.", field="file",
                  names=t(", ").join(r.identifier for r in alert.refs)[:120] or "—")


def _named(store: Store, alert: Alert) -> tuple[HazardWarning, ...]:
    """The warnings that came by the messages this one names."""
    ids = dict.fromkeys(row["warning_id"] for ref in alert.refs for row in store.read(
        """select warning_id, sender from cap_message where kind <> 'Ack'
        and identifier = :identifier order by id""", identifier=ref.identifier)
        if ref.means(row["sender"]))
    return tuple(warning(store, WarningId(RowId(one))) for one in ids)


def _standing(old: Sequence[HazardWarning]) -> tuple[HazardWarning, ...]:
    """Those of them that can still be lifted."""
    if not old:
        raise Refused("This message ends a warning that did not come here as a file. If it stands"
                      " in the list, lift it there.", field="file")
    standing = tuple(w for w in old if w.lifted_at is None)
    if not standing:
        raise Refused("The warning {name} that this message ends was lifted already.",
                      field="file", name=old[-1].name)
    return standing


def _issued(store: Store, alert: Alert, old: tuple[HazardWarning, ...]) -> Weighed:
    now = store.clock.now()
    found = drafts(alert, now, colors_of(rule_or(store, COLORS)), kinds_of(rule_or(store, KINDS)))
    for draft in found:
        if not draft.facts.kind:
            raise Refused("The message does not say what it warns of.", field="file")
    going = tuple(d for d in found if _goes_on(d, now))
    if not going:
        ends = [i.expires for i in chosen_infos(alert) if i.expires]
        if ends:
            raise Refused("This warning ran out at {time}. It was not kept.", field="file",
                          time=moment_text(max(ends), year=True))
        raise Refused("The message has no <info>: it says nothing.", field="file")
    remarks = [*remarks_of(alert, now)]
    if alert.msg_type is MsgType.UPDATE and not old:
        remarks.append(t("It changes an earlier warning that did not come here as a file: lift"
                         " that one by hand, if it stands in the list."))
    act = Act.REPLACE if old else Act.ISSUE
    return Weighed(alert, act, going, old, tuple(remarks))


def _goes_on(draft: Draft, now: datetime) -> bool:
    ends = draft.facts.ends_at
    return ends is None or (ends > now and ends > draft.facts.issued_at)
