"""The multi-edit sheet 批量修改: new values for many records, shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.words import t
from resources.field_tables import LIBRARY_NAMES, TABLES
from resources.fields import Field, Value, read_values, show_value
from resources.keeping import SAME, edit_many, form_values
from resources.records import Library
from ui.desk import Desk, Tone
from ui.dialogs.fields_sheet import FieldsSheet
from ui.dialogs.record_form import POINT
from ui.theme import Theme
from ui.widgets.form import Choice

SHOWN = 12


class ManySheet(FieldsSheet):
    """Choose a field, then its value; several fields may be chosen. One change for all rows."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, library: Library,
                 rows: Sequence[tuple[int, str]]) -> None:
        super().__init__(theme, desk, host, t("Edit {n} records of {kind}", n=len(rows),
                                              kind=t(LIBRARY_NAMES[library])), width=560,
                         verb=t("verb|Change all"))
        self.library, self.chosen = library, tuple(rows)
        self.records.store, self.records.every_choice = desk.store, True
        self.before: dict[int, dict[str, Value]] = {}
        self.offered: dict[str, Field] = {
            f.name: f for f in TABLES[library] if f.name not in (*SAME[library], *POINT)}
        self.picker = self.records.choice("which", t("Field to change"), [
            Choice("", t("choice|Choose a field")),
            *(Choice(f.name, t(f.label)) for f in self.offered.values())])
        self.picker.setCurrentIndex(0)
        self.picker.activated.connect(self._on_picked)
        self.preview = self.note(t("Choose a field; what would change is listed here."), tone="")
        self.rows.addWidget(self.preview)
        self.form.edited.connect(self.look)

    def _on_picked(self) -> None:
        name = str(self.form.values["which"] or "")
        if name and name not in self.records.fields:
            self.records.wide(20)
            self.records.add_field(self.offered[name]).setFocus()
        self.form.fill({"which": ""})
        self.look()
        self.place()

    def new_values(self) -> dict[str, object]:
        """The fields chosen with what stands in them."""
        values = self.records.record()
        return {name: values[name] for name in self.records.fields}

    def look(self) -> None:
        """Say which records would change, from what to what."""
        try:
            lines = self._lines()
        except Refused as error:
            self.preview.setText(str(error))
            return
        said = t("{n} of {all} records change:", n=len(lines), all=len(self.chosen))
        more = [t("… and {n} more", n=len(lines) - SHOWN)] if len(lines) > SHOWN else []
        self.preview.setText("\n".join([said, *lines[:SHOWN], *more])
                             if self.records.fields else
                             t("Choose a field; what would change is listed here."))
        self.place()

    def _lines(self) -> list[str]:
        table, given = TABLES[self.library], self.new_values()
        linked = {f.name for f in table if f.link}
        new = read_values(table, {k: v for k, v in given.items() if k not in linked}, whole=False)
        found = []
        for row, name in self.chosen:
            old = self._old(row)
            parts = [t("{label}: {old} → {new}", label=t(f.label),
                       old=show_value(f, old[f.name]) or "—",
                       new=(show_value(f, new[f.name]) if f.name in new else str(
                           self.form.values[f.name])) or "—")
                     for f in table if f.name in given
                     and old[f.name] != new.get(f.name, given[f.name])]
            if parts:
                found.append(f"{name}{t(': ')}{t('; ').join(parts)}")
        return found

    def _old(self, row: int) -> dict[str, Value]:
        if row not in self.before:
            self.before[row] = form_values(self.desk.store, self.library, row)
        return self.before[row]

    def commit(self) -> int:
        values = self.new_values()
        if not values:
            raise Refused("Choose a field first.", field="which")
        done = edit_many(self.desk.store, self.library, [row for row, _ in self.chosen], values,
                         by=self.desk.officer)
        self.desk.told.emit(Tone.DONE, t("{n} records changed", n=done))
        return done
