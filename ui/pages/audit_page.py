"""The audit page 审计: who changed what and when, from what to what; found, followed, saved."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from db.change import Change
from db.words import mark, t
from dispatch.audit import AuditFilter, Entry, Faces, Line, entries, faces, find, lines
from dispatch.audit_terms import table_words, verb_words
from dispatch.audit_words import altered_words, line_words, second_text, table_of, what_words
from resources.localtime import local_day
from ui.background import Job, Progress
from ui.desk import Desk, Tone
from ui.page import make_action
from ui.pages.audit_places import place_of
from ui.pages.giving_out import write_list
from ui.pages.sub_page import SubPage
from ui.rows_model import Column
from ui.theme import Theme
from ui.widgets.table import TableDelegate
from ui.widgets.window_table import WindowTable
from ui.window_model import WindowModel

Result = TypeVar("Result")
PAUSE_MS, TOLD, DETAIL = 250, 200, 150
PERIODS = (("", mark("period|All time")), ("0", mark("period|Today")),
           ("6", mark("period|7 days")), ("30", mark("period|31 days")),
           ("365", mark("period|A year")))


@dataclass(frozen=True, slots=True)
class Shown:
    """A change with its words, made once when it is read."""

    of: Entry
    what: str
    record: str
    altered: str


COLUMNS: tuple[Column[Shown], ...] = (
    Column(mark("head|Change"), lambda x: f"{x.of.id:,}", Qt.AlignmentFlag.AlignRight, 84),
    Column(mark("head|Time"), lambda x: second_text(x.of.at), width=150),
    Column(mark("field|Officer"), lambda x: x.of.by_name, width=84, bold=True),
    Column(mark("head|What"), lambda x: x.what, width=170),
    Column(mark("head|Record"), lambda x: x.record, width=170, muted=True),
    Column(mark("head|From → to"), lambda x: x.altered, width=300, stretch=True,
           tip=lambda x: x.altered))


class AuditPage(SubPage):
    """`open(record id)` shows what happened to one record. Looking through a large record is done
    beside the window; the newest wish wins."""

    key = "audit"
    rail_key = "settings"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.words = QLineEdit()
        self.person, self.verb, self.table_box, self.period = (QComboBox() for _ in range(4))
        self.row: int | None = None
        self._job: Job[Sequence[int]] | None = None
        self._faces: Faces | None = None
        self.model = WindowModel(COLUMNS, self._read,
                                 spoken=lambda x: f"{x.of.id} {x.of.by_name} {x.what}")
        self.table = WindowTable(theme, self.model, t("Audit"), TableDelegate(theme), {})
        self.detail = QPlainTextEdit()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(PAUSE_MS)
        self._build()
        self.reword()

    def title(self) -> str:
        return t("Audit")

    def _build(self) -> None:
        self.words.setMinimumWidth(self.theme.px(160))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._typing.start)
        self.words.returnPressed.connect(self.table.setFocus)
        self._typing.timeout.connect(self.look)
        self.filters.addWidget(self.words, 1)
        for box in (self.person, self.verb, self.table_box, self.period):
            box.setMaximumWidth(self.theme.px(170))
            box.activated.connect(lambda _n: self.look())
            self.filters.addWidget(box)
        self.add_verb("H", self.only_this)
        self.add_verb("O", self.jump)
        self.add_verb("X", self.export)
        find_action = make_action(self, "", "Ctrl+F", self.words.setFocus)
        self.own_actions["Ctrl+F"] = find_action
        self.table.activated_row.connect(lambda _row: self.jump())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._tell_chosen())
        self.table.head.setSectionsClickable(False)  # the order is that of the chain
        self.table.head.setSortIndicatorShown(False)
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setFixedHeight(self.theme.px(DETAIL))
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.detail)

    def verbs(self) -> dict[str, str]:
        return {"H": t("Only this record"), "O": t("Open the record"), "X": t("Save as xlsx"),
                "Ctrl+F": t("verb|Filter")}

    # what is shown

    def _read(self, numbers: Collection[int]) -> dict[int, Shown]:
        db = self.desk.store.db
        return {n: Shown(e, what_words(e), table_of(e), altered_words(db, e))
                for n, e in entries(db, numbers).items()}

    def load(self, change: object | None) -> None:
        if isinstance(change, Change):
            self._on_change()
            return
        self.reword()
        self.words.setPlaceholderText(t("Words in the record, before or after"))
        self.words.setAccessibleName(t("Filter"))
        self.detail.setAccessibleName(t("The chosen change"))
        self._offer()
        self.model.reword()
        self.look()
        if self._faces is None:
            self._beside(t("Audit"), lambda db, _progress: faces(db), self._on_faces)

    def _on_change(self) -> None:
        """A new change stands on top; under a filter the list is looked through anew."""
        if self.wanted == AuditFilter():
            self.table.show_ids(find(self.desk.store.db), ())
            self._tell_count()
        else:
            self._typing.start()

    def _on_faces(self, found: Faces) -> None:
        self._faces = found
        self._offer()

    def _offer(self) -> None:
        """What occurs in the record, to choose from."""
        found = self._faces or Faces((), (), ())
        self.fill_box(self.person, t("field|Officer"), [("", t("Everybody")), *(
            (name, name) for name in found.people)])
        self.fill_box(self.verb, t("head|What"), [("", t("Everything done")), *sorted(
            ((verb, verb_words(verb)) for verb in found.verbs), key=lambda one: one[1])])
        self.fill_box(self.table_box, t("head|Record"), [("", t("All records")), *sorted(
            ((table, table_words(table)) for table in found.tables), key=lambda one: one[1])])
        self.fill_box(self.period, t("Period"), [(key, t(words)) for key, words in PERIODS])

    @property
    def wanted(self) -> AuditFilter:
        days = str(self.period.currentData() or "")
        first = local_day(self.desk.now()) - timedelta(days=int(days)) if days else None
        return AuditFilter(by=str(self.person.currentData() or ""),
                           verb=str(self.verb.currentData() or ""),
                           table=str(self.table_box.currentData() or ""), first=first,
                           words=self.words.text().strip(), row=self.row)

    def look(self) -> None:
        """List what the filter lets through; without one everything stands there at once."""
        self._typing.stop()
        if self._job is not None:
            self._job.progress.cancel()
            self._job = None
        wanted = self.wanted
        if wanted == AuditFilter() or wanted.row is not None:  # no need to look through anything
            self._show(find(self.desk.store.db, wanted))
            return
        self.panel.set_title(self.title(), "", t("Looking through the record…"))
        self._job = self._beside(t("Looking through the record…"), lambda db, progress: find(
            db, wanted, progress.steps), self._show)

    def _beside(self, title: str, work: Callable[[sqlite3.Connection, Progress], Result],
                done: Callable[[Result], None]) -> Job[Result]:
        """Read on a connection of its own, off the window's thread."""
        store = self.desk.store

        def read(progress: Progress) -> Result:
            with contextlib.closing(store.reader()) as db:
                return work(db, progress)

        job: Job[Result] = Job(read, self.desk)
        job.done.connect(done)
        self.desk.follow(job, title, quiet=True)
        return job

    def _show(self, found: Sequence[int]) -> None:
        self._job = None
        self.table.show_ids(found)
        self._tell_count()
        self._tell_chosen()
        for key in self.buttons:
            self.buttons[key].setEnabled(bool(found))

    def _tell_count(self) -> None:
        count, note = len(self.model.ids), ""
        if self.row is not None:
            note = t("of one record only; Esc shows all")
        elif not count:
            note = t("Nothing fits this filter.")
        self.panel.set_title(self.title(), f"{count:,}", note)

    @property
    def chosen(self) -> Entry | None:
        number = self.table.current_id
        found = entries(self.desk.store.db, [number]) if number is not None else {}
        return next(iter(found.values()), None)

    def _tell_chosen(self) -> None:
        """All rows of the chosen change, one a line."""
        one, db = self.chosen, self.desk.store.db
        if one is None:
            self.detail.setPlainText("")
            return
        said = [f"{table_words(line.table)} · {line_words(db, line)}"
                for line in lines(db, one.id, TOLD)]
        if one.rows > TOLD:
            said.append(t("and {n} rows more", n=one.rows - TOLD))
        self.detail.setPlainText("\n".join((t("Change {n} · {hash}", n=one.id, hash=one.hash),
                                            *said)))

    # what can be done

    def _line(self) -> Line | None:
        one = self.chosen
        if one is not None and not one.lines:
            self.desk.told.emit(Tone.DONE, t("Change {n} touched no record.", n=one.id))
        return one.lines[0] if one and one.lines else None

    def only_this(self) -> None:
        """What happened to the record of the chosen change, and nothing else."""
        line = self._line()
        if line is not None:
            self.open(line.row_id)

    def jump(self) -> None:
        """To the page that shows the record of the chosen change."""
        line = self._line()
        if line is not None:
            self.go.emit(*place_of(line))

    def export(self) -> None:
        """All that the filter lets through, in the background."""
        chosen = self.choose_file(self, t("Save as xlsx"), f"{t('Audit')}.xlsx")
        if not chosen:
            return
        path, numbers, store = Path(chosen), self.model.ids, self.desk.store

        def work(progress: Progress) -> Path:
            from dispatch.audit_book import audit_xlsx

            with contextlib.closing(store.reader()) as db:
                content = audit_xlsx(db, numbers, progress.steps)
            progress(1.0)
            write_list(path, content)
            return path

        self.desk.begin(t("Audit"), work, self._on_saved)

    def _on_saved(self, path: Path) -> None:
        self.desk.told.emit(Tone.DONE, t("Saved as {path}", path=path))

    def open(self, what: object) -> None:
        """A record's id shows what happened to it; anything else starts the filters anew."""
        self.row = what if isinstance(what, int) else None
        for box in (self.person, self.verb, self.table_box, self.period):
            box.setCurrentIndex(0)
        self.words.blockSignals(True)
        self.words.setText(what if isinstance(what, str) else "")
        self.words.blockSignals(False)
        self.look()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """Esc: the filter goes first, then back to the settings."""
        if self.wanted != AuditFilter():
            self.open(None)
        else:
            self.go.emit("settings", "store")

    def restyle(self) -> None:
        self.reword()
        self.model.reword()
        super().restyle()


