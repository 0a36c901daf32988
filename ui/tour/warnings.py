"""Warnings in the tour 预警文件: one is written down by hand, one comes as a file and replaces."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt

from db.words import t
from dispatch.warnings import HazardWarning, in_force
from resources.localtime import local
from ui.dialogs.cap import CapSheet
from ui.tour.hands import Astray, Hands

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
OUTLINE = ("34.4620,108.6650 34.4720,108.7150 34.4660,108.7700 34.4300,108.7760 34.4180,108.7300"
           " 34.4290,108.6800 34.4620,108.6650")


def warning_file(h: Hands) -> None:
    """A graver colour for the north of the district comes as a CAP file."""
    old = in_force(h.room.store, h.room.desk.now())[-1]
    h.press(K.Key_W, ALT)
    h.shoot("warning", t("Alt+W: a warning written down, lifted, read from a file or saved as one"))
    h.press(K.Key_O, CONTROL)
    sheet = h.sheet()
    if not isinstance(sheet, CapSheet):
        raise Astray("the sheet of warning files did not open")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "预警变更.xml"
        file.write_text(_message(h, old), "utf-8")
        sheet.choose_file = lambda _parent: str(file)
        h.press(K.Key_O, CONTROL)
        h.settle()
        h.shoot("warning-file", t("A warning file is looked at before it is kept"))
        h.commit()
    if old.id in {w.id for w in in_force(h.room.store, h.room.desk.now())}:
        raise Astray("the file did not replace the warning")
    h.no_refusals("the warning file")


def _message(h: Hands, old: HazardWarning) -> str:
    now, color = h.room.desk.now(), "红橙黄"[max(0, old.color - 2)]
    named = h.room.store.one(
        "select sender, identifier, sent from cap_message where warning_id = :id", id=old.id)
    if named is None:
        raise Astray("the warning did not come as a file")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>61019941600000_{now:%Y%m%d%H%M%S}</identifier><sender>{named["sender"]}</sender>
<sent>{_moment(now)}</sent><status>Actual</status><msgType>Update</msgType><scope>Public</scope>
<references>{named["sender"]},{named["identifier"]},{named["sent"]}</references>
<info><language>zh-CN</language><category>Met</category><event>{old.kind}</event>
<urgency>Expected</urgency><severity>Moderate</severity><certainty>Likely</certainty>
<expires>{_moment(now + timedelta(hours=20))}</expires>
<headline>{old.issuer}将{old.kind}预警变更为{old.kind}{color}色预警</headline>
<description>未来 12 小时石渠镇、柳湾镇一带{old.kind}加重，路面有积水、结冰。</description>
<instruction>请有关单位按预案做好防范，沿路值守加密巡查。</instruction>
<area><areaDesc>石渠镇、柳湾镇</areaDesc><polygon>{OUTLINE}</polygon></area></info></alert>"""


def _moment(at: datetime) -> str:
    return local(at).isoformat(timespec="seconds")
