"""The place picker 落点小图: the district's map in small, in the forms and beside a record."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from db.words import t
from resources.geo import Position
from ui.desk import Desk
from ui.theme import Theme

HIGH, CLOSE_ZOOM = 220, 14.0


class PlacePicker(QWidget):
    """A click, or Space at the cross, gives the point: `placed` has longitude and latitude.

    `opened` is a double click: the point on the map page. The map itself loads when the picker
    is first shown, so that a form opens at once.
    """

    placed = Signal(float, float)
    opened = Signal(float, float)

    def __init__(self, theme: Theme, desk: Desk, *, picks: bool = True, high: int = HIGH) -> None:
        super().__init__()
        self.theme, self.desk, self.picks = theme, desk, picks
        self.view: Any = None
        self.at: Position | None = None
        self.words = QLabel()
        self.words.setProperty("tone", "muted")
        self.words.setWordWrap(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(2))
        self.column.addWidget(self.words)
        if not picks:
            self.words.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.setFixedHeight(theme.px(high))
        self.reword()

    def reword(self) -> None:
        self.setAccessibleName(t("Where in the district it lies"))
        self.words.setText(t("Click sets the place; arrows move, + − zoom, Space sets it at the"
                             " cross.") if self.picks else t("Double click shows it on the map"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.view is None:
            QTimer.singleShot(0, self, self.build)

    def build(self) -> None:
        """Make the map; pyqtgraph loads here."""
        if self.view is not None:
            return
        from ui.map.district import DistrictMap
        from ui.map.scene import Tool

        view = DistrictMap(self.theme, self.desk, self)
        self.view = view
        view.kinds = ()
        if self.picks:
            view.tool = Tool.PLACE
            view.clicked.connect(self._on_clicked)
            view.viewport().setCursor(Qt.CursorShape.CrossCursor)
        else:
            view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            view.opens = True
            view.doubled.connect(lambda _lon, _lat: self._open())
        self.column.insertWidget(0, view, 1)
        view.setAccessibleName(self.accessibleName())
        view.read_base()
        self._look()
        QTimer.singleShot(0, self, self._settle_in)

    def show_point(self, at: Position | None) -> None:
        """Mark a point; None shows the whole district."""
        if at == self.at and self.view is not None:
            return
        self.at = at
        if self.view is not None:
            self._look()

    def _settle_in(self) -> None:
        """Once the layout has given the map its size."""
        view = self.view
        if self.at is None:
            view.go_home()
        else:
            view.go_to(*self.at, max(view.frame.zoom, CLOSE_ZOOM - 1))

    def _look(self) -> None:
        view = self.view
        view.scene_facts.mark = self.at
        if self.at is None:
            view.go_home()
            return
        zoom = max(view.frame.zoom, CLOSE_ZOOM) if view.frame.zoom > 9 else CLOSE_ZOOM - 1
        x, y = view.frame.place(*self.at)
        inside = 20 < x < view.frame.width - 20 and 30 < y < view.frame.height - 20
        if inside and view.frame.zoom >= 11:
            view.refresh()
        else:
            view.go_to(*self.at, zoom)

    def _on_clicked(self, lon: float, lat: float) -> None:
        self.at = (lon, lat)
        self.view.scene_facts.mark = self.at
        self.view.refresh()
        self.placed.emit(lon, lat)

    def _open(self) -> None:
        if self.at is not None:
            self.opened.emit(*self.at)
