"""Rows 写入: how the values of one line find, make and change rows of their kind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from db.change import RowId
from db.errors import Refused
from db.store import Store, Transaction
from resources.exchange.fields import Kind
from resources.goods_codes import is_standard
from resources.people import Officer

Values = Mapping[str, object]
Fault = tuple[str, Refused]


class Writer:
    """Finds and writes rows of a kind that is one table; what is there is read once."""

    once = True
    """Whether one file may name a record once only."""

    def __init__(self, store: Store, kind: Kind) -> None:
        self.kind = kind
        self.columns = {str(r[1]) for r in store.read(f"pragma table_info([{kind.table}])")}
        self.by_code: dict[str, RowId] = {}
        self.by_same: dict[tuple[str, ...], RowId] = {}
        names = ", ".join(f"[{n}]" for n in {*kind.same, *([kind.code] if kind.code else [])})
        active = "active = 1" if "active" in self.columns else "1"
        for row in store.read(f"select id, {names} from [{kind.table}] where {active}"
                              " order by id desc"):
            self.by_same[tuple(str(row[n]) for n in kind.same)] = row["id"]
            if kind.code and row[kind.code]:
                self.by_code[row[kind.code]] = row["id"]

    def key(self, values: Values) -> object:
        """What tells two lines of one file to be the same record."""
        code = str(values.get(self.kind.code, "")) if self.kind.code else ""
        return code if code and not self.kind.unique_name else self._same(values)

    def _same(self, values: Values) -> tuple[str, ...]:
        return tuple(str(values.get(n, "")) for n in self.kind.same)

    def existing(self, values: Values) -> RowId | None:
        """The record that these values are about: by code, else by name and unit."""
        code = str(values.get(self.kind.code, "")) if self.kind.code else ""
        found = self.by_code.get(code) if code else None
        return found or self.by_same.get(self._same(values))

    def faults(self, values: Values) -> Iterator[Fault]:
        """What the record's own rules say beyond the single cells."""
        ready, people = values.get("ready_people"), values.get("people")
        if isinstance(ready, int) and isinstance(people, int) and ready > people:
            yield "ready_people", Refused("{ready} people ready are more than the {people} there"
                                          " are.", ready=ready, people=people)

    def add(self, tx: Transaction, values: Values, by: Officer) -> RowId:  # noqa: ARG002
        full = {f.name: f.default for f in self.kind.fields
                if f.name in self.columns and f.default is not None}
        return tx.insert(self.kind.table, full | self.own(values))

    def update(self, tx: Transaction, row: RowId, values: Values,
               by: Officer) -> None:  # noqa: ARG002 - supplies write who moved them
        tx.update(self.kind.table, row, **self.own(values))

    def own(self, values: Values) -> dict[str, Any]:
        return {n: v for n, v in values.items() if n in self.columns}


class EquipmentWriter(Writer):
    """Equipment names its force by name or code."""

    def __init__(self, store: Store, kind: Kind) -> None:
        super().__init__(store, kind)
        self.forces: dict[str, RowId] = {}
        for row in store.read("select id, name, code from force where active = 1"):
            self.forces |= {str(n): row["id"] for n in (row["code"], row["name"]) if n}

    def faults(self, values: Values) -> Iterator[Fault]:
        if (name := values.get("force")) and str(name) not in self.forces:
            yield "force", Refused("there is no force {name}; import the forces first",
                                   name=name)

    def own(self, values: Values) -> dict[str, Any]:
        row = super().own(values)
        if name := values.get("force"):
            row["force_id"] = self.forces[str(name)]
        return row


class PlanWriter(Writer):
    """A plan carries the capabilities that it needs as rows of their own."""

    def add(self, tx: Transaction, values: Values, by: Officer) -> RowId:
        plan = super().add(tx, values, by)
        self._needs(tx, plan, values)
        return plan

    def update(self, tx: Transaction, row: RowId, values: Values, by: Officer) -> None:
        super().update(tx, row, values, by)
        if "needs" in values:
            tx.run("delete from plan_need where plan_id = :plan", plan=row)
            self._needs(tx, row, values)

    def _needs(self, tx: Transaction, plan: RowId, values: Values) -> None:
        for need in json.loads(str(values.get("needs", "[]"))):
            tx.insert("plan_need", {"plan_id": plan, "capability": str(need["capability"]),
                                    "quantity": int(need["quantity"]),
                                    "from_kind": str(need["from_kind"])})


class CodeWriter(Writer):
    """A line of the code table is of the standard, or it is none."""

    def faults(self, values: Values) -> Iterator[Fault]:
        if not is_standard(str(values.get("code", ""))):
            yield "code", Refused("“{text}” is not a code of seven digits as GB/T 38565 has them",
                                  text=values.get("code", ""))


def writer_of(store: Store, kind: Kind) -> Writer:
    """The writer for a kind, with what the store holds now."""
    from resources.exchange.net_rows import NetWriter
    from resources.exchange.supply_rows import SupplyWriter

    special = {"equipment": EquipmentWriter, "plan": PlanWriter, "supply": SupplyWriter,
               "goods_code": CodeWriter, "unit": NetWriter, "force": NetWriter}
    return special.get(kind.name, Writer)(store, kind)
