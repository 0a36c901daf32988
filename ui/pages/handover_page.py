"""The handover 交接班 (F9): drafted from the shift, worded, checked, signed by both, sealed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db.change import RowId
from db.clock import to_text
from db.drafts import Drafts
from db.errors import WatchdeskError
from db.words import t
from dispatch.duty import handover as records
from dispatch.duty.facts import CheckResult
from dispatch.duty.handover import Handover, Words
from dispatch.duty.papers import handover_paper
from dispatch.duty.sealing import sign_handover
from dispatch.duty.shifts import ShiftState, current_shift
from dispatch.printouts.handover import handover_sheet
from resources.people import DESK
from ui.desk import Desk, Tone
from ui.dialogs.books import BooksSheet
from ui.dialogs.reminder import ReminderSheet
from ui.page import Page, make_action
from ui.pages.handover_facts import rows_of, sign_places
from ui.pages.handover_parts import SignPanel, WordsPanel
from ui.pages.paper import Paper
from ui.pages.rendering import render_sheet
from ui.theme import Theme
from ui.widgets.check_list import CheckList
from ui.widgets.fact_list import FactList
from ui.widgets.panel import Panel
from ui.widgets.signing import SignLine

KEEP_AFTER_MS = 400


class HandoverPage(Page):
    """Shows the handover of the shift on watch, or a past one that was chosen."""

    key = "handover"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk, self.drafts = desk, Drafts(desk.store.path.parent)
        self.shown: Handover | None = None
        self.chosen: RowId | None = None
        self.facts_panel, self.checks_panel = Panel(theme), Panel(theme)
        self.facts, self.checks = FactList(theme, t("Facts of the shift")), CheckList(theme)
        self.words, self.signing = WordsPanel(theme), SignPanel(theme)
        self.empty = QLabel()
        self.print_action = make_action(self, "", "P", self.print_paper)
        self.save_action = make_action(self, "", "Ctrl+S", self.keep_words)
        self.book_action = make_action(self, "", "B", self.print_book)
        self.add_action = make_action(self, "", "A", self.begin_addendum)
        self.remind_action = make_action(self, "", "N", self.remind)
        self.current_action = make_action(self, "", "Esc", self.show_current)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_AFTER_MS)
        self._keeping.timeout.connect(self.keep_draft)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.facts_panel.body.addWidget(self.facts)
        self.checks_panel.body.addWidget(self.checks)
        middle = QWidget()
        row, px = QHBoxLayout(self), self.theme.px
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.words, 3)
        column.addWidget(self.checks_panel, 2)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        row.addWidget(self.empty, 9)
        row.addWidget(self.facts_panel, 5)
        row.addWidget(middle, 6)
        row.addWidget(self.signing, 0)
        self.middle = middle
        self.signing.setFixedWidth(px(352))

    def _connect(self) -> None:
        self.words.edited.connect(self._keeping.start)
        self.words.save.clicked.connect(self.save_action.trigger)
        self.checks.changed.connect(self.record_checks)
        self.signing.sign_asked.connect(self.sign)
        self.signing.print_button.clicked.connect(self.print_action.trigger)
        self.signing.add_asked.connect(self.add_addendum)
        self.signing.past_chosen.connect(self.open)

    # What is shown

    def load(self, _change: object | None) -> None:
        store, px = self.desk.store, self.theme.px
        self.signing.setFixedWidth(px(352))
        self._reword()
        self.shown = self._find()
        there = self.shown is not None
        self.empty.setText(t("No shift is on watch, so there is nothing to hand over. Past"
                             " handovers stand at the right."))
        for part in (self.facts_panel, self.middle):
            part.setVisible(there)
        self.empty.setVisible(not there)
        self.signing.show_past(records.handovers(store), self.shown.id if self.shown else None)
        if self.shown is not None:
            self._show(self.shown)
        else:
            self.signing.show_handover(None, ())
        self.actions_changed.emit()

    def _find(self) -> Handover | None:
        store = self.desk.store
        if self.chosen is not None:
            return records.handover(store, self.chosen)
        going = current_shift(store, self.desk.now())
        return records.handover_of(store, going.id) if going else None

    def _show(self, found: Handover) -> None:
        now = found.sealed_at or self.desk.now()
        self.facts_panel.set_title(t("Facts of the shift"), found.number, note=t(
            "sealed") if found.sealed else t("follows the record"))
        self.facts.set_rows(rows_of(found.facts, to_text(now)))
        kept = {} if found.sealed else self.drafts.all().get(self._draft_key(found), {})
        self.words.show_words(found, kept)
        faults = sum(not c.ok for c in found.checks)
        self.checks_panel.set_title(t("Checks"), str(len(found.checks)),
                                    note=t("{n} faults", n=faults) if faults else "")
        self.checks.set_checks(found.checks, fixed=found.sealed)
        self.signing.show_handover(found, sign_places(self.desk.store, found))

    def _reword(self) -> None:
        for action, words in ((self.print_action, t("Preview and print")),
                              (self.save_action, t("Keep the words")),
                              (self.add_action, t("Addendum")),
                              (self.book_action, t("Books and blank forms")),
                              (self.remind_action, t("Reminder")),
                              (self.current_action, t("Current shift"))):
            action.setText(words)
        self.words.reword()
        self.signing.reword()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.draft)

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_draft()
        super().hideEvent(event)

    def open(self, what: object) -> None:
        """Show the handover of this id."""
        if isinstance(what, int):
            self.keep_draft()
            self.chosen = RowId(what)
            self.load(None)

    def show_current(self) -> None:
        """Back to the handover of the shift on watch."""
        self.chosen = None
        self.load(None)
        self.draft()

    def draft(self) -> None:
        """Draft the handover of the shift on watch if there is none yet."""
        desk, store = self.desk, self.desk.store
        if self.shown is not None or self.chosen is not None or store.read_only:
            return
        going = current_shift(store, desk.now())
        if going is None or going.state is not ShiftState.OPEN or not desk.has_officer:
            return
        if desk.officer.roles & set(DESK):
            desk.act(lambda: records.draft_handover(store, going.id, by=desk.officer))
            self.load(None)

    def actions_shown(self) -> Sequence[QAction]:
        if self.shown is None:
            return (*((self.current_action,) if self.chosen else ()), self.book_action)
        own = (self.add_action,) if self.shown.sealed else (self.save_action, self.remind_action)
        back = (self.current_action,) if self.chosen is not None else ()
        return (self.print_action, *own, self.book_action, *back)

    # Words and checks

    def _draft_key(self, found: Handover) -> str:
        return f"handover.{found.id}"

    def keep_draft(self) -> None:
        """Keep half-written words aside, so that a crash does not take them."""
        found = self.shown
        self._keeping.stop()
        if found is None or found.sealed or not self.words.dirty:
            return
        words = self.words.values
        self.desk.act(lambda: self.drafts.keep(self._draft_key(found), {
            "summary": words.summary, "notes": dict(words.notes), "remarks": words.remarks}))

    def keep_words(self) -> None:
        """Ctrl+S: keep what was written, or say that there is nothing to keep."""
        if not self.words.dirty:
            self.desk.told.emit(Tone.DONE, t("Nothing was changed since the words were kept."))
        self.commit_words()

    def commit_words(self) -> bool:
        """Put the words into the record; signatures given before are withdrawn."""
        found, desk = self.shown, self.desk
        if found is None or found.sealed or not self.words.dirty:
            return True
        words: Words = self.words.values
        kept = desk.act(lambda: records.edit_words(desk.store, found.id, words, by=desk.officer),
                        t("The words are kept"))
        if kept is None:
            return False
        self._keeping.stop()
        self.words.dirty = False
        self.drafts.forget(self._draft_key(found))
        self.load(None)
        return True

    def record_checks(self, checks: tuple[CheckResult, ...]) -> None:
        found, desk = self.shown, self.desk
        if found is None or found.sealed:
            return
        self.keep_draft()
        desk.act(lambda: records.record_checks(desk.store, found.id, checks, by=desk.officer))
        self.load(None)

    # Signing, printing, adding

    def sign(self, line: SignLine, officer_id: int, password: str) -> None:
        """Sign one side; a wrong password is said beside its field."""
        if not self.commit_words() or self.shown is None:
            return
        found, place, desk = self.shown, line.place, self.desk
        try:
            done = sign_handover(desk.store, found.id, officer_id, password,
                                 side="out" if place.side == "out" else "in", post=place.post,
                                 by=desk.officer)
        except WatchdeskError as error:
            line.refuse(error)
            return
        if done.sealed:
            self.chosen = RowId(done.id)
            desk.told.emit(Tone.DONE, t("{number} is sealed. The next shift is on watch.",
                                        number=done.number))
        self.load(None)

    def print_paper(self) -> None:
        """Make the paper in the background and show it in the preview."""
        if not self.commit_words() or self.shown is None:
            return
        found = self.shown
        render_sheet(self.desk, handover_sheet(handover_paper(self.desk.store, found)),
                     t("Handover {number}", number=found.number), found.number, self._preview,
                     back_to=self.key, code=found.code)

    def _preview(self, paper: Paper) -> None:
        self.go.emit("preview", paper)

    def print_book(self) -> None:
        """A register of a month: duty log, handovers, calls."""
        sheet = BooksSheet(self.theme, self.desk, self.window(), self._preview)
        sheet.again = self.print_book
        sheet.present("book")

    def remind(self) -> None:
        """Leave the next shift a reminder; it stands among the facts at once."""
        sheet = ReminderSheet(self.theme, self.desk, self.window())
        sheet.again = self.remind
        sheet.present("title")

    def begin_addendum(self) -> None:
        self.signing.addendum.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add_addendum(self, text: str) -> None:
        found, desk = self.shown, self.desk
        if found is None:
            return
        if desk.act(lambda: records.add_addendum(desk.store, found.id, text, by=desk.officer),
                    t("The addendum is on record")) is not None:
            self.signing.addendum.clear()
            self.facts.setFocus(Qt.FocusReason.OtherFocusReason)  # letters are keys again
            self.load(None)
