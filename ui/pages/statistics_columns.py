"""Columns of the response times 响应时间: a force, how often it went, and how long it took."""

from __future__ import annotations

from PySide6.QtCore import Qt

from db.words import mark, t
from dispatch.tally import ForceTimes, Tally
from dispatch.tally_papers import minutes_words
from dispatch.timeline import INTERVAL_NAMES, Spread
from ui.rows_model import Column

RIGHT = Qt.AlignmentFlag.AlignRight


def head_rows(of: Tally) -> list[ForceTimes]:
    """All forces together, and the norm of the fire brigades, above the single ones."""
    norm = {name: Spread(0, of.norms.of("fire", name), None) for name in INTERVAL_NAMES}
    nothing = dict.fromkeys(INTERVAL_NAMES, (0, 0))
    return [ForceTimes(t("All forces"), "", of.sent, of.spreads, of.met),
            ForceTimes(t("Norm of fire brigades"), "norm", 0, norm, nothing)]


def columns() -> tuple[Column[ForceTimes], ...]:
    """Name, times sent, median and 90th percentile of each interval, and the norm."""
    found: list[Column[ForceTimes]] = [
        Column(mark("paper|Force"), lambda f: f.name, width=180, stretch=True, bold=True),
        Column(mark("paper|Times sent"), lambda f: f"{f.sent:,}" if f.sent else "", RIGHT, 96)]
    for name, source in INTERVAL_NAMES.items():
        found += [_median(name, source), _p90(name)]
    return (*found, Column(mark("Norm met"), _met, RIGHT, 96))


def _median(name: str, source: str) -> Column[ForceTimes]:
    return Column(source, lambda f: minutes_words(f.spreads[name].median) or "—", RIGHT, 80)


def _p90(name: str) -> Column[ForceTimes]:
    return Column(mark("paper|90 %"), lambda f: minutes_words(f.spreads[name].p90) or "—", RIGHT,
                  72, muted=True)


def _met(of: ForceTimes) -> str:
    kept, judged = of.met["total"]
    return f"{round(100 * kept / judged)} %" if judged else "—"
