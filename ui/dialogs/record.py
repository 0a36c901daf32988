"""The record sheet 记录表单: any record of a library entered, edited, retired and brought back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.errors import Refused, WatchdeskError
from db.words import t
from dispatch.record_use import retire, retired
from resources.coords import Crs
from resources.exchange.verbs import district_box
from resources.field_tables import DEFAULTS, LIBRARY_NAMES, TABLES
from resources.keeping import add_record, edit_record, form_values, restore_record
from resources.plan_records import put_plan
from resources.records import Library
from ui.desk import Desk, Tone
from ui.dialogs.fields_sheet import FieldsSheet
from ui.dialogs.plan_parts import add_parts, read_levels, read_needs, read_steps, show_parts
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.point_map import PointMap

PLACED_AT = {"lon": "point", "lat": "point", "capability": "needs", "quantity": "needs"}
"""Where a refusal about a column is shown."""


class RecordSheet(FieldsSheet):
    """One form for every kind, made from its field table; `done` carries the record's id."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, library: Library,
                 row_id: int | None = None) -> None:
        kind = t(LIBRARY_NAMES[library])
        title = t("New record: {kind}", kind=kind) if row_id is None else t(
            "Edit {kind}: {name}", kind=kind, name=desk.store.value(
                f"select name from [{library}] where id = :id", id=row_id))
        super().__init__(theme, desk, host, title, width=760,
                         draft=f"record:{library}:{row_id or 'new'}")
        self.library, self.row_id = library, row_id
        self.records.goods = library in (Library.SUPPLY, Library.EQUIPMENT)
        self.records.add_table(desk.store, TABLES[library], district_box(desk.store))
        if library is Library.PLAN:
            add_parts(self.records, theme, desk.store)
        self._show()
        if "point" in self.form.values:
            self._add_map()
        self.add_button(t("Discard"), self.discard, "Ctrl+D")

    def _add_map(self) -> None:
        """The place on a small map: it follows what is typed, and a click is typed."""
        self.map = PointMap(self.theme, self.desk, self, self.records.marked,
                            lambda lon, lat: self.form.fill({
                                "point": f"{lat:.6f}, {lon:.6f}", "src_crs": str(Crs.CGCS2000)}))
        self.rows.addWidget(self.map.picker)
        self.buttons.insertWidget(self.buttons.count() - 1, self.map.button)
        self.form.edited.connect(self.map.follow)

    def _show(self) -> None:
        store = self.desk.store
        if self.row_id is None:
            self.form.fill(dict(DEFAULTS.get(self.library, {})))
            return
        self.records.show_record(form_values(store, self.library, self.row_id))
        if self.library is Library.PLAN:
            show_parts(self.records, store, self.row_id)

    def commit(self) -> int:
        values, store, by = self.records.record(), self.desk.store, self.desk.officer
        if self.library is Library.PLAN:
            shown = self.form.values
            return int(put_plan(store, self.row_id, values, response=read_levels(shown["levels"]),
                                actions=read_steps(self.records),
                                wanted=read_needs(shown["needs"]), by=by))
        if self.row_id is None:
            return int(add_record(store, self.library, values, by=by))
        edit_record(store, self.library, self.row_id, values, by=by)
        return self.row_id

    def refuse(self, error: WatchdeskError) -> None:
        place = PLACED_AT.get(error.field, error.field)
        if place in self.form.values:
            self.form.show_error(place, str(error))
            return
        super().refuse(error)


class RetireSheet(Sheet):
    """Takes a record out of its library with a reason; its history stays."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, library: Library, row_id: int,
                 name: str) -> None:
        super().__init__(theme, desk, host, t("Retire {name}", name=name),
                         draft=f"retire:{row_id}", verb=t("verb|Retire"))
        self.library, self.row_id, self.name = library, row_id, name
        self.rows.insertWidget(0, self.note(t("It leaves the lists and proposals and can be"
                                              " brought back with B.")))
        self.form.line("reason", t("Reason"), required=True)

    def commit(self) -> int:
        retire(self.desk.store, self.library, self.row_id,
               reason=str(self.form.values["reason"]), by=self.desk.officer)
        self.desk.told.emit(Tone.DONE, t("{name} is retired", name=self.name))
        return self.row_id


class RestoreSheet(Sheet):
    """Brings a former record back."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, library: Library) -> None:
        kind = t(LIBRARY_NAMES[library])
        super().__init__(theme, desk, host, t("Bring back: {kind}", kind=kind),
                         verb=t("verb|Bring back"))
        self.library, found = library, retired(desk.store, library)
        self.form.choice("row", t("Former records"), [Choice(n, name) for n, name in found],
                         required=True)
        self.ok.setEnabled(bool(found))
        if not found:
            self.rows.insertWidget(0, self.note(t("No record of this library was retired.")))

    def commit(self) -> int:
        row = self.form.values["row"]
        if not isinstance(row, int):
            raise Refused("Choose a record.", field="row")
        restore_record(self.desk.store, self.library, row, by=self.desk.officer)
        return row
