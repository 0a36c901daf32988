"""Registers 登记簿: calls, incoming papers, instructions and bulletins, each opened by Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.change import RowId
from db.words import mark, t
from dispatch.bulletins import (
    BULLETIN_NAMES,
    Bulletin,
    BulletinId,
    bulletin,
    bulletins,
    daily_of,
    draw_daily,
)
from dispatch.calls import Call, call, calls
from dispatch.filing import counts_of_rows
from dispatch.incoming import URGENCY_NAMES, IncomingPaper, PaperId, paper, papers
from resources.localtime import local_day, moment_text
from ui import moments
from ui.desk import Desk
from ui.dialogs.bulletin import BulletinSheet
from ui.dialogs.call import CallBackSheet, CallSheet
from ui.dialogs.files import FilesSheet
from ui.dialogs.paper_in import PaperInSheet, PaperStepSheet
from ui.dialogs.sheet import Sheet
from ui.page import Page, make_action
from ui.pages.event_papers import make_bulletin
from ui.pages.paper import Paper
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.panel import Filter, Panel
from ui.widgets.table import TableView


def _passed(one: IncomingPaper) -> str:
    waiting = one.waiting
    if not one.open:
        return t("filed")
    if waiting:
        return t("to {to}, due {time}", to=waiting[0].to_whom,
                 time=moments.clock(waiting[0].due_at) if waiting[0].due_at else "")
    return t("passed on")


CALLS: tuple[Column[Call], ...] = (
    Column(mark("head|At"), lambda c: moment_text(c.answered_at), width=110),
    Column(mark("Direction"), lambda c: t("Call in") if c.direction == "in" else t("Call out"),
           width=80, muted=True),
    Column(mark("Caller"), lambda c: " ".join(p for p in (c.unit, c.caller) if p), width=180),
    Column(mark("Phone"), lambda c: c.phone, width=110),
    Column(mark("What was said"), lambda c: " ".join(c.text.split()), width=240, stretch=True,
           bold=True, tip=lambda c: c.text),
    Column(mark("Verified"), lambda c: c.verified_by or "—", width=170, muted=True),
    Column(mark("head|Event"), lambda c: c.event_number or "—", width=132))
PAPERS: tuple[Column[IncomingPaper], ...] = (
    Column(mark("head|Number"), lambda p: p.number, width=130),
    Column(mark("Received at"), lambda p: moment_text(p.received_at), width=110),
    Column(mark("Urgency"), lambda p: t(URGENCY_NAMES[p.urgency]), width=90),
    Column(mark("Sent by"), lambda p: p.sender, width=170),
    Column(mark("Title"), lambda p: p.title, width=240, stretch=True, bold=True,
           tip=lambda p: p.text or p.title),
    Column(mark("Passed on"), _passed, width=190),
    Column(mark("head|Event"), lambda p: p.event_number or "—", width=132, muted=True))
BULLETINS: tuple[Column[Bulletin], ...] = (
    Column(mark("head|Number"), lambda b: b.number, width=130),
    Column(mark("head|Kind"), lambda b: t(BULLETIN_NAMES[b.kind]), width=190, bold=True),
    Column(mark("bulletin|Issue"), lambda b: t("paper|Issue {n}", n=b.issue), width=90),
    Column(mark("head|Day"), lambda b: b.day.isoformat(), width=110),
    Column(mark("Says"), lambda b: " ".join(next(filter(None, b.parts.values()), "").split()),
           width=300, stretch=True, muted=True))
KINDS: dict[str, tuple[Any, Callable[..., list[Any]]]] = {
    "calls": (CALLS, calls), "papers": (PAPERS, papers), "bulletins": (BULLETINS, bulletins)}


class RegistersPage(Page):
    """One register in view; N writes a new line, Enter opens the chosen one, A its files.

    `open("papers")` turns to a register, `open("paper:17")` to one paper.
    """

    key, rail_key = "registers", "desk"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk, self.kind = desk, "calls"
        self.sheet: Sheet | None = None
        self.panel = Panel(theme)
        self.models: dict[str, RowsModel[Any]] = {
            kind: RowsModel(columns, lambda r: r.id, _spoken)
            for kind, (columns, _read) in KINDS.items()}
        self.tables = {kind: TableView(theme, model, kind) for kind, model in self.models.items()}
        for table in self.tables.values():
            self.panel.body.addWidget(table, 1)
            table.activated_row.connect(self.open_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self._actions = [make_action(self, "", key, act) for key, act in (
            ("N", self.write), ("A", self.files), ("1", lambda: self.turn("calls")),
            ("2", lambda: self.turn("papers")), ("3", lambda: self.turn("bulletins")),
            ("Esc", self.back))]
        self.panel.filtered.connect(self.turn)
        self._reword()
        self.turn("calls")

    def _names(self) -> dict[str, str]:
        return {"calls": t("Calls"), "papers": t("register|Papers"), "bulletins": t("Bulletins")}

    def _reword(self) -> None:
        names = self._names()
        self.panel.set_filters([Filter(k, w) for k, w in names.items()], self.kind)
        for kind, table in self.tables.items():
            table.setAccessibleName(names[kind])
        words = (t("verb|New"), t("Files"), *names.values(), t("verb|Back"))
        for action, word in zip(self._actions, words, strict=True):
            action.setText(word)

    def restyle(self) -> None:
        self._reword()
        super().restyle()

    def actions_shown(self) -> Sequence[QAction]:
        return self._actions

    # What is shown

    @property
    def table(self) -> TableView:
        return self.tables[self.kind]

    def turn(self, kind: str) -> None:
        """Turn to a register."""
        self.kind = kind
        self.panel.set_filters([Filter(k, w) for k, w in self._names().items()], kind)
        for name, table in self.tables.items():
            table.setVisible(name == kind)
        self.load(None)
        self.table.setFocus()

    def open(self, what: object) -> None:
        kind, _, number = str(what).partition(":")
        self.turn("papers" if number else kind if kind in KINDS else "calls")
        if number:
            self.table.choose(int(number))
            self.open_row(self.desk.act(lambda: paper(self.desk.store,
                                                      PaperId(RowId(int(number))))))

    def load(self, change: object | None) -> None:  # noqa: ARG002 - a register is short
        rows = KINDS[self.kind][1](self.desk.store)
        table, model = self.table, self.models[self.kind]
        model.replace(rows)
        if table.current_row is None and rows:
            table.setCurrentIndex(model.index(0, 0))
        empty = {"calls": t("No call is recorded yet. N writes one down."),
                 "papers": t("No paper came in yet. N registers one."),
                 "bulletins": t("No bulletin yet. N draws up the summary of the day.")}
        self.panel.set_title(self._names()[self.kind], str(len(rows)),
                             "" if rows else empty[self.kind])

    def tick(self, now: datetime) -> None:
        """Nothing here runs."""

    # What is done

    def _present(self, make: Callable[[], Sheet], focus: str = "") -> None:
        if self.sheet is not None:
            self.sheet.leave()
        sheet = self.desk.act(make)
        if sheet is None:
            return
        self.sheet = sheet
        sheet.again = lambda: self._present(make, focus)
        sheet.closed.connect(lambda: self._on_closed(sheet))
        if isinstance(sheet, BulletinSheet):
            sheet.print_asked.connect(lambda number: make_bulletin(
                self.desk, number, self._preview, "registers"))
        sheet.present(focus)

    def _on_closed(self, sheet: Sheet) -> None:
        if self.sheet is sheet:
            self.sheet = None
            self.table.setFocus()

    def _preview(self, done: Paper) -> None:
        self.go.emit("preview", done)

    def write(self) -> None:
        """N: a call, a paper, or the summary of today."""
        theme, desk, host = self.theme, self.desk, self.window()
        if self.kind == "calls":
            self._present(lambda: CallSheet(theme, desk, host), "phone")
        elif self.kind == "papers":
            self._present(lambda: PaperInSheet(theme, desk, host), "title")
        else:
            today = local_day(desk.now())
            found = desk.act(lambda: daily_of(desk.store, today)
                             or draw_daily(desk.store, today, by=desk.officer))
            if found is not None:
                self.open_row(found)

    def open_row(self, row: object) -> None:
        theme, desk, host = self.theme, self.desk, self.window()
        if isinstance(row, Call):
            self._present(lambda: CallBackSheet(theme, desk, host, call(desk.store, row.id)),
                          "who")
        elif isinstance(row, IncomingPaper):
            self._present(lambda: PaperStepSheet(theme, desk, host, paper(desk.store, row.id)),
                          "to_whom")
        elif isinstance(row, Bulletin):
            self._present(lambda: BulletinSheet(
                theme, desk, host, bulletin(desk.store, BulletinId(row.id))),
                next(iter(row.parts)))

    def files(self) -> None:
        """A: the scans of the chosen line."""
        row = self.table.current_row
        if row is None:
            self.panel.set_title(self._names()[self.kind], "0", t("Choose a line first."))
            return
        held = counts_of_rows(self.desk.store, [row.id]).get(row.id, 0)
        title = t("Files ({n})", n=held)
        event = getattr(row, "event_id", None)
        self._present(lambda: FilesSheet(self.theme, self.desk, self.window(), title, row.id,
                                         event))

    def back(self) -> None:
        """Esc: to the desk."""
        self.go.emit("desk", None)


def _spoken(row: object) -> str:
    if isinstance(row, Call):
        return f"{moment_text(row.answered_at)} {row.unit} {row.caller} {row.text}"
    if isinstance(row, IncomingPaper):
        return f"{row.number} {row.sender} {row.title} {_passed(row)}"
    return f"{row.number} {t(BULLETIN_NAMES[row.kind])}" if isinstance(row, Bulletin) else ""
