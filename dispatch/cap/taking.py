"""Taking 收预警文件: a weighed CAP message is kept in one change, its file beside the log."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from db.attachments import attach, take_in
from db.clock import to_text
from db.errors import Refused, StoreError
from db.reasons import reason
from db.store import Store, Transaction
from db.words import t
from dispatch.cap.meaning import Draft
from dispatch.cap.message import Alert
from dispatch.cap.reading import read_alert
from dispatch.cap.tree import LARGEST
from dispatch.cap.weighing import Act, Weighed, weigh
from dispatch.log import append_to
from dispatch.terms import COLOR_NAMES, EntryKind
from dispatch.warnings import HazardWarning, WarningId, put_lift, put_warning, warning
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done: the act, warnings now in force, and those that it ended or answered."""

    act: Act
    new: tuple[HazardWarning, ...]
    old: tuple[HazardWarning, ...]


def read_file(path: Path) -> Alert:
    """The message in a file.

    Raises:
        Refused: no such file, or as `read_alert`.
        StoreError: it cannot be read.
    """
    if not path.is_file():
        raise Refused("There is no file {path}.", field="file", path=path)
    try:
        with path.open("rb") as file:
            return read_alert(file.read(LARGEST + 1))
    except OSError as error:
        raise StoreError("{path} cannot be read: {why}. Look at the file's rights.", path=path,
                         why=reason(error)) from error


@allowed(*DESK)
def take_alert(store: Store, alert: Alert, *, color: int = 0, file: Path | None = None,
               by: Officer) -> Taken:
    """Do what a message says: issue, replace, lift or acknowledge; all of it or nothing.

    `color` is what a person chose where the message says none; `file` is kept by the warning.

    Raises:
        Refused: as `weigh`, or a colour is needed.
        StoreError: the file cannot be kept.
    """
    found = weigh(store, alert)
    if found.asks_color and color not in COLOR_NAMES:
        raise Refused("The message says no colour. Choose red, orange, yellow or blue.",
                      field="color")
    kept = (file.name, *take_in(store, file)) if file else None
    with store.change("warning.read", by) as tx:
        if found.act is Act.ACKNOWLEDGE:
            _acknowledge(tx, found, by)
        else:
            _lift(tx, found, by)
        new = [_issue(tx, found, draft, color, by) for draft in found.drafts]
        for one in new or [w.id for w in found.old]:
            if kept:
                attach(tx, one, *kept)
    return Taken(found.act, tuple(warning(store, one) for one in new),
                 tuple(warning(store, w.id) for w in found.old))


def _issue(tx: Transaction, found: Weighed, draft: Draft, color: int, by: Officer) -> WarningId:
    alert, facts = found.alert, replace(draft.facts, color=draft.facts.color or color)
    words = t("sent {time} by CAP file {identifier}", time=moment_text(alert.sent, year=True),
              identifier=alert.identifier)
    new = put_warning(tx, facts, words=words, by=by)
    _note(tx, alert, new, by, rings=draft.rings)
    return new


def _lift(tx: Transaction, found: Weighed, by: Officer) -> None:
    """End what the message replaces or ends; a lift is itself a message of that warning."""
    now = tx.store.clock.now()
    for old in found.old:
        when = max(min(found.alert.sent, now), old.issued_at)
        words = t("by CAP file {identifier}", identifier=found.alert.identifier)
        put_lift(tx, old, when, words=words, by=by)
        if found.act is Act.LIFT:
            _note(tx, found.alert, old.id, by)


def _acknowledge(tx: Transaction, found: Weighed, by: Officer) -> None:
    (old,) = found.old
    tx.update("warning", old.id, acknowledged=old.acknowledged + 1)
    _note(tx, found.alert, old.id, by)
    append_to(tx, t("{sender} acknowledged the warning {name}", sender=found.alert.sender,
                    name=old.name), kind=EntryKind.WARNING, actor=found.alert.sender, by=by)


def _note(tx: Transaction, alert: Alert, id: WarningId, by: Officer, *,  # noqa: A002
          rings: object = ()) -> None:
    tx.insert("cap_message", {
        "sender": alert.sender, "identifier": alert.identifier, "sent": to_text(alert.sent),
        "kind": alert.msg_type.value, "warning_id": id,
        "refs": json.dumps([(r.identifier, r.sender) for r in alert.refs]),
        "rings": json.dumps(rings), "read_at": to_text(tx.store.clock.now()),
        "officer": by.name})
