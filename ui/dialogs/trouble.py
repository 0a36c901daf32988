"""Trouble at the start 启动故障: what happened to the record, what is safe, and what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from db.backup import FOLDER, Backup, newest_good
from db.errors import StoreDamaged, StoreError
from db.words import t
from resources import localtime
from ui.dialogs.box import Box, label
from ui.theme import Theme


class TroubleDialog(Box):
    """Accepted when the newest good backup, `offer`, is to be restored.

    Only a damaged store is offered a backup: one that is newer, not ours or locked is whole.
    """

    def __init__(self, theme: Theme, folder: Path, error: StoreError,
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, t("The record cannot be opened"), str(error), parent)
        self.offer: Backup | None = None
        self.restore_button: QPushButton | None = None
        self.quit_button = self.answer(t("Quit"), self.reject)
        if not isinstance(error, StoreDamaged):
            return
        self.offer = newest_good(folder / FOLDER)
        if self.offer is None:
            self.body.addWidget(label(t("There is no good backup in {folder}.",
                                        folder=folder / FOLDER)))
            return
        self.body.addWidget(label(t(
            "The newest good backup is from {at} and holds {n} changes. Restoring it keeps the"
            " record that cannot be opened in the folder “aside”; nothing is deleted.",
            at=localtime.moment_text(self.offer.at, year=True), n=self.offer.changes)))
        self.restore_button = self.answer(t("Restore this backup"), self.accept, primary=True)
