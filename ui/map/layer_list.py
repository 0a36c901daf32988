"""The layer list 图层清单: what the map shows, by groups, turned on and off and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from db.words import t
from resources.layers.keeping import Layer
from resources.sites import SITE_NAMES, Site, SiteKind
from ui.map.symbols import DRAWN, Symbols, group_tones
from ui.theme import Theme
from ui.widgets.mixed_list import MixedList
from ui.widgets.paint import Canvas, Side
from ui.widgets.row_list import RowDelegate

ROW, HEAD, WITH_FAULT = 34, 30, 106
WRAP = Qt.TextFlag.TextWrapAnywhere


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One line: `key` is `site:force`, `now:events` or `base:<id>`; a head has none.

    `right` is a count or a note; `narrowed` tells that a library's filter holds.
    """

    key: str
    words: str
    shown: bool = True
    right: str = ""
    fault: str = ""
    narrowed: bool = False
    opacity: float = 1.0

    @property
    def head(self) -> bool:
        return not self.key

    @property
    def group(self) -> str:
        return self.key.partition(":")[0]

    @property
    def kind(self) -> SiteKind | None:
        return SiteKind(self.key.partition(":")[2]) if self.group == "site" else None

    @property
    def layer(self) -> int:
        return int(self.key.partition(":")[2]) if self.group == "base" else 0


class LayerDelegate(RowDelegate[LayerRow]):
    """A tick, the symbol of the kind, the name, and a count at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ROW)
        self.symbols = Symbols(theme)

    def draw(self, canvas: Canvas, rect: QRect, row: LayerRow) -> None:
        px, p = self.theme.px, canvas.palette
        if row.head:
            canvas.text(row.words, rect.left() + px(16), rect.center().y() + px(3), 12, p.muted)
            return
        centre = rect.top() + px(ROW) // 2
        self._tick(canvas, rect.left() + px(16), centre, row)
        left, right = rect.left() + px(42), rect.right() - px(16)
        tone = p.muted if row.fault or not row.shown else p.text
        kind = row.kind
        if kind is not None:
            picture = self.symbols.site(Site(kind, 0, "", 0.0, 0.0))  # type: ignore[arg-type]
            side = picture.width() / picture.devicePixelRatio()
            canvas.painter.drawImage(QPointF(left - px(2), centre - side / 2), picture)
            left += px(32)
        ran = canvas.text(row.right, right, centre, 14 if row.right.isdigit() else 12, p.muted,
                          side=Side.RIGHT)
        if row.narrowed:
            canvas.icon("search", right - ran - px(22), centre, 14, p.accent.fill)
            ran += px(22)
        canvas.text(row.words, left, centre, 14, tone, width=right - ran - px(8) - left)
        if row.fault:
            canvas.icon("alert-triangle", rect.left() + px(18), centre + px(24), 14, p.text)
            canvas.painter.setFont(self.theme.font(12))
            canvas.painter.setPen(p.text)
            canvas.painter.drawText(
                QRect(rect.left() + px(42), rect.top() + px(ROW), right - rect.left() - px(42),
                      px(WITH_FAULT - ROW)), WRAP, row.fault)

    def _tick(self, canvas: Canvas, x: int, centre: int, row: LayerRow) -> None:
        p, px = canvas.palette, self.theme.px
        box = QRect(x, centre - px(8), px(16), px(16))
        on = row.shown and not row.fault
        canvas.box(box, p.accent.fill if on else None, p.accent.fill if on else p.muted, radius=3)
        if on:
            canvas.icon("check", x + px(1), centre, 14, p.accent.on)

    def draw_rule(self, _canvas: Canvas, _rect: QRect, _row: LayerRow) -> None:
        """Layers stand close, without rules."""

    def row_height(self, row: LayerRow) -> int:
        return HEAD if row.head else WITH_FAULT if row.fault else ROW


class LayerList(MixedList[LayerRow]):
    """Space or a click on the box turns a layer on or off; Enter filters a library.

    On a base layer ← → change its opacity, Ctrl with ↑ ↓ its place, Del removes it.
    """

    turned = Signal(object)
    faded = Signal(object, int)
    shifted = Signal(object, int)
    removed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("Layers"), LayerDelegate(theme),
                         identity=lambda row: row.key or row.words, spoken=_spoken)
        self.rows_model.set_inert(lambda row: row.head)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current_row, event.key()
        if row is None or row.head:
            super().keyPressEvent(event)
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Space:
            self.turned.emit(row)
        elif row.layer and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.faded.emit(row, 1 if key == Qt.Key.Key_Right else -1)
        elif row.layer and control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(row, 1 if key == Qt.Key.Key_Up else -1)
        elif row.layer and key == Qt.Key.Key_Delete:
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index: QModelIndex = self.indexAt(event.position().toPoint())
        row = self.current_row
        if index.isValid() and row is not None and not row.head \
                and event.position().x() < self.theme.px(76 if row.kind else 40):
            self.turned.emit(row)

    def restyle(self) -> None:
        delegate = self.rows_delegate
        if isinstance(delegate, LayerDelegate):
            delegate.symbols.clear(self.devicePixelRatioF())
        super().restyle()


def _spoken(row: LayerRow) -> str:
    if row.head:
        return row.words
    state = row.fault or (t("layer|shown") if row.shown else t("layer|hidden"))
    return f"{row.words} {row.right} {state}"


def layer_rows(hidden: Iterable[str], counts: dict[SiteKind, int], narrowed: Iterable[SiteKind],
               now: Sequence[tuple[str, str, str]], base: Sequence[Layer],
               faults: dict[int, str]) -> list[LayerRow]:
    """The whole list: libraries, what is going on (`key, words, right`), and the base."""
    off, few = set(hidden), set(narrowed)
    rows = [LayerRow("", t("layers|Libraries"))]
    rows += [LayerRow(f"site:{kind}", t(SITE_NAMES[kind]), f"site:{kind}" not in off,
                      str(counts.get(kind, 0)), narrowed=kind in few) for kind in DRAWN]
    rows.append(LayerRow("", t("layers|Going on")))
    rows += [LayerRow(key, words, key not in off, right) for key, words, right in now]
    rows.append(LayerRow("", t("layers|Base map")))
    rows += [LayerRow(f"base:{one.id}", one.name, one.shown, _note(one),
                      faults.get(int(one.id), ""), opacity=one.opacity)
             for one in reversed(base)]
    return rows


def _note(one: Layer) -> str:
    """Its opacity when it is not whole, else what it is made of."""
    if one.opacity < 1:
        return f"{round(one.opacity * 100)} %"
    return "MBTiles" if one.tiled else ""


class Legend(QWidget):
    """What the tones of a cluster's ring mean."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme, self.symbols = theme, Symbols(theme)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        self.symbols.clear(self.devicePixelRatioF())
        self.setFixedHeight(self.theme.px(74))
        self.setAccessibleName(t("Legend of the clusters"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        canvas.fill(px(16), 0, self.width() - px(32), 1, p.line)
        for picture in self.symbols.group(34, (12, 8, 5, 6, 2, 1))[:2]:
            side = picture.width() / picture.devicePixelRatio()
            painter.drawImage(QPointF(px(10), (self.height() - side) / 2), picture)
        tones = zip(DRAWN, group_tones(self.theme), strict=False)
        for number, (kind, tone) in enumerate(tones):
            x, y = px(66) + number % 2 * px(82), px(18) + number // 2 * px(20)
            canvas.box(QRect(x, y - px(5), px(10), px(10)), tone, radius=2)
            canvas.text(t(SITE_NAMES[kind]), x + px(16), y, 12, p.muted, width=px(64))
        painter.end()
