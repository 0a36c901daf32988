"""The layer panel 图层面板: which layers the map shows, in which order, and its saved views."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from db.change import Change
from db.words import t
from resources.layers.keeping import change_look, remove_layer, reorder
from resources.layers.saved import MapView, map_views, remove_map_view
from resources.listing import Asked, ids_of
from resources.records import Library
from resources.sites import SiteKind, counts
from resources.views import views
from ui.desk import Desk
from ui.map.layer_list import LayerList, LayerRow, Legend, layer_rows
from ui.map.scene import Scene
from ui.map.symbols import DRAWN
from ui.theme import Theme
from ui.widgets.panel import Panel

WIDTH = 236
STEP = 0.1


class MapLayers(Panel):
    """What is hidden is this seat's own; order and look of the base are the district's."""

    def __init__(self, theme: Theme, desk: Desk, page: Any) -> None:
        super().__init__(theme, "", page)
        self.desk, self.page = desk, page
        self.hidden: set[str] = {"site:unit"}
        self.list, self.legend, self.keys = LayerList(theme), Legend(theme), QLabel()
        self.views = QPushButton()
        self.keys.setProperty("tone", "muted")
        self.keys.setWordWrap(True)
        self.keys.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(8))
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.legend)
        self.body.addWidget(self.keys)
        self.add_to_head(self.views)
        self.views.clicked.connect(self.offer_views)
        self.list.turned.connect(self.turn)
        self.list.faded.connect(self.fade)
        self.list.shifted.connect(self.shift)
        self.list.removed.connect(self.remove)
        self.list.activated_row.connect(self.offer_filter)
        self.setFixedWidth(theme.px(WIDTH))
        self.page.view.kinds = tuple(k for k in DRAWN if f"site:{k}" not in self.hidden)

    def reword(self) -> None:
        self.set_title(t("Layers"))
        self.keys.setText(t("Space shows · Enter filters · ← → opacity · Ctrl ↑ ↓ order · Del"
                            " removes"))
        self.views.setText(f"{t('Views')}  U")
        self.views.setAccessibleName(t("Saved views of the map"))
        self.show_rows()

    def restyle(self) -> None:
        super().restyle()
        self.setFixedWidth(self.theme.px(WIDTH))

    # what is listed

    def take_change(self, change: object | None) -> None:
        if not isinstance(change, Change) or change.tables() & set(map(str, DRAWN)):
            self.take_filters()

    def show_rows(self) -> None:
        """Every layer with its count and state."""
        store, found = self.desk.store, self.page.view.situation
        asked = self._narrowed()
        numbers = counts(store, DRAWN)
        for kind in asked:
            numbers[kind] = self.page.view.scene_facts.sites.count(kind) \
                if f"site:{kind}" not in self.hidden else numbers[kind]
        now = [("now:events", t("Open events"), str(len(found.events) if found else 0)),
               ("now:forces", t("Forces out"), str(len(found.forces) if found else 0)),
               ("now:rings", t("Rings"), t("{n} km", n=t("list|, ").join(
                   f"{m / 1000:g}" for m in self.page.choice.metres))),
               ("now:warnings", t("Warned areas"), str(len(found.warnings) if found else 0)),
               ("now:labels", t("Names"), "")]
        faults = {int(key): words for key, words in self.page.view.faults.items()}
        self.list.set_rows(layer_rows(self.hidden, numbers, asked, now, self.page.view.found,
                                      faults))

    def hide_parts(self, scene: Scene) -> None:
        """Take out of the scene what is turned off."""
        if "now:events" in self.hidden:
            scene.events = ()
        if "now:forces" in self.hidden:
            scene.movers = ()
        if "now:warnings" in self.hidden:
            scene.areas = ()
        scene.labels = "now:labels" not in self.hidden

    # turning on and off

    def turn(self, row: LayerRow) -> None:
        """Show or hide a layer; one that cannot be read is tried again."""
        if row.layer:
            if row.fault:
                self.page.view.faults.pop(row.layer, None)
                self.page.view.read_base()
            else:
                self.desk.act(lambda: change_look(self.desk.store, row.layer,  # type: ignore[arg-type]
                                                  shown=not row.shown, by=self.desk.officer))
            return
        self.hidden ^= {row.key}
        self.apply()

    def apply(self) -> None:
        """Let the map follow what is hidden."""
        view = self.page.view
        view.kinds = tuple(k for k in DRAWN if f"site:{k}" not in self.hidden)
        view.read_sites()
        self.page.show_now()
        self.show_rows()

    def fade(self, row: LayerRow, way: int) -> None:
        """More or less opaque by a tenth."""
        wanted = round(min(max(row.opacity + way * STEP, STEP), 1.0), 2)
        if wanted != row.opacity:
            self.desk.act(lambda: change_look(self.desk.store, row.layer,  # type: ignore[arg-type]
                                              opacity=wanted, by=self.desk.officer))

    def shift(self, row: LayerRow, way: int) -> None:
        """One place up or down among the base layers."""
        order = [one.id for one in self.page.view.found]
        at = next((n for n, one in enumerate(order) if one == row.layer), -1)
        if at < 0 or not 0 <= at + way < len(order):
            return
        order[at], order[at + way] = order[at + way], order[at]
        self.desk.act(lambda: reorder(self.desk.store, order, by=self.desk.officer))
        self.list.choose(row.key)

    def remove(self, row: LayerRow) -> None:
        """Take a base layer off the map; Ctrl+Z of the page brings it back."""
        done = self.desk.act(lambda: remove_layer(
            self.desk.store, row.layer, by=self.desk.officer) or True,  # type: ignore[arg-type]
            t("{name} is off the map · Ctrl+Z brings it back", name=row.words))
        if done:
            self.page.acts.removed_layer = row.layer

    # filters, shared with the library lists

    def _narrowed(self) -> dict[SiteKind, Asked]:
        """The kinds whose library list is filtered."""
        return {kind: asked for kind in DRAWN
                if (asked := self.desk.asked.get(Library(kind))) is not None
                and (asked.text or asked.chosen)}

    def take_filters(self) -> None:
        """Show of each library what its list shows."""
        store = self.desk.store
        only = {kind: set(ids_of(store, Library(kind), asked))
                for kind, asked in self._narrowed().items()}
        if only != self.page.view.only:
            self.page.view.only = only
            self.page.view.read_sites()

    def offer_filter(self, row: LayerRow) -> None:
        """Enter on a library: its saved views, or all of it."""
        kind = row.kind
        if kind is None:
            self.turn(row)
            return
        menu = QMenu(self)
        menu.addAction(t("All records"), lambda: self.narrow(kind, Asked()))
        for one in views(self.desk.store, Library(kind)):
            menu.addAction(one.name, partial(self.narrow, kind, one.asked))
        menu.addSeparator()
        menu.addAction(t("Filter in its list…"),
                       lambda: self.page.go.emit("libraries", str(kind)))
        menu.popup(self.list.mapToGlobal(self.list.visualRect(self.list.currentIndex()
                                                              ).bottomLeft()))

    def narrow(self, kind: SiteKind, asked: Asked) -> None:
        """Filter a library here and in its list."""
        self.desk.asked[Library(kind)] = asked
        self.take_filters()
        self.show_rows()

    # views

    def offer_views(self) -> None:
        """U: the saved views to look at, or to remove."""
        menu = QMenu(self)
        for one in map_views(self.desk.store):
            menu.addAction(one.name, partial(self.show_view, one))
        menu.addSeparator()
        menu.addAction(f"{t('Save this view')}  V", self.page.acts.save_view)
        gone = menu.addMenu(t("Remove a view"))
        for one in map_views(self.desk.store):
            gone.addAction(one.name, partial(self._remove_view, one))
        gone.setEnabled(bool(gone.actions()))
        menu.popup(self.views.mapToGlobal(self.views.rect().bottomLeft()))

    def _remove_view(self, one: MapView) -> None:
        self.desk.act(lambda: remove_map_view(self.desk.store, one.id, by=self.desk.officer),
                      t("The view {name} is gone", name=one.name))

    def show_view(self, one: MapView) -> None:
        """Look where a saved view looked, with its layers."""
        self.page.view.go_to(one.lon, one.lat, one.zoom)
        self.hidden = set(one.hidden)
        self.apply()


