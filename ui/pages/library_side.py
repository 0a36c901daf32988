"""The side panel of the libraries: facts, place, history, use and files of the chosen record."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QTabBar, QWidget

from db.store import Store
from db.words import t
from resources import localtime
from resources.coords import CRS_NAMES, Crs
from resources.records import Library
from resources.supplies import Movement, SupplyStock, movements, stock_by_lot
from resources.terms import MOVEMENT_NAMES
from ui.desk import Desk
from ui.map.picker import PlacePicker
from ui.pages import library_facts as said
from ui.pages.library_kinds import LibraryKind
from ui.theme import Theme
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.files import FileList
from ui.widgets.panel import Panel
from ui.widgets.stock import Level, StockCurve

WIDTH, CARD = 384, 200
PLACE_ROWS = ("point", "dms", "given", "far", "town", "address")
TABS = ("facts", "place", "history", "use", "files")


class LibrarySide(Panel):
    """384 px; empty while nothing is chosen. A file dropped on it is attached."""

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.desk = desk
        self.row: Any = None
        self.kind: LibraryKind | None = None
        self.curve, self.facts = StockCurve(theme), FactList(theme, t("record|Facts"))
        self.tabs, self.crs, self.sketch = (
            QTabBar(), QComboBox(), PlacePicker(theme, desk, picks=False))
        self.files = FileList(theme, desk)
        for key in TABS:
            self.tabs.setTabData(self.tabs.addTab(""), key)
        for one in Crs:
            self.crs.addItem("", str(one))
        self.tabs.setExpanding(True)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        for widget in (self.tabs, self.crs, self.sketch, self.curve):
            self.body.addWidget(widget)
        self.body.addWidget(self.facts, 1)
        self.body.addWidget(self.files, 1)
        self.tabs.currentChanged.connect(lambda _n: self.look())
        self.crs.activated.connect(lambda _n: self.look())
        self.facts.activated_row.connect(self._open_use)
        self.sketch.opened.connect(lambda _lon, _lat: self.show_on_map())
        self.setFixedWidth(theme.px(WIDTH))
        self.look()

    def show_record(self, store: Store, kind: LibraryKind, row: Any) -> None:  # noqa: ARG002
        """Show what is known of a record; None empties the panel."""
        self.setFixedWidth(self.theme.px(WIDTH))
        self.kind, self.row = kind, row
        self.look()

    def look(self) -> None:
        """Read the tab in view."""
        self._reword()
        tab = str(self.tabs.tabData(self.tabs.currentIndex()))
        there = self.row is not None and self.kind is not None
        self.crs.setVisible(there and tab == "place")
        self.sketch.setVisible(False)
        self.curve.setVisible(False)
        self.files.setVisible(there and tab == "files")
        self.facts.setVisible(not (there and tab == "files"))
        self.set_title(self.row.name if self.row is not None else t("Nothing chosen"))
        if self.row is None or self.kind is None:
            self.facts.set_rows(())
            return
        if tab == "files":
            self.files.show_record(self.kind.library, int(self.row.id))
            return
        self.facts.set_rows(self._rows(tab, self.kind.library, int(self.row.id)))

    def _rows(self, tab: str, library: Library, row_id: int) -> list[Fact]:
        store = self.desk.store
        if tab == "history":
            return said.history_facts(store, library, row_id)
        if tab == "use":
            return said.use_facts(store, library, row_id)
        if tab == "place":
            return self._place(store, library, row_id)
        rows = said.facts(store, library, row_id)
        if isinstance(self.row, SupplyStock):
            self.curve.show()
            rows += self._stock_card(store, self.row)
        if library is Library.FORCE:
            rows = [*said.present_orders(store, self.row), *rows]
        return rows

    def _place(self, store: Store, library: Library, row_id: int) -> list[Fact]:
        row = store.one(f"select * from [{library}] where id = :id", id=row_id)
        if row is None or "lon" not in row.keys():  # noqa: SIM118 - a row is no mapping
            self.crs.hide()
            return [Fact("none", t("This kind of record has no place."))]
        if row["lon"] is not None:
            self.sketch.show()
            self.sketch.show_point((row["lon"], row["lat"]))
        return said.place_facts(store, row, Crs(str(self.crs.currentData())))

    def show_on_map(self) -> None:
        """The chosen record on the map page."""
        window: Any = self.window()
        if self.row is not None and self.kind is not None:
            window.show_page("map", (str(self.kind.library), int(self.row.id)))

    def _open_use(self, fact: Fact) -> None:
        """Enter on a use opens its page, on a place the map."""
        if fact.key in PLACE_ROWS:
            self.show_on_map()
            return
        page, _, rest = fact.key.partition(" ")
        row = rest.partition(" ")[0]
        window: Any = self.window()
        if page == "event" and row.isdigit():
            window.show_page("event", int(row))
        elif row.isdigit() and page in {str(one) for one in Library}:
            window.show_page("libraries", (page, int(row)))

    def _reword(self) -> None:
        words = {"facts": t("record|Facts"), "place": t("group|Place"),
                 "history": t("side|History"), "use": t("side|Used in"), "files": t("side|Files")}
        for number in range(self.tabs.count()):
            self.tabs.setTabText(number, words[str(self.tabs.tabData(number))])
        for number, one in enumerate(Crs):
            self.crs.setItemText(number, t(CRS_NAMES[one]))
        self.tabs.setAccessibleName(t("About the chosen record"))
        self.crs.setAccessibleName(t("field|Coordinate system"))

    def _stock_card(self, store: Store, row: SupplyStock) -> list[Fact]:
        lots = stock_by_lot(store, supply=row.id)
        card = [(lot, move) for lot in lots for move in movements(store, lot.id)]
        card.sort(key=lambda pair: (pair[1].at, pair[1].number))
        left, levels = 0.0, []
        for _lot, move in card:
            left += move.quantity
            levels.append(Level(move.at, left))
        self.curve.show_levels(levels, row.min_stock, store.clock.now())
        rows = [Fact("head lots", t("Lots"), right=str(len(lots)), head=True)]
        rows += [Fact(f"lot {lot.id}", f"{lot.warehouse} {lot.bin}".strip(),
                      t("Batch {batch}, expires {day}", batch=lot.batch or "—",
                        day=lot.expires_on or "—"), f"{lot.quantity:g}") for lot in lots]
        rows.append(Fact("head card", t("Movements"), right=str(len(card)), head=True))
        rows += [_movement(move) for _lot, move in card[::-1][:CARD]]
        return rows


def _movement(move: Movement) -> Fact:
    who = move.receiver or move.basis or move.handler
    note = " ".join(p for p in (localtime.moment_text(move.at, year=True), who) if p)
    return Fact(f"move {move.number}", f"{move.number} {t(MOVEMENT_NAMES[move.kind])}", note,
                f"{move.quantity:+g}".replace("-", "−"))
