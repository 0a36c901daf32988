"""The net page 调度网: its tree, its members, and what is known of the one at hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from db.change import Change
from db.errors import Refused
from db.words import mark, t
from dispatch.net.choosing import Ring
from dispatch.net.papers import directory, directory_book
from resources.net import BRANCH_NAMES, Branch, Key, Member, Part, branch_counts, members
from resources.net_keeping import FLAW_NAMES, Flaw, flaws, groups, remove_group
from resources.records import Library
from resources.upkeep import verify_record
from ui.desk import Desk, Tone
from ui.dialogs.callout import CalloutSheet
from ui.dialogs.channels import ChannelsSheet
from ui.dialogs.net import CallNoteSheet, ContactsSheet, GroupSheet
from ui.dialogs.record import RecordSheet
from ui.page import make_action
from ui.pages.acts_page import ActsPage
from ui.pages.giving_out import preview, save_list
from ui.pages.net_side import WIDTH, NetSide, copy_number
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.net_tree import NetTree
from ui.widgets.panel import Panel
from ui.widgets.table import TableView

TREE, TREE_SMALL, SIDE_SMALL = 216, 168, 272
SHOWN, ORDER = 5000, list(Branch)
TABLES = {"unit", "force", "net_contact", "net_group", "roll_answer"}


def _state(row: tuple[Member, tuple[Flaw, ...]]) -> str:
    return t("list|, ").join(t(FLAW_NAMES[f]) for f in row[1]) or t("net|joined")


Row = tuple[Member, tuple[Flaw, ...]]
COLUMNS: tuple[Column[Row], ...] = (
    Column(mark("Unit"), lambda r: r[0].name, width=150, stretch=True, bold=True,
           tip=lambda r: r[0].name),
    Column(mark("Branch"), lambda r: t(BRANCH_NAMES[r[0].branch]), width=112, muted=True,
           sort_key=lambda r: ORDER.index(r[0].branch)),
    Column(mark("First number"), lambda r: r[0].phone or "—", width=104),
    Column(mark("Numbers"), lambda r: str(len(r[0].numbers)), Qt.AlignmentFlag.AlignRight, 80,
           muted=True, sort_key=lambda r: len(r[0].numbers)),
    Column(mark("Call sign"), lambda r: r[0].call_sign or "—", width=84),
    Column(mark("Channel"), lambda r: r[0].channel or "—", width=76, muted=True),
    Column(mark("On the net"), _state, width=116, muted=True, tip=_state))


class NetPage(ActsPage):
    """`open((kind, id))` shows a member; digits copy its numbers, D logs a call to it."""

    key, rail_key = "net", ""

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.words = QLineEdit()
        self.tree, self.side = NetTree(theme), NetSide(theme, desk)
        self.tree_panel = Panel(theme)
        self.model: RowsModel[Row] = RowsModel(COLUMNS, lambda r: r[0].key, lambda r: r[0].name)
        self.table = TableView(theme, self.model, t("Members of the net"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.allow_sorting(1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(120)
        self._build()
        self._make_acts()
        self.reword()

    def title(self) -> str:
        return t("page|Net")

    def _build(self) -> None:
        self.tree_panel.body.addWidget(self.tree, 1)
        self.stand(self.tree_panel, self.side, (TREE, WIDTH), (TREE_SMALL, SIDE_SMALL))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._typing.start)
        self.words.returnPressed.connect(self.table.setFocus)
        self._typing.timeout.connect(self.show_found)
        self.filters.addWidget(self.words, 1)
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)
        self.tree.chosen.connect(lambda _node: self.show_found())
        self.table.chosen_row.connect(self._on_chosen)
        self.table.activated_row.connect(lambda _row: self.note_call())

    def _make_acts(self) -> None:
        self.add_verb("H", self.call_out, primary=True)
        self.add_verb("D", self.note_call)
        self.add_verb("C", self.copy)
        self.own_actions["Ctrl+F"] = make_action(self, "", "Ctrl+F", self.words.setFocus)
        self.add_acts({
            "E": self.edit, "N": self.new, "K": self.persons, "V": self.verify, "G": self.group,
            "Shift+G": self.drop_group, "L": self.in_library, "B": self.boards,
            "T": self.roll_calls, "W": self.channels, "P": self.print_out, "X": self.export,
            **{str(n): partial(self.copy, n - 1) for n in range(1, 10)}})

    def verbs(self) -> dict[str, str]:
        return {"H": t("verb|Call out"), "D": t("Log a call"), "C": t("Copy the number"),
                "Ctrl+F": t("Filter"), "J": t("More acts")}

    def act_words(self) -> dict[str, str]:
        return {"E": t("Edit the record"), "N": t("New unit"), "K": t("Persons and numbers"),
                 "V": t("Verify"), "G": t("Make or change a group"),
                 "Shift+G": t("Remove the group"), "L": t("Show in the libraries"),
                 "B": t("Boards of call-outs"), "T": t("Roll calls"), "W": t("Channels"),
                 "P": t("Print the directory"), "X": t("Save as xlsx"),
                **{str(n): t("Copy number {n}", n=n) for n in range(1, 10)}}

    def reword(self) -> None:
        self.words.setPlaceholderText(t("Name, pinyin, number, call sign"))
        self.words.setAccessibleName(t("Filter"))
        self.tree_panel.set_title(t("Branches"))
        super().reword()

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & TABLES:
            return
        if change is None:
            self.reword()
        self.tree.show_counts(branch_counts(self.desk.store), groups(self.desk.store))
        self.show_found()

    def show_found(self) -> None:
        """Read the members of the chosen part that the words fit."""
        self._typing.stop()
        node = self.tree.node.part
        part = Part(branches=node.branches, town=node.town, sort=node.sort, keys=node.keys,
                    text=self.words.text(), limit=SHOWN)
        rows = members(self.desk.store, part)
        bad = flaws(rows)
        self.model.replace([(m, bad.get(m.key, ())) for m in rows])
        if self.table.current_row is None and rows:
            self.table.selectRow(0)
        self._on_chosen(self.table.current_row)
        joined = sum(1 for m in rows if m.on_net)
        silent = sum(1 for some in bad.values() if Flaw.NO_NUMBER in some)
        twice = sum(1 for some in bad.values() if Flaw.SAME_SIGN in some)
        note = t("the first {n}; narrow the filter for others", n=SHOWN) \
            if len(rows) >= SHOWN else ""
        self.panel.set_title(self.title(), str(len(rows)), note if rows else t(
            "Nobody fits. N enters a unit; tables are imported in the libraries (L)."))
        parts = [t("{n} on the net", n=joined)]
        if silent:
            parts.append(t("{n} without a number", n=silent))
        if twice:
            parts.append(t("{n} with a call sign used twice", n=twice))
        self.totals.setText(" · ".join(parts))

    def _on_chosen(self, row: Row | None) -> None:
        self.side.show_member(row[0] if row else None, row[1] if row else ())

    @property
    def chosen(self) -> Member:
        """
        Raises:
            Refused: the list is empty.
        """
        row: Row | None = self.table.current_row
        if row is None:
            raise Refused("Choose a unit first.")
        return row[0]

    def selected(self) -> list[Member]:
        """The selected members, in the order of the list."""
        numbers = sorted({i.row() for i in self.table.selectionModel().selectedIndexes()})
        return [self.model.row(n)[0] for n in numbers]

    def open(self, what: object) -> None:
        """A member's (kind, id), or a ring of the map whose people are to be called out."""
        if isinstance(what, Ring):
            self._call(what)
            return
        if isinstance(what, tuple):
            self.tree.show_whole()
            self.words.clear()
            self.load(None)
            self.table.choose(what)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done

    def _on_member(self, act: Callable[[Member], object]) -> object:
        return self.desk.act(lambda: act(self.chosen))

    def copy(self, place: int = 0) -> None:
        """C or a digit: that number onto the clipboard."""
        at = self.side.numbers.currentIndex().row()
        copy_number(self.desk, self.side.number(at if place == 0 and at > 0 else place))

    def note_call(self) -> None:
        """D or Enter: a call to the unit at hand, by the number that stands chosen."""
        place = max(0, self.side.numbers.currentIndex().row())
        self._on_member(lambda m: self.present(lambda host: CallNoteSheet(
            self.theme, self.desk, host, m, place), "said"))

    def persons(self) -> None:
        self._on_member(lambda m: self.present(lambda host: ContactsSheet(
            self.theme, self.desk, host, m)))

    def edit(self) -> None:
        self._on_member(lambda m: self.present(lambda host: RecordSheet(
            self.theme, self.desk, host, Library(m.kind), m.id), "name"))

    def new(self) -> None:
        self.present(lambda host: RecordSheet(self.theme, self.desk, host, Library.UNIT), "name")

    def verify(self) -> None:
        """V: the unit at hand was looked at and is right today."""
        def act(m: Member) -> None:
            verify_record(self.desk.store, Library(m.kind), m.id, by=self.desk.officer)
            self.desk.told.emit(Tone.DONE, t("{name} is verified", name=m.name))

        self._on_member(act)

    def group(self) -> None:
        """G: the selected members as a group; on a group's node, that group as listed now."""
        own = next((g for g in groups(self.desk.store) if g.id == self.tree.node.group), None)
        rows = self.selected()
        if own is not None and len(rows) < 2:
            rows = [r[0] for r in self.model.rows]
        self.present(lambda host: GroupSheet(self.theme, self.desk, host, rows, own), "name")

    def drop_group(self) -> None:
        """Shift+G: take the chosen group off the tree; its units stay."""
        group = self.tree.node.group
        if group is None:
            self.desk.told.emit(Tone.REFUSED, t("Choose a group in the tree first."))
        else:
            self.desk.act(lambda: remove_group(self.desk.store, group, by=self.desk.officer),
                          t("The group is gone; its units stay."))

    def in_library(self) -> None:
        self._on_member(lambda m: self.go.emit("libraries", (m.kind, m.id)))

    def call_out(self) -> None:
        """H: call out the part in view, or what is selected."""
        rows = self.selected()
        self._call(None, tuple(m.key for m in rows) if len(rows) > 1 else ())

    def _call(self, ring: Ring | None, keys: tuple[Key, ...] = ()) -> None:
        sheet = self.present(lambda host: CalloutSheet(
            self.theme, self.desk, host, keys=keys, ring=ring,
            node=self.tree.node if ring is None else None), "title")
        if isinstance(sheet, CalloutSheet):
            sheet.done.connect(lambda of: self.go.emit("callout", of.id))

    def boards(self) -> None:
        self.go.emit("callout", None)

    def roll_calls(self) -> None:
        self.go.emit("rollcall", None)

    def channels(self) -> None:
        self.present(lambda host: ChannelsSheet(self.theme, self.desk, host))

    def print_out(self) -> None:
        part = self.tree.node.part
        preview(self, self.desk, t("Directory of the dispatch net"), "net",
                lambda: directory(self.desk.store, part))

    def export(self) -> None:
        part = self.tree.node.part
        save_list(self, self.desk, t("Directory of the dispatch net"), self.choose_file,
                  lambda store: directory_book(store, part))

    def back(self) -> None:
        """Esc: the filter is cleared first, then to the desk."""
        if self.words.text():
            self.words.clear()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go.emit("desk", None)
