"""Builders: small files of another system, and an import of one."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from db.store import Store
from dispatch.past.columns import match_past
from dispatch.past.plan import PastPlan, file_digest, plan_past
from dispatch.past.reading import PastReading, read_units
from dispatch.past.times import DayOrder
from dispatch.past.verbs import PastImport, import_past
from resources.exchange.books import read_book
from tests.builders import NIGHT, an_officer

HEADS = ("警情编号", "出动单位", "警情类型", "地址", "接警时间", "下达时间", "出动时间", "到达时间",
         "归建时间")
BY = an_officer()


def a_csv(*rows: Sequence[str], heads: Sequence[str] = HEADS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode()


def a_row(call: str = "A1", unit: str = "一中队", received: str = "2025-03-02 23:58:00",
          ordered: str = "2025-03-02 23:59:00", departed: str = "2025-03-03 00:00:30",
          arrived: str = "2025-03-03 00:06:00", returned: str = "2025-03-03 01:00:00"
          ) -> tuple[str, ...]:
    """A force that came in the night, across midnight."""
    return (call, unit, "建筑火灾", "人民路 8 号", received, ordered, departed, arrived, returned)


def a_reading(data: bytes, name: str = "旧系统.csv", *, order: DayOrder | None = None,
              chosen: dict[str, str] | None = None) -> PastReading:
    match = match_past(read_book(name, data), chosen)
    return read_units(name, file_digest(data), match, NIGHT, order=order)


def a_plan(store: Store, *rows: Sequence[str], name: str = "旧系统.csv") -> PastPlan:
    return plan_past(store, a_reading(a_csv(*rows), name))


def an_import(store: Store, *rows: Sequence[str], name: str = "旧系统.csv") -> PastImport:
    return import_past(store, a_plan(store, *rows, name=name), by=BY)
