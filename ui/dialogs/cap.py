"""Warning files 预警文件: one is read, looked at and kept; one is saved to be passed on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from db.errors import Refused, WatchdeskError
from db.words import t
from dispatch.cap.message import Alert
from dispatch.cap.taking import Taken, read_file, take_alert
from dispatch.cap.weighing import Weighed, weigh
from dispatch.cap.words import act_line, done_line, draft_lines, draft_title
from dispatch.cap.writing import file_name, save_warning
from dispatch.terms import COLOR_NAMES
from dispatch.warnings import HazardWarning
from ui.background import Job
from ui.bar_facts import warning_icon
from ui.desk import Desk, Tone
from ui.dialogs.file_sheet import FileSheet
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.paint import Canvas

AS_SAID = 0
MARK, HEAD = 32, 40


def choose_message(parent: QWidget) -> str:
    """The system's open dialog; empty when it was given up."""
    return QFileDialog.getOpenFileName(parent, t("Choose a warning file"), "",
                                       t("CAP warnings (*.xml *.cap)"))[0]


def choose_target(parent: QWidget, name: str) -> str:
    """The system's save dialog; empty when it was given up."""
    return QFileDialog.getSaveFileName(parent, t("Save the warning as a file"), name,
                                       t("CAP warnings (*.xml *.cap)"))[0]


def save_as_file(parent: QWidget, desk: Desk, of: HazardWarning) -> None:
    """Ask where a warning goes and write it there as CAP 1.2."""
    chosen = choose_target(parent, desk.file_name(file_name(of)))
    if chosen:
        save_warning(desk.store, of.id, Path(chosen))
        desk.told.emit(Tone.DONE, t("Saved as {path}", path=chosen))


def show_cap_sheet(theme: Theme, desk: Desk, host: QWidget) -> None:
    """Open the sheet that reads a file; it comes again when the language changes."""
    sheet = CapSheet(theme, desk, host)
    sheet.again = lambda: show_cap_sheet(theme, desk, host)
    sheet.present("file")


class CapSheet(FileSheet):
    """Nothing is written before Enter; what the message would do is said before it."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget) -> None:
        super().__init__(theme, desk, host, t("Warning from a file"), width=640,
                         verb=t("verb|Keep"))
        self.alert: Alert | None = None
        self.found: Weighed | None = None
        self._looked = ""
        self.rows.insertWidget(0, self.note(t(
            "A CAP 1.2 file, as weather stations and the national warning system send them. It"
            " is kept by the warning.")))
        grid = self.grid
        self.add_file(choose_message, 13)
        grid.wide(7)
        self.color = grid.choice("color", t("Colour, where the file says none"), [
            Choice(AS_SAID, t("As the file says")),
            *(Choice(n, t(words)) for n, words in COLOR_NAMES.items())])
        self.form.fill({"color": AS_SAID})
        self.color.setEnabled(False)
        self.shown = QVBoxLayout()
        self.shown.setSpacing(theme.px(8))
        self.rows.addLayout(self.shown)

    def look(self, *, again: bool = False) -> None:
        """Read the file in the background and say what it would do."""
        words = self.typed
        if not words or (words == self._looked and not again):
            return
        self._looked, self.alert, path = words, None, self.path
        self._show(None)
        job: Job[Alert] = Job(lambda _progress: read_file(path), self.desk)
        job.done.connect(self._on_read)
        job.refused.connect(self._on_refused)
        job.cancelled.connect(lambda: setattr(self, "_looked", ""))
        self.desk.follow(job, t("Reading {name}", name=path.name))

    def _on_read(self, alert: Alert) -> None:
        try:
            self.alert, found = alert, weigh(self.desk.store, alert)
        except WatchdeskError as error:
            self._on_refused(error)
            return
        self.message.hide()
        self._show(found)

    def _on_refused(self, error: WatchdeskError) -> None:
        self.alert = None
        self.refuse(error)
        QTimer.singleShot(0, self, self.place)

    def _show(self, found: Weighed | None) -> None:
        """What the message would do, warning by warning."""
        self.found = found
        while (item := self.shown.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.color.setEnabled(found is not None and found.asks_color)
        if found is not None:
            self.shown.addWidget(self.note(act_line(found)))
            for draft in found.drafts:
                self.shown.addWidget(WarningHead(self.theme, draft.facts.color, draft_title(draft),
                                                 warning_icon(draft.facts.kind)))
                self.shown.addWidget(self.note("\n".join(draft_lines(draft)), tone="text"))
            for remark in found.remarks:
                self.shown.addWidget(self.note(f"! {remark}", tone="error"))
            (self.color if found.asks_color else self.ok).setFocus()
        QTimer.singleShot(0, self, self.place)  # when the new rows have their heights

    def commit(self) -> Taken:
        if self.alert is None:
            self.look(again=True)
            raise Refused("The file is being read; look at what it says, then press Enter again.",
                          field="file")
        done = take_alert(self.desk.store, self.alert, color=int(str(self.form.values["color"])),
                          file=self.path, by=self.desk.officer)
        self.desk.told.emit(Tone.DONE, done_line(done))
        return done


class WarningHead(QWidget):
    """A warning's mark in its colour, as the shift bar shows it, and its name."""

    def __init__(self, theme: Theme, level: int, words: str, icon: str) -> None:
        super().__init__()
        self.theme, self.level, self.words, self.icon = theme, level, words, icon
        self.setAccessibleName(words)
        self.setFixedHeight(theme.px(HEAD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, px = Canvas(painter, self.theme), self.theme.px
        pair = canvas.palette.level(self.level)
        top = (self.height() - px(MARK)) // 2
        canvas.box(QRect(0, top, px(MARK), px(MARK)), pair.fill,
                   None if self.level else canvas.palette.control_line)
        canvas.icon(self.icon, px(5), self.height() // 2, 22, pair.on)
        canvas.text(self.words, px(MARK + 8), self.height() // 2, 16, canvas.palette.text,
                    bold=True, width=self.width() - px(MARK + 8))
        painter.end()
