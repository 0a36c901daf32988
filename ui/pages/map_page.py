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
from dispatch.surroundings import ring_metres
from dispatch.whereabouts import situation
from resources.coords import Box
from resources.exchange.verbs import district_box
from resources.gazetteer import Found, look_up
from resources.sites import SiteKind
from ui.desk import Desk, Tone
from ui.map.bars import FootBar, Hint, ReplayBar, SearchBar
from ui.map.district import DistrictMap
from ui.map.scene import Tool
from ui.map.selection import (
    Selection,
)
from ui.map.side import SidePanel
from ui.map.tools import Drawing
from ui.page import Page, make_action
from ui.pages.map_acts import MapActs
from ui.pages.map_choice import MapChoice
from ui.pages.map_layers import MapLayers
from ui.theme import Theme

EDGE, CLOSE_ZOOM = 12, 14.5
LIVE_SECONDS = 5
GROUP_LIST_ZOOM = 18.0
SIDE_TABLES = frozenset(("event", "dispatch_order", "stamp", "stamp_strike", "warning", "force"))


class MapPage(Page):
    """`open((kind, id))` shows a record or event where it is; `open(("point", lon, lat))` a
    point; `open(("replay", event id, instant or None))` the event by its slider.
    """

    key, icon = "map", "map"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.view = DistrictMap(theme, desk)
        self.choice = MapChoice(desk, self)
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
        choice = self.choice
        verbs = {
            "/": self.start_search, "R": lambda: self.take_tool(Tool.MEASURE),
            "O": lambda: self.take_tool(Tool.AREA), "J": choice.toggle_near,
            "P": self.acts.print_map, "B": self.acts.choose_rings, "G": self.place,
            "D": choice.open_selected, "F4": self.acts.dispatch, "T": self.start_replay,
            "N": lambda: choice.step(1), "Shift+N": lambda: choice.step(-1),
            "L": self.toggle_layers, "I": self.acts.add_layer,
            "V": self.acts.save_view, "U": self.offer_views, "K": self.next_system,
            "C": self.copy_point, "Ctrl+V": self.paste, "H": self.view.go_home,
            "A": self.acts.call_out,
            "Ctrl+Z": self.acts.undo, "Esc": self.back}
        self.own = {key: make_action(self, "", key, verb) for key, verb in verbs.items()}

    def _connect(self) -> None:
        view = self.view
        view.framed.connect(self.foot.show_frame)
        view.pointed.connect(self.foot.show_pointer)
        view.picked.connect(self.choice.pick)
        view.activated.connect(self.choice.activate)
        view.base_changed.connect(self.layers.show_rows)
        view.base_changed.connect(self._on_base)
        view.sites_changed.connect(self.layers.show_rows)
        self.drawing.changed.connect(self._say_hint)
        self.drawing.area_drawn.connect(self.choice.take_area)
        self.drawing.placed.connect(self.acts.place_at)
        self.search.taken.connect(self.go_found)
        self.search.left.connect(self.view.setFocus)
        self.side.row_opened.connect(self.choice.open_row)
        self.side.row_chosen.connect(self.choice.mark_row)
        self.side.capability_chosen.connect(self.choice.take_capability)
        self.side.rings.chosen.connect(lambda _m: self.choice.draw_rings())
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
            "Ctrl+V": t("Paste coordinates"), "H": t("Whole district"),
            "A": t("verb|Call out"), "Ctrl+Z": t("Undo"),
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
            self.choice.metres = ring_metres(self.desk.store)
            self.view.take_change(None)
            self._fit_first()
        else:
            self.view.take_change(change)
        self.layers.take_change(change)
        tables = change.tables() if isinstance(change, Change) else SIDE_TABLES
        if tables & SIDE_TABLES and not self.replay.isVisible():
            self._show_instant(self.desk.now())
        if self.choice.selection is None or not isinstance(change, Change) \
                or tables & (SIDE_TABLES | {self.choice.selection.kind}):
            self.choice.show_selection()

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
        chosen = self.choice.selection
        of = RowId(chosen.id) if self.replay.isVisible() and chosen is not None \
            and chosen.kind == SiteKind.EVENT else None
        found = self.desk.act(lambda: situation(self.desk.store, at, of))
        if found is not None:
            self.view.with_warnings = "now:warnings" not in self.layers.hidden
            self.view.show_situation(found)
            self.layers.hide_parts(self.view.scene_facts)
            self.layers.show_rows()
            if self.choice.selection is None or self.replay.isVisible():
                self.choice.show_selection()

    def open(self, what: object) -> None:
        if not isinstance(what, tuple) or not what:
            return
        if not self._shown_once:
            self.stale = False
            self.load(None)
        if self.replay.isVisible():
            self.end_replay()
        match what:
            case ("point", float() as lon, float() as lat):
                self.choice.select(Selection("point", 0, t("Point"), lon, lat), move=True)
            case ("replay", int() as event_id, at):
                if self.choice.show_record(SiteKind.EVENT, event_id):
                    self.start_replay()
                    if isinstance(at, datetime):
                        self.replay.show_at(at)
            case (str() as kind, int() as row_id) if kind in tuple(SiteKind):
                self.choice.show_record(kind, row_id)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # tools

    def take_tool(self, tool: Tool) -> None:
        """Take a tool up, or put it away when it is in hand."""
        self.drawing.take_up(Tool.LOOK if self.drawing.tool is tool else tool)

    def _say_hint(self) -> None:
        self.hint.say(self.drawing.hint())
        self._arrange()

    def place(self) -> None:
        """G: move the selected record, or place a new one."""
        self.take_tool(Tool.PLACE)

    def offer_views(self) -> None:
        """U: the saved views."""
        self.layers.offer_views()

    def next_system(self) -> None:
        """K: the following coordinate system in the foot line."""
        self.foot.next_system()

    def copy_point(self) -> None:
        """C: the coordinates of what is selected, else under the pointer, to the clipboard."""
        if self.choice.selection is not None:
            self.foot.show_pointer((self.choice.selection.lon, self.choice.selection.lat))
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
            self.choice.show_record(found.kind, found.id)
        else:
            if found.bounds is not None:
                self.view.show_box(found.bounds)
            self.choice.select(Selection("found", 0, found.name, found.lon, found.lat,
                                         note=found.note), move=found.bounds is None)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_layers(self) -> None:
        self.layers.setVisible(not self.layers.isVisible())
        if self.layers.isVisible():
            self.layers.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._arrange()

    # replay

    def start_replay(self) -> None:
        """T: the selected event from its start, by the slider."""
        of = self.choice.selection
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
        self.choice.show_selection()
        self._arrange()

    def back(self) -> None:
        """Esc: put the tool away, then the replay, then the selection, then to the desk."""
        if self.drawing.tool is not Tool.LOOK:
            self.drawing.take_up(Tool.LOOK)
        elif self.replay.isVisible():
            self.end_replay()
        elif self.choice.selection is not None:
            self.choice.select(None)
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
        above = high - edge - bar - px(8) - (bar + px(8) if self.replay.isVisible() else 0)
        for number, button in enumerate((self.plus, self.minus)):
            button.setGeometry(right - px(36), above - px(80) + number * px(40), px(36), px(36))
        for widget in (self.layers, self.side, self.search, self.foot, self.replay, self.hint,
                       self.plus, self.minus):
            widget.raise_()

    def restyle(self) -> None:
        self._reword()
        super().restyle()
        self._arrange()

