"""The event's map 事件小图: one event's forces at an instant, beside a replayed timeline."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.change import RowId
from db.words import t
from dispatch.surroundings import ring_metres
from dispatch.whereabouts import situation
from resources.geo import Bounds, bounds_of
from ui.desk import Desk
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.map.district import DistrictMap

HIGH = 240


class EventMap(QWidget):
    """`show_at` moves the forces; `opened` is a double click. It loads when it is first shown."""

    opened = Signal()

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk = theme, desk
        self.event_id: RowId | None = None
        self.at: datetime | None = None
        self.view: DistrictMap | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setFixedHeight(theme.px(HIGH))
        self.setAccessibleName(t("The forces on the map"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.view is None:
            QTimer.singleShot(0, self, self.build)

    def build(self) -> None:
        """Make the map; pyqtgraph loads here."""
        if self.view is not None:
            return
        from ui.map.district import DistrictMap

        view = DistrictMap(self.theme, self.desk, self)
        view.kinds, view.with_warnings = (), False
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.opens = True
        view.doubled.connect(lambda _lon, _lat: self.opened.emit())
        view.activated.connect(lambda _spot: self.opened.emit())
        view.setAccessibleName(self.accessibleName())
        self.column.addWidget(view)
        self.view = view
        view.read_base()
        self._show(fit=True)
        QTimer.singleShot(0, self, lambda: self._show(fit=True))  # its size is known then

    def show_at(self, event_id: RowId, at: datetime) -> None:
        """The event at an instant; another event is brought into view whole."""
        fit = event_id != self.event_id
        self.event_id, self.at = event_id, at
        self._show(fit=fit)

    def _show(self, *, fit: bool) -> None:
        if self.view is None or self.event_id is None or self.at is None:
            return
        number, at = self.event_id, self.at
        found = self.desk.act(lambda: situation(self.desk.store, at, number))
        self.view.show_situation(found)
        if fit and (box := self._box()) is not None:
            self.view.show_box(box, 30, 14.0)

    def _box(self) -> Bounds | None:
        """Around the scene and where the forces come from; the rings when nobody was sent."""
        rows = self.desk.store.read("""select f.lon, f.lat from dispatch_order o
            join force f on f.id = o.force_id where o.event_id = :id and f.lon is not null""",
            id=self.event_id)
        spots = [(e.lon, e.lat) for e in (self.view.scene_facts.events if self.view else ())]
        if not spots:
            return None
        if not rows:
            reach = ring_metres(self.desk.store)[0] / 100_000
            (lon, lat), = spots[:1]
            return lon - reach, lat - reach, lon + reach, lat + reach
        return bounds_of([*spots, *((r["lon"], r["lat"]) for r in rows)])
