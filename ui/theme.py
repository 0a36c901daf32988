"""The look in use: palette, scale, fonts, icons and stock controls, made in one place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from ui.icons import Icons
from ui.palette import DARK, LIGHT, Pair, Palette, StageTone
from ui.stylesheet import stylesheet

__all__ = ["DARK", "LIGHT", "WALL_SCALE", "Pair", "Palette", "StageTone", "Theme", "load_fonts"]

FAMILY = "Noto Sans SC"
FONT_FOLDER = Path(__file__).parent / "assets" / "fonts"
WALL_SCALE = 1.6


def load_fonts(folder: Path = FONT_FOLDER) -> None:
    """Make the shipped Chinese font known to Qt; a bare machine has none.

    Raises:
        FileNotFoundError: a font file is missing or damaged, so nothing could be read on screen.
    """
    known = set(QFontDatabase.styles(FAMILY))
    for style in ("Regular", "Bold"):
        path = folder / f"NotoSansSC-{style}.ttf"
        if style not in known and QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)


class Theme(QObject):
    """Palette, scale and fonts, handed to every widget that draws.

    `changed` tells that colours, sizes or the language are different now: whoever draws or
    holds words reads them again.
    """

    changed = Signal()

    def __init__(
        self, palette: Palette = LIGHT, scale: float = 1.0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        load_fonts()
        self.palette, self.scale = palette, scale
        self.icons = Icons()
        self._fonts: dict[tuple[int, bool], QFont] = {}
        self._metrics: dict[tuple[int, bool], QFontMetrics] = {}
        self._glyphs = QTemporaryDir()
        self._app: QApplication | None = None

    def px(self, number: float) -> int:
        """A measure of the design in logical pixels of this screen."""
        return round(number * self.scale)

    def font(self, size: int, *, bold: bool = False) -> QFont:
        """The font of `size` design pixels: no kerning and no hinting, so ticking digits stand."""
        key = (size, bold)
        if key not in self._fonts:
            font = QFont(FAMILY)
            font.setPixelSize(max(1, self.px(size)))
            font.setBold(bold)
            font.setKerning(False)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[key] = font
        return self._fonts[key]

    def metrics(self, size: int, *, bold: bool = False) -> QFontMetrics:
        key = (size, bold)
        if key not in self._metrics:
            self._metrics[key] = QFontMetrics(self.font(size, bold=bold))
        return self._metrics[key]

    def width(self, text: str, size: int, *, bold: bool = False) -> int:
        """How wide `text` runs, in logical pixels."""
        return self.metrics(size, bold=bold).horizontalAdvance(text)

    def icon(self, name: str, color: QColor | None = None, size: int = 16) -> QIcon:
        return self.icons.icon(
            name, self.px(size), color or self.palette.text, self.palette.control_line
        )

    def switch(self, *, palette: Palette | None = None, scale: float | None = None) -> None:
        """Change colours or size while the program runs."""
        self.palette = palette or self.palette
        if scale is not None and scale != self.scale:
            self.scale = scale
            self._fonts.clear()
            self._metrics.clear()
        self.reword()

    def reword(self) -> None:
        """Have everything drawn anew, after the language changed."""
        if self._app is not None:
            self.dress(self._app)
        self.changed.emit()

    def dress(self, app: QApplication) -> None:
        """Give the stock controls this look, now and after every `switch`."""
        self._app = app
        app.setStyle("Fusion")
        app.setFont(self.font(14))
        app.setPalette(self._qt_palette())
        app.setStyleSheet(stylesheet(self.palette, self.px, self._glyph))

    def _glyph(self, name: str, color: QColor) -> str:
        """Path of a tinted icon file: style sheets take their arrows and ticks from files."""
        path = Path(self._glyphs.path()) / f"{name}-{color.name()[1:]}.svg"
        if not path.exists():
            path.write_text(self.icons.svg(name, color), "utf-8")
        return path.as_posix()

    def _qt_palette(self) -> QPalette:
        p, role, result = self.palette, QPalette.ColorRole, QPalette()
        for key, color in {
            role.Window: p.ground,
            role.WindowText: p.text,
            role.Base: p.surface,
            role.AlternateBase: p.raised,
            role.Text: p.text,
            role.Button: p.surface,
            role.ButtonText: p.text,
            role.PlaceholderText: p.muted,
            role.Highlight: p.accent.fill,
            role.HighlightedText: p.accent.on,
            role.ToolTipBase: p.ink.fill,
            role.ToolTipText: p.ink.on,
            role.Link: p.accent.fill,
        }.items():
            result.setColor(key, color)
        for key in (role.WindowText, role.Text, role.ButtonText):
            result.setColor(QPalette.ColorGroup.Disabled, key, p.muted)
        return result
