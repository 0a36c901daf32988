"""Rendering 生成文书: a sheet becomes a PDF in the background and is shown once it is done."""

from __future__ import annotations

from collections.abc import Callable

from dispatch.printouts.sheet import Sheet
from ui.background import Progress
from ui.desk import Desk
from ui.pages.paper import Paper
from ui.places import fonts_folder

Shown = Callable[[Paper], None]


def render_sheet(desk: Desk, sheet: Sheet | Callable[[Progress], Sheet], title: str, name: str,
                 shown: Shown, *, back_to: str, code: str = "") -> None:
    """Make the PDF; `shown` gets the paper, `back_to` is the page that Esc goes back to.

    A `sheet` that takes long to make, such as one with photos, is given as what makes it.
    """
    from dispatch.printouts.pdf import render

    def work(progress: Progress) -> Paper:
        made = sheet if isinstance(sheet, Sheet) else sheet(progress)
        pdf = render(made, fonts_folder(), progress=progress)
        return Paper(pdf, title, name, code, back_to, made)

    desk.begin(title, work, shown)
