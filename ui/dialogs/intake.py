"""Intake 接报: what happened, from the first words of a call to an event, by keyboard alone."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QWidget

from db.errors import Refused, WatchdeskError
from db.words import mark, t
from dispatch.calls import earlier_calls
from dispatch.events import Event, join_intake, likely_duplicates, open_event
from dispatch.intake import Intake
from dispatch.levels import COUNT_NAMES, Counts, LevelSuggestion, level_rules, suggest_level
from dispatch.terms import (
    CLASS_NAMES,
    LEVEL_NAMES,
    LEVEL_SIGNS,
    NOT_GRADED,
    SUBTYPE_NAMES,
    SUBTYPES_OF,
    WAY_NAMES,
    EventClass,
    EventState,
    Level,
    Subtype,
    Way,
)
from resources.coords import Crs
from resources.exchange.verbs import district_box
from resources.localtime import clock_text, moment_text
from resources.typed_points import read_typed
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.draft_strip import DraftStrip
from ui.widgets.form import Choice
from ui.widgets.point_map import PointMap

COUNTS = ("dead", "severe", "light", "missing", "trapped", "evacuated", "at_risk")
SHORT_NAMES = {
    "dead": mark("Dead"), "severe": mark("short|Severe"), "light": mark("short|Light"),
    "missing": mark("count|Missing"), "trapped": mark("Trapped"),
    "evacuated": mark("Evacuated"), "at_risk": mark("At risk"),
}
SOURCES = (Way.PHONE, Way.RADIO, Way.FAX, Way.SYSTEM, Way.PERSON, Way.SMS)
TEXTS = ("title", "address", "town", "reporter", "reporter_unit", "reporter_post",
         "reporter_phone", "told", "summary")


def level_words(level: Level | None) -> str:
    """`III 较大`, or that it is not graded."""
    return f"{LEVEL_SIGNS[level]} {t(LEVEL_NAMES[level])}" if level else t(NOT_GRADED)


class IntakeSheet(Sheet):
    """F2. Title and Enter make an event; everything else may follow.

    The level suggested from the casualties stands in the level field with its basis until the
    person chooses another; what is in the field at Enter is what they confirmed.
    """

    asked = Signal(str)
    """Another half-typed call of the list was chosen: its key."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, key: str) -> None:
        super().__init__(theme, desk, host, t("Take in an event"), width=760, draft=key,
                         verb=t("verb|Open the event"))
        self.key = key
        self.suggested = LevelSuggestion(None, "", "")
        self._level_chosen, self._filled = False, 0
        self.basis, self.likely, self.calls = (self.note() for _ in range(3))
        self.same: list[Event] = []
        self.drafts = DraftStrip(theme)
        self.drafts.chosen.connect(self.asked)
        self.rows.insertWidget(0, self.drafts)
        self._build_fields()
        for name in self.form.values:
            self.form.field(name).installEventFilter(self.drafts)
        self.add_button(t("Discard"), self.discard, "Ctrl+D")
        self.buttons.insertWidget(self.buttons.count() - 1, self.map.button)
        self.join_button = self.add_button(t("Join"), self.join, "Ctrl+J")
        self.join_button.hide()
        self.form.edited.connect(self.look)
        self.look()

    # Fields

    def _build_fields(self) -> None:
        grid = self.grid
        grid.wide(20)
        title = grid.line("title", t("Title"), hint=t("Title; Enter opens the event"))
        title.setMaxLength(120)
        grid.wide(5)
        self.class_box = grid.choice("class_", t("Class"), [
            Choice(c.value, t(CLASS_NAMES[c])) for c in EventClass])
        self.subtype_box = grid.choice("subtype", t("Sub-type"), [
            Choice("", t("not known yet")),
            *(Choice(s.value, t(SUBTYPE_NAMES[s])) for s in Subtype)])
        grid.choice("source", t("Source"), [Choice(w.value, t(WAY_NAMES[w])) for w in SOURCES])
        grid.line("occurred", t("Happened at"), hint=t("such as 21:47"))
        grid.wide(5)
        self._complete(grid.line("town", t("fact|Town")), ("town",))
        grid.wide(8)
        self._complete(grid.line("address", t("Place"), hint=t("Free text or a name of the map")))
        grid.wide(7)
        grid.line("point", t("Coordinates"), hint=t("34.43, 108.75 or 34°26′N 108°45′E"))
        self.map = PointMap(self.theme, self.desk, self, self._marked, self._place_at)
        grid.wide(20)
        grid.place(self.map.picker)
        grid.wide(7)
        grid.line("reporter", t("Caller"))
        grid.line("reporter_unit", t("Caller's unit"))
        grid.wide(6)
        grid.line("reporter_post", t("Post"))
        grid.line("reporter_phone", t("Phone"))
        grid.wide(4)
        grid.line("minutes", t("Length (min)"))
        grid.wide(10)
        grid.line("told", t("Whom the caller has told, and when"))
        grid.wide(20)
        grid.place(self.calls)
        self._build_counts()
        grid.wide(20)
        grid.text("summary", t("First words of the caller"), lines=2)
        grid.wide(7)
        self.level_box = grid.choice("level", t("Level (you confirm it)"), [
            Choice(0, t(NOT_GRADED)), *(Choice(int(v), level_words(v)) for v in Level)])
        grid.wide(13)
        grid.place(self.basis)
        grid.wide(20)
        grid.place(self.likely)
        self.form.fill({"class_": EventClass.ACCIDENT.value, "subtype": "", "level": 0,
                        "source": Way.PHONE.value})
        self.class_box.activated.connect(self._on_class)

    def _build_counts(self) -> None:
        self.grid.new_row()
        self.grid.wide(2)
        for name in COUNTS:
            self.grid.number(name, t(SHORT_NAMES[name]), most=99_999)
            self.form.field(name).setToolTip(t(COUNT_NAMES[name]))
        self.grid.wide(6)
        self.grid.line("loss", t("Loss (10,000 yuan)"), hint=t("not estimated"))

    def _complete(self, line: QLineEdit, kinds: tuple[str, ...] = ()) -> None:
        """Offer the gazetteer's names: those of `kinds`, or all."""
        marks = ", ".join(f"'{k}'" for k in kinds)
        where = f"where kind in ({marks})" if kinds else ""
        names = [r["name"] for r in self.desk.store.read(
            f"select distinct name from place {where} order by name limit 20000")]
        completer = QCompleter(QStringListModel(names, line), line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(8)
        completer.activated.connect(lambda _name: self.form.edited.emit())
        line.setCompleter(completer)

    # What the form says by itself

    def look(self) -> None:
        """Suggest the level, find likely duplicates and earlier calls of the number."""
        values = self.form.values
        self.suggested = suggest_level(self._counts(), str(values["subtype"] or ""),
                                       level_rules(self.desk.store))
        self._level_chosen = self._level_chosen or values["level"] != self._filled
        if not self._level_chosen:
            self._filled = int(self.suggested.level or 0)
            self.form.fill({"level": self._filled})
        self._show_basis()
        self._show_likely(str(values["town"]), str(values["address"]))
        self._show_calls(str(values["reporter_phone"]))

    def _show_basis(self) -> None:
        found = self.suggested
        words = found.reason
        if found.basis:
            words = t("Suggested: {level}. {reason}. Basis: {basis}",
                      level=level_words(found.level), reason=found.reason, basis=found.basis)
        if found.uncertain:
            words += t(" (check against local rules)")
        self.basis.setText(words)

    def _show_likely(self, town: str, address: str) -> None:
        self.map.follow()
        lon, lat = self._marked() or (None, None)
        place = f"{town}{address}".strip()
        found = [e for e in likely_duplicates(self.desk.store, place, lon, lat, self.desk.now())
                 if e.state == EventState.OPEN]
        self.same = found
        if found:
            self.join_button.setText(t("Join to {number}  Ctrl+J", number=found[0].number))
            self.join_button.setShortcut("")
        self.join_button.setVisible(bool(found))
        self._say(self.likely, t("Maybe the same: {events}", events=t("; ").join(
            f"{e.number} {e.title} {clock_text(e.received_at)}" for e in found[:3])), bool(found))

    def _show_calls(self, phone: str) -> None:
        found = earlier_calls(self.desk.store, phone, 3) if len(phone.strip()) >= 4 else []
        self._say(self.calls, t("This number called before: {calls}", calls=t("; ").join(
            f"{moment_text(c.answered_at)} {c.text[:24]}" for c in found)), bool(found))

    def _say(self, label: QLabel, words: str, shown: bool) -> None:  # noqa: FBT001
        label.setText(words if shown else "")
        if label.isVisibleTo(self) != shown:
            label.setVisible(shown)
            self.place()

    def _on_class(self) -> None:
        """A sub-type of another class is let go."""
        values = self.form.values
        allowed = SUBTYPES_OF[EventClass(str(values["class_"]))]
        if values["subtype"] and values["subtype"] not in allowed:
            self.form.fill({"subtype": ""})

    def show_drafts(self, rows: list[tuple[str, str]]) -> None:
        """The other half-typed calls, to be turned to by their number."""
        self.drafts.show_drafts(rows, self.key)
        self.place()

    # Into the store

    def join(self) -> None:
        """Ctrl+J: the call is about the likely event that is shown first.

        Raises:
            Refused: none is shown, or the form cannot be right.
        """
        if not self.same:
            raise Refused("No event near in place and time is open.", field="address")
        if self.sent:
            return
        known = join_intake(self.desk.store, self.intake(), self.same[0].id,
                            by=self.desk.officer)
        self.discard()
        self.done.emit(known)

    def _counts(self) -> Counts:
        values = self.form.values
        known = {f.name for f in fields(Counts)}
        counts = {n: int(str(values[n])) for n in COUNTS if n in known}
        return Counts(**counts, loss_yuan=self._loss(str(values["loss"])))

    def _loss(self, words: str) -> float | None:
        try:
            return float(words.replace(",", "")) * 10_000 if words.strip() else None
        except ValueError:
            return None

    def _point(self, address: str) -> tuple[float | None, float | None]:
        """The point that was typed or set on the map, else that of a place which the gazetteer
        knows by exactly this name.

        Raises:
            Refused: what was typed is no pair of coordinates.
        """
        typed = read_typed(str(self.form.values["point"]), Crs.CGCS2000,
                           district_box(self.desk.store))
        if typed is not None:
            return typed.point.lon, typed.point.lat
        row = self.desk.store.one("select lon, lat from place where name = :name limit 1",
                                  name=address.strip())
        return (row["lon"], row["lat"]) if row is not None else (None, None)

    def _marked(self) -> tuple[float, float] | None:
        """The point so far, for the map; None while it cannot be read."""
        try:
            lon, lat = self._point(str(self.form.values["address"]))
        except Refused:
            return None
        return (lon, lat) if lon is not None and lat is not None else None

    def _place_at(self, lon: float, lat: float) -> None:
        """A click on the map is typed as coordinates."""
        self.form.fill({"point": f"{lat:.6f}, {lon:.6f}"})
        self.form.edited.emit()

    def intake(self) -> Intake:
        """What the form holds.

        Raises:
            Refused: a time or an amount that cannot be read.
        """
        values = self.form.values
        text = {n: str(values[n]).strip() for n in TEXTS}
        lon, lat = self._point(text["address"])
        level = Level(int(str(values["level"]))) if values["level"] else None
        self.check_number("loss")
        minutes = self.check_number("minutes")
        return Intake(
            EventClass(str(values["class_"])), str(values["subtype"] or ""),
            source=str(values["source"]), lon=lon, lat=lat, counts=self._counts(), level=level,
            level_basis=self._basis_of(level), occurred_at=self.read_time("occurred"),
            title=text["title"], address=text["address"], town=text["town"],
            reporter=text["reporter"], reporter_unit=text["reporter_unit"],
            reporter_post=text["reporter_post"], told=text["told"],
            seconds=None if minutes is None else round(minutes * 60),
            reporter_phone=text["reporter_phone"], summary=text["summary"])

    def _basis_of(self, level: Level | None) -> str:
        if level is None:
            return ""
        same = level == self.suggested.level
        words = (self.suggested.reason, self.suggested.basis)
        return t("; ").join(w for w in words if w) if same else t("By judgement")

    def commit(self) -> Event:
        return open_event(self.desk.store, self.intake(), by=self.desk.officer)

    def refuse(self, error: WatchdeskError) -> None:
        if error.field == "occurred_at":
            self.form.show_error("occurred", str(error))
            return
        super().refuse(error)

    def restore(self, kept: dict[str, object]) -> None:
        super().restore(kept)
        self._level_chosen = bool(kept.get("level"))
        self.look()

    @property
    def empty(self) -> bool:
        """Whether nobody wrote anything into it."""
        return not any(str(self.form.values[n]).strip() for n in (*TEXTS, "point", "occurred"))
