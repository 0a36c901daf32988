"""The books sheet 登记簿与空白表: which register of a month, or which blank form, is printed."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.duty.blanks import BLANK_NAMES, Blank, blank_sheet
from dispatch.duty.books import BOOK_NAMES, Book, book_sheet, months_with_entries
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.pages.rendering import Shown, render_sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class BooksSheet(Sheet):
    """`shown` gets the paper once it is made, in the background."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, shown: Shown) -> None:
        super().__init__(theme, desk, host, t("Books and blank forms"), verb=t("Preview and print"))
        self.shown = shown
        books = self.form.choice("book", t("Book or form"), [
            *(Choice(b, t(BOOK_NAMES[b])) for b in Book),
            *(Choice(b, t(BLANK_NAMES[b])) for b in Blank)])
        self.month = self.form.choice("month", t("Month"), [
            Choice(m.isoformat(), f"{m:%Y-%m}") for m in months_with_entries(desk.store)])
        books.currentIndexChanged.connect(
            lambda _at: self.month.setEnabled(isinstance(self.form.values["book"], Book)))

    def commit(self) -> object:
        v, book = self.form.values, self.form.values["book"]
        if isinstance(book, Blank):
            sheet = blank_sheet(self.desk.store, book)
            render_sheet(self.desk, sheet, t(BLANK_NAMES[book]), f"blank-{book}", self.shown,
                         back_to="handover")
            return sheet
        book, month = Book(str(book)), date.fromisoformat(str(v["month"]))
        sheet = book_sheet(self.desk.store, book, month)
        render_sheet(self.desk, sheet, f"{t(BOOK_NAMES[book])} {sheet.number}",
                     f"{book}-{sheet.number}", self.shown, back_to="handover")
        return sheet
