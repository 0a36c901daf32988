"""Export 导出: what the store holds of a kind, as the rows that `writing` puts into a file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection

from db.store import Store
from resources.exchange.fields import Kind
from resources.exchange.net_rows import with_persons
from resources.exchange.writing import Row, write_table

STOCKED = """select s.id, s.code, s.name, s.model, s.measure, s.kind, s.hazards, s.min_stock,
    s.max_stock,
    s.safe_stock, coalesce(l.owner, s.owner) as owner, coalesce(l.note, s.note) as note,
    coalesce(l.verified_at, s.verified_at) as verified_at,
    coalesce(nullif(l.verified_by, ''), s.verified_by) as verified_by,
    coalesce(l.next_verify_due, s.next_verify_due) as next_verify_due,
    w.code as warehouse_code, w.name as warehouse, l.batch, l.bin, l.maker, l.supplier, l.made_on,
    l.stored_on, l.expires_on, l.unit_price, l.funds, l.label, l.quality, l.life_years,
    (select sum(quantity) from movement where lot_id = l.id) as quantity
    from supply s left join lot l on l.supply_id = s.id and l.active = 1
    left join warehouse w on w.id = l.warehouse_id where s.active = 1 order by s.id, l.id"""


def export_rows(store: Store, kind: Kind, only: Collection[int] | None = None) -> list[Row]:
    """Every active record (or those of some ids), oldest first; coordinates as they came in."""
    rows = _every_row(store, kind)
    if only is None:
        return rows
    wanted = set(only)
    return [row for row in rows if row["id"] in wanted]


def _every_row(store: Store, kind: Kind) -> list[Row]:
    if kind.name == "supply":
        return [dict(row) for row in store.read(STOCKED)]
    if kind.name == "goods_code":
        return [dict(row) for row in store.read("select * from goods_code order by code")]
    rows = [_as_it_came(dict(row)) for row in store.read(
        f"select * from [{kind.table}] where active = 1 order by id")]
    if kind.name == "equipment":
        names = {r["id"]: r["name"] for r in store.read("select id, name from force")}
        return [{**row, "force": names.get(row["force_id"], "")} for row in rows]
    if kind.name in ("unit", "force"):
        return with_persons(store, kind.name, rows)
    if kind.name == "plan":
        needs: defaultdict[object, list[Row]] = defaultdict(list)
        for need in store.read("select * from plan_need order by id"):
            needs[need["plan_id"]].append({n: need[n] for n in ("capability", "quantity",
                                                                "from_kind")})
        return [{**row, "needs": json.dumps(needs[row["id"]], ensure_ascii=False)}
                for row in rows]
    return rows


def _as_it_came(row: Row) -> Row:
    if row.get("src_lon") is not None and row.get("src_lat") is not None:
        row |= {"lon": row["src_lon"], "lat": row["src_lat"]}
    if "lon" in row and row["lon"] is None:
        row["src_crs"] = ""
    return row


def export(store: Store, kind: Kind, form: str) -> bytes:
    """A whole library as `xlsx` or `csv`; Refused as in `write_table`."""
    return write_table(kind, export_rows(store, kind), form)
