"""Ledger book 出入库流水: every movement with its goods and warehouse, filtered and by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from db.change import RowId
from db.clock import to_text
from db.store import Store
from resources.localtime import at_local
from resources.records import record
from resources.supplies import LotId
from resources.terms import MovementKind

BOOK = """select m.*, s.id as supply_id, s.code, s.name, s.model, s.measure, l.batch,
    w.id as warehouse_id, w.name as warehouse, w.owner, l.expires_on, l.unit_price,
    coalesce(e.number, '') as event_number
    from movement m join lot l on l.id = m.lot_id join supply s on s.id = l.supply_id
    join warehouse w on w.id = l.warehouse_id left join event e on e.id = m.event_id"""


@dataclass(frozen=True, slots=True)
class BookLine:
    """One movement as it stands in the book; quantity signed, in the supply's measure."""

    id: RowId
    number: str
    kind: MovementKind
    quantity: float
    at: datetime
    lot_id: LotId
    supply_id: RowId
    code: str
    name: str
    model: str
    measure: str
    batch: str
    warehouse_id: RowId
    warehouse: str
    owner: str
    expires_on: date | None
    unit_price: float | None
    basis: str
    approver: str
    handler: str
    receiver: str
    event_id: RowId | None
    event_number: str
    due_back: date | None
    condition: str
    override: str
    note: str
    pair_id: RowId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFilter:
    """Which movements are wanted; empty means all. `first` and `last` are local days."""

    words: str = ""
    supply: int | None = None
    warehouse: int | None = None
    kind: str = ""
    event: int | None = None
    first: date | None = None
    last: date | None = None
    limit: int = 5000


WHOLE = BookFilter()


def book(store: Store, wanted: BookFilter = WHOLE) -> list[BookLine]:
    """The movements that the filter lets through, newest first."""
    where, values = _where(wanted)
    return [record(BookLine, row) for row in store.read(
        f"{BOOK} where {where} order by m.at desc, m.id desc limit :limit",
        limit=wanted.limit, **values)]


def book_count(store: Store, wanted: BookFilter = WHOLE) -> int:
    """How many movements the filter lets through; its limit does not count."""
    where, values = _where(wanted)
    return int(store.value(f"""select count(*) from movement m join lot l on l.id = m.lot_id
        join supply s on s.id = l.supply_id where {where}""", **values))


def slip_lines(store: Store, number: int) -> list[BookLine]:
    """A movement and its other half: where a transfer went, what came in for what rotated."""
    return [record(BookLine, row) for row in store.read(
        f"""{BOOK} where m.id = :id or (m.pair_id = :id and m.kind in ('transfer_in', 'in'))
        order by m.id""", id=number)]


def _where(wanted: BookFilter) -> tuple[str, dict[str, object]]:
    parts, values = ["1"], dict[str, object]()
    for column, value in (("s.id", wanted.supply), ("l.warehouse_id", wanted.warehouse),
                          ("m.kind", wanted.kind or None), ("m.event_id", wanted.event)):
        if value is not None:
            name = column.replace(".", "_")
            parts.append(f"{column} = :{name}")
            values[name] = str(value) if column == "m.kind" else value
    if wanted.first is not None:
        parts.append("m.at >= :first")
        values["first"] = to_text(at_local(wanted.first, time()))
    if wanted.last is not None:
        parts.append("m.at < :after")
        values["after"] = to_text(at_local(date.fromordinal(wanted.last.toordinal() + 1), time()))
    for number, word in enumerate(wanted.words.split()):
        parts.append(f"(s.name||' '||s.code||' '||s.model||' '||m.number||' '||m.receiver||' '"
                     f"||m.basis||' '||l.batch) like :word{number} escape '~'")
        plain = word.replace("~", "~~").replace("%", "~%").replace("_", "~_")
        values[f"word{number}"] = f"%{plain}%"
    return " and ".join(parts), values
