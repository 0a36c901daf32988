"""Agreement sheets 代储与共享: reserve agreements and promises between units, entered and ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from PySide6.QtWidgets import QPushButton, QWidget

from db.words import t
from resources.agreements import (
    AGREEMENT,
    SHARING,
    AgreementId,
    SharingId,
    agreements,
    edit_sharing,
    end_agreement,
    end_sharing,
    put_agreement,
    share,
    sharings,
)
from resources.fields import Field
from resources.records import Library
from ui.desk import Desk
from ui.dialogs.fields_sheet import FieldsSheet
from ui.theme import Theme
from ui.widgets.form import Choice


class PactSheet(FieldsSheet):
    """A new one, or one of those in use: chosen at the top, changed or ended."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, title: str, draft: str,
                 table: tuple[Field, ...], there: Sequence[tuple[int, str]]) -> None:
        super().__init__(theme, desk, host, title, width=600, draft=draft)
        self.table = table
        self.records.wide(20)
        box = self.records.choice("which", t("About"), [
            Choice(0, t("A new one")), *(Choice(n, words) for n, words in there)])
        box.setCurrentIndex(0)
        box.activated.connect(self.look)
        self.records.wide(10)
        self.records.add_plain(desk.store, table)
        self.end_button: QPushButton = self.add_button(t("verb|End it"), self.end, "Ctrl+E")
        self.look()

    @property
    def which(self) -> int:
        return int(str(self.form.values["which"] or 0))

    def look(self) -> None:
        """Show the chosen one; a new one is left as typed."""
        self.end_button.setEnabled(bool(self.which))
        if self.which:
            self.show_one(self.which)

    def show_one(self, which: int) -> None:
        raise NotImplementedError

    def end(self) -> None:
        raise NotImplementedError

    def given(self) -> dict[str, object]:
        values = self.records.record()
        return {f.name: values[f.name] for f in self.table}


class AgreementSheet(PactSheet):
    """Reserve agreements 代储协议 about a supply."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, supply: int, name: str) -> None:
        there = [(int(a.id), f"{a.company} {a.number}".strip())
                 for a in agreements(desk.store, supply)]
        super().__init__(theme, desk, host, f"{t('Reserve agreement')}{t(': ')}{name}",
                         f"agreement:{supply}", AGREEMENT, there)
        if not self.which:
            self.records.show_record({"supply_id": supply, "measure": desk.store.value(
                "select measure from supply where id = :id", id=supply)})

    def show_one(self, which: int) -> None:
        found = next(a for a in agreements(self.desk.store) if int(a.id) == which)
        self.records.show_record({k: v.isoformat() if hasattr(v, "isoformat") else v
                                  for k, v in asdict(found).items()})

    def commit(self) -> int:
        chosen = AgreementId(self.which) if self.which else None  # type: ignore[arg-type]
        return int(put_agreement(self.desk.store, self.given(), agreement=chosen,
                                 by=self.desk.officer))

    def end(self) -> None:
        if self.which:
            end_agreement(self.desk.store, AgreementId(self.which),  # type: ignore[arg-type]
                          by=self.desk.officer)
            self.discard()


class SharingSheet(PactSheet):
    """Promises between units 共用共享 about a supply or a piece of equipment."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, library: Library, row_id: int,
                 name: str) -> None:
        self_there = [(int(s.id), f"{s.from_unit} → {s.to_unit}")
                      for s in sharings(desk.store, row_id)]
        super().__init__(theme, desk, host, f"{t('Sharing')}{t(': ')}{name}",
                         f"sharing:{row_id}", SHARING, self_there)
        self.library, self.row_id = library, row_id
        if not self.which:
            self.records.show_record({"quantity": 1, "from_unit": desk.store.value(
                f"select owner from [{library}] where id = :id", id=row_id)})

    def show_one(self, which: int) -> None:
        found = next(s for s in sharings(self.desk.store) if int(s.id) == which)
        self.records.show_record({k: v.isoformat() if hasattr(v, "isoformat") else v
                                  for k, v in asdict(found).items()})

    def commit(self) -> int:
        store, by = self.desk.store, self.desk.officer
        if self.which:
            edit_sharing(store, SharingId(self.which), self.given(), by=by)  # type: ignore[arg-type]
            return self.which
        return int(share(store, self.library, self.row_id, self.given(), by=by))

    def end(self) -> None:
        if self.which:
            end_sharing(self.desk.store, SharingId(self.which),  # type: ignore[arg-type]
                        by=self.desk.officer)
            self.discard()
