"""The district's map 本区地图: a map view that reads base, sites and situation from the record.

The page, the small map of the forms and any page that replays an event show the same one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.change import Change, RowId
from db.errors import WatchdeskError
from db.store import Store
from db.words import t
from dispatch.whereabouts import Situation
from resources.geo import Bounds
from resources.layers.features import Feature, Shape
from resources.layers.keeping import GONE, Layer, file_of, layers, open_features, open_tiles
from resources.sites import SiteKind, counts, every_row
from ui.background import Job, Progress
from ui.desk import Desk
from ui.map.base import VectorLayer
from ui.map.clusters import Clusters
from ui.map.shown import scene_events, scene_movers, warned_areas
from ui.map.site_table import SiteTable
from ui.map.symbols import DRAWN
from ui.map.tiles import BaseLayer, TileLayer
from ui.map.view import MapView
from ui.theme import Theme

INLINE_BYTES = 300_000
"""Layers up to this size together are read at once; larger ones beside the window."""
INLINE_SITES = 15_000
TABLES = frozenset((*map(str, DRAWN), "place"))


class DistrictMap(MapView):
    """`base_changed` tells that layers were read anew, `sites_changed` that the sites were."""

    base_changed = Signal()
    sites_changed = Signal()

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        self.desk = desk
        self.found: list[Layer] = []
        self.faults: dict[RowId, str] = {}
        self.opened: dict[RowId, tuple[Layer, BaseLayer]] = {}
        self.kinds: tuple[SiteKind, ...] = DRAWN
        self.only: Mapping[SiteKind, Collection[int]] = {}
        self.situation: Situation | None = None
        self.with_warnings = True
        super().__init__(theme, parent)

    @property
    def store(self) -> Store:
        return self.desk.store

    # the base

    def read_base(self) -> None:
        """Open the layers that are shown; one that cannot be read is greyed with its reason."""
        self.found = layers(self.store)
        wanted = [one for one in self.found if one.shown]
        new = [one for one in wanted if not self._same(one)]
        if sum(one.size for one in new if not one.tiled) <= INLINE_BYTES:
            self._take_base([self._open(one) for one in new])
        else:
            self._begin(lambda progress: self._open_all(new, progress), self._take_base)

    def _same(self, one: Layer) -> bool:
        """Whether a layer is open already and its file is still there."""
        kept = self.opened.get(one.id)
        return (kept is not None and kept[0].digest == one.digest and one.id not in self.faults
                and file_of(self.store, one).is_file())

    def _open(self, one: Layer) -> tuple[Layer, BaseLayer | str]:
        path = file_of(self.store, one)
        try:
            if one.tiled:
                return one, TileLayer(one, open_tiles(path, one.name))
            return one, VectorLayer(one, open_features(path, one.name))
        except WatchdeskError as error:
            return one, str(error)

    def _open_all(self, wanted: Sequence[Layer], progress: Progress
                  ) -> list[tuple[Layer, BaseLayer | str]]:
        found = []
        for number, one in enumerate(wanted):
            progress(number / len(wanted))
            found.append(self._open(one))
        return found

    def _take_base(self, read: Sequence[tuple[Layer, BaseLayer | str]]) -> None:
        for one, opened in read:
            self._close(one.id)
            if isinstance(opened, str):
                self.faults[one.id] = opened
            else:
                self.faults.pop(one.id, None)
                self.opened[one.id] = one, opened
        known = {one.id for one in self.found}
        for gone in [key for key in self.opened if key not in known]:
            self._close(gone)
        shown: list[BaseLayer] = []
        for one in self.found:
            if one.shown and one.id in self.opened and one.id not in self.faults:
                layer = self.opened[one.id][1]
                layer.layer = one
                shown.append(layer)
        self.scene_facts.names = self.features()
        self.home = self._whole()
        self.show_layers(shown)
        self.base_changed.emit()

    def _close(self, key: RowId) -> None:
        kept = self.opened.pop(key, None)
        if kept is not None and isinstance(kept[1], TileLayer):
            kept[1].close()

    def check_faults(self) -> bool:
        """Grey the layers whose tiles failed while they were drawn, or whose file has gone."""
        anew = False
        for key, (one, opened) in [*self.opened.items()]:
            fault = opened.fault if isinstance(opened, TileLayer) else ""
            if not file_of(self.store, one).is_file():
                fault = t(GONE, name=one.name)
            if fault:
                self._close(key)
                self.faults[key] = fault
                anew = True
        if anew:
            self._take_base(())
        return anew

    def features(self) -> list[Feature]:
        """The named features of the vector layers in view."""
        return [o.feature for one, opened in self.opened.values()
                if isinstance(opened, VectorLayer) and one.id not in self.faults
                for o in opened.outlines if o.feature.name]

    def _whole(self) -> Bounds | None:
        """The district: its boundary, else all vector layers, else all sites, else tiles."""
        vectors = [(one, opened) for one, opened in self.opened.values()
                   if isinstance(opened, VectorLayer)]
        for one, opened in vectors:
            if any(o.feature.kind == "district" for o in opened.outlines):
                return one.bounds
        boxes = [one.bounds for one, _ in vectors] or [
            (s.lon - 0.01, s.lat - 0.01, s.lon + 0.01, s.lat + 0.01)
            for s in self.scene_facts.sites[:5000]] or [
            one.bounds for one, _ in self.opened.values()]
        if not boxes:
            return None
        return (min(b[0] for b in boxes), min(b[1] for b in boxes),
                max(b[2] for b in boxes), max(b[3] for b in boxes))

    def towns(self) -> list[Feature]:
        """Areas of the base that bear a town's name, for warnings' areas."""
        return [f for f in self.features() if f.shape is Shape.AREA
                and f.kind in ("town", "district")]

    # sites

    def read_sites(self) -> None:
        """Read what stands on the map, off the window's thread when it is much."""
        kinds, only = self.kinds, dict(self.only)
        if sum(counts(self.store, kinds).values()) <= INLINE_SITES:
            self._take_sites(_read(every_row(self.store.db, kinds, only)))
            return

        def work(_progress: Progress) -> tuple[SiteTable, Clusters]:
            with contextlib.closing(self.store.reader()) as db:
                return _read(every_row(db, kinds, only))

        self._begin(work, self._take_sites, quiet=True)

    def _take_sites(self, read: tuple[SiteTable, Clusters]) -> None:
        self.scene_facts.sites, self.scene_facts.clusters = read
        if self.home is None:
            self.home = self._whole()
        self.refresh()
        self.sites_changed.emit()

    def _begin(self, work: Callable[[Progress], object],
               done: Callable[..., None], *, quiet: bool = False) -> None:
        job: Job[object] = Job(work, self.desk)
        job.done.connect(done)
        self.desk.follow(job, t("Map"), quiet=quiet)

    # the situation

    def show_situation(self, found: Situation | None) -> None:
        """Events, forces and warnings of an instant."""
        self.situation = found
        scene = self.scene_facts
        scene.events = scene_events(found) if found else ()
        scene.movers = scene_movers(found) if found else ()
        scene.areas = warned_areas(found, self.towns()) if found and self.with_warnings else ()
        self.refresh()

    def read_now(self) -> None:
        """Base and sites at once, whatever their size: for a picture without a window."""
        self.found = layers(self.store)
        self._take_base([self._open(one) for one in self.found if one.shown])
        self._take_sites(_read(every_row(self.store.db, self.kinds, self.only)))

    def take_change(self, change: object | None) -> None:
        """Read again what a commit touched."""
        tables = change.tables() if isinstance(change, Change) else None
        if tables is None or "map_layer" in tables:
            self.read_base()
        if tables is None or tables & TABLES:
            self.read_sites()

    def let_go(self) -> None:
        """Close the tile files."""
        for key in [*self.opened]:
            self._close(key)


def _read(rows: Iterable[tuple[SiteKind, Any]]) -> tuple[SiteTable, Clusters]:
    """The sites with their clusters."""
    table = SiteTable(rows)
    return table, table.clusters()
