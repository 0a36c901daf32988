"""Rows of the net 网内单位行: call signs used once, and the persons of a unit in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from db.change import RowId
from db.errors import Refused
from db.store import Store, Transaction
from resources.exchange.fields import Kind
from resources.exchange.rows import Fault, Values, Writer
from resources.net import Contact
from resources.people import Officer

LINES, PHONE = re.compile(r"[;；\n]+"), re.compile(r"\+?[\d（）()\-—]{3,}")


def read_persons(text: str) -> list[Contact]:
    """The persons of a cell; Refused for one without number and address. Pure."""
    found = []
    for line in LINES.split(text):
        words = line.split()
        mail = next((w for w in words if "@" in w), "")
        phone = next((w for w in words if PHONE.fullmatch(w)), "")
        names = [w for w in words if w not in (mail, phone)]
        if not words:
            continue
        if not mail and not phone:
            raise Refused("{who} has neither a number nor an address.", field="persons",
                          who=line.strip())
        found.append(Contact(names[0] if names else "", " ".join(names[1:]), phone, mail))
    return found


def persons_text(contacts: Iterable[Contact]) -> str:
    """Persons as a cell that reads again to the same. Pure."""
    return "；".join(" ".join(p for p in (c.name, c.post, c.phone, c.mail) if p)
                    for c in contacts)


class NetWriter(Writer):
    """Units and forces: a call sign belongs to one of them, here or earlier in the file."""

    def __init__(self, store: Store, kind: Kind) -> None:
        super().__init__(store, kind)
        self.signs: dict[str, str] = {r["call_sign"]: r["name"] for r in store.read(
            """select call_sign, name from unit where active = 1 and call_sign <> '' union all
            select call_sign, name from force where active = 1 and call_sign <> ''""")}

    def faults(self, values: Values) -> Iterator[Fault]:
        yield from super().faults(values)
        sign, name = str(values.get("call_sign") or "").strip(), str(values.get("name", ""))
        if sign and self.signs.setdefault(sign, name) != name:
            yield "call_sign", Refused(
                "{name} answers to the call sign {sign} already. Give another one.",
                name=self.signs[sign], sign=sign)
        try:
            read_persons(str(values.get("persons") or ""))
        except Refused as refused:
            yield "persons", refused

    def add(self, tx: Transaction, values: Values, by: Officer) -> RowId:
        row = super().add(tx, values, by)
        self._persons(tx, row, values)
        return row

    def update(self, tx: Transaction, row: RowId, values: Values, by: Officer) -> None:
        super().update(tx, row, values, by)
        self._persons(tx, row, values)

    def _persons(self, tx: Transaction, row: RowId, values: Values) -> None:
        """Write the persons that the file names; a file without the column leaves them."""
        if not str(values.get("persons") or "").strip():
            return
        kind = self.kind.name
        tx.run("delete from net_contact where kind = :kind and row_id = :row", kind=kind, row=row)
        for place, c in enumerate(read_persons(str(values["persons"])), 1):
            tx.insert("net_contact", {"kind": kind, "row_id": row, "place": place,
                                      "name": c.name, "post": c.post, "phone": c.phone,
                                      "mail": c.mail})


def with_persons(store: Store, kind: str, rows: list[dict[str, object]]
                 ) -> list[dict[str, object]]:
    """The rows of an export with their persons in one cell."""
    found: dict[object, list[Contact]] = {}
    for r in store.read("select * from net_contact where kind = :kind order by row_id, place",
                        kind=kind):
        found.setdefault(r["row_id"], []).append(
            Contact(r["name"], r["post"], r["phone"], r["mail"]))
    return [{**row, "persons": persons_text(found.get(row["id"], ()))} for row in rows]
