"""Library facts 资源侧栏内容: what the side panel says of a record, tab by tab, as rows."""

from __future__ import annotations

from typing import Any

from db.store import Store
from db.words import t
from dispatch.orders import orders_of_force
from dispatch.record_use import used_in
from dispatch.terms import STAGE_NAMES
from resources import localtime
from resources.coords import CRS_NAMES, Crs, Point, dms_text, from_district
from resources.exchange.verbs import district_box
from resources.field_groups import grouped
from resources.field_tables import TABLES
from resources.fields import Type, show_value
from resources.geo import distance_m
from resources.history import record_history
from resources.plan_keeping import levels, steps
from resources.plans import needs
from resources.records import Library
from ui.widgets.fact_list import Fact

UNSAID = frozenset(("name", "lon", "lat", "src_crs"))


def facts(store: Store, library: Library, row_id: int) -> list[Fact]:
    """Every field that is filled in, under its heading."""
    row = store.one(f"select * from [{library}] where id = :id", id=row_id)
    rows: list[Fact] = []
    if row is None:
        return rows
    for head, fields in grouped(TABLES[library]):
        said = [(f, _said(store, f.link, row[f.name]) if f.type is Type.LINK
                 else show_value(f, row[f.name])) for f in fields if f.name not in UNSAID]
        lines = [Fact(f.name, t(f.label), right=f"{words} {t(f.unit)}" if f.unit else words)
                 for f, words in said if words and words != "0"]
        rows += [Fact(f"head {head}", t(head), head=True), *lines] if lines else []
    if library is Library.PLAN:
        rows += _response(store, row_id)
    return _readable(rows)


def _said(store: Store, table: str, value: Any) -> str:
    return str(store.value(f"select name from [{table}] where id = :id", id=value) or "")


def _response(store: Store, plan: int) -> list[Fact]:
    rows = [Fact("head levels", t("field|Response levels"), head=True)]
    rows += [Fact(f"level {e.level}", str(e.level), e.when, e.approver)
             for e in levels(store, plan)]
    rows.append(Fact("head needs", t("field|Capabilities needed"), head=True))
    rows += [Fact(f"need {n}", e.capability, right=f"× {e.quantity}")
             for n, e in enumerate(needs(store, plan))]
    rows.append(Fact("head steps", t("field|Steps"), head=True))
    return rows + [Fact(f"step {n}", f"{n}. {words}") for n, words in enumerate(
        steps(store, plan), 1)]


def place_facts(store: Store, row: Any, crs: Crs) -> list[Fact]:
    """Coordinates in the chosen system, in degrees and minutes, as given, from the centre."""
    if row["lon"] is None or row["lat"] is None:
        return [Fact("none", t("No coordinates yet. E enters them."))]
    point = Point(float(row["lon"]), float(row["lat"]))
    shown = from_district(point, crs)
    rows = [Fact("point", t("Coordinates · {crs}", crs=t(CRS_NAMES[crs])),
                 f"{shown.lat:.6f}, {shown.lon:.6f}"),
            Fact("dms", t("Degrees and minutes"), dms_text(shown))]
    if row["src_lon"] is not None:
        rows.append(Fact("given", t("As given · {crs}", crs=t(CRS_NAMES[Crs(row["src_crs"])])),
                         f"{row['src_lat']:.12g}, {row['src_lon']:.12g}"))
    box = district_box(store)
    if box is not None:
        metres = distance_m(point.lon, point.lat, (box.west + box.east) / 2,
                            (box.south + box.north) / 2)
        rows.append(Fact("far", t("From the district's centre"), right=t(
            "{n} km", n=f"{metres / 1000:.1f}")))
        if not box.holds(point):
            rows.append(Fact("out", t("Outside the district")))
    return rows


def history_facts(store: Store, library: Library, row_id: int) -> list[Fact]:
    """Who changed what, when, from what to what, newest first."""
    rows: list[Fact] = []
    for line in record_history(store, library, row_id):
        when = localtime.moment_text(line.at, year=True)
        key = f"{line.change_id}"
        rows.append(Fact(f"head {key} {len(rows)}", f"{line.what} · {line.by_name}", right=when,
                         head=True))
        rows += [Fact(f"{key} {len(rows)} {a.label}", a.label,
                      f"{a.old or '—'} → {a.new or '—'}") for a in line.altered]
    return rows


def use_facts(store: Store, library: Library, row_id: int) -> list[Fact]:
    """What uses the record, under heads; the key holds the page it opens."""
    rows, head = list[Fact](), ""
    for number, use in enumerate(used_in(store, library, row_id)):
        if use.head != head:
            head = use.head
            rows.append(Fact(f"head {head}", t(head), head=True))
        rows.append(Fact(f"{use.page} {use.row_id} {number}", use.words, use.note))
    return rows or [Fact("none", t("Nothing uses it yet."))]


def present_orders(store: Store, row: Any) -> list[Fact]:
    """Where a force is just now."""
    found = [order for order in orders_of_force(store, row.id) if order.ended_at is None]
    rows = [Fact("head orders", t("Present order"), right=str(len(found)), head=True)]
    if not found:
        return [*rows, Fact("none", t("At its station"))]
    return rows + [Fact(f"order {o.id}", f"{o.number} {t(STAGE_NAMES[o.stage])}",
                        right=localtime.moment_text(o.ordered_at)) for o in found]


def _readable(rows: list[Fact]) -> list[Fact]:
    """A value too long to stand at the right of its label goes below it."""
    return [Fact(r.key, r.words, r.right, "", r.late, r.head)
            if len(r.right) > 16 and not r.note and not r.head else r for r in rows]
