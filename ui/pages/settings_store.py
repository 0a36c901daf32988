"""Settings of the store 存储: backups made, listed and restored; the record checked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db import backup
from db.backup import Backup
from db.check import Finding, check
from db.clock import to_text
from db.words import mark, t
from resources import localtime
from resources.people import SYSTEM, Officer
from ui.background import Progress
from ui.desk import Desk, Tone
from ui.dialogs.box import Question
from ui.dialogs.confirm import ConfirmBox, administrators
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.table import TableView

BACKUPS: tuple[Column[Backup], ...] = (
    Column(mark("Made"), lambda b: localtime.moment_text(b.at, year=True), width=160, bold=True),
    Column(mark("Last entry"), lambda b: localtime.moment_text(b.last_at, year=True)
           if b.last_at else "—", width=160),
    Column(mark("Changes"), lambda b: str(b.changes), Qt.AlignmentFlag.AlignRight, 90),
    Column(mark("backup|Size"), lambda b: f"{b.size / 1e6:.1f} MB",
           Qt.AlignmentFlag.AlignRight, 90),
    Column(mark("File"), lambda b: b.path.name, width=240, stretch=True, muted=True))


def steps(progress: Progress) -> Callable[[int, int], bool]:
    """Progress of the store's own jobs (done, in all) as a part of one; cancel stops them."""
    def tell(done: int, whole: int) -> bool:
        progress(done / max(whole, 1))
        return True
    return tell


class StoreSection(QWidget):
    """The backups, the check, and the way back; the desk's `restore_asked` says which was chosen.

    `question` and `confirm` are how it asks: what would be lost, and for whose password.
    """

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk = theme, desk
        self.model: RowsModel[Backup] = RowsModel(BACKUPS, identity=lambda b: b.path,
                                                  spoken=lambda b: b.path.name)
        self.table = TableView(theme, self.model, t("Backups"))
        self.result = QLabel()
        self.result.setWordWrap(True)
        self.back_up_button, self.restore_button, self.check_button, self.audit_button = (
            QPushButton(), QPushButton(), QPushButton(), QPushButton())
        self.question: Callable[[str], bool] = self._ask
        self.confirm: Callable[[], Officer | None] = self._confirm
        feet = QHBoxLayout()
        feet.addWidget(self.check_button)
        feet.addWidget(self.audit_button)
        feet.addStretch(1)
        feet.addWidget(self.restore_button)
        feet.addWidget(self.back_up_button)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addWidget(self.result)
        column.addLayout(feet)
        self.back_up_button.clicked.connect(self.back_up)
        self.restore_button.clicked.connect(self.restore)
        self.check_button.clicked.connect(self.check_store)

    def load(self) -> None:
        self.back_up_button.setText(t("Back up now"))
        self.restore_button.setText(t("Restore…"))
        self.check_button.setText(t("Check the record"))
        self.audit_button.setText(f"{t('Audit')}  A")
        self.model.replace(backup.backups(self.desk.store.path.parent / backup.FOLDER))
        if self.table.current_row is None and self.model.rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.restore_button.setEnabled(bool(self.model.rows))

    def back_up(self) -> None:
        """A checked copy now, in the background."""
        store = self.desk.store

        def work(progress: Progress) -> Backup:
            return backup.back_up(store, progress=steps(progress))

        self.desk.begin(t("Backup"), work, self._on_backed_up)

    def _on_backed_up(self, made: Backup) -> None:
        self.desk.told.emit(Tone.DONE, t("Backed up: {name}, {n} changes", name=made.path.name,
                                         n=made.changes))
        self.load()

    def check_store(self) -> None:
        """Pages, references, chain, rows and index, in the background."""
        path = self.desk.store.path
        self.result.setText(t("The record is being checked…"))
        self.desk.begin(t("Check of the record"), lambda progress: check(path, steps(progress)),
                        self._on_checked)

    def _on_checked(self, found: list[Finding]) -> None:
        changes = self.desk.store.value("select count(*) from change")
        sound = t("The record is sound: {n} changes, chain and index hold.", n=changes)
        self.result.setText("\n".join(map(str, found)) or sound)

    def restore(self) -> None:
        """Ask, saying what would be lost, and hand the chosen backup over."""
        chosen: Backup | None = self.table.current_row
        if chosen is None or not self.question(self.loss(chosen)):
            return
        by = self.confirm()
        if by is not None:
            self.desk.restore_asked.emit(chosen.path, by)

    def _confirm(self) -> Officer | None:
        """An administrator with the password; whoever sits here where there is none."""
        if administrators(self.desk.store):
            return ConfirmBox(self.theme, self.desk.store, t("Restore this backup?"), self).ask()
        return self.desk.officer if self.desk.has_officer else SYSTEM

    def loss(self, chosen: Backup) -> str:
        """What going back to a backup costs, in words."""
        store = self.desk.store
        now = store.value("select count(*) from change")
        entries = 0
        if chosen.last_at is not None:
            entries = store.value("select count(*) from log where entered_at > :at",
                                  at=to_text(chosen.last_at))
        return t("The backup of {at} holds {n} changes; the record has {now}. {lost} changes, among"
                 " them {entries} log entries, would be missing. The present record is kept aside"
                 " in the folder “aside”.", at=localtime.moment_text(chosen.at, year=True),
                 n=chosen.changes, now=now, lost=max(0, now - chosen.changes), entries=entries)

    def _ask(self, words: str) -> bool:
        return Question(self.theme, t("Restore this backup?"), words, t("Restore"), self).ask()
