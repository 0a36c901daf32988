"""The message line 提示行: what was done or refused, and the work that runs in the background."""

from __future__ import annotations

from collections import deque
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from db.words import t
from ui.background import Job
from ui.desk import Desk, Tone
from ui.page import make_action
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

ROW, DONE_SECONDS = 40, 6
WIDEST, BESIDE, RAIL, GAP = 760, 424, 72, 16


class MessageRow(QWidget):
    """One sentence with its icon; a refusal stays until it is read."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.words, self.tone, self.more = theme, "", Tone.DONE, 0
        self.read_button = QPushButton(self)
        self.read_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(12), 0)
        row.addStretch(1)
        row.addWidget(self.read_button)

    def say(self, words: str, tone: Tone, more: int) -> None:
        """Show a sentence; `more` refusals wait behind it."""
        self.words, self.tone, self.more = words, tone, more
        self.setFixedHeight(self.theme.px(ROW))
        self.read_button.setText(t("Read  Ctrl M"))
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        refused, centre = self.tone is Tone.REFUSED, self.height() // 2
        painter.fillRect(self.rect(), p.ink.fill if refused else p.tint)
        tone = p.ink.on if refused else p.text
        canvas.icon("ban" if refused else "check", px(16), centre, 16,
                    tone if refused else p.accent.fill)
        right = self.read_button.x() - px(12)
        if self.more:
            right -= px(8) + canvas.text(t("{n} more", n=self.more), right, centre, 12, tone,
                                         side=Side.RIGHT)
        canvas.text(self.words, px(40), centre, 14, tone, bold=refused, width=right - px(40))
        painter.end()


class JobRow(QWidget):
    """One piece of work: its name, how far it is, and a button that stops it."""

    def __init__(self, theme: Theme, job: Job[Any], title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.job, self.title = job, title
        px = theme.px
        self.name, self.bar, self.stop = QLabel(title), QProgressBar(), QPushButton(t("Cancel"))
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.bar.setFixedHeight(px(8))
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.setAccessibleName(f"{t('Cancel')} {title}")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), 0, px(12), 0)
        row.setSpacing(px(12))
        row.addWidget(self.name)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.setFixedHeight(px(ROW))
        job.progressed.connect(self.follow)
        self.stop.clicked.connect(self.cancel)

    def follow(self, part: float) -> None:
        """Show how far it is; the bar would paint the whole window at once, which can wait."""
        self.bar.setUpdatesEnabled(False)
        self.bar.setValue(round(part * 1000))
        self.bar.setUpdatesEnabled(True)

    def cancel(self) -> None:
        self.job.progress.cancel()
        self.stop.setEnabled(False)
        self.name.setText(t("Stopping: {what}", what=self.title))


class MessageLine(QWidget):
    """Lies in its parent over the F-bar, takes no focus, blocks nothing; hidden while empty.

    `read_action` (Ctrl+M) puts the refusal in view away.
    """

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.desk = theme, desk
        self.unread: deque[str] = deque()
        self.aside = False
        self.jobs: list[JobRow] = []
        self.row = MessageRow(theme, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.row)
        self.row.hide()
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.timeout.connect(self._show_next)
        self.read_action = make_action(self, t("Message read"), "Ctrl+M", self.read)
        self.row.read_button.clicked.connect(self.read)
        if parent is not None:
            parent.addAction(self.read_action)
            parent.installEventFilter(self)
        desk.told.connect(self.tell)
        desk.working.connect(self.follow)
        theme.changed.connect(self.restyle)
        self.hide()

    def tell(self, tone: str, words: str) -> None:
        """Show a sentence; something done gives way to refusals that were not read yet."""
        if tone == Tone.REFUSED:
            if words not in self.unread:
                self.unread.append(words)
            self._fading.stop()
            self._show_next()
        elif not self.unread:
            self.row.say(words, Tone.DONE, 0)
            self.row.show()
            self._fading.start(DONE_SECONDS * 1000)
        self._settle()

    def stand_aside(self, on: bool) -> None:  # noqa: FBT001 - a slot
        """Without the F-bar it keeps to the side column, off the quick-entry line."""
        self.aside = on
        self._settle()

    def read(self) -> None:
        """The sentence in view was read."""
        if self.unread:
            self.unread.popleft()
        self._fading.stop()
        self._show_next()

    def _show_next(self) -> None:
        if self.unread:
            self.row.say(self.unread[0], Tone.REFUSED, len(self.unread) - 1)
        self.row.setVisible(bool(self.unread))
        self._settle()

    def follow(self, job: Job[Any], title: str) -> None:
        """Show a piece of work until it ends in whatever way."""
        row = JobRow(self.theme, job, title, self)
        self.jobs.append(row)
        self._column.addWidget(row)

        def end(_result: object = None) -> None:
            self._drop(row)

        for signal in (job.done, job.failed, job.broke, job.cancelled):
            signal.connect(end)
        self._settle()

    def _drop(self, row: JobRow) -> None:
        if row in self.jobs:
            self.jobs.remove(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._settle()

    def _settle(self) -> None:
        rows = len(self.jobs) + (not self.row.isHidden())
        self.setVisible(rows > 0)
        self._place(rows)

    def _place(self, rows: int) -> None:
        """Over the right part of the F-bar: it never lies over a line that is being typed."""
        host, px = self.parentWidget(), self.theme.px
        if host is None or not rows:
            return
        wide = min(px(BESIDE if self.aside else WIDEST), host.width() - px(RAIL + 2 * GAP))
        height = rows * px(ROW)
        self.setGeometry(host.width() - wide, host.height() - height,
                         wide, height)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        self.read_action.setText(t("Message read"))
        if not self.row.isHidden():
            self.row.say(self.row.words, self.row.tone, self.row.more)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        p = self.theme.palette
        Canvas(painter, self.theme).box(self.rect(), p.surface, p.control_line, radius=0)
        painter.end()
