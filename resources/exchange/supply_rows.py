"""Supply rows 物资导入: one line is an item, its lot in a warehouse, and what is there of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from db.change import RowId
from db.clock import to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from resources.exchange.fields import Kind
from resources.exchange.rows import Fault, Values, Writer
from resources.numbers import marked
from resources.people import Officer
from resources.supplies import LotId, Papers, do_move
from resources.terms import MOVEMENT_PREFIX, MovementKind

LOT = ("batch", "bin", "maker", "supplier", "made_on", "stored_on", "expires_on", "unit_price",
       "funds", "label", "quality", "life_years")
KEPT = ("verified_at", "verified_by", "next_verify_due", "owner")
ITEM = ("code", "name", "model", "measure", "kind", "hazards", "min_stock", "max_stock",
        "safe_stock")
Key = tuple[str, ...]


class SupplyWriter(Writer):
    """Items by code and model, lots by item, warehouse and batch; stock only by movements."""

    once = False

    def __init__(self, store: Store, kind: Kind) -> None:
        super().__init__(store, kind)
        self.items = {self._item(dict(row)): row["id"] for row in store.read(
            "select id, code, name, model, measure from supply where active = 1 order by id desc")}
        self.houses: dict[str, RowId] = {}
        for row in store.read("select id, code, name from warehouse where active = 1"
                              " order by id desc"):
            self.houses |= {str(n): row["id"] for n in (row["name"], row["code"]) if n}
        self.lots = {(row["supply_id"], row["warehouse_id"], row["batch"], row["bin"]): row["id"]
                     for row in store.read("select id, supply_id, warehouse_id, batch, bin"
                                           " from lot where active = 1 order by id desc")}
        self._number = 0

    @staticmethod
    def _item(values: Values) -> Key:
        code, model = str(values.get("code", "")), str(values.get("model", ""))
        name, measure = str(values.get("name", "")), str(values.get("measure", ""))
        return (code, name, model, measure)

    def key(self, values: Values) -> object:
        return (self._item(values), self._house_name(values), values.get("batch", ""),
                values.get("bin", ""))

    @staticmethod
    def _house_name(values: Values) -> str:
        """Where goods without a named warehouse lie: with the unit that keeps them."""
        if not ("quantity" in values or values.keys() & {"warehouse", "warehouse_code", *LOT}):
            return ""
        return str(values.get("warehouse_code") or values.get("warehouse") or values.get("owner")
                   or t("Warehouse not named"))

    def _house(self, values: Values) -> RowId | None:
        return (self.houses.get(self._house_name(values))
                or self.houses.get(str(values.get("warehouse", ""))))

    def existing(self, values: Values) -> RowId | None:
        """The lot, or for a line without stock the item."""
        item = self.items.get(self._item(values))
        if item is None or not self._house_name(values):
            return item
        return self.lots.get((item, self._house(values), str(values.get("batch", "")),
                              str(values.get("bin", ""))))

    def faults(self, values: Values) -> Iterator[Fault]:
        code = str(values.get("code", ""))
        if code.isdigit() and len(code) == 7 and (code[0] not in "123" or "00" in
                                                  (code[1:3], code[3:5], code[5:])):
            yield "code", Refused("{code} is no code of GB/T 38565 (1 to 3, then three pairs of"
                                  " 01 to 99)", code=code)

    def add(self, tx: Transaction, values: Values, by: Officer) -> RowId:
        key, house_name = self._item(values), self._house_name(values)
        item = self.items.get(key) if house_name else None
        if item is None:
            item = self.items[key] = tx.insert("supply", self._item_row(values))
        if not house_name:
            return item
        house = self._house(values) or self._new_house(tx, values, house_name)
        lot = tx.insert("lot", {"supply_id": item, "warehouse_id": house, **self._lot_row(values)})
        self._open(tx, lot, float(str(values.get("quantity", 0))), by)
        return lot

    def _item_row(self, values: Values) -> dict[str, Any]:
        return {n: values[n] for n in (*ITEM, *KEPT, "note") if n in values}

    def _lot_row(self, values: Values) -> dict[str, Any]:
        return {n: values[n] for n in (*LOT, *KEPT, "note") if n in values}

    def _new_house(self, tx: Transaction, values: Values, name: str) -> RowId:
        code = str(values.get("warehouse_code", ""))
        made = tx.insert("warehouse", {"code": code, "name": str(values.get("warehouse") or name),
                                       "owner": str(values.get("owner", ""))})
        self.houses |= {n: made for n in (name, code, str(values.get("warehouse", ""))) if n}
        return made

    def _open(self, tx: Transaction, lot: RowId, quantity: float, by: Officer) -> None:
        """The opening receipt 入库; numbered here, for asking the highest each time would make
        100,000 lots take hours."""
        if not quantity:
            return
        prefix = marked(tx.store, f"{MOVEMENT_PREFIX[MovementKind.IN]}-")
        self._number = (self._number + 1) if self._number else tx.next_number(
            "movement", "number", prefix)
        tx.insert("movement", {
            "number": f"{prefix}{self._number:04d}", "lot_id": lot, "kind": MovementKind.IN,
            "quantity": quantity, "at": to_text(tx.store.clock.now()), "handler": by.name,
            "basis": t("Opening stock by import")})

    def update(self, tx: Transaction, row: RowId, values: Values, by: Officer) -> None:
        """The lot or item anew; another quantity is written as a stock-take 盘点."""
        item = self.items[self._item(values)]
        if changed := self._item_row(values):
            tx.update("supply", item, **changed)
        if item == row:
            return
        if changed := self._lot_row(values):
            tx.update("lot", row, **changed)
        there = tx.run("select coalesce(sum(quantity), 0) from movement where lot_id = :lot",
                       lot=row).fetchone()[0]
        if "quantity" in values and float(str(values["quantity"])) != there:
            do_move(tx, LotId(row), MovementKind.COUNT, float(str(values["quantity"])),
                    measure=str(values["measure"]), by=by,
                    papers=Papers(basis=t("Stock-take by import")))
