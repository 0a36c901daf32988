"""Warming 预热: modules that pages need load behind the first window, so none is slow to open."""

from __future__ import annotations

import importlib

from ui.background import Progress, uncollected

MODULES = (
    "ui.dialogs.intake", "ui.dialogs.dispatch", "ui.pages.event_page", "pyqtgraph", "ui.charts",
    "ui.pages.events_page", "ui.pages.handover_page", "ui.pages.libraries_page",
    "ui.pages.roster_page", "ui.pages.map_page", "dispatch.printouts.pdf")
"""In the order in which a night wants them."""


def warm(progress: Progress) -> None:
    """Load them one after the other; stops where the window closes."""
    with uncollected():
        for number, name in enumerate(MODULES):
            progress(number / len(MODULES))
            importlib.import_module(name)
