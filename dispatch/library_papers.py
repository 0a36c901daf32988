"""Papers of the libraries 资源文书: the store's records as the facts that are printed."""

from __future__ import annotations

from collections.abc import Iterable

from db.store import Store
from db.words import t
from dispatch.duty.papers import district
from dispatch.printouts.library_sheets import LibraryFacts, ListFacts
from resources.demand import PRIORITIES, demand, propose, total
from resources.field_tables import LIBRARY_NAMES, TABLES
from resources.fields import Field, Type, show_value
from resources.localtime import local_day
from resources.records import Library
from resources.waiting import WAIT_NAMES, by_owner, waiting

REGISTER = {
    Library.FORCE: ("name", "kind", "leader", "duty_phone", "people", "capabilities"),
    Library.EQUIPMENT: ("name", "model", "plate", "status", "keeper", "inspect_due"),
    Library.SUPPLY: ("code", "name", "model", "measure", "min_stock", "max_stock"),
    Library.LOT: ("batch", "bin", "maker", "expires_on", "unit_price"),
    Library.WAREHOUSE: ("name", "level", "kind", "keeper", "duty_phone", "address"),
    Library.EXPERT: ("name", "unit", "title", "field", "phone", "hired_until"),
    Library.PLAN: ("number", "name", "version", "issued_on", "filed_on", "evaluate_due"),
    Library.HAZARD: ("name", "kind", "company", "principal", "phone", "level"),
    Library.SHELTER: ("name", "term", "capacity", "key_holder", "phone", "status"),
    Library.UNIT: ("name", "tier", "duty_phone", "contact", "call_sign"),
    Library.PLACE: ("name", "kind", "parent", "lon", "lat")}


def register_paper(store: Store, library: Library, most: int = 5000) -> LibraryFacts:
    """A library's register 登记簿, by name."""
    listed = _listed(store, library, "", most)
    return LibraryFacts(t("paper|Register: {library}", library=t(LIBRARY_NAMES[library])),
                        _org(store), store.clock.now(), (listed,), drill=district(store).drill)


def unit_card(store: Store, unit: str) -> LibraryFacts:
    """What a unit owns on one page 单位资源卡: people, equipment, supplies."""
    row = store.one("select * from unit where name = :name and active = 1", name=unit)
    head = ((t("paper|Unit"), unit), (t("paper|24-hour phone"), row["duty_phone"] if row else ""),
            (t("paper|Contact"), row["contact"] if row else ""),
            (t("paper|Call sign"), row["call_sign"] if row else ""))
    goods = store.read("""select s.name, s.model, w.name as house, l.expires_on, s.measure,
        round(sum(m.quantity), 6) as n from lot l join supply s on s.id = l.supply_id
        join warehouse w on w.id = l.warehouse_id join movement m on m.lot_id = l.id
        where l.active = 1 and (l.owner = :unit or w.owner = :unit)
        group by l.id having n > 0 order by s.name""", unit=unit)
    supplies = ListFacts(t("paper|Supplies"), (
        t("paper|Name"), t("paper|Model"), t("paper|Warehouse"), t("paper|Expires on"),
        t("paper|Stock")), tuple((r["name"], r["model"], r["house"], r["expires_on"] or "",
                                  f"{r['n']:g} {r['measure']}") for r in goods), frozenset({4}))
    lists = (_listed(store, Library.FORCE, unit), _listed(store, Library.EQUIPMENT, unit), supplies)
    return LibraryFacts(t("paper|Resource card of a unit"), _org(store), store.clock.now(), lists,
                        head=head, drill=district(store).drill)


def reminder_letter(store: Store, owner: str) -> LibraryFacts:
    """A letter 提醒函 to an owner unit about what waits of its records."""
    now = store.clock.now()
    found = by_owner(waiting(store, local_day(now))).get(owner, [])
    rows = tuple((t(WAIT_NAMES[w.wait]), w.name, w.due.isoformat() if w.due else "", w.detail)
                 for w in found)
    listed = ListFacts(t("paper|Records that wait"), (
        t("paper|Reason"), t("paper|Name"), t("paper|Due"), t("paper|Remark")), rows,
        shares=(22, 38, 18, 22))
    return LibraryFacts(
        t("paper|Reminder to check records"), _org(store), now, (listed,),
        opening=t("paper|To {owner}: the records below are due. Please check them and answer this"
                  " duty room.", owner=owner or t("paper|the unit concerned")),
        closing=t("paper|{org}, {day}", org=_org(store), day=local_day(now)),
        drill=district(store).drill)


def demand_paper(store: Store, year: int) -> LibraryFacts:
    """A year's demand plan: its kept lines, else what the figures ask for today."""
    lines = demand(store, year)
    names = {key: t(label) for key, label in PRIORITIES}
    rows = [(x.name, f"{x.stock:g}", f"{x.target:g}", f"{x.expiring:g}", f"{x.used:g}",
             f"{x.quantity:g} {x.measure}", f"{x.price:,.2f}", f"{x.quantity * x.price:,.2f}",
             names[x.priority]) for x in lines] or [
        (x.name, f"{x.stock:g}", f"{x.target:g}", f"{x.expiring:g}", f"{x.used:g}",
         f"{x.quantity:g} {x.measure}", f"{x.price:,.2f}", f"{x.quantity * x.price:,.2f}", "")
        for x in propose(store, year)]
    whole = total(lines) if lines else sum(x.quantity * x.price for x in propose(store, year))
    listed = ListFacts(t("paper|Goods to buy"), (
        t("paper|Name"), t("paper|Stock"), t("paper|Target"), t("paper|Expiring"), t("paper|Used"),
        t("paper|To buy"), t("paper|Price (yuan)"), t("paper|Budget (yuan)"),
        t("paper|Priority")), tuple(rows), frozenset(range(1, 8)),
        (24, 9, 9, 10, 9, 14, 15, 19, 10))
    return LibraryFacts(t("paper|Demand plan for {year}", year=year), _org(store),
                        store.clock.now(), (listed,), drill=district(store).drill,
                        closing=t("paper|Budget in all: {sum} yuan", sum=f"{whole:,.2f}"))


def _listed(store: Store, library: Library, owner: str, most: int = 500) -> ListFacts:
    fields = [next(f for f in TABLES[library] if f.name == name) for name in REGISTER[library]]
    order = "batch" if library is Library.LOT else "name"
    held = " or force_id in (select id from force where owner = :owner)" \
        if library is Library.EQUIPMENT else ""
    rows = store.read(f"""select * from [{library}] where active = 1
        and (:owner = '' or owner = :owner{held}) order by [{order}], id limit :most""",
        owner=owner, most=most)
    return ListFacts(t(LIBRARY_NAMES[library]), tuple(t(f.label) for f in fields),
                     tuple(tuple(show_value(f, r[f.name]) for f in fields) for r in rows),
                     _numbers(fields))


def _numbers(fields: Iterable[Field]) -> frozenset[int]:
    return frozenset(at for at, f in enumerate(fields) if f.type in (Type.WHOLE, Type.NUMBER))


def _org(store: Store) -> str:
    return district(store).org
