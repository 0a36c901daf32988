"""Settings of the store 存储: backups made, listed and restored; the record checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db import backup
from db.backup import Backup
from db.check import Finding, check
from db.words import t
from dispatch.district_file import export_district, file_name, note_export
from dispatch.restoring import Copy, copies
from dispatch.second_folder import name_second_folder, second_folder
from resources.people import SYSTEM, Officer
from ui.background import Job, Progress
from ui.desk import Desk, Tone
from ui.dialogs.restore import COPIES, RestoreBox
from ui.rows_model import RowsModel
from ui.theme import Theme
from ui.widgets.table import TableView

BUNDLE_NAME = "watchdesk-report.zip"


def choose_folder(parent: QWidget) -> str:
    """The system's dialog for a folder; empty when it was given up."""
    return QFileDialog.getExistingDirectory(parent, t("Second folder for backups"))


def choose_zip(parent: QWidget, name: str) -> str:
    """The system's save dialog for a zip; empty when it was given up."""
    return QFileDialog.getSaveFileName(parent, t("Save as"), name, "*.zip")[0]


class StoreSection(QWidget):
    """The backups, the check, and the way back; the desk's `restore_asked` says which was chosen
    and who agreed.

    `choose_folder` and `choose_zip` are how it asks the machine.
    """

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk = theme, desk
        self.model: RowsModel[Copy] = RowsModel(COPIES, identity=lambda c: c.path,
                                                  spoken=lambda c: c.path.name)
        self.table = TableView(theme, self.model, t("Backups"))
        self.result = QLabel()
        self.result.setWordWrap(True)
        self.choose_folder: Callable[[QWidget], str] = choose_folder
        self.choose_zip: Callable[[QWidget, str], str] = choose_zip
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addWidget(self.result)
        (self.check_button, self.audit_button, self.problem_button, self.out_button,
         self.second_button, self.restore_button, self.back_up_button) = (
            self._buttons(column, 4) + self._buttons(column, 3))
        for button, act in (
                (self.check_button, self.check_store), (self.problem_button, self.report_problem),
                (self.out_button, self.take_out), (self.second_button, self.name_second),
                (self.restore_button, self.restore), (self.back_up_button, self.back_up)):
            button.clicked.connect(lambda _on=False, a=act: a())
        self.table.activated_row.connect(lambda _row: self.restore())

    def _buttons(self, column: QVBoxLayout, count: int) -> list[QPushButton]:
        row, made = QHBoxLayout(), [QPushButton() for _ in range(count)]
        row.addStretch(1)
        for button in made:
            row.addWidget(button)
        column.addLayout(row)
        return made

    def load(self) -> None:
        second = second_folder(self.desk.store)
        for button, words in (
                (self.check_button, t("Check the record")), (self.audit_button, f"{t('Audit')}  A"),
                (self.problem_button, t("Report a problem…")),
                (self.out_button, t("Take the district out…")),
                (self.second_button, t("Second folder…")),
                (self.restore_button, t("Restore…")), (self.back_up_button, t("Back up now"))):
            button.setText(words)
        self.second_button.setToolTip(str(second) if second else t("No second folder is named."))
        folder = self.desk.store.path.parent
        job: Job[list[Copy]] = Job(lambda _p: copies(folder, second), self.desk)
        job.done.connect(self._on_listed)
        self.desk.follow(job, t("Backup"), quiet=True)

    def _on_listed(self, found: list[Copy]) -> None:
        self.model.replace(found)
        if self.table.current_row is None and found:
            self.table.choose(found[0].path)
        none = t("There is no backup yet. One is made every hour.")
        if not found:
            self.result.setText(none)
        elif self.result.text() == none:
            self.result.clear()

    # backups

    def back_up(self) -> None:
        """A checked copy now, in the background."""
        store = self.desk.store

        def work(progress: Progress) -> Backup:
            return backup.back_up(store, progress=progress.steps)

        self.desk.begin(t("Backup"), work, self._on_backed_up)

    def _on_backed_up(self, made: Backup) -> None:
        self.desk.told.emit(Tone.DONE, t("Backed up: {name}, {n} changes", name=made.path.name,
                                         n=made.changes))
        self.load()

    def name_second(self) -> None:
        """A folder on a stick or another disk, to which each backup goes too."""
        chosen = self.choose_folder(self)
        if chosen and self._act(lambda by: name_second_folder(self.desk.store, Path(chosen), by=by),
                                t("Backups also go to {folder}", folder=chosen)):
            self.load()

    def _act(self, verb: Callable[[Officer], object], done: str) -> bool:
        """Whether a verb of whoever sits here was done; a refusal is told."""
        def run() -> bool:
            verb(self.desk.officer)
            return True

        return bool(self.desk.act(run, done))

    # the check

    def check_store(self) -> None:
        """Pages, references, chain, rows and index, in the background."""
        path = self.desk.store.path
        self.result.setText(t("The record is being checked…"))
        self.desk.begin(t("Check of the record"), lambda progress: check(path, progress.steps),
                        self._on_checked)

    def _on_checked(self, found: list[Finding]) -> None:
        changes = self.desk.store.value("select count(*) from change")
        sound = t("The record is sound: {n} changes, chain and index hold.", n=changes)
        self.result.setText("\n".join(map(str, found)) or sound)

    def report_problem(self) -> None:
        """A bundle for whoever looks after the program, without any personal data."""
        from ui.dialogs.defect import save_bundle

        save_bundle(self.desk, self.choose_zip(self, BUNDLE_NAME))

    # the whole district, and the way back

    def take_out(self) -> None:
        """The whole district as one file, in the background."""
        store = self.desk.store
        chosen = self.choose_zip(self, file_name(store))
        if not chosen or not self._act(lambda by: note_export(store, Path(chosen), by=by), ""):
            return
        self.desk.begin(t("Taking the district out"), lambda progress: export_district(
            store, Path(chosen), progress.steps), lambda _n: self.desk.told.emit(
                Tone.DONE, t("Saved as {path}", path=chosen)))

    def restore(self) -> None:
        """Choose a backup, see what would be lost, and hand it over with who agreed."""
        box = self.restore_box()
        box.accepted.connect(lambda: self._hand_over(box))
        box.open()

    def restore_box(self) -> RestoreBox:
        store = self.desk.store
        chosen: Copy | None = self.table.current_row
        return RestoreBox(self.theme, store.path.parent, store.clock, store=store,
                          first=chosen.path if chosen else None, parent=self)

    def _hand_over(self, box: RestoreBox) -> None:
        if box.chosen is not None:
            by = box.by
            if by is SYSTEM and self.desk.has_officer:
                by = self.desk.officer
            self.desk.restore_asked.emit(box.chosen.path, by)
