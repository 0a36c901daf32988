"""Agreements 代储与共享: reserves that companies keep, and what units promise each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NewType

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import mark
from resources.fields import NOTE, Field, Type, read_values
from resources.people import STOCK, Officer, allowed
from resources.records import Kept, Library, record

AgreementId = NewType("AgreementId", RowId)
SharingId = NewType("SharingId", RowId)

AGREEMENT = (
    Field("company", mark("field|Company"), required=True, other=("企业", "代储企业")),
    Field("number", mark("field|Agreement number"), other=("协议编号",)),
    Field("supply_id", mark("field|Supply"), Type.LINK, link="supply"),
    Field("goods", mark("field|Goods"), other=("品种",)),
    Field("measure", mark("field|Unit of measure"), other=("单位",)),
    Field("minimum", mark("field|Least amount kept"), Type.NUMBER, required=True, low=0,
          other=("最低保有量",)),
    Field("call_minutes", mark("field|Minutes to call it up"), Type.WHOLE, low=0,
          other=("调用时限",)),
    Field("price", mark("field|Price (yuan)"), Type.NUMBER, low=0, other=("价格",)),
    Field("starts_on", mark("field|Starts on"), Type.DAY, required=True),
    Field("ends_on", mark("field|Ends on"), Type.DAY, required=True),
    Field("contact", mark("field|Contact"), other=("联系人",)),
    Field("phone", mark("field|24-hour phone"), Type.PHONE, required=True),
    Field("owner", mark("field|Owner unit")), Field("note", NOTE, Type.LONG))
SHARING = (
    Field("from_unit", mark("field|Promised by"), required=True, suggest="unit.name"),
    Field("to_unit", mark("field|Promised to"), required=True, suggest="unit.name"),
    Field("quantity", mark("field|Quantity"), Type.NUMBER, required=True, low=1e-6),
    Field("call_minutes", mark("field|Minutes to call it up"), Type.WHOLE, low=0),
    Field("until", mark("field|Promised until"), Type.DAY),
    Field("basis", mark("field|Basis")), Field("note", NOTE, Type.LONG))


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Kept):
    """A reserve agreement 代储协议 (突发事件应对法 2024 Art. 46); price in yuan."""

    id: AgreementId
    number: str
    company: str
    supply_id: RowId | None
    goods: str
    measure: str
    minimum: float
    call_minutes: int | None
    price: float | None
    starts_on: date | None
    ends_on: date | None
    contact: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """A supply or a piece of equipment of one unit that another may call for 共用共享."""

    id: SharingId
    library: Library
    row_id: RowId
    name: str
    from_unit: str
    to_unit: str
    quantity: float
    call_minutes: int | None
    until: date | None
    basis: str
    note: str


def agreements(store: Store, supply: int | None = None) -> list[Agreement]:
    """The agreements in use, by the day they end."""
    return [record(Agreement, row) for row in store.read(
        """select * from agreement where active = 1 and (:supply is null or supply_id = :supply)
        order by ends_on, id""", supply=supply)]


@allowed(*STOCK)
def put_agreement(store: Store, values: Mapping[str, object], *,
                  agreement: AgreementId | None = None, by: Officer) -> AgreementId:
    """Enter an agreement, or change the one given.

    Raises:
        Refused: with `field` set: missing, out of bounds, ends before it starts.
    """
    row = read_values(AGREEMENT, values)
    if not row["goods"] and not row["supply_id"]:
        raise Refused("Say which goods the company keeps.", field="goods")
    if str(row["ends_on"]) < str(row["starts_on"]):
        raise Refused("The agreement ends before it starts.", field="ends_on")
    if agreement is None:
        with store.change("agreement.add", by) as tx:
            return AgreementId(tx.insert("agreement", row))
    with store.change("agreement.edit", by) as tx:
        tx.update("agreement", agreement, **row)
    return agreement


@allowed(*STOCK)
def end_agreement(store: Store, agreement: AgreementId, *, by: Officer) -> None:
    """Take an agreement out of the list; it stays in the store."""
    with store.change("agreement.end", by) as tx:
        tx.update("agreement", agreement, active=0)


def sharings(store: Store, row_id: int | None = None) -> list[Sharing]:
    """What is promised between units, or of one record, by the unit that promised it."""
    return [record(Sharing, row) for row in store.read(
        """select h.*, coalesce(e.name, s.name, '') as name from sharing h
        left join equipment e on h.library = 'equipment' and e.id = h.row_id
        left join supply s on h.library = 'supply' and s.id = h.row_id
        where h.active = 1 and (:row is null or h.row_id = :row)
        order by h.from_unit, h.to_unit, h.id""", row=row_id)]


@allowed(*STOCK)
def share(store: Store, library: Library, row_id: int, values: Mapping[str, object], *,
          by: Officer) -> SharingId:
    """Promise a supply or a piece of equipment to another unit.

    Raises:
        Refused: neither of them, no such record, a unit missing or promised to itself.
    """
    if library not in (Library.SUPPLY, Library.EQUIPMENT):
        raise Refused("Only supplies and equipment are shared.")
    if not store.value(f"select 1 from [{library}] where id = :id and active = 1", id=row_id):
        raise Refused("This record is not in the store any more.")
    row = read_values(SHARING, values)
    if row["from_unit"] == row["to_unit"]:
        raise Refused("A unit does not share with itself.", field="to_unit")
    with store.change("sharing.add", by) as tx:
        return SharingId(tx.insert("sharing", {**row, "library": library, "row_id": row_id}))


@allowed(*STOCK)
def edit_sharing(store: Store, sharing: SharingId, values: Mapping[str, object], *,
                 by: Officer) -> None:
    """Change a promise; Refused as in `share`."""
    row = read_values(SHARING, values)
    if row["from_unit"] == row["to_unit"]:
        raise Refused("A unit does not share with itself.", field="to_unit")
    with store.change("sharing.edit", by) as tx:
        tx.update("sharing", sharing, **row)


@allowed(*STOCK)
def end_sharing(store: Store, sharing: SharingId, *, by: Officer) -> None:
    """End a promise."""
    with store.change("sharing.end", by) as tx:
        tx.update("sharing", sharing, active=0)
