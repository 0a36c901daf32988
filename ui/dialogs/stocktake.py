"""The stock-take sheet 盘点: every lot of a warehouse, counted down by keyboard, one change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from db.errors import Refused
from db.words import mark, t
from resources.amounts import read_amount
from resources.ledger import take_stock
from resources.supplies import MOST, LotId, Papers, stock_by_lot
from ui.desk import Desk, Tone
from ui.dialogs.sheet import ENTERS, Sheet
from ui.rows_model import Column
from ui.theme import Theme
from ui.widgets.edit_table import EditColumn, EditModel, EditTable
from ui.widgets.form import Choice

RIGHT = Qt.AlignmentFlag.AlignRight
ROWS = 9


@dataclass(frozen=True, slots=True)
class Counted:
    """One lot with what the ledger says and what was found, None while nobody counted it."""

    id: LotId
    code: str
    name: str
    model: str
    batch: str
    bin: str
    measure: str
    there: float
    found: float | None = None

    @property
    def difference(self) -> float:
        return 0.0 if self.found is None else round(self.found - self.there, 6)


def _signed(row: Counted) -> str:
    if row.found is None:
        return ""
    return f"{row.difference:+g}".replace("-", "−") if row.difference else "0"


COLUMNS: tuple[Column[Counted], ...] = (
    Column(mark("Code"), lambda r: r.code, width=80, muted=True),
    Column(mark("Name"), lambda r: " ".join(p for p in (r.name, r.model) if p), width=190,
           stretch=True, bold=True),
    Column(mark("Batch"), lambda r: r.batch, width=80),
    Column(mark("Shelf"), lambda r: r.bin, width=88, muted=True),
    Column(mark("column|Ledger"), lambda r: f"{r.there:g} {r.measure}", RIGHT, 88,
           sort_key=lambda r: r.there),
    EditColumn(mark("column|Counted"), lambda r: "" if r.found is None else f"{r.found:g}", RIGHT,
               88, bold=True, name="found",
               typed=lambda r: "" if r.found is None else f"{r.found:g}"),
    Column(mark("column|Difference"), _signed, RIGHT, 80, sort_key=lambda r: r.difference),
)


class StockTakeSheet(Sheet):
    """Choose the warehouse, type what is there; only what was counted is written.

    `print_asked` carries the warehouse whose counting list is wanted.
    """

    print_asked = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, host: QWidget,
                 warehouse: int | None = None) -> None:
        super().__init__(theme, desk, host, t("ledger|Stock-take"), width=860, draft="stocktake",
                         verb=t("Write the stock-take"))
        self.kept: dict[str, dict[str, float]] = {}
        houses = [Choice(r["id"], r["name"]) for r in desk.store.read(
            "select id, name from warehouse where active = 1 order by name, id")]
        self.grid.wide(8)
        self.grid.choice("warehouse", t("Warehouse"), houses, required=True).activated.connect(
            lambda _n: self._load())
        self.grid.wide(6)
        self.grid.line("basis", t("Basis (order number)"))
        self.grid.line("note", t("Counted with"))
        self.model: EditModel[Counted] = EditModel(COLUMNS, lambda r: r.id, lambda r: r.name)
        self.model.written.connect(self._on_written)
        self.table = EditTable(theme, self.model, t("Lots to count"))
        self.table.left.connect(self.ok.setFocus)
        self.table.setMinimumHeight(theme.px(32 + 40 * ROWS))
        self.totals = QLabel()
        self.totals.setProperty("tone", "muted")
        self.rows.addWidget(self.table, 1)
        self.rows.addWidget(self.totals)
        self.add_button(t("As the ledger says"), self._take_ledger, "Ctrl+Shift+L")
        self.add_button(t("Counting list"), self._ask_list, "Ctrl+P")
        self.hint.setText(t("Enter goes down · Ctrl+Enter writes"))
        self.form.submitted.disconnect(self.submit)
        self.form.submitted.connect(self.table.setFocus)
        self.form.fill({"warehouse": warehouse or (houses[0].value if houses else None)})
        self._load()

    # What is shown

    @property
    def house(self) -> int:
        return int(str(self.form.values["warehouse"] or 0))

    def _load(self) -> None:
        kept = self.kept.get(str(self.house), {})
        self.model.replace([Counted(
            x.id, x.code, x.name, x.model, x.batch, x.bin, x.measure, x.quantity,
            kept.get(str(x.id))) for x in stock_by_lot(self.desk.store, warehouse=self.house)])
        self._go_to(0)
        self._tell()

    def _go_to(self, row: int) -> None:
        cell = self.table.first_cell(row, "found")
        if cell.isValid():
            self.table.setCurrentIndex(cell)

    def _on_written(self, row: Counted, _name: str, text: str) -> None:
        try:
            found = None if not text.strip() else self._read(row, text)
        except Refused as error:
            self.refuse(error)
            return
        self.message.hide()
        self._put(row, found)
        self._on_edited()
        self._tell()

    def _read(self, row: Counted, text: str) -> float:
        number, unit = read_amount(text, row.measure)
        if unit != row.measure:
            raise Refused("{name} is counted in {measure}, not in {given}.", name=row.name,
                          measure=row.measure, given=unit)
        if not 0 <= number < MOST:
            raise Refused("A stock-take finds zero or more.")
        return number

    def _put(self, row: Counted, found: float | None) -> None:
        self.model.update(self.model.find(row.id), replace(row, found=found))
        kept = self.kept.setdefault(str(self.house), {})
        if found is None:
            kept.pop(str(row.id), None)
        else:
            kept[str(row.id)] = found

    def _tell(self) -> None:
        rows = self.model.rows
        counted = [r for r in rows if r.found is not None]
        more, less = (sum(1 for r in counted if sign * r.difference > 0) for sign in (1, -1))
        self.totals.setText(t("{n} of {all} lots counted · {same} agree · {more} more · {less}"
                              " fewer", n=len(counted), all=len(rows),
                              same=len(counted) - more - less, more=more, less=less))

    def _take_ledger(self) -> None:
        """What was not counted one by one agrees with the ledger."""
        for row in self.model.rows:
            if row.found is None:
                self._put(row, row.there)
        self._on_edited()
        self._tell()

    def _ask_list(self) -> None:
        self.print_asked.emit(self.house)

    # Keeping and committing

    def restore(self, kept: dict[str, object]) -> None:
        super().restore(kept)
        counts = kept.get("counts")
        self.kept = counts if isinstance(counts, dict) else {}
        self._load()

    def _on_edited(self) -> None:
        if self.keeper and not self.sent:
            self.keeper.read = lambda: {**self.form.values, "counts": self.kept}
            self.keeper.touch()

    def commit(self) -> object:
        counted = {r.id: r.found for r in self.model.rows if r.found is not None}
        if not counted:
            raise Refused("Count at least one lot first.")
        values = self.form.values
        made = take_stock(self.desk.store, counted, by=self.desk.officer, papers=Papers(
            basis=str(values["basis"]), note=str(values["note"])))
        changed = sum(1 for m in made if m.quantity)
        self.desk.told.emit(Tone.DONE, t(
            "{first} to {last}: {n} lots counted, {changed} differ", first=made[0].number,
            last=made[-1].number, n=len(made), changed=changed))
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the table goes down; Ctrl+Enter writes from anywhere."""
        if event.key() in ENTERS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
            return
        super().keyPressEvent(event)
