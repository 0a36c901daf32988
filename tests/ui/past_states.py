"""States of the pages about past events, and what the machine's dialogs answer on them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tests.dispatch.past.builders import a_csv, a_row
from ui.page import Page
from ui.pages.after_action_page import AfterActionPage
from ui.pages.past_page import PastPage
from ui.pages.statistics_page import StatisticsPage

if TYPE_CHECKING:
    from tests.ui.live_room import LiveRoom


def answer_for_the_past(pages: Mapping[str, Page], folder: Path) -> None:
    """Files are found and saved in the district's own folder."""
    past, counted, reviewed = (pages[k] for k in ("past", "statistics", "after_action"))
    if isinstance(past, PastPage):
        past.choose_source = lambda _parent: str(folder / "asked.csv")
    if isinstance(counted, StatisticsPage):
        counted.choose_file = lambda *_: str(folder / "asked.xlsx")
        counted.choose_picture = lambda *_: str(folder / "asked.png")
    if isinstance(reviewed, AfterActionPage):
        reviewed.choose_file = lambda *_: str(folder / "asked.xlsx")
        reviewed.choose_json = lambda *_: str(folder / "asked.json")


def past_read(live: LiveRoom) -> None:
    """A file is matched and waits to be taken in; an earlier one can be taken back."""
    page = live.window.pages["past"]
    live.window.show_page("past")
    if not live.store.value("select 1 from past_import where undone_at is null"):
        (live.folder / "earlier.csv").write_bytes(a_csv(a_row("B1")))
        page.open(live.folder / "earlier.csv")
        live.settle()
        page.own_actions["I"].trigger()  # type: ignore[attr-defined]
        live.settle()
    day_first = ("03/04/2025 10:00", "03/04/2025 10:01", "03/04/2025 10:02")
    (live.folder / "waiting.csv").write_bytes(a_csv(
        a_row("A1", "一队", *day_first, "03/04/2025 10:09", "25/04/2025 10:00"),
        a_row("A2", "二队", *day_first, "", "03/04/2025 10:00")))
    page.open(live.folder / "waiting.csv")
    live.settle()
    page.tabs.setCurrentIndex(1)  # type: ignore[attr-defined]
    page.setFocus()


def counted(live: LiveRoom) -> None:
    live.window.show_page("statistics")
    live.settle()
    live.window.page.setFocus()


def reviewed(live: LiveRoom) -> None:
    """A running event with an improvement, the replay let go."""
    live.window.show_page("after_action", live.open_event)
    live.settle()
    live.window.page.replay.leave()  # type: ignore[attr-defined]
