"""The map's small forms 地图表单: a view's name, rings of one's own, what is placed on a point."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.surroundings import read_rings
from resources.coords import Point, dms_text
from resources.field_tables import LIBRARY_NAMES
from resources.geo import Position
from resources.layers.saved import MapView, save_map_view
from resources.records import Library
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

PLACEABLE = (Library.FORCE, Library.EQUIPMENT, Library.WAREHOUSE, Library.HAZARD,
             Library.SHELTER, Library.UNIT, Library.PLACE)


class MapViewSheet(Sheet):
    """Keeps where the map looks and what it hides, under a name; the same name replaces."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, middle: Position, zoom: float,
                 hidden: Iterable[str]) -> None:
        super().__init__(theme, desk, host, t("Save this view of the map"), width=400)
        self.middle, self.zoom, self.hidden = middle, zoom, frozenset(hidden)
        self.rows.insertWidget(0, self.note(t("Middle, zoom and the layers in view are kept for"
                                              " every seat.")))
        self.form.line("name", t("view|Name"), required=True)

    def commit(self) -> MapView:
        return save_map_view(self.desk.store, str(self.form.values["name"]), *self.middle,
                             self.zoom, self.hidden, by=self.desk.officer)


class RingsSheet(Sheet):
    """The rings round what is selected, in kilometres; `done` carries metres."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget,
                 metres: Iterable[float]) -> None:
        super().__init__(theme, desk, host, t("Rings"), width=400, verb=t("verb|Draw"))
        self.form.line("rings", t("Kilometres, such as 1 3 5"), required=True)
        self.form.fill({"rings": " ".join(f"{m / 1000:g}" for m in metres)})

    def commit(self) -> tuple[float, ...]:
        return read_rings(str(self.form.values["rings"]))


class PlaceSheet(Sheet):
    """Which kind of record is entered at a point; `done` carries the library."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, at: Position) -> None:
        super().__init__(theme, desk, host, t("New record at this point"), width=440,
                         verb=t("verb|Go on"))
        self.rows.insertWidget(0, self.note(dms_text(Point(*at))))
        self.form.choice("library", t("Kind of record"), [
            Choice(str(one), t(LIBRARY_NAMES[one])) for one in PLACEABLE], required=True)
        self.form.fill({"library": str(Library.HAZARD)})

    def commit(self) -> Library:
        return Library(str(self.form.values["library"]))
