"""Out of the libraries 打印与导出: the list in view on paper or into a file, a unit's card."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from db.clock import Clock
from db.errors import StoreError
from db.files import write_whole
from db.store import Store
from db.words import t
from dispatch.library_papers import list_paper
from dispatch.printouts.library_sheets import LibraryFacts, library_sheet
from dispatch.unit_cards import unit_card
from resources.exchange.export import export_rows
from resources.exchange.tables import kind_of
from resources.exchange.writing import Row, form_of, write_table
from resources.listing import Asked, ids_of, records_of
from resources.records import Library
from ui.background import Progress
from ui.desk import Desk, Tone
from ui.pages.library_columns import columns_of, named
from ui.pages.library_filter import asked_words
from ui.pages.paper import Paper
from ui.places import fonts_folder

AT_ONCE = 500
Shown = Callable[[Paper], None]


def choose_table(parent: QWidget, title: str, name: str) -> str:
    """The system's save dialog for a table; empty when it was given up."""
    kinds = f"{t('Spreadsheet')} (*.xlsx);;{t('Text table')} (*.csv)"
    return QFileDialog.getSaveFileName(parent, title, name, kinds)[0]


@contextlib.contextmanager
def reading(path: Path, clock: Clock) -> Iterator[Store]:
    """The store for a thread beside the window's, for reading only."""
    with contextlib.closing(Store.open(path, clock, read_only=True)) as store:
        yield store


def print_list(desk: Desk, library: Library, asked: Asked, columns: Sequence[str], title: str,
               shown: Shown) -> None:
    """The register of what is listed, in the columns in view."""
    path, clock = desk.store.path, desk.store.clock

    def work(progress: Progress) -> bytes:
        with reading(path, clock) as store:
            facts = _list_facts(store, library, asked, columns, progress)
            return _render(facts, progress)

    name = t("Register of {library}", library=title)
    desk.begin(name, work, lambda pdf: shown(Paper(pdf, name, f"register-{library}",
                                                  back_to="libraries")))


def _list_facts(store: Store, library: Library, asked: Asked, columns: Sequence[str],
                progress: Progress) -> LibraryFacts:
    every = columns_of(library, store)
    wanted, ids = named(every, columns, columns), ids_of(store, library, asked)
    rows: list[tuple[str, ...]] = []
    for first in range(0, len(ids), AT_ONCE):
        progress(0.3 * first / len(ids))
        some = ids[first:first + AT_ONCE]
        found = records_of(store, library, some)
        rows += [tuple(column.text(found[one]) for column in wanted)
                 for one in some if one in found]
    return list_paper(store, library, wanted, rows, asked_words(library, asked))


def _render(facts: LibraryFacts, progress: Progress) -> bytes:
    from dispatch.printouts.pdf import render

    return render(library_sheet(facts), fonts_folder(),
                  progress=lambda part: progress(0.3 + 0.7 * part))


def print_card(desk: Desk, unit: str, shown: Shown) -> None:
    """A unit's people, equipment and supplies on one page 单位资源卡."""
    path, clock = desk.store.path, desk.store.clock

    def work(progress: Progress) -> bytes:
        with reading(path, clock) as store:
            return _render(unit_card(store, unit), progress)

    name = t("Resource card: {unit}", unit=unit)
    desk.begin(name, work, lambda pdf: shown(Paper(pdf, name, f"unit-{unit}",
                                                  back_to="libraries")))


def export_list(desk: Desk, library: Library, asked: Asked, file: Path) -> None:
    """What is listed into xlsx or csv, in the template's columns, so that it imports again."""
    path, clock, kind = desk.store.path, desk.store.clock, kind_of(library)

    def work(progress: Progress) -> int:
        with reading(path, clock) as store:
            rows = export_rows(store, kind, ids_of(store, library, asked))
        try:
            write_whole(file, write_table(kind, _ticking(rows, progress), form_of(file)))
        except OSError as error:
            raise StoreError("{path} could not be written: {why}. Choose another place.",
                             path=file, why=error) from error
        return len(rows)

    desk.begin(t("Export"), work, lambda n: desk.told.emit(
        Tone.DONE, t("{n} rows written to {file}", n=n, file=file.name)))


def _ticking(rows: Sequence[Row], progress: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number % AT_ONCE == 0:
            progress(number / len(rows))
        yield row
