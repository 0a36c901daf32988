"""Forms of a running drill 演练表单: a mark, a skipped inject, a timing point, the end."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.drills.acting import add_mark, end_drill, press_point, skip_inject, t_text
from dispatch.drills.record import InjectRun
from dispatch.drills.run import Run
from dispatch.drills.terms import POINT_NAMES, Point
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class MarkSheet(Sheet):
    """M: a free note at the moment at which it is committed."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget) -> None:
        super().__init__(theme, desk, host, t("Mark"), draft="drill:mark", verb=t("verb|Mark"))
        self.form.line("text", t("What was seen"), required=True)

    def commit(self) -> Run:
        return add_mark(self.desk.store, str(self.form.values["text"]), by=self.desk.officer)


class SkipSheet(Sheet):
    """K: an inject is left out, with the reason."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, one: InjectRun) -> None:
        super().__init__(theme, desk, host, t("Leave inject {no} out", no=one.no),
                         verb=t("verb|Leave out"))
        self.one = one
        self.rows.insertWidget(0, self.note(one.content, tone=""))
        self.form.line("why", t("Reason"), required=True)

    def commit(self) -> Run:
        return skip_inject(self.desk.store, self.one.no, str(self.form.values["why"]),
                           by=self.desk.officer)


class PointSheet(Sheet):
    """T: a timing point reached that no record of the drill shows."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, run: Run) -> None:
        super().__init__(theme, desk, host, t("Timing point"), verb=t("verb|Stamp"))
        known = {p.point: p for p in run.points}
        if run.points:
            self.rows.insertWidget(0, self.note("\n".join(
                f"T+{t_text(p.t)}  {t(POINT_NAMES[p.point])}  {p.source}" for p in run.points)))
        self.form.choice("point", t("Timing point"), [
            Choice(p, t(POINT_NAMES[p])) for p in Point
            if p not in known and p not in {Point.START, Point.END}])

    def commit(self) -> Run:
        return press_point(self.desk.store, Point(str(self.form.values["point"])),
                           by=self.desk.officer)


class EndSheet(Sheet):
    """E: the drill ends and its record is sealed; what is still open is named first."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, run: Run) -> None:
        super().__init__(theme, desk, host, t("End the drill"), draft="drill:end",
                         verb=t("End and seal"))
        waiting = [i.no for i in run.injects if i.t is None and not i.skipped]
        unseen = sum(a.result is None for i in run.injects if i.t is not None for a in i.actions)
        words = [t("The clock stops for good, and the record goes into the real store, sealed.")]
        if waiting:
            words.append(t("Not given: injects {numbers}",
                           numbers=t(", ").join(str(n) for n in waiting)))
        if unseen:
            words.append(t("{n} expected actions have no stamp.", n=unseen))
        self.rows.insertWidget(0, self.note("\n".join(words)))
        self.form.text("note", t("Debriefing (Ctrl+Enter commits)"), lines=4)

    def commit(self) -> Run:
        return end_drill(self.desk.store, str(self.form.values["note"]), by=self.desk.officer)
