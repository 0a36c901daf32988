"""The record form 记录表单: an editor for each field of a table, checked while typing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from db.errors import Refused
from db.store import Store
from db.words import t
from resources.coords import CRS_NAMES, Box, Crs, dms_text
from resources.field_groups import grouped
from resources.fields import Field, Type, Value, read_value, show_value
from resources.geo import Position
from resources.goods_codes import check_code, code_path, goods_codes
from resources.typed_points import read_typed
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.grid_form import GridForm
from ui.widgets.rows_edit import RowsEdit
from ui.widgets.suggest_edit import JOIN, SuggestEdit

POINT = ("lon", "lat", "src_crs")
WIDE = frozenset((Type.LONG, Type.WORDS))


class RecordForm(GridForm):
    """Fields by their table, under their headings. What is wrong is said at once beside it.

    With `goods` a code is looked up in the table of GB/T 38565; `every_choice` shows yes or no as
    a choice that can be left open.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.fields: dict[str, Field] = {}
        self.links: dict[str, dict[str, int]] = {}
        self.box: Box | None = None
        self._remarks: dict[QWidget, QLabel] = {}
        self.store: Store | None = None
        self.every_choice, self.goods = False, False

    # Building

    def add_table(self, store: Store, fields: Iterable[Field], box: Box | None = None) -> None:
        """All fields of a table, grouped."""
        self.store, self.box = store, box
        for head, some in grouped(fields):
            self.section(t(head))
            self._add_some(some)

    def add_plain(self, store: Store, fields: Iterable[Field]) -> None:
        """Fields in their own order, without headings."""
        self.store = store
        self._add_some(list(fields))

    def section(self, words: str) -> None:
        """A heading over the fields that follow."""
        self.new_row()
        self.wide(20)
        head = QLabel(words)
        head.setProperty("tone", "section")
        head.setFont(self.theme.font(14, bold=True))
        head.setContentsMargins(0, self.theme.px(8), 0, 0)
        self.place(head)

    def _add_some(self, fields: Sequence[Field]) -> None:
        long = [f for f in fields if f.type in WIDE]
        for field in [f for f in fields if f.type not in WIDE]:
            if field.name == "lon":
                self._add_point()
            elif field.name not in POINT:
                self.wide(10)
                self.add_field(field)
        self.wide(20)
        for field in long:
            self.add_field(field)

    def add_field(self, field: Field) -> QWidget:
        """One field in the editor of its type."""
        self.fields[field.name] = field
        label = t(field.label) + (t("unit of field| ({unit})", unit=t(field.unit))
                                  if field.unit else "")
        widget = self._editor(field, label)
        if isinstance(widget, QLineEdit):
            widget.textChanged.connect(partial(self._on_typed, field.name))
        return widget

    def _editor(self, field: Field, label: str) -> QWidget:
        name, needed = field.name, field.required
        match field.type:
            case Type.YES if not self.every_choice:
                return self.check(name, label)
            case Type.YES:
                return self.choice(name, label, [Choice(1, t("field|Yes")),
                                                 Choice(0, t("field|No"))])
            case Type.CHOICE if field.closed:
                empty = [] if needed else [Choice("", t("choice|—"))]
                return self.choice(name, label, [*empty, *(
                    Choice(v, t(words)) for v, words in field.choices)], required=needed)
            case Type.LONG:
                return self.text(name, label, lines=2, required=needed)
            case Type.DAY:
                return self.line(name, label, required=needed, hint=t("such as 2026-11-23"))
        if offered := self._words_for(field):
            return self.offering(name, label, offered, several=field.type is Type.WORDS,
                                 required=needed)
        return self.line(name, label, required=needed)

    def offering(self, name: str, label: str, words: Callable[[], Sequence[str]], *,
                 several: bool = False, required: bool = False) -> SuggestEdit:
        """A line that offers words while typing."""
        edit = SuggestEdit(words, several=several)
        hint = t("Type pinyin or characters; ↓ shows the list")
        edit.setPlaceholderText(hint)
        edit.setToolTip(hint)
        edit.textEdited.connect(self.edited)
        self._add(name, label, edit, edit.text, lambda v: edit.setText(str(v)), required=required)
        return edit

    def add_rows(self, name: str, label: str, rows: RowsEdit) -> None:
        """An editor of several lines of cells."""
        self._add(name, label, rows, lambda: rows.value,
                  lambda v: rows.put(v if isinstance(v, list) else ()))

    def _words_for(self, field: Field) -> Callable[[], Sequence[str]] | None:
        store = self.store
        if store is None:
            return None
        if field.vocabulary:
            return lambda: _column(store, "select name from capability order by id")
        if field.type is Type.CODE and self.goods:
            return lambda: [f"{c.code} {c.name}" for c in goods_codes(store)]
        if field.type is Type.LINK:
            return lambda: list(self._linked(field))
        if field.choices:
            return lambda: [t(words) for _value, words in field.choices]
        if field.suggest:
            table, column = field.suggest.split(".")
            return lambda: _column(store, f"""select distinct [{column}] from [{table}]
                where [{column}] <> '' and active = 1 order by 1 limit 20000""")
        return None

    def _linked(self, field: Field) -> dict[str, int]:
        """The records a link may point to, by name; same names are told apart by a number."""
        found: dict[str, int] = {}
        if self.store is not None:
            model = " || ' ' || model" if field.link in ("supply", "equipment") else ""
            for row in self.store.read(f"""select id, trim(name{model}) as name from [{field.link}]
                    where active = 1 order by 2, 1"""):
                name, again = str(row["name"]), 2
                while name in found:
                    name, again = f"{row['name']} ({again})", again + 1
                found[name] = int(row["id"])
        self.links[field.name] = found
        return found

    # The point

    def _add_point(self) -> None:
        self.wide(12)
        line = self.line("point", t("Coordinates"), hint=t("34.43, 108.75 or 34°26′N 108°45′E"))
        line.textChanged.connect(lambda _text: self.look_at_point())
        self.wide(8)
        box = self.choice("src_crs", t("field|Coordinate system"), [
            Choice(str(one), t(CRS_NAMES[one])) for one in Crs])
        box.activated.connect(lambda _n: self.look_at_point())
        box.setCurrentIndex(0)

    def look_at_point(self) -> None:
        """Say beside the field where the typed point is, and what looks wrong with it."""
        values = self.values
        try:
            found = read_typed(str(values["point"]), Crs(str(values["src_crs"])), self.box)
        except Refused as error:
            self.remark("point", "")
            self.tell("point", str(error))
            return
        words = []
        if found is not None:
            words.append(t("WGS-84: {lat}, {lon} · {dms}", lat=f"{found.point.lat:.6f}",
                           lon=f"{found.point.lon:.6f}", dms=dms_text(found.point)))
            if found.swapped:
                words.append(t("Longitude stood first; read as such."))
        self.remark("point", "\n".join(words))
        self.tell("point", t("Outside the district: look at the numbers and the coordinate"
                             " system.") if found is not None and found.outside else "")

    def marked(self) -> Position | None:
        """The typed point in the district's system; None while there is none to be read."""
        values = self.values
        try:
            found = read_typed(str(values["point"]), Crs(str(values["src_crs"])), self.box)
        except Refused:
            return None
        return (found.point.lon, found.point.lat) if found is not None else None

    # Values

    def show_record(self, values: dict[str, Value]) -> None:
        """Put a record's columns into the editors."""
        self.fill({name: self._shown(field, values.get(name))
                   for name, field in self.fields.items()})
        if "point" in self.values:
            lon, lat = values.get("lon"), values.get("lat")
            point = "" if lon is None or lat is None else f"{lat:.12g}, {lon:.12g}"
            self.fill({"src_crs": values.get("src_crs") or str(Crs.CGCS2000), "point": point})

    def _shown(self, field: Field, value: Value) -> object:
        match field.type:
            case Type.YES:
                return value or 0
            case Type.CHOICE if field.closed:
                return value or ""
            case Type.WORDS:
                return JOIN.join(json.loads(str(value or "[]")))
            case Type.LINK:
                known = {row: name for name, row in self._linked(field).items()}
                return known.get(int(value or 0), "")
        return show_value(field, value)

    def record(self) -> dict[str, object]:
        """What the editors hold, as `keeping` takes it.

        Raises:
            Refused: a point that cannot be read.
        """
        shown = self.values
        values = {name: self._given(name, shown[name]) for name in self.fields}
        if "point" in shown:
            found = read_typed(str(shown["point"]), Crs(str(shown["src_crs"])), self.box)
            values |= {"lon": found.given.lon if found else None,
                       "lat": found.given.lat if found else None, "src_crs": shown["src_crs"]}
        return values

    def _given(self, name: str, shown: object) -> object:
        field = self.fields[name]
        if field.type is Type.LINK and shown:
            return self.links.get(name, self._linked(field)).get(str(shown), shown)
        if field.type is Type.CODE and self.goods:
            return str(shown).partition(" ")[0]
        return shown

    # Saying what is wrong

    def tell(self, name: str, words: str) -> None:
        """Say something is wrong beside a field; the cursor stays where it is. Empty clears it."""
        field = self._fields[name]
        if field.problem.text() == words:
            return
        field.problem.setText(words)
        field.problem.setVisible(bool(words))
        field.widget.setAccessibleDescription(words)
        self._mark(field, bad=bool(words))

    def problem(self, name: str) -> str:
        """What is said to be wrong beside a field."""
        return self._fields[name].problem.text()

    def remark(self, name: str, words: str) -> None:
        """A muted line below a field."""
        label = self._remarks[self._fields[name].widget]
        label.setText(words)
        label.setVisible(bool(words))

    def remarked(self, name: str) -> str:
        """The muted line below a field."""
        return self._remarks[self._fields[name].widget].text()

    def _on_typed(self, name: str, _text: str) -> None:
        self.check_field(name)

    def check_field(self, name: str) -> None:
        """Check one field by itself; an empty one is only missed at the commit."""
        field, said = self.fields[name], ""
        value = self._given(name, self.values[name])
        try:
            if value not in ("", None):
                self._check_value(field, value)
        except Refused as error:
            said = str(error)
        self.tell(name, said)

    def _check_value(self, field: Field, value: object) -> None:
        if field.type is Type.LINK:
            if not isinstance(value, int):
                raise Refused("{label}: choose one from the list.", field=field.name,
                              label=t(field.label))
            return
        read = read_value(field, value)
        if field.type is Type.CODE and self.goods and self.store is not None:
            self.remark(field.name, " › ".join(code_path(self.store, str(read))))
            check_code(str(read))
        if field.vocabulary and self.store is not None:
            known = set(_column(self.store, "select name from capability"))
            if strange := [w for w in json.loads(str(read)) if w not in known]:
                raise Refused("Not in the vocabulary: {words}", field=field.name,
                              words=t("list|, ").join(strange))

    def _lay(self, label: QLabel, widget: QWidget, problem: QLabel) -> None:
        super()._lay(label, widget, problem)
        remark = QLabel()
        remark.setProperty("tone", "muted")
        remark.setWordWrap(True)
        remark.hide()
        cell = self._grid.itemAt(self._grid.count() - 1)
        if isinstance(cell, QVBoxLayout):
            cell.insertWidget(2, remark)
        self._remarks[widget] = remark


def _column(store: Store, sql: str) -> list[str]:
    return [str(row[0]) for row in store.read(sql)]
