"""The tools 作图工具: measuring, drawing an area and placing a point, by mouse or by keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from db.words import t
from resources.geo import Position, area_m2, length_m
from ui.map.painting import area_words, metre_words
from ui.map.scene import Sketch, Tool
from ui.map.view import MapView


class Drawing(QObject):
    """What is being drawn on a view. `changed` after each step, `area_drawn` carries a closed
    ring, `placed` a point."""

    changed = Signal()
    area_drawn = Signal(object)
    placed = Signal(float, float)

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self.view = view
        self.points: list[Position] = []
        self.done = False
        view.clicked.connect(self.add)
        view.finished.connect(self.finish)
        view.stepped_back.connect(self.step_back)

    @property
    def tool(self) -> Tool:
        return self.view.tool

    def take_up(self, tool: Tool) -> None:
        """Begin anew with a tool; LOOK puts all of it away."""
        self.points, self.done = [], False
        self.view.tool = tool
        self.view.cross = tool is not Tool.LOOK
        self.view.viewport().setCursor(Qt.CursorShape.ArrowCursor if tool is Tool.LOOK
                                       else Qt.CursorShape.CrossCursor)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()

    def add(self, lon: float, lat: float) -> None:
        """One more corner; a finished drawing is begun anew by it."""
        if self.tool is Tool.PLACE:
            self.placed.emit(lon, lat)
            return
        if self.done:
            self.points, self.done = [], False
        if not self.points or self.points[-1] != (lon, lat):
            self.points.append((lon, lat))
        self._show()

    def step_back(self) -> None:
        """Take the last corner back."""
        if self.points:
            self.points.pop()
            self.done = False
            self._show()

    def finish(self) -> None:
        """End the drawing; an area needs three corners."""
        if self.tool is Tool.AREA and len(self.points) >= 3:
            self.done = True
            self._show()
            self.area_drawn.emit((*self.points, self.points[0]))
        elif self.tool is Tool.MEASURE and len(self.points) >= 2:
            self.done = True
            self._show()

    def words(self) -> str:
        """How long or how large it is so far."""
        if self.tool is Tool.AREA and len(self.points) >= 3:
            return area_words(area_m2(self.points))
        if self.tool is Tool.MEASURE and len(self.points) >= 2:
            words = metre_words(length_m(self.points))
            if len(self.points) < 4:
                return words
            return t("{length} · inside {area}", length=words,
                     area=area_words(area_m2(self.points)))
        return ""

    def hint(self) -> str:
        """What the tool in hand waits for."""
        if self.tool is Tool.LOOK:
            return ""
        said = {
            Tool.MEASURE: t("Measure: click or Space sets points, Enter ends, Backspace takes"
                            " back, Esc leaves"),
            Tool.AREA: t("Area: click or Space sets corners, Enter lists what is inside, Esc"
                         " leaves"),
            Tool.PLACE: t("Place: click, or Space at the cross, Esc leaves")}[self.tool]
        words = self.words()
        return f"{words}  ·  {said}" if words else said

    def _show(self) -> None:
        scene = self.view.scene_facts
        scene.sketch = None if self.tool in (Tool.LOOK, Tool.PLACE) and not self.points else Sketch(
            self.tool, tuple(self.points), self.done and self.tool is Tool.AREA, self.words())
        self.view.refresh()
        self.changed.emit()
