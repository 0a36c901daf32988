"""The map page 一张图: the window a map, layers at the left, what is selected at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from db.change import Change, RowId
from db.clock import from_text
from db.words import t
from dispatch.events import event
from dispatch.surroundings import near_forces, ring_metres, rings
from dispatch.whereabouts import situation
from resources.coords import Box, Point
from resources.exchange.verbs import district_box
from resources.gazetteer import Found, look_up
from resources.geo import Position, box_around
from resources.mercator import unproject
from resources.sites import RESOURCES, SiteKind, columns_of, inside_area
from ui.desk import Desk, Tone
from ui.map.bars import FootBar, Hint, ReplayBar, SearchBar
from ui.map.district import DistrictMap
from ui.map.painting import Spot
from ui.map.scene import Rings, Tool
from ui.map.selection import (
    Selection,
    capabilities,
    event_rows,
    member_rows,
    near_rows,
    overview,
    point_rows,
    site_rows,
    wanted_capability,
)
from ui.map.side import SidePanel
from ui.map.tools import Drawing
from ui.page import Page, make_action
from ui.pages.map_acts import MapActs
from ui.pages.map_layers import MapLayers
from ui.theme import Theme
from ui.widgets.fact_list import Fact

EDGE, CLOSE_ZOOM = 12, 14.5
LIVE_SECONDS = 5
GROUP_LIST_ZOOM = 18.0
SIDE_TABLES = frozenset(("event", "dispatch_order", "stamp", "stamp_strike", "warning", "force"))


class MapPage(Page):
    """`open((kind, id))` shows a record or event where it is; `open(("point", lon, lat))` a
    point; `open(("replay", event id))` the event from its start.
    """

    key, icon = "map", "map"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.view = DistrictMap(theme, desk)
        self.selection: Selection | None = None
        self.metres: tuple[float, ...] = ()
        self.with_rings, self.near = False, False
        self.capability: str | None = None
        self._shown_once, self._ticked = False, 0
        self.drawing = Drawing(self.view)
        self.acts = MapActs(theme, desk, self)
        self.own: dict[str, QAction] = {}
        self._make_actions()
        self.layers = MapLayers(theme, desk, self)
        self.side = SidePanel(theme, self)
        self.search = SearchBar(theme, self._look_up, self)
        self.search.set_tools([self.own[key] for key in ("R", "O", "J", "P")])
        self.foot, self.replay, self.hint = (FootBar(theme, self), ReplayBar(theme, self),
                                             Hint(theme, self))
        self.plus, self.minus = QPushButton("+", self), QPushButton("−", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._connect()
        self._reword()

    def title(self) -> str:
        return t("Map")

    # putting together

    def _make_actions(self) -> None:
        verbs = {
            "/": self.start_search, "R": lambda: self.take_tool(Tool.MEASURE),
            "O": lambda: self.take_tool(Tool.AREA), "J": self.toggle_near, "P": self.acts.print_map,
            "B": self.acts.choose_rings, "G": self.place, "D": self.open_selected,
            "F4": self.acts.dispatch, "T": self.start_replay, "N": lambda: self.step(1),
            "Shift+N": lambda: self.step(-1), "L": self.toggle_layers, "I": self.acts.add_layer,
            "V": self.acts.save_view, "U": self.offer_views, "K": self.next_system,
            "C": self.copy_point, "Ctrl+V": self.paste, "H": self.view.go_home,
            "Ctrl+Z": self.acts.undo, "Esc": self.back}
        self.own = {key: make_action(self, "", key, verb) for key, verb in verbs.items()}

    def _connect(self) -> None:
        view = self.view
        view.framed.connect(self.foot.show_frame)
        view.pointed.connect(self.foot.show_pointer)
        view.picked.connect(self.pick)
        view.activated.connect(self.activate)
        view.base_changed.connect(self.layers.show_rows)
        view.base_changed.connect(self._on_base)
        view.sites_changed.connect(self.layers.show_rows)
        self.drawing.changed.connect(self._say_hint)
        self.drawing.area_drawn.connect(self.take_area)
        self.drawing.placed.connect(self.acts.place_at)
        self.search.taken.connect(self.go_found)
        self.search.left.connect(self.view.setFocus)
        self.side.row_opened.connect(self.open_row)
        self.side.row_chosen.connect(self._point_at_row)
        self.side.capability_chosen.connect(self._on_capability)
        self.side.rings.chosen.connect(lambda _m: self._draw_rings())
        self.replay.moved.connect(self._show_instant)
        self.replay.closed.connect(self.end_replay)
        for button, steps in ((self.plus, 1), (self.minus, -1)):
            button.setParent(self)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, n=steps: view.step_zoom(n))

    def _reword(self) -> None:
        words = {
            "/": t("Search"), "R": t("map|Measure"), "O": t("map|Area"), "J": t("map|Nearest"),
            "P": t("Print"), "B": t("Rings"), "G": t("map|Place or move"), "D": t("map|Open"),
            "F4": t("Dispatch"), "T": t("Replay"), "N": t("map|Next"), "Shift+N": t("map|Previous"),
            "L": t("Layers"), "I": t("Add a layer"), "V": t("Save this view"), "U": t("Views"),
            "K": t("map|Coordinate system"), "C": t("Copy coordinates"),
            "Ctrl+V": t("Paste coordinates"), "H": t("Whole district"), "Ctrl+Z": t("Undo"),
            "Esc": t("Back")}
        for key, action in self.own.items():
            action.setText(words[key])
        self.search.reword()
        self.foot.reword()
        self.replay.reword()
        self.layers.reword()
        for button, said in ((self.plus, t("Closer")), (self.minus, t("Farther"))):
            button.setAccessibleName(said)
            button.setToolTip(f"{said}  {button.text()}")
        self.actions_changed.emit()

    def actions_shown(self) -> Sequence[QAction]:
        return tuple(self.own.values())

    # what is shown

    def load(self, change: object | None) -> None:
        if change is None:
            self._reword()
        if not self._shown_once:
            self._shown_once = True
            self.metres = ring_metres(self.desk.store)
            self.view.take_change(None)
            self._fit_first()
        else:
            self.view.take_change(change)
        self.layers.take_change(change)
        tables = change.tables() if isinstance(change, Change) else SIDE_TABLES
        if tables & SIDE_TABLES and not self.replay.isVisible():
            self._show_instant(self.desk.now())
        if self.selection is None or not isinstance(change, Change) \
                or tables & (SIDE_TABLES | {self.selection.kind}):
            self.show_selection()

    def showEvent(self, event: QShowEvent) -> None:
        """The lists may have been filtered and time has gone while another page was in view."""
        super().showEvent(event)
        self.layers.take_filters()
        self.show_now()

    def _fit_first(self) -> None:
        self._arrange()
        self.view.go_home()

    def _on_base(self) -> None:
        if self.view.situation is not None:
            self.view.show_situation(self.view.situation)

    def tick(self, now: datetime) -> None:
        """Forces move on while they are looked at; lost layers are greyed."""
        self._ticked += 1
        if self._ticked % LIVE_SECONDS:
            return
        self.view.check_faults()
        if not self.replay.isVisible() and self.view.situation is not None \
                and self.view.situation.forces:
            self._show_instant(now)

    def show_now(self) -> None:
        """The live situation, or the replay's instant while one runs."""
        self._show_instant(self.replay.at if self.replay.isVisible() else self.desk.now())

    def _show_instant(self, at: datetime) -> None:
        """The situation at an instant, live or of the replay."""
        of = RowId(self.selection.id) if self.replay.isVisible() and self.selection is not None \
            and self.selection.kind == SiteKind.EVENT else None
        found = self.desk.act(lambda: situation(self.desk.store, at, of))
        if found is not None:
            self.view.with_warnings = "now:warnings" not in self.layers.hidden
            self.view.show_situation(found)
            self.layers.hide_parts(self.view.scene_facts)
            self.layers.show_rows()
            if self.selection is None or self.replay.isVisible():
                self.show_selection()

    # selecting

    def select(self, of: Selection | None, *, move: bool = False) -> None:
        """Make something the selection; `move` brings it into view."""
        self.selection = of
        self.near = self.near and of is not None
        self.with_rings = of is not None and of.kind == SiteKind.EVENT
        self.capability = None
        scene = self.view.scene_facts
        scene.chosen = (of.kind, of.id) if of is not None and of.is_site else None
        scene.mark = (of.lon, of.lat) if of is not None and of.kind in ("point", "found") else None
        if of is not None and move:
            self.view.go_to(of.lon, of.lat, max(self.view.frame.zoom, CLOSE_ZOOM))
        self.show_selection()

    def show_selection(self) -> None:
        """Say in the side panel what is selected."""
        of, store = self.selection, self.desk.store
        found = self.view.situation
        if of is None:
            self.side.show_rows(t("map|Now"), "", overview(found))
            self.side.offer_capabilities((), None)
            rows = None
        elif of.kind == SiteKind.EVENT:
            rows = self.desk.act(lambda: event_rows(store, of.id, found))
        elif of.is_site:
            rows = self.desk.act(lambda: site_rows(store, of.kind, of.id))
        elif of.members or of.kind in ("group", "area"):
            rows = member_rows(of.members)
        else:
            rows = point_rows(Point(of.lon, of.lat), of.note)
        if of is not None:
            parts = ((rows or []), self._near_rows(of))
            self.side.show_rows(of.name, "", [*parts[self.near], *parts[not self.near]])
        self._draw_rings()
        self._offer(of)

    def _near_rows(self, of: Selection) -> list[Fact]:
        store = self.desk.store
        if not self.near and of.kind != SiteKind.EVENT:
            self.side.offer_capabilities((), None)
            return []
        if self.capability is None:
            self.capability = wanted_capability(store, of.id) if of.kind == SiteKind.EVENT else ""
        self.side.offer_capabilities(capabilities(store), self.capability)
        found = near_forces(store, of.lon, of.lat, self.capability, 20 if self.near else 6)
        return near_rows(found, self.capability)

    def _draw_rings(self) -> None:
        of, scene = self.selection, self.view.scene_facts
        if of is None or not self.with_rings or of.kind == "area" or not self.metres:
            scene.rings = None
            self.side.show_rings((), 0)
        else:
            at = self.side.rings.metres
            counted = rings(self.desk.store, of.lon, of.lat, self.metres)
            self.side.show_rings(counted, at)
            scene.rings = Rings(of.lon, of.lat, self.metres, self.side.rings.metres)
        if "now:rings" in self.layers.hidden:
            scene.rings = None
        self.view.refresh()

    def _offer(self, of: Selection | None) -> None:
        """The acts that fit what is selected, as buttons."""
        keys = {None: (), "area": ("F4",), "group": ("F4",), "point": ("G", "J", "B", "C"),
                "found": ("G", "J", "B", "C"), SiteKind.EVENT: ("F4", "D", "T", "B", "G"),
                SiteKind.FORCE: ("F4", "D", "G", "B")}.get(
            of.kind if of is not None else None, ("D", "G", "J", "B"))
        self.side.offer_acts([self.own[key] for key in keys],
                             self.own["F4"] if "F4" in keys else None)

    def pick(self, spot: Spot) -> None:
        """A click: on a cluster opens it, on a thing selects it, on bare ground its point."""
        if spot.kind == "group" and spot.group is not None:
            self._open_group(spot)
        elif spot.kind == "order":
            self._select_order(spot.id)
        elif spot.kind == "point":
            self.select(Selection("point", 0, t("Point"), spot.lon, spot.lat))
        else:
            self.select(Selection(spot.kind, spot.id, spot.name, spot.lon, spot.lat))

    def _open_group(self, spot: Spot) -> None:
        clusters = self.view.scene_facts.clusters
        if clusters is None or spot.group is None:
            return
        west, south, east, north = clusters.box_of(spot.group)
        tight = max(east - west, north - south) < 30
        if tight or self.view.frame.zoom >= GROUP_LIST_ZOOM:
            members = tuple(self.view.scene_facts.sites[n]
                            for n in clusters.records(spot.group))
            self.select(Selection("group", 0, t("{n} sites", n=len(members)), spot.lon, spot.lat,
                                  members))
            return
        box = (*unproject(west, south), *unproject(east, north))
        self.view.show_box(box, 60, 19.0)

    def _select_order(self, order_id: int) -> None:
        found = self.view.situation
        one = next((f for f in found.forces if f.order.id == order_id), None) if found else None
        if one is not None:
            self.show_record(SiteKind.EVENT, int(one.order.event_id), move=False)

    def show_record(self, kind: str, row_id: int, *, move: bool = True) -> bool:
        """Select a record or event by its id; False and a word when it has no place."""
        row = self.desk.store.one(
            f"select {columns_of(SiteKind(kind))} from [{SiteKind(kind)}] r where r.id = :id",
            id=row_id)
        if row is None:
            return False
        if kind == SiteKind.EVENT:
            found = situation(self.desk.store, self.desk.now(), RowId(row_id)).events[0]
            lon, lat, name = found.lon, found.lat, f"{found.number} {found.title}"
        else:
            lon, lat, name = row["lon"], row["lat"], str(row["name"])
        if lon is None or lat is None:
            self.desk.told.emit(Tone.REFUSED, t("{name} has no place yet. Enter coordinates in its"
                                                " record.", name=name))
            return False
        self.select(Selection(kind, row_id, name, float(lon), float(lat)), move=move)
        if move and kind == SiteKind.EVENT and self.metres:
            reach = self.metres[len(self.metres) // 2] * 1.1
            self.view.show_box(box_around(float(lon), float(lat), reach), 8)
        return True

    def open(self, what: object) -> None:
        if not isinstance(what, tuple) or not what:
            return
        if not self._shown_once:
            self.stale = False
            self.load(None)
        match what:
            case ("point", float() as lon, float() as lat):
                self.select(Selection("point", 0, t("Point"), lon, lat), move=True)
            case ("replay", int() as event_id):
                if self.show_record(SiteKind.EVENT, event_id):
                    self.start_replay()
            case (str() as kind, int() as row_id) if kind in tuple(SiteKind):
                self.show_record(kind, row_id)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def activate(self, spot: Spot) -> None:
        """A double click: open what was hit."""
        self.pick(spot)
        if spot.kind not in ("group", "point"):
            self.open_selected()

    def open_selected(self) -> None:
        """D: the page of the selected event, or the record in its library."""
        of = self.selection
        if of is None or not of.is_site:
            self.desk.told.emit(Tone.REFUSED, t("Select a record or an event first."))
        elif of.kind == SiteKind.EVENT:
            self.go.emit("event", of.id)
        elif of.kind == SiteKind.PLACE:
            self.acts.edit_place(of.id)
        else:
            self.go.emit("libraries", (of.kind, of.id))

    def open_row(self, key: str) -> None:
        """A row of the side panel was opened: select what it names, a second time open it."""
        kind, _, rest = key.partition(" ")
        if kind == "order" and rest.isdigit():
            self._select_order(int(rest))
        elif kind in tuple(SiteKind) and rest.isdigit():
            if self.selection is not None and (self.selection.kind, self.selection.id) == (
                    kind, int(rest)):
                self.open_selected()
            else:
                self.show_record(kind, int(rest))
        elif kind in ("crs", "dms") and self.selection is not None:
            self.copy_point()

    def _point_at_row(self, key: str) -> None:
        """Moving through the rows marks each on the map."""
        kind, _, rest = key.partition(" ")
        if kind in tuple(SiteKind) and rest.isdigit() and self.selection is not None \
                and not self.selection.is_site:
            self.view.scene_facts.chosen = (kind, int(rest))
            self.view.refresh()

    def step(self, way: int) -> None:
        """N: the next thing in view, from the left."""
        spots = sorted((s for s in self.view.seen.spots
                        if 0 <= s.x < self.view.frame.width and 0 <= s.y < self.view.frame.height),
                       key=lambda s: (round(s.x), round(s.y)))
        if not spots:
            self.desk.told.emit(Tone.REFUSED, t("Nothing is in view. H shows the whole"
                                                " district."))
            return
        of = self.selection
        at = next((n for n, s in enumerate(spots) if of is not None and (s.kind, s.id) == (
            of.kind, of.id) and (s.kind != "group" or (s.lon, s.lat) == (of.lon, of.lat))),
            -1 if way > 0 else 0)
        spot = spots[(at + way) % len(spots)]
        if spot.kind == "group" and spot.group is not None:
            clusters = self.view.scene_facts.clusters
            members = tuple(self.view.scene_facts.sites[n] for n in clusters.records(spot.group)
                            ) if clusters is not None else ()
            self.select(Selection("group", 0, spot.name, spot.lon, spot.lat, members))
        else:
            self.pick(spot)

    # tools

    def take_tool(self, tool: Tool) -> None:
        """Take a tool up, or put it away when it is in hand."""
        self.drawing.take_up(Tool.LOOK if self.drawing.tool is tool else tool)

    def _say_hint(self) -> None:
        self.hint.say(self.drawing.hint())
        self._arrange()

    def take_area(self, ring: tuple[Position, ...]) -> None:
        """List what is inside a drawn area."""
        found = inside_area(self.desk.store, [ring], (*RESOURCES, SiteKind.PLACE, SiteKind.EVENT))
        lon = sum(p[0] for p in ring[:-1]) / (len(ring) - 1)
        lat = sum(p[1] for p in ring[:-1]) / (len(ring) - 1)
        people = sum(s.people for s in found if s.kind is SiteKind.PLACE)
        name = t("Inside the area: {n}", n=len(found))
        if people:
            name += t(", {n} residents", n=people)
        self.select(Selection("area", 0, name, lon, lat, tuple(found), ring))

    def place(self) -> None:
        """G: move the selected record, or place a new one."""
        self.take_tool(Tool.PLACE)

    def toggle_near(self) -> None:
        """J: the nearest forces to what is selected, else to the middle of the map."""
        if self.selection is None or self.selection.kind == "area":
            lon, lat = self.view.middle
            self.select(Selection("point", 0, t("Middle of the map"), lon, lat))
            self.near = True
        else:
            self.near = not self.near
        self.show_selection()

    def _on_capability(self, name: str) -> None:
        self.capability = name
        self.show_selection()

    def offer_views(self) -> None:
        """U: the saved views."""
        self.layers.offer_views()

    def next_system(self) -> None:
        """K: the following coordinate system in the foot line."""
        self.foot.next_system()

    def copy_point(self) -> None:
        """C: the coordinates of what is selected, else under the pointer, to the clipboard."""
        if self.selection is not None:
            self.foot.show_pointer((self.selection.lon, self.selection.lat))
        words = self.foot.words()
        QGuiApplication.clipboard().setText(words)
        self.desk.told.emit(Tone.DONE, t("Copied: {words}", words=words))

    def paste(self) -> None:
        """Ctrl+V: look for what is in the clipboard."""
        self.search.line.setText(QGuiApplication.clipboard().text().strip())
        self.search.look()
        if len(self.search.found) == 1:
            self.search.take(0)
        else:
            self.search.line.setFocus()

    def start_search(self) -> None:
        self.search.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.line.selectAll()

    def _look_up(self, text: str) -> list[Found]:
        box: Box | None = district_box(self.desk.store)
        return look_up(self.desk.store, text, self.foot.system, box, self.view.features())

    def go_found(self, found: Found) -> None:
        """Show an answer of the search."""
        if found.kind in tuple(SiteKind):
            self.show_record(found.kind, found.id)
        else:
            if found.bounds is not None:
                self.view.show_box(found.bounds)
            self.select(Selection("found", 0, found.name, found.lon, found.lat, note=found.note),
                        move=found.bounds is None)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_layers(self) -> None:
        self.layers.setVisible(not self.layers.isVisible())
        if self.layers.isVisible():
            self.layers.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._arrange()

    # replay

    def start_replay(self) -> None:
        """T: the selected event from its start, by the slider."""
        of = self.selection
        if of is None or of.kind != SiteKind.EVENT:
            self.desk.told.emit(Tone.REFUSED, t("Select an event first; its replay begins with"
                                                " T."))
            return
        found = event(self.desk.store, RowId(of.id))
        last = self.desk.store.value(
            """select max(s.at) from stamp s join dispatch_order o on o.id = s.order_id
            where o.event_id = :id""", id=of.id)
        ends = [found.closed_at or self.desk.now(), *([from_text(last)] if last else [])]
        self.replay.begin(found.received_at, min(max(ends), self.desk.now()))
        self._arrange()
        self.replay.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_replay(self) -> None:
        """Back to what goes on now."""
        self.replay.stop()
        self._show_instant(self.desk.now())
        self.show_selection()
        self._arrange()

    def back(self) -> None:
        """Esc: put the tool away, then the replay, then the selection, then to the desk."""
        if self.drawing.tool is not Tool.LOOK:
            self.drawing.take_up(Tool.LOOK)
        elif self.replay.isVisible():
            self.end_replay()
        elif self.selection is not None:
            self.select(None)
        else:
            self.go.emit("desk", None)

    # places on the screen

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Lay the panels over the map."""
        px, wide, high = self.theme.px, self.width(), self.height()
        edge = px(EDGE)
        left = edge
        if self.layers.isVisibleTo(self):
            self.layers.setGeometry(edge, edge, self.layers.width(), high - 2 * edge)
            left += self.layers.width() + edge
        self.side.setGeometry(wide - self.side.width() - edge, edge, self.side.width(),
                              high - 2 * edge)
        right = wide - self.side.width() - 2 * edge
        bar = px(44)
        self.view.insets = (left, bar + 2 * edge, wide - right, bar + 2 * edge)
        self.search.setGeometry(left, edge, right - left, bar)
        self.search.place_answers()
        self.foot.setGeometry(left, high - edge - bar, right - left, bar)
        self.replay.setGeometry(left, high - edge - 2 * bar - px(8), right - left, bar)
        self.hint.move(left + (right - left - self.hint.width()) // 2, edge + bar + px(8))
        for number, button in enumerate((self.plus, self.minus)):
            button.setGeometry(right - px(40), high - edge - bar - px(88) + number * px(40),
                               px(36), px(36))
        for widget in (self.layers, self.side, self.search, self.foot, self.replay, self.hint,
                       self.plus, self.minus):
            widget.raise_()

    def restyle(self) -> None:
        self._reword()
        super().restyle()
        self._arrange()

