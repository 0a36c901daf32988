"""The restore 恢复备份: choose a copy, see what it holds and what is lost, agree, and go back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.clock import Clock
from db.errors import WatchdeskError
from db.store import FILE_NAME, Store
from db.words import mark, t
from dispatch.holdings import Holdings, Loss, compare, held_words, loss_words, unread_words
from dispatch.restoring import (
    PLACE_NAMES,
    Agreeing,
    Copy,
    DeskHeads,
    chosen_copy,
    copies,
    fault_of,
    heads_of,
    newest_good,
    second_of,
)
from resources import localtime
from resources.people import SYSTEM, Officer
from ui.background import Job, Progress
from ui.dialogs.box import Box, label
from ui.dialogs.sign_on import password_line
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.form import Choice, Form
from ui.widgets.table import TableView

Result = TypeVar("Result")
WIDE, HIGH = 860, 600

COPIES: tuple[Column[Copy], ...] = (
    Column(mark("Made"), lambda c: localtime.moment_text(c.backup.at, year=True), width=150,
           bold=True),
    Column(mark("Last entry"), lambda c: localtime.moment_text(c.backup.last_at, year=True)
           if c.backup.last_at else "—", width=150),
    Column(mark("Changes"), lambda c: str(c.backup.changes), Qt.AlignmentFlag.AlignRight, 90),
    Column(mark("backup|Size"), lambda c: f"{c.backup.size / 1e6:.1f} MB",
           Qt.AlignmentFlag.AlignRight, 90),
    Column(mark("head|Where"), lambda c: t(PLACE_NAMES[c.place]), width=120),
    Column(mark("File"), lambda c: c.path.name, width=180, stretch=True, muted=True,
           tip=lambda c: str(c.path)))


def choose_backup(parent: QWidget) -> str:
    """The system's open dialog; empty when it was given up."""
    return QFileDialog.getOpenFileName(parent, t("Restore a backup"), "", "*.db *.zip")[0]


class RestoreBox(Box):
    """Accepted when `chosen` is to take the place of the record, which `by` agreed to.

    Nothing is touched here. At the desk `store` is the present record, and `first` the copy chosen
    already; at the start no record opens, and the newest copy that holds is looked for. Reading and
    checking run beside the window. `choose_file` is how it asks the machine for a file.
    """

    def __init__(self, theme: Theme, folder: Path, clock: Clock, *, store: Store | None = None,
                 first: Path | None = None, title: str = "", lead: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, title or t("Restore a backup"), lead or t(
            "The present record is kept aside in the folder “aside”; nothing is deleted."), parent)
        self.folder, self.clock, self.store, self._first = folder, clock, store, first
        self.choose_file: Callable[[QWidget], str] = choose_backup
        self.chosen: Copy | None = None
        self.by: Officer = SYSTEM
        self.verdicts: dict[Path, str] = {}
        self._heads: Agreeing | None = None
        self._told: Path | None = None
        self._checking: Path | None = None
        self._job: Job[object] | None = None
        self._room = tempfile.TemporaryDirectory(prefix="watchdesk-", ignore_cleanup_errors=True)
        self._build()
        self.resize(theme.px(WIDE), theme.px(HIGH))
        self._run(lambda _p: copies(folder, second_of(folder)), self._on_listed,
                  t("The backups are being read…"))

    # building

    def _build(self) -> None:
        px = self.theme.px
        self.model: RowsModel[Copy] = RowsModel(COPIES, identity=lambda c: c.path,
                                                spoken=lambda c: c.path.name)
        self.table = TableView(self.theme, self.model, t("Backups"))
        self.table.setMinimumHeight(px(200))
        self.facts, self.doing = label(""), label("", "muted")
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar, self.stop_button = QProgressBar(), QPushButton(t("Stop"))
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(t("Check of the backup"))
        self.stop_button.setAutoDefault(False)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._list_step())
        self.stack.addWidget(self._agree_step())
        self.body.addWidget(self.stack, 1)
        self.file_button = self.answer(f"{t('Choose a file…')}  Ctrl+O", self.take_file)
        self.back_button = self.answer(t("Back"), self.go_back)
        self.quit_button = self.answer(t("Cancel") if self.store else t("Quit"), self.reject)
        self.next_button = self.answer(f"{t('Next')}  Enter", self.go_on, primary=True)
        self.restore_button = self.answer(f"{t('Restore')}  Enter", self.restore, primary=True)
        QShortcut(QKeySequence("Ctrl+O"), self.table, self.file_button.click)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.tell_chosen())
        self.table.activated_row.connect(lambda _row: self.go_on())
        self.stop_button.clicked.connect(self.stop)
        self._show_step(0)
        self._still()

    def _list_step(self) -> QWidget:
        step, row = QWidget(), QHBoxLayout()
        column = QVBoxLayout(step)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.doing, self.bar, self.stop_button):
            row.addWidget(part, 1 if part is self.doing else 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.facts)
        column.addLayout(row)
        return step

    def _agree_step(self) -> QWidget:
        step = QWidget()
        column = QVBoxLayout(step)
        column.setContentsMargins(0, 0, 0, 0)
        self.summary, self.form = label(""), Form(self.theme)
        self.names = self.form.choice("officer", t("field|Officer"), [], required=True)
        self.password = password_line(self.form, "password", t("Password"), required=True)
        self.form.submitted.connect(self.restore)
        column.addWidget(self.summary)
        column.addWidget(self.form)
        column.addStretch(1)
        return step

    def _show_step(self, number: int) -> None:
        self.settle()
        self.stack.setCurrentIndex(number)
        for button, step in ((self.file_button, 0), (self.quit_button, 0), (self.next_button, 0),
                             (self.back_button, 1), (self.restore_button, 1)):
            button.setVisible(step == number)
        (self.restore_button if number else self.next_button).setDefault(True)
        if not number:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # work beside the window

    def _run(self, work: Callable[[Progress], Result], done: Callable[[Result], None], words: str
             ) -> None:
        """One piece of work at a time; the newest wish wins."""
        self._cancel()
        self._checking = None
        keeper: QObject = QApplication.instance() or self  # outlives this box, as its thread may
        job: Job[Result] = Job(work, keeper)
        job.done.connect(done)
        job.progressed.connect(self._on_progress)
        job.failed.connect(self._on_failed)
        job.broke.connect(self._on_broke)
        self.doing.setText(words)
        self.bar.setValue(0)
        for part in (self.doing, self.bar, self.stop_button):
            part.show()
        self._job = job  # type: ignore[assignment]  # only its progress is asked for
        job.start()

    def _cancel(self) -> None:
        if self._job is not None:
            for signal in (self._job.done, self._job.progressed, self._job.failed):
                signal.disconnect()
            self._job.progress.cancel()
            self._job = None

    def _still(self) -> None:
        self._job = None
        for part in (self.doing, self.bar, self.stop_button):
            part.hide()

    def stop(self) -> None:
        """Stop what runs; the list stays."""
        self._cancel()
        self._still()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_progress(self, part: float) -> None:
        self.bar.setValue(round(part * 1000))

    def _on_failed(self, words: str) -> None:
        self._still()
        self.refuse(words)

    def _on_broke(self, error: Exception) -> None:
        self._on_failed(t("{what} stopped by a fault of the program: {why}. The store is"
                          " unchanged.", what=t("Check of the backup"), why=error))

    # the list

    def _on_listed(self, found: list[Copy]) -> None:
        self._still()
        self.model.replace(found)
        if not found:
            self.refuse(t("There is no backup in {folder}. Choose a file from a stick or another"
                          " disk.", folder=self.folder))
            return
        self.table.choose(found[0].path)
        self.table.choose(self._first)
        if self.store is None:
            self._run(lambda progress: self._look_for_good(found, progress), self._on_good,
                      t("Looking for the newest backup that holds…"))

    def _look_for_good(self, found: list[Copy], progress: Progress) -> Copy | None:
        def tell(copy: Copy, fault: str) -> None:
            self.verdicts[copy.path] = fault

        return newest_good(found, tell, progress.steps)

    def _on_good(self, good: Copy | None) -> None:
        self._still()
        if good is None:
            self.refuse(t("None of these backups passes its check. Choose a file from a stick or"
                          " another disk."))
        elif self.table.current_row in self.model.rows[:1]:  # nobody chose another meanwhile
            self.table.choose(good.path)
        self._told = None
        self.tell_chosen()

    def tell_chosen(self) -> None:
        """What the chosen copy holds and what going back to it would lose, read beside."""
        copy: Copy | None = self.table.current_row
        if copy is None or copy.path == self._told:
            return
        self._told = copy.path
        if self._job is None:
            self.settle()
        present = self.folder / FILE_NAME
        job: Job[tuple[Path, Holdings, Loss | None]] = Job(
            lambda _p: (copy.path, *compare(present, copy.record)), QApplication.instance() or self)
        job.done.connect(self._on_compared)
        job.failed.connect(self.facts.setText)
        job.start()

    def _on_compared(self, found: tuple[Path, Holdings, Loss | None]) -> None:
        path, held, lost = found
        if path != self._told:
            return
        told = loss_words(lost) if lost else unread_words(self.folder / FILE_NAME, held)
        fault = self.verdicts.get(path)
        verdict = t("This backup does not pass its check: {fault}", fault=fault) if fault else t(
            "This backup has passed its check.") if fault is not None else ""
        self.facts.setText("\n".join(filter(None, (held_words(held), told, verdict))))
        self._sum_up()

    def take_file(self) -> None:
        """A copy or a whole district from anywhere."""
        chosen = self.choose_file(self)
        if chosen:
            self.settle()
            room = Path(tempfile.mkdtemp(dir=self._room.name))
            self._run(lambda progress: chosen_copy(Path(chosen), room, progress.steps),
                      self._on_file, t("{name} is being read…", name=Path(chosen).name))

    def _on_file(self, copy: Copy) -> None:
        self._still()
        self.model.replace([copy, *(c for c in self.model.rows if c.path != copy.path)])
        self._told = None
        self.table.choose(copy.path)
        self.tell_chosen()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # the check, and who agrees

    def go_on(self) -> None:
        """Check the chosen copy, unless that is done, and ask who agrees."""
        copy: Copy | None = self.table.current_row
        if copy is None or (self._job is not None and self._checking == copy.path):
            return  # a second Enter does not begin the check anew
        self.settle()
        if copy.path in self.verdicts:
            self._on_checked((copy, self.verdicts[copy.path]))
            return
        self._run(lambda progress: (copy, fault_of(copy, progress.steps)), self._on_checked,
                  t("{name} is being checked…", name=copy.path.name))
        self._checking = copy.path

    def _on_checked(self, found: tuple[Copy, str]) -> None:
        self._still()
        copy, fault = found
        self.verdicts[copy.path] = fault
        self._told = None
        self.tell_chosen()
        if fault:
            self.refuse(t("This backup does not pass its check: {fault} Choose another; nothing"
                          " was changed.", fault=fault))
            return
        try:
            self._heads = DeskHeads(self.store) if self.store else heads_of(
                self.folder / FILE_NAME, copy.record, self.clock)
        except WatchdeskError as error:
            self.refuse(error)
            return
        self._ask(copy, self._heads)

    def _ask(self, copy: Copy, heads: Agreeing) -> None:
        self.chosen = copy
        self.form.offer("officer", [Choice(who.id, who.name) for who in heads.people])
        self.password.clear()
        self.form.clear_errors()
        self.form.setVisible(bool(heads.people))
        self._sum_up()
        self._show_step(1)
        (self.password if heads.people else self.restore_button).setFocus(
            Qt.FocusReason.OtherFocusReason)

    def _sum_up(self) -> None:
        """Once more what is gone back to and lost, over the password."""
        if self.chosen is None or self._heads is None:
            return
        asks = t("An administrator agrees with the own password.") if self._heads.people else t(
            "Nobody is asked for a password here.")
        self.summary.setText("\n\n".join(filter(None, (
            t("{name}, made {at}", name=self.chosen.path.name,
              at=localtime.moment_text(self.chosen.backup.at, year=True)),
            self.facts.text(), asks))))

    def go_back(self) -> None:
        """To the list again; nothing was changed."""
        self.chosen = None
        self._show_step(0)

    def restore(self) -> None:
        """Agree; the box stays when the password is refused."""
        self.settle()
        if self._heads is None or self.chosen is None:
            return
        if self._heads.people:
            if self.form.missing():
                return
            values = self.form.values
            try:
                self.by = self._heads.confirm(int(str(values["officer"])), str(values["password"]))
            except WatchdeskError as error:
                self.refuse(error, self.form)
                self.password.selectAll()
                return
        self.accept()

    def reject(self) -> None:
        """Esc goes back a step, then away."""
        if self.stack.currentIndex():
            self.go_back()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Away: what runs is stopped, and what was unpacked to be looked at is removed."""
        self._cancel()
        self._room.cleanup()
        super().done(result)
