"""Warehouses, supplies, lots and their movements in the sample district."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from db.change import RowId
from db.clock import to_text
from resources.localtime import at_local
from resources.sample.build import Sample
from resources.sample.vocabulary import SUPPLIES, WAREHOUSES
from resources.terms import MOVEMENT_PREFIX, MovementKind

LOTS = 300
SHORT = (1, 12, 15, 27)
"""Places in SUPPLIES whose stock stays under the minimum."""

EXPIRED, EXPIRING = (19, 7), 6


@dataclass(frozen=True, slots=True)
class Line:
    """One movement before it has a number."""

    at: datetime
    lot: RowId
    kind: MovementKind
    quantity: int
    receiver: str


def supplies(sample: Sample) -> None:
    """300 lots; four supplies are short, two lots have expired, six soon will."""
    houses = [sample.tx.insert("warehouse", {
        "code": f"CK-{at:02d}", "name": name, "level": level, "kind": kind,
        "area_m2": sample.dice.randint(2, 30) * 100, "keeper": sample.name(),
        "duty_phone": sample.phone(), **sample.placed(town), **sample.kept("应急管理局")})
        for at, (name, level, kind, town) in enumerate(WAREHOUSES, 1)]
    kinds, lines, totals = [_supply(sample, at) for at in range(len(SUPPLIES))], [], Counter[int]()
    for at in range(LOTS):
        which = at % len(SUPPLIES)
        lot = _lot(sample, at, kinds[which], houses[(at + at // len(SUPPLIES)) % len(houses)])
        history = _history(sample, lot, SUPPLIES[which][6])
        totals[which] += sum(line.quantity for line in history)
        lines += history
    _number(sample, lines)
    for which, supply in enumerate(kinds):
        _limits(sample, supply, totals[which], short=which in SHORT)


def _supply(sample: Sample, at: int) -> RowId:
    code, name, model, measure, kind, hazards, _, _ = SUPPLIES[at]
    return sample.tx.insert("supply", {
        "code": code, "name": name, "model": model, "measure": measure, "kind": kind,
        "hazards": hazards, **sample.kept("应急管理局")})


def _limits(sample: Sample, supply: RowId, stock: int, *, short: bool) -> None:
    """Minimum and maximum around the stock that came about."""
    least = stock * 13 // 10 if short else stock * 6 // 10
    sample.tx.update("supply", supply, min_stock=least, max_stock=max(stock, least) * 15 // 10,
                     safe_stock=least * 12 // 10)


def _lot(sample: Sample, at: int, supply: RowId, house: RowId) -> RowId:
    which, row = at % len(SUPPLIES), at // len(SUPPLIES)
    years = SUPPLIES[which][7]
    expires: str | None = None
    if years and row == 0 and which in EXPIRED:
        expires = sample.day(-9, -3)
    elif years and row == 1 and 7 <= which < 7 + EXPIRING:
        expires = sample.day(8, 55)
    elif years:
        expires = sample.day(120, 365 * years + 120)
    return sample.tx.insert("lot", {
        "supply_id": supply, "warehouse_id": house, "batch": f"P{at + 1:04d}",
        "bin": f"{'ABCD'[which % 4]}-{row + 1:02d}-{which % 9 + 1:02d}", "maker": "云川安防器材厂",
        "supplier": "云川安防", "made_on": sample.day(-300, -260),
        "stored_on": sample.day(-255, -250), "expires_on": expires,
        "unit_price": sample.dice.randint(5, 900), "funds": "年度应急专项",
        **sample.kept("应急管理局")})


def _history(sample: Sample, lot: RowId, usual: int) -> list[Line]:
    """In, out, lent, back and counted over nine months; never below zero."""
    first = max(2, usual * sample.dice.randint(8, 12) // 10)
    steps: list[tuple[MovementKind, int, str]] = [(MovementKind.IN, first, "")]
    if sample.dice.random() < 0.7:
        steps.append((MovementKind.OUT, -max(1, first // 8), "石渠镇"))
    if sample.dice.random() < 0.4:
        lent = max(1, first // 10)
        steps += [(MovementKind.LEND, -lent, "演练"), (MovementKind.GIVE_BACK, lent, "演练")]
    if sample.dice.random() < 0.5:
        steps.append((MovementKind.COUNT, -1 if first > 20 else 0, ""))
    if sample.dice.random() < 0.4:
        steps.append((MovementKind.IN, max(1, first // 6), ""))
    days = sorted((sample.dice.randint(2, 248) for _ in steps), reverse=True)
    days[0] = 250
    return [Line(at_local(sample.today - timedelta(days=day), time(9, sample.dice.randint(0, 59))),
                 lot, kind, quantity, receiver)
            for day, (kind, quantity, receiver) in zip(days, steps, strict=True)]


def _number(sample: Sample, lines: list[Line]) -> None:
    """Write the movements in order of time, each kind numbered for itself."""
    given: Counter[str] = Counter()
    lent: dict[RowId, RowId] = {}
    for line in sorted(lines, key=lambda one: (one.at, one.lot)):
        prefix = MOVEMENT_PREFIX[line.kind]
        given[prefix] += 1
        due = (line.at + timedelta(days=30)).date().isoformat()
        back = line.kind is MovementKind.GIVE_BACK
        made = sample.tx.insert("movement", {
            "number": f"{prefix}-{given[prefix]:04d}", "lot_id": line.lot, "kind": line.kind,
            "quantity": line.quantity, "at": to_text(line.at), "approver": "周宁",
            "handler": "冯秀英", "receiver": line.receiver,
            "due_back": due if line.kind is MovementKind.LEND else None,
            "pair_id": lent.get(line.lot) if back else None})
        if line.kind is MovementKind.LEND:
            lent[line.lot] = made
