"""Roster files 打印与文件: the month and the week on paper, xlsx out and in, and the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import StoreError
from db.files import write_whole
from db.words import t
from dispatch.duty.roster.board import board
from dispatch.duty.roster.months import Put
from dispatch.printouts.sheet import Sheet
from ui.background import Progress
from ui.desk import Desk, Tone
from ui.pages.paper import Paper
from ui.places import fonts_folder

MANY = 60
"""With more people than this the month goes on A3."""


def choose_target(parent: QWidget, name: str) -> str:
    """The system's save dialog; empty when it was given up."""
    return QFileDialog.getSaveFileName(parent, t("Export the roster"), name,
                                       "xlsx (*.xlsx);;iCalendar (*.ics)")[0]


def choose_source(parent: QWidget) -> str:
    return QFileDialog.getOpenFileName(parent, t("Import a roster"), "", "xlsx (*.xlsx)")[0]


class RosterFiles(QObject):
    """`shown` takes a paper to the preview; the choosers ask the machine for a file."""

    def __init__(self, desk: Desk, page: QWidget, shown: Callable[[Paper], None],
                 undoable: Callable[[tuple[Put, ...]], None]) -> None:
        super().__init__(page)
        self.desk, self.page, self.shown, self.undoable = desk, page, shown, undoable
        self.choose_target: Callable[[QWidget, str], str] = choose_target
        self.choose_source: Callable[[QWidget], str] = choose_source

    def print_month(self, first: date) -> None:
        from dispatch.duty.roster.papers import month_sheet

        found = board(self.desk.store, first)
        large = len(found.month.people) > MANY
        self._render(month_sheet(self.desk.store, found, self.desk.now(), large=large),
                     f"roster-{first:%Y-%m}")

    def print_week(self, day: date) -> None:
        from dispatch.duty.roster.papers import week_sheet

        self._render(week_sheet(self.desk.store, day, self.desk.now()), f"week-{day}")

    def _render(self, sheet: Sheet, name: str) -> None:
        from dispatch.printouts.pdf import render

        def work(progress: Progress) -> bytes:
            return render(sheet, fonts_folder(), progress=progress)

        self.desk.begin(sheet.title, work, lambda pdf: self.shown(
            Paper(pdf, sheet.title, name, back_to="roster")))

    def export(self, first: date) -> None:
        """Write the month as xlsx, or as a calendar when the name ends so."""
        from dispatch.duty.roster.exchange import calendar, month_book

        chosen = self.choose_target(self.page, self.desk.file_name(
            f"roster-{first:%Y-%m}.xlsx"))
        if not chosen:
            return
        found, path = board(self.desk.store, first), Path(chosen)
        data = calendar(found, self.desk.now()).encode() if path.suffix == ".ics" \
            else month_book(found)
        self.desk.act(lambda: _write(path, data), t("Saved as {path}", path=path))

    def bring_in(self, first: date) -> None:
        """Take the duties of an xlsx file into the month."""
        from dispatch.duty.roster.exchange import bring_in, read_month

        chosen = self.choose_source(self.page)
        if not chosen:
            return
        desk, found = self.desk, board(self.desk.store, first)
        path = Path(chosen)
        back = desk.act(lambda: bring_in(
            desk.store, found, read_month(path.name, _read(path), found), by=desk.officer))
        if back is not None:
            self.undoable(back)
            desk.told.emit(Tone.DONE, t("{n} cells brought in", n=len(back)))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError("{file} cannot be read: {why}.", file=path, why=error) from error


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise StoreError("{file} cannot be written: {why}.", file=path,
                         why=error) from error
