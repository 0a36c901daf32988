"""The answer form 回执: what a recipient said, who said it, by which means and when."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.net.answers import note_answer
from dispatch.net.board import Recipient
from dispatch.net.terms import ANSWER_NAMES, Answer
from dispatch.terms import WAY_NAMES, Way
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class AnswerSheet(Sheet):
    """Enter on the board."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Recipient) -> None:
        super().__init__(theme, desk, host, t("Answer of {unit}", unit=of.name),
                         draft=f"answer:{of.id}")
        self.of, grid = of, self.grid
        self.rows.insertWidget(0, self.note(of.text))
        grid.wide(10)
        grid.choice("answer", t("roll|Answer"), [Choice(a, t(ANSWER_NAMES[a]))
                                                 for a in Answer if a is not Answer.NONE])
        grid.choice("way", t("By"), [Choice(w, t(WAY_NAMES[w])) for w in Way])
        grid.line("who", t("Answered by"),
                  hint=of.contact.who if of.contact is not None else "")
        grid.line("at", t("Answered at"), hint=t("now, or such as 21:47"))
        grid.wide(20)
        grid.line("note", t("Note"))
        self.form.fill({"answer": of.answer or Answer.ACKNOWLEDGED, "way": of.way or Way.PHONE,
                        "who": of.answered_by, "note": of.note})

    def commit(self) -> Recipient:
        v = self.form.values
        return note_answer(self.desk.store, self.of.id, Answer(str(v["answer"])),
                           who=str(v["who"]), way=str(v["way"]), at=self.read_time("at"),
                           note=str(v["note"]), by=self.desk.officer)
