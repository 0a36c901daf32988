"""One library's list 列表: its table, remembered look, filters and totals in one panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from db.change import Change
from db.clock import Clock
from db.words import t
from resources import localtime
from resources.listing import SUMS, Asked, Choice, Facet, Totals, ids_of, records_of, totals
from resources.records import Library
from resources.views import View, views
from resources.waiting import WAIT_NAMES
from ui.background import Job, Progress
from ui.desk import Desk
from ui.list_look import ListLook, keep_looks, read_looks
from ui.pages.library_columns import EXPIRY_COLUMN, STOCK_COLUMN, columns_of, named
from ui.pages.library_filter import FilterBar, choice_words
from ui.pages.library_kinds import LibraryKind, amount
from ui.pages.library_out import reading
from ui.theme import Theme
from ui.widgets.panel import Panel
from ui.widgets.stock import StockDelegate
from ui.widgets.window_table import WindowTable
from ui.window_model import WindowModel

TABLES = {Library.SUPPLY: {"supply", "lot", "movement"}}
MOVES = frozenset({"lot", "movement"})
"""Tables whose rows alter a supply that is listed."""


class LibraryList(Panel):
    """`chosen` carries the current record or None, `counted` follows every new total."""

    chosen = Signal(object)
    counted = Signal()

    def __init__(self, theme: Theme, desk: Desk, kind: LibraryKind,
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.desk, self.kind = desk, kind
        self.looks = read_looks(self._folder)
        self.whole = 0
        self.totals = Totals(0)
        self.view: object = None
        self._job: Job[Totals] | None = None
        self.bar, self.foot = FilterBar(theme, desk.store), QLabel()
        self.head.hide()
        self.table = self._make_table()
        self.body.addWidget(self.bar)
        self.body.addWidget(self.table, 1)
        self.foot.setProperty("tone", "muted")
        self.foot.setWordWrap(True)
        self.foot.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6))
        self.body.addWidget(self.foot)
        self.bar.ask(kind.library, Asked(sort=self.look.sort, down=self.look.down))
        self._show_order()
        self.bar.changed.connect(self._on_asked)
        self.bar.view_chosen.connect(self.show_view)

    @property
    def _folder(self) -> Path:
        return self.desk.store.path.parent

    @property
    def look(self) -> ListLook:
        return self.looks.get(self.kind.key, ListLook())

    # Which list

    def show_kind(self, kind: LibraryKind) -> None:
        """Another library as it was last laid out; `load` fills it from its top."""
        self.kind, self.view, self.totals = kind, None, Totals(0)
        self._renew_table()
        self.bar.totals = self.totals
        self.bar.ask(kind.library, self._shared())
        self._show_order()

    def show_view(self, view: View | None) -> None:
        """A saved view: its filters, columns and order; None is the whole list again."""
        self.view = view.id if view else None
        asked = view.asked if view else Asked()
        columns = view.columns if view else ()
        self._keep(ListLook(columns, self.look.widths, asked.sort, asked.down))
        self._renew_table()
        self.bar.ask(self.kind.library, asked)
        self._show_order()
        self.load(None)

    def lay_out(self, columns: Sequence[str], sort: str, *, down: bool) -> None:
        """Show these columns in this order, sorted so."""
        self._keep(ListLook(tuple(columns), self.look.widths, sort, down))
        self._renew_table()
        self.bar.ask(self.kind.library, replace(self.bar.asked, sort=sort, down=down))
        self._show_order()
        self.load(None)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in view, left to right."""
        return self.table.column_order()

    def _keep(self, look: ListLook) -> None:
        self.looks[self.kind.key] = look
        keep_looks(self._folder, self.looks)

    def _on_laid_out(self) -> None:
        self._keep(replace(self.look, columns=self.columns, widths=dict(self.table.widths)))

    # The table

    def _make_table(self) -> WindowTable:
        store, library = self.desk.store, self.kind.library
        columns = named(columns_of(library, store), self.look.columns, self.kind.columns)
        model = WindowModel(columns, lambda ids: records_of(store, library, ids),
                            spoken=lambda row: str(row.name))
        today = localtime.local_day(self.desk.now())
        table = WindowTable(self.theme, model, t(self.kind.title), StockDelegate(
            self.theme, STOCK_COLUMN, EXPIRY_COLUMN, today), self.look.widths)
        model.setParent(table)
        table.head.sortIndicatorChanged.connect(self._on_sorted)
        table.chosen_row.connect(self.chosen)
        table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        table.laid_out.connect(self._on_laid_out)
        return table

    def _renew_table(self) -> None:
        old, had_focus = self.table, self.table.hasFocus()
        self.table = self._make_table()
        self.body.replaceWidget(old, self.table)
        self.setTabOrder(self.bar.views, self.table)
        old.hide()
        old.deleteLater()
        if had_focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_order(self) -> None:
        head, asked = self.table.head, self.bar.asked
        names = [column.name for column in self.table.window_model.columns]
        order = Qt.SortOrder.DescendingOrder if asked.down else Qt.SortOrder.AscendingOrder
        head.blockSignals(True)
        head.setSortIndicator(names.index(asked.sort) if asked.sort in names else -1, order)
        head.blockSignals(False)
        head.viewport().update()
        self.table.fit()

    def _on_sorted(self, number: int, order: Qt.SortOrder) -> None:
        if number < 0:
            return
        name = self.table.window_model.columns[number].name
        down = order == Qt.SortOrder.DescendingOrder
        self._keep(replace(self.look, sort=name, down=down))
        self.bar.asked = replace(self.bar.asked, sort=name, down=down)
        self._on_asked()
        self.table.fit()

    # Reading

    def load(self, change: object | None) -> None:
        """Read the list anew; after a change only what it touched, and nothing for others."""
        if isinstance(change, Change):
            if "saved_view" in change.tables():
                self._offer_views()
            if not change.tables() & TABLES.get(self.kind.library, {self.kind.key}):
                return
            changed = [one.row_id for one in change.touched if one.table == self.kind.key]
            self._read(self._shown_supplies() if change.tables() & MOVES else changed)
            return
        self.bar.reword()
        self._offer_views()
        if self._shared() != self.bar.asked and self.kind.library in self.desk.asked:
            self.bar.ask(self.kind.library, self._shared())  # the map filtered it meanwhile
        self._read(None)

    def _shown_supplies(self) -> list[int]:
        """A movement names its lot, not its supply: what is held of them is read again."""
        return list(self.table.window_model.held)

    def _read(self, changed: Sequence[int] | None) -> None:
        store, library = self.desk.store, self.kind.library
        self.desk.asked[library] = self.bar.asked
        self.whole = int(store.value(f"select count(*) from [{library}] where active = 1"))
        self.table.show_ids(ids_of(store, library, self.bar.asked), changed)
        self._count()

    def _shared(self) -> Asked:
        """How this library is filtered on the map too, in the order of this list."""
        return replace(self.desk.asked.get(self.kind.library, Asked()), sort=self.look.sort,
                       down=self.look.down)

    def _on_asked(self) -> None:
        self._read(None)

    def _offer_views(self) -> None:
        self.bar.offer_views(views(self.desk.store, self.kind.library), self.view)

    def _count(self) -> None:
        """Totals take up to a third of a second at 100,000 rows: counted beside the window."""
        store, asked, library = self.desk.store, self.bar.asked, self.kind.library
        path, clock = store.path, store.clock
        job: Job[Totals] = Job(lambda progress: _totals(path, clock, library, asked, progress),
                               self.desk)
        if self._job is not None:
            self._job.progress.cancel()
        self._job = job
        job.done.connect(lambda found: self._on_counted(job, found))
        job.start()
        self._tell()

    def _on_counted(self, job: Job[Totals], found: Totals) -> None:
        if job is self._job:
            self._job = None
            self.totals = found
            self.bar.show_totals(found)
            self._tell()
            self.counted.emit()
        job.deleteLater()

    # Words

    def _tell(self) -> None:
        found, chosen = self.totals, self.table.chosen_count
        parts = [t("{n} of {all}", n=len(self.table.window_model.ids), all=self.whole)]
        if chosen > 1:
            parts.insert(0, t("{n} chosen", n=chosen))
        every = columns_of(self.kind.library, self.desk.store)
        parts += [f"{t(every[name].title)} {amount(found.sums.get(name, 0))}"
                  for name in SUMS.get(self.kind.library, ())]
        parts += [f"{self._state(value)} {n}" for value, n in found.states.items() if n]
        parts += [f"{t(WAIT_NAMES[wait])} {n}" for wait, n in found.waits.items() if n]
        self.foot.setText(" · ".join(parts))
        if not self.table.window_model.ids:
            self.foot.setText(t("Nothing fits this filter. Esc clears it.") if self.whole else t(
                "This library is empty. Import a table (Ctrl+I) or add the first record (N)."))

    def _state(self, value: str) -> str:
        return choice_words(self.kind.library, Choice(Facet.STATUS, value))

    def rows(self) -> list[Any]:
        """The chosen records, in the order of the list; the current one alone is one of them."""
        ids = self.table.chosen_ids
        found = records_of(self.desk.store, self.kind.library, ids)
        return [found[one] for one in ids if one in found]


def _totals(path: Path, clock: Clock, library: Library, asked: Asked,
            progress: Progress) -> Totals:
    progress(0)  # one that was overtaken while it waited is not counted at all
    with reading(path, clock) as store:
        return totals(store, library, asked)
