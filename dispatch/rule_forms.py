"""Rule forms 规则表单: a rule's value as rows of cells that a person types, and back. Pure."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from db.errors import Refused
from db.words import t
from dispatch.rule_shapes import SHAPES, UNIT_NAMES, VALUE, Cell, Kind, Shape
from resources.rules import Rule

Row = tuple[str, ...]
"""The key's code first where the rule has keys, then each cell as it is typed."""

YES, NO = "1", "0"
LEAP = 2024
"""A year that has a 29 February."""

APART = re.compile(r"[,，、;；/\s]+")


def shape_of(rule: Rule) -> Shape:
    """How a rule is filled in; one that this program does not know is shown as it stands."""
    known = SHAPES.get(rule.code)
    if known is not None:
        return known
    kind = {bool: Kind.YES, int: Kind.NUMBER, float: Kind.NUMBER}.get(type(rule.value), Kind.TEXT)
    return Shape("", (Cell("", VALUE, kind),))


def single(shape: Shape, value: object) -> bool:
    """Whether the rule is one value and no table."""
    return not isinstance(value, dict | list) and not shape.keys


def key_words(shape: Shape, code: str) -> str:
    """The name of a row: of its group too, where it is one of a group's."""
    group, dot, key = code.rpartition(".")
    words = t(shape.keys[key]) if key in shape.keys else key
    return f"{t(shape.groups[group])} · {words}" if dot and group in shape.groups else words


def _flat(shape: Shape, value: Mapping[str, Any]) -> dict[str, Any]:
    """The groups' rows beside the others, as `group.key`."""
    return {**{k: v for k, v in value.items() if k not in shape.groups},
            **{f"{g}.{k}": v for g in shape.groups for k, v in value.get(g, {}).items()}}


def _deep(shape: Shape, flat: Mapping[str, Any]) -> dict[str, Any]:
    """The way back from `_flat`."""
    made: dict[str, Any] = {}
    for code, value in flat.items():
        group, _dot, key = code.rpartition(".")
        (made.setdefault(group, {}) if group in shape.groups else made)[key] = value
    return made


# out

def rows_of(shape: Shape, value: Any) -> list[Row]:
    """The value as it is typed; a key that has none yet has empty cells."""
    if single(shape, value):
        return [(typed(shape.cells[0], value),)]
    if not shape.keys:
        return [_cells(shape, item) for item in value]
    if shape.grows:
        return [(key, *_cells(shape, item)) for key, items in value.items() for item in items]
    empty, flat = ("",) * len(shape.cells), _flat(shape, value)
    return [(key, *(_cells(shape, flat[key]) if key in flat else empty))
            for key in _keys(shape, flat)]


def _keys(shape: Shape, value: Mapping[str, object]) -> list[str]:
    """The keys by name where every one may have a value, else those that have one."""
    open_ended = len(shape.keys) > len(value) and all(
        isinstance(v, Mapping) for v in value.values())
    known = [key for key in shape.keys if open_ended or key in value]
    known += [f"{group}.{key}" for group in shape.groups for key in shape.keys]
    return [*known, *(key for key in value if key not in known)]


def _cells(shape: Shape, item: Any) -> Row:
    return tuple(typed(cell, _part(cell, item)) for cell in shape.cells)


def _part(cell: Cell, item: Any) -> Any:
    if not cell.name:
        return item
    if isinstance(item, list):
        return item[int(cell.name)]
    return item.get(cell.name)


def typed(cell: Cell, value: Any) -> str:
    """One part of a value as it stands in its cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if cell.kind is Kind.CODE:
        return str(value)
    if isinstance(value, list):
        return t("list|, ").join(_named(cell, str(one)) for one in value)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _named(cell: Cell, code: str) -> str:
    return t(cell.names[code]) if code in cell.names else code


def shown(cell: Cell, text: str, *, yes: bool = False) -> str:
    """What a person reads of a cell that holds `text`."""
    if cell.kind is Kind.YES or yes:
        return t("field|Yes") if text == YES else t("field|No") if text == NO else text
    return _named(cell, text) if cell.kind is Kind.CODE else text


def value_words(rule: Rule) -> str:
    """A rule's value in one line, with its unit."""
    shape = shape_of(rule)
    if single(shape, rule.value):
        words = shown(shape.cells[0], typed(shape.cells[0], rule.value))
    else:
        first = int(bool(shape.keys))
        words = t("list|; ").join(_row_words(shape, row, rule.value)
                                  for row in rows_of(shape, rule.value) if any(row[first:]))
    return f"{words} {unit_words(rule)}" if rule.unit else words


def unit_words(rule: Rule) -> str:
    """In what a rule's numbers are counted; empty when in nothing."""
    return t(UNIT_NAMES[rule.unit]) if rule.unit in UNIT_NAMES else rule.unit


def _row_words(shape: Shape, row: Row, value: Any) -> str:
    cells = row[1:] if shape.keys else row
    yes = bool(shape.keys) and isinstance(value, dict) and isinstance(value.get(row[0]), bool)
    said = " / ".join(shown(cell, text, yes=yes) for cell, text in zip(
        shape.cells, cells, strict=True) if text)
    return f"{key_words(shape, row[0])} {said}" if shape.keys else said


# in

def read_rows(rule: Rule, rows: Sequence[Row]) -> Any:
    """The value that these rows say.

    Raises:
        Refused: a cell is empty or cannot be read; `field` is `row:column` of `rows`.
    """
    shape, like = shape_of(rule), rule.value
    if single(shape, like):
        return read(shape.cells[0], rows[0][0], like, "value")
    if not shape.keys:
        return [_item(shape, row, number, like[0] if like else None)
                for number, row in enumerate(rows) if any(row) or not shape.grows]
    if shape.grows:
        return {key: [_item(shape, row[1:], number, items[0] if items else None, 1)
                      for number, row in enumerate(rows) if row[0] == key and any(row[1:])]
                for key, items in like.items()}
    before = _flat(shape, like)
    return _deep(shape, {row[0]: _item(shape, row[1:], number, before.get(row[0]), 1)
                         for number, row in enumerate(rows) if any(row[1:]) or row[0] in before})


def _item(shape: Shape, cells: Sequence[str], row: int, like: Any, first: int = 0) -> Any:
    parts = list(_read_cells(shape, cells, row, like, first))
    if len(parts) == 1 and not parts[0][0]:
        return parts[0][1]
    if shape.cells[0].name == "0":
        return [value for _name, value in parts]
    return dict(parts)


def _read_cells(shape: Shape, cells: Sequence[str], row: int, like: Any, first: int
                ) -> Iterator[tuple[str, Any]]:
    for number, (cell, text) in enumerate(zip(shape.cells, cells, strict=True)):
        needed = not (shape.keys and not shape.grows and cell.name and (
            like is None or (isinstance(like, dict) and cell.name not in like)))
        if text.strip() or needed:
            before = None if like is None else _part(cell, like)
            yield cell.name, read(cell, text, before, f"{row}:{number + first}")


def read(cell: Cell, text: str, like: Any, field: str) -> Any:
    """One cell as a value of the kind it takes.

    Raises:
        Refused: it is empty or cannot be read.
    """
    text = text.strip()
    if not text:
        raise Refused("{what} is needed.", field=field, what=t(cell.title))
    if cell.kind is Kind.YES or isinstance(like, bool):
        return _read_yes(text, field)
    if cell.kind in (Kind.NUMBER, Kind.WHOLE):
        return _read_number(cell, text, field)
    if cell.kind is Kind.CODE:
        return _read_code(cell, text, like, field)
    if cell.kind is Kind.CODES:
        return _read_words(cell, text, field)
    if cell.kind is Kind.CLOCK:
        return _read_clock(text, field)
    if cell.kind is Kind.CLOCKS:
        return [_read_clock(one, field) for one in APART.split(text) if one]
    return _read_day(text, field) if cell.kind is Kind.DAY else text


def _read_words(cell: Cell, text: str, field: str) -> list[str]:
    """Several codes by their words, which may hold blanks: the longest that fits is meant."""
    words = sorted(((t(w), code) for code, w in cell.names.items()), key=lambda p: -len(p[0]))
    found, rest = list[str](), text
    while rest := re.sub(rf"^(?:{APART.pattern})", "", rest):
        one = next(((w, code) for w, code in words if rest.lower().startswith(w.lower())), None)
        if one is None:
            raise _strange(cell, rest, field)
        found.append(one[1])
        rest = rest[len(one[0]):]
    if not found:
        raise _strange(cell, text, field)
    return found


def _read_code(cell: Cell, text: str, like: Any, field: str) -> Any:
    code = text if text in cell.names else next(
        (code for code, words in cell.names.items() if t(words) == text), None)
    if code is None:
        raise _strange(cell, text, field)
    return int(code) if code.isdigit() and not isinstance(like, str) else code


def _strange(cell: Cell, text: str, field: str) -> Refused:
    return Refused("“{text}” is not one of: {known}.", field=field, text=text,
                   known=t("list|, ").join(t(words) for words in cell.names.values()))


def _read_yes(text: str, field: str) -> bool:
    if text.lower() in (YES, t("field|Yes").lower(), "yes", "是"):
        return True
    if text.lower() in (NO, t("field|No").lower(), "no", "否"):
        return False
    raise Refused("“{text}” is neither yes nor no.", field=field, text=text)


def _read_number(cell: Cell, text: str, field: str) -> float | int:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    try:
        number = float(plain)
    except ValueError as error:
        raise Refused("“{text}” is not a number.", field=field, text=text) from error
    if not math.isfinite(number) or not 0 <= number <= cell.most:
        raise Refused("{text} is out of range: from 0 to {most}.", field=field, text=text,
                      most=f"{cell.most:,.0f}")
    if cell.kind is Kind.WHOLE and number != int(number):
        raise Refused("{text} is not a whole number.", field=field, text=text)
    return int(number) if number == int(number) else number


def _read_clock(text: str, field: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    try:
        return time.fromisoformat(plain if len(plain) > 4 else f"0{plain}").strftime("%H:%M")
    except ValueError as error:
        raise Refused("“{text}” is not a time of day. Write it as 08:30.", field=field,
                      text=text) from error


def _read_day(text: str, field: str) -> str:
    try:
        return date.fromisoformat(f"{LEAP}-{unicodedata.normalize('NFKC', text)}").strftime("%m-%d")
    except ValueError as error:
        raise Refused("“{text}” is not a day of the year. Write it as 03-31.", field=field,
                      text=text) from error


