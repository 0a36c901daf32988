"""Closing forms 办结: what still stands in the way, the conclusion, and opening again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.closing import close_event, is_owed, reopen_event, sending_text
from dispatch.events import Event
from dispatch.orders import forces_out
from dispatch.reports_up import next_sendings
from resources.localtime import moment_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme


def in_the_way(desk: Desk, event: Event) -> tuple[list[str], list[str]]:
    """Forces still out, and reports still owed, in words."""
    out = [o.force_name for o in forces_out(desk.store) if o.event_id == event.id]
    owed = [t("{what}, due {time}", what=sending_text(s), time=moment_text(s.due_at))
            for s in next_sendings(desk.store, event.id) if is_owed(s, desk.store)]
    return out, owed


class CloseSheet(Sheet):
    """W: closes the event; reports still owed need a reason to be waived."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        super().__init__(theme, desk, host, t("Close {number}", number=event.number),
                         draft=f"close:{event.id}", verb=t("verb|Close the event"))
        self.of = event
        out, owed = in_the_way(desk, event)
        words = []
        if out:
            words.append(t("Still out ({n}): {names}", n=len(out), names=t("; ").join(out)))
        if owed:
            words.append(t("Reports still owed ({n}):", n=len(owed)))
            words += owed
        if not words:
            words = [t("Nothing stands in the way.")]
        self.rows.insertWidget(0, self.note("\n".join(words), tone="" if out or owed else "muted"))
        if owed:
            self.form.line("waive", t("Why these reports are not sent"))
        self.form.text("note", t("Conclusion (Ctrl+Enter commits)"), lines=3)

    def commit(self) -> Event:
        v = self.form.values
        return close_event(self.desk.store, self.of.id, note=str(v["note"]),
                           waive=str(v.get("waive", "")), by=self.desk.officer)


class ReopenSheet(Sheet):
    """W on a closed event: opens it again, with the reason."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        super().__init__(theme, desk, host, t("Reopen {number}", number=event.number),
                         draft=f"reopen:{event.id}", verb=t("verb|Reopen"))
        self.of = event
        self.form.line("reason", t("Reason"), required=True)

    def commit(self) -> Event:
        return reopen_event(self.desk.store, self.of.id,
                            reason=str(self.form.values["reason"]), by=self.desk.officer)
