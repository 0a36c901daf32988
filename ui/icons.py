"""Tabler's outline icons, tinted to the colour in use and kept as images: those may be painted in
any thread, as a paper's picture is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

ICON_FOLDER = Path(__file__).parent / "assets" / "icons"


class Icons:
    """Icons by file name without ending; an image is rendered once per size, colour and screen."""

    def __init__(self, folder: Path = ICON_FOLDER) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._images: dict[tuple[str, int, int, float], QImage] = {}

    def svg(self, name: str, color: QColor) -> str:
        """The drawing itself with its strokes in `color`.

        Raises:
            FileNotFoundError: no icon of that name is shipped.
        """
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_text("utf-8")
        return self._sources[name].replace("currentColor", color.name())

    def image(self, name: str, size: int, color: QColor, ratio: float = 1.0) -> QImage:
        """A square image of `size` logical pixels for a screen of `ratio` device pixels each."""
        key = (name, size, color.rgba(), ratio)
        if key not in self._images:
            self._images[key] = self._render(name, size, color, ratio)
        return self._images[key]

    def _render(self, name: str, size: int, color: QColor, ratio: float) -> QImage:
        image = QImage(round(size * ratio), round(size * ratio),
                       QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(QByteArray(self.svg(name, color).encode())).render(
            painter, QRectF(0, 0, size, size)
        )
        painter.end()
        return image

    def draw(self, painter: QPainter, name: str, x: int, y: int, size: int, color: QColor) -> None:
        """Paint the icon with its top left corner at (`x`, `y`), all in logical pixels."""
        ratio = painter.device().devicePixelRatio()
        painter.drawImage(x, y, self.image(name, size, color, ratio))

    def icon(self, name: str, size: int, color: QColor, off: QColor) -> QIcon:
        """An icon for stock buttons and menus; `off` is its colour when disabled."""
        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(QPixmap.fromImage(self.image(name, size, color, ratio)))
            icon.addPixmap(QPixmap.fromImage(self.image(name, size, off, ratio)),
                           QIcon.Mode.Disabled)
        return icon
