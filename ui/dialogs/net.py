"""Forms of the net 调度网表单: persons in order, a call made, a group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import WatchdeskError
from db.words import t
from dispatch.events import open_events
from dispatch.log import LogEntry
from dispatch.net.calls import note_call
from dispatch.terms import Way
from resources.net import Contact, Key, Member
from resources.net_keeping import Group, contacts_of, put_group, set_contacts
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.rows_edit import Cell, RowsEdit, _read


class PersonsEdit(RowsEdit):
    """Lines of name, post, phone and mail; one with anything in it counts."""

    @property
    def value(self) -> list[list[str]]:
        rows = [[_read(w) for w in widgets] for _line, widgets in self.lines]
        return [row for row in rows if any(cell.strip() for cell in row)]


class ContactsSheet(Sheet):
    """K: the persons of a unit in the order in which they are tried."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Member) -> None:
        super().__init__(theme, desk, host, t("Persons of {unit}", unit=of.name), width=720)
        self.of = of
        self.rows.insertWidget(0, self.note(t(
            "Tried in this order after the duty phone {phone}. Mail is for the mail channel.",
            phone=of.phone or "—")))
        self.edit = PersonsEdit(theme, (Cell(t("person|Name"), 3), Cell(t("person|Post"), 3),
                                        Cell(t("Phone"), 3), Cell(t("Mail address"), 4)),
                                t("Persons in order"))
        kept = contacts_of(desk.store, of.key)
        self.edit.put([(c.name, c.post, c.phone, c.mail) for c in kept])
        self.rows.insertWidget(1, self.edit)
        self.edit.edited.connect(self.place)

    def present(self, focus: str = "") -> None:
        super().present(focus)
        self.edit.setFocus()

    def commit(self) -> Key:
        set_contacts(self.desk.store, self.of.key, [Contact(*row) for row in self.edit.value],
                     by=self.desk.officer)
        return self.of.key

    def refuse(self, error: WatchdeskError) -> None:
        self.message.setText(str(error))
        self.message.show()
        self.place()


class CallNoteSheet(Sheet):
    """D: a call made to a unit goes into the log."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Member,
                 place: int = 0) -> None:
        super().__init__(theme, desk, host, t("Call to {unit}", unit=of.name),
                         draft=f"netcall:{of.kind}:{of.id}", verb=t("verb|Log"))
        self.of, grid = of, self.grid
        grid.wide(20)
        numbers = [Choice(n, " ".join(p for p in (c.phone or c.mail, c.who) if p))
                   for n, c in enumerate(of.numbers)]
        if of.call_sign:
            numbers.append(Choice(-1, t("by radio, {sign}", sign=of.call_sign)))
        grid.choice("number", t("Number"), numbers or [Choice(-2, "—")])
        grid.text("said", t("What was said (Ctrl+Enter commits)"), lines=2)
        grid.wide(12)
        grid.choice("event", t("Event"), [Choice(None, t("no event")), *(
            Choice(e.id, f"{e.number} {e.title}") for e in open_events(desk.store))])
        grid.wide(8)
        grid.line("at", t("Called at"), hint=t("now, or such as 21:47"))
        grid.wide(20)
        grid.check("silent", t("Nobody answered"))
        if numbers:
            self.form.fill({"number": min(max(place, 0), len(of.numbers) - 1)
                            if of.numbers else -1})

    def commit(self) -> LogEntry:
        v, numbers = self.form.values, self.of.numbers
        place = int(str(v["number"]))
        return note_call(
            self.desk.store, self.of.key, numbers[place] if 0 <= place < len(numbers) else None,
            str(v["said"]), answered=not v["silent"],
            event=RowId(int(str(v["event"]))) if v["event"] else None, at=self.read_time("at"),
            way=Way.RADIO if place == -1 else Way.PHONE, by=self.desk.officer)


class GroupSheet(Sheet):
    """G: a group of what is selected in the list, or a group's name and note."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, members: Sequence[Member],
                 group: Group | None = None) -> None:
        super().__init__(theme, desk, host, t("Group of {n} units", n=len(members)))
        self.members, self.group = tuple(members), group
        names = t("list|, ").join(m.name for m in members[:12])
        self.rows.insertWidget(0, self.note(
            t("{names} and {n} more", names=names, n=len(members) - 12)
            if len(members) > 12 else names))
        self.form.line("name", t("Name of the group"), required=True)
        self.form.line("note", t("Note"))
        if group is not None:
            self.form.fill({"name": group.name, "note": group.note})

    def commit(self) -> RowId:
        v = self.form.values
        return put_group(self.desk.store, str(v["name"]), [m.key for m in self.members],
                         note=str(v["note"]), group=self.group.id if self.group else None,
                         by=self.desk.officer)
