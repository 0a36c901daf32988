"""Audit places 审计去处: the page that shows a record named in the audit."""

from __future__ import annotations

from dispatch.audit import Line
from resources.records import Library

LIBRARIES = frozenset(str(one) for one in Library) | {"warehouse"}
PAGES: dict[str, tuple[str, object]] = {
    "handover": ("handover", None), "signature": ("handover", None),
    "addendum": ("handover", None), "shift": ("handover", None),
    "seat_on_shift": ("handover", None), "movement": ("movements", None),
    "lot": ("movements", None), "agreement": ("sharing", None),
    "agreement_call": ("sharing", None), "sharing": ("sharing", None),
    "demand_plan": ("demand", None), "demand_line": ("demand", None),
    "roster_month": ("roster", None), "roster_cell": ("roster", None),
    "duty_swap": ("roster", None), "duty_leave": ("roster", None),
    "officer": ("settings", 2), "check_item": ("settings", 3), "rule": ("settings", 4),
    "setting": ("settings", 1), "call": ("registers", "calls"),
    "instruction": ("registers", "instructions")}


def place_of(line: Line) -> tuple[str, object]:
    """Page and what it opens on: the record's own, its event's, else the desk with its log."""
    row = line.after or line.before
    if line.table == "event":
        return "event", line.row_id
    if line.table in LIBRARIES:
        return "libraries", (line.table, line.row_id)
    if line.table == "paper":
        return "registers", f"paper:{line.row_id}"
    if isinstance(row.get("event_id"), int):
        return "event", row["event_id"]
    if line.table in PAGES:
        return PAGES[line.table]
    return "desk", line.row_id if line.table == "log" else None
