"""Trust in the tour 可信: lock, audit, backups, and a defect told beside the work."""

from __future__ import annotations

from PySide6.QtCore import Qt

from db.words import t
from resources.rules import rule
from ui.dialogs.defect import DefectBox
from ui.tour.hands import Astray, Hands

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def trust(h: Hands) -> None:
    """Lock and unlock, follow a change to its record, look at backups and rules."""
    room = h.room
    room.window.show_page("desk")
    here = room.desk.officer
    h.press(K.Key_L, CONTROL)
    box = room.lock.box
    if box is None:
        raise Astray("the desk did not lock")
    h.shoot("locked", t("Ctrl+L: locked, and what is due stays in view"))
    box.choose(here.id)
    box.sign_on()
    h.settle()
    h.look_until(lambda: not room.lock.locked, "the desk did not open again")
    _audit(h)
    for number, name, words in ((2, "settings-officers", t("Settings: the officers")),
                                (4, "settings-rules", t("Settings: the rules with their basis")),
                                (5, "settings-store", t("Settings: backups, what they hold, and"
                                                        " what would be lost"))):
        room.window.show_page("settings", number)
        h.settle()
        h.shoot(name, words)
    _rule(h)
    _restore(h)
    defect = DefectBox(room.theme, room.desk, "ZeroDivisionError", room.window)
    defect.show()
    h.settle()
    defect.grab().save(str(h.folder / "defect.png"))
    defect.close()
    room.window.show_page("desk")


def _rule(h: Hands) -> None:
    """The rule of the first report, in cells, and who set it."""
    room = h.room
    room.window.show_page("settings", 4)
    section = room.settings_page.rules
    section.table.choose(rule(room.store, "report.first").id)
    section.change()
    h.shoot("settings-rule", t("A rule: its cells, unit and basis, and the values so far"))
    h.press(K.Key_Escape)
    room.window.show_page("settings", 5)
    h.settle()


def _restore(h: Hands) -> None:
    """The way back up to the last question, and away again."""
    store = h.room.settings_page.store
    box = store.restore_box()
    box.open()
    h.look_until(lambda: bool(box.model.rows), "the backups were not read")
    h.shoot("restore", t("Going back to a backup: what each holds and what would be lost"))
    h.press(K.Key_Return)
    h.look_until(lambda: box.stack.currentIndex() == 1, "the backup was not checked")
    h.shoot("restore-agree", t("The backup has passed its check; once more what would be lost"))
    box.done(0)


def _audit(h: Hands) -> None:
    window = h.room.window
    window.show_page("settings", 0)
    h.press(K.Key_A)
    h.settle()
    h.shoot("audit", t("A in the settings: the audit, every change in words"))
    window.show_page("audit", "石渠")
    h.settle()
    h.shoot("audit-found", t("The audit, looked through for words"))
    h.press(K.Key_H)
    h.shoot("audit-record", t("H: what happened to one record"))
    window.show_page("audit", "")
