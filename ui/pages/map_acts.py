"""What the keys of the map do 地图操作: each opens one form over the page, or acts at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.words import t
from dispatch.duty.papers import district
from dispatch.events import EventId, edit_event, event, open_events
from dispatch.map_pictures import keep_picture
from dispatch.net.choosing import Ring
from dispatch.printouts.map_sheet import MapFacts, map_sheet, picture_mm
from resources.coords import Crs
from resources.geo import distance_m
from resources.keeping import edit_record
from resources.layers.keeping import LayerId, restore_layer
from resources.localtime import moment_text
from resources.records import Library
from resources.sites import SiteKind
from ui.background import Progress
from ui.desk import Desk, Tone
from ui.dialogs.callout import CalloutSheet
from ui.dialogs.dispatch import DispatchSheet
from ui.dialogs.map_layer import LayerSheet
from ui.dialogs.map_print import MapPrint, MapPrintSheet
from ui.dialogs.map_sheets import MapViewSheet, PlaceSheet, RingsSheet
from ui.dialogs.record import RecordSheet
from ui.dialogs.sheet import Sheet
from ui.map.picture import draw_picture, png_of, sight_of
from ui.map.scene import Tool
from ui.map.selection import Selection
from ui.pages.paper import Paper
from ui.places import fonts_folder
from ui.theme import Theme


class MapActs(QObject):
    """Works on the page's selection; the last move and the last removed layer can be undone."""

    def __init__(self, theme: Theme, desk: Desk, page: Any) -> None:
        super().__init__(page)
        self.theme, self.desk, self.page = theme, desk, page
        self.sheet: Sheet | None = None
        self.moved: tuple[Selection, float, float] | None = None
        self.removed_layer = 0

    def show(self, make: Callable[[QWidget], Sheet], focus: str = "") -> Sheet | None:
        """Show a form over the page, the one in view put away first."""
        if self.sheet is not None:
            self.sheet.leave()
        sheet = self.desk.act(lambda: make(self.page.window()))
        if sheet is None:
            return None
        self.sheet = sheet
        sheet.closed.connect(lambda: self._on_closed(sheet))
        sheet.present(focus)
        return sheet

    def _on_closed(self, sheet: Sheet) -> None:
        if self.sheet is sheet:
            self.sheet = None
            self.page.view.setFocus()

    # layers and views

    def add_layer(self) -> None:
        sheet = self.show(lambda host: LayerSheet(self.theme, self.desk, host), "file")
        if sheet is not None:
            sheet.done.connect(lambda one: self.page.view.show_box(one.bounds))

    def save_view(self) -> None:
        view = self.page.view
        self.show(lambda host: MapViewSheet(self.theme, self.desk, host, view.middle,
                                            view.frame.zoom, self.page.layers.hidden), "name")

    def choose_rings(self) -> None:
        """B: rings round the selection, or other ones; round the middle when none is."""
        if self.page.choice.selection is None:
            lon, lat = self.page.view.middle
            self.page.choice.select(Selection("point", 0, t("Middle of the map"), lon, lat))
        sheet = self.show(lambda host: RingsSheet(self.theme, self.desk, host,
                                                  self.page.choice.metres), "rings")
        if sheet is not None:
            sheet.done.connect(self._take_rings)

    def _take_rings(self, metres: tuple[float, ...]) -> None:
        self.page.choice.metres, self.page.choice.with_rings = metres, True
        self.page.layers.hidden.discard("now:rings")
        self.page.layers.show_rows()
        self.page.choice.show_selection()

    def call_out(self) -> None:
        """A: call out everybody inside the chosen ring round the selection; rings come first."""
        of, metres = self.page.choice.selection, self.page.side.rings.metres
        if of is None or not self.page.choice.with_rings or not metres:
            self.choose_rings()
            return
        one = next((e for e in open_events(self.desk.store)
                    if of.kind == SiteKind.EVENT and e.id == of.id), None)
        sheet = self.show(lambda host: CalloutSheet(
            self.theme, self.desk, host, one, ring=Ring(of.lon, of.lat, metres)), "title")
        if sheet is not None:
            sheet.done.connect(lambda made: self.page.go.emit("callout", int(made.id)))

    # placing and moving

    def place_at(self, lon: float, lat: float) -> None:
        """A point was placed: the selected record goes there, else a new one is entered."""
        of = self.page.choice.selection
        if of is not None and (of.library is not None or of.kind == SiteKind.EVENT):
            if self.move(of, lon, lat):
                self.moved = (of, of.lon, of.lat)
            self.page.drawing.take_up(Tool.LOOK)
            return
        self.page.drawing.take_up(Tool.LOOK)
        self.page.choice.select(Selection("point", 0, t("Point"), lon, lat))
        sheet = self.show(lambda host: PlaceSheet(self.theme, self.desk, host, (lon, lat)),
                          "library")
        if sheet is not None:
            sheet.done.connect(lambda library: self._enter(library, lon, lat))

    def move(self, of: Selection, lon: float, lat: float) -> bool:
        """Give a record or event another place; told with its undo."""
        def verb() -> bool:
            store, by = self.desk.store, self.desk.officer
            if of.kind == SiteKind.EVENT:
                edit_event(store, EventId(RowId(of.id)), {"lon": round(lon, 8),
                                                          "lat": round(lat, 8)}, by=by)
            elif of.library is not None:
                edit_record(store, of.library, of.id, {
                    "lon": round(lon, 8), "lat": round(lat, 8), "src_crs": str(Crs.CGCS2000)},
                    by=by)
            return True

        far = distance_m(of.lon, of.lat, lon, lat)
        done = self.desk.act(verb, t("{name} moved by {n} m · Ctrl+Z takes it back", name=of.name,
                                     n=f"{far:.0f}"))
        if done:
            self.page.choice.show_record(of.kind, of.id, move=False)
        return bool(done)

    def undo(self) -> None:
        """Ctrl+Z: the last move, or the last removed layer."""
        if self.moved is not None:
            (of, lon, lat), self.moved = self.moved, None
            self.move(of, lon, lat)
        elif self.removed_layer:
            layer, self.removed_layer = self.removed_layer, 0
            self.desk.act(lambda: restore_layer(self.desk.store, LayerId(RowId(layer)),
                                                by=self.desk.officer), t("The layer is back"))
        else:
            self.desk.told.emit(Tone.REFUSED, t("There is nothing to undo on the map."))

    def _enter(self, library: Library, lon: float, lat: float) -> None:
        """The form of a new record with the point filled in."""
        sheet = self.show(lambda host: RecordSheet(self.theme, self.desk, host, library), "name")
        if sheet is not None:
            sheet.form.fill({"point": f"{lat:.6f}, {lon:.6f}", "src_crs": str(Crs.CGCS2000)})
            sheet.done.connect(lambda row: self.page.choice.show_record(str(library), int(row)))

    def edit_place(self, row_id: int) -> None:
        """A place name has no page: its form is opened."""
        self.show(lambda host: RecordSheet(self.theme, self.desk, host, Library.PLACE, row_id),
                  "name")

    # dispatch

    def dispatch(self) -> None:
        """F4: the dispatch proposal of the event, the selected forces ticked in it."""
        of = self.page.choice.selection
        forces = of.forces() if of is not None else ()
        target = self._event_for(of)
        if target is None:
            self.desk.told.emit(Tone.REFUSED, t("No event is open. F2 takes one in."))
            return
        sheet = self.show(lambda host: DispatchSheet(self.theme, self.desk, host,
                                                     event(self.desk.store, target)))
        if isinstance(sheet, DispatchSheet) and forces:
            self.desk.act(lambda: sheet.pick_forces([s.id for s in forces]))

    def _event_for(self, of: Selection | None) -> RowId | None:
        """The selected event, else the open one nearest to the selection."""
        if of is not None and of.kind == SiteKind.EVENT:
            return RowId(of.id)
        found = open_events(self.desk.store)
        if of is not None:
            found.sort(key=lambda e: distance_m(of.lon, of.lat, e.lon, e.lat)
                       if e.lon is not None and e.lat is not None else 1e9)
        return RowId(found[0].id) if found else None

    # paper

    def print_map(self) -> None:
        """P: the view on paper; the title is the event's, else the district's."""
        of, store = self.page.choice.selection, self.desk.store
        chosen = event(store, RowId(of.id)) if of is not None and of.kind == SiteKind.EVENT \
            else None
        title = t("Map of {what}", what=chosen.title) if chosen is not None else t(
            "Map of {what}", what=district(store).org)
        sheet = self.show(lambda host: MapPrintSheet(self.theme, self.desk, host, title, chosen),
                          "title")
        if sheet is not None:
            sheet.done.connect(self._print)

    def _print(self, wanted: MapPrint) -> None:
        """Draw what is in view now, as PNG and PDF, beside the window; then show the paper."""
        view, desk = self.page.view, self.desk
        sight, layers = sight_of(view), self._layers_words()
        now = desk.now()
        place, shown = district(desk.store), view.situation.at if view.situation else now

        def work(progress: Progress) -> tuple[str, bytes, bytes]:
            from dispatch.printouts.pdf import render

            printed = draw_picture(sight, *picture_mm(large=wanted.large), progress)
            data = png_of(printed.image)
            progress(1.0)
            sheet = map_sheet(MapFacts(wanted.title, place.org, data, printed.share,
                                       printed.ratio, shown, now, layers,
                                       wanted.large, place.drill))
            return printed.ratio, data, render(sheet, fonts_folder())

        desk.begin(t("Map"), work, lambda made: self._show_paper(wanted, *made))

    def _show_paper(self, wanted: MapPrint, ratio: str, data: bytes, pdf: bytes) -> None:
        if wanted.event is not None:
            caption = t("Scale {ratio}, {time}", ratio=ratio, time=moment_text(self.desk.now()))
            self.desk.act(lambda: keep_picture(
                self.desk.store, RowId(int(wanted.event or 0)), data, wanted.title, caption,
                by=self.desk.officer), t("The map is part of the event's reports now"))
        self.page.go.emit("preview", Paper(pdf, wanted.title, wanted.title, back_to="map"))

    def _layers_words(self) -> tuple[str, ...]:
        names = [one.name for one in self.page.view.found if one.shown]
        return (t("Base map: {names}", names=t("list|, ").join(names)),) if names else ()
