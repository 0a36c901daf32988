"""The map view 地图视图: one district's map, panned and zoomed by mouse, keys and touch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QGestureEvent,
    QGraphicsView,
    QPinchGesture,
    QStyleOptionGraphicsItem,
    QToolTip,
    QWidget,
)

from db.words import t
from resources.geo import Bounds, Position
from ui.map.cache import BaseCache
from ui.map.frame import CHINA_FRAME, STEP, Frame
from ui.map.painting import MapPainter, Seen, Spot
from ui.map.scene import Scene, Tool
from ui.map.tiles import BaseLayer
from ui.theme import Theme

K = Qt.Key
PAN = {K.Key_Left: (1, 0), K.Key_Right: (-1, 0), K.Key_Up: (0, 1), K.Key_Down: (0, -1)}
PAN_PX = 96
CALM_MS = 120
"""After the last movement at a zoom between the steps the base is smoothed."""


class MapItem(pg.GraphicsObject):  # type: ignore[misc]
    """Paints base and scene in device pixels; the view box holds the world's coordinates."""

    def __init__(self, view: MapView) -> None:
        super().__init__()
        self.view = view

    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect())

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem,
              _widget: QWidget | None = None) -> None:
        painter.save()
        painter.resetTransform()
        ratio = self.view.devicePixelRatioF()
        painter.scale(ratio, ratio)
        self.view.draw(painter)
        painter.restore()


class MapView(pg.GraphicsView):  # type: ignore[misc]
    """`framed` tells that another part is in view, `pointed` where the pointer is (degrees or
    None), `picked` a click on something or on the bare map, `activated` a double click or Enter.

    `tool` says what a click does: with another than LOOK it is told by `clicked` instead.
    """

    framed = Signal(object)
    pointed = Signal(object)
    picked = Signal(object)
    activated = Signal(object)
    clicked = Signal(float, float)
    doubled = Signal(float, float)
    """A double click where nothing is, when `opens` is set; else it zooms."""
    finished = Signal()
    stepped_back = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.scene_facts = theme, Scene()
        self.frame, self.seen = CHINA_FRAME, Seen()
        self.tool, self.opens = Tool.LOOK, False
        self.home: Bounds | None = None
        self.cross = False
        self.insets = (0, 0, 0, 0)
        """What panels cover at the left, top, right and bottom, in pixels."""
        self.cache, self.brush_work = BaseCache(), MapPainter(theme)
        self.layers: tuple[BaseLayer, ...] = ()
        self._held: QPointF | None = None
        self._dragged = self._patient = False
        self.box = pg.ViewBox(lockAspect=True, enableMouse=False, enableMenu=False, border=None)
        self.setCentralItem(self.box)
        self.item = MapItem(self)
        self.box.addItem(self.item, ignoreBounds=True)
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self.refresh)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.refresh)
        self._prepare()
        theme.changed.connect(self.restyle)
        self.restyle()

    def _prepare(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("Map"))
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMinimumSize(64, 64)

    # what is shown

    def restyle(self) -> None:
        self.brush_work.restyle(self.devicePixelRatioF())
        self.setBackground(self.brush_work.colors.outside)
        self.cache.show(self.layers, self.brush_work.colors, self.devicePixelRatioF())
        self.setAccessibleName(t("Map"))
        self.refresh()

    def show_layers(self, layers: Sequence[BaseLayer]) -> None:
        """The base, the lowest layer first."""
        self.layers = tuple(layers)
        self.cache.show(self.layers, self.brush_work.colors, self.devicePixelRatioF())
        self.refresh()

    def refresh(self) -> None:
        """Paint anew."""
        self.viewport().update()

    @property
    def complete(self) -> bool:
        """Whether the last frame lacked no square of the base and no label."""
        return self.cache.complete and self.brush_work.labels.complete

    def settle(self) -> None:
        """Draw until nothing is missing."""
        self._calm.stop()
        self._patient = True
        for _ in range(200):
            self.viewport().repaint()
            if self.complete:
                break
        self._patient = False

    def draw(self, painter: QPainter) -> None:
        """Base and scene of the present frame."""
        painter.fillRect(0, 0, self.frame.width, self.frame.height,
                         self.brush_work.colors.outside)
        self.cache.draw(painter, self.frame, calm=not self._calm.isActive())
        self.seen = self.brush_work.paint(painter, self.frame, self.scene_facts,
                                          quick=not self._patient)
        if self.cross and self.hasFocus():
            self._draw_cross(painter)
        if not self.complete:
            self._more.start()

    def _draw_cross(self, painter: QPainter) -> None:
        """The middle, where keys place what the mouse would."""
        (x, y), px = self._cross_at(), self.theme.px
        painter.setPen(self.theme.palette.accent.fill)
        painter.drawLine(x - px(14), y, x + px(14), y)
        painter.drawLine(x, y - px(14), x, y + px(14))

    # where it looks

    def look(self, frame: Frame) -> None:
        """Show another part of the world."""
        self.frame = frame
        west, south, east, north = frame.edges
        self.box.setRange(QRectF(west, south, east - west, north - south), padding=0,
                          disableAutoRange=True)
        if frame.zoom % STEP:
            self._calm.start()
        self.refresh()
        self.framed.emit(frame)

    def go_to(self, lon: float, lat: float, zoom: float | None = None) -> None:
        """A point into the middle of what no panel covers."""
        self.look(self._uncovered(self.frame.centred(lon, lat, zoom)))

    def show_box(self, bounds: Bounds, margin: int = 40, most: float = 17.0) -> None:
        """A box in degrees, whole, between the panels."""
        left, top, right, bottom = self.insets
        room = self.frame.sized(self.frame.width - left - right,
                                self.frame.height - top - bottom)
        found = room.fitted(bounds, margin, most)
        self.look(self._uncovered(found.sized(self.frame.width, self.frame.height)))

    def _uncovered(self, frame: Frame) -> Frame:
        """The frame moved so that its middle comes to lie between the panels."""
        left, top, right, bottom = self.insets
        return frame.moved((left - right) / 2, (top - bottom) / 2)

    def step_zoom(self, steps: int) -> None:
        """Closer or farther by half zooms, the middle between the panels standing still."""
        self.look(self.frame.stepped(steps, *self._cross_at()))

    def go_home(self) -> None:
        """The whole district."""
        if self.home is not None:
            self.show_box(self.home)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None and hasattr(self, "frame"):
            size = self.viewport().size()
            self.look(self.frame.sized(size.width(), size.height()))

    # hands

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y() / 120
        at = event.position()
        if abs(turn) >= 1 and turn == int(turn):
            self.look(self.frame.stepped(int(turn), at.x(), at.y()))
        else:  # a finely turning wheel or a touchpad
            self.look(self.frame.zoomed(self.frame.zoom + turn * STEP, at.x(), at.y()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.cross = False
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._held, self._dragged = event.position(), False
        elif event.button() == Qt.MouseButton.RightButton and self.tool is not Tool.LOOK:
            self.finished.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._held is not None:
            step = at - self._held
            if self._dragged or step.manhattanLength() >= QApplication.startDragDistance():
                self._dragged, self._held = True, at
                self.look(self.frame.moved(step.x(), step.y()))
            return
        self.pointed.emit(self.frame.at(at.x(), at.y()))
        spot = self.seen.at(at.x(), at.y())
        if self.tool is Tool.LOOK:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if spot
                                      else Qt.CursorShape.ArrowCursor)
            if spot is not None:
                QToolTip.showText(event.globalPosition().toPoint(), spot.words, self.viewport())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, None
        if held is None or self._dragged or event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        if self.tool is not Tool.LOOK:
            self.clicked.emit(*self.frame.at(at.x(), at.y()))
        else:
            self.picked.emit(self.seen.at(at.x(), at.y()) or self._bare(at))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self.tool is not Tool.LOOK:
            self.finished.emit()
            return
        spot = self.seen.at(at.x(), at.y())
        if spot is None and self.opens:
            self.doubled.emit(*self.frame.at(at.x(), at.y()))
        elif spot is None:
            self.look(self.frame.stepped(2, at.x(), at.y()))
        else:
            self.activated.emit(spot)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def _bare(self, at: QPointF) -> Spot:
        lon, lat = self.frame.at(at.x(), at.y())
        return Spot("point", 0, at.x(), at.y(), 0, "", lon, lat)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in PAN:
            step = self.theme.px(PAN_PX // 8 if event.modifiers()
                                 & Qt.KeyboardModifier.ShiftModifier else PAN_PX)
            across, up = PAN[K(key)]
            self.cross = True
            self.look(self.frame.moved(across * step, up * step))
            self.pointed.emit(self.middle)
        elif key in (K.Key_Plus, K.Key_Equal, K.Key_PageUp):
            self.step_zoom(1)
        elif key in (K.Key_Minus, K.Key_PageDown):
            self.step_zoom(-1)
        elif key == K.Key_Home:
            self.go_home()
        elif not self._place_key(K(key)):
            event.ignore()

    def _place_key(self, key: Qt.Key) -> bool:
        """Space puts a point in the middle, Enter ends or opens, Backspace takes one back."""
        drawing = self.tool is not Tool.LOOK
        if key == K.Key_Space:
            self.cross = True
            lon, lat = self.middle
            if drawing:
                self.clicked.emit(lon, lat)
            else:
                middle = QPointF(*self._cross_at())
                self.picked.emit(self.seen.at(middle.x(), middle.y(), 12) or self._bare(middle))
            self.refresh()
        elif key in (K.Key_Return, K.Key_Enter) and drawing:
            self.finished.emit()
        elif key == K.Key_Backspace and drawing:
            self.stepped_back.emit()
        else:
            return False
        return True

    def event(self, event: QEvent) -> bool:
        """Pinching with two fingers, on a touch screen or a touchpad."""
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinched(pinch.scaleFactor(), pinch.centerPoint().toPoint())
                event.accept()
                return True
        if isinstance(event, QNativeGestureEvent) \
                and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            at = event.position()
            self.look(self.frame.zoomed(self.frame.zoom + event.value() * 2, at.x(), at.y()))
            return True
        handled: Any = super().event(event)
        return bool(handled)

    def close(self) -> bool:
        """As any widget: pyqtgraph's own close takes the viewport away from under Qt."""
        return bool(QGraphicsView.close(self))

    def _pinched(self, factor: float, at: QPoint) -> None:
        from math import log2

        spot = self.viewport().mapFromGlobal(at)
        self._held = None
        if factor > 0:
            self.look(self.frame.zoomed(self.frame.zoom + log2(factor), spot.x(), spot.y()))

    @property
    def middle(self) -> Position:
        """Degrees of the middle of what no panel covers, where the cross stands."""
        return self.frame.at(*self._cross_at())

    def _cross_at(self) -> tuple[int, int]:
        left, top, right, bottom = self.insets
        return ((left + self.frame.width - right) // 2, (top + self.frame.height - bottom) // 2)
