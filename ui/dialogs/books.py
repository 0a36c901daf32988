"""The books sheet 月度登记簿: which register of which month is to be printed."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.duty.books import BOOK_NAMES, Book, book_sheet, months_with_entries
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.pages.rendering import Shown, render_sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class BooksSheet(Sheet):
    """`shown` gets the paper once it is made, in the background."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, shown: Shown) -> None:
        super().__init__(theme, desk, host, t("Month books"), verb=t("Preview and print"))
        self.shown = shown
        self.form.choice("book", t("Book"), [Choice(b.value, t(BOOK_NAMES[b])) for b in Book])
        self.form.choice("month", t("Month"), [Choice(m.isoformat(), f"{m:%Y-%m}")
                                               for m in months_with_entries(desk.store)])

    def commit(self) -> object:
        v = self.form.values
        book, month = Book(str(v["book"])), date.fromisoformat(str(v["month"]))
        sheet = book_sheet(self.desk.store, book, month)
        render_sheet(self.desk, sheet, f"{t(BOOK_NAMES[book])} {sheet.number}",
                     f"{book}-{sheet.number}", self.shown, back_to="handover")
        return sheet
