"""The duty desk 值班台: open events, what is due, how things stand, and the live log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.change import Change, Op, RowId
from db.errors import StoreError, WatchdeskError
from db.words import mark, t
from dispatch import deadlines, log
from dispatch.events import Event, open_events
from dispatch.log import LogEntry, LogId
from dispatch.orders import orders_of
from dispatch.quick_texts import quick_texts
from dispatch.sendings import unsent
from dispatch.statistics import situation
from dispatch.terms import ENTRY_NAMES, LEVEL_NAMES, TYPED_KINDS, EntryKind, Level
from dispatch.warnings import WarningId
from resources.localtime import local_day
from ui.desk import Desk, Tone
from ui.dialogs.draft import drafts_of
from ui.dialogs.reminder import ReminderSheet
from ui.dialogs.warning import WarningSheet
from ui.page import Page, make_action
from ui.shown import due_row, event_row, log_row
from ui.theme import Theme
from ui.widgets.due_list import DueList, DueRow
from ui.widgets.event_list import EventList, head_marks
from ui.widgets.log_list import LogList, LogRow
from ui.widgets.panel import Filter, Panel
from ui.widgets.phrases import Phrases
from ui.widgets.quick_entry import EntryKind as TypedKind
from ui.widgets.quick_entry import QuickEntry
from ui.widgets.situation import SituationPanel

SIDE = 416
SHOWN = 500
"""Entries on the desk; older ones are found by the filters, the search and the registers."""
DRAFT = "desk.line"
REGISTERS = (("Alt+C", "calls"), ("Alt+P", "papers"), ("Alt+B", "bulletins"))
FILTERS: Sequence[tuple[str, str, tuple[EntryKind, ...]]] = (
    ("all", mark("All"), ()),
    ("event", mark("entry|Event"), (EntryKind.EVENT, EntryKind.ORDER, EntryKind.STAGE,
                                    EntryKind.LEVEL, EntryKind.CASUALTY, EntryKind.ALARM)),
    ("instruction", mark("Instruction"), (EntryKind.INSTRUCTION,)),
    ("roll_call", mark("Roll call"), (EntryKind.ROLL_CALL,)),
    ("paper", mark("Paper"), (EntryKind.PAPER, EntryKind.WARNING)),
    ("weather", mark("entry|Weather"), (EntryKind.WEATHER,)),
)


class DeskPage(Page):
    """What the officer looks at all night; the quick-entry line has the focus."""

    key = "desk"

    def __init__(self, theme: Theme, desk: Desk,
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk, self.drafts = desk, drafts_of(desk)
        self._newest: LogEntry | None = None
        self.events, self.log = EventList(theme), LogList(theme)
        self.due, self.facts = DueList(theme), SituationPanel(theme)
        self.quick = QuickEntry(theme)
        self.event_panel, self.log_panel = Panel(theme), Panel(theme)
        self.due_panel = Panel(theme)
        self.acknowledge_action = make_action(self, "", "Alt+A", self.acknowledge_chosen)
        self.warning_action = make_action(self, "", "Alt+W", self.warn)
        self.reminder_action = make_action(self, "", "Alt+R", self.remind)
        self.register_actions = [
            make_action(self, "", key, lambda what=what: self.go.emit("registers", what))
            for key, what in REGISTERS]
        self.phrases = Phrases(lambda: quick_texts(desk.store), self)
        self.phrases.serve(self.quick.line)
        self._build()
        self._connect()
        self._fit()
        self._take_draft()

    def actions_shown(self) -> Sequence[QAction]:
        return (self.acknowledge_action, self.warning_action, self.reminder_action,
                *self.register_actions)

    def warn(self, chosen: int = 0) -> None:
        """Write down a warning that came in, or lift the one that is chosen."""
        sheet = WarningSheet(self.theme, self.desk, self.window(), chosen)
        sheet.again = lambda: self.warn(chosen)
        sheet.present("which")

    def remind(self, chosen: int = 0) -> None:
        """Write down what is to be done at a time, or tick off the one that is chosen."""
        sheet = ReminderSheet(self.theme, self.desk, self.window(), chosen)
        sheet.again = lambda: self.remind(chosen)
        sheet.present("which" if chosen else "title")

    # building

    def _build(self) -> None:
        self.event_panel.body.addWidget(self.events)
        self.log_panel.body.addWidget(self.log, 1)
        self.log_panel.body.addWidget(self.quick)
        self.due_panel.body.addWidget(self.due, 1)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(self.event_panel)
        self._left.addWidget(self.log_panel, 1)
        self._side = QWidget()
        self._side.setLayout(self._right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.addWidget(self.due_panel, 1)
        self._right.addWidget(self.facts)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._left, 1)
        self._row.addWidget(self._side)
        self.setFocusProxy(self.quick)

    def _connect(self) -> None:
        self.events.activated_row.connect(lambda row: self.go.emit("event", row.id))
        self.due.activated_row.connect(self._follow_due)
        self.quick.submitted.connect(self._write)
        self.log.activated_row.connect(self._open_entry)
        self.log_panel.filtered.connect(lambda _key: self._load_log())
        self._saver = QTimer(self)
        self._saver.setSingleShot(True)
        self._saver.setInterval(400)
        self._saver.timeout.connect(self._keep_draft)
        self.quick.line.textChanged.connect(lambda _words: self._saver.start())

    def _fit(self) -> None:
        px = self.theme.px
        for layout in (self._left, self._right, self._row):
            layout.setSpacing(px(8))
        self._side.setFixedWidth(px(SIDE))
        self.quick.set_kinds([TypedKind(k, t(ENTRY_NAMES[k])) for k in TYPED_KINDS],
                             self.quick.kind)
        chosen = self.log_panel.chosen_filter
        self.log_panel.set_filters([Filter(k, t(words)) for k, words, _ in FILTERS], chosen)
        self.event_panel.set_marks(head_marks())
        self.acknowledge_action.setText(t("Acknowledge"))
        self.warning_action.setText(t("Warning"))
        self.reminder_action.setText(t("Reminder"))
        for action, words in zip(self.register_actions, (
                t("Calls"), t("register|Papers"), t("Bulletins")), strict=True):
            action.setText(words)
        self.events.when_empty = t("No event is open. F2 takes one in.")
        self.due.when_empty = t("Nothing is due.")
        self.log.when_empty = t("Type a line below and press Enter: it is in the log.")

    def restyle(self) -> None:
        self._fit()
        super().restyle()

    # what is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and self._only_appended(change):
            self._append_newest()
        else:
            self._load_log()
        if not isinstance(change, Change) or change.tables() != {"log"}:
            self._load_events()
            self._load_facts()
        self._load_due()

    def _only_appended(self, change: Change) -> bool:
        touched = [touch for touch in change.touched if touch.table == "log"]
        return (change.verb != "log.strike" and self._newest is not None
                and all(touch.op is Op.INSERT for touch in touched))

    def _kinds(self) -> tuple[EntryKind, ...]:
        chosen = self.log_panel.chosen_filter
        return next((kinds for key, _, kinds in FILTERS if key == chosen), ())

    def _load_log(self) -> None:
        found = log.entries(self.desk.store, kinds=self._kinds(), limit=SHOWN)
        self._newest = found[0] if found else None
        self.log.set_rows(log_row(e) for e in reversed(found))
        self._name_log()

    def _append_newest(self) -> None:
        """Add what came since; a back-filled entry belongs further up, so then all is read."""
        newest = self._newest
        found = log.entries(self.desk.store, kinds=self._kinds(), limit=20)
        fresh = [e for e in found if newest is None or e.no > newest.no]
        late = [e for e in fresh if newest is not None and e.at < newest.at]
        if late or len(fresh) == len(found):
            self._load_log()
            return
        for entry in reversed(fresh):
            self.log.append(log_row(entry))
            self._newest = entry
        self._name_log()

    def _name_log(self) -> None:
        shift = log.open_shift(self.desk.store)
        count = self.desk.store.value(
            "select count(*) from log where shift_id = :shift", shift=shift) if shift else 0
        self.log_panel.set_title(t("Duty log"), t("{n} in this shift", n=count or 0))

    def _load_events(self) -> None:
        store = self.desk.store
        waiting = unsent(store)
        rows = []
        found = open_events(store)
        for event in found:
            mine = [s for s in waiting if s.event_id == event.id]
            rows.append(event_row(event, orders_of(store, event.id), mine))
        self.events.set_rows(rows)
        self.event_panel.set_title(t("In progress"), str(len(rows)), level_counts(found))
        shown = max(1, min(4, len(rows)))
        self.event_panel.setFixedHeight(self.theme.px(40 + 72 * shown) + 2)
        self.events.setAccessibleDescription("" if rows else self.events.when_empty)

    def _load_facts(self) -> None:
        store, now = self.desk.store, self.desk.now()
        weather = log.entries(store, kinds=[EntryKind.WEATHER], limit=1)
        self.facts.set_facts(situation(store, now), now, weather[0].text if weather else "")

    def _load_due(self) -> None:
        rows = [due_row(d) for d in deadlines.due_list(self.desk.store, self.desk.now())]
        self.due.set_due(rows)
        self._name_due(rows)

    def _name_due(self, rows: Sequence[DueRow]) -> None:
        over = sum(1 for row in rows if row.due < self.desk.now())
        self.due_panel.set_title(t("panel|Due"), str(len(rows)),
                                 flag=t("{n} overdue", n=over) if over else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.quick.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self, now: datetime) -> None:
        for part in (self.events, self.due, self.quick):
            part.tick(now)
        self._name_due([r for r in self.due.rows_model.rows if isinstance(r, DueRow)])

    # what the officer does

    def _write(self, kind: str, words: str) -> None:
        try:
            log.append_entry(self.desk.store, words, kind=EntryKind(kind), by=self.desk.officer)
        except WatchdeskError as error:
            self.quick.failed(str(error))
            return
        self.quick.stored()
        self._keep_draft()

    def _follow_due(self, row: object) -> None:
        if not isinstance(row, DueRow):
            return
        due = next((d for d in deadlines.due_list(self.desk.store, self.desk.now())
                    if d.key == row.id), None)
        if due is None:
            return
        if (there := page_of(due)) is not None:
            self.go.emit(*there)
        elif due.act is deadlines.Act.WARNING:
            self.warn(int(due.ref))
        elif due.act is deadlines.Act.RECEIPT:
            from ui.dialogs.warning_passes import show_receipts

            show_receipts(self.theme, self.desk, self.window(), WarningId(due.ref))
        elif due.act is deadlines.Act.REMINDER:
            self.remind(int(due.ref))
        elif due.overdue:
            self.acknowledge_chosen()

    def _open_entry(self, row: object) -> None:
        if isinstance(row, LogRow):
            entry = log.entry(self.desk.store, LogId(RowId(row.id)))
            if entry.event_id is not None:
                self.go.emit("event", entry.event_id)

    def chosen_event(self) -> int | None:
        """The event chosen in the list, else the newest open one."""
        row = self.events.current_row
        rows = self.events.rows_model.rows
        return row.id if row is not None else (rows[0].id if rows else None)

    def acknowledge_chosen(self) -> None:
        """Acknowledge by name: the overdue row that is chosen, else the first one nobody has."""
        now = self.desk.now()
        late = [r for r in self.due.rows_model.rows
                if isinstance(r, DueRow) and r.due < now and not r.acknowledged]
        row = next((r for r in late if r == self.due.current_row), next(iter(late), None))
        if row is None:
            self.desk.told.emit(Tone.DONE, t("Nothing overdue waits to be acknowledged."))
            return
        self.desk.act(lambda: deadlines.acknowledge(self.desk.store, row.id,
                                                    by=self.desk.officer))

    # half-typed words survive

    def _take_draft(self) -> None:
        kept = self.drafts.all().get(DRAFT)
        if kept and kept.get("words"):
            self.quick.keep(str(kept["words"]))
            self.quick.choose_kind(str(kept.get("kind", "")))

    def _keep_draft(self) -> None:
        try:
            if self.quick.words.strip():
                self.drafts.keep(DRAFT, {"words": self.quick.words, "kind": self.quick.kind})
            else:
                self.drafts.forget(DRAFT)
        except StoreError as error:  # the words stay in their line
            self.desk.told.emit(Tone.REFUSED, str(error))


def level_counts(events: Sequence[Event]) -> str:
    """`Major 1・Ordinary 1・to be graded 1`, for the panel's head."""
    counts: dict[int, int] = {}
    for event in events:
        level = int(event.level or 0)
        counts[level] = counts.get(level, 0) + 1
    words = [f"{t(LEVEL_NAMES[Level(n)]) if n else t('to be graded')} {counts[n]}"
             for n in sorted(counts, key=lambda n: n or 9)]
    return "・".join(words)


def page_of(due: deadlines.Due) -> tuple[str, object] | None:
    """The page that settles what is due, and what it opens on; None where the desk does it."""
    act = deadlines.Act
    if due.act is act.ROLL_CALL:
        return "rollcall", int(due.ref) if due.key.startswith("rolling:") else due.key
    if due.event_id is not None and due.act not in (act.PAPER, act.REMINDER, act.CALLOUT):
        improving = due.act is act.IMPROVEMENT
        return "after_action" if improving else "event", due.event_id
    return {deadlines.Act.PAPER: ("registers", f"paper:{int(due.ref)}"),
            deadlines.Act.HANDOVER: ("handover", None),
            deadlines.Act.DUTY: ("roster", local_day(due.at)),
            deadlines.Act.UPKEEP: ("upkeep", due.key.removeprefix("upkeep:")),
            deadlines.Act.CALLOUT: ("callout", int(due.ref)),
            deadlines.Act.RECORD: ("settings", "store"),
            deadlines.Act.DRILL: ("drillplan", due.key)}.get(due.act)
