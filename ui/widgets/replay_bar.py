"""The replay's bar 回放条: a button and a slider that run through the course of an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QWidget

from db.words import t
from ui.theme import Theme

STEPS, FRAME_MS, PLAY_FRAMES = 1000, 50, 400
"""The slider's steps; a replay of any length runs through in twenty seconds."""
Course = Callable[[], tuple[datetime, datetime] | None]


class ReplayBar(QWidget):
    """`at` is the instant that is shown, None for everything; `moved` tells of another one, and
    whether the lists are to follow. `course` gives begin and end, None without an event."""

    moved = Signal(bool)

    def __init__(self, theme: Theme, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.course = course
        self.at: datetime | None = None
        self.slider, self.button = QSlider(Qt.Orientation.Horizontal), QPushButton()
        self.slider.setRange(0, STEPS)
        self.slider.setValue(STEPS)
        self.slider.valueChanged.connect(self._on_slider)
        self.timer = QTimer(self)
        self.timer.setInterval(FRAME_MS)
        self.timer.timeout.connect(self._on_frame)
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(4), px(16), px(8))
        row.setSpacing(px(8))
        row.addWidget(self.button)
        row.addWidget(self.slider, 1)

    @property
    def playing(self) -> bool:
        return self.timer.isActive()

    def reword(self) -> None:
        self.slider.setAccessibleName(t("Replay"))
        words = t("verb|Stop") if self.playing else t("verb|Replay")
        self.button.setText(f"{words}  R")
        self.button.setAccessibleName(words)

    def play(self) -> None:
        """Run through the event from where the slider stands; again stops it."""
        if self.playing:
            self.stop()
            return
        if self.slider.value() >= STEPS:
            self.slider.setValue(0)
        self.timer.start()
        self.reword()

    def stop(self) -> None:
        self.timer.stop()
        self.reword()

    def leave(self) -> None:
        """Show everything again."""
        self.stop()
        self.at = None
        self._put(STEPS)
        self.moved.emit(True)

    def go_to(self, at: datetime, *, follow: bool = True) -> None:
        """Set the replay to an instant; the log follows unless it was chosen there."""
        course = self.course()
        if course is None:
            return
        begin, end = course
        part = (at - begin) / max(end - begin, timedelta(seconds=1))
        self._put(min(STEPS - 1, max(0, round(part * STEPS))))
        self.at = min(max(at, begin), end)
        self.moved.emit(follow)

    def _put(self, value: int) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(False)

    def _on_frame(self) -> None:
        if self.course() is None or self.slider.value() >= STEPS:
            self.stop()
            return
        self.slider.setValue(min(STEPS, self.slider.value() + max(1, STEPS // PLAY_FRAMES)))

    def _on_slider(self, value: int) -> None:
        course = self.course()
        if course is None:
            return
        begin, end = course
        self.at = None if value >= STEPS else begin + (end - begin) * (value / STEPS)
        self.moved.emit(True)
