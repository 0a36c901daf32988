"""The rule 规则表单: a value in cells with its unit and basis, and the values it had before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from db.errors import Refused, WatchdeskError
from db.words import mark, t
from dispatch.rule_forms import (
    Row,
    key_words,
    read_rows,
    rows_of,
    shape_of,
    shown,
    single,
    unit_words,
    value_words,
)
from dispatch.rule_shapes import Cell, Kind
from resources import localtime
from resources.rules import Rule, RuleChange, change_rule, rule_history
from ui.desk import Desk
from ui.dialogs.box import Box, label
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.edit_table import EditColumn, EditModel, EditTable
from ui.widgets.form import Choice, Form
from ui.widgets.table import ROW_HEIGHT, TableView

WIDE, FEW, SHOWN = 820, 3, 6


@dataclass(frozen=True, slots=True)
class Typed:
    """One row of the table as it stands: its number, and its key's code and cells."""

    number: int
    cells: Row


HISTORY: tuple[Column[RuleChange], ...] = (
    Column(mark("Value"), lambda c: value_words(c.rule), width=220, stretch=True,
           tip=lambda c: value_words(c.rule)),
    Column(mark("Valid from"), lambda c: c.rule.valid_from, width=100),
    Column(mark("Basis"), lambda c: t(c.rule.basis), width=170, muted=True,
           tip=lambda c: t(c.rule.basis)),
    Column(mark("head|Entered"), lambda c: localtime.moment_text(c.at, year=True), width=140),
    Column(mark("field|Officer"), lambda c: c.by_name, width=80))


class RuleBox(Box):
    """A new value beside the old ones, from a day on. What cannot be read is refused at its cell;
    nothing is written before all can."""

    def __init__(self, theme: Theme, desk: Desk, rule: Rule, parent: QWidget | None = None) -> None:
        super().__init__(theme, t(rule.title), "", parent)
        self.desk, self.rule, self.shape = desk, rule, shape_of(rule)
        self.single = single(self.shape, rule.value)
        self.rows = rows_of(self.shape, rule.value)
        about = t(self.shape.about) if self.shape.about else ""
        unit = t("Unit: {unit}", unit=unit_words(rule)) if rule.unit and not self.single else ""
        self.lead.setText("  ".join(filter(None, (about, unit))))
        self.lead.setVisible(bool(self.lead.text()))
        self.form, self.table = Form(theme), None if self.single else self._table()
        if self.single:
            self._value_field()
        elif self.table is not None:
            self._lay_table(self.table)
        self._other_fields()
        self.body.addWidget(self.form)
        self._history()
        self.answer(t("Cancel"), self.reject)
        self.enter = self.answer(t("Add the new value"), self.commit, primary=True)
        self.form.submitted.connect(self.commit)
        self.setMinimumWidth(theme.px(WIDE))
        (self.table or self.form.field("value")).setFocus(Qt.FocusReason.OtherFocusReason)

    # the value

    def _value_field(self) -> None:
        cell, text = self.shape.cells[0], self.rows[0][0]
        words = f"{t('Value')} ({unit_words(self.rule)})" if self.rule.unit else t("Value")
        if cell.kind in (Kind.YES, Kind.CODE):
            self.form.choice("value", words, [Choice(v, w) for v, w in choices(cell)])
        elif cell.kind is Kind.LINES:
            self.form.text("value", words, lines=4, required=True)
        else:
            self.form.line("value", words, required=True)
        self.form.fill({"value": text})

    def _table(self) -> EditTable:
        columns: list[Column[Typed]] = []
        first = int(bool(self.shape.keys))
        if first and self.shape.grows:
            columns.append(EditColumn(
                self.shape.key_title, lambda r: key_words(self.shape, r.cells[0]), width=150,
                bold=True, name="0", typed=lambda r: r.cells[0],
                choices=lambda: [(k, t(w)) for k, w in self.shape.keys.items()]))
        elif first:
            columns.append(Column(self.shape.key_title or mark("head|Record"),
                                  lambda r: key_words(self.shape, r.cells[0]), width=240,
                                  bold=True))
        columns += [self._column(cell, number + first, last=number == len(self.shape.cells) - 1)
                    for number, cell in enumerate(self.shape.cells)]
        self.model: EditModel[Typed] = EditModel(
            columns, identity=lambda r: r.number, spoken=lambda r: " ".join(r.cells))
        self.model.written.connect(self._on_written)
        self._show_rows()
        return EditTable(self.theme, self.model, t(self.rule.title))

    def _column(self, cell: Cell, number: int, *, last: bool) -> Column[Typed]:
        def words(row: Typed) -> str:
            return shown(cell, row.cells[number], yes=self._yes(row))

        listed = cell.kind in (Kind.YES, Kind.CODE)
        right = Qt.AlignmentFlag.AlignRight if cell.kind in (Kind.NUMBER, Kind.WHOLE) \
            else Qt.AlignmentFlag.AlignLeft
        return EditColumn(cell.title, words, right, width=150, stretch=last, tip=words,
                          name=str(number), typed=lambda r: r.cells[number] if listed else words(r),
                          choices=(lambda: choices(cell)) if listed else None)

    def _yes(self, row: Typed) -> bool:
        """Whether this row of a table of numbers is a yes or a no."""
        value = self.rule.value
        return bool(self.shape.keys) and isinstance(value, dict) and isinstance(
            value.get(row.cells[0]), bool)

    def _lay_table(self, table: EditTable) -> None:
        high = min(max(len(self.rows), FEW), SHOWN) * ROW_HEIGHT + 34
        table.setMinimumHeight(self.theme.px(high))
        table.setMaximumHeight(self.theme.px(high))
        table.left.connect(lambda: self.form.field("basis").setFocus(
            Qt.FocusReason.OtherFocusReason))
        self.body.addWidget(table)
        if not self.shape.grows:
            return
        line = QHBoxLayout()
        line.addStretch(1)
        for words, act in ((t("Add a line"), self.add_row), (t("Take this line out"),
                                                             self.remove_row)):
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, a=act: a())
            line.addWidget(button)
        self.body.addLayout(line)

    def _show_rows(self) -> None:
        self.model.replace([Typed(n, row) for n, row in enumerate(self.rows)])

    def _on_written(self, row: Typed, name: str, text: str) -> None:
        """Keep what was typed; what cannot be read is said at once and stays to be mended."""
        cells = list(row.cells)
        cells[int(name)] = text
        self.rows[row.number] = tuple(cells)
        self._show_rows()
        self.settle()
        try:
            read_rows(self.rule, self.rows)
        except Refused as error:
            if error.field == f"{row.number}:{name}":
                self.refuse(error)

    def add_row(self) -> None:
        """An empty line at the end, its first cell at hand."""
        first = (next(iter(self.shape.keys)),) if self.shape.keys else ()
        self.rows.append((*first, *(next(iter(c.names), "") if c.kind is Kind.CODE else ""
                                    for c in self.shape.cells)))
        self._show_rows()
        if self.table is not None:
            self.table.setCurrentIndex(self.model.index(len(self.rows) - 1, len(first)))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_row(self) -> None:
        chosen: Typed | None = self.table.current_row if self.table is not None else None
        if chosen is not None:
            del self.rows[chosen.number]
            self._show_rows()
            self.settle()

    # the rest

    def _other_fields(self) -> None:
        self.form.line("basis", t("Basis"), required=True)
        self.form.line("valid_from", t("Valid from"), required=True, hint="2027-01-01")
        self.form.check("uncertain", t("Uncertain, to be confirmed locally"))
        tomorrow = localtime.local_day(self.desk.now()) + timedelta(days=1)
        self.form.fill({"basis": t(self.rule.basis), "valid_from": tomorrow.isoformat(),
                        "uncertain": False})

    def _history(self) -> None:
        found = rule_history(self.desk.store, self.rule.code)
        model: RowsModel[RuleChange] = RowsModel(HISTORY, identity=lambda c: (c.at, c.rule.id),
                                                 spoken=lambda c: value_words(c.rule))
        model.replace(found)
        self.history = TableView(self.theme, model, t("Values so far"))
        high = self.theme.px(min(max(len(found), 1), FEW) * ROW_HEIGHT + 34)
        self.history.setFixedHeight(high)
        self.body.addWidget(label(t("Values so far"), "muted"))
        self.body.addWidget(self.history)

    def _basis(self, words: str) -> str:
        """The source text where nothing was written over it, so that it stays translatable."""
        return self.rule.basis if words == t(self.rule.basis) else words

    def commit(self) -> None:
        """Write the new value; the box stays when something is refused."""
        self.settle()
        if self.form.missing():
            return
        values = self.form.values
        if self.single:
            self.rows = [(str(values["value"]),)]
        try:
            change_rule(self.desk.store, self.rule, read_rows(self.rule, self.rows),
                        valid_from=read_day(str(values["valid_from"]).strip()),
                        basis=self._basis(str(values["basis"]).strip()),
                        uncertain=bool(values["uncertain"]), by=self.desk.officer)
        except WatchdeskError as error:
            self.refuse(error, self.form)
            self._go_to(error.field)
            return
        self.accept()

    def _go_to(self, field: str) -> None:
        """To the cell that was refused."""
        row, _, column = field.partition(":")
        if self.table is not None and column.isdigit():
            self.table.setCurrentIndex(self.model.index(int(row), int(column)))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def choices(cell: Cell) -> list[tuple[str, str]]:
    """What a cell lets choose: values and words."""
    if cell.kind is Kind.YES:
        return [("1", t("field|Yes")), ("0", t("field|No"))]
    return [(code, t(words)) for code, words in cell.names.items()]


def read_day(text: str) -> date:
    """A day typed as 2027-01-01.

    Raises:
        Refused: it is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("“{text}” is not a day. Write it as 2027-01-01.", field="valid_from",
                      text=text) from error
