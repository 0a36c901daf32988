"""A scenario as xlsx 脚本导入导出, and back without loss; reading it is pure.

Choices are written as `name [code]`, so that a file made in one language is read in the other.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from db.errors import Refused
from db.words import LANGUAGES, t
from dispatch.drills.checking import check_draft
from dispatch.drills.columns import EXPECTED, FIRST, INJECTS, OVERVIEW, SHEETS, Column
from dispatch.drills.plain import from_plain
from dispatch.drills.scenario import Scenario
from resources.exchange.books import Sheet, read_book
from resources.exchange.cells import CONTROL, Cell, tidy
from resources.exchange.workbooks import new_workbook

# out

def write_scenario(of: Scenario) -> bytes:
    """The scenario as an xlsx that can be edited and read back."""
    out = io.BytesIO()
    book = new_workbook(out)
    head = book.add_format({"bold": True, "bg_color": "#EFE7F5", "border": 1, "text_wrap": True})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    page = book.add_worksheet(t(FIRST[0]))
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 90)
    for row, column in enumerate(OVERVIEW):
        page.write_string(row, 0, t(column.heading), head)
        page.write_string(row, 1, _said(column, getattr(of, column.field)), body)
    for name, (title, _chinese, columns) in SHEETS.items():
        page = book.add_worksheet(t(title))
        for place, column in enumerate(columns):
            page.write_string(0, place, t(column.heading), head)
            page.set_column(place, place, column.width)
        for row, cells in enumerate(_lines(of, name), 1):
            for place, cell in enumerate(cells):
                page.write_string(row, place, cell, body)
        page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _said(column: Column, value: object) -> str:
    return "" if value is None or value == "" else CONTROL.sub("", column.say(value))


def _lines(of: Scenario, name: str) -> Iterable[list[str]]:
    if name != "injects":
        columns = SHEETS[name][2]
        for one in getattr(of, name):
            yield [_said(c, getattr(one, c.field)) for c in columns]
        return
    for inject in of.injects:
        own = [_said(c, getattr(inject, c.field)) for c in INJECTS]
        for n, action in enumerate(inject.expected or (None,)):
            told = [_said(c, getattr(action, c.field)) if action else "" for c in EXPECTED]
            yield [*(own if n == 0 else [""] * len(INJECTS)), *told]


# in

def read_scenario(name: str, data: bytes) -> Scenario:
    """A scenario from an xlsx as `write_scenario` makes it.

    Raises:
        Refused: not such a file, or a cell that cannot be understood, with sheet and row; or
            what `check_draft` refuses.
    """
    book = read_book(name, data)
    overview = _sheet(book.sheets, *FIRST)
    plain: dict[str, Any] = {}
    for row, cells in overview.rows:
        column = next((c for c in OVERVIEW if _text(cells, 0) in c.headings), None)
        if column is not None and _text(cells, 1):
            plain[column.field] = _read(column, _text(cells, 1), overview.name, row)
    for field in ("aims", "people", "safety"):
        title, chinese, columns = SHEETS[field]
        words = {c.field: "" for c in columns if c.read is str}
        plain[field] = [{**words, **row}
                        for row in _rows(_sheet(book.sheets, title, chinese), columns)]
    title, chinese, columns = SHEETS["injects"]
    plain["injects"] = _injects(_rows(_sheet(book.sheets, title, chinese), columns))
    missing = [t(c.heading) for c in OVERVIEW if c.field in {"code", "title", "subtype", "minutes"}
               and c.field not in plain]
    if missing:
        raise Refused("The sheet {sheet} lacks: {names}.", sheet=overview.name,
                      names=t(", ").join(missing))
    try:
        found = from_plain(Scenario, plain)
    except ValueError as error:
        raise Refused("The scenario in {name} cannot be understood: {why}.", name=name,
                      why=error) from error
    if found.lang not in LANGUAGES:
        raise Refused("The language is {lang}; it must be one of {known}.", lang=found.lang,
                      known=", ".join(LANGUAGES))
    check_draft(found)
    return found


def _sheet(sheets: Sequence[Sheet], title: str, chinese: str) -> Sheet:
    found = next((s for s in sheets if s.name in {t(title), chinese,
                                                  title.rpartition("|")[2]}), None)
    if found is None:
        raise Refused("The file has no sheet {sheet}. Export a scenario to see how it looks.",
                      sheet=t(title))
    return found


def _rows(sheet: Sheet, columns: Sequence[Column]) -> Iterable[dict[str, Any]]:
    """Each row below the head as fields; empty cells are left out."""
    places: dict[int, Column] = {}
    for row, cells in sheet.rows:
        if not places:
            heads = [_text(cells, n) for n in range(len(cells))]
            places = {n: c for n, h in enumerate(heads) for c in columns if h in c.headings}
            continue
        found = {c.field: _read(c, _text(cells, n), sheet.name, row)
                 for n, c in places.items() if _text(cells, n)}
        if found:
            yield found


def _injects(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without a number go on with the actions of the inject above."""
    found: list[dict[str, Any]] = []
    fields = {c.field for c in EXPECTED}
    for row in rows:
        action = {k: v for k, v in row.items() if k in fields}
        own = {k: v for k, v in row.items() if k not in fields}
        if "no" in own or not found:
            own["no"] = int(own.get("no", len(found) + 1))
            found.append({"way": "phone", "content": "", "at": 0.0, **own, "expected": []})
        if action:
            found[-1]["expected"].append({"action": "", **action})
    return found


def _text(cells: Sequence[Cell], place: int) -> str:
    return tidy(cells[place]) if place < len(cells) else ""


def _read(column: Column, text: str, sheet: str, row: int) -> Any:
    try:
        return column.read(text)
    except (Refused, ValueError) as error:
        raise Refused("Sheet {sheet}, row {row}: {text} is not right for {heading}. {why}",
                      sheet=sheet, row=row, text=text, heading=t(column.heading),
                      why=error if isinstance(error, Refused) else "") from error
