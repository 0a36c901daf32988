"""The paper view 文书视图: pages below each other, rendered off the GUI thread when in view."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from db.reasons import reason
from db.words import t
from ui.background import Job
from ui.pages.paper import page_image
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

GAP, KEPT = 16, 12
STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
SCREEN = 96 / 72
"""Logical pixels to the point at 100 %."""


class PaperView(QAbstractScrollArea):
    """Shows `pdf`; `moved` tells that another page came into view or the zoom changed."""

    moved = Signal()
    broke = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.pdf, self.zoom = theme, b"", 0.0
        self.sizes: list[QSize] = []
        self._images: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._asked: set[tuple[int, float]] = set()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("Preview"))
        self.verticalScrollBar().valueChanged.connect(self._on_moved)

    def show_pdf(self, pdf: bytes, sizes: list[QSize]) -> None:
        """Show other pages from the top, fitted to the width."""
        self.pdf, self.sizes, self.zoom = pdf, sizes, 0.0
        self._images.clear()
        self._asked.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.moved.emit()

    # Measures

    @property
    def scale(self) -> float:
        """Logical pixels to the point; zoom 0 fits the widest page."""
        if self.zoom:
            return self.zoom * SCREEN
        widest = max((size.width() for size in self.sizes), default=595)
        room = self.viewport().width() - 2 * self.theme.px(GAP)
        return max(0.2, min(room / widest, 1.5 * SCREEN))

    def _rects(self) -> list[QRect]:
        """Where each page lies, from the top of the first one."""
        gap, scale, top, found = self.theme.px(GAP), self.scale, self.theme.px(GAP), []
        across = max(self.viewport().width(), *(round(s.width() * scale) + 2 * gap
                                                for s in self.sizes)) if self.sizes else 0
        for size in self.sizes:
            width, height = round(size.width() * scale), round(size.height() * scale)
            found.append(QRect((across - width) // 2, top, width, height))
            top += height + gap
        return found

    def _lay_out(self) -> None:
        rects, room = self._rects(), self.viewport().size()
        bottom = rects[-1].bottom() + self.theme.px(GAP) if rects else 0
        widest = max((r.width() for r in rects), default=0) + 2 * self.theme.px(GAP)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, bottom - room.height()))
        down.setPageStep(room.height())
        down.setSingleStep(self.theme.px(40))
        across.setRange(0, max(0, widest - room.width()))
        across.setPageStep(room.width())
        self.viewport().update()

    @property
    def page(self) -> int:
        """The page in view, from 0: the one that the middle of the view lies on."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        reached = [n for n, rect in enumerate(self._rects()) if rect.top() <= middle]
        return reached[-1] if reached else 0

    # Moving

    def go_to(self, number: int) -> None:
        """Bring page `number` (from 0) to the top; beyond the ends nothing happens."""
        if 0 <= number < len(self.sizes):
            top = self._rects()[number].top()
            self.verticalScrollBar().setValue(top - self.theme.px(GAP))

    def step_zoom(self, by: int) -> None:
        """Larger (1), smaller (-1), or back to the width of the view (0)."""
        here, page = self.scale / SCREEN, self.page
        larger = [s for s in STEPS if s > here + 0.01]
        smaller = [s for s in STEPS if s < here - 0.01]
        if by > 0 and larger:
            self.zoom = larger[0]
        elif by < 0 and smaller:
            self.zoom = smaller[-1]
        elif by == 0:
            self.zoom = 0.0
        self._lay_out()
        self.go_to(page)
        self.moved.emit()

    def _on_moved(self) -> None:
        self.viewport().update()
        self.moved.emit()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, down = Qt.Key(event.key()), self.verticalScrollBar()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go_to(self.page + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Home:
            down.setValue(0)
        elif key == Qt.Key.Key_End:
            down.setValue(down.maximum())
        else:
            super().keyPressEvent(event)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        canvas, p = Canvas(painter, self.theme), self.theme.palette
        painter.fillRect(self.viewport().rect(), p.ground)
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for number, rect in enumerate(self._rects()):
            place = rect.translated(-x, -y)
            if place.intersects(self.viewport().rect()):
                self._draw_page(canvas, number, place)
        painter.end()

    def _draw_page(self, canvas: Canvas, number: int, place: QRect) -> None:
        p = canvas.palette
        image = self._image(number)
        if image is None:
            canvas.painter.fillRect(place, Qt.GlobalColor.white)
            words = t("Page {n} is being drawn", n=number + 1)
            canvas.text(words, place.center().x(), place.top() + self.theme.px(60), 14,
                        QColor(Qt.GlobalColor.darkGray), side=Side.MIDDLE)
        else:
            hint = canvas.painter.RenderHint.SmoothPixmapTransform
            canvas.painter.setRenderHint(hint)
            canvas.painter.drawImage(place, image)
        canvas.box(place.adjusted(-1, -1, 1, 1), None, p.control_line, radius=0)

    def _image(self, number: int) -> QImage | None:
        """The page at this scale, an older scale meanwhile, or nothing yet."""
        scale = round(self.scale * self.devicePixelRatioF(), 3)
        key = (number, scale)
        if key not in self._images:
            self._ask(key)
            return next((i for (n, _s), i in self._images.items() if n == number), None)
        self._images.move_to_end(key)
        return self._images[key]

    def _ask(self, key: tuple[int, float]) -> None:
        if key in self._asked:
            return
        self._asked.add(key)
        pdf, (number, scale) = self.pdf, key
        job: Job[QImage] = Job(lambda _progress: page_image(pdf, number, scale), self)
        job.done.connect(partial(self._take, key, pdf))
        job.broke.connect(lambda error: self.broke.emit(reason(error)))
        job.start()

    def _take(self, key: tuple[int, float], pdf: bytes, image: QImage) -> None:
        if pdf is not self.pdf:
            return
        self._asked.discard(key)
        self._images[key] = image
        while len(self._images) > KEPT:
            self._images.popitem(last=False)
        self.viewport().update()
