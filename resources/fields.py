"""Fields 字段: what a record of a library holds, as data, and how typed values become columns."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db.errors import Refused
from db.words import mark, t


class Type(StrEnum):
    """How a field is typed, kept and shown."""

    TEXT = "text"
    LONG = "long"        # several lines
    PHONE = "phone"
    CODE = "code"        # GB/T 38565 or the district's own
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"          # local day
    YES = "yes"
    CHOICE = "choice"    # one of a closed list
    WORDS = "words"      # a list of words; capabilities come from the vocabulary
    LINK = "link"        # the id of a record of another library


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a record. `label` is an English source to be shown through `t`.

    `choices` are (value, label) pairs that bind only when `closed`; `low` and `high` bound
    numbers; `link` is the table a LINK points into; `other` are further headings that an
    imported column may have; `unit` stands behind a number; `suggest` names the column
    (`unit.name`) whose values are offered while typing.
    """

    name: str
    label: str
    type: Type = Type.TEXT
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    closed: bool = True
    low: float | None = None
    high: float | None = None
    link: str = ""
    other: tuple[str, ...] = ()
    vocabulary: bool = False
    unit: str = ""
    suggest: str = ""


Value = str | int | float | None
MOST = 4000
"""The longest text of one field, in characters."""

YES_WORDS = {"是": 1, "有": 1, "y": 1, "yes": 1, "true": 1, "1": 1, "√": 1,
             "否": 0, "无": 0, "n": 0, "no": 0, "false": 0, "0": 0, "": 0, "×": 0}
SPLIT = re.compile(r"[,，、;；/\s]+")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_value(field: Field, given: object) -> Value:
    """The column's value of what was typed or imported.

    Raises:
        Refused: with `field` set, when it cannot be that.
    """
    if given is None or (isinstance(given, str) and not given.strip()):
        return _empty(field)
    match field.type:
        case Type.WHOLE | Type.NUMBER | Type.LINK:
            return _number(field, given)
        case Type.DAY:
            return _day(field, given)
        case Type.YES:
            return _yes(field, given)
        case Type.WORDS:
            return _words(given)
        case Type.CHOICE:
            return _choice(field, given)
        case _:
            return _text(field, given)


def _empty(field: Field) -> Value:
    if field.required:
        raise Refused("{label} must be filled in.", field=field.name, label=t(field.label))
    match field.type:
        case Type.DAY | Type.LINK | Type.NUMBER:
            return None
        case Type.WHOLE:
            return None if field.low != 0 else 0
        case Type.YES:
            return 0
        case Type.WORDS:
            return "[]"
    return ""


def _text(field: Field, given: object) -> str:
    text = CONTROL.sub("", str(given)).strip()
    if len(text) > MOST:
        raise Refused("{label} holds up to {most} characters; this has {n}.", field=field.name,
                      label=t(field.label), most=MOST, n=len(text))
    if field.type is Type.PHONE and not re.search(r"\d", text):
        raise Refused("{label} “{value}” holds no digits.", field=field.name,
                      label=t(field.label), value=text)
    return text


def _number(field: Field, given: object) -> int | float:
    text = str(int(given) if isinstance(given, bool) else given).replace(",", "").strip()
    try:
        number = int(text) if re.fullmatch(r"[+-]?\d{1,19}", text) else float(text)
    except (ValueError, OverflowError) as error:
        raise _no_number(field, text) from error
    if isinstance(number, float) and not math.isfinite(number):
        raise _no_number(field, text)
    if field.type is not Type.NUMBER:
        if number != int(number):
            raise Refused("{label} is a whole number.", field=field.name, label=t(field.label))
        number = int(number)
    if field.low is not None and number < field.low:
        raise Refused("{label} is at least {low}.", field=field.name, label=t(field.label),
                      low=f"{field.low:g}")
    if field.high is not None and number > field.high:
        raise Refused("{label} is at most {high}.", field=field.name, label=t(field.label),
                      high=f"{field.high:g}")
    return number


def _no_number(field: Field, text: str) -> Refused:
    return Refused("{label} “{value}” is not a number.", field=field.name,
                   label=t(field.label), value=text)


def _day(field: Field, given: object) -> str:
    if isinstance(given, datetime):
        return given.date().isoformat()
    if isinstance(given, date):
        return given.isoformat()
    text = str(given).strip()
    found = DAY.match(text)
    parts = found.groups() if found else (text[:4], text[4:6], text[6:])
    try:
        return date(*(int(p) for p in parts)).isoformat()
    except (ValueError, OverflowError) as error:
        raise Refused("{label} “{value}” is not a day. Write it as 2026-11-23.",
                      field=field.name, label=t(field.label), value=text) from error


def _yes(field: Field, given: object) -> int:
    found = YES_WORDS.get(str(given).strip().lower())
    if isinstance(given, bool):
        found = int(given)
    if found is None:
        raise Refused("{label} is yes or no.", field=field.name, label=t(field.label))
    return found


def _kept_list(given: str) -> list[str] | None:
    """The JSON list that a list column keeps; None when the text is no list."""
    try:
        found = json.loads(given)
    except (ValueError, RecursionError):
        return None
    return [str(one) for one in found] if isinstance(found, list) else None


def _words(given: object) -> str:
    if isinstance(given, str):
        kept_list = _kept_list(given)
        words = SPLIT.split(given) if kept_list is None else kept_list
    else:
        words = list(given) if isinstance(given, list | tuple | set | frozenset) else [given]
    kept = dict.fromkeys(str(w).strip() for w in words if str(w).strip())
    return json.dumps(list(kept), ensure_ascii=False)


def _choice(field: Field, given: object) -> str:
    """The value itself or its label in the language in use."""
    text = str(given).strip()
    for value, label in field.choices:
        if text in (value, t(label)):
            return value
    if not field.closed:
        return _text(field, given)
    raise Refused("{label} “{value}” is not one of: {choices}.", field=field.name,
                  label=t(field.label), value=text,
                  choices=t("list|, ").join(t(label) for _, label in field.choices))


def read_values(table: tuple[Field, ...], given: Mapping[str, object], *,
                whole: bool = True) -> dict[str, Value]:
    """The columns of a form's values; `whole` fills and requires what is missing.

    Raises:
        Refused: the first field that is wrong.
        KeyError: a name that the table does not have.
    """
    names = {f.name for f in table}
    for name in given:
        if name not in names:
            raise KeyError(name)
    return {f.name: read_value(f, given.get(f.name)) for f in table
            if whole or f.name in given}


def show_value(field: Field, value: object) -> str:
    """The value as a person reads it."""
    if value is None or value == "":
        return ""
    if field.type is Type.YES:
        return t("field|Yes") if value else t("field|No")
    if field.type is Type.CHOICE:
        return next((t(label) for one, label in field.choices if one == value), str(value))
    if field.type is Type.WORDS:
        words = json.loads(value) if isinstance(value, str) else value
        return t("list|, ").join(str(w) for w in words) if isinstance(words, list | tuple) else ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


NOTE = mark("field|Note")
