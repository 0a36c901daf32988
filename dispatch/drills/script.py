"""A script 动作脚本 of a drill: when who does what, as CSV; reading it is pure.

Columns: `time` (T+ as 5:20, 0:05:20 or minutes), `act`, `target`, `text`; the heads may be
Chinese (时间, 动作, 对象, 内容).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from enum import StrEnum

from db.errors import Refused

HEADS = {"time": {"time", "t+", "at", "时间"}, "act": {"act", "action", "动作"},
         "target": {"target", "to", "对象", "目标"}, "text": {"text", "note", "内容", "说明"}}
MOST_ROWS = 10_000


class ScriptAct(StrEnum):
    """What a script can do; those after `speed` are done by participants in the drill's store."""

    INJECT = "inject"      # target: number
    SKIP = "skip"          # target: number, text: why
    STAMP = "stamp"        # target: 6.2, text: done, partly or missed, then a note
    UNSTAMP = "unstamp"
    MARK = "mark"          # text
    POINT = "point"        # target: a timing point
    PAUSE = "pause"        # target: how long it lasts, as 3:20; text: why
    SPEED = "speed"        # target: times the clock
    EVENT = "event"        # target: sub-type, or sub-type:level; text: title
    LOG = "log"            # target: kind of entry; text
    REPORT = "report"      # target: first, follow or final
    RESPONSE = "response"  # target: level; text: measures
    ORDER = "order"        # target: force; text
    STAGE = "stage"        # target: force; text: stage
    LIFT = "lift"          # text: reason
    END = "end"            # text


ONE_TARGET = frozenset(ScriptAct) - {ScriptAct.UNSTAMP, ScriptAct.MARK, ScriptAct.LIFT,
                                     ScriptAct.END}


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """One line; `t` in seconds of T+, `number` is its row in the file, the head being row 1."""

    number: int
    t: float
    act: ScriptAct
    target: str
    text: str


def read_script(data: str | bytes) -> list[ScriptLine]:
    """The lines of a script in the order of their times.

    Raises:
        Refused: with the row, when anything cannot be read, lies before the start, or comes
            after the end.
    """
    rows = list(csv.reader(io.StringIO(_decoded(data).lstrip("\ufeff"), newline="")))
    if len(rows) > MOST_ROWS:
        raise Refused("The script has more than {n} rows.", n=MOST_ROWS)
    columns = _columns(rows[0] if rows else [])
    lines = [_line(n, cells, columns) for n, cells in enumerate(rows[1:], start=2)
             if any(c.strip() for c in cells)]
    lines.sort(key=lambda one: one.t)
    ends = [one for one in lines if one.act is ScriptAct.END]
    if ends and (len(ends) > 1 or lines[-1] is not ends[0]):
        raise Refused("Row {row}: the drill ends only once, and nothing comes after it.",
                      row=(ends[1] if len(ends) > 1 else lines[-1]).number)
    return lines


def _decoded(data: str | bytes) -> str:
    if isinstance(data, str):
        return data
    for name in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise Refused("The file is neither UTF-8 nor GB18030 text. Save it as CSV (UTF-8).")


def _columns(head: list[str]) -> dict[str, int]:
    found = {name: place for place, cell in enumerate(head) for name, words in HEADS.items()
             if cell.strip().lower() in words}
    missing = [n for n in ("time", "act") if n not in found]
    if missing:
        raise Refused("Row 1: there is no column {names}. The first row must name time, act,"
                      " target, text (时间, 动作, 对象, 内容).", names=", ".join(missing))
    return found


def _line(number: int, cells: list[str], columns: dict[str, int]) -> ScriptLine:
    def cell(name: str) -> str:
        place = columns.get(name, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    try:
        t = seconds_of(cell("time"))
    except ValueError as error:
        raise Refused("Row {row}: {time} is no time of a drill. Write T+ as 5:20 or 0:05:20.",
                      row=number, time=cell("time") or "—") from error
    if t < 0:
        raise Refused("Row {row}: {time} lies before the start. A drill begins at T+0.",
                      row=number, time=cell("time"))
    try:
        act = ScriptAct(cell("act").lower())
    except ValueError as error:
        raise Refused("Row {row}: {act} is no act. There are: {known}", row=number,
                      act=cell("act") or "—", known=", ".join(ScriptAct)) from error
    if act in ONE_TARGET and not cell("target"):
        raise Refused("Row {row}: {act} needs a target.", row=number, act=act)
    return ScriptLine(number, t, act, cell("target"), cell("text"))


TIME = re.compile(r"(?:[Tt]\+?)?\s*(-)?(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2}(?:\.\d+)?)")


def seconds_of(text: str) -> float:
    """Seconds of `5:20`, `0:05:20`, `T+00:05:20`, or of plain minutes such as `5` or `2.5`.

    Raises:
        ValueError: it has none of these shapes.
    """
    plain = text.strip().replace("：", ":").replace("−", "-")
    found = TIME.fullmatch(plain)
    if found is None:
        if not re.fullmatch(r"-?\d{1,6}(\.\d+)?", plain):
            raise ValueError(text)
        return float(plain) * 60
    minus, hours, minutes, seconds = found.groups()
    if float(seconds) >= 60 or (hours is not None and int(minutes) >= 60):
        raise ValueError(text)
    total = int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)
    return -total if minus else total
