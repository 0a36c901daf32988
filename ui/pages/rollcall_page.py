"""The roll call page 点名: what is due, the units one after the other, one key for each answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from db.change import Change, RowId
from db.errors import Refused
from db.words import t
from dispatch.net.choosing import chosen
from dispatch.net.papers import blank_roll, circular, circular_book, roll_paper
from dispatch.net.rollcall import (
    RollAnswer,
    RollCall,
    answer_roll,
    answers,
    ask_again,
    end_roll,
    open_rolls,
    roll,
    start_roll,
)
from dispatch.net.templates import Template, open_occurrences, templates
from dispatch.net.terms import (
    RESULT_KEYS,
    RESULT_NAMES,
    ROLL_WAY_NAMES,
    RollResult,
)
from resources.localtime import local_day, moment_text
from resources.net import Key, Member, Part, members
from ui.desk import Desk, Tone
from ui.dialogs.roll import RollSheet, TemplateSheet
from ui.pages.acts_page import ActsPage
from ui.pages.giving_out import preview, save_list
from ui.pages.net_side import copy_number
from ui.pages.roll_desk import WIDTH, RollDesk
from ui.pages.roll_rows import AHEAD, COLUMNS, left_rows
from ui.rows_model import RowsModel
from ui.theme import Theme
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.panel import Panel
from ui.widgets.table import TableView

LEFT, LEFT_SMALL, SIDE_SMALL = 264, 200, 260
TABLES = {"roll_call", "roll_answer", "roll_template"}


class RollPage(ActsPage):
    """F7. Enter begins what is chosen at the left; 1 to 6 answer for the unit at hand and the
    next one comes by itself. `open("now")` shows what is under way or due."""

    key, rail_key = "rollcall", "net"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.of: RollCall | None = None
        self.known: dict[Key, Member] = {}
        self.called: dict[int, datetime] = {}
        self.list_panel, self.list = Panel(theme), FactList(theme, t("Roll calls"))
        self.right = RollDesk(theme)
        self.lead = QLabel()
        self.model: RowsModel[RollAnswer] = RowsModel(COLUMNS, lambda a: a.id, lambda a: a.name)
        self.table = TableView(theme, self.model, t("Units of the roll call"))
        self._build()
        self._make_acts()
        self.reword()

    def title(self) -> str:
        return t("Roll call")

    def _build(self) -> None:
        self.list_panel.body.addWidget(self.list, 1)
        self.stand(self.list_panel, self.right, (LEFT, WIDTH), (LEFT_SMALL, SIDE_SMALL))
        self.lead.setProperty("tone", "muted")
        self.lead.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.filters.addWidget(self.lead, 1)
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)
        self.list.activated_row.connect(lambda _row: self.begin())
        self.list.chosen_row.connect(lambda _row: self._look())
        self.table.chosen_row.connect(lambda _row: self._on_unit())
        self.right.pressed.connect(self.answer)
        self.right.typed.connect(self.table.setFocus)
        self.right.numbers.asked.connect(lambda row: copy_number(self.desk, row))

    def _make_acts(self) -> None:
        self.add_verb("A", self.again)
        self.add_verb("E", self.end)
        self.add_verb("P", self.print_out)
        fields = self.right.fields
        self.add_acts({
            "N": self.new, "T": self.template, "Shift+T": self.new_template,
            "C": self.copy, "Backspace": self.step_back, "U": self.print_month,
            "X": self.export_month, "B": self.print_blank,
            "R": fields["responder"].setFocus, "S": fields["quality"].setFocus,
            "M": fields["note"].setFocus,
            **{key: partial(self.answer, result) for key, result in RESULT_KEYS.items()}})

    def verbs(self) -> dict[str, str]:
        return {"A": t("Ask again"), "E": t("End the roll call"), "P": t("Sheet"),
                "J": t("More acts")}

    def act_words(self) -> dict[str, str]:
        return {"N": t("New roll call"), "T": t("Change the template"),
                 "Shift+T": t("New template"), "C": t("Copy the number"),
                 "Backspace": t("Back to the unit before"), "U": t("Circular of the month"),
                 "X": t("Rates of the month as xlsx"), "B": t("Blank sheet"),
                 "R": t("Answered by"), "S": t("Signal 1 to 5"), "M": t("Note"),
                 **{key: t(RESULT_NAMES[r]) for key, r in RESULT_KEYS.items()}}

    def reword(self) -> None:
        self.list_panel.set_title(t("Roll calls"))
        self.list.when_empty = t("Shift+T makes the first template.")
        super().reword()

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & TABLES:
            return
        if change is None:
            self.reword()
        self._load_list()
        if self.of is not None:
            self.of = roll(self.desk.store, self.of.id)
        self._look()

    def _load_list(self) -> None:
        rows = left_rows(self.desk.store, self.desk.now())
        self.list.set_rows(rows)
        if self.list.current_row is None and len(rows) > 1:
            self.list.choose(rows[1].key)

    def _look(self) -> None:
        """Show the roll call that is open here, else what stands chosen at the left."""
        row = self.list.current_row
        key = row.key if isinstance(row, Fact) else ""
        if self.of is None or not self.of.open or key.startswith("roll:"):
            number = int(key[5:]) if key.startswith("roll:") else None
            if number is not None:
                self.of = roll(self.desk.store, RowId(number))
            elif self.of is not None and not self.of.open:
                self.of = None
        self._show_units()

    def _show_units(self) -> None:
        of, store = self.of, self.desk.store
        rows = answers(store, of.id) if of is not None else []
        keys = tuple(dict.fromkeys((a.kind, int(a.row_id)) for a in rows))
        if not set(keys) <= set(self.known):
            self.known = {m.key: m for m in members(store, Part(keys=keys))}
        self.model.replace(rows)
        done = sum(1 for a in rows if a.result is not None)
        self.panel.set_title(of.title if of is not None else self.title(),
                             of.number if of is not None else "", self._hint())
        self.lead.setText(t("{n} of {all} asked", n=done, all=len(rows)) if of is not None
                          else t("Enter begins what is chosen at the left."))
        self.totals.setText(" · ".join(
            f"{t(RESULT_NAMES[r])} {n}" for r in RollResult
            if (n := sum(1 for a in rows if a.result is r and a.round == 1))))
        for key in ("A", "E"):
            self.buttons[key].setEnabled(of is not None and of.open)
        current: RollAnswer | None = self.table.current_row
        if of is not None and of.open and (current is None or current.result is not None):
            self._go_on()
        self._on_unit()

    def _hint(self) -> str:
        if self.of is None:
            return ""
        way = t(ROLL_WAY_NAMES[self.of.way])
        return way if self.of.open else t("{way}, ended {time}", way=way, time=moment_text(
            self.of.ended_at) if self.of.ended_at else "")

    def _go_on(self) -> None:
        """The next unit that was not asked."""
        row = next((a for a in self.model.rows if a.result is None), None)
        if row is not None:
            self.table.choose(row.id)

    def _on_unit(self) -> None:
        row: RollAnswer | None = self.table.current_row
        if row is not None and row.result is None:
            self.called.setdefault(int(row.id), self.desk.now())
        member = self.known.get((row.kind, int(row.row_id))) if row is not None else None
        left = sum(1 for a in self.model.rows if a.result is None)
        self.right.show_unit(self.of, row, member, t("{n} left", n=left) if left else "")

    def open(self, what: object) -> None:
        """An id shows that roll call, else what is under way, else what is due (by its key)."""
        self.load(None)
        store = self.desk.store
        going = open_rolls(store)
        if isinstance(what, int):
            self.of = roll(store, RowId(what))
        elif going:
            self.of = going[-1]
        if self.of is not None:
            self.list.choose(f"roll:{self.of.id}")
            self._show_units()
        else:
            keys = [r.key for r in self.list.rows_model.rows if r.key.startswith("due:")]
            wanted = str(what).removeprefix("roll:").partition(":")[0]
            row = next((k for k in keys if k.startswith(f"due:{wanted}:")), next(iter(keys), ""))
            if row:
                self.list.choose(row)
        front = self.table if self.of is not None and self.of.open else self.list
        front.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done

    def begin(self) -> None:
        """Enter: begin what is due or a template by hand; a roll call is shown."""
        row = self.list.current_row
        kind, _, rest = (row.key if isinstance(row, Fact) else "").partition(":")
        made: RollCall | None = None
        if kind == "due":
            number, _, at = rest.partition(":")
            made = self.desk.act(lambda: self._start(int(number), datetime.fromisoformat(at)))
        elif kind == "template":
            made = self.desk.act(lambda: self._start(int(rest), None))
        elif kind == "roll":
            self.of = roll(self.desk.store, RowId(int(rest)))
        if made is not None:
            self._open_made(made)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_units()

    def _open_made(self, made: RollCall) -> None:
        self.of = made
        self._load_list()
        self.list.choose(f"roll:{made.id}")
        self._show_units()

    def _start(self, template: int, at: datetime | None) -> RollCall:
        store = self.desk.store
        of = next((x for x in templates(store) if x.id == template), None)
        if of is None:
            raise Refused("There is no such roll call.")
        due = next((o for o in open_occurrences(store, self.desk.now(), AHEAD)
                    if o.template.id == template and o.at == at), None) if at else None
        return start_roll(store, of, at=due, by=self.desk.officer)

    def answer(self, result: RollResult) -> None:
        """A digit: the answer of the unit at hand, then the next unit."""
        row: RollAnswer | None = self.table.current_row
        if row is None or self.of is None:
            self.desk.told.emit(Tone.REFUSED, t("Begin a roll call first (Enter at the left)."))
            return
        fields, quality = self.right.fields, self.right.quality
        made = self.desk.act(lambda: answer_roll(
            self.desk.store, row.id, result, responder=fields["responder"].text(),
            quality=quality, note=fields["note"].text(),
            called_at=self.called.get(int(row.id)), by=self.desk.officer))
        if made is not None:
            self._go_on()
            if not any(a.result is None for a in self.model.rows):
                self._say_done()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_done(self) -> None:
        missed = sum(1 for a in self.model.rows if a.round == 1 and a.result in (
            RollResult.SILENT, RollResult.FAULT))
        self.desk.told.emit(Tone.DONE, t("All were asked; {n} did not answer. A asks them again,"
                                         " E ends the roll call.", n=missed))

    def step_back(self) -> None:
        """Backspace: the unit before, to be corrected."""
        at = self.table.currentIndex().row()
        if at > 0:
            self.table.setCurrentIndex(self.model.index(at - 1, 0))
        else:
            self.desk.told.emit(Tone.REFUSED, t("This is the first unit."))

    def copy(self) -> None:
        rows = self.right.numbers.rows_model.rows
        copy_number(self.desk, self.right.numbers.current_row or (rows[0] if rows else None))

    def _on_roll(self, act: Callable[[RollCall], object]) -> object:
        if self.of is None:
            self.desk.told.emit(Tone.REFUSED, t("Begin a roll call first (Enter at the left)."))
            return None
        of = self.of
        return self.desk.act(lambda: act(of))

    def again(self) -> None:
        """A: those who did not answer once more."""
        if self._on_roll(lambda of: ask_again(self.desk.store, of.id, by=self.desk.officer)):
            self._go_on()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        ended = self._on_roll(lambda of: end_roll(self.desk.store, of.id, by=self.desk.officer))
        if isinstance(ended, RollCall):
            self.desk.told.emit(Tone.DONE, t("Roll call {number} ended and logged",
                                             number=ended.number))

    def new(self) -> None:
        sheet = self.present(lambda host: RollSheet(self.theme, self.desk, host), "name")
        if sheet is not None:
            sheet.done.connect(self._open_made)

    def _template(self) -> Template | None:
        row = self.list.current_row
        kind, _, rest = (row.key if isinstance(row, Fact) else "").partition(":")
        wanted = {"template": rest, "due": rest.partition(":")[0],
                  "roll": str(self.of.template_id) if self.of is not None else ""}.get(kind)
        return next((x for x in templates(self.desk.store) if str(x.id) == wanted), None)

    def template(self) -> None:
        """T: the template that stands chosen, else a new one."""
        of = self._template()
        self.present(lambda host: TemplateSheet(self.theme, self.desk, host, of), "name")

    def new_template(self) -> None:
        self.present(lambda host: TemplateSheet(self.theme, self.desk, host, None), "name")

    # On paper

    def print_out(self) -> None:
        """P: the sheet of the roll call in view; of a template the blank one."""
        of = self.of
        if of is None:
            self.print_blank()
            return
        preview(self, self.desk, t("Roll call {number}", number=of.number), of.number,
                lambda: roll_paper(self.desk.store, of))

    def print_blank(self) -> None:
        """B: a sheet to be filled in by hand, with the template's units."""
        of, store = self._template(), self.desk.store
        preview(self, self.desk, t("Blank sheet"), "roll-call-blank", lambda: blank_roll(
            store, of, chosen(store, of.choice) if of is not None else []))

    @property
    def month(self) -> date:
        """The month of the roll call in view, else the present one."""
        at = self.of.started_at if self.of is not None else self.desk.now()
        return local_day(at).replace(day=1)

    def print_month(self) -> None:
        first = self.month
        preview(self, self.desk, t("Circular of {month}", month=f"{first:%Y-%m}"),
                f"roll-{first:%Y-%m}",
                lambda: circular(self.desk.store, first, by=self.desk.officer))

    def export_month(self) -> None:
        first = self.month
        save_list(self, self.desk, f"roll-{first:%Y-%m}", self.choose_file,
                  lambda store: circular_book(store, first))

    def back(self) -> None:
        """Esc: out of a field first, then to the net."""
        if any(f.hasFocus() for f in self.right.fields.values()):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go.emit("net", None)

    def fit(self) -> None:
        """On a small screen the lead goes."""
        super().fit()
        self.lead.setVisible(not self.narrow)
