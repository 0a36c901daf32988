"""The joining form 关联与合并: an event is linked with another one, or goes up in it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused
from db.words import t
from dispatch.closing import merge_event
from dispatch.events import Event, EventId, likely_duplicates, open_events, past_events
from dispatch.linking import link_events, linked, unlink_events
from resources.localtime import moment_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

LINK, MERGE, UNLINK = "link", "merge", "unlink"
PAST = 30


class MergeSheet(Sheet):
    """J: link with, or merge into, the event chosen; likely ones stand first."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        super().__init__(theme, desk, host, t("{number} and other events", number=event.number),
                         width=640, draft=f"merge:{event.id}", verb=t("verb|Do it"))
        self.of, store = event, desk.store
        known = linked(store, event.id)
        if known:
            self.rows.insertWidget(0, self.note(t("Linked: {names}", names=t("; ").join(
                f"{k.number} {k.title} {k.note}".strip() for k in known))))
        near = likely_duplicates(store, event.place, event.lon, event.lat, event.received_at)
        others = {e.id: e for e in [*near, *open_events(store), *past_events(store, limit=PAST)]
                  if e.id != event.id}
        self.form.choice("event", t("The other event"), [
            Choice(int(e.id), f"{e.number} {e.title} {moment_text(e.received_at)}")
            for e in others.values()])
        self.form.choice("do", t("event|What to do"), [
            Choice(LINK, t("Link: they belong together")),
            Choice(MERGE, t("Merge this one into it: they are the same")),
            Choice(UNLINK, t("Undo the link"))])
        self.form.line("note", t("Why they belong together"))
        self.form.fill({"do": MERGE if near[1:] or (near and near[0].id != event.id) else LINK})

    def commit(self) -> Event:
        v, store, by = self.form.values, self.desk.store, self.desk.officer
        if v["event"] is None:
            raise Refused("There is no other event.", field="event")
        other = EventId(RowId(int(str(v["event"]))))
        if v["do"] == MERGE:
            return merge_event(store, self.of.id, other, by=by)
        if v["do"] == UNLINK:
            unlink_events(store, self.of.id, other, by=by)
        else:
            link_events(store, self.of.id, other, note=str(v["note"]), by=by)
        return self.of
