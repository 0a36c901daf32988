"""The bulletin form 值班快报·值班要情: drawn from the record, put into the leader's words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.bulletins import (
    BULLETIN_NAMES,
    PART_NAMES,
    Bulletin,
    BulletinKind,
    draw_daily,
    draw_flash,
    edit_bulletin,
)
from dispatch.duty.event_papers import bulletin_paper
from dispatch.events import EventId
from dispatch.printouts.bulletin_sheet import bulletin_sheet
from dispatch.printouts.plain import plain_text
from ui.desk import Desk, Tone
from ui.dialogs.sheet import Sheet
from ui.theme import Theme

NAMES = ("signed_by", "checked_by", "sent_to", "copied_to")


class BulletinSheet(Sheet):
    """Enter keeps the words; `print_asked` carries the bulletin's id."""

    print_asked = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Bulletin) -> None:
        title = t("{kind} {number}, issue {n}", kind=t(BULLETIN_NAMES[of.kind]), number=of.number,
                  n=of.issue)
        super().__init__(theme, desk, host, title, width=820, draft=f"bulletin:{of.id}")
        self.of, grid = of, self.grid
        grid.wide(20)
        for code in of.parts:
            grid.text(code, t(PART_NAMES[code]), lines=3)
        grid.wide(5)
        grid.line("sent_to", t("Reported to"))
        grid.line("copied_to", t("Copies to"))
        grid.line("checked_by", t("Checked by"))
        grid.line("signed_by", t("Signed by"))
        self._fill()
        self.add_button(t("Draft anew"), self.draw_anew, "Ctrl+R")
        self.add_button(t("Copy as text"), self.copy_text, "Ctrl+T")
        self.add_button(t("Print"), self.print_out, "Ctrl+P")
        self.hint.setText(t("Ctrl+Enter commits · Esc keeps it for later"))

    def _fill(self) -> None:
        self.form.fill({**self.of.parts, **{n: getattr(self.of, n) for n in NAMES}})

    def draw_anew(self) -> None:
        """From the record as it stands now; a 快报 gets its next number."""
        store, by = self.desk.store, self.desk.officer
        if self.of.kind is BulletinKind.FLASH and self.of.event_id is not None:
            self.of = draw_flash(store, EventId(self.of.event_id), by=by)
        else:
            self.of = draw_daily(store, self.of.day, by=by)
        self._fill()

    def copy_text(self) -> None:
        sheet = bulletin_sheet(bulletin_paper(self.desk.store, self.commit()))
        QGuiApplication.clipboard().setText(plain_text(sheet))
        self.desk.told.emit(Tone.DONE, t("Copied as text: {title}", title=self.of.number))

    def print_out(self) -> None:
        self.print_asked.emit(self.commit().id)

    def commit(self) -> Bulletin:
        v = self.form.values
        names = {n: str(v[n]).strip() for n in NAMES}
        parts = {code: str(v[code]).strip() for code in self.of.parts}
        if (parts, names) != (self.of.parts, {n: getattr(self.of, n) for n in NAMES}):
            self.of = edit_bulletin(self.desk.store, self.of.id, parts, by=self.desk.officer,
                                    **names)
        return self.of
