"""The watch in the tour 值守与交接: weather, reminder, fault, words; books and blank forms."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from db.words import t
from dispatch.duty.blanks import Blank
from ui.pages.handover_page import HandoverPage
from ui.tour.hands import Astray, Hands

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
Keep = Callable[[str, str], None]


def word_the_handover(h: Hands) -> None:
    """Before anybody signs: the weather, a fault, a reminder, the points of the events."""
    h.press(K.Key_F10)
    h.fill(weather="晴转多云 2–9 ℃")
    h.shoot("shift", t("F10: the people of the shift, who came, and the weather"))
    h.commit()
    page = h.room.window.page
    if not isinstance(page, HandoverPage):
        raise Astray("F9 did not open the handover")
    h.press(K.Key_N)
    h.fill(title="催问石渠镇灾情核报", due_at="10:00")
    h.shoot("reminder", t("N: a reminder for the next shift"))
    h.commit()
    page.checks.rows.choose("传真机")
    page.checks.rows.setFocus()
    h.press(K.Key_Space)
    h.type("卡纸，已报修")
    h.press(K.Key_Return)
    page.words.remarks.setFocus()
    h.type("库房钥匙 2 把已交接。")
    h.press(K.Key_S, CONTROL)
    h.no_refusals("the words of the handover")


def add_after_sealing(h: Hands) -> None:
    """What comes to mind after the seal is added, not edited."""
    h.press(K.Key_A)
    h.type("传真机 08:24 修复。")
    h.press(K.Key_Return)
    h.shoot("addendum", t("A: added after sealing; what was signed stays as it was"))


def books_and_blanks(h: Hands, keep: Keep) -> None:
    """A month book, the card of the week and a blank form, each kept."""
    for name, at, words in (
            ("book", 0, t("The duty log of the month, with page numbers")),
            ("book-handover", 1, t("The register of handovers")),
            ("blank-call", 3 + list(Blank).index(Blank.CALL),
             t("A call record to be filled in by hand"))):
        h.room.window.show_page("handover")
        h.press(K.Key_B)
        sheet = h.sheet()
        box = sheet.form.field("book")
        if isinstance(box, QComboBox):
            box.setCurrentIndex(at)
        if name == "book":
            h.shoot("books", t("B: the books of a month and the blank forms"))
        h.commit()
        keep(name, words)
    h.room.window.show_page("roster")
    h.press(K.Key_W)
    keep("week", t("The card of the week with its phones"))
