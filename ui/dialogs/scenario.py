"""The scenario form 演练脚本编写: overview, aims, people, safety, injects and their actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.words import LANGUAGES, catalogue, t
from dispatch.audit_codes import LANGUAGES as LANGUAGE_NAMES
from dispatch.drills.columns import AIMS, EXPECTED, INJECTS, OVERVIEW, PEOPLE, SAFETY, Column
from dispatch.drills.keeping import KeptScenario, put_scenario
from dispatch.drills.plain import from_plain
from dispatch.drills.scenario import Scenario
from dispatch.drills.terms import POINT_NAMES, ScenarioId
from ui.desk import Desk
from ui.dialogs.record_form import RecordForm
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.rows_edit import Cell, RowsEdit

SHARES = {"content": 9, "action": 7, "task": 5, "standard": 6, "condition": 4, "measure": 8,
          "danger": 4, "duty": 5, "name": 3, "no": 1, "of": 1, "at": 2, "minutes": 2}


ROWS = {"aims": AIMS, "people": (PEOPLE[1], PEOPLE[0], *PEOPLE[2:]), "safety": SAFETY,
        "injects": INJECTS}
"""A line counts from its first text on, which a choice cannot be: so a name stands first."""


class ScenarioSheet(Sheet):
    """One scenario, new or edited; it need not be complete, and it is kept on Ctrl+Enter.

    Actions stand below the injects, each with the number of the inject it belongs to.
    """

    form_class = RecordForm

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: KeptScenario | None) -> None:
        title = of.scenario.title if of else t("New scenario")
        super().__init__(theme, desk, host, title, width=1240,
                         draft=f"scenario:{of.id if of else 'new'}")
        self.of = of
        self._build_fields()
        self.hint.setText(t("Ctrl+Enter commits · Esc keeps"))
        self._show(of.scenario if of else None)

    # fields

    def _build_fields(self) -> None:
        form = self.grid
        form.wide(8)
        form.line("title", t("scenario|Title"), required=True)
        form.wide(3)
        form.line("code", t("scenario|Code"), required=True, hint="flood-2027")
        form.choice("lang", t("scenario|Language"), [Choice(one, t(LANGUAGE_NAMES[one]))
                                                     for one in LANGUAGES])
        for column in OVERVIEW:
            if column.names is not None:
                form.choice(column.field, t(column.heading), _choices(column))
        form.line("minutes", t("Planned minutes"))
        for field, wide in (("sector", 5), ("town", 6), ("place", 10)):
            form.wide(wide)
            form.line(field, self._heading(field))
        plans = self.desk.store.read("select name from plan where active = 1 order by name")
        form.choice("plan", t("Plan drilled"), [Choice("", "—"), *(
            Choice(r["name"], r["name"]) for r in plans)])
        for field in ("background", "situation", "evolution", "support"):
            form.text(field, self._heading(field), lines=2)
        self._tables()

    def _heading(self, field: str) -> str:
        return t(next(c.heading for c in OVERVIEW if c.field == field))

    def _tables(self) -> None:
        form = self.form
        if not isinstance(form, RecordForm):
            raise TypeError(form)
        form.wide(20)
        for name, words, columns in (
                ("aims", t("Aims: who, under what condition, does what, how well"),
                 ROWS["aims"]),
                ("people", t("Organisation, participants and evaluators"), ROWS["people"]),
                ("safety", t("Safety measures"), ROWS["safety"]),
                ("injects", t("Injects: number, T+, content, how, controller, to whom"),
                 ROWS["injects"]),
                ("actions", t("Expected actions: inject, action, by whom, minutes, point"),
                 (NUMBER, *EXPECTED))):
            cells = [Cell(t(c.heading), SHARES.get(c.field, 3), choices=_choices(c))
                     for c in columns]
            rows = RowsEdit(self.theme, cells, words)
            rows.edited.connect(form.edited)
            form.add_rows(name, words, rows)

    # values

    def _show(self, of: Scenario | None) -> None:
        if of is None:
            self.form.fill({"lang": catalogue.language, "minutes": "60"})
            return
        plain: dict[str, object] = {c.field: str(getattr(of, c.field)) for c in OVERVIEW}
        plain["minutes"] = f"{of.minutes:g}"
        for name, columns in ROWS.items():
            plain[name] = [_cells(columns, one) for one in getattr(of, name)]
        plain["actions"] = [[str(i.no), *_cells(EXPECTED, a)]
                            for i in of.injects for a in i.expected]
        self.form.fill(plain)

    def commit(self) -> ScenarioId:
        return put_scenario(self.desk.store, self._read(), self.of.id if self.of else None,
                            by=self.desk.officer)

    def _read(self) -> Scenario:
        given = self.form.values
        plain: dict[str, Any] = {c.field: given[c.field] for c in OVERVIEW}
        plain["minutes"] = self.check_number("minutes") or 0
        for name, columns in ROWS.items():
            plain[name] = [_row(columns, line, name) for line in _lines(given[name])]
        by_no = {row["no"]: row for row in plain["injects"]}
        for row in by_no.values():
            row["no"], row["expected"] = int(row["no"]), []
        for line in _lines(given["actions"]):
            whose = by_no.get(float(line[0])) if line[0].strip().isdigit() else None
            if whose is None:
                raise Refused("An expected action belongs to inject {no}, which is not there.",
                              field="actions", no=line[0] or "—")
            whose["expected"].append(_row(EXPECTED, line[1:], "actions"))
        return from_plain(Scenario, plain)


NUMBER = Column("of", INJECTS[0].heading, INJECTS[0].chinese)


def _choices(column: Column) -> tuple[Choice, ...]:
    if column.names is None:
        return ()
    empty = (Choice("", "—"),) if column.names is POINT_NAMES else ()
    return (*empty, *(Choice(str(value), t(words)) for value, words in column.names.items()))


def _cells(columns: Sequence[Column], one: object) -> list[str]:
    """What stands in the cells: choices as their codes, the rest as it is written."""
    values = [(c, getattr(one, c.field)) for c in columns]
    return ["" if value is None else str(value) if c.names else c.say(value)
            for c, value in values]


def _row(columns: Sequence[Column], line: Sequence[str], name: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column, text in zip(columns, line, strict=False):
        plain = text.strip()
        try:
            if plain or column.read is str:
                row[column.field] = plain if column.names else column.read(plain)
        except ValueError as error:
            raise Refused("{text} is not right for {heading}.", field=name, text=text,
                          heading=t(column.heading)) from error
    return row


def _lines(given: object) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in given] if isinstance(given, list) else []
