"""Passed warnings 预警转发与签收: units are ticked and told, those who answered are ticked off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused, WatchdeskError
from db.words import mark, t
from dispatch.net.channels import usable_channels
from dispatch.net.choosing import Choice as Who
from dispatch.passing_on import (
    acknowledge_warning,
    pass_by_callout,
    pass_warning,
    take_back_receipt,
)
from dispatch.terms import WAY_NAMES, Way
from dispatch.warning_passes import Pass, passes, told
from dispatch.warnings import HazardWarning, WarningId, warning
from resources.localtime import moment_text
from resources.net import BRANCH_NAMES, Branch, Key, Part, members
from resources.net_keeping import groups
from ui.desk import Desk, Tone
from ui.dialogs.picks import PickDelegate, PickTable
from ui.dialogs.sheet import Sheet
from ui.rows_model import ROW_ROLE, Column, Index, RowsModel
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.paint import Canvas

BY_CALLOUT = "callout"
ROWS, WIDTH = 8, 800
SEPARATORS = re.compile(r"[、，,；;\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of the list; `had` is how it was told already, `open` whether it can be ticked."""

    key: Key
    name: str
    phone: str
    had: Pass | None
    open: bool
    ticked: bool = False


def _told(line: Line) -> str:
    if line.had is None:
        return ""
    return f"{moment_text(line.had.passed_at)} {t(WAY_NAMES[line.had.way])}"


def _back(line: Line) -> str:
    if line.had is None:
        return ""
    if line.had.back_at is None:
        return t("pass|not yet")
    return f"{moment_text(line.had.back_at)} {line.had.back_by}".strip()


COLUMNS: tuple[Column[Line], ...] = (
    Column("", lambda r: "1" if r.ticked else "", width=48, fixed=True),
    Column(mark("Unit"), lambda r: r.name, width=200, bold=True, stretch=True),
    Column(mark("Phone"), lambda r: r.phone, width=110, muted=True),
    Column(mark("column|Passed on"), _told, width=200),
    Column(mark("column|Acknowledged"), _back, width=170))


def _spoken(line: Line) -> str:
    ticked = t("pass|ticked") if line.ticked else ""
    return t("list|, ").join(p for p in (line.name, ticked, line.phone, _told(line),
                                         _back(line)) if p)


class _Boxes(PickDelegate):
    """A box only where a row can be ticked."""

    def draw_cell(self, canvas: Canvas, rect: QRect, index: Index) -> None:
        if index.column() or index.data(ROW_ROLE).open:
            super().draw_cell(canvas, rect, index)


class _ListSheet(Sheet):
    """A warning's name and counts over a list to tick: Space a row, a key all of them."""

    def build(self, of: HazardWarning, name: str) -> None:
        self.of = of
        self.ticked: set[Key] = set()
        self.model: RowsModel[Line] = RowsModel(COLUMNS, lambda r: r.key, _spoken)
        self.table = PickTable(self.theme, self.model, name, delegate=_Boxes(self.theme))
        self.table.setFixedHeight(self.theme.px(32 + 40 * ROWS + 2))
        self.counts = self.note(tone="text")
        self.rows.insertWidget(0, self.counts)
        self.rows.addWidget(self.table)
        self.table.toggled.connect(self.toggle)
        self.table.clicked.connect(lambda index: self.toggle(index.row())
                                   if not index.column() else None)
        self.table.activated_row.connect(lambda _row: self.submit())

    def present(self, focus: str = "") -> None:
        super().present(focus)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 1))

    def verb(self, many: int) -> str:
        """What the primary button says."""
        raise NotImplementedError

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.model.replace([replace(r, ticked=r.key in self.ticked) for r in lines])
        found = passes(self.desk.store, self.of.id)
        of = self.of = warning(self.desk.store, self.of.id)
        self.counts.setText(told(of, found))
        self.ok.setText(self.verb(len(self.ticked)))

    def toggle(self, number: int) -> None:
        line = self.model.row(number)
        if line.open:
            self.ticked ^= {line.key}
            self.model.update(number, replace(line, ticked=line.key in self.ticked))
            self.ok.setText(self.verb(len(self.ticked)))

    def tick_all(self) -> None:
        """All that the list shows; where all are ticked already, none."""
        mine = {r.key for r in self.model.rows if r.open}
        self.ticked = self.ticked - mine if mine <= self.ticked else self.ticked | mine
        self.show_lines(self.model.rows)

    def refuse(self, error: WatchdeskError) -> None:
        if error.field in ("who", "channels"):
            self.message.setText(str(error))
            self.message.show()
            self.place()
        else:
            super().refuse(error)


class PassSheet(_ListSheet):
    """Ctrl+T over the warning: to whom it goes. A call-out asks once more before it is sent."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: HazardWarning) -> None:
        super().__init__(theme, desk, host, t("Pass on the warning {name}", name=of.name),
                         width=WIDTH)
        self.armed: tuple[Key, ...] = ()
        grid, store = self.grid, desk.store
        grid.wide(8)
        grid.choice("list", t("List"), [
            *(Choice(str(b), t(BRANCH_NAMES[b])) for b in Branch),
            *(Choice(f"group:{g.id}", g.name) for g in groups(store))])
        grid.line("find", t("Find"), hint=t("Unit or its initials"))
        grid.choice("way", t("By"), [*(Choice(str(w), t(WAY_NAMES[w])) for w in Way),
                                     Choice(BY_CALLOUT, t("by call-out"))])
        grid.wide(6)
        grid.line("at", t("pass|Passed on at"), hint=t("now"))
        grid.wide(14)
        grid.line("others", t("Not on the net, by name"))
        self.build(of, t("Units"))
        self.form.fill({"list": str(Branch.TOWN), "way": str(Way.PHONE)})
        self.form.edited.connect(self._on_edit)
        self.add_button(t("All towns"), self.tick_towns, "Ctrl+T")
        self.add_button(t("All listed"), self.tick_all, "Ctrl+A")
        self.hint.setText(t("Space ticks · Enter passes on"))
        self.look()

    def _on_edit(self) -> None:
        self.armed = ()
        self.look()

    def look(self) -> None:
        """List who is chosen."""
        v, had = self.form.values, {p.key: p for p in passes(self.desk.store, self.of.id)}
        found = members(self.desk.store, replace(self._part(), text=str(v["find"])))
        self.show_lines([Line(m.key, m.name, m.phone, had.get(m.key),
                              m.key not in had and m.status != "off") for m in found])

    def _part(self) -> Part:
        chosen = str(self.form.values["list"])
        if not chosen.startswith("group:"):
            return Part(branches=(Branch(chosen),))
        keys = next((g.keys for g in groups(self.desk.store) if f"group:{g.id}" == chosen), ())
        return Part(keys=keys)

    def verb(self, many: int) -> str:
        return t("Pass on to {n}", n=many) if many else t("verb|Pass on")

    def tick_towns(self) -> None:
        """Ctrl+T: the towns are listed and all of them ticked."""
        self.form.fill({"list": str(Branch.TOWN), "find": ""})
        self.look()
        self.ticked |= {r.key for r in self.model.rows if r.open}
        self.look()

    def commit(self) -> list[Pass]:
        v, desk, id_ = self.form.values, self.desk, self.of.id
        keys = tuple(sorted(self.ticked))
        who = Who(keys=tuple((k, RowId(i)) for k, i in keys))
        others = SEPARATORS.split(str(v["others"]))
        if v["way"] != BY_CALLOUT:
            new = pass_warning(desk.store, id_, who, others=others, way=Way(str(v["way"])),
                               at=self.read_time("at"), by=desk.officer)
        else:
            new = self._call_out(who, others)
        desk.told.emit(Tone.DONE, t("Warning {name} passed on to {n} units", name=self.of.name,
                                    n=len(new)))
        return new

    def _call_out(self, who: Who, others: Sequence[str]) -> list[Pass]:
        if any(n.strip() for n in others):
            raise Refused("A call-out reaches only who is on the net.", field="others")
        channels = usable_channels(self.desk.store)
        if who.keys and self.armed != who.keys:
            self.armed = who.keys
            names = t("list|, ").join(c.name for c in channels)
            raise Refused("{n} units will be called{how}. Enter again sends; what went out cannot"
                          " be taken back.", field="who", n=len(who.keys),
                          how=t(" through {names}", names=names) if names else
                          t(" by hand, from the call sheet"))
        _number, new = pass_by_callout(self.desk.store, self.of.id, who,
                                       channels=[c.id for c in channels], by=self.desk.officer)
        return new


class ReceiptSheet(_ListSheet):
    """Ctrl+R over the warning, or Enter on what is due: who acknowledged it."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: HazardWarning) -> None:
        super().__init__(theme, desk, host, t("Receipts of the warning {name}", name=of.name),
                         width=WIDTH)
        grid = self.grid
        grid.wide(8)
        grid.line("said_by", t("pass|Said by"))
        grid.wide(6)
        grid.line("at", t("Acknowledged at"), hint=t("now"))
        self.build(of, t("Told units"))
        self.add_button(t("Written in error"), self.take_back, "Ctrl+Z")
        self.add_button(t("All listed"), self.tick_all, "Ctrl+A")
        self.hint.setText(t("Space ticks · Enter writes the receipts"))
        self.look()

    def look(self) -> None:
        """List who was told, those who have not answered first."""
        found = passes(self.desk.store, self.of.id)
        phones = {m.key: m.phone for m in members(self.desk.store, Part(
            keys=tuple(p.key for p in found if p.kind)))} if found else {}
        self.show_lines([Line(("pass", p.id), p.name, phones.get(p.key, ""), p,
                              p.back_at is None) for p in found])
        if not found:
            self.counts.setText(self.counts.text() + t("; ") + t(
                "nobody is on its list yet: Alt+W, then Ctrl+T passes it on."))

    def verb(self, many: int) -> str:
        return t("{n} acknowledged", n=many) if many else t("verb|Acknowledged")

    @property
    def _current(self) -> Pass | None:
        line = self.model.row_or_none(self.table.currentIndex().row())
        return line.had if line is not None else None

    def take_back(self) -> None:
        """Ctrl+Z: the receipt of the row that is chosen was written down in error."""
        one = self._current
        if one is None:
            raise Refused("Choose the unit whose receipt was written down in error.", field="who")
        take_back_receipt(self.desk.store, one.id, by=self.desk.officer)
        self.message.hide()
        self.look()

    def commit(self) -> list[Pass]:
        """The rows that are ticked, else the one that is chosen."""
        rows = [r.had for r in self.model.rows if r.ticked and r.had is not None]
        if not rows and (one := self._current) is not None:
            rows = [one]
        return acknowledge_warning(self.desk.store, [p.id for p in rows],
                                   said_by=str(self.form.values["said_by"]).strip(),
                                   at=self.read_time("at"), by=self.desk.officer)


def show_passes(theme: Theme, desk: Desk, host: QWidget, of: WarningId) -> None:
    """Open the sheet of those to whom a warning goes; it comes again with the language."""
    sheet = PassSheet(theme, desk, host, warning(desk.store, of))
    sheet.again = lambda: show_passes(theme, desk, host, of)
    sheet.present("list")


def show_receipts(theme: Theme, desk: Desk, host: QWidget, of: WarningId) -> None:
    """Open the sheet of those who acknowledge; it comes again with the language."""
    sheet = ReceiptSheet(theme, desk, host, warning(desk.store, of))
    sheet.again = lambda: show_receipts(theme, desk, host, of)
    sheet.present("said_by")
