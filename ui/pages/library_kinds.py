"""The libraries 五库 as the page shows them: per kind its rows, columns, filter and facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt

from db.store import Store
from db.words import mark, t
from resources import equipment, experts, forces, hazards, localtime, net, plans, shelters, supplies
from resources.records import Filter, Library
from resources.terms import FORCE_KIND_NAMES, STATUS_NAMES, TIER_NAMES, Tier
from ui.rows_model import Column

MOST = 100_000
RIGHT = Qt.AlignmentFlag.AlignRight
Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class LibraryKind:
    """One tab: `group` is what the combo filters by, as (value, words) of a row."""

    library: Library
    title: str
    columns: Sequence[Column[Any]]
    read: Callable[[Store], Sequence[Any]]
    group: Callable[[Any], tuple[str, str]]
    every: str
    facts: Callable[[Any], Facts]

    @property
    def key(self) -> str:
        return str(self.library)


def day(value: date | None) -> str:
    return value.isoformat() if value else "—"


def verified(row: Any) -> str:
    at: datetime | None = row.verified_at
    return localtime.day_text(at) if at else "—"


def amount(number: float) -> str:
    """A quantity with a thin space between thousands, without empty decimals."""
    return f"{number:,.10g}".replace(",", "\u2009")


def _wanted() -> Filter:
    return Filter(limit=MOST)


def _status(value: str) -> str:
    names = {str(status): name for status, name in STATUS_NAMES.items()}
    return t(names[value]) if value in names else value


def _kept(row: Any) -> Facts:
    checked = f"{verified(row)} {row.verified_by}"
    return [(t("Owner"), row.owner), (t("column|Verified"), checked),
            (t("Verify again by"), day(row.next_verify_due)), (t("Note"), row.note)]


def _place(row: Any) -> Facts:
    point = f"{row.lon:.5f}, {row.lat:.5f}" if row.lon is not None else ""
    return [(t("Town or street"), row.town), (t("Address"), row.address), (t("Point"), point)]


def _force(row: Any) -> Facts:
    people = t("{ready} of {people} people, {vehicles} vehicles", ready=row.ready_people,
               people=row.people, vehicles=row.vehicles)
    minutes = t("{n} min", n=row.promised_minutes) if row.promised_minutes else ""
    return [(t("Duty phone"), row.duty_phone), (t("Head"), row.leader),
            (t("Strength"), people), (t("Capabilities"), " ".join(row.capabilities)),
            (t("Call sign"), f"{row.call_sign} {row.channel}".strip()),
            (t("Promised"), minutes), *_place(row), *_kept(row)]


def _equipment(row: Any) -> Facts:
    return [(t("Status"), _status(row.status)), (t("Plate"), row.plate),
            (t("Keeper"), f"{row.keeper} {row.phone}".strip()),
            (t("Capabilities"), " ".join(row.capabilities)),
            (t("Inspect by"), day(row.inspect_due)), (t("Insured until"), day(row.insured_until)),
            (t("Performance"), row.performance), *_place(row), *_kept(row)]


def _supply(row: Any) -> Facts:
    return [(t("Code"), row.code), (t("Model"), row.model), (t("Lots"), str(row.lots)),
            (t("Minimum"), f"{amount(row.min_stock)} {row.measure}"),
            (t("Maximum"), f"{amount(row.max_stock)} {row.measure}"),
            (t("Expires"), day(row.expires_on))]


def _expert(row: Any) -> Facts:
    minutes = t("{n} min", n=row.arrive_minutes) if row.arrive_minutes else ""
    return [(t("Phone"), row.phone), (t("Unit"), row.unit), (t("expert|Title"), row.title),
            (t("Field"), row.field), (t("Hazards"), row.hazards), (t("Panel"), row.panel),
            (t("Can be there in"), minutes), (t("Hired until"), day(row.hired_until)),
            *_kept(row)]


def _plan(row: Any) -> Facts:
    return [(t("Number"), row.number), (t("column|Kind"), row.kind), (t("Version"), row.version),
            (t("Drawn up by"), row.unit), (t("plan|Issued"), day(row.issued_on)),
            (t("Filed"), f"{day(row.filed_on)} {row.filed_with}".strip()),
            (t("Evaluate by"), day(row.evaluate_due)), *_kept(row)]


def _hazard(row: Any) -> Facts:
    return [(t("Phone"), f"{row.principal} {row.phone}".strip()), (t("Company"), row.company),
            (t("Level"), row.level), (t("Substance"), f"{row.substance} {row.amount}".strip()),
            (t("People threatened"), str(row.threatened)),
            (t("Monitored"), t("yes") if row.monitored else t("no")), *_place(row), *_kept(row)]


def _shelter(row: Any) -> Facts:
    return [(t("Phone"), row.phone), (t("Key holder"), row.key_holder),
            (t("Capacity"), f"{row.occupants} / {row.capacity}"), (t("Term"), row.term),
            (t("Facilities"), row.facilities), *_place(row), *_kept(row)]


def _unit(row: Any) -> Facts:
    return [(t("Duty phone"), row.duty_phone), (t("Phones"), " ".join(row.phones)),
            (t("Contact"), f"{row.contact} {row.contact_post}".strip()),
            (t("Call sign"), f"{row.call_sign} {row.channel}".strip()), *_place(row), *_kept(row)]


def _name(title: str = mark("Name"), width: int = 200) -> Column[Any]:
    return Column(title, lambda r: r.name, width=width, stretch=True, bold=True)


def _verified() -> Column[Any]:
    return Column(mark("column|Verified"), verified, width=72, muted=True)


def _text(title: str, name: str, width: int = 120, *, muted: bool = False) -> Column[Any]:
    return Column(title, lambda r: str(getattr(r, name)), width=width, muted=muted)


def _number(title: str, name: str, width: int = 72) -> Column[Any]:
    return Column(title, lambda r: amount(getattr(r, name) or 0), RIGHT, width,
                  sort_key=lambda r: getattr(r, name) or 0)


def _day(title: str, name: str) -> Column[Any]:
    return Column(title, lambda r: day(getattr(r, name)), width=104)


STOCK_COLUMN, EXPIRY_COLUMN = mark("Stock and minimum"), mark("Expires")
KINDS: tuple[LibraryKind, ...] = (
    LibraryKind(Library.FORCE, mark("library|Forces"), (
        _name(), Column(mark("Tier"), lambda r: t(TIER_NAMES[r.tier]), width=96),
        Column(mark("column|Kind"), lambda r: t(FORCE_KIND_NAMES[r.kind]), width=112),
        _number(mark("column|Ready"), "ready_people", 64),
        _number(mark("column|Vehicles"), "vehicles", 64),
        _text(mark("Duty phone"), "duty_phone", 100),
        Column(mark("Status"), lambda r: _status(r.status), width=80), _verified()),
        lambda s: forces.forces(s, _wanted()),
        lambda r: (str(r.kind), t(FORCE_KIND_NAMES[r.kind])), mark("All kinds"), _force),
    LibraryKind(Library.EQUIPMENT, mark("library|Equipment"), (
        _name(), _text(mark("Model"), "model", 140, muted=True), _text(mark("Plate"), "plate", 104),
        _text(mark("column|Kind"), "kind", 112), Column(mark("Status"), lambda r: _status(r.status),
                                                 width=96),
        _day(mark("Inspect by"), "inspect_due"), _verified()),
        lambda s: equipment.equipment(s, _wanted()), lambda r: (r.status, _status(r.status)),
        mark("All states"), _equipment),
    LibraryKind(Library.SUPPLY, mark("library|Supplies"), (
        _text(mark("Code"), "code", 80, muted=True), _name(width=130),
        _text(mark("Model"), "model", 96, muted=True),
        Column(mark("In stock"), lambda r: amount(r.quantity), RIGHT, 76, bold=True,
               sort_key=lambda r: r.quantity),
        _text(mark("Measure"), "measure", 52, muted=True),
        Column(STOCK_COLUMN, lambda r: t("short {n}", n=amount(r.short)) if r.short else "",
               width=208, sort_key=lambda r: r.quantity / (r.min_stock or 1)),
        Column(EXPIRY_COLUMN, lambda r: day(r.expires_on), width=116,
               sort_key=lambda r: day(r.expires_on))),
        lambda s: supplies.stock(s, localtime.local_day(s.clock.now())),
        lambda r: (r.kind, r.kind), mark("All kinds"), _supply),
    LibraryKind(Library.EXPERT, mark("library|Experts"), (
        _name(width=110), _text(mark("Unit"), "unit", 180),
        _text(mark("expert|Title"), "title", 110),
        _text(mark("Field"), "field", 130), _text(mark("Hazards"), "hazards", 130),
        _text(mark("Phone"), "phone", 100), _verified()),
        lambda s: experts.experts(s, _wanted()), lambda r: (r.panel, r.panel),
        mark("All panels"), _expert),
    LibraryKind(Library.PLAN, mark("library|Plans"), (
        _name(width=260), _text(mark("Number"), "number", 140, muted=True),
        _text(mark("column|Kind"), "kind", 96), _day(mark("plan|Issued"), "issued_on"),
        _day(mark("Evaluate by"), "evaluate_due"), _verified()),
        lambda s: plans.plans(s, _wanted()), lambda r: (r.kind, r.kind), mark("All kinds"), _plan),
    LibraryKind(Library.HAZARD, mark("library|Hazard sources"), (
        _name(), _text(mark("column|Kind"), "kind", 112), _text(mark("Level"), "level", 80),
        _text(mark("Company"), "company", 160), _number(mark("Threatened"), "threatened", 84),
        _text(mark("Town or street"), "town", 96), _verified()),
        lambda s: hazards.hazards(s, _wanted()), lambda r: (r.kind, r.kind), mark("All kinds"),
        _hazard),
    LibraryKind(Library.SHELTER, mark("library|Shelters"), (
        _name(), _text(mark("Level"), "level", 80), _text(mark("Term"), "term", 80),
        _number(mark("Capacity"), "capacity", 84), _number(mark("Occupants"), "occupants", 84),
        _text(mark("Town or street"), "town", 96), _verified()),
        lambda s: shelters.shelters(s, _wanted()), lambda r: (r.town, r.town),
        mark("All towns"), _shelter),
    LibraryKind(Library.UNIT, mark("library|Units"), (
        _name(), Column(mark("Tier"), lambda r: t(TIER_NAMES[Tier(r.tier)]), width=120),
        _text(mark("column|Kind"), "kind", 112), _text(mark("Duty phone"), "duty_phone", 110),
        _text(mark("Contact"), "contact", 100), _text(mark("Call sign"), "call_sign", 110),
        _verified()),
        lambda s: net.units(s, _wanted()), lambda r: (str(r.tier), t(TIER_NAMES[Tier(r.tier)])),
        mark("All tiers"), _unit),
)
BY_KEY = {kind.key: kind for kind in KINDS}
