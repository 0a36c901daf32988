"""The pages of the duty room 值班室 in the rail's order; a page's module loads with the page."""

from __future__ import annotations

import importlib

from db.words import mark
from ui.desk import Desk
from ui.entries import Entry
from ui.page import Page
from ui.theme import Theme


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
        entry("libraries", mark("Libraries"), "database", "libraries_page:LibrariesPage"),
        entry("roster", mark("Roster"), "calendar-user", "roster_page:RosterPage"),
        entry("handover", mark("Handover"), "clipboard-list", "handover_page:HandoverPage"),
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
        entry("import", mark("page|Import"), "file-import", "import_page:ImportPage", rail=False),
    ]
