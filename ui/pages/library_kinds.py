"""The libraries 五库 as the page shows them: per kind its rows, columns, filter and facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt

from db.words import mark, t
from resources import localtime
from resources.records import Library
from resources.terms import STATUS_NAMES

RIGHT = Qt.AlignmentFlag.AlignRight
Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class LibraryKind:
    """One tab: `columns` are the fields its list begins with, `facts` what stands beside."""

    library: Library
    title: str
    columns: tuple[str, ...]
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


def _warehouse(row: Any) -> Facts:
    return [(t("Code"), row.code), (t("Level"), row.level), (t("column|Kind"), row.kind),
            (t("Keeper"), f"{row.keeper} {row.duty_phone}".strip()),
            (t("field|Area (m²)"), amount(row.area_m2 or 0)), *_place(row), *_kept(row)]


KINDS: tuple[LibraryKind, ...] = (
    LibraryKind(Library.FORCE, mark("library|Forces"), (
        "name", "tier", "kind", "ready_people", "vehicles", "duty_phone", "status",
        "verified_at"), _force),
    LibraryKind(Library.EQUIPMENT, mark("library|Equipment"), (
        "name", "model", "plate", "kind", "status", "inspect_due", "verified_at"), _equipment),
    LibraryKind(Library.SUPPLY, mark("library|Supplies"), (
        "code", "name", "model", "quantity", "measure", "level_of_stock", "expires_on"), _supply),
    LibraryKind(Library.EXPERT, mark("library|Experts"), (
        "name", "unit", "title", "field", "hazards", "phone", "verified_at"), _expert),
    LibraryKind(Library.PLAN, mark("library|Plans"), (
        "name", "number", "kind", "issued_on", "evaluate_due", "verified_at"), _plan),
    LibraryKind(Library.HAZARD, mark("library|Hazard sources"), (
        "name", "kind", "level", "company", "threatened", "town", "verified_at"), _hazard),
    LibraryKind(Library.SHELTER, mark("library|Shelters"), (
        "name", "level", "term", "capacity", "occupants", "town", "verified_at"), _shelter),
    LibraryKind(Library.WAREHOUSE, mark("library|Warehouses"), (
        "name", "code", "level", "kind", "area_m2", "keeper", "duty_phone", "verified_at"),
        _warehouse),
    LibraryKind(Library.UNIT, mark("library|Units"), (
        "name", "tier", "kind", "duty_phone", "contact", "call_sign", "verified_at"), _unit),
)
BY_KEY = {kind.key: kind for kind in KINDS}
