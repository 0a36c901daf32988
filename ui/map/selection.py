"""The selection 选中: what was picked on the map, and what is said of it, as rows. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.change import RowId
from db.store import Store
from db.words import t
from dispatch.events import event
from dispatch.proposals import fits_of, needs_of
from dispatch.surroundings import NearForce
from dispatch.terms import STAGE_NAMES
from dispatch.whereabouts import Situation, Whereabouts
from resources.coords import CRS_NAMES, Crs, Point, dms_text, from_district
from resources.geo import Position
from resources.records import Library
from resources.sites import SITE_NAMES, Site, SiteKind
from ui.map.painting import metre_words
from ui.map.shown import whereabouts_words
from ui.moments import clock
from ui.pages.library_facts import facts
from ui.shown import event_meta
from ui.widgets.fact_list import Fact

SITES = frozenset(map(str, SiteKind))
MOST_FACTS, MOST_MEMBERS = 16, 400
UNSAID = ("point", "dms", "src_crs")


@dataclass(frozen=True, slots=True)
class Selection:
    """`kind` is a site's kind, `order`, `point`, `group`, `area` or `found`; a group or area
    has its `members`, an area its ring."""

    kind: str
    id: int
    name: str
    lon: float
    lat: float
    members: tuple[Site, ...] = ()
    ring: tuple[Position, ...] = ()
    note: str = ""

    @property
    def is_site(self) -> bool:
        return self.kind in SITES

    @property
    def library(self) -> Library | None:
        """The library whose record it is, if it is one that can be opened and moved."""
        return Library(self.kind) if self.is_site and self.kind != SiteKind.EVENT else None

    def forces(self) -> tuple[Site, ...]:
        """The forces that are selected."""
        if self.kind == SiteKind.FORCE:
            return (Site(SiteKind.FORCE, RowId(self.id), self.name, self.lon, self.lat),)
        return tuple(s for s in self.members if s.kind is SiteKind.FORCE)


def overview(found: Situation | None) -> list[Fact]:
    """What goes on while nothing is selected: events, forces that are out, warnings."""
    if found is None:
        return []
    rows = [Fact("head events", t("Open events"), right=str(len(found.events)), head=True)]
    rows += [Fact(f"event {e.id}", f"{e.number} {e.title}", event_meta(e), clock(e.received_at))
             for e in found.events]
    rows.append(Fact("head forces", t("Forces out"), right=str(len(found.forces)), head=True))
    rows += [force_row(one) for one in found.forces]
    rows.append(Fact("head warnings", t("Warnings in force"), right=str(len(found.warnings)),
                     head=True))
    rows += [Fact(f"warning {w.id}", w.name, f"{w.issuer} {w.area}".strip())
             for w in found.warnings]
    return rows


def force_row(one: Whereabouts) -> Fact:
    """A force that is out, with its stage, and where it is if that says more."""
    stage, where = t(STAGE_NAMES[one.stage]), whereabouts_words(one)
    return Fact(f"order {one.order.id}", one.order.force_name, where if where != stage else "",
                stage, late=one.late)


def site_rows(store: Store, kind: str, row_id: int) -> list[Fact]:
    """The facts of a record, the first ones."""
    rows = [f for f in facts(store, Library(kind), row_id) if f.key not in UNSAID]
    shown = rows[:MOST_FACTS]
    while shown and shown[-1].head:
        shown.pop()
    return shown


def event_rows(store: Store, event_id: int, found: Situation | None) -> list[Fact]:
    """An event in two lines and its forces."""
    of = event(store, RowId(event_id))
    rows = [Fact("fact place", of.place or t("No place yet"), event_meta(of)),
            Fact("fact received", t("watch|Received"), right=clock(of.received_at))]
    forces = [f for f in found.forces if f.order.event_id == event_id] if found else []
    rows.append(Fact("head own", t("Forces of this event"), right=str(len(forces)), head=True))
    return rows + [force_row(one) for one in forces]


def point_rows(point: Point, note: str = "") -> list[Fact]:
    """A point in every system, as it can be copied."""
    rows = [Fact("fact note", note)] if note else []
    rows.append(Fact("dms", t("Degrees and minutes"), dms_text(point)))
    for crs in Crs:
        shown = from_district(point, crs)
        rows.append(Fact(f"crs {crs}", f"{shown.lat:.6f}, {shown.lon:.6f}", t(CRS_NAMES[crs])))
    return rows


def member_rows(members: Sequence[Site]) -> list[Fact]:
    """Sites by kind, each kind under its head with its count."""
    rows: list[Fact] = []
    for kind in SiteKind:
        same = [s for s in members if s.kind is kind]
        if same:
            rows.append(Fact(f"head {kind}", t(SITE_NAMES[kind]), right=str(len(same)), head=True))
            rows += [site_row(s) for s in same[:MOST_MEMBERS]]
    return rows


def site_row(one: Site) -> Fact:
    far = metre_words(one.metres) if one.metres else ""
    return Fact(f"{one.kind} {one.id}", one.name, right=far)


def near_rows(found: Iterable[NearForce], capability: str) -> list[Fact]:
    """Forces by their minutes, with the way and what they can."""
    forces = list(found)
    title = t("Nearest forces that can {what}", what=capability) if capability \
        else t("Nearest forces")
    rows = [Fact("head near", title, right=t("by minutes"), head=True)]
    rows += [Fact(f"force {f.id}", f.name, near_note(f),
                  "—" if f.minutes is None else t("{n} min", n=f.minutes)) for f in forces]
    if not forces:
        rows.append(Fact("fact none", t("No free force with this capability has a place.")))
    return rows


def near_note(one: NearForce) -> str:
    """`3.2 km · states it · 12 people · 000-6119`."""
    stated = t("as it states") if one.stated else t("estimated")
    return " · ".join(p for p in (metre_words(one.metres), stated,
                                  t("{n} people", n=one.ready_people), one.phone) if p)


def wanted_capability(store: Store, event_id: int) -> str:
    """The first capability that the plan calls for and no force of the event has."""
    of = event(store, RowId(event_id))
    needs = [n.capability for n in needs_of(store, of.subtype) if n.from_kind == "force"]
    there = {c for can in fits_of(store, RowId(event_id), frozenset(needs)).values()
             for c in can}
    return next((n for n in needs if n not in there), needs[0] if needs else "")


def capabilities(store: Store) -> list[str]:
    """The district's vocabulary."""
    return [str(r["name"]) for r in store.read("select name from capability order by id")]
