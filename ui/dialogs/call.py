"""Call forms 来电登记: a call with all that was said, and the call-back that verifies it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused
from db.words import t
from dispatch.calls import (
    OUTCOME_NAMES,
    Call,
    CallCheck,
    CallDetail,
    Outcome,
    call_back,
    checks_of,
    detail_of,
    earlier_calls,
    join_call,
    record_call,
)
from dispatch.events import open_events
from dispatch.log import LogEntry
from resources.localtime import moment_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

NONE = 0


class CallSheet(Sheet):
    """A call that is no event of its own, or one more about an event that is open."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: RowId | None = None
                 ) -> None:
        super().__init__(theme, desk, host, t("Call record"), width=760,
                         draft=f"call:{event or 'desk'}", verb=t("verb|Record"))
        self.earlier = self.note()
        self._build_who()
        grid = self.grid
        grid.wide(20)
        grid.text("text", t("What was said (Ctrl+Enter commits)"), lines=3)
        grid.wide(6)
        grid.line("happened_at", t("Happened at"), hint=t("such as 21:47"))
        grid.wide(14)
        grid.line("place", t("Place"))
        grid.wide(10)
        for name, words in (("cause", t("fact|Cause")), ("measures", t("Measures taken")),
                            ("result", t("call|Result")), ("impact", t("call|Effects")),
                            ("trend", t("fact|Trend")),
                            ("told", t("Whom the caller has told, and when"))):
            grid.line(name, words)
        grid.wide(20)
        grid.choice("event", t("Belongs to the event"), [
            Choice(NONE, t("to none")),
            *(Choice(int(e.id), f"{e.number} {e.title}") for e in open_events(desk.store))])
        self.form.fill({"direction": "in", "event": int(event or NONE)})
        self.rows.addWidget(self.earlier)
        self.form.edited.connect(self.look)
        self.look()

    def _build_who(self) -> None:
        grid = self.grid
        grid.wide(4)
        grid.choice("direction", t("Direction"), [Choice("in", t("Call in")),
                                                  Choice("out", t("Call out"))])
        grid.line("answered", t("call|Answered at"), hint=t("now, or such as 21:47"))
        grid.line("minutes", t("Length (min)"))
        grid.wide(8)
        grid.line("phone", t("Phone"))
        grid.wide(7)
        grid.line("unit", t("Caller's unit"))
        grid.line("caller", t("Caller"))
        grid.wide(6)
        grid.line("post", t("Post"))

    def look(self) -> None:
        """What the number called about before."""
        phone = str(self.form.values["phone"])
        found = earlier_calls(self.desk.store, phone, 3) if len(phone.strip()) >= 4 else []
        self.earlier.setText(t("This number called before: {calls}", calls=t("; ").join(
            f"{moment_text(c.answered_at)} {c.text[:24]}" for c in found)) if found else "")
        self.earlier.setVisible(bool(found))

    def commit(self) -> LogEntry:
        v = self.form.values
        text = {n: str(v[n]).strip() for n in ("phone", "unit", "caller", "post", "told", "place",
                                               "cause", "measures", "result", "impact", "trend")}
        minutes = self.check_number("minutes")
        if minutes is not None and not 0 <= minutes < 1440:
            raise Refused("A call cannot be shorter than nothing.", field="minutes")
        detail = CallDetail(self.read_time("happened_at"), *(text[n] for n in (
            "place", "cause", "measures", "result", "impact", "trend")))
        return record_call(
            self.desk.store, str(v["text"]), phone=text["phone"], caller=text["caller"],
            unit=text["unit"], post=text["post"], outgoing=v["direction"] == "out",
            answered_at=self.read_time("answered"), told=text["told"], detail=detail,
            seconds=None if minutes is None else round(minutes * 60),
            event=RowId(int(str(v["event"]))) if v["event"] else None, by=self.desk.officer)


class CallBackSheet(Sheet):
    """A call of the register: called back to verify it, and joined to an event."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Call) -> None:
        super().__init__(theme, desk, host, t("Call of {time}", time=moment_text(of.answered_at)),
                         width=600, draft=f"call-back:{of.id}", verb=t("verb|Record"))
        self.of = of
        self.rows.insertWidget(0, self.note(self._known(), tone=""))
        grid = self.grid
        grid.wide(10)
        grid.choice("outcome", t("Called back"), [
            Choice("", t("not called back")),
            *(Choice(o.value, t(OUTCOME_NAMES[o])) for o in Outcome)])
        grid.line("at", t("Called back at"), hint=t("now, or such as 21:47"))
        grid.line("phone", t("Number called"))
        grid.line("who", t("Who answered"))
        grid.wide(20)
        grid.line("note", t("What was found"))
        if of.event_id is None:
            grid.choice("event", t("Belongs to the event"), [
                Choice(NONE, t("to none")),
                *(Choice(int(e.id), f"{e.number} {e.title}") for e in open_events(desk.store))])
            self.form.fill({"event": NONE})
        self.form.fill({"outcome": Outcome.CONFIRMED.value, "phone": of.phone})

    def _known(self) -> str:
        of, more = self.of, detail_of(self.desk.store, self.of.id)
        lines = [" ".join(p for p in (of.unit, of.post, of.caller, of.phone) if p), of.text]
        lines += [f"{words}{t(': ')}{text}" for words, text in (
            (t("Place"), more.place), (t("fact|Cause"), more.cause),
            (t("Measures taken"), more.measures), (t("call|Result"), more.result),
            (t("call|Effects"), more.impact), (t("fact|Trend"), more.trend),
            (t("Whom the caller has told, and when"), of.told)) if text]
        lines += [f"{moment_text(c.at)} {t(OUTCOME_NAMES[c.outcome])} {c.who} {c.note}".strip()
                  for c in checks_of(self.desk.store, of.id)]
        return "\n".join(line for line in lines if line)

    def commit(self) -> CallCheck | Call:
        v, store, by = self.form.values, self.desk.store, self.desk.officer
        event = v.get("event")
        if not v["outcome"] and not event:
            raise Refused("Say what the call-back found, or choose an event.", field="outcome")
        done: CallCheck | Call = self.of
        if v["outcome"]:
            done = call_back(store, self.of.id, Outcome(str(v["outcome"])), phone=str(v["phone"]),
                             who=str(v["who"]), note=str(v["note"]), at=self.read_time("at"),
                             by=by)
        if event:
            done = join_call(store, self.of.id, RowId(int(str(event))), by=by)
        return done
