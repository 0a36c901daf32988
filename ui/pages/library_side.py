"""The side panel of the libraries: facts of the chosen record, stock card, present orders."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from db.store import Store
from db.words import t
from dispatch.orders import orders_of_force
from dispatch.terms import STAGE_NAMES
from resources import localtime
from resources.records import Library
from resources.supplies import Movement, SupplyStock, movements, stock_by_lot
from resources.terms import MOVEMENT_NAMES
from ui.pages.library_kinds import LibraryKind
from ui.theme import Theme
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.panel import Panel
from ui.widgets.stock import Level, StockCurve

WIDTH, CARD = 384, 200


class LibrarySide(Panel):
    """384 px; empty while nothing is chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.curve, self.facts = StockCurve(theme), FactList(theme, t("record|Facts"))
        self.body.addWidget(self.curve)
        self.body.addWidget(self.facts, 1)
        self.curve.hide()
        self.setFixedWidth(theme.px(WIDTH))

    def show_record(self, store: Store, kind: LibraryKind, row: Any) -> None:
        """Show what is known of a record; None empties the panel."""
        self.setFixedWidth(self.theme.px(WIDTH))
        if row is None:
            self.set_title(t("Nothing chosen"))
            self.facts.set_rows(())
            self.curve.hide()
            return
        self.set_title(row.name)
        rows = [Fact(f"fact {n}", label, right=words)
                for n, (label, words) in enumerate(kind.facts(row)) if words and words != "—"]
        if isinstance(row, SupplyStock):
            rows += self._stock_card(store, row)
        else:
            self.curve.hide()
        if kind.library is Library.FORCE:
            rows += _orders(store, row)
        self.facts.set_rows(_readable(rows))

    def _stock_card(self, store: Store, row: SupplyStock) -> list[Fact]:
        lots = stock_by_lot(store, supply=row.id)
        card = [(lot, move) for lot in lots for move in movements(store, lot.id)]
        card.sort(key=lambda pair: (pair[1].at, pair[1].number))
        left, levels = 0.0, []
        for _lot, move in card:
            left += move.quantity
            levels.append(Level(move.at, left))
        self.curve.show_levels(levels, row.min_stock, store.clock.now())
        rows = [Fact("head lots", t("Lots"), right=str(len(lots)), head=True)]
        rows += [Fact(f"lot {lot.id}", f"{lot.warehouse} {lot.bin}".strip(),
                      t("Batch {batch}, expires {day}", batch=lot.batch or "—",
                        day=lot.expires_on or "—"), f"{lot.quantity:g}") for lot in lots]
        rows.append(Fact("head card", t("Movements"), right=str(len(card)), head=True))
        rows += [_movement(move) for _lot, move in card[::-1][:CARD]]
        return rows


def _movement(move: Movement) -> Fact:
    who = move.receiver or move.basis or move.handler
    note = " ".join(p for p in (localtime.moment_text(move.at, year=True), who) if p)
    return Fact(f"move {move.number}", f"{move.number} {t(MOVEMENT_NAMES[move.kind])}", note,
                f"{move.quantity:+g}".replace("-", "−"))


def _orders(store: Store, row: Any) -> list[Fact]:
    found = [order for order in orders_of_force(store, row.id) if order.ended_at is None]
    rows = [Fact("head orders", t("Present order"), right=str(len(found)), head=True)]
    if not found:
        return [*rows, Fact("none", t("At its station"))]
    return rows + [Fact(f"order {o.id}", f"{o.number} {t(STAGE_NAMES[o.stage])}",
                        right=localtime.moment_text(o.ordered_at)) for o in found]


def _readable(rows: list[Fact]) -> list[Fact]:
    """A value too long to stand at the right of its label goes below it."""
    return [Fact(r.key, r.words, r.right, "", r.late, r.head)
            if len(r.right) > 16 and not r.note and not r.head else r for r in rows]
