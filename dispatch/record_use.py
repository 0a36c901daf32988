"""Record use 使用情况: what asks for a record, where it served, and whether it may be retired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.orders import forces_out, orders_of_force
from dispatch.terms import STAGE_NAMES
from resources.agreements import agreements, sharings
from resources.care import loans
from resources.keeping import retire_record
from resources.localtime import day_text, moment_text
from resources.people import STOCK, Officer, allowed
from resources.records import Library
from resources.terms import EquipmentStatus

MOST = 100


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that uses a record: under which head, what, a note, and the page it opens."""

    head: str
    words: str
    note: str = ""
    page: str = ""
    row_id: int = 0


def used_in(store: Store, library: Library, row_id: int) -> list[Use]:
    """Plans that ask for it, orders and events it served, loans, agreements, sharing."""
    uses = list(_plans(store, library, row_id))
    if library is Library.FORCE:
        uses += _orders(store, row_id)
        uses += _rows(store, mark("use|Its equipment"), Library.EQUIPMENT, "force_id", row_id)
    if library is Library.EQUIPMENT:
        uses += [Use(mark("use|Loans"), f"{one.number} {one.borrower}", t(
            "Lent {out}, due {due}, {back}", out=one.lent_on, due=one.due_back,
            back=t("back {day}", day=one.back_on) if one.back_on else t("not back yet")))
            for one in loans(store, row_id, past=True)]
    if library is Library.SUPPLY:
        uses += [Use(mark("use|Reserve agreements"), f"{a.company} {a.number}", t(
            "At least {n} {measure}, until {day}", n=f"{a.minimum:g}", measure=a.measure,
            day=a.ends_on)) for a in agreements(store, row_id)]
        uses += _movements(store, row_id)
    if library in (Library.SUPPLY, Library.EQUIPMENT):
        uses += [Use(mark("use|Sharing"), f"{s.from_unit} → {s.to_unit}", t(
            "{n}, until {day}", n=f"{s.quantity:g}", day=s.until or "—"))
            for s in sharings(store, row_id)]
    if library is Library.UNIT:
        uses += _owned(store, row_id)
    return uses


def _plans(store: Store, library: Library, row_id: int) -> Iterator[Use]:
    """Plans that ask for a capability it offers; those below a plan."""
    if library in (Library.FORCE, Library.EQUIPMENT, Library.EXPERT):
        for row in store.read(f"""select p.id, p.name, group_concat(n.capability, '、') as words
                from plan_need n join plan p on p.id = n.plan_id and p.active = 1
                where n.from_kind = :kind and n.capability in (
                    select value from json_each((select capabilities from [{library}]
                    where id = :id))) group by p.id order by p.name limit {MOST}""",
                              id=row_id, kind=str(library)):
            yield Use(mark("use|Plans that ask for it"), row["name"], row["words"], "plan",
                      row["id"])
    if library is Library.PLAN:
        for row in store.read("""select p.id, p.name, p.version from plan p where p.active = 1 and
                p.parent = (select name from plan where id = :id) and p.id <> :id""", id=row_id):
            yield Use(mark("use|Plans below it"), row["name"], row["version"], "plan", row["id"])
        for row in store.read("""select h.id, h.name from hazard h where h.active = 1 and h.plan =
                (select name from plan where id = :id)""", id=row_id):
            yield Use(mark("use|Hazard sources under it"), row["name"], "", "hazard", row["id"])


def _orders(store: Store, row_id: int) -> list[Use]:
    found = orders_of_force(store, row_id)  # type: ignore[arg-type]
    return [Use(mark("use|Orders and events"), f"{o.event_number} {o.event_title}", t(
        "{number} · {stage} · {time}", number=o.number, stage=t(STAGE_NAMES[o.stage]),
        time=moment_text(o.ordered_at, year=True)), "event", int(o.event_id))
        for o in sorted(found, key=lambda o: o.ordered_at, reverse=True)[:MOST]]


def _rows(store: Store, head: str, library: Library, column: str, row_id: int) -> list[Use]:
    return [Use(head, r["name"], r["model"], str(library), r["id"]) for r in store.read(
        f"""select id, name, model from [{library}] where [{column}] = :id and active = 1
        order by name limit {MOST}""", id=row_id)]


def _movements(store: Store, supply: int) -> list[Use]:
    """The events that it was issued for."""
    return [Use(mark("use|Issued for events"), f"{r['number']} {r['title']}", f"{-r['n']:g}",
                "event", r["id"]) for r in store.read(f"""select e.id, e.number, e.title,
        sum(m.quantity) as n from movement m join lot l on l.id = m.lot_id
        join event e on e.id = m.event_id where l.supply_id = :id
        group by e.id order by e.id desc limit {MOST}""", id=supply)]


def _owned(store: Store, unit: int) -> list[Use]:
    name = store.value("select name from unit where id = :id", id=unit)
    heads = ((Library.FORCE, mark("use|Its forces")),
             (Library.EQUIPMENT, mark("use|Its equipment")),
             (Library.WAREHOUSE, mark("use|Its warehouses")))
    return [Use(head, r["name"], r["note"] or "", str(one), r["id"]) for one, head in heads
            for r in store.read(f"""select id, name, note from [{one}] where owner = :name
            and active = 1 order by name limit {MOST}""", name=name)]


@allowed(*STOCK)
def retire(store: Store, library: Library, row_id: int, *, reason: str, by: Officer) -> None:
    """Take a record out of its library; what is out on call stays.

    Raises:
        Refused: it is out, or as `keeping.retire_record`.
    """
    if library is Library.FORCE:
        out = next((o for o in forces_out(store) if int(o.force_id) == row_id), None)
        if out is not None:
            raise Refused("{name} is out on {event}. Bring it home first.", name=out.force_name,
                          event=f"{out.event_number} {out.event_title}")
    if library is Library.EQUIPMENT and store.value(
            "select status from equipment where id = :id", id=row_id) == EquipmentStatus.OUT:
        raise Refused("It is out on call. Take it back first.")
    retire_record(store, library, row_id, reason=reason, by=by)


def retired(store: Store, library: Library, most: int = 500) -> list[tuple[int, str]]:
    """Former records of a library, id and name with the day, the latest first."""
    def day(at: str | None) -> str:
        return day_text(datetime.fromisoformat(at)) if at else ""

    return [(int(r["id"]), " ".join(filter(None, (r["name"], day(r["at"]))))) for r in store.read(
        f"""select r.id, r.name, (select max(c.at) from journal j join change c
        on c.id = j.change_id where j.row_id = r.id) as at from [{library}] r
        where r.active = 0 order by at desc limit {most}""")]
