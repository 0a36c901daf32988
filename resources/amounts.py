"""Amounts 数量: what people type as a quantity, with or without its unit of measure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from db.errors import Refused

AMOUNT = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(.*)", re.DOTALL)
LONGEST = 40


def read_amount(text: str, measure: str) -> tuple[float, str]:
    """The number and the unit typed behind it, `measure` when there is none. Pure.

    `12`, `１２`, `1,200 顶` and `3.5kg` are read; whether the unit fits is for the ledger to say.

    Raises:
        Refused: it is no number (field `quantity`).
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("\u2009", "").strip()
    found = AMOUNT.fullmatch(plain)
    if found is None or len(plain) > LONGEST:
        raise Refused("“{text}” is not a number.", field="quantity", text=text[:LONGEST])
    unit = found[2].strip()
    same = unicodedata.normalize("NFKC", measure)
    return float(found[1]), measure if unit in ("", same) else unit


def read_day(text: str, today: date, field: str) -> date | None:
    """The day typed as `2026-12-01`, `12-01` or `+7` days from today; None when empty. Pure.

    Raises:
        Refused: it is no day.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    try:
        if re.fullmatch(r"\+\d{1,4}", plain):
            return today + timedelta(days=int(plain))
        parts = [int(p) for p in re.split(r"[-/.年月日]", plain) if p]
        if len(parts) == 3:
            return date(*parts)
        if len(parts) == 2:
            this = date(today.year, *parts)
            return this if this >= today else date(today.year + 1, *parts)
    except (ValueError, OverflowError):
        pass
    raise Refused("{text} is not a day. Write 2026-12-01 or +7.", field=field, text=text[:LONGEST])
