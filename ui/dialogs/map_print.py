"""The print form of the map 打印地图: title, paper, and whether an event's reports carry it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused
from db.words import t
from dispatch.events import Event
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


@dataclass(frozen=True, slots=True)
class MapPrint:
    """What was asked for; with an `event` its reports carry the picture."""

    title: str
    large: bool
    event: RowId | None


class MapPrintSheet(Sheet):
    """P. `done` carries a `MapPrint`."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, title: str,
                 event: Event | None) -> None:
        super().__init__(theme, desk, host, t("Print the map"), width=480, verb=t("Print"))
        self.of_event = event
        self.form.line("title", t("Title"), required=True)
        self.form.choice("paper", t("map|Paper"), [Choice("A4", "A4"), Choice("A3", "A3")])
        if event is not None:
            self.form.check("keep", t("Also in the reports and the after-action report of"
                                      " {number}", number=event.number))
        self.form.fill({"title": title, "paper": "A4"})

    def commit(self) -> MapPrint:
        values = self.form.values
        title = str(values["title"]).strip()
        if not title:
            raise Refused("A map needs a title.", field="title")
        keep = self.of_event is not None and bool(values["keep"])
        return MapPrint(title[:60], values["paper"] == "A3",
                        RowId(self.of_event.id) if keep and self.of_event is not None else None)
