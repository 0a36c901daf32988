"""Cells 单元格: what a cell says becomes what a row keeps, and back; pure."""

# ruff: noqa: ARG001 - the readers and writers of all shapes share one signature

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from typing import TypeVar

from db.clock import from_text, to_text
from db.errors import Refused
from db.words import t
from resources.exchange.choices import FROM_KIND
from resources.exchange.fields import Choice, Field, Shape
from resources.fields import MOST as LONGEST
from resources.localtime import LOCAL, local, read_local

Cell = object
"""A str, float, int, bool, date, datetime, time or None, as the file's reader gives it."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f\ufffe\uffff]")
BROKEN = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
NUMERAL = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*[^\d\s.,+\-]{0,6}", re.IGNORECASE)
PHONE = re.compile(r"[+(]?\d[\d\-() +,，、;；/转*#]{2,}")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]+[\d:.]+Z?)?")
CLOSE_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years of a moment that a record can mean."""

Day = TypeVar("Day", date, datetime)
SERIAL_DAYS = (20_000, 80_000)
"""Between these a bare number in a day's column is a spreadsheet's day count (1954 to 2119)."""

MOST = 1e12
YES = {"是", "有", "真", "true", "yes", "y", "1", "√", "✓", "室内", "已接入", "接入", "已", "on"}
NO = {"否", "无", "假", "false", "no", "n", "0", "×", "x", "室外", "未接入", "未", "off", "没有"}
PARTED = re.compile(r"[、，,;；\n|/]+")
DIGITS_IN_HAN = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}


def tidy(cell: Cell) -> str:
    """A cell as text: whole numbers without `.0`, no control characters, trimmed."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return t("yes") if cell else t("no")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, str) and cell.isprintable():  # nearly every cell
        return cell.strip()
    return CONTROL.sub("", str(cell).replace("\r\n", "\n").replace("\r", "\n")).strip()


def read_cell(field: Field, cell: Cell, text: str = "") -> object:
    """What the row keeps for a cell that is not empty; `text` is it tidied, where that is known.

    Raises:
        Refused: it does not fit the field; the sentence says why.
    """
    text = text or tidy(cell)
    if text[0] == "#" and BROKEN.fullmatch(text):
        raise Refused("the cell holds the spreadsheet error {text}", text=text)
    if len(text) > LONGEST:
        raise Refused("{n} characters are more than the {most} that fit here", n=len(text),
                      most=LONGEST)
    return READERS[field.shape](field, cell, text)


def _text(field: Field, cell: Cell, text: str) -> object:
    return text


def _phone(field: Field, cell: Cell, text: str) -> object:
    return unicodedata.normalize("NFKC", text)


def is_phone(text: str) -> bool:
    """Whether a text can be dialled as it stands."""
    return bool(PHONE.fullmatch(text))


def _number(field: Field, cell: Cell, text: str) -> float:
    found = NUMERAL.fullmatch(unicodedata.normalize("NFKC", text).replace(",", ""))
    value = float(found[1]) if found else math.nan
    if math.isnan(value) or math.isinf(value):
        raise Refused("“{text}” is no number", text=_short(text))
    low, high = field.low or 0, MOST if field.high is None else field.high
    if value < 0 or value > MOST:
        raise Refused("{text} is below zero or too large", text=_short(text))
    if not low <= value <= high:
        raise Refused("{text} is not between {low} and {high}", text=_short(text),
                      low=f"{low:g}", high=f"{high:g}")
    return value


def _count(field: Field, cell: Cell, text: str) -> object:
    value = _number(field, cell, text)
    if not value.is_integer():
        raise Refused("{text} is no whole number", text=_short(text))
    return int(value)


def _day(field: Field, cell: Cell, text: str) -> object:
    if isinstance(cell, datetime | date):
        return _possible(cell.date() if isinstance(cell, datetime) else cell, text).isoformat()
    plain = unicodedata.normalize("NFKC", text)
    found = DAY.fullmatch(plain) or CLOSE_DAY.fullmatch(plain)
    try:
        if found:
            return _possible(date(*(int(p) for p in found.groups())), text).isoformat()
        if SERIAL_DAYS[0] < float(plain) < SERIAL_DAYS[1]:
            return (date(1899, 12, 30) + timedelta(days=int(float(plain)))).isoformat()
    except ValueError:
        pass
    raise _no_day(text)


def _moment(field: Field, cell: Cell, text: str) -> object:
    try:
        if isinstance(cell, datetime):
            at = (cell if cell.tzinfo else cell.replace(tzinfo=LOCAL)).astimezone(UTC)
        else:
            at = read_local(text)
    except (ValueError, OverflowError):
        at = read_local(f"{_day(field, cell, text)} 00:00")
    return to_text(_possible(at, text, LAST_YEAR))


def _possible(day: Day, text: str, last: int = MAXYEAR) -> Day:
    """Let through a day that a record can mean; 9999-12-31 stands for "without end" in some."""
    if not FIRST_YEAR <= day.year <= last:
        raise _no_day(text)
    return day


def _no_day(text: str) -> Refused:
    return Refused("“{text}” is no day; write it like 2026-11-23", text=_short(text))


def _yes(field: Field, cell: Cell, text: str) -> object:
    plain = text.lower()
    if plain in YES or text == t("yes"):
        return 1
    if plain in NO or text == t("no"):
        return 0
    raise Refused("“{text}” is neither yes nor no", text=_short(text))


def _choice(field: Field, cell: Cell, text: str) -> object:
    found = _chosen(field.choices, text, loosely=not field.open_list)
    if found is None and not field.open_list:
        raise Refused("“{text}” is none of: {choices}", text=_short(text),
                      choices=", ".join(t(c.label) for c in field.choices))
    return found or text


def _chosen(choices: tuple[Choice, ...], text: str, *, loosely: bool) -> str | None:
    for one in choices:
        if text == t(one.label) or text.lower() in {one.value, one.label.lower(), *one.also}:
            return str(one.value)
    if not loosely:
        return None
    return next((str(c.value) for c in choices
                 if any(part in text.lower() for part in c.also)), None)


def _list(field: Field, cell: Cell, text: str) -> object:
    return json.dumps(parts_of(text), ensure_ascii=False)


def parts_of(text: str) -> list[str]:
    """The items of a list as people part them: `、，；/` or a new line; a JSON list as it is."""
    if text.startswith("["):
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return found
    return [p for part in PARTED.split(text) if (p := part.strip())]


def _levels(field: Field, cell: Cell, text: str) -> object:
    """`一级 管委会主任；二级 …` or the JSON of the store."""
    if text.startswith("["):
        return _json_rows(text)
    found = []
    for part in parts_of(text):
        match = re.fullmatch(r"([1-5一二三四五ⅠⅡⅢⅣ])\s*级?(?:响应)?[\s:：]*(.*)", part)
        if not match:
            raise Refused("“{text}” names no response level; write it like 一级 主任",
                          text=_short(part))
        sign = unicodedata.normalize("NFKC", match[1])
        level = DIGITS_IN_HAN.get(sign) or {"I": 1, "II": 2, "III": 3, "IV": 4}.get(sign)
        found.append({"level": level or int(sign), "approver": match[2].strip()})
    return json.dumps(found, ensure_ascii=False)


def _needs(field: Field, cell: Cell, text: str) -> object:
    """`灭火×2（队伍）；堵漏` as rows of capability, quantity, from_kind."""
    if text.startswith("["):
        return _json_rows(text)
    found = []
    for part in parts_of(text):
        match = re.fullmatch(r"(.+?)\s*(?:[×xX*]\s*(\d{1,6}))?\s*(?:[（(](.+?)[）)])?", part)
        source = _chosen(FROM_KIND, match[3] or "force", loosely=True) if match else None
        if match is None or source is None:
            raise Refused("“{text}” is no need; write it like 灭火×2（队伍）", text=_short(part))
        found.append({"capability": match[1], "quantity": int(match[2] or 1),
                      "from_kind": source})
    return json.dumps(found, ensure_ascii=False)


def _json_rows(text: str) -> str:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Refused("“{text}” cannot be read", text=_short(text))
    return json.dumps(found, ensure_ascii=False)


def _degrees(field: Field, cell: Cell, text: str) -> object:
    """One angle: decimal degrees, or 度分秒."""
    plain = unicodedata.normalize("NFKC", text).strip("NSEWnsew北纬南东西经 ")
    match = re.fullmatch(r"(-?\d{1,3}(?:\.\d+)?)(?:[°度]\s*(?:(\d{1,2}(?:\.\d+)?)[′'分]\s*"
                         r"(?:(\d{1,2}(?:\.\d+)?)(?:″|\"|秒|''|′′)?)?)?)?", plain)
    if not match or float(match[2] or 0) >= 60 or float(match[3] or 0) >= 60:
        raise Refused("“{text}” is no coordinate", text=_short(text))
    value = float(match[1]) + float(match[2] or 0) / 60 + float(match[3] or 0) / 3600
    if abs(value) > 180:
        raise Refused("“{text}” is no coordinate", text=_short(text))
    return value


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


READERS: dict[Shape, Callable[[Field, Cell, str], object]] = {
    Shape.TEXT: _text, Shape.PHONE: _phone, Shape.COUNT: _count, Shape.NUMBER: _number,
    Shape.DAY: _day, Shape.MOMENT: _moment, Shape.YES: _yes, Shape.CHOICE: _choice,
    Shape.LIST: _list, Shape.LEVELS: _levels, Shape.NEEDS: _needs, Shape.MEASURE: _text,
    Shape.LON: _degrees, Shape.LAT: _degrees, Shape.POINT: _text, Shape.CRS: _choice}


def shown(field: Field, kept: object) -> str | float | int:
    """What is written into a cell for what a row keeps; reads back as the same."""
    if kept is None or kept == "":
        return ""
    if field.shape in WRITERS:
        return WRITERS[field.shape](field, str(kept))
    return kept if isinstance(kept, int | float) else str(kept)


def _show_moment(field: Field, kept: str) -> str:
    at = local(from_text(kept))
    return at.strftime("%Y-%m-%d %H:%M:%S") + (f".{at.microsecond // 1000:03d}"
                                               if at.microsecond else "")


def _show_choice(field: Field, kept: str) -> str:
    return next((t(c.label) for c in field.choices if c.value == kept), kept)


def _show_list(field: Field, kept: str) -> str:
    items = [str(one) for one in json.loads(kept)]
    together = "、".join(items)
    return together if parts_of(together) == items else json.dumps(items, ensure_ascii=False)


def _show_levels(field: Field, kept: str) -> str:
    rows = json.loads(kept)
    text = "；".join(f"{row.get('level')}级 {row.get('approver', '')}".strip() for row in rows)
    return _or_json(_levels, field, kept, text)


def _show_needs(field: Field, kept: str) -> str:
    names = {c.value: t(c.label) for c in FROM_KIND}
    text = "；".join(f"{n['capability']}×{n['quantity']}（{names.get(n['from_kind'], '?')}）"
                    for n in json.loads(kept))
    return _or_json(_needs, field, kept, text)


def _or_json(read: Callable[[Field, Cell, str], object], field: Field, kept: str,
             text: str) -> str:
    """The readable text where it reads back as the same, else the JSON itself."""
    try:
        same = json.loads(str(read(field, text, text))) == json.loads(kept)
    except Refused:
        same = False
    return text if same else ("" if kept == "[]" else kept)


def _show_yes(field: Field, kept: str) -> str:
    return t("yes") if kept == "1" else t("no")


WRITERS: dict[Shape, Callable[[Field, str], str]] = {
    Shape.MOMENT: _show_moment, Shape.CHOICE: _show_choice, Shape.LIST: _show_list,
    Shape.LEVELS: _show_levels, Shape.NEEDS: _show_needs, Shape.YES: _show_yes}
