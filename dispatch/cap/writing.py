"""Writing CAP 写预警文件: a warning of the record as CAP 1.2, the same bytes each time.

Its identifier comes from the warning's own number: an Alert when issued, an Update for each new
end, a Cancel when lifted, the later ones naming the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from db import journal
from db.change import RowId
from db.clock import from_text
from db.errors import Refused, StoreError
from db.files import write_whole
from db.reasons import reason
from db.store import Store
from dispatch.cap.message import NAMESPACES, MsgType, Status
from dispatch.cap.outlines import Rings, outlines
from dispatch.cap.rules import KINDS, kinds_of
from dispatch.cap.shapes import ring_text
from dispatch.warnings import HazardWarning, WarningId, warning
from resources.localtime import local
from resources.rules import rule_or
from resources.settings import district_name, setting

NUMBERED = re.compile(r"WD-(\d{1,19})(?:-.*)?")
CHINESE = "红橙黄蓝"
SEVERITY = {1: "Extreme", 2: "Severe", 3: "Moderate", 4: "Minor"}
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
COLOR_NAME = "预警颜色"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """All that a file says of a warning."""

    of: HazardWarning
    sender: str
    identifier: str
    sent: datetime
    status: Status
    msg_type: MsgType
    reference: str = ""
    origin: str = ""
    category: str = "Other"
    rings: Rings = ()


def our_sender(store: Store) -> str:
    """Who sends: the district's name, without what CAP forbids in it (3.2.1 sender)."""
    return re.sub(r"[\s,<&]", "", district_name(store)) or "watchdesk"


def warning_in(store: Store, identifier: str) -> HazardWarning | None:
    """The warning that an identifier given by this desk names; None where it is another's."""
    found = NUMBERED.fullmatch(identifier)
    if found is None or store.one("select 1 from warning where id = :id",
                                  id=int(found[1])) is None:
        return None
    return warning(store, WarningId(RowId(int(found[1]))))


def outgoing(store: Store, id: WarningId) -> Outgoing:  # noqa: A002
    """What a file of this warning says as it stands now.

    Raises:
        Refused: there is none.
    """
    of, sender = warning(store, id), our_sender(store)
    first = f"WD-{of.id}"
    kind, identifier, sent = _turn(store, of, first)
    came = store.one("""select sender, identifier, sent from cap_message
        where warning_id = :id and kind in ('Alert', 'Update') order by id limit 1""", id=id)
    return Outgoing(
        of=of, sender=sender, identifier=identifier, sent=sent, msg_type=kind,
        status=Status.EXERCISE if setting(store, "drill") == "1" else Status.ACTUAL,
        reference="" if kind is MsgType.ALERT else f"{sender},{first},{_moment(of.issued_at)}",
        origin=f"{came['sender']},{came['identifier']},{_moment(from_text(came['sent']))}"
        if came else "",
        category="Met" if of.kind in kinds_of(rule_or(store, KINDS)).values() else "Other",
        rings=outlines(store, [id]).get(id, ()))


def _turn(store: Store, of: HazardWarning, first: str) -> tuple[MsgType, str, datetime]:
    """Alert, Update or Cancel, with the identifier and the time that belong to it."""
    if of.lifted_at is not None:
        return MsgType.CANCEL, f"{first}-lifted", of.lifted_at
    extended = [step.at for step in journal.history(store.db, of.id)
                if step.before and "ends_at" in step.altered()]
    if extended:
        return MsgType.UPDATE, f"{first}-{len(extended) + 1}", extended[-1]
    return MsgType.ALERT, first, of.issued_at


def cap_bytes(out: Outgoing) -> bytes:
    """The file: CAP 1.2 in the order of its schema. Pure."""
    root = Element("alert", {"xmlns": NAMESPACES[0]})
    for name, words in (
            ("identifier", out.identifier), ("sender", out.sender), ("sent", _moment(out.sent)),
            ("status", out.status.value), ("msgType", out.msg_type.value),
            ("source", out.origin), ("scope", "Public"), ("references", out.reference)):
        _put(root, name, words)
    info = SubElement(root, "info")
    _info(info, out)
    area = SubElement(info, "area")
    _put(area, "areaDesc", out.of.area or out.of.issuer)
    for ring in out.rings:
        _put(area, "polygon", ring_text(ring))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'.encode()


def _info(info: Element, out: Outgoing) -> None:
    of, lifted = out.of, out.msg_type is MsgType.CANCEL
    color, done = CHINESE[of.color - 1], "解除" if lifted else "发布"
    for name, words in (
            ("language", "zh-CN"), ("category", out.category), ("event", of.kind),
            ("responseType", "AllClear" if lifted else ""), ("urgency", "Unknown"),
            ("severity", SEVERITY[of.color]), ("certainty", "Unknown"),
            ("effective", _moment(of.issued_at)),
            ("expires", _moment(of.ends_at) if of.ends_at else ""),
            ("senderName", of.issuer), ("headline", f"{of.issuer}{done}{of.kind}{color}色预警"),
            ("description", of.text)):
        _put(info, name, words)
    parameter = SubElement(info, "parameter")
    _put(parameter, "valueName", COLOR_NAME)
    _put(parameter, "value", f"{color}色")


def _put(parent: Element, name: str, words: str) -> None:
    """A child with its words; what says nothing is not written."""
    if words:
        SubElement(parent, name).text = UNWRITABLE.sub("", words)


def _moment(at: datetime) -> str:
    """`2026-11-23T21:47:03+08:00`, as the schema wants it."""
    return local(at).strftime("%Y-%m-%dT%H:%M:%S+08:00")


def save_warning(store: Store, id: WarningId, path: Path) -> Outgoing:  # noqa: A002
    """Write the file of a warning; an older one of its name gives way only to a whole one.

    Raises:
        Refused: there is no such warning, or no file is named.
        StoreError: the place cannot be written.
    """
    out = outgoing(store, id)
    if path.is_dir():
        raise Refused("{path} is a folder. Name a file.", field="file", path=path)
    try:
        write_whole(path, cap_bytes(out))
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}. Choose another place.", path=path,
                         why=reason(error)) from error
    return out


def file_name(of: HazardWarning) -> str:
    """What a file of this warning is called."""
    words = re.sub(r"[^\w\-]", "", f"{of.issuer}-{of.kind}{CHINESE[of.color - 1]}色预警")
    return f"{words[:80]}.xml"
