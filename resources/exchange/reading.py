"""Reading 读表: a matched sheet becomes lines of values, and every cell that does not fit; pure."""

from __future__ import annotations

from dataclasses import dataclass

from db.errors import Cancelled, Refused
from db.words import t
from resources.coords import Box, Crs, Point, parse_point, swapped_pair, to_district
from resources.exchange.books import STEP, Progress, goes_on
from resources.exchange.cells import Cell, is_phone, read_cell, tidy
from resources.exchange.fields import Field, Kind, Shape
from resources.exchange.matching import Match

CHINA = Box(73.0, 3.0, 136.0, 54.0)
EIGHTH = 8
"""Decimals of a degree that are kept: a millimetre."""

REMEMBERED = 4096
"""Distinct texts of a column whose meaning is kept: most columns say the same few words."""

POINTS = frozenset({"lon", "lat", "point", "src_crs"})
MOST_PROBLEMS = 1000
"""So many are listed; a file with more is wrong as a whole."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that does not fit: where it stands and why; `stops` the import, or only warns."""

    sheet: str
    row: int
    column: str
    why: Refused
    stops: bool = True
    value: str = ""
    """The cell as it stands in the file, shortened."""

    def __str__(self) -> str:
        return t("{sheet} row {row}, {column}: {why}", sheet=self.sheet, row=self.row,
                 column=self.column, why=str(self.why))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file as it will be kept: column or field name to value."""

    row: int
    values: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person chooses beside the file.

    `crs` is the system that the coordinates came in where no column says it; `box` the
    district; `keep_rest` puts columns that no field takes into the note.
    """

    crs: Crs = Crs.CGCS2000
    box: Box | None = None
    keep_rest: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was understood."""

    kind: Kind
    file: str
    match: Match
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @property
    def stopping(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.stops)


PLAIN = Options()


def read_lines(file: str, kind: Kind, match: Match, options: Options = PLAIN,
               progress: Progress = goes_on) -> Reading:
    """Read every row under the heading.

    Raises:
        Refused: there is none, or far too many problems.
        Cancelled: `progress` said so.
    """
    body, problems, lines = match.body, list[Problem](), list[Line]()
    reader = _Reader(kind, match, options, problems)
    for done, (number, cells) in enumerate(body):
        if done % STEP == 0 and not progress(done, len(body)):
            raise Cancelled("Stopped. Nothing was imported.")
        if values := reader.values(number, cells):
            lines.append(Line(number, values))
        if len(problems) > MOST_PROBLEMS:
            break
    if not lines and not problems:
        raise Refused("{name} has no rows below its headings.", name=file)
    return Reading(kind, file, match, tuple(lines), tuple(problems))


class _Reader:
    """Reads the rows of one sheet and notes what does not fit."""

    def __init__(self, kind: Kind, match: Match, options: Options,
                 problems: list[Problem]) -> None:
        self.kind, self.match, self.options, self.problems = kind, match, options, problems
        by_name = {f.name: f for f in kind.fields}
        self.columns: list[tuple[int, Field, dict[str, object]]] = [
            (i, by_name[n], {}) for i, n in match.columns.items()]
        self.required = [f for f in kind.fields if f.required]
        self.placed = any(f.shape in (Shape.LON, Shape.POINT) for _, f, _ in self.columns)
        self.rest = match.rest if options.keep_rest and "note" in by_name else ()

    def values(self, row: int, cells: tuple[Cell, ...]) -> dict[str, object]:
        found: dict[str, object] = {}
        wrong: set[str] = set()
        for place, field, known in self.columns:
            cell = cells[place] if place < len(cells) else None
            if cell is None:
                continue
            if type(cell) is str and cell in known:
                found[field.name] = known[cell]
            elif text := tidy(cell):
                try:
                    found[field.name] = read_cell(field, cell, text)
                except Refused as why:
                    self._note(row, field.heading, why, text)
                    wrong.add(field.name)
                    continue
                self._look_at(row, field, cell, found, known, text)
        if not found and not wrong:
            return found
        for field in self.required:
            if field.name not in found and field.name not in wrong:
                self._note(row, field.heading, Refused("it is empty, but needed"))
        if self.placed and not wrong & POINTS:
            self._place(row, found)
        self._keep_rest(cells, found)
        return found

    def _look_at(self, row: int, field: Field, cell: Cell, found: dict[str, object],
                 known: dict[str, object], text: str) -> None:
        """Warn of a phone that cannot be dialled; remember what else a text means."""
        if field.shape is Shape.PHONE and not is_phone(str(found[field.name])):
            self._note(row, field.heading, Refused("“{text}” does not look like a phone number",
                                                   text=text[:40]), text, stops=False)
        elif isinstance(cell, str) and len(known) < REMEMBERED:
            known[cell] = found[field.name]

    def _note(self, row: int, column: str, why: Refused, value: str = "", *,
              stops: bool = True) -> None:
        self.problems.append(Problem(self.match.sheet.name, row, column, why, stops, value[:80]))

    def _keep_rest(self, cells: tuple[Cell, ...], found: dict[str, object]) -> None:
        more = [f"{self.match.headings[i]}：{text}" for i in self.rest
                if i < len(cells) and (text := tidy(cells[i]))]
        if more:
            first = [str(found["note"])] if "note" in found else []
            found["note"] = "；".join(first + more)[:4000]

    def _place(self, row: int, found: dict[str, object]) -> None:
        """Longitude and latitude as they came, and as the store keeps them."""
        lon, lat = found.pop("lon", None), found.pop("lat", None)
        given = "，".join(str(part) for part in (lon, lat) if part is not None)
        typed = found.pop("point", None)
        given = given or str(typed or "")
        crs = Crs(str(found.pop("src_crs", "") or self.options.crs))
        try:
            point = self._point(lon, lat, typed)
        except Refused as why:
            self._note(row, self._place_column(), why, given)
            return
        if point is None:
            return
        kept = to_district(point, crs)
        found |= {"lon": round(kept.lon, EIGHTH), "lat": round(kept.lat, EIGHTH),
                  "src_crs": crs.value, "src_lon": round(point.lon, EIGHTH),
                  "src_lat": round(point.lat, EIGHTH)}
        if self.options.box is not None and not self.options.box.holds(kept):
            self._note(row, self._place_column(), Refused(
                "{lon}, {lat} lies outside the district; it is kept as it is",
                lon=round(kept.lon, 5), lat=round(kept.lat, 5)), given, stops=False)

    def _place_column(self) -> str:
        return next((f.heading for _, f, _ in self.columns
                     if f.shape in (Shape.LON, Shape.POINT)), "")

    def _point(self, lon: object, lat: object, typed: object) -> Point | None:
        if typed is not None and lon is None:
            return parse_point(str(typed), CHINA).point
        if lon is None and lat is None:
            return None
        if lon is None or lat is None:
            raise Refused("A point needs both longitude and latitude.", field="lon")
        point = Point(round(float(str(lon)), EIGHTH), round(float(str(lat)), EIGHTH))
        box = self.options.box or CHINA
        if swapped_pair(point.lon, point.lat, box) or swapped_pair(point.lon, point.lat, CHINA):
            raise Refused("longitude {lon} and latitude {lat} stand in each other's columns",
                          lon=point.lon, lat=point.lat)
        if not CHINA.holds(point):
            raise Refused("{lon}, {lat} is no place in China", lon=point.lon, lat=point.lat)
        return point
