"""Log entries 日志条目 as table rows: struck ones struck, corrections and back-fills marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from db.words import t
from dispatch.printouts.phrases import late_tag, within_a_day
from dispatch.printouts.sheet import Align, Column, Row, Run, Table, Words


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One log entry: when it happened, when it was entered, its kind in words, text and author.

    `backfilled` is 补录. A struck entry bears the number of its correction and the reason;
    a correction the number of what it replaces.
    """

    seq: int | None
    at: datetime
    kind: str
    text: str
    by: str = ""
    entered_at: datetime | None = None
    event: str = ""
    backfilled: bool = False
    struck: bool = False
    reason: str = ""
    corrected_by: int | None = None
    corrects: int | None = None


def log_table(entries: Iterable[EntryLine], zone: tzinfo, blank: int = 0) -> Table:
    """All entries in the order given; the day is shown where it changes or on every row
    when the log is not of one day, and the entry time where it is not the event time."""
    lines = tuple(entries)
    one_day = within_a_day((line.at for line in lines), zone)
    form = "%H:%M" if one_day else "%m-%d %H:%M"
    columns = [
        Column(t("paper|No."), align=Align.RIGHT, fit=True, least=24),
        Column(t("paper|Time"), fit=True, bold=True, least=50 if blank else 0),
        Column(t("paper|Kind"), fit=True, least=40 if blank else 0),
        Column(t("paper|Entry"), 1.0),
        Column(t("paper|Recorder"), fit=True, least=44 if blank else 0),
    ]
    with_event = blank or any(line.event for line in lines)
    if with_event:
        columns.insert(4, Column(t("paper|Event no."), fit=True, least=46 if blank else 0))
    rows = []
    for line in lines:
        cells: list[Words] = [
            "" if line.seq is None else str(line.seq),
            line.at.astimezone(zone).strftime(form),
            line.kind,
            _text(line, zone),
            line.by,
        ]
        if with_event:
            cells.insert(4, line.event)
        rows.append(Row(tuple(cells)))
    return Table(tuple(columns), tuple(rows), blank=blank, blank_height=24.0, dense=True)


def _text(line: EntryLine, zone: tzinfo) -> Words:
    """The entry with its marks; a plain string where there are none, which sets faster."""
    if not (line.struck or line.backfilled or line.corrects is not None):
        return line.text
    runs = [Run(line.text, struck=line.struck)]
    if line.corrects is not None:
        runs.append(Run("  " + t("paper|corrects no. {n}", n=line.corrects), bold=True))
    if line.backfilled:
        runs += [Run("  "), late_tag(), Run(_entered(line, zone))]
    if line.struck:
        runs += [Run("\n" + _why(line), bold=True)]
    return tuple(runs)


def _entered(line: EntryLine, zone: tzinfo) -> str:
    if line.entered_at is None or line.entered_at - line.at < timedelta(minutes=1):
        return " "
    at = line.entered_at.astimezone(zone)
    same = at.date() == line.at.astimezone(zone).date()
    when = at.strftime("%H:%M" if same else "%m-%d %H:%M")
    return "  " + t("paper|entered {when}", when=when)


def _why(line: EntryLine) -> str:
    if line.corrected_by is not None and line.reason:
        return t("paper|struck: {reason}; see no. {n}", reason=line.reason, n=line.corrected_by)
    if line.corrected_by is not None:
        return t("paper|struck; see no. {n}", n=line.corrected_by)
    return t("paper|struck: {reason}", reason=line.reason or "—")
