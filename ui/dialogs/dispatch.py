"""Dispatch 调度: what the plan calls for, a cover of it already ticked, changed and ordered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db import search
from db.change import RowId
from db.errors import Refused
from db.words import mark, t
from dispatch.cover import Cover, best, lacking
from dispatch.events import Event
from dispatch.goods import Option
from dispatch.order_text import event_text, force_text, template_of
from dispatch.orders import Order, OrderId, OrderLine, order_forces, orders_of
from dispatch.proposals import Proposal, force_as_proposal, propose
from dispatch.sent_out import send_resources
from ui.background import Progress
from ui.desk import Desk
from ui.dialogs.picks import PickDelegate, PickTable
from ui.dialogs.sent_out import KIND_NAMES
from ui.dialogs.sheet import Sheet
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.form import Choice

RIGHT = Qt.AlignmentFlag.AlignRight
MOST_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Pick:
    """A candidate and what the officer made of it.

    `minutes` is what a force is asked to promise, `quantity` how much of goods is sent.
    """

    of: Proposal | Option
    chosen: bool = False
    minutes: int | None = None
    quantity: float = 1

    @property
    def key(self) -> tuple[str, int]:
        return ("force", self.of.force_id) if isinstance(self.of, Proposal) else self.of.key

    @property
    def offers(self) -> tuple[str, ...]:
        return self.of.fits if isinstance(self.of, Proposal) else (self.of.what,)


def _much(row: Pick) -> str:
    if isinstance(row.of, Proposal):
        return t("{n} people", n=row.of.ready_people)
    return f"{row.quantity:g} {row.of.measure}"


def _why(row: Pick) -> str:
    return row.of.reason if isinstance(row.of, Option) else row.of.out_at or row.of.reason


def _km(row: Pick) -> str:
    metres = row.of.distance_m if isinstance(row.of, Proposal) else None
    return "—" if metres is None else f"{metres / 1000:.1f}"


COLUMNS: tuple[Column[Pick], ...] = (
    Column(mark("pick|Send"), lambda r: "✓" if r.chosen else "", width=64),
    Column(mark("Kind"), lambda r: t(KIND_NAMES[r.key[0]]), width=84, muted=True),
    Column(mark("Name"), lambda r: r.of.name, width=180, bold=True),
    Column(mark("Can"), lambda r: "、".join(r.offers), width=170),
    Column(mark("km"), _km, RIGHT, width=56, muted=True,
           sort_key=lambda r: getattr(r.of, "distance_m", None) or 9e9),
    Column(mark("Promised min"), lambda r: str(r.minutes or "—"), RIGHT, width=110, bold=True,
           sort_key=lambda r: r.minutes or 9999),
    Column(mark("How many"), _much, RIGHT, width=92, muted=True),
    Column(mark("Out where, or why"), _why, width=180, stretch=True, muted=True,
           tip=lambda r: r.of.reason),
)


class DispatchSheet(Sheet):
    """F4. The proposed cover is ticked; Space changes it, Enter sends a numbered order to each.

    What is short is counted anew at every tick. While the sheet is open a solver looks for a
    better cover; it replaces the proposal only while nobody has touched it.
    """

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        title = t("Send forces to {number}", number=event.number)
        super().__init__(theme, desk, host, title, width=1140, draft=f"dispatch:{event.id}",
                         verb=t("verb|Send the orders"))
        self.of, self.found = event, propose(desk.store, event.id)
        self.touched, self.cover = False, self.found.cover
        self.model: RowsModel[Pick] = RowsModel(COLUMNS, lambda r: r.key, self._spoken)
        self.table = PickTable(theme, self.model, t("Forces to send"),
                               delegate=PickDelegate(theme))
        self.table.setFixedHeight(theme.px(32 + 40 * 8 + 2))
        self.advice = self.note()
        self.rows.insertWidget(0, self.advice)
        self.rows.insertWidget(1, self.table)
        self._build_fields()
        self.add_button(t("Add by name"), self.add_found, "Ctrl+N")
        self.add_button(t("Propose anew"), self.propose_anew, "Ctrl+R")
        self.hint.setText(t("Space picks · digits write the minutes · Enter sends"))
        self.table.toggled.connect(self.toggle)
        self.table.digit_typed.connect(self._on_digit)
        self.table.clicked.connect(lambda index: self.toggle(index.row())
                                   if index.column() == 0 else None)
        self.table.activated_row.connect(lambda _row: self.submit())
        self._fresh = -1
        self._show(self.cover)

    def _build_fields(self) -> None:
        grid, event = self.grid, self.of
        grid.wide(20)
        grid.text("text", t("Order text (Ctrl+Enter sends)"), lines=2)
        grid.wide(6)
        grid.line("find", t("Add a force"), hint=t("name, pinyin or initials"))
        grid.choice("reinforces", t("To reinforce"), [Choice(0, t("nobody: a first order")), *(
            Choice(int(o.id), f"{o.number[-2:]} {o.force_name}")
            for o in orders_of(self.desk.store, event.id) if o.out)])
        grid.wide(4)
        grid.line("receiver", t("Goods received by"))
        grid.line("approver", t("Approved by"))
        grid.wide(20)
        grid.check("also_out", t("Send even though already out elsewhere"))
        self.form.fill({"text": event_text(template_of(self.desk.store, event), event),
                        "reinforces": 0})

    def present(self, focus: str = "") -> None:
        super().present(focus)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 1))
        self._look_for_better()

    # the proposal

    def _show(self, cover: Cover) -> None:
        """Tick the cover; what is proposed stands first, in the order of the minutes."""
        self.cover = cover
        chosen = set(cover.chosen)
        forces = [Pick(p, p.force_id in chosen, p.minutes) for p in self.found.forces]
        others = [Pick(o, o.proposed, o.minutes, o.quantity) for o in self.found.options]
        rows = [r for r in forces if r.chosen] + [r for r in others if r.chosen]
        rows += [r for r in forces if not r.chosen] + [r for r in others if not r.chosen]
        self.model.replace(rows)
        self._count()

    def propose_anew(self) -> None:
        """Read the proposal again; what was ticked by hand gives way."""
        self.found = propose(self.desk.store, self.of.id)
        self.touched = False
        self._show(self.found.cover)
        self._look_for_better()

    def _look_for_better(self) -> None:
        """Have the solver prove or better the cover, off the GUI thread."""
        demands, candidates = self.found.demands, self.found.candidates
        if not self.cover.chosen or self.cover.proven:
            return

        def work(_progress: Progress) -> Cover:
            return best(demands, candidates)

        self.desk.begin(t("The best cover"), work, self.take_better)

    def take_better(self, cover: Cover) -> None:
        """The proven cover, unless somebody has changed the proposal by hand."""
        if self.touched or self.sent:
            return
        current = self.table.currentIndex().row()
        self._show(cover)
        self.table.setCurrentIndex(self.model.index(max(current, 0), 1))

    # what the officer changes

    @property
    def picked(self) -> list[Pick]:
        return [r for r in self.model.rows if r.chosen]

    def toggle(self, number: int) -> None:
        row = self.model.row(number)
        self.touched = True
        self.model.update(number, replace(row, chosen=not row.chosen))
        self._count()

    def add_found(self) -> None:
        """Tick the force of that name, reading it into the list when it is not there."""
        words = str(self.form.values["find"]).strip()
        hit = next((h for h in search.find_names(self.desk.store.db, words, 40)
                    if h.kind == "force"), None) if words else None
        if hit is None:
            raise Refused("No force is found for “{words}”.", field="find", words=words)
        self.pick_forces([RowId(hit.id)])
        self.table.setCurrentIndex(self.model.index(self.model.find(("force", hit.id)), 1))
        self.form.fill({"find": ""})

    def pick_forces(self, ids: Iterable[RowId]) -> None:
        """Tick these forces too, reading those into the list that are not there yet."""
        for force in ids:
            number = self.model.find(("force", force))
            if number < 0:
                added = force_as_proposal(self.desk.store, self.of, force)
                self.model.replace([Pick(added, minutes=added.minutes), *self.model.rows])
                number = 0
            if not self.model.row(number).chosen:
                self.toggle(number)

    def _on_digit(self, number: int, digit: str) -> None:
        """The first digit on a row begins anew; an empty one takes the last away."""
        row = self.model.row(number)
        goods = row.key[0] == "supply"
        known = f"{row.quantity:g}" if goods else str(row.minutes or "")
        begun = self._fresh == number
        typed = f"{known if begun else ''}{digit}" if digit else known[:-1]
        self._fresh, self.touched = number, True
        if goods:
            self.model.update(number, replace(row, quantity=float(typed or 0)))
        else:
            minutes = min(int(typed), MOST_MINUTES) if typed.isdigit() else None
            self.model.update(number, replace(row, minutes=minutes))
        self._count()

    def _count(self) -> None:
        n = len(self.picked)
        self.ok.setText(t("Send {n} orders", n=n) if n else t("verb|Send the orders"))
        self.advice.setText(self._advice())

    def _spoken(self, row: Pick) -> str:
        state = t("picked") if row.chosen else ""
        return t("list|, ").join(p for p in (row.of.name, state, row.of.reason) if p)

    # what is said of it

    def _advice(self) -> str:
        """What the plan calls for, and what the ticked rows leave short."""
        if not self.found.needs:
            return t("No plan covers this kind of event; forces are listed by distance.")
        words = t("The plan calls for: {needs}", needs="、".join(
            f"{n.capability}×{n.quantity}" for n in self.found.needs))
        short = self.short()
        words += "\n" + (t("short of: {needs}", needs="、".join(
            f"{name} {n}" for name, n in short.items())) if short else t("All is covered"))
        minutes = [r.minutes for r in self.picked if r.minutes]
        if minutes:
            words += t("; ") + t("the last is there in {n} min", n=max(minutes))
        if self.cover.proven and not self.touched:
            words += t("; ") + t("proven: nothing sooner covers it")
        return words

    def short(self) -> dict[str, float]:
        """What of the needs the ticked rows do not meet."""
        found: dict[str, float] = dict(lacking(self.found.demands, [
            frozenset(r.offers) for r in self.picked if r.key[0] == "force"]))
        for need in self.found.needs:
            if need.from_kind != "force":
                there = sum(r.quantity for r in self.picked
                            if _serves(r, need.from_kind) and need.capability in r.offers)
                if there < need.quantity:
                    found[need.capability] = found.get(need.capability, 0) + (
                        need.quantity - there)
        return {name: n for name, n in found.items() if n > 0}

    # sending

    def commit(self) -> list[Order]:
        picked = self.picked
        orders = self._order([r for r in picked if isinstance(r.of, Proposal)])
        goods = [replace(r.of, quantity=r.quantity) for r in picked if isinstance(r.of, Option)]
        if goods:
            v = self.form.values
            send_resources(self.desk.store, self.of.id, goods, receiver=str(v["receiver"]),
                           approver=str(v["approver"]), by=self.desk.officer)
        elif not orders:
            raise Refused("Choose at least one force.", field="force")
        return orders

    def _order(self, rows: Iterable[Pick]) -> list[Order]:
        """Order the forces; they are unticked then, should the goods be refused afterwards."""
        v = self.form.values
        first = int(str(v["reinforces"] or 0))
        lines = [OrderLine(r.of.force_id, force_text(str(v["text"]), r.of.name, r.minutes),
                           r.minutes, OrderId(RowId(first)) if first else None)
                 for r in rows if isinstance(r.of, Proposal)]
        if not lines:
            return []
        orders = order_forces(self.desk.store, self.of.id, lines, also_out=bool(v["also_out"]),
                              by=self.desk.officer)
        self.model.replace([replace(r, chosen=r.chosen and isinstance(r.of, Option))
                            for r in self.model.rows])
        return orders


def _serves(row: Pick, kind: str) -> bool:
    return row.key[0] == kind or (kind == "supply" and row.key[0] == "agreement")
