"""What is chosen on the map 图上选择: picked, listed, its rings and its nearest forces."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from db.change import RowId
from db.words import t
from dispatch.surroundings import near_forces, rings
from dispatch.whereabouts import situation
from resources.coords import Point
from resources.geo import Position, box_around
from resources.mercator import unproject
from resources.sites import RESOURCES, SiteKind, columns_of, inside_area
from ui.desk import Desk, Tone
from ui.map.painting import Spot
from ui.map.scene import Rings
from ui.map.selection import (
    Selection,
    capabilities,
    event_rows,
    member_rows,
    near_rows,
    overview,
    point_rows,
    site_rows,
    wanted_capability,
)
from ui.widgets.fact_list import Fact

CLOSE_ZOOM, GROUP_LIST_ZOOM = 14.5, 18.0
TIGHT_M = 30.0
"""Metres within which sites never come apart on a screen."""
ACTS: dict[str, tuple[str, ...]] = {
    "": (), "area": ("F4",), "group": ("F4",), "point": ("G", "J", "B", "A", "C"),
    "found": ("G", "J", "B", "A", "C"), SiteKind.EVENT: ("F4", "A", "D", "T", "B", "G"),
    SiteKind.FORCE: ("F4", "D", "G", "B")}
"""The keys that are offered as buttons for each kind of selection."""


class MapChoice(QObject):
    """The page's selection; it marks it on the view and tells of it in the side panel."""

    def __init__(self, desk: Desk, page: Any) -> None:
        super().__init__(page)
        self.desk, self.page, self.view = desk, page, page.view
        self.selection: Selection | None = None
        self.metres: tuple[float, ...] = ()
        self.with_rings, self.near = False, False
        self.capability: str | None = None

    def select(self, of: Selection | None, *, move: bool = False) -> None:
        """Make something the selection; `move` brings it into view."""
        self.selection = of
        self.near = self.near and of is not None
        self.with_rings = of is not None and of.kind == SiteKind.EVENT
        self.capability = None
        scene = self.view.scene_facts
        scene.chosen = (of.kind, of.id) if of is not None and of.is_site else None
        scene.mark = (of.lon, of.lat) if of is not None and of.kind in ("point", "found") else None
        if of is not None and move:
            self.view.go_to(of.lon, of.lat, max(self.view.frame.zoom, CLOSE_ZOOM))
        self.show_selection()

    def show_selection(self) -> None:
        """Say in the side panel what is selected."""
        of, store = self.selection, self.desk.store
        found = self.view.situation
        if of is None:
            self.page.side.show_rows(t("map|Now"), "", overview(found))
            self.page.side.offer_capabilities((), None)
            rows = None
        elif of.kind == SiteKind.EVENT:
            rows = self.desk.act(lambda: event_rows(store, of.id, found))
        elif of.is_site:
            rows = self.desk.act(lambda: site_rows(store, of.kind, of.id))
        elif of.members or of.kind in ("group", "area"):
            rows = member_rows(of.members)
        else:
            rows = point_rows(Point(of.lon, of.lat), of.note)
        if of is not None:
            parts = ((rows or []), self._near_rows(of))
            self.page.side.show_rows(of.name, "", [*parts[self.near], *parts[not self.near]])
        self.draw_rings()
        self._offer(of)

    def _near_rows(self, of: Selection) -> list[Fact]:
        store = self.desk.store
        if not self.near and of.kind != SiteKind.EVENT:
            self.page.side.offer_capabilities((), None)
            return []
        if self.capability is None:
            self.capability = wanted_capability(store, of.id) if of.kind == SiteKind.EVENT else ""
        self.page.side.offer_capabilities(capabilities(store), self.capability)
        found = near_forces(store, of.lon, of.lat, self.capability, 20 if self.near else 6)
        return near_rows(found, self.capability)

    def draw_rings(self) -> None:
        of, scene = self.selection, self.view.scene_facts
        if of is None or not self.with_rings or of.kind == "area" or not self.metres:
            scene.rings = None
            self.page.side.show_rings((), 0)
        else:
            at = self.page.side.rings.metres
            counted = rings(self.desk.store, of.lon, of.lat, self.metres)
            self.page.side.show_rings(counted, at)
            scene.rings = Rings(of.lon, of.lat, self.metres, self.page.side.rings.metres)
        if "now:rings" in self.page.layers.hidden:
            scene.rings = None
        self.view.refresh()

    def _offer(self, of: Selection | None) -> None:
        """The acts that fit what is selected, as buttons."""
        keys = ACTS.get(of.kind if of is not None else "", ("D", "G", "J", "B"))
        self.page.side.offer_acts([self.page.own[key] for key in keys],
                             self.page.own["F4"] if "F4" in keys else None)

    def pick(self, spot: Spot) -> None:
        """A click: on a cluster opens it, on a thing selects it, on bare ground its point."""
        if spot.kind == "group" and spot.group is not None:
            self._open_group(spot)
        elif spot.kind == "order":
            self._select_order(spot.id)
        elif spot.kind == "point":
            self.select(Selection("point", 0, t("Point"), spot.lon, spot.lat))
        else:
            self.select(Selection(spot.kind, spot.id, spot.name, spot.lon, spot.lat))

    def _members(self, spot: Spot) -> Selection:
        """A cluster with its sites."""
        clusters, sites = self.view.scene_facts.clusters, self.view.scene_facts.sites
        rows = clusters.records(spot.group) if clusters is not None and spot.group else []
        lon, lat = spot.at
        return Selection("group", 0, spot.words, lon, lat, tuple(sites[n] for n in rows))

    def _open_group(self, spot: Spot) -> None:
        """Closer, so that the cluster opens; one that cannot open is listed."""
        clusters = self.view.scene_facts.clusters
        if clusters is None or spot.group is None:
            return
        west, south, east, north = clusters.box_of(spot.group)
        tight = max(east - west, north - south) < TIGHT_M
        if tight or self.view.frame.zoom >= GROUP_LIST_ZOOM:
            self.select(self._members(spot))
            return
        box = (*unproject(west, south), *unproject(east, north))
        self.view.show_box(box, 60, 19.0)

    def _select_order(self, order_id: int) -> None:
        found = self.view.situation
        one = next((f for f in found.forces if f.order.id == order_id), None) if found else None
        if one is not None:
            self.show_record(SiteKind.EVENT, int(one.order.event_id), move=False)

    def show_record(self, kind: str, row_id: int, *, move: bool = True) -> bool:
        """Select a record or event by its id; False and a word when it has no place."""
        row = self.desk.store.one(
            f"select {columns_of(SiteKind(kind))} from [{SiteKind(kind)}] r where r.id = :id",
            id=row_id)
        if row is None:
            return False
        if kind == SiteKind.EVENT:
            found = situation(self.desk.store, self.desk.now(), RowId(row_id)).events[0]
            lon, lat, name = found.lon, found.lat, f"{found.number} {found.title}"
        else:
            lon, lat, name = row["lon"], row["lat"], str(row["name"])
        if lon is None or lat is None:
            self.desk.told.emit(Tone.REFUSED, t("{name} has no place yet. Enter coordinates in its"
                                                " record.", name=name))
            return False
        self.select(Selection(kind, row_id, name, float(lon), float(lat)), move=move)
        if move and kind == SiteKind.EVENT and self.metres:
            reach = self.metres[len(self.metres) // 2] * 1.1
            self.view.show_box(box_around(float(lon), float(lat), reach), 8)
        return True

    def activate(self, spot: Spot) -> None:
        """A double click: open what was hit."""
        self.pick(spot)
        if spot.kind not in ("group", "point"):
            self.open_selected()

    def open_selected(self) -> None:
        """D: the page of the selected event, or the record in its library."""
        of = self.selection
        if of is None or not of.is_site:
            self.desk.told.emit(Tone.REFUSED, t("Select a record or an event first."))
        elif of.kind == SiteKind.EVENT:
            self.page.go.emit("event", of.id)
        elif of.kind == SiteKind.PLACE:
            self.page.acts.edit_place(of.id)
        else:
            self.page.go.emit("libraries", (of.kind, of.id))

    def open_row(self, key: str) -> None:
        """A row of the side panel was opened: select what it names, a second time open it."""
        kind, _, rest = key.partition(" ")
        if kind == "order" and rest.isdigit():
            self._select_order(int(rest))
        elif kind in tuple(SiteKind) and rest.isdigit():
            if self.selection is not None and (self.selection.kind, self.selection.id) == (
                    kind, int(rest)):
                self.open_selected()
            else:
                self.show_record(kind, int(rest))
        elif kind in ("crs", "dms") and self.selection is not None:
            self.page.copy_point()

    def mark_row(self, key: str) -> None:
        """Moving through the rows marks each on the map."""
        kind, _, rest = key.partition(" ")
        if kind in tuple(SiteKind) and rest.isdigit() and self.selection is not None \
                and not self.selection.is_site:
            self.view.scene_facts.chosen = (kind, int(rest))
            self.view.refresh()

    def step(self, way: int) -> None:
        """N: the next thing in view, from the left."""
        spots = sorted((s for s in self.view.seen.spots
                        if 0 <= s.x < self.view.frame.width and 0 <= s.y < self.view.frame.height),
                       key=lambda s: (round(s.x), round(s.y)))
        if not spots:
            self.desk.told.emit(Tone.REFUSED, t("Nothing is in view. H shows the whole"
                                                " district."))
            return
        of = self.selection
        at = next((n for n, s in enumerate(spots) if of is not None and (s.kind, s.id) == (
            of.kind, of.id) and (s.kind != "group" or s.at == (of.lon, of.lat))),
            -1 if way > 0 else 0)
        spot = spots[(at + way) % len(spots)]
        if spot.kind == "group":
            self.select(self._members(spot))
        else:
            self.pick(spot)

    def take_area(self, ring: tuple[Position, ...]) -> None:
        """List what is inside a drawn area."""
        found = inside_area(self.desk.store, [ring], (*RESOURCES, SiteKind.PLACE, SiteKind.EVENT))
        lon = sum(p[0] for p in ring[:-1]) / (len(ring) - 1)
        lat = sum(p[1] for p in ring[:-1]) / (len(ring) - 1)
        people = sum(s.people for s in found if s.kind is SiteKind.PLACE)
        name = t("Inside the area: {n}", n=len(found))
        if people:
            name += t(", {n} residents", n=people)
        self.select(Selection("area", 0, name, lon, lat, tuple(found), ring))

    def toggle_near(self) -> None:
        """J: the nearest forces to what is selected, else to the middle of the map."""
        if self.selection is None or self.selection.kind == "area":
            lon, lat = self.view.middle
            self.select(Selection("point", 0, t("Middle of the map"), lon, lat))
            self.near = True
        else:
            self.near = not self.near
        self.show_selection()

    def take_capability(self, name: str) -> None:
        self.capability = name
        self.show_selection()
