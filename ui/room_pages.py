"""The pages of the duty room 值班室 in the rail's order; a page's module loads with the page."""

from __future__ import annotations

import importlib

from db.words import mark
from ui.desk import Desk
from ui.entries import Entry
from ui.page import Page
from ui.theme import Theme

DRILL_BOOK = (
    ("drillplan", mark("Yearly drill plan"), "target-arrow", "drill_plan_page:DrillPlanPage"),
    ("drilleval", mark("Evaluation of drills"), "list-check", "drill_eval_page:DrillEvalPage"),
    ("drilltemplates", mark("Templates"), "clipboard-list",
     "drill_templates_page:DrillTemplatesPage"),
    ("drillreport", mark("Report of a drill"), "file-text", "drill_report_page:DrillReportPage"),
    ("drillcompare", mark("Comparison of drills"), "scale",
     "drill_compare_page:DrillComparePage"))


def room_pages(theme: Theme, desk: Desk) -> list[Entry]:
    """The entries of a room; the first is in view when it opens."""
    def entry(key: str, words: str, icon: str, place: str, *, rail: bool = True,
              low: bool = False) -> Entry:
        def make() -> Page:
            module, _, name = place.partition(":")
            page: Page = getattr(importlib.import_module(f"ui.pages.{module}"), name)(theme, desk)
            return page

        return Entry(key, words, icon, make, rail, low)

    return [
        entry("desk", mark("page|Desk"), "layout-dashboard", "desk_page:DeskPage"),
        entry("events", mark("Events"), "alert-triangle", "events_page:EventsPage"),
        entry("map", mark("Map"), "map", "map_page:MapPage"),
        entry("libraries", mark("Libraries"), "database", "libraries_page:LibrariesPage"),
        entry("net", mark("page|Net"), "broadcast", "net_page:NetPage"),
        entry("roster", mark("Roster"), "calendar-user", "roster_page:RosterPage"),
        entry("handover", mark("Handover"), "clipboard-list", "handover_page:HandoverPage"),
        entry("drills", mark("page|Drills"), "target-arrow", "drills_page:DrillsPage"),
        entry("settings", mark("Settings"), "settings", "settings_page:SettingsPage", low=True),
        entry("event", mark("Event"), "alarm", "event_page:EventPage", rail=False),
        entry("preview", mark("Preview"), "printer", "preview_page:PreviewPage", rail=False),
        entry("upkeep", mark("page|Upkeep"), "list-check", "upkeep_page:UpkeepPage", rail=False),
        entry("movements", mark("Movements"), "history", "movements_page:MovementsPage",
              rail=False),
        entry("demand", mark("Demand plan"), "clipboard-list", "demand_page:DemandPage",
              rail=False),
        entry("sharing", mark("page|Sharing"), "package", "sharing_page:SharingPage", rail=False),
        entry("audit", mark("Audit"), "history", "audit_page:AuditPage", rail=False),
        entry("registers", mark("Registers"), "notes", "registers_page:RegistersPage",
              rail=False),
        entry("drill_record", mark("Drill record"), "target-arrow",
              "drill_record_page:DrillRecordPage", rail=False),
        *(entry(*one, rail=False) for one in DRILL_BOOK),
        entry("rollcall", mark("Roll call"), "list-check", "rollcall_page:RollPage", rail=False),
        entry("callout", mark("Call-out"), "broadcast", "callout_page:CalloutPage", rail=False),
        entry("import", mark("page|Import"), "file-import", "import_page:ImportPage", rail=False),
        entry("past", mark("page|Past events"), "file-import", "past_page:PastPage", rail=False),
        entry("statistics", mark("page|Statistics"), "list-check",
              "statistics_page:StatisticsPage", rail=False),
        entry("after_action", mark("page|After-action"), "history",
              "after_action_page:AfterActionPage", rail=False),
    ]
