"""Forms of roll calls 点名表单: a template, and a roll call that no template asks for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.errors import WatchdeskError
from db.words import t
from dispatch.net.choosing import chosen
from dispatch.net.rollcall import RollCall, start_by_hand
from dispatch.net.templates import Template, TemplateFacts, put_template, read_times
from dispatch.net.terms import ROLL_WAY_NAMES, RollWay
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.dialogs.who import add_who, read_who, who_values
from ui.theme import Theme
from ui.widgets.form import Choice


class _WhoSheet(Sheet):
    """Whom and how; the number of those reached follows every change."""

    def build(self) -> None:
        grid = self.grid
        grid.wide(12)
        grid.line("name", t("Name of the roll call"), required=True)
        grid.wide(8)
        grid.choice("way", t("By"), [Choice(w, t(ROLL_WAY_NAMES[w])) for w in RollWay])
        add_who(grid, self.desk.store)
        grid.wide(6)
        grid.check("on_net", t("Only who is on the net"))
        self.advice = self.note()
        self.rows.addWidget(self.advice)
        self.form.edited.connect(self.look)
        self.form.fill({"way": RollWay.PHONE, "on_net": True})

    def look(self) -> None:
        """Say how many are reached."""
        try:
            n = len(chosen(self.desk.store, read_who(self.form.values)))
            self.advice.setText(t("{n} units", n=n))
        except WatchdeskError as error:
            self.advice.setText(str(error))

    def refuse(self, error: WatchdeskError) -> None:
        if error.field == "who":
            self.message.setText(str(error))
            self.message.show()
            self.place()
        else:
            super().refuse(error)


class TemplateSheet(_WhoSheet):
    """T: a template with its times; without any it is begun by hand only."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Template | None) -> None:
        super().__init__(theme, desk, host, of.name if of is not None else
                         t("New template of a roll call"), width=760)
        self.of = of
        self.build()
        grid = self.grid
        grid.wide(8)
        grid.line("times", t("Every day at"), hint="09:00 21:00")
        grid.wide(6)
        grid.number("random_week", t("At random, times a week"), most=21)
        grid.number("sample", t("Units drawn then (0: all)"), most=10_000)
        grid.wide(10)
        grid.check("active", t("In use"))
        self.form.fill({"active": True})
        if of is not None:
            self.form.fill({
                "name": of.name, "way": of.way, **who_values(of.choice),
                "times": " ".join(x.strftime("%H:%M") for x in of.times),
                "random_week": of.random_week, "sample": of.sample, "active": of.active})
        self.look()

    def commit(self) -> Template:
        v = self.form.values
        who = read_who(v, self.of.choice.keys if self.of is not None else ())
        facts = TemplateFacts(
            name=str(v["name"]), choice=who, way=RollWay(str(v["way"])),
            times=read_times(str(v["times"])), random_week=int(str(v["random_week"])),
            sample=int(str(v["sample"])), active=bool(v["active"]))
        return put_template(self.desk.store, facts, template=self.of.id if self.of else None,
                            by=self.desk.officer)


class RollSheet(_WhoSheet):
    """N: a roll call at once."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget) -> None:
        super().__init__(theme, desk, host, t("New roll call"), width=760, verb=t("roll|Begin"))
        self.build()
        self.form.fill({"name": t("Spot check")})
        self.look()

    def commit(self) -> RollCall:
        v = self.form.values
        return start_by_hand(self.desk.store, str(v["name"]), read_who(v),
                             RollWay(str(v["way"])), by=self.desk.officer)
