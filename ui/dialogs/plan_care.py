"""Plan sheets 预案管理: a new version issued, its filing, an evaluation done."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from db.words import t
from resources.localtime import local_day
from resources.plan_keeping import evaluate_plan, file_plan, filing_due, issue_version, versions
from resources.plans import PlanId, plan
from ui.desk import Desk, Tone
from ui.dialogs.care import read_day
from ui.dialogs.sheet import Sheet
from ui.theme import Theme


class PlanSheet(Sheet):
    """A sheet about one plan."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, one: int, title: str,
                 verb: str) -> None:
        found = plan(desk.store, one)
        super().__init__(theme, desk, host, f"{title}{t(': ')}{found.name}",
                         draft=f"{type(self).__name__}:{one}", verb=verb)
        self.of, self.one = found, PlanId(found.id)
        self.today = local_day(desk.now()).isoformat()

    def tell_due(self, words: str) -> None:
        self.desk.told.emit(Tone.DONE, words)


class VersionSheet(PlanSheet):
    """A new version; the old one is kept, filing and evaluation count anew."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, one: int) -> None:
        super().__init__(theme, desk, host, one, t("New version"), t("verb|Issue"))
        past = t("; ").join(f"{v.version} {v.issued_on or ''}".strip()
                            for v in versions(desk.store, one))
        self.rows.insertWidget(0, self.note(t(
            "Now in force: {version}, issued {day}. Before: {past}", past=past or "—",
            version=self.of.version or "—", day=self.of.issued_on or "—")))
        self.form.line("version", t("field|Version"), required=True)
        self.form.line("issued_on", t("field|Issued on"), required=True,
                       hint=t("such as 2026-11-23"))
        self.form.line("signed_by", t("field|Signed by"))
        self.form.fill({"issued_on": self.today})

    def commit(self) -> date:
        v = self.form.values
        due = issue_version(self.desk.store, self.one, str(v["version"]),
                            read_day(self, "issued_on"), signed_by=str(v["signed_by"]),
                            by=self.desk.officer)
        self.tell_due(t("To be filed by {day}", day=due))
        return due


class FilingSheet(PlanSheet):
    """Notes that the plan was filed 备案, with date and number."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, one: int) -> None:
        super().__init__(theme, desk, host, one, t("Filing"), t("verb|Filed"))
        due = filing_due(desk.store, self.of)
        words = t("Issued {day}; to be filed by {due}.", day=self.of.issued_on, due=due) if due \
            else t("Filed {day} with {unit}, {number}.", day=self.of.filed_on or "—",
                   unit=self.of.filed_with or "—", number=self.of.file_number or "—")
        self.rows.insertWidget(0, self.note(words))
        self.form.line("filed_with", t("field|Filed with"), required=True)
        self.form.line("filed_on", t("field|Filed on"), required=True,
                       hint=t("such as 2026-11-23"))
        self.form.line("number", t("field|Filing number"))
        self.form.fill({"filed_on": self.today, "filed_with": self.of.filed_with})

    def commit(self) -> int:
        v = self.form.values
        file_plan(self.desk.store, self.one, read_day(self, "filed_on"),
                  filed_with=str(v["filed_with"]), number=str(v["number"]), by=self.desk.officer)
        return int(self.one)


class EvaluationSheet(PlanSheet):
    """Notes that the plan was evaluated 评估; says when the next one is due."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, one: int) -> None:
        super().__init__(theme, desk, host, one, t("Evaluation"), t("verb|Evaluated"))
        self.rows.insertWidget(0, self.note(t(
            "Last evaluated {day}, next due {due}.", day=self.of.evaluated_on or "—",
            due=self.of.evaluate_due or "—")))
        self.form.line("day", t("field|Evaluated on"), required=True, hint=t("such as 2026-11-23"))
        self.form.fill({"day": self.today})

    def commit(self) -> date:
        due = evaluate_plan(self.desk.store, self.one, read_day(self, "day"),
                            by=self.desk.officer)
        self.tell_due(t("Next evaluation due on {day}", day=due))
        return due
