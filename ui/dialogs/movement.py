"""The movement sheet 出入库单: goods, lot, amount and papers; what will be left is said at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from db.change import RowId
from db.errors import Refused, WatchdeskError
from db.words import t
from dispatch.events import open_events
from resources.amounts import read_amount, read_day
from resources.ledger import Outside, outside
from resources.localtime import local_day
from resources.supplies import USED, LotId, LotStock, Papers, stock, stock_by_lot
from resources.terms import MovementKind
from ui.desk import Desk, Tone
from ui.dialogs.movement_fields import NEW_LOT, SLIPS, Asked, lot_words
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

PRINT_KEY, BLANK_KEY = "Ctrl+P", "Ctrl+B"
INWARD = (MovementKind.IN, MovementKind.GIVE_BACK)


class MovementSheet(Sheet):
    """One movement of one lot. `print_asked` carries the movement whose slip is wanted,
    `blank_asked` the kind of the empty one."""

    print_asked = Signal(object)
    blank_asked = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, kind: MovementKind, *,
                 supply: int | None = None, lot: int | None = None,
                 lent: int | None = None) -> None:
        self.kind, self.slip = kind, SLIPS[kind]
        super().__init__(theme, desk, host, t(self.slip.title), width=600,
                         draft=f"movement {kind} {supply or lent or 0}", verb=t(self.slip.verb))
        self.today = local_day(desk.now())
        self.goods = stock(desk.store, self.today)
        self.lots: list[LotStock] = []
        self.lent: list[Outside] = outside(desk.store) if kind is MovementKind.GIVE_BACK else []
        self.wants_print = False
        self.beside, self.level = QLabel(), self.note()
        self._build_fields()
        self._choose_first(supply, lot, lent)
        self.add_button(t("Blank slip"), lambda: self.blank_asked.emit(self.kind), BLANK_KEY)
        self.add_button(t("With slip"), self._submit_and_print, PRINT_KEY)
        self.hint.setText(t("Enter commits"))

    # Fields

    def _build_fields(self) -> None:
        form = self.grid
        if self.kind is MovementKind.GIVE_BACK:
            form.choice("lent", t("Slip"), [Choice(o.id, t(
                "{number} {name} · {receiver} · {n} {measure} outside", number=o.number,
                name=o.name, receiver=o.receiver, n=f"{o.left:g}", measure=o.measure))
                for o in self.lent], required=True).activated.connect(self._tell)
        else:
            form.choice("supply", t("Supply"), [Choice(s.id, " ".join(p for p in (
                s.code, s.name, s.model) if p)) for s in self.goods],
                required=True).activated.connect(lambda _n: self._offer_lots())
            self._lot_field()
        form.new_row()
        form.wide(7)
        form.line("quantity", t("Quantity"), required=True).textChanged.connect(self._tell)
        form.wide(13)
        form.place(self.beside)
        self.beside.setWordWrap(True)
        self._paper_fields()
        self.rows.insertWidget(1, self.level)

    def _lot_field(self) -> None:
        form = self.grid
        self.lot_box = form.choice("lot", t("Lot"), [], required=True)
        self.lot_box.activated.connect(self._tell)
        if self.kind is MovementKind.IN:
            form.wide(8)
            form.choice("warehouse_id", t("Warehouse"), self._houses())
            form.wide(4)
            form.line("batch", t("Batch"))
            form.line("bin", t("Shelf"))
            form.line("expires_on", t("Expires"), hint="2028-12-31")

    def _paper_fields(self) -> None:
        form, wanted = self.grid, self.slip.fields
        makers: dict[str, Callable[[], object]] = {
            "warehouse": lambda: form.choice("warehouse", t("To warehouse"), self._houses(),
                                             required=True),
            "into": lambda: form.choice("into", t("New goods go into"), []),
            "event": lambda: form.choice("event", t("Event"), [Choice(None, "—"), *(
                Choice(e.id, f"{e.number} {e.title}") for e in open_events(self.desk.store))]),
            "receiver": lambda: form.line("receiver", self._receiver_words()),
            "due_back": lambda: form.line("due_back", t("Due back"), hint=t("2026-12-01 or +7")),
            "condition": lambda: form.line("condition", t("Condition"), hint=t("Intact / damaged")),
            "basis": lambda: form.line("basis", t("Basis (order number)")),
            "approver": lambda: form.line("approver", t("Approved by")),
            "note": lambda: form.line("note", t("Note"))}
        form.new_row()
        form.wide(10)
        for name in wanted:
            if name in ("warehouse", "into"):
                form.wide(20)
            makers[name]()
            form.wide(10)
        form.new_row()
        form.wide(20)
        form.line("override", t("Why the expired lot goes out all the same"))

    def _receiver_words(self) -> str:
        return {MovementKind.REPAIR: t("Workshop"), MovementKind.GIVE_BACK: t("Given back by"),
                MovementKind.IN: t("Delivered by")}.get(self.kind, t("Received by"))

    def _houses(self) -> list[Choice]:
        return [Choice(r["id"], r["name"]) for r in self.desk.store.read(
            "select id, name from warehouse where active = 1 order by name, id")]

    # Choosing

    def _choose_first(self, supply: int | None, lot: int | None, lent: int | None) -> None:
        if self.kind is MovementKind.GIVE_BACK:
            first = lent or next((o.id for o in self.lent if supply is None or o.lot_id in {
                x.id for x in stock_by_lot(self.desk.store, supply=supply)}), None)
            self.form.fill({"lent": first})
        else:
            first_of = supply or (self.goods[0].id if self.goods else None)
            self.form.fill({"supply": first_of})
            self._offer_lots(lot)
        if "event" in self.slip.fields:
            self.form.fill({"event": None})
        self._tell()

    def _offer_lots(self, chosen: int | None = None) -> None:
        """The lots of the chosen supply, those that expire first in front."""
        found = stock_by_lot(self.desk.store, supply=int(str(self.form.values["supply"] or 0)))
        outward = self.kind not in INWARD
        self.lots = sorted((x for x in found if x.quantity > 0 or not outward), key=lambda x: (
            outward and self._expired(x), x.expires_on or date.max))
        words = [Choice(x.id, lot_words(x, self.today.isoformat())) for x in self.lots]
        if self.kind is MovementKind.IN:
            words.append(Choice(NEW_LOT, t("A new lot")))
        self.form.offer("lot", words)
        self.form.fill({"lot": chosen if chosen is not None else words[0].value if words else None})
        if "into" in self.slip.fields:
            self.form.offer("into", [Choice(None, t("Nothing comes in yet")), *(
                Choice(x.id, lot_words(x, self.today.isoformat())) for x in found)])
            self.form.fill({"into": None})
        self._tell()

    @property
    def chosen_lot(self) -> LotStock | None:
        wanted = self.form.values.get("lot")
        return next((x for x in self.lots if x.id == wanted), None)

    def _expired(self, lot: LotStock) -> bool:
        return lot.expires_on is not None and lot.expires_on < self.today

    @property
    def _measure(self) -> str:
        if self.kind is MovementKind.GIVE_BACK:
            out = self._out()
            return out.measure if out else ""
        wanted = self.form.values["supply"]
        return next((s.measure for s in self.goods if s.id == wanted), "")

    def _out(self) -> Outside | None:
        wanted = self.form.values["lent"]
        return next((o for o in self.lent if o.id == wanted), None)

    # What is said while typing

    def _tell(self, *_: object) -> None:
        lot = self.chosen_lot
        self.form.reveal("override", shown=bool(
            lot and self.kind in USED and self._expired(lot)))
        for name in ("warehouse_id", "batch", "bin", "expires_on"):
            if self.kind is MovementKind.IN:
                self.form.reveal(name, shown=self.form.values["lot"] == NEW_LOT)
        self.level.setText(self._level_words())
        words, wrong = self._left_words(lot)
        self.beside.setText(words)
        self.beside.setProperty("tone", "error" if wrong else "muted")
        self.beside.style().unpolish(self.beside)
        self.beside.style().polish(self.beside)
        self.place()

    def _level_words(self) -> str:
        wanted = self.form.values.get("supply")
        one = next((s for s in self.goods if s.id == wanted), None)
        if one is None:
            return "" if self.lent or self.kind is not MovementKind.GIVE_BACK else t(
                "Nothing is lent out or in repair.")
        words = t("In stock {n} {measure} in {lots} lots, minimum {least}", n=f"{one.quantity:g}",
                  measure=one.measure, lots=one.lots, least=f"{one.min_stock:g}")
        if not self.lots and self.kind not in INWARD:
            words = f"{words} · " + t("No lot of it has anything left.")
        return words

    def _left_words(self, lot: LotStock | None) -> tuple[str, bool]:
        """What the lot will hold, and whether that cannot be."""
        there = lot.quantity if lot else 0.0
        measure, out = self._measure, self._out() if self.kind is MovementKind.GIVE_BACK else None
        try:
            number, unit = read_amount(str(self.form.values["quantity"]), measure)
        except Refused:
            number, unit = 0.0, measure
        if unit != measure:
            return t("It is counted in {measure}, not in {given}.", measure=measure,
                     given=unit), True
        if out is not None:
            left = round(out.left - number, 6)
            if left < 0:
                return t("Only {n} {measure} are outside.", n=f"{out.left:g}",
                         measure=measure), True
            return t("{n} {measure} stay outside", n=f"{left:g}", measure=measure), False
        left = round(there + number if self.kind is MovementKind.IN else there - number, 6)
        if left < 0:
            return t("Only {n} {measure} in this lot, {over} too many.", n=f"{there:g}",
                     measure=measure, over=f"{-left:g}"), True
        return t("{there} → {left} {measure} left in this lot", there=f"{there:g}",
                 left=f"{left:g}", measure=measure), False

    # Committing

    def restore(self, kept: dict[str, object]) -> None:
        """A draft's lot is known only once its supply is chosen."""
        if "supply" in kept:
            self.form.fill({"supply": kept["supply"]})
            self._offer_lots()
        super().restore(kept)
        self._tell()

    def commit(self) -> object:
        values, store = self.form.values, self.desk.store
        number, unit = read_amount(str(values["quantity"]), self._measure)
        made = self.slip.do(store, Asked(
            LotId(RowId(int(str(values.get("lot") or NEW_LOT)))), number, unit, self._papers(),
            values, RowId(int(str(values.get("supply") or 0)))), self.desk.officer)
        name = self._name()
        self.desk.told.emit(Tone.DONE, t(
            "{number}: {name} {n} {measure}", number=made.number, name=name,
            n=f"{made.quantity:+g}".replace("-", "−"), measure=self._measure))
        if self.wants_print:
            self.print_asked.emit(made.id)
        return made

    def _name(self) -> str:
        out = self._out() if self.kind is MovementKind.GIVE_BACK else None
        wanted = self.form.values.get("supply")
        return out.name if out else next((s.name for s in self.goods if s.id == wanted), "")

    def _papers(self) -> Papers:
        said = {name: str(value or "").strip() for name, value in self.form.values.items()}
        event = self.form.values.get("event")
        return Papers(basis=said.get("basis", ""), approver=said.get("approver", ""),
                      receiver=said.get("receiver", ""), note=said.get("note", ""),
                      event=RowId(int(str(event))) if event else None,
                      due_back=read_day(said.get("due_back", ""), self.today, "due_back"),
                      override=said.get("override", ""))

    def _submit_and_print(self) -> None:
        self.wants_print = True
        self.submit()
        self.wants_print = False

    def refuse(self, error: WatchdeskError) -> None:
        """A wrong unit was typed behind the quantity."""
        if error.field == "measure":
            self.form.show_error("quantity", str(error))
            self.place()
            return
        super().refuse(error)
