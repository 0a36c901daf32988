"""The board page 呼叫看板: every recipient of a call-out, its state, and the running share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from db.change import Change, RowId
from db.errors import Refused
from db.words import mark, t
from dispatch.net.answers import note_answer
from dispatch.net.board import Message, Recipient, copy_groups, recipients, share
from dispatch.net.callouts import Callout, callout, callouts, close_callout
from dispatch.net.outbox import decide, try_again
from dispatch.net.papers import callout_book, callout_paper
from dispatch.net.terms import SEND_NAMES, STANDING_NAMES, Answer, Standing
from resources.localtime import clock_text, moment_text
from ui import moments
from ui.desk import Desk, Tone
from ui.dialogs.answer import AnswerSheet
from ui.pages.acts_page import ActsPage
from ui.pages.giving_out import preview, save_list
from ui.pages.net_side import copy_number
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.number_list import NumberList
from ui.widgets.panel import Filter, Panel
from ui.widgets.share_bar import ShareBar
from ui.widgets.table import TableView

LEFT, WIDTH, GROUP = 248, 320, 50
LEFT_SMALL, SIDE_SMALL, LEAST = 184, 256, 1000
SOON_MS = 200
"""Messages come back a few at a time; the board of hundreds follows them together."""
TABLES = {"callout", "callout_to", "outbox"}
FIRST = {s: n for n, s in enumerate((Standing.UNKNOWN, Standing.FAILED, Standing.BY_HAND,
                                     Standing.QUEUED, Standing.SENT, Standing.DELIVERED,
                                     Standing.REFUSED, Standing.NO_ANSWER,
                                     Standing.ACKNOWLEDGED))}
"""What asks for a hand stands first."""


def _tried(r: Recipient) -> str:
    """`2/5 000-7001`: which of its numbers is tried now."""
    if r.contact is None:
        return t("no number")
    return f"{r.step + 1}/{len(r.steps)}  {r.contact.phone or r.contact.mail}"


def _note(r: Recipient) -> str:
    says = next((m.says for m in reversed(r.messages) if m.says), "")
    return r.note or (says if r.answer is Answer.NONE else "")


COLUMNS: tuple[Column[Recipient], ...] = (
    Column(mark("column|No."), lambda r: str(r.place), Qt.AlignmentFlag.AlignRight, 56,
           muted=True),
    Column(mark("Unit"), lambda r: r.name, width=140, stretch=True, bold=True,
           tip=lambda r: r.name),
    Column(mark("State"), lambda r: t(STANDING_NAMES[r.standing]), width=120, bold=True),
    Column(mark("Tried now"), _tried, width=132, tip=_tried),
    Column(mark("head|Min"), lambda r: str(r.minutes) if r.minutes is not None else "",
           Qt.AlignmentFlag.AlignRight, 52),
    Column(mark("Answered by"), lambda r: r.answered_by, width=104),
    Column(mark("Note"), _note, width=100, muted=True, tip=_note))


class CalloutPage(ActsPage):
    """`open(id)` shows a call-out; Y notes that the unit at hand confirmed, Enter asks more."""

    key, rail_key = "callout", "net"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.of: Callout | None = None
        self.all_rows: list[Recipient] = []
        self.list_panel, self.list = Panel(theme), FactList(theme, t("Call-outs"))
        self.side, self.numbers = Panel(theme), NumberList(theme)
        self.messages = FactList(theme, t("Messages"))
        self.bar, self.text = ShareBar(theme), QLabel()
        self.model: RowsModel[Recipient] = RowsModel(COLUMNS, lambda r: r.id, self._spoken)
        self.table = TableView(theme, self.model, t("Recipients"))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._on_sent)
        self._build()
        self._make_acts()
        self.reword()

    def title(self) -> str:
        return t("Call-out")

    def _build(self) -> None:
        px = self.theme.px
        self.list_panel.body.addWidget(self.list, 1)
        self.text.setWordWrap(True)
        self.text.setProperty("tone", "muted")
        self.text.setContentsMargins(px(16), px(8), px(16), px(8))
        self.side.body.addWidget(self.numbers)
        self.side.body.addWidget(self.text)
        self.side.body.addWidget(self.messages, 1)
        self.stand(self.list_panel, self.side, (LEFT, WIDTH), (LEFT_SMALL, SIDE_SMALL))
        self.filters.addStretch(1)
        self.panel.body.insertWidget(0, self.bar)
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)
        self.list.chosen_row.connect(self._on_listed)
        self.list.activated_row.connect(lambda _r: self.table.setFocus())
        self.table.chosen_row.connect(lambda _r: self._on_recipient())
        self.table.activated_row.connect(lambda _r: self.answer())
        self.panel.filtered.connect(lambda _key: self._fill())
        self.numbers.asked.connect(lambda r: copy_number(self.desk, r))

    def _make_acts(self) -> None:
        self.add_verb("Y", partial(self.quick, Answer.ACKNOWLEDGED), primary=True)
        self.add_verb("R", partial(self.quick, Answer.REFUSED))
        self.add_verb("S", partial(self.quick, Answer.NO_ANSWER))
        self.add_verb("T", self.copy_text)
        self.add_acts({
            "C": self.copy, "U": partial(self.decide, True), "I": partial(self.decide, False),
            "G": self.again, "W": self.close_it, "P": self.print_out, "B": self.print_blank,
            "X": self.export, "E": self.to_event})

    def verbs(self) -> dict[str, str]:
        return {"Y": t("Confirmed"), "R": t("Declined"), "S": t("No answer"),
                "T": t("Copy text"), "J": t("More acts")}

    def act_words(self) -> dict[str, str]:
        return {"C": t("Copy the number"), "U": t("It was sent: do not send again"),
                 "I": t("It was not sent: send now"), "G": t("Try what failed again"),
                 "W": t("End the call-out"), "P": t("Call sheet"), "B": t("Blank call sheet"),
                 "X": t("Save as xlsx"), "E": t("To the event")}

    def reword(self) -> None:
        self.list_panel.set_title(t("Call-outs"))
        self.list.when_empty = t("H on the net or an event calls out.")
        self.panel.set_filters((Filter("all", t("filter|All")),
                                Filter("open", t("filter|No answer yet")),
                                Filter("doubt", t("filter|Sent or not?"))))
        super().reword()

    def _spoken(self, r: Recipient) -> str:
        return t("list|, ").join((r.name, t(STANDING_NAMES[r.standing]), _tried(r)))

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change):
            if not change.tables() & TABLES:
                return
            if change.tables() & TABLES == {"outbox"}:
                self._soon.start()
                return
        if change is None:
            self.reword()
        rows = callouts(self.desk.store)
        going = [c for c in rows if c.open]
        past = [c for c in rows if not c.open]
        facts: list[Fact] = []
        for head, some in ((t("roll|Under way"), going), (t("roll|Ended"), past)):
            if some:
                facts += [Fact(f"head:{head}", head, right=str(len(some)), head=True), *(
                    Fact(str(c.id), c.title, c.number, moment_text(c.made_at)) for c in some)]
        self.list.set_rows(facts)
        if self.of is not None:
            self.of = callout(self.desk.store, self.of.id)
        elif rows:
            self.of = (going or past)[0]
            self.list.choose(str(self.of.id))
        self._show()

    def _on_sent(self) -> None:
        """What was sent meanwhile, unless the page went out of view."""
        if not self.isVisible():
            self.stale = True
        elif self.of is not None:
            self._show()

    def _on_listed(self, row: object) -> None:
        if isinstance(row, Fact) and row.key.isdigit():
            number = RowId(int(row.key))
            if self.of is None or self.of.id != number:
                self.of = callout(self.desk.store, number)
                self._show()

    def open(self, what: object) -> None:
        if isinstance(what, int):
            self.of = callout(self.desk.store, RowId(what))
        self.load(None)
        if self.of is not None:
            self.list.choose(str(self.of.id))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        of = self.of
        self.all_rows = recipients(self.desk.store, of.id) if of is not None else []
        self._fill()
        note = ""
        if of is not None:
            note = t("{time}, by {name}", time=moment_text(of.made_at), name=of.officer)
            if of.closed_at is not None:
                note += t("; ") + t("ended {time}", time=moment_text(of.closed_at))
        self.panel.set_title(of.title if of is not None else self.title(),
                             of.number if of is not None else "", note)
        self.totals.setText(" ".join(of.text.split()) if of is not None else t(
            "No call-out yet. H on the net page or an event's page calls out."))
        self.tick(self.desk.now())
        self._on_recipient()

    def _fill(self) -> None:
        key = self.panel.chosen_filter
        rows = [r for r in self.all_rows if key in ("", "all")
                or (key == "open" and r.answer is Answer.NONE)
                or (key == "doubt" and r.standing is Standing.UNKNOWN)]
        self.model.replace(sorted(rows, key=lambda r: (FIRST[r.standing], r.place)))
        if self.table.current_row is None and rows:
            self.table.setCurrentIndex(self.model.index(0, 1))

    def tick(self, now: datetime) -> None:
        of = self.of
        since = moments.running((of.closed_at or now) - of.made_at) if of is not None else ""
        self.bar.show_share(share(self.all_rows), since)

    def _on_recipient(self) -> None:
        row: Recipient | None = self.table.current_row
        self.side.set_title(row.name if row is not None else t("Nothing chosen"))
        self.numbers.show_numbers(row.steps if row is not None else (),
                                  now=row.step if row is not None else 0)
        self.text.setText(self._says(row) if row is not None else "")
        self.messages.when_empty = t("No message goes to this unit: call it.")
        self.messages.set_rows([] if row is None else [
            Fact(f"{n}", f"{m.channel}  {m.address}", m.says, _sent(m))
            for n, m in enumerate(row.messages)])

    def _says(self, row: Recipient) -> str:
        parts = [row.text]
        if row.next_at is not None and row.answer is Answer.NONE:
            parts.append(t("Next number at {time}", time=clock_text(row.next_at)))
        if row.standing is Standing.UNKNOWN:
            parts.append(t("The program ended or the line broke while this was sent. Ask the unit:"
                           " U if it came, I to send it now."))
        return "\n".join(parts)

    # What is done

    def _on(self, act: Callable[[Recipient], object], done: str = "") -> object:
        def run() -> object:
            row: Recipient | None = self.table.current_row
            if row is None:
                raise Refused("Choose a unit first.")
            return act(row)

        return self.desk.act(run, done)

    def quick(self, answer: Answer) -> None:
        """Y, R, S: the answer of the unit at hand by phone, now; then the next one waiting."""
        made = self._on(lambda r: note_answer(self.desk.store, r.id, answer, who=(
            r.contact.name if r.contact is not None and answer is not Answer.NO_ANSWER else ""),
            by=self.desk.officer))
        if isinstance(made, Recipient):
            if made.note:
                self.desk.told.emit(Tone.DONE, made.note)
            left = next((r for r in self.model.rows if r.answer is Answer.NONE), None)
            if left is not None:
                self.table.choose(left.id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self) -> None:
        self._on(lambda r: self.present(lambda host: AnswerSheet(
            self.theme, self.desk, host, r), "who"))

    def decide(self, got_out: bool) -> None:  # noqa: FBT001 - bound to its two keys
        self._on(lambda r: decide(self.desk.store, r.id, got_out=got_out, by=self.desk.officer),
                 t("Noted"))

    def again(self) -> None:
        self._on(lambda r: try_again(self.desk.store, r.id, by=self.desk.officer),
                 t("Queued once more"))

    def copy(self) -> None:
        rows = self.numbers.rows_model.rows
        copy_number(self.desk, next((r for r in rows if r.now), rows[0] if rows else None))

    def copy_text(self) -> None:
        """T: the text with the numbers of who has not answered, group after group."""
        if self.of is None:
            self.desk.told.emit(Tone.REFUSED, t("No call-out is in view."))
            return
        rows = [r for r in self.all_rows if r.answer is Answer.NONE] or self.all_rows
        groups = copy_groups(self.of.text, rows, GROUP)
        held = QGuiApplication.clipboard().text()
        at = (groups.index(held) + 1) % len(groups) if held in groups else 0
        QGuiApplication.clipboard().setText(groups[at])
        self.desk.told.emit(Tone.DONE, t("Group {n} of {all} copied; T again copies the next",
                                         n=at + 1, all=len(groups)))

    def close_it(self) -> None:
        """W twice: the first says who has not answered, the second ends the call-out."""
        of = self.of
        if of is None:
            self.desk.told.emit(Tone.REFUSED, t("No call-out is in view."))
            return
        left = sum(1 for r in self.all_rows if r.answer is Answer.NONE)
        if left and of.open and getattr(self, "_asked", None) != (of.id, left):
            self._asked = (of.id, left)
            self.desk.told.emit(Tone.REFUSED, t("{n} have not answered. W again ends the call-out"
                                                " and notes them as no answer.", n=left))
            return
        self.desk.act(lambda: close_callout(self.desk.store, of.id, by=self.desk.officer),
                      t("Call-out {number} has ended", number=of.number))

    def to_event(self) -> None:
        if self.of is not None and self.of.event_id is not None:
            self.go.emit("event", int(self.of.event_id))
        else:
            self.desk.told.emit(Tone.REFUSED, t("This call-out belongs to no event."))

    def print_out(self) -> None:
        of = self.of
        preview(self, self.desk, t("Call sheet"), of.number if of is not None else "call-sheet",
                lambda: callout_paper(self.desk.store, of))

    def print_blank(self) -> None:
        preview(self, self.desk, t("Blank call sheet"), "call-sheet-blank",
                lambda: callout_paper(self.desk.store, None))

    def export(self) -> None:
        of = self.of
        if of is None:
            self.desk.told.emit(Tone.REFUSED, t("No call-out is in view."))
        else:
            save_list(self, self.desk, of.number, self.choose_file,
                      lambda store: callout_book(store, of))

    def fit(self) -> None:
        """On the smallest screen the list goes."""
        super().fit()
        self.list_panel.setVisible(self.width() >= self.theme.px(LEAST))

    def back(self) -> None:
        self.go.emit("net", None)


def _sent(m: Message) -> str:
    """The state of a message, with how often it was tried and when last."""
    words = t(SEND_NAMES[m.state])
    if m.tries > 1:
        words += f" ×{m.tries}"
    return f"{words} {clock_text(m.at, seconds=True)}" if m.at is not None else words
