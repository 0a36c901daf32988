"""The summary 巡览小结: one page of what the tour did, for whoever looks at its folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.words import t
from dispatch.printouts.pdf import render
from dispatch.printouts.sheet import Column, Prose, Row, Run, Section, Sheet, Table
from ui.places import fonts_folder


@dataclass(frozen=True, slots=True)
class Told:
    """What one language's tour left behind."""

    language: str
    pictures: tuple[tuple[str, str], ...]
    papers: tuple[str, ...]
    counts: dict[str, int]


def write_summary(out: Path, told: Sequence[Told], now: datetime) -> list[str]:
    """Write `summary.pdf` (one page) and return the lines for the terminal."""
    first = told[0]
    counts = t("log {log}, events {event}, orders {order}, stages {stamp}, handovers {handover},"
               " changes {change}; the record holds", log=first.counts["log"],
               event=first.counts["event"], order=first.counts["dispatch_order"],
               stamp=first.counts["stamp"], handover=first.counts["handover"],
               change=first.counts["change"])
    rows = tuple(Row(((Run(file),), (Run(words),))) for file, words in first.pictures)
    sheet = Sheet(t("Tour of one shift"), "Watchdesk 值守台", "", now, sections=(
        Section(t("What the record holds afterwards"), (Prose((Run(counts),)),)),
        Section(t("Pictures"), (Table((Column(t("Picture"), 60), Column(t("What it shows"), 115)),
                                      rows),)),
        Section(t("Papers"), (Prose((Run("、".join(first.papers)),)),)),
    ))
    (out / "summary.pdf").write_bytes(render(sheet, fonts_folder()))
    lines = [f"{one.language}: {len(one.pictures)} pictures, {len(one.papers)} papers"
             f" in {out / one.language}" for one in told]
    return [*lines, counts, str(out / "summary.pdf")]
