"""The script 巡览脚本: one shift from handover to handover, in both languages."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import (
    QMessageLogContext,
    QtMsgType,
    qFormatLogMessage,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from db.check import check
from db.clock import StillClock
from db.errors import WatchdeskError
from db.store import FILE_NAME, Store
from db.words import LANGUAGES, catalogue
from dispatch.begin import begin_sample
from resources.localtime import LOCAL
from ui.app import make_application, present_officer
from ui.look import Look, keep_look
from ui.places import words_folder
from ui.room import DutyRoom
from ui.theme import Theme
from ui.tour.hands import Astray, Hands
from ui.tour.shift import Shift
from ui.tour.summary import Told, write_summary
from ui.wearing import wear

MORNING = datetime(2026, 11, 23, 8, 12, tzinfo=LOCAL)
SIZE = (1440, 900)


def run(out: Path) -> int:
    """Tour in each language; 0 when nothing went astray."""
    out.mkdir(parents=True, exist_ok=True)
    before_messages = qInstallMessageHandler(_hear)
    app = make_application()
    theme = Theme()
    theme.dress(app)
    before, told = catalogue.language, list[Told]()
    try:
        told += [_one(app, theme, out, language) for language in LANGUAGES]
    except (Astray, WatchdeskError) as error:
        print(f"{error}", file=sys.stderr)  # noqa: T201 - the command's own voice
        return 1
    finally:
        catalogue.load(before, words_folder())
        qInstallMessageHandler(before_messages)
    for line in write_summary(out, told, MORNING):
        print(line)  # noqa: T201
    return 0


def _hear(kind: QtMsgType, where: QMessageLogContext, words: str) -> None:
    """Qt's messages go on to the error stream, but for what the offscreen platform cannot do."""
    if not words.startswith("This plugin does not support"):
        print(qFormatLogMessage(kind, where, words), file=sys.stderr)  # noqa: T201


def _one(app: QApplication, theme: Theme, out: Path, language: str) -> Told:
    folder = out / language
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="watchdesk-tour-") as kept:
        data, clock = Path(kept), StillClock(MORNING)
        catalogue.load(language, words_folder())
        begin_sample(data, clock, lambda _part: None)
        look = Look(language)
        keep_look(data, look)
        wear(look, theme, clock.now())
        store = Store.open(data / FILE_NAME, clock)
        room = DutyRoom(theme, store, present_officer(store))
        hands = Hands(room, clock, folder)
        try:
            return _walk(app, hands, language)
        finally:
            room.stop()
            room.window.close()
            room.window.deleteLater()
            hands.let_go()
            store.close()


def _walk(app: QApplication, hands: Hands, language: str) -> Told:
    hands.room.window.resize(*SIZE)
    hands.room.window.show()
    hands.room.window.activateWindow()
    app.processEvents()
    Shift(hands).work()
    store = hands.room.store
    findings = check(store.path)
    if findings:
        raise Astray("; ".join(str(f) for f in findings))
    counts = {table: int(store.value(f"select count(*) from [{table}]"))
              for table in ("log", "event", "dispatch_order", "stamp", "handover", "change")}
    return Told(language, tuple(hands.pictures), tuple(
        p.name for p in sorted(hands.folder.glob("*.pdf"))), counts)
