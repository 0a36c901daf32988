"""The preview 预览: a paper inside the program, to be printed or saved."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.errors import StoreError
from db.files import write_whole
from db.words import t
from dispatch.printouts.formats import sheet_bytes
from dispatch.printouts.plain import plain_text
from dispatch.printouts.sheet import Sheet
from ui.background import Progress
from ui.desk import Desk, Tone
from ui.page import Page, make_action
from ui.pages.giving_out import save_as
from ui.pages.paper import Paper, page_sizes, print_pages
from ui.places import fonts_folder
from ui.theme import Theme
from ui.widgets.paper_view import PaperView
from ui.widgets.short_label import ShortLabel


def choose_printer(printer: QPrinter, parent: QWidget) -> bool:
    """The system's print dialog; false when it was given up."""
    return QPrintDialog(printer, parent).exec() == QPrintDialog.DialogCode.Accepted


def choose_file(parent: QWidget, title: str, name: str) -> str:
    """The system's save dialog; empty when it was given up."""
    kind = Path(name).suffix.lstrip(".")
    return QFileDialog.getSaveFileName(parent, title, name, f"{kind} (*.{kind})")[0]


def printer_names() -> list[str]:
    return list(QPrinterInfo.availablePrinterNames())


class PreviewPage(Page):
    """`open(Paper(...))` or `show_paper(pdf, title)` fills it; Esc goes back to `came_from`.

    `choose_file`, `choose_printer` and `printers` are how it asks the machine.
    """

    key = "preview"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk, self.came_from = desk, "desk"
        self.paper: Paper | None = None
        self.choose_file: Callable[[QWidget, str, str], str] = choose_file
        self.choose_printer: Callable[[QPrinter, QWidget], bool] = choose_printer
        self.printers: Callable[[], list[str]] = printer_names
        self.view = PaperView(theme)
        self.name, self.count, self.zoomed = ShortLabel(), QLabel(), QLabel()
        self.name.setProperty("tone", "title")
        self.code_button, self.print_button = QPushButton(), QPushButton()
        self.save_button, self.back_button = QPushButton(), QPushButton()
        self.word_button, self.text_button = QPushButton(), QPushButton()
        self.larger, self.smaller, self.fit = QPushButton(), QPushButton(), QPushButton()
        self.notice = QLabel()
        self._make_actions()
        self._build()
        self.view.moved.connect(self._tell_place)
        self.view.broke.connect(lambda why: desk.told.emit(Tone.REFUSED, t(
            "This paper cannot be shown: {why}. It can still be saved.", why=why)))
        self._reword()

    def _make_actions(self) -> None:
        self.print_action = make_action(self, "", "P", self.print_paper)
        self.save_action = make_action(self, "", "S", self.save)
        self.word_action = make_action(self, "", "W", self.save_word)
        self.text_action = make_action(self, "", "T", self.copy_text)
        self.copy_action = make_action(self, "", "C", self.copy_code)
        self.larger_action = make_action(self, "", "+", lambda: self.view.step_zoom(1))
        self.smaller_action = make_action(self, "", "-", lambda: self.view.step_zoom(-1))
        self.fit_action = make_action(self, "", "0", lambda: self.view.step_zoom(0))
        self.back_action = make_action(self, "", "Esc", self.back)
        for button, action in ((self.print_button, self.print_action),
                               (self.save_button, self.save_action),
                               (self.code_button, self.copy_action),
                               (self.word_button, self.word_action),
                               (self.text_button, self.text_action),
                               (self.larger, self.larger_action),
                               (self.smaller, self.smaller_action),
                               (self.fit, self.fit_action), (self.back_button, self.back_action)):
            button.clicked.connect(action.trigger)

    def _build(self) -> None:
        px = self.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.back_button)
        head.addWidget(self.name)
        head.addStretch(1)
        for widget in (self.count, self.smaller, self.zoomed, self.larger, self.fit,
                       self.code_button, self.text_button, self.word_button,
                       self.save_button, self.print_button):
            head.addWidget(widget)
        self.print_button.setProperty("primary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        self.notice.setWordWrap(True)
        self.notice.hide()
        column.addWidget(self.notice)
        column.addWidget(self.view, 1)

    def _reword(self) -> None:
        words = ((self.print_button, self.print_action, t("Print")),
                 (self.save_button, self.save_action, t("Save as PDF")),
                 (self.code_button, self.copy_action, t("Copy the code")),
                 (self.word_button, self.word_action, t("Save for Word or WPS")),
                 (self.text_button, self.text_action, t("Copy as text")),
                 (self.larger, self.larger_action, t("Larger")),
                 (self.smaller, self.smaller_action, t("Smaller")),
                 (self.fit, self.fit_action, t("Page width")),
                 (self.back_button, self.back_action, t("Back")))
        for button, action, word in words:
            action.setText(word)
            button.setText(word)
        signs = ((self.larger, "zoom-in"), (self.smaller, "zoom-out"),
                 (self.back_button, "arrow-left"))
        for button, icon in signs:
            button.setAccessibleName(button.text())
            button.setToolTip(button.text())
            button.setText("")
            button.setIcon(self.theme.icon(icon))
            button.setIconSize(QSize(self.theme.px(16), self.theme.px(16)))
        self._tell_place()
        self.actions_changed.emit()

    # What is shown

    def open(self, what: object) -> None:
        if isinstance(what, Paper):
            self.came_from = what.back_to
            self.show_paper(what.pdf, what.title, name=what.name, code=what.code,
                            sheet=what.sheet)

    def show_paper(self, pdf: bytes, title: str, *, name: str = "", code: str = "",
                   sheet: Sheet | None = None) -> None:
        """Show any PDF of the program under a title."""
        self.paper = Paper(pdf, title, name, code, sheet=sheet)
        self.notice.hide()
        self.view.show_pdf(pdf, page_sizes(pdf))
        self._tell_place()
        self.actions_changed.emit()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self, _change: object | None) -> None:
        self._reword()

    def _tell_place(self) -> None:
        there = self.paper is not None
        self.name.setText(self.paper.title if self.paper else t("No paper yet"))
        self.count.setText(t("Page {n} of {all}", n=self.view.page + 1,
                             all=len(self.view.sizes)) if there else "")
        self.zoomed.setText(f"{round(self.view.scale / (96 / 72) * 100)} %" if there else "")
        self.code_button.setVisible(bool(self.paper and self.paper.code))
        for button in (self.word_button, self.text_button):
            button.setVisible(bool(self.paper and self.paper.sheet))
        for button in (self.print_button, self.save_button, self.larger, self.smaller, self.fit):
            button.setEnabled(there)

    def actions_shown(self) -> Sequence[QAction]:
        if self.paper is None:
            return (self.back_action,)
        code = (self.copy_action,) if self.paper.code else ()
        editable = (self.word_action, self.text_action) if self.paper.sheet else ()
        return (self.print_action, self.save_action, *editable, *code, self.larger_action,
                self.smaller_action, self.fit_action, self.back_action)

    def back(self) -> None:
        self.go.emit(self.came_from, None)

    # What is done with it

    def copy_code(self) -> None:
        if self.paper and self.paper.code:
            QGuiApplication.clipboard().setText(self.paper.code)
            self.desk.told.emit(Tone.DONE, t("Copied: {code}", code=self.paper.code))

    def copy_text(self) -> None:
        """The paper as plain text, for a chat, a mail or another system's form."""
        if self.paper and self.paper.sheet:
            QGuiApplication.clipboard().setText(plain_text(self.paper.sheet))
            self.desk.told.emit(Tone.DONE, t("Copied as text: {title}", title=self.paper.title))

    def save_word(self) -> None:
        """Write the paper as docx where the person wants it."""
        sheet = self.paper.sheet if self.paper else None
        if sheet is None:
            return
        chosen = self.choose_file(self, t("Save for Word or WPS"), self.file_name(".docx"))
        if chosen:
            save_as(self.desk, Path(chosen), lambda _store, progress: sheet_bytes(
                sheet, ".docx", fonts_folder(), progress))

    def file_name(self, ending: str = ".pdf") -> str:
        """A name that every file system takes."""
        wanted = self.paper.name or self.paper.title if self.paper else ""
        return self.desk.file_name(re.sub(r'[\\/:*?"<>|\s]+', "_", wanted) + ending)

    def save(self) -> None:
        """Write the paper where the person wants it."""
        if self.paper is None:
            return
        chosen = self.choose_file(self, t("Save as PDF"), self.file_name())
        if chosen:
            path, pdf = Path(chosen), self.paper.pdf
            self.desk.act(lambda: _write(path, pdf), t("Saved as {path}", path=path))

    def print_paper(self) -> None:
        """Ask for the printer and print in the background; without a printer say so."""
        if self.paper is None:
            return
        if not self.printers():
            self.notice.setText(t("This machine has no printer. Save the paper as PDF and print"
                                  " it on another one."))
            self.notice.show()
            self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.paper.title)
        printer.setFromTo(1, len(self.view.sizes))
        if self.choose_printer(printer, self):
            self._send(printer, self.paper)

    def _send(self, printer: QPrinter, paper: Paper) -> None:
        last = len(self.view.sizes)
        some = printer.printRange() == QPrinter.PrintRange.PageRange
        first_page = max(1, printer.fromPage()) if some else 1
        last_page = min(last, printer.toPage() or last) if some else last

        def work(progress: Progress) -> int:
            return print_pages(paper.pdf, printer, first_page - 1, last_page - 1, progress)

        self.desk.begin(t("Printing {title}", title=paper.title), work, lambda n: (
            self.desk.told.emit(Tone.DONE, t("{n} pages went to the printer", n=n))))


def _write(path: Path, pdf: bytes) -> None:
    try:
        write_whole(path, pdf)
    except OSError as error:
        raise StoreError("The paper could not be saved as {path}: {why}. Choose another place.",
                         path=path, why=error) from error
