"""The event page 事件: facts, casualties, timeline, log and forces of one event, on one screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.change import RowId
from db.errors import WatchdeskError
from db.words import t
from dispatch.filing import counts_of_rows
from dispatch.linking import linked, whereto
from dispatch.log import append_entry
from dispatch.quick_texts import quick_texts
from dispatch.reports_up import ReportId
from dispatch.terms import EntryKind
from ui.desk import Desk, Tone
from ui.dialogs.draft import DraftKeeper
from ui.page import Page, make_action
from ui.pages.event_acts import EventActs
from ui.pages.event_layout import EventParts
from ui.pages.event_papers import (
    make_after_action,
    make_bulletin,
    make_notice,
    make_order_sheet,
    make_report,
)
from ui.pages.event_rows import fact_rows, force_rows, lane_facts, series_rows
from ui.pages.event_view import (
    EventView,
    capability_chips,
    head_facts,
    log_filter,
    now_or_end,
    read_view,
)
from ui.pages.paper import Paper
from ui.shown import log_row, short_number
from ui.theme import Theme
from ui.widgets.force_list import ForceRow
from ui.widgets.phrases import Phrases

MANY = 9
"""More forces than have a number key get filters above them."""
SPANS: dict[str, timedelta | None] = {
    "1h": timedelta(hours=1), "2h": timedelta(hours=2), "all": None}


class EventPage(Page):
    """One event. `open(id)` shows it; number keys stamp the next stage of a force.

    Alt and a number do the same while something is typed; Shift and a number, or T, ask for
    time and strength. P makes the after-action report and shows it in the preview.
    """

    key, rail_key = "event", "events"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.event_id: RowId | None = None
        self.view: EventView | None = None
        self.parts = EventParts(theme, self)
        self.acts = EventActs(theme, desk, self)
        self.keeper: DraftKeeper | None = None
        self.went: tuple[RowId | None, str] = (None, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.parts)
        self._actions: list[QAction] = []
        self._make_actions()
        self.phrases = Phrases(lambda: quick_texts(desk.store), self)
        self.phrases.serve(self.parts.entry.line)
        self._connect()

    # What is shown

    def open(self, what: object) -> None:
        """Show the event of this id; a half-typed line of it comes back."""
        if not isinstance(what, int):
            raise TypeError(what)
        if self.keeper is not None:
            self.keeper.flush()
        self.acts.put_away()
        self.event_id = RowId(what)
        self.keeper = DraftKeeper(self.desk, f"line:{what}",
                                  lambda: {"words": self.parts.entry.words}, self)
        kept = self.keeper.kept() or {}
        self.parts.entry.keep(str(kept.get("words", "")))
        self.load(None)
        if self.view is not None and not self.view.open:
            self.parts.show_whole()
        self.parts.forces.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self, change: object | None) -> None:  # noqa: ARG002 - one event is read whole
        if self.event_id is None:
            return
        number = self.event_id
        view = self.desk.act(lambda: read_view(self.desk.store, number))
        if view is None:
            return
        was_open = self.view.open if self.view is not None else None
        same = self.view is not None and self.view.of.id == view.of.id
        self.view = view
        gone = whereto(self.desk.store, view.of.id)
        self.went = (gone.id, gone.number) if gone else (None, "")
        if gone and same and was_open:
            self.desk.told.emit(Tone.REFUSED, t(
                "Event {number} was merged into {kept} {title}. Y goes there.",
                number=view.of.number, kept=gone.number, title=gone.title))
        self._show_sides(view)
        self._show_middle(view)
        self.tick(self.desk.now())
        if was_open != view.open:
            self._make_actions()
            self.actions_changed.emit()

    def _show_sides(self, view: EventView) -> None:
        parts = self.parts
        parts.head.show_facts(head_facts(view))
        parts.facts.set_facts(fact_rows(view.of, linked(self.desk.store, view.of.id)))
        heads, rows = series_rows(view.series, view.of.counts)
        note = t("update {n}", n=len(view.series)) if view.series else t("none reported")
        parts.series_panel.set_title(t("Casualties and impact"), note=note)
        parts.series.show_rows(heads, rows, view.of.level_basis)
        self._show_forces(parts.force_panel.chosen_filter)
        parts.chips.show_chips(*capability_chips(view))
        self._title_forces()

    def _show_forces(self, key: str) -> None:
        """All forces, or those still to come, or those there; many can be told apart so."""
        if self.view is None:
            return
        self.parts.offer_force_filters(many=len(self.view.orders) > MANY)
        wanted = [o for o in self.view.orders if key in ("", "all")
                  or (o.out and o.on_scene == (key == "scene"))]
        self.parts.forces.set_rows(force_rows(wanted, self.view.checks))

    def _show_middle(self, view: EventView) -> None:
        parts, now = self.parts, self.desk.now()
        facts = lane_facts(view.of, view.orders, view.log, view.waiting)
        parts.chart.set_facts(facts, now_or_end(view, now))
        parts.fit()
        self._show_log(parts.log_panel.chosen_filter)
        parts.log_panel.set_title(t("Event log"), t("{n} entries", n=len(view.log)))
        parts.entry.set_event(short_number(view.of.number))

    def _show_log(self, key: str) -> None:
        if self.view is not None:
            shown = [e for e in self.view.log if log_filter(e, key)]
            files = counts_of_rows(self.desk.store, [e.id for e in shown])
            self.parts.log.set_rows([replace(log_row(e), attachments=files.get(e.id, 0))
                                     for e in shown])

    def _title_forces(self) -> None:
        late = self.parts.forces.overdue_count
        self.parts.force_panel.set_title(
            t("Forces"), str(len(self.parts.forces.rows_model.rows)),
            flag=t("Overdue {n}", n=late) if late else "")

    def tick(self, now: datetime) -> None:
        before = self.parts.forces.overdue_count
        self.parts.tick(now)
        if self.parts.forces.overdue_count != before:
            self._title_forces()

    def restyle(self) -> None:
        self.parts.reword()
        self._make_actions()
        self.actions_changed.emit()  # the window let the old ones go while it still has them
        super().restyle()

    # Keys

    def actions_shown(self) -> Sequence[QAction]:
        return self._actions

    def _make_actions(self) -> None:
        """Keys for the F-bar, in its order; words follow language and state."""
        for old in self._actions:
            old.deleteLater()
        is_open = self.view is None or self.view.open
        acts = self.acts
        rows: list[tuple[str, str, Callable[[], object], bool]] = [
            (t("verb|Note"), "F3", self.write, True),
            (t("verb|Dispatch"), "F4", self._with(acts.dispatch), is_open),
            (t("Next stage"), "F5", self.advance_chosen, is_open),
            (t("Instruct"), "F6", self._with(acts.instruct), True),
            (t("verb|Report"), "F8", self._with(acts.report), True),
            (t("Grade"), "G", self._with(acts.grade), is_open),
            (t("Casualties"), "C", self._with(acts.count), is_open),
            (t("Response"), "R", self._with(acts.respond), is_open),
            (t("Facts"), "E", self._with(acts.edit), True),
            (t("Call"), "N", self._with(acts.call), is_open),
            (t("Files"), "A", self.files, True),
            (t("On the map"), "L", self.show_on_map, True),
            (t("Other events"), "J", self._with(acts.join), is_open),
            (t("Duty flash"), "B", self._with(acts.flash), True),
            (t("Go to {number}", number=self.went[1]), "Y", self.follow, bool(self.went[0])),
            (t("Stage time"), "T", self.stage_chosen, True),
            (t("All well"), "K", self.all_well, is_open),
            (t("Check-in"), "Shift+K", self._with_force(acts.check_in), is_open),
            (t("People"), "M", self._with_force(acts.count_people), is_open),
            (t("Goods"), "S", self._with(acts.goods), True),
            (t("Order sheet"), "O", self.print_orders, True),
            (t("verb|Call out"), "H", self.call_out, is_open),
            (t("verb|Strike"), "X", self.strike_chosen, True),
            (t("verb|Close") if is_open else t("verb|Reopen"), "W", self._with(acts.close), True),
            (t("page|After-action"), "V", self.review, True),
            (t("verb|Print"), "P", self.print_out, True),
            (t("verb|Back"), "Esc", self.back, True)]
        self._actions = [make_action(self, words, key, act) for words, key, act, on in rows if on]

    def _with(self, act: Callable[[EventView], object]) -> Callable[[], None]:
        """The act on the event in view; before one is opened there is nothing to act on."""
        def run() -> None:
            if self.view is not None:
                act(self.view)
        return run

    def _connect(self) -> None:
        parts = self.parts
        parts.facts.doubled.connect(self.show_on_map)
        parts.forces.advance_asked.connect(lambda row: self.acts.advance(row.id, row.stage_key))
        parts.forces.activated_row.connect(lambda _row: self.advance_chosen())
        parts.force_panel.filtered.connect(self._show_forces)
        self.acts.notice_asked.connect(lambda of: make_notice(self.desk, of, self._preview))
        parts.log.activated_row.connect(lambda row: self.acts.strike(row.id))
        parts.chart_panel.filtered.connect(lambda key: parts.chart.show_span(SPANS[key]))
        parts.log_panel.filtered.connect(self._show_log)
        parts.entry.submitted.connect(self._log)
        parts.entry.typed.connect(lambda _words: self.keeper.touch() if self.keeper else None)
        self.acts.bulletin_asked.connect(
            lambda number: make_bulletin(self.desk, number, self._preview, "event"))
        self.acts.left.connect(lambda: parts.forces.setFocus(Qt.FocusReason.OtherFocusReason))
        self.acts.print_asked.connect(
            lambda number: make_report(self.desk, ReportId(RowId(number)), self._preview))
        for n in range(1, 10):
            for keys, act in ((f"{n}", self.stamp), (f"Alt+{n}", self.stamp),
                              (f"Shift+{n}", self.stage_of)):
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(lambda a=act, k=str(n): a(k))

    def show_on_map(self) -> None:
        """L, or a double click on the facts: the event where it is."""
        if self.view is not None:
            self.go.emit("map", ("event", int(self.view.of.id)))

    def _row_of(self, key: str) -> ForceRow | None:
        return next((r for r in self.parts.forces.rows_model.rows if r.key == key), None)

    def stamp(self, key: str) -> None:
        """Stamp the next stage of the force that carries this number."""
        if (row := self._row_of(key)) is not None:
            self.acts.advance(RowId(row.id), row.stage_key)

    def stage_of(self, key: str) -> None:
        if (row := self._row_of(key)) is not None:
            self.acts.stage(RowId(row.id))

    def _chosen_force(self) -> ForceRow | None:
        """The chosen force, else the most overdue one, else the first still out."""
        forces = self.parts.forces
        rows = [r for r in forces.rows_model.rows if r.next_word]
        now = self.desk.now()
        late = sorted((r for r in rows if forces.force_delegate.overdue(r)),
                      key=lambda r: now - r.ordered, reverse=True)
        row = forces.current_row or next(iter([*late, *rows]), None)
        if row is None:
            self.desk.told.emit(Tone.REFUSED, t("No force has been sent yet (F4)."))
        return row

    def advance_chosen(self) -> None:
        """The next stage of every force that is selected, else of the most pressing one."""
        rows = [r for r in self.parts.forces.chosen_rows if r.next_word]
        if not rows and (row := self._chosen_force()) is not None:
            rows = [row]
        for row in rows:
            self.acts.advance(RowId(row.id), row.stage_key)

    def all_well(self) -> None:
        """K: the selected forces on scene, else the one whose check-in is due first."""
        rows = [r for r in self.parts.forces.chosen_rows if r.check_at]
        waiting = sorted((r for r in self.parts.forces.rows_model.rows if r.check_at),
                         key=lambda r: r.check_at or r.ordered)
        for row in rows or waiting[:1]:
            self.acts.all_well(RowId(row.id))
        if not rows and not waiting:
            self.desk.told.emit(Tone.REFUSED, t("No force on scene waits for a check-in."))

    def _with_force(self, act: Callable[[RowId], object]) -> Callable[[], None]:
        """The act on the chosen force."""
        def run() -> None:
            if (row := self._chosen_force()) is not None:
                act(RowId(row.id))
        return run

    def call_out(self) -> None:
        """H: call out the forces of the plan and whoever else is chosen; then to the board."""
        if self.view is not None:
            self.acts.call_out(self.view, lambda of: self.go.emit("callout", of.id))

    def print_orders(self) -> None:
        if self.view is not None:
            make_order_sheet(self.desk, self.view.of, self._preview)

    def stage_chosen(self) -> None:
        if (row := self._chosen_force()) is not None:
            self.acts.stage(RowId(row.id))

    def strike_chosen(self) -> None:
        row = self.parts.log.current_row
        if row is None:
            self.desk.told.emit(Tone.REFUSED, t("Choose an entry of the log first."))
            self.parts.log.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.acts.strike(row.id)

    def follow(self) -> None:
        """Y: to the event that this one was merged into."""
        if self.went[0] is not None:
            self.open(self.went[0])

    def files(self) -> None:
        """A: files of the chosen entry when the log has the focus, else of the event."""
        if self.view is not None:
            row = self.parts.log.current_row if self.parts.log.hasFocus() else None
            self.acts.files(self.view, row.id if row else None)

    def review(self) -> None:
        """V: the after-action, open or closed."""
        if self.event_id is not None:
            self.go.emit("after_action", self.event_id)

    def print_out(self) -> None:
        if self.view is not None:
            make_after_action(self.desk, self.view.of, self._preview)

    def _preview(self, paper: Paper) -> None:
        self.go.emit("preview", paper)

    def write(self) -> None:
        self.parts.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def back(self) -> None:
        """Esc: out of the line first, then to the list of events."""
        if self.parts.entry.line.hasFocus():
            self.parts.forces.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.acts.put_away()
        self.go.emit("events", None)

    # The log line

    def _log(self, kind: str, words: str) -> None:
        """Store one line of this event; the words leave the line only then."""
        try:
            append_entry(self.desk.store, words, kind=EntryKind(kind), event=self.event_id,
                         by=self.desk.officer)
        except WatchdeskError as error:
            self.parts.entry.failed(str(error))
            self.desk.told.emit(Tone.REFUSED, str(error))
            return
        self.parts.entry.stored()
        if self.keeper is not None:
            self.keeper.forget()
