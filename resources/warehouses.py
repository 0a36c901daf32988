"""Warehouses 仓库: where the lots of supplies lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from db.change import RowId
from resources.records import Placed

WarehouseId = NewType("WarehouseId", RowId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warehouse(Placed):
    """One warehouse; `level` is the storehouse's own grade, the area in square metres."""

    id: WarehouseId
    code: str
    name: str
    level: str
    kind: str
    area_m2: float | None
    keeper: str
    duty_phone: str
