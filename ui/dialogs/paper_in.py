"""Forms of incoming papers 来文: one is registered, passed on, acknowledged and filed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused
from db.words import t
from dispatch.events import open_events
from dispatch.incoming import (
    URGENCY_NAMES,
    IncomingPaper,
    Urgency,
    acknowledge_paper,
    file_paper,
    pass_paper,
    receive_paper,
)
from dispatch.terms import WAY_NAMES, Way
from resources.localtime import clock_text, moment_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

NONE = 0
WAYS = (Way.FAX, Way.WRITTEN, Way.SYSTEM, Way.SMS, Way.PERSON, Way.PHONE)


class PaperInSheet(Sheet):
    """A paper or fax that came in; the rule says to whom it goes on and by when."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget) -> None:
        super().__init__(theme, desk, host, t("Paper received"), width=640, draft="paper",
                         verb=t("verb|Register"))
        grid = self.grid
        grid.wide(20)
        grid.line("title", t("Title"), required=True)
        grid.wide(10)
        grid.line("sender", t("Sent by"), required=True)
        grid.line("ref", t("Reference number"))
        grid.wide(6)
        grid.choice("urgency", t("Urgency"), [Choice(u.value, t(URGENCY_NAMES[u]))
                                              for u in Urgency])
        grid.choice("way", t("By what means"), [Choice(w.value, t(WAY_NAMES[w])) for w in WAYS])
        grid.wide(8)
        grid.line("received_at", t("Received at"), hint=t("now, or such as 21:47"))
        grid.wide(20)
        grid.text("text", t("What it says (Ctrl+Enter commits)"), lines=3)
        grid.choice("event", t("Belongs to the event"), [
            Choice(NONE, t("to none")),
            *(Choice(int(e.id), f"{e.number} {e.title}") for e in open_events(desk.store))])
        self.form.fill({"urgency": Urgency.NORMAL.value, "way": Way.FAX.value, "event": NONE})

    def commit(self) -> IncomingPaper:
        v = self.form.values
        return receive_paper(
            self.desk.store, str(v["title"]), sender=str(v["sender"]), ref=str(v["ref"]),
            urgency=Urgency(str(v["urgency"])), way=Way(str(v["way"])), text=str(v["text"]),
            received_at=self.read_time("received_at"),
            event=RowId(int(str(v["event"]))) if v["event"] else None, by=self.desk.officer)


class PaperStepSheet(Sheet):
    """A paper of the register: passed on, its receipt given, filed."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: IncomingPaper) -> None:
        super().__init__(theme, desk, host, t("Paper {number}", number=of.number), width=640,
                         draft=f"paper:{of.id}", verb=t("verb|Record"))
        self.of = of
        self.rows.insertWidget(0, self.note(self._known(), tone=""))
        grid = self.grid
        grid.wide(8)
        grid.line("to_whom", t("Passed on to"))
        grid.wide(6)
        grid.choice("way", t("By what means"), [Choice(w.value, t(WAY_NAMES[w])) for w in Way])
        grid.line("at", t("Passed on at"), hint=t("now, or such as 21:47"))
        grid.wide(8)
        grid.line("receiver", t("Taken by"))
        grid.wide(6)
        grid.check("repeated", t("repeated back"))
        grid.wide(10)
        grid.line("acknowledged_to", t("Receipt given to"))
        grid.line("filed_where", t("Filed where"))
        grid.wide(15)
        grid.line("result", t("What became of it"))
        grid.wide(5)
        grid.check("filed", t("File it"))
        first = next(iter(of.waiting), None)
        self.form.fill({"way": first.way.value if first else Way.PHONE.value,
                        "to_whom": first.to_whom if first else ""})

    def _known(self) -> str:
        of = self.of
        lines = [f"{of.title} {of.ref}".strip(),
                 f"{moment_text(of.received_at)} {of.sender} {t(URGENCY_NAMES[of.urgency])}",
                 of.text]
        for p in of.passings:
            if p.passed_at is None:
                lines.append(t("to {to}, due {time}", to=p.to_whom,
                               time=clock_text(p.due_at) if p.due_at else ""))
            else:
                words = t("{time} passed to {to} {way}", time=clock_text(p.passed_at),
                          to=p.to_whom, way=t(WAY_NAMES[p.way]))
                lines.append(t("{what} (late)", what=words) if p.late else words)
        if of.acknowledged_at:
            lines.append(t("receipt given {time} to {to}", time=clock_text(of.acknowledged_at),
                           to=of.acknowledged_to))
        return "\n".join(line for line in lines if line)

    def commit(self) -> IncomingPaper:
        v, store, by, done = self.form.values, self.desk.store, self.desk.officer, self.of
        text = {n: str(v[n]).strip() for n in ("to_whom", "receiver", "acknowledged_to",
                                               "filed_where", "result")}
        if not (text["to_whom"] or text["acknowledged_to"] or v["filed"]):
            raise Refused("Say to whom it was passed on.", field="to_whom")
        if text["to_whom"]:
            done = pass_paper(store, done.id, text["to_whom"], way=Way(str(v["way"])),
                              at=self.read_time("at"), receiver=text["receiver"],
                              repeated_back=bool(v["repeated"]), by=by)
            self.form.fill({"to_whom": ""})
        if text["acknowledged_to"]:
            done = acknowledge_paper(store, done.id, text["acknowledged_to"], by=by)
            self.form.fill({"acknowledged_to": ""})
        if v["filed"]:
            done = file_paper(store, done.id, where=text["filed_where"], result=text["result"],
                              by=by)
        return done
