"""Goods and helpers 装备·物资·专家: what besides forces meets a plan's needs, soonest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from db.change import RowId
from db.store import Store
from db.words import t
from dispatch.candidates import Estimates, equipment_for, experts_for, known_minutes
from dispatch.events import Event
from resources.localtime import day_key


@dataclass(frozen=True, slots=True)
class Option:
    """A piece of equipment, an expert, a lot of goods, or a company bound to deliver.

    `what` is the need it meets; `quantity` how much of it is proposed or can be had, in
    `measure` (pieces and persons count as one).
    """

    kind: str
    id: RowId
    name: str
    what: str
    quantity: float
    measure: str
    minutes: int | None
    phone: str
    reason: str
    proposed: bool = False

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.id


def options_for(store: Store, at: Estimates, of: Event,
                wanted: Iterable[tuple[str, int, str]]) -> list[Option]:
    """The options of every need that is not met by forces, the proposed ones first."""
    found: list[Option] = []
    for what, quantity, kind in wanted:
        if kind == "equipment":
            offered = [_piece(r, at, what) for r in equipment_for(store, at, what, quantity)]
        elif kind == "expert":
            offered = [_expert(r, what) for r in experts_for(store, at, what, quantity)
                       if not _avoids(r, of)]
        elif kind == "supply":
            found += _supply(store, at, what, quantity)
            continue
        else:
            continue
        taken = {o.key for o in found if o.proposed}
        free = sorted((o for o in offered if o.key not in taken),
                      key=lambda o: (known_minutes(o.minutes), o.id))
        found += [replace(o, proposed=n < quantity) for n, o in enumerate(free)]
    return found


def share_out(lots: Sequence[Option], quantity: float) -> list[Option]:
    """Goods from the soonest lots until there is enough; of equally soon ones the first. Pure.

    The soonest first is best for the last minute and for the sum, as goods can be divided.
    """
    left, found = quantity, []
    for lot in lots:
        taken = min(left, lot.quantity)
        found.append(replace(lot, quantity=taken if taken > 0 else lot.quantity,
                             proposed=taken > 0))
        left -= max(taken, 0.0)
    return found


def _piece(row: Any, at: Estimates, what: str) -> Option:
    metres = at.metres(row["lon"], row["lat"])
    minutes = at.road(metres)
    parts = [p for p in (row["model"], row["plate"], row["owner"]) if p]
    if metres is not None:
        parts.append(t("{km} km away", km=f"{metres / 1000:.1f}"))
    return Option("equipment", RowId(row["id"]), row["name"], what, 1, t("piece"), minutes,
                  row["phone"], t(", ").join(parts))


def _expert(row: Any, what: str) -> Option:
    parts = [p for p in (row["unit"], row["title"], row["field"]) if p]
    return Option("expert", RowId(row["id"]), row["name"], what, 1, t("person"),
                  row["arrive_minutes"], row["phone"], t(", ").join(parts))


def _avoids(row: Any, of: Event) -> bool:
    """Whether the event is about somebody whom the expert must not judge."""
    return any(name in of.title + of.summary + of.address
               for name in str(row["avoids"]).replace("、", " ").split())


def _supply(store: Store, at: Estimates, name: str, quantity: int) -> list[Option]:
    """Lots of a named supply that have not expired, and companies bound by agreement."""
    today = day_key(at.now)
    rows = store.read("""select l.id, s.name, s.measure, w.name as house, w.lon, w.lat,
        w.duty_phone, l.expires_on, l.batch, (select coalesce(sum(quantity), 0) from movement
            where lot_id = l.id) as n
        from supply s join lot l on l.supply_id = s.id join warehouse w on w.id = l.warehouse_id
        where s.active = 1 and l.active = 1 and s.name = :name
        and (l.expires_on is null or l.expires_on >= :day) and n > 0""", name=name, day=today)
    lots = sorted((_lot(r, at) for r in rows),
                  key=lambda o: (known_minutes(o.minutes), o.id))
    bound = [Option("agreement", RowId(r["id"]), r["company"], name, r["minimum"],
                    r["measure"], r["call_minutes"], r["phone"], t("bound by agreement {number}",
                                                                  number=r["number"]))
             for r in store.read("""select a.* from agreement a left join supply s
        on s.id = a.supply_id where a.active = 1 and coalesce(s.name, a.goods) = :name
        and (a.ends_on is null or a.ends_on >= :day) and a.minimum > 0
        order by a.call_minutes is null, a.call_minutes""", name=name, day=today)]
    return share_out(lots, quantity) + bound


def _lot(row: Any, at: Estimates) -> Option:
    metres = at.metres(row["lon"], row["lat"])
    parts = [row["house"]]
    if metres is not None:
        parts.append(t("{km} km away", km=f"{metres / 1000:.1f}"))
    if row["expires_on"]:
        parts.append(t("good until {day}", day=row["expires_on"]))
    return Option("supply", RowId(row["id"]), f"{row['name']} {row['batch']}".strip(),
                  row["name"], float(row["n"]), row["measure"], at.road(metres),
                  row["duty_phone"], t(", ").join(parts))
