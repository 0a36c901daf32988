"""The facts form 要素: everything known of an event, as reports will need it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.words import t
from dispatch.events import Event, edit_event
from dispatch.facts import EXTRA_NAMES, extra_facts
from dispatch.intake import FACT_NAMES
from dispatch.terms import CLASS_NAMES, SUBTYPE_NAMES, EventClass, Subtype
from resources.geo import Position, check_point
from resources.localtime import moment_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.point_map import PointMap

LINES = (("town", 5), ("address", 15), ("lon", 5), ("lat", 5), ("reporter", 5),
         ("reporter_unit", 5), ("reporter_phone", 6), ("verified", 14))
TEXTS = ("summary", "cause", "trend", "measures")
MORE = ("unit", "scope", "leaders", "requests", "now", "aftermath")
FIELD_OF = {"source": "reporter", "happened": "occurred_at", "place": "address",
            "nature": "subtype", "course": "summary", "commander": "commander"}
"""Which field an element of a report is written in, where the two differ in name."""


def field_of(code: str) -> str:
    """The field of this form that fills a missing element; empty when another form does."""
    name = FIELD_OF.get(code, code)
    return name if name in {*FACT_NAMES, *EXTRA_NAMES} else ""


class EventFactsSheet(Sheet):
    """E: what was heard first is put right and completed; the log says what changed."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        super().__init__(theme, desk, host, t("Facts of {number}", number=event.number),
                         width=820, draft=f"facts:{event.id}")
        self.of, self.more = event, extra_facts(desk.store, event.id)
        self._build_head()
        for name, wide in LINES:
            self.grid.wide(wide)
            self.grid.line(name, t(FACT_NAMES[name]))
        self.map = PointMap(theme, desk, self, self._marked, lambda lon, lat: self.form.fill(
            {"lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}))
        self.grid.wide(20)
        self.grid.place(self.map.picker)
        self.buttons.insertWidget(self.buttons.count() - 1, self.map.button)
        self.grid.wide(10)
        for name in TEXTS:
            self.grid.text(name, t(FACT_NAMES[name]), lines=2)
        self.grid.wide(7)
        self.grid.line("commander", t(FACT_NAMES["commander"]))
        self.grid.wide(6)
        self.grid.line("commander_post", t(EXTRA_NAMES["commander_post"]))
        self.grid.wide(7)
        self.grid.line("commander_phone", t(FACT_NAMES["commander_phone"]))
        self.grid.wide(10)
        for name in MORE:
            self.grid.line(name, t(EXTRA_NAMES[name]))
        self.form.fill(self._known())
        self.form.edited.connect(self.map.follow)

    def _marked(self) -> Position | None:
        """The point that stands in the form; None while it is none."""
        try:
            lon, lat = self.check_number("lon"), self.check_number("lat")
            check_point(lon, lat)
        except Refused:
            return None
        return (lon, lat) if lon is not None and lat is not None else None

    def _build_head(self) -> None:
        grid = self.grid
        grid.wide(20)
        grid.line("title", t(FACT_NAMES["title"]), required=True)
        grid.wide(6)
        grid.choice("class_", t(FACT_NAMES["class_"]), [
            Choice(c.value, t(CLASS_NAMES[c])) for c in EventClass])
        grid.choice("subtype", t(FACT_NAMES["subtype"]), [
            Choice("", t("not known yet")),
            *(Choice(s.value, t(SUBTYPE_NAMES[s])) for s in Subtype)])
        grid.wide(8)
        grid.line("occurred_at", t(FACT_NAMES["occurred_at"]), hint=t("such as 21:47"))

    def _known(self) -> dict[str, object]:
        of = self.of
        plain = {n: getattr(of, n) for n in ("title", "subtype", "commander", "commander_phone",
                                             *TEXTS, *(n for n, _ in LINES))}
        return {**{n: "" if v is None else str(v) for n, v in plain.items()}, **self.more,
                "class_": of.class_.value, "occurred_at": _written(of.occurred_at)}

    def commit(self) -> Event:
        v = self.form.values
        facts: dict[str, object] = {n: str(v[n]).strip() for n in (
            "title", "subtype", "commander", "commander_phone", *TEXTS,
            *(n for n, _ in LINES if n not in ("lon", "lat")))}
        facts |= {n: self.check_number(n) for n in ("lon", "lat")}
        facts["class_"] = EventClass(str(v["class_"]))
        if str(v["occurred_at"]).strip() != _written(self.of.occurred_at):
            facts["occurred_at"] = self.read_time("occurred_at")
        extra = {n: str(v[n]) for n in (*MORE, "commander_post")}
        return edit_event(self.desk.store, self.of.id, facts, extra=extra, by=self.desk.officer)


def _written(at: datetime | None) -> str:
    return moment_text(at, year=True) if at else ""
