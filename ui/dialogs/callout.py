"""The call-out form 一呼百应: whom, what, by which channels; asked once more before it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused, WatchdeskError
from db.words import t
from dispatch.events import Event
from dispatch.net.addresses import address_for
from dispatch.net.callout_text import plan_of, plan_text, set_plan_text
from dispatch.net.callouts import Callout, Draft, Ready, look_at, start_callout
from dispatch.net.channels import usable_channels
from dispatch.net.choosing import Choice as Who
from dispatch.net.choosing import Ring
from dispatch.net.rules import ESCALATE
from dispatch.net.words import named
from resources.net import Key
from resources.rules import rule_or
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.dialogs.who import add_who, read_who
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.net_tree import Node

WAIT_MS = 200


class CalloutSheet(Sheet):
    """H. The number of those reached follows every change; the first Enter says what will go
    out, the second sends it. `ring` narrows the choice to a circle of the map."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event | None = None, *,
                 keys: Sequence[Key] = (), node: Node | None = None,
                 ring: Ring | None = None) -> None:
        title = t("Call out for {number}", number=event.number) if event else t("verb|Call out")
        super().__init__(theme, desk, host, title, width=820, verb=t("verb|Send the call-out"))
        self.of, self.keys, self.ring = event, tuple(keys), ring
        if node is not None and node.part.keys and node.group is None and not keys:
            self.keys = node.part.keys
        self.armed: Draft | None = None
        self.plan = plan_of(desk.store, event)
        self.channels = usable_channels(desk.store)
        self.advice = self.note()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self.look)
        self._build_who()
        self._build_what()
        self._begin(node)
        self.rows.addWidget(self.advice)
        self.form.edited.connect(self._on_change)
        self.add_button(t("Keep as the plan's text"), self.keep_text, "Ctrl+S")
        self.hint.setText(t("Enter shows what goes out, Enter again sends · Esc closes"))
        self.look()

    def _build_who(self) -> None:
        grid, store = self.grid, self.desk.store
        add_who(grid, store)
        grid.wide(6)
        grid.number("km", t("Within km of the place (0: all)"), most=500)
        grid.wide(7)
        grid.check("by_plan", t("All forces the plan calls for"))
        grid.check("on_net", t("Only who is on the net"))
        grid.wide(6)
        grid.check("orders", t("Who confirms is ordered out"))
        place = self.of is not None and self.of.lon is not None
        self.form.field("km").setEnabled(place or self.ring is not None)
        self.form.field("orders").setEnabled(self.of is not None)

    def _build_what(self) -> None:
        grid, store = self.grid, self.desk.store
        grid.wide(10)
        grid.line("title", t("Subject"), required=True)
        grid.choice("plan", t("Plan"), [Choice(None, t("without a plan")), *(
            Choice(r["id"], r["name"]) for r in store.read(
                "select id, name from plan where active = 1 order by name"))])
        grid.wide(20)
        grid.text("text", t("Text (Ctrl+Enter calls)"), lines=3)
        grid.wide(5)
        for channel in self.channels:
            grid.check(f"channel:{channel.id}", channel.name)
        grid.new_row()
        grid.wide(10)
        grid.number("minutes", t("To the next number after"), least=1, most=1440,
                    unit=t("unit|min"))
        field = self.form.field("plan")
        field.activated.connect(lambda _n: self._take_plan())  # type: ignore[attr-defined]

    def _begin(self, node: Node | None) -> None:
        store = self.desk.store
        title = self.of.title if self.of is not None else ""
        self.form.fill({"plan": self.plan, "title": title, "orders": self.of is not None,
                        "minutes": int(rule_or(store, ESCALATE).value)})
        self.form.fill({f"channel:{c.id}": True for c in self.channels})
        if self.of is not None:
            self.form.fill({"by_plan": self.plan is not None and self.ring is None})
            self._take_plan()
        if node is not None and not self.keys:
            self.form.fill({f"branch:{b}": True for b in node.part.branches})
            if node.group is not None:
                self.form.fill({"group": node.group})
        if self.ring is not None:
            self.form.fill({"km": _km(self.ring)})

    def _take_plan(self) -> None:
        if self.of is not None:
            self.form.fill({"text": plan_text(self.desk.store, self._plan())})

    def _plan(self) -> RowId | None:
        plan = self.form.values["plan"]
        return RowId(int(str(plan))) if plan else None

    # What it means

    def _who(self) -> Who:
        v = self.form.values
        ring = self.ring
        if ring is None and int(str(v["km"])) and self.of is not None \
                and self.of.lon is not None and self.of.lat is not None:
            ring = Ring(self.of.lon, self.of.lat, int(str(v["km"])) * 1000)
        elif ring is not None and int(str(v["km"])) != _km(ring):
            ring = Ring(ring.lon, ring.lat, int(str(v["km"])) * 1000) if v["km"] else None
        return replace(read_who(v, self.keys), ring=ring,
                       plan=self._plan() if v["by_plan"] else None)

    def draft(self) -> Draft:
        """What the form says now."""
        v = self.form.values
        return Draft(
            title=str(v["title"]), template=str(v["text"]), choice=self._who(),
            event=self.of.id if self.of is not None else None, plan=self._plan(),
            channels=tuple(c.id for c in self.channels if v[f"channel:{c.id}"]),
            minutes=int(str(v["minutes"])), orders=bool(v["orders"]))

    def _on_change(self) -> None:
        self.armed = None
        self._soon.start()

    def look(self) -> None:
        """Say who would be reached, by what, and who cannot be."""
        self.ok.setText(t("verb|Send the call-out"))
        draft = self.draft()
        try:
            ready = look_at(self.desk.store, draft if draft.title.strip() else Draft(
                title="-", template=draft.template or "-", choice=draft.choice,
                event=draft.event, plan=draft.plan, channels=draft.channels))
        except WatchdeskError as error:
            self.advice.setText(str(error))
            return
        self.ok.setText(t("Call {n} units", n=len(ready.members)))
        self.advice.setText(_told(ready))
        self.place()

    def keep_text(self) -> None:
        """Ctrl+S: the text becomes the template of the plan that is chosen."""
        plan = self._plan()
        if plan is None:
            raise Refused("Choose the plan that keeps this text.", field="plan")
        set_plan_text(self.desk.store, plan, str(self.form.values["text"]), by=self.desk.officer)
        self.message.setText(t("The plan keeps this text."))
        self.message.show()
        self.place()

    def commit(self) -> Callout:
        draft = self.draft()
        ready = look_at(self.desk.store, draft)
        if self.armed != draft:
            self.armed = draft
            raise Refused("{n} units will be called{how}. Enter again sends; what went out cannot"
                          " be taken back.", n=len(ready.members), how=_by(ready))
        return start_callout(self.desk.store, draft, by=self.desk.officer)

    def refuse(self, error: WatchdeskError) -> None:
        if error.field in ("who", "channels", "ring"):
            self.message.setText(str(error))
            self.message.show()
            self.place()
        else:
            super().refuse(error)


def _km(ring: Ring) -> int:
    """A ring's radius in whole km, 1 at least; an untouched field keeps the exact one."""
    return max(1, round(ring.metres / 1000))


def _by(ready: Ready) -> str:
    names = t("list|, ").join(c.name for c in ready.channels)
    return t(" through {names}", names=names) if names else t(" by hand, from the call sheet")


def _told(ready: Ready) -> str:
    """Who is reached by which channel, and who has no number."""
    parts = [t("{n} units", n=len(ready.members))]
    parts += [t("{channel} reaches {n}", channel=c.name, n=sum(
        1 for m in ready.members if any(address_for(c, x) for x in m.numbers)))
        for c in ready.channels]
    words = t("list|, ").join(parts)
    if not ready.channels:
        words += t("; ") + t("no channel is chosen: they are called by hand from the sheet")
    if ready.without_number:
        words += "\n" + named(t("Without any number: {names}"),
                              [m.name for m in ready.without_number], 8)
    return words + "\n" + t("They read: {text}", text=ready.text)
