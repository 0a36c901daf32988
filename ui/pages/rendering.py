"""Rendering 生成文书: a sheet becomes a PDF in the background and is shown once it is done."""

from __future__ import annotations

from collections.abc import Callable

from dispatch.printouts.sheet import Sheet
from ui.background import Progress
from ui.desk import Desk
from ui.pages.paper import Paper
from ui.places import fonts_folder

Shown = Callable[[Paper], None]


def render_sheet(desk: Desk, sheet: Sheet, title: str, name: str, shown: Shown, *,
                 back_to: str, code: str = "") -> None:
    """Make the PDF; `shown` gets the paper, `back_to` is the page that Esc goes back to."""
    from dispatch.printouts.pdf import render

    def work(progress: Progress) -> bytes:
        return render(sheet, fonts_folder(), progress=progress)

    desk.begin(title, work, lambda pdf: shown(Paper(pdf, title, name, code, back_to,
                                                       sheet)))
