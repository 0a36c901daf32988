"""Settings of the store 存储: backups made, listed and restored; the record checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db import backup
from db.backup import Backup
from db.check import Finding, check
from db.words import mark, t
from dispatch.district_file import export_district, file_name, note_export
from dispatch.holdings import Holdings, Loss, compare, held_words, loss_words
from dispatch.second_folder import name_second_folder, present, second_folder
from resources import localtime
from resources.people import SYSTEM, Officer
from ui.background import Job, Progress
from ui.desk import Desk, Tone
from ui.dialogs.box import Question
from ui.dialogs.confirm import ConfirmBox, administrators
from ui.dialogs.first_start import choose_backup
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


BUNDLE_NAME = "watchdesk-report.zip"


def choose_folder(parent: QWidget) -> str:
    """The system's dialog for a folder; empty when it was given up."""
    return QFileDialog.getExistingDirectory(parent, t("Second folder for backups"))


def choose_zip(parent: QWidget, name: str) -> str:
    """The system's save dialog for a zip; empty when it was given up."""
    return QFileDialog.getSaveFileName(parent, t("Save as"), name, "*.zip")[0]


class StoreSection(QWidget):
    """The backups and what each holds, the check, and the way back; the desk's `restore_asked` says
    which was chosen.

    `question` and `confirm` are how it asks: what would be lost, and for whose password;
    `choose_file`, `choose_folder` and `choose_zip` how it asks the machine.
    """

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk = theme, desk
        self.model: RowsModel[Backup] = RowsModel(BACKUPS, identity=lambda b: b.path,
                                                  spoken=lambda b: b.path.name)
        self.table = TableView(theme, self.model, t("Backups"))
        self.facts, self.result = QLabel(), QLabel()
        for label in (self.facts, self.result):
            label.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.question: Callable[[str], bool] = self._ask
        self.confirm: Callable[[], Officer | None] = self._confirm
        self.choose_file: Callable[[QWidget], str] = choose_backup
        self.choose_folder: Callable[[QWidget], str] = choose_folder
        self.choose_zip: Callable[[QWidget, str], str] = choose_zip
        self._told: Path | None = None
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        for part in (self.table, self.facts, self.result):
            column.addWidget(part, 1 if part is self.table else 0)
        (self.check_button, self.audit_button, self.problem_button, self.out_button,
         self.second_button, self.other_button, self.restore_button, self.back_up_button) = (
            self._buttons(column, 4) + self._buttons(column, 4))
        for button, act in (
                (self.check_button, self.check_store), (self.problem_button, self.report_problem),
                (self.out_button, self.take_out), (self.second_button, self.name_second),
                (self.other_button, self.restore_other), (self.restore_button, self.restore),
                (self.back_up_button, self.back_up)):
            button.clicked.connect(lambda _on=False, a=act: a())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.tell_chosen())

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
                (self.other_button, t("Restore a file…")),
                (self.restore_button, t("Restore…")), (self.back_up_button, t("Back up now"))):
            button.setText(words)
        self.second_button.setToolTip(str(second) if second else t("No second folder is named."))
        found = backup.backups(self.desk.store.path.parent / backup.FOLDER)
        if second is not None and present(second):
            found = sorted([*found, *backup.backups(second)], key=lambda b: b.at, reverse=True)
        self.model.replace(found)
        if self.table.current_row is None and self.model.rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.restore_button.setEnabled(bool(self.model.rows))
        self._told = None
        self.tell_chosen()

    # backups

    def tell_chosen(self) -> None:
        """What the chosen backup holds and what going back to it would lose, read beside."""
        chosen: Backup | None = self.table.current_row
        if chosen is None:
            self.facts.setText(t("There is no backup yet. One is made every hour."))
            return
        if chosen.path == self._told:
            return
        path, self._told = chosen.path, chosen.path
        job: Job[tuple[Holdings, Loss]] = Job(lambda _p: compare(self.desk.store, path), self.desk)
        job.done.connect(lambda found: self._on_compared(path, found))
        self.desk.follow(job, t("Backup"), quiet=True)

    def _on_compared(self, path: Path, found: tuple[Holdings, Loss]) -> None:
        if path == self._told:
            self.facts.setText(f"{held_words(found[0])}\n{loss_words(found[1])}")

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
        """Ask, saying what would be lost, and hand the chosen backup over."""
        chosen: Backup | None = self.table.current_row
        if chosen is None:
            return
        found = self.desk.act(lambda: compare(self.desk.store, chosen.path))
        if found is not None:
            self._hand_over(chosen.path, f"{held_words(found[0])}\n\n{loss_words(found[1])}")

    def restore_other(self) -> None:
        """A backup or a whole district from anywhere."""
        chosen = self.choose_file(self)
        if not chosen:
            return
        words = t("{name} holds a whole district, which would take the place of this one.",
                  name=Path(chosen).name)
        if not chosen.lower().endswith(".zip"):
            found = self.desk.act(lambda: compare(self.desk.store, Path(chosen)))
            if found is None:
                return
            words = f"{held_words(found[0])}\n\n{loss_words(found[1])}"
        self._hand_over(Path(chosen), words)

    def _hand_over(self, path: Path, words: str) -> None:
        kept = t("The present record is kept aside in the folder “aside”.")
        if not self.question(f"{words}\n\n{kept}"):
            return
        by = self.confirm()
        if by is not None:
            self.desk.restore_asked.emit(path, by)

    def _confirm(self) -> Officer | None:
        """An administrator with the password; whoever sits here where there is none."""
        if administrators(self.desk.store):
            return ConfirmBox(self.theme, self.desk.store, t("Restore this backup?"), self).ask()
        return self.desk.officer if self.desk.has_officer else SYSTEM

    def _ask(self, words: str) -> bool:
        return Question(self.theme, t("Restore this backup?"), words, t("Restore"), self).ask()
