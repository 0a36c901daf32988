"""The defect 程序故障: told beside the work, never over it, with a bundle to send."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from db.words import t
from ui.background import Progress
from ui.desk import Desk, Tone
from ui.dialogs.box import Box, label
from ui.theme import Theme

NAME = "watchdesk-report.zip"
WIDE = 540


def choose_target(parent: QWidget) -> str:
    """The system's save dialog; empty when it was given up."""
    return QFileDialog.getSaveFileName(parent, t("Report a problem…"), NAME, "*.zip")[0]


class DefectBox(Box):
    """Stands beside the window, takes neither the keys nor the focus; a second defect counts on."""

    def __init__(self, theme: Theme, desk: Desk, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, t("Watchdesk met a defect"), t(
            "What was entered is in the record, and what is half typed is kept aside. You can go on"
            " working; if something looks wrong, close the window and start it again."), parent)
        self.desk, self.count = desk, 0
        self.choose_target: Callable[[QWidget], str] = choose_target
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowFlag(Qt.WindowType.Tool)
        self.said = label("", "muted")
        self.body.addWidget(self.said)
        self.body.addWidget(label(t(
            "A report helps to mend it: the program log, versions and the result of a check. No"
            " name, no phone, nothing of the record is in it."), "muted"))
        self.answer(t("Go on"), self.accept)
        self.save_button = self.answer(t("Save a report…"), self.save, primary=True)
        self.again(kind)
        wide, column = theme.px(WIDE), self.layout()
        if column is not None:
            self.resize(wide, column.heightForWidth(wide))

    def again(self, kind: str) -> None:
        """Another defect while this one is still in view."""
        self.count += 1
        self.said.setText(t("{kind}, {n} times", kind=kind, n=self.count))

    def save(self) -> None:
        save_bundle(self.desk, self.choose_target(self))
        self.accept()


def save_bundle(desk: Desk, chosen: str) -> None:
    """Write a report in the background to where the person chose."""
    if not chosen:
        return
    store = desk.store.path

    def work(progress: Progress) -> Path:
        from ui.bundle import write_bundle

        return write_bundle(store, Path(chosen), progress.steps)

    desk.begin(t("Report of a problem"), work, lambda path: desk.told.emit(
        Tone.DONE, t("Saved as {path}", path=path)))
