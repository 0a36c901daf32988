"""The map beside a line of coordinates 坐标小图: what is typed is marked, a click is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from db.words import t
from resources.geo import Position
from ui.desk import Desk
from ui.map.picker import PlacePicker
from ui.theme import Theme

KEY = "Ctrl+B"


class PointMap:
    """A button that unfolds the map; the map follows what is typed while it is unfolded.

    `read` gives the point that the form holds, `write` puts one into it.
    """

    def __init__(self, theme: Theme, desk: Desk, host: QWidget,
                 read: Callable[[], Position | None],
                 write: Callable[[float, float], object]) -> None:
        self.host, self.read = host, read
        self.picker = PlacePicker(theme, desk)
        self.button = QPushButton(f"{t('verb|Map')}  {KEY}")
        self.button.setAccessibleName(t("Set the place on the map"))
        self.button.setCheckable(True)
        self.picker.hide()
        self.button.toggled.connect(self._on_toggled)
        self.picker.placed.connect(write)
        QShortcut(QKeySequence(KEY), host, self.button.toggle,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _on_toggled(self, *on: bool) -> None:
        self.picker.setVisible(on[0])
        self.follow()
        self.host.place()  # type: ignore[attr-defined]
        if on[0]:
            self.picker.build()
            self.picker.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            for scroll in self.host.findChildren(QScrollArea):
                scroll.ensureWidgetVisible(self.picker)

    def follow(self) -> None:
        """Mark what the form holds now."""
        if self.button.isChecked():
            self.picker.show_point(self.read())
