"""The instruction form 领导批示: word for word, to whom it was passed, how it was carried out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.events import Event
from dispatch.instructions import (
    INSTRUCTION_NAMES,
    Instruction,
    InstructionKind,
    give_feedback,
    instructions_of,
    pass_on,
    record_instruction,
)
from dispatch.terms import WAY_NAMES, Way
from resources.localtime import clock_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

PASSINGS = 3


class InstructionSheet(Sheet):
    """F6: a new instruction with up to three passings, or more about one that is open."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        super().__init__(theme, desk, host, t("Instruction on {number}", number=event.number),
                         width=600, draft=f"instruction:{event.id}", verb=t("verb|Record"))
        self.of = event
        self.waiting = [i for i in instructions_of(desk.store, event.id) if i.open]
        self.passed = self.note()
        self._build_fields()
        self.rows.insertWidget(0, self.passed)
        self.form.edited.connect(self.look)
        self.look()

    def _build_fields(self) -> None:
        grid = self.grid
        grid.wide(20)
        grid.choice("which", t("About"), [
            Choice(0, t("A new instruction")),
            *(Choice(int(i.id), f"{clock_text(i.at)} {i.leader}{t(': ')}{i.text[:30]}")
              for i in self.waiting)])
        grid.wide(7)
        grid.line("leader", t("Leader"))
        grid.line("post", t("Unit and post"))
        grid.wide(6)
        grid.line("at", t("Given at"), hint=t("now, or such as 21:47"))
        grid.wide(7)
        grid.choice("kind", t("Kind"), [Choice(k.value, t(INSTRUCTION_NAMES[k]))
                                        for k in InstructionKind])
        grid.choice("way", t("By what means"), [Choice(w.value, t(WAY_NAMES[w])) for w in Way])
        grid.wide(6)
        grid.line("due_at", t("To be done by"), hint=t("minutes from now"))
        grid.wide(20)
        grid.text("text", t("Word for word (Ctrl+Enter commits)"), lines=3)
        for n in range(1, PASSINGS + 1):
            grid.wide(8)
            grid.line(f"to_{n}", t("Passed on to ({n})", n=n))
            grid.wide(7)
            grid.line(f"receiver_{n}", t("Taken by"))
            grid.wide(5)
            grid.check(f"repeated_{n}", t("repeated back"))
        grid.wide(15)
        grid.line("feedback", t("How it was carried out"))
        grid.wide(5)
        grid.check("done", t("Done"))
        self.form.fill({"which": 0, "kind": InstructionKind.SPOKEN.value, "way": Way.PHONE.value})

    def look(self) -> None:
        """Show what is known of the chosen one, and only the fields that it can use."""
        chosen = self.chosen
        for name in ("leader", "post", "kind", "due_at", "text"):
            self.form.field(name).setEnabled(chosen is None)
        for name in ("feedback", "done"):
            self.form.field(name).setEnabled(chosen is not None)
        words = "" if chosen is None else f"{chosen.leader}{t(': ')}{chosen.text}"
        if chosen is not None and chosen.passings:
            words += "\n" + t("Passed on to: {names}", names=t("; ").join(
                f"{clock_text(p.at)} {p.to_whom}" for p in chosen.passings))
        self.passed.setText(words)
        self.passed.setVisible(bool(words))

    @property
    def chosen(self) -> Instruction | None:
        which = self.form.values["which"]
        return next((i for i in self.waiting if int(i.id) == which), None)

    def commit(self) -> Instruction:
        v, store, by = self.form.values, self.desk.store, self.desk.officer
        found = self.chosen or self._record()
        at = self.read_time("at") if self.chosen else None
        way = Way(str(v["way"]))
        for n in range(1, PASSINGS + 1):
            if to := str(v[f"to_{n}"]).strip():
                found = pass_on(store, found.id, to, way=way, at=at,
                                receiver=str(v[f"receiver_{n}"]),
                                repeated_back=bool(v[f"repeated_{n}"]), by=by)
        if self.chosen and (v["done"] or str(v["feedback"]).strip()):
            found = give_feedback(store, found.id, str(v["feedback"]), done=bool(v["done"]), by=by)
        return found

    def _record(self) -> Instruction:
        v = self.form.values
        due = self.read_due("due_at")
        return record_instruction(
            self.desk.store, str(v["text"]), leader=str(v["leader"]), post=str(v["post"]),
            kind=InstructionKind(str(v["kind"])), way=Way(str(v["way"])),
            at=self.read_time("at"), due_at=due, event=self.of.id, by=self.desk.officer)
