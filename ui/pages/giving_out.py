"""Giving out 输出: a page's paper into the preview, its list into a file of the person's choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import StoreError
from db.files import write_whole
from db.store import Store
from db.words import t
from dispatch.printouts.sheet import Sheet
from ui.background import Progress
from ui.desk import Desk, Tone
from ui.page import Page
from ui.pages.paper import Paper, joined
from ui.places import fonts_folder

ChooseFile = Callable[[QWidget, str, str], str]


def choose_book(parent: QWidget, title: str, name: str) -> str:
    """The system's save dialog for a workbook; empty when it was given up."""
    return QFileDialog.getSaveFileName(parent, title, name, "Excel (*.xlsx)")[0]


def preview(page: Page, desk: Desk, title: str, name: str,
            make: Callable[[], Sheet | Sequence[Sheet]]) -> None:
    """Make one paper or several from the record, render them in the background, show them as
    one; a refusal is told on the message line."""
    from dispatch.printouts.pdf import render

    made = desk.act(make)
    if made is None:
        return
    sheets = [made] if isinstance(made, Sheet) else list(made)

    def work(progress: Progress) -> bytes:
        pdfs = []
        for number, sheet in enumerate(sheets):
            progress(number / len(sheets))
            pdfs.append(render(sheet, fonts_folder()))
        return joined(pdfs)

    desk.begin(title, work, lambda pdf: page.go.emit("preview", Paper(
        pdf, title, name, back_to=page.key)))


def save_list(page: QWidget, desk: Desk, name: str, choose: ChooseFile,
              make: Callable[[Store], bytes]) -> None:
    """Ask where a list goes, make it from a store of its own beside the window, write it there."""
    chosen = choose(page, t("Save as xlsx"), desk.file_name(f"{name}.xlsx"))
    if chosen:
        save_as(desk, Path(chosen), lambda store, _progress: make(store))


def save_as(desk: Desk, path: Path, make: Callable[[Store, Progress], bytes]) -> None:
    """Make a file beside the window and write it; it can be stopped until it is written."""
    def work(progress: Progress) -> Path:
        with desk.reading() as store:
            content = make(store, progress)
        progress(1.0)
        write_list(path, content)
        return path

    desk.begin(t("Saving {name}", name=path.name), work, lambda done: desk.told.emit(
        Tone.DONE, t("Saved as {path}", path=done)))


def write_list(path: Path, content: bytes) -> None:
    """Write a file whole.

    Raises:
        StoreError: it cannot be written there.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise StoreError("The list could not be saved as {path}: {why}. Choose another place.",
                         path=path, why=error) from error
