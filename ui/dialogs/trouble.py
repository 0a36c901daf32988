"""Trouble at the start 启动故障: what happened to the record, what is safe, and what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from db.errors import StoreError
from db.words import t
from ui.dialogs.box import Box, label
from ui.theme import Theme


class TroubleDialog(Box):
    """A record that is whole and cannot be opened now: newer, not ours, locked, out of reach.

    Accepted to try again. A damaged record gets a `RestoreBox` instead.
    """

    def __init__(self, theme: Theme, folder: Path, error: StoreError,
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, t("The record cannot be opened"), str(error), parent)
        self.body.addWidget(label(t("The record in {folder} was left as it is; no backup is needed"
                                    " for this.", folder=folder), "muted"))
        self.quit_button = self.answer(t("Quit"), self.reject)
        self.again_button = self.answer(t("Try again"), self.accept, primary=True)
