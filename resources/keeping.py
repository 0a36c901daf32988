"""Keeping 维护记录: add, edit, retire and bring back any record by its kind's field table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from db.change import RowId
from db.clock import to_text
from db.errors import Refused
from db.store import Store, Transaction
from resources.coords import Crs, Point, to_district
from resources.field_tables import DEFAULTS, TABLES
from resources.fields import Field, Type, Value, read_values
from resources.geo import check_point
from resources.goods_codes import check_code
from resources.localtime import local_day
from resources.net import check_call_sign
from resources.people import STOCK, Officer, allowed
from resources.records import Library, setting_days
from resources.vocabulary import check_words

SAME = {Library.FORCE: ("name",), Library.WAREHOUSE: ("name",), Library.UNIT: ("name",),
        Library.PLAN: ("name", "version"), Library.SUPPLY: ("name", "model"),
        Library.EXPERT: ("name", "unit"), Library.HAZARD: ("name", "town"),
        Library.SHELTER: ("name", "town"), Library.EQUIPMENT: ("serial",),
        Library.PLACE: ("name", "parent"),
        Library.LOT: ("supply_id", "warehouse_id", "batch", "bin")}
"""What makes two active records of a library the same one."""

STOCK_OF = {
    Library.LOT: "m.lot_id = :id", Library.SUPPLY: "l.supply_id = :id",
    Library.WAREHOUSE: "l.warehouse_id = :id"}


@allowed(*STOCK)
def add_record(store: Store, library: Library, values: Mapping[str, object], *,
               by: Officer) -> RowId:
    """Enter a new record; it counts as checked now.

    `lon` and `lat` are taken in the system that `src_crs` names (CGCS2000 when not given).

    Raises:
        Refused: with `field` set: missing, out of bounds, no such choice, there already.
    """
    with store.change(f"{library}.add", by) as tx:
        return do_add(tx, library, values, by=by)


def do_add(tx: Transaction, library: Library, values: Mapping[str, object], *,
           by: Officer) -> RowId:
    """`add_record` inside a change that is open."""
    now = tx.store.clock.now()
    row = _read(tx, library, {**DEFAULTS.get(library, {}), **_given(values)}, whole=True)
    check_words(tx, row)
    _check(tx, library, row, None)
    due = local_day(now) + timedelta(days=setting_days(tx.store, "verify_days", 180))
    return tx.insert(library, {**row, "verified_at": to_text(now), "verified_by": by.name,
                               "next_verify_due": row.get("next_verify_due") or due.isoformat()})


def _given(values: Mapping[str, object]) -> dict[str, object]:
    """What was filled in; an empty place must not hide a default."""
    return {k: v for k, v in values.items() if v is not None and v != ""}


@allowed(*STOCK)
def edit_record(store: Store, library: Library, row_id: int, values: Mapping[str, object], *,
                by: Officer) -> bool:
    """Change the fields that are named; False when nothing differs and nothing was written.

    Raises:
        Refused: as `add_record`; no such record.
    """
    if not differs(store, library, row_id, values):
        return False
    with store.change(f"{library}.edit", by) as tx:
        do_edit(tx, library, row_id, values)
    return True


@allowed(*STOCK)
def edit_many(store: Store, library: Library, row_ids: Iterable[int],
              values: Mapping[str, object], *, by: Officer) -> int:
    """Give many records the same values in one change; how many were altered.

    Raises:
        Refused: as `edit_record`; then none is altered.
    """
    touched = [one for one in dict.fromkeys(row_ids) if differs(store, library, one, values)]
    if touched:
        with store.change(f"{library}.edit", by) as tx:
            for one in touched:
                do_edit(tx, library, one, values)
    return len(touched)


def differs(store: Store, library: Library, row_id: int, values: Mapping[str, object]) -> bool:
    """Whether an edit would alter anything; Refused when a value cannot be."""
    before = _row(store, library, row_id)
    row = _placed(library, before, _columns(store, library, values, whole=False))
    return any(before[name] != value for name, value in row.items())


def do_edit(tx: Transaction, library: Library, row_id: int,
            values: Mapping[str, object]) -> None:
    """`edit_record` inside a change that is open."""
    before = _row(tx.store, library, row_id)
    row = _placed(library, before, _columns(tx.store, library, values, whole=False))
    check_words(tx, row)
    _check(tx, library, {**before, **row}, row_id)
    if library is Library.SUPPLY and row.get("measure", before["measure"]) != before["measure"]:
        _keep_measure(tx, row_id)
    if row:
        tx.update(library, row_id, **row)


def form_values(store: Store, library: Library, row_id: int) -> dict[str, Value]:
    """A record's fields as a form shows them; a point in the system it was given in."""
    row = _row(store, library, row_id)
    found = {f.name: row[f.name] for f in TABLES[library]}
    if row.get("src_lon") is not None:
        found |= {"lon": row["src_lon"], "lat": row["src_lat"]}
    return found


@allowed(*STOCK)
def retire_record(store: Store, library: Library, row_id: int, *, reason: str,
                  by: Officer) -> None:
    """Take a record out of the lists; it stays in the store with its history.

    Raises:
        Refused: no reason, no such record, still stock in it, or lent out.
    """
    row = _row(store, library, row_id)
    if not reason.strip():
        raise Refused("Say why the record is taken out of the library.", field="reason")
    if library in STOCK_OF and _stock(store, library, row_id) > 0:
        raise Refused("There is still stock in it. Issue, transfer or write it off first.")
    if library is Library.EQUIPMENT and store.value(
            "select 1 from equipment_loan where equipment_id = :id and back_on is null",
            id=row_id):
        raise Refused("It is lent out. Take it back first.")
    note = "\n".join(part for part in (str(row["note"]), reason.strip()) if part)
    with store.change(f"{library}.retire", by) as tx:
        tx.update(library, row_id, active=0, note=note)


@allowed(*STOCK)
def restore_record(store: Store, library: Library, row_id: int, *, by: Officer) -> None:
    """Bring a retired record back; Refused when another took its place."""
    row = _row(store, library, row_id)
    with store.change(f"{library}.restore", by) as tx:
        _check(tx, library, row, row_id)
        tx.update(library, row_id, active=1)


# inside


def _row(store: Store, library: Library, row_id: int) -> dict[str, Value]:
    row = store.one(f"select * from [{library}] where id = :id", id=row_id)
    if row is None:
        raise Refused("This record is not in the store any more.")
    return dict(row)


def _read(tx: Transaction, library: Library, values: Mapping[str, object], *,
          whole: bool) -> dict[str, Value]:
    return _placed(library, {}, _columns(tx.store, library, values, whole=whole))


def _columns(store: Store, library: Library, values: Mapping[str, object], *,
             whole: bool) -> dict[str, Value]:
    """Read by the field table, links named by a record's name found."""
    table = TABLES[library]
    linked = {f.name: _linked(store, f, values[f.name]) for f in table
              if f.type is Type.LINK and values.get(f.name)}
    row = read_values(table, {**values, **linked}, whole=whole)
    return {name: (value if value is not None or name not in ZERO else 0)
            for name, value in row.items()}


ZERO = frozenset({"min_stock", "max_stock", "safe_stock"})
"""Columns that hold a number even when none was given."""


def _linked(store: Store, field: Field, given: object) -> RowId:
    """The id of a record given by id or by its name."""
    key = "id" if str(given).isdigit() else "name"
    rows = store.read(f"select id from [{field.link}] where [{key}] = :given and active = 1"
                      " limit 2", given=int(str(given)) if key == "id" else str(given).strip())
    if len(rows) != 1:
        raise Refused("There is no single record named {name}. Choose one from the list.",
                      field=field.name, name=given)
    return RowId(rows[0]["id"])


def _placed(library: Library, before: Mapping[str, Value],
            row: dict[str, Value]) -> dict[str, Value]:
    """The typed point kept as given, and turned into the district's system."""
    if not any(f.name == "lon" for f in TABLES[library]) or not row.keys() & {
            "lon", "lat", "src_crs"}:
        return row
    crs = str(row.get("src_crs") or before.get("src_crs") or Crs.CGCS2000)
    lon = row.get("lon", before.get("src_lon", before.get("lon")))
    lat = row.get("lat", before.get("src_lat", before.get("lat")))
    check_point(None if lon is None else float(lon), None if lat is None else float(lat))
    if lon is None or lat is None:
        return {**row, "src_crs": crs, "lon": None, "lat": None, "src_lon": None, "src_lat": None}
    point = to_district(Point(float(lon), float(lat)), Crs(crs))
    return {**row, "src_crs": crs, "lon": round(point.lon, 8), "lat": round(point.lat, 8),
            "src_lon": float(lon), "src_lat": float(lat)}


def _check(tx: Transaction, library: Library, row: Mapping[str, Value], own: int | None) -> None:
    """The rules between fields."""
    if library in (Library.SUPPLY, Library.EQUIPMENT):
        check_code(str(row["code"]))
    if library is Library.FORCE and int(row["ready_people"] or 0) > int(row["people"] or 0):
        raise Refused("{ready} people ready are more than the {people} there are.",
                      field="ready_people", ready=row["ready_people"], people=row["people"])
    if library is Library.SUPPLY and 0 < float(row["max_stock"] or 0) < float(
            row["min_stock"] or 0):
        raise Refused("The maximum stock is below the minimum.", field="max_stock")
    for first, last in (("made_on", "expires_on"), ("issued_on", "filed_on")):
        if row.get(first) and row.get(last) and str(row[last]) < str(row[first]):
            raise Refused("{last} is before {first}.", field=last, first=row[first],
                          last=row[last])
    if library in (Library.UNIT, Library.FORCE):
        check_call_sign(tx, str(row.get("call_sign") or ""), own)
    _refuse_twin(tx, library, row, own)


def _refuse_twin(tx: Transaction, library: Library, row: Mapping[str, Value],
                 own: int | None) -> None:
    names = SAME[library]
    if not row[names[0]]:
        return
    where = " and ".join(f"[{n}] = :{n}" for n in names)
    if tx.run(f"select 1 from [{library}] where active = 1 and id is not :own and {where}",
              own=own, **{n: row[n] for n in names}).fetchone():
        raise Refused("There is such a record already: {what}.", field=names[0],
                      what=" ".join(str(row[n]) for n in names if row[n]))


def _stock(store: Store, library: Library, row_id: int) -> float:
    return float(store.value(
        f"""select coalesce(sum(m.quantity), 0) from movement m join lot l on l.id = m.lot_id
        where {STOCK_OF[library]}""", id=row_id))


def _keep_measure(tx: Transaction, supply: int) -> None:
    if tx.run("""select 1 from movement m join lot l on l.id = m.lot_id
            where l.supply_id = :id limit 1""", id=supply).fetchone():
        raise Refused("The unit of measure cannot change once stock has moved. Enter a new"
                      " supply instead.", field="measure")
