"""The drawing: tiles, polygons and points line up, clusters count all, bad layers are quiet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.change import RowId
from resources.layers.features import Feature, Shape
from resources.layers.keeping import Layer, LayerId
from resources.layers.mbtiles import TileFile
from resources.layers.preparing import LayerKind
from resources.mercator import Tile, project, tile_at, tile_bounds, unproject
from resources.sites import Site, SiteKind
from tests.resources.layers.files import mbtiles
from ui.map.base import VectorLayer, project_many, thinned, trimmed
from ui.map.clusters import Clusters
from ui.map.frame import CHINA_FRAME, LEAST_ZOOM, MOST_ZOOM, Frame
from ui.map.scene import Scene
from ui.map.tiles import TileLayer
from ui.map.view import MapView
from ui.theme import Theme

GREY, WHITE = QColor(200, 200, 200), QColor(250, 250, 250)
FRAMES = st.builds(lambda lon, lat, zoom: CHINA_FRAME.sized(900, 600).centred(lon, lat, zoom),
                   st.floats(75, 134), st.floats(5, 52), st.floats(6, 19))


def a_layer(kind: LayerKind = LayerKind.GEOJSON, **look: object) -> Layer:
    facts: dict[str, object] = {
        "id": LayerId(RowId(1)), "name": "层", "kind": kind, "digest": "", "size": 0,
        "style": "area", "place": 0, "shown": True, "opacity": 1.0, "min_zoom": None,
        "max_zoom": None, "bounds": (108.0, 34.0, 109.0, 35.0), "count": 1, "source": "",
        "remarks": (), **look}
    return Layer(**facts)  # type: ignore[arg-type]


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> Iterator[MapView]:
    view = MapView(theme)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    qtbot.waitExposed(view)
    yield view
    for layer in view.layers:
        if isinstance(layer, TileLayer):
            layer.close()


def seen(view: MapView) -> QImage:
    view.settle()
    return view.viewport().grab().toImage()


def like(one: QColor, other: QColor, slack: int = 12) -> bool:
    return all(abs(a - b) <= slack for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


@pytest.mark.parametrize("zoom", [12.0, 13.5, 15.0])
def test_tiles_polygons_and_points_line_up(view: MapView, tmp_path: Path, zoom: float) -> None:
    """A polygon drawn over exactly one tile, and a site on its corner, meet to the pixel."""
    tile = tile_at(108.75, 34.43, 12)
    west, south, east, north = tile_bounds(tile)
    square = Feature(Shape.AREA, (((west, south), (east, south), (east, north), (west, north),
                                   (west, south)),), kind="wood")
    tiles = TileLayer(a_layer(LayerKind.MBTILES), TileFile(mbtiles(tmp_path / "a.mbtiles", (12,))))
    corner = Site(SiteKind.PLACE, RowId(1), "角", east, south)
    view.show_layers([tiles, VectorLayer(a_layer(opacity=0.5), [square])])
    view.scene_facts = Scene([corner], Clusters([east], [south], [0], 1), labels=False)
    view.look(view.frame.centred(east, south, zoom))
    image = seen(view)
    x, y = view.frame.place(east, south)
    assert (x, y) == pytest.approx((400, 300), abs=0.01)
    own = GREY if (tile.x + tile.y) % 2 else WHITE
    beside = WHITE if own is GREY else GREY
    wood = view.brush_work.colors.wood
    mixed = QColor(*((a + b) // 2 for a, b in zip(own.getRgb()[:3], wood.getRgb()[:3],
                                                  strict=True)))
    for dx, dy, wanted in ((-20, -20, mixed), (20, -20, beside), (-20, 20, beside), (20, 20, own)):
        assert like(image.pixelColor(400 + dx, 300 + dy), wanted), (dx, dy)
    assert like(image.pixelColor(400 - 2, 300 - 30), mixed)
    assert like(image.pixelColor(400 + 2, 300 - 30), beside)
    assert like(image.pixelColor(400 - 30, 300 - 2), mixed)
    assert like(image.pixelColor(400 - 30, 300 + 2), beside)
    dark = [(px, py) for px in range(380, 421) for py in range(280, 321)
            if image.pixelColor(px, py).lightness() < 80]
    assert dark
    assert sum(p[0] for p in dark) / len(dark) == pytest.approx(400, abs=1)
    assert sum(p[1] for p in dark) / len(dark) == pytest.approx(300, abs=1)
    assert view.seen.spots[0].x == pytest.approx(400, abs=0.01)


@given(FRAMES, st.floats(0, 900), st.floats(0, 600))
def test_a_pixel_is_a_place_and_back(frame: Frame, x: float, y: float) -> None:
    assert frame.place(*frame.at(x, y)) == pytest.approx((x, y), abs=1e-3)


@given(FRAMES, st.floats(0, 900), st.floats(0, 600), st.floats(6, 25))
def test_zooming_keeps_the_point_under_the_pointer(frame: Frame, x: float, y: float,
                                                   zoom: float) -> None:
    closer = frame.zoomed(zoom, x, y)
    assert LEAST_ZOOM <= closer.zoom <= MOST_ZOOM
    assert closer.place(*frame.at(x, y)) == pytest.approx((x, y), abs=0.01)


@given(st.floats(108, 108.9), st.floats(34, 34.5), st.floats(0.001, 0.5), st.floats(0.001, 0.4))
def test_a_fitted_box_is_in_view_whole(west: float, south: float, wide: float,
                                       high: float) -> None:
    frame = CHINA_FRAME.sized(900, 600).fitted((west, south, west + wide, south + high))
    left, low, right, top = frame.bounds
    assert left <= west
    assert low <= south
    assert right >= west + wide
    assert top >= south + high


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(108.5, 108.9), st.floats(34.2, 34.6), st.integers(0, 2)),
                min_size=1, max_size=120), st.floats(8, 19))
def test_clusters_hold_every_site_once_and_none_touch(sites: list[tuple[float, float, int]],
                                                      zoom: float) -> None:
    clusters = Clusters([s[0] for s in sites], [s[1] for s in sites], [s[2] for s in sites], 3)
    frame = CHINA_FRAME.sized(5000, 5000).centred(108.7, 34.4, min(zoom, 12.0))
    groups = clusters.groups(frame)
    rows = sorted(n for g in groups for n in clusters.records(g))
    assert rows == list(range(len(sites)))
    assert sum(g.count for g in groups) == len(sites)
    for group in groups:
        members = [sites[n] for n in clusters.records(group)]
        assert [sum(m[2] == k for m in members) for k in range(3)] == list(group.kinds)
        x = sum(project(m[0], m[1])[0] for m in members) / len(members)
        assert group.x == pytest.approx(x, abs=0.01)


def test_clusters_open_on_zoom() -> None:
    clusters = Clusters([108.70, 108.701, 108.75], [34.4, 34.4, 34.4], [0, 0, 1], 2)
    frame = CHINA_FRAME.sized(900, 600).centred(108.72, 34.4, 8)
    assert [g.count for g in clusters.groups(frame)] == [3]
    assert sorted(g.count for g in clusters.groups(frame.centred(108.72, 34.4, 12))) == [1, 2]
    assert [g.count for g in clusters.groups(frame.centred(108.7005, 34.4, 17))] == [1, 1]


@given(st.floats(-179, 179), st.floats(-84, 84))
def test_many_points_are_projected_as_one_is(lon: float, lat: float) -> None:
    x, y = project_many(np.array([lon]), np.array([lat]))
    assert (x[0], y[0]) == pytest.approx(project(lon, lat), abs=1e-6)


def test_thinning_keeps_ends_and_parts() -> None:
    x = np.array([*np.linspace(0, 10, 200), np.nan, *np.linspace(20, 30, 200), np.nan])
    y = np.zeros(len(x))
    y[np.isnan(x)] = np.nan
    kept, _ = thinned(x, y, 1.0)
    assert len(kept) < 40
    assert np.isnan(kept).sum() == 2
    assert {0.0, 10.0, 20.0, 30.0} <= set(kept[~np.isnan(kept)])


def test_a_tile_file_that_breaks_is_left_out_and_said(view: MapView, tmp_path: Path) -> None:
    broken = TileLayer(a_layer(LayerKind.MBTILES), TileFile(
        mbtiles(tmp_path / "a.mbtiles", (12,), tile=b"\x89PNG no picture at all")))
    area = Feature(Shape.AREA, (((108.7, 34.4), (108.8, 34.4), (108.8, 34.5), (108.7, 34.4)),),
                   kind="district")
    view.show_layers([broken, VectorLayer(a_layer(), [area])])
    view.look(view.frame.centred(108.78, 34.42, 12))
    image = seen(view)
    assert broken.fault
    assert like(image.pixelColor(400, 300), view.brush_work.colors.land)


def test_mouse_wheel_and_keys_move_the_map(view: MapView, qtbot: QtBot) -> None:
    view.look(view.frame.centred(108.7, 34.4, 12))
    before = view.frame
    start = view.frame.at(400, 300)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    QTest.mouseMove(view.viewport(), QPoint(450, 340))
    QTest.mouseMove(view.viewport(), QPoint(500, 360))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, 360))
    assert view.frame.place(*start) == pytest.approx((500, 360), abs=1)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.frame.zoom == before.zoom + 0.5
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.frame.zoom == before.zoom
    view.home = (108.6, 34.3, 108.8, 34.5)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.frame.bounds[0] < 108.6


def test_the_deepest_zoom_and_a_far_line_are_drawn_in_time(view: MapView) -> None:
    """A dashed border as long as a province, seen at the deepest zoom, must not hang."""
    line = Feature(Shape.LINE, (((100.0, 30.0), (115.0, 39.0)),), kind="town")
    ring = tuple((108.7 + 0.4 * np.cos(a), 34.4 + 0.4 * np.sin(a))
                 for a in np.linspace(0, 2 * np.pi, 10_001))
    view.show_layers([VectorLayer(a_layer(), [line, Feature(Shape.AREA, (ring,), kind="town")])])
    for zoom in (6.0, 12.0, 20.0):
        view.look(view.frame.centred(108.7, 34.8, zoom))
        view.settle()
        assert view.cache.complete


def test_unprojecting_a_tile_edge_is_exact() -> None:
    west, south, east, north = tile_bounds(Tile(5, 10, 12))
    assert unproject(*project(west, north)) == pytest.approx((west, north))
    assert east - west == pytest.approx(360 / 32)
    assert south < north


def test_a_force_stands_for_its_equipment_at_the_same_place() -> None:
    clusters = Clusters([108.7, 108.7, 108.7, 108.8], [34.4, 34.4, 34.4, 34.4], [1, 0, 1, 1], 2)
    frame = CHINA_FRAME.sized(900, 600).centred(108.7, 34.4, 15)
    group = next(g for g in clusters.groups(frame) if g.count == 3)
    assert clusters.base_of(group) == 1
    apart = Clusters([108.7, 108.7003], [34.4, 34.4], [0, 1], 2)
    assert all(apart.base_of(g) is None for g in apart.groups(frame.centred(108.7, 34.4, 10)))


BOX = (-5.0, -5.0, 5.0, 5.0)


def turns(x: list[float], y: list[float]) -> float:
    """How often a closed line goes round the origin."""
    angles = np.unwrap(np.arctan2([*y, y[0]], [*x, x[0]]))
    return float(round((angles[-1] - angles[0]) / (2 * np.pi)))


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=80, max_size=200))
@settings(max_examples=60, deadline=None)
def test_points_out_of_view_are_left_out_and_nothing_looks_different(
        spots: list[tuple[float, float]]) -> None:
    x, y = np.array(spots).T
    tx, ty = trimmed(x, y, BOX)
    assert len(tx) <= len(x)
    seen = {(a, b) for a, b in spots if abs(a) <= 5 and abs(b) <= 5}
    assert seen <= set(zip(tx.tolist(), ty.tolist(), strict=True))
    if np.all(np.hypot(x, y) > 1e-6):
        assert turns(tx.tolist(), ty.tolist()) == turns(x.tolist(), y.tolist())


def test_a_coast_of_many_points_is_mostly_left_out() -> None:
    angle = np.linspace(0, 2 * np.pi, 100_000)
    x, _ = trimmed(1000 * np.cos(angle) + 1000, 1000 * np.sin(angle), BOX)
    assert len(x) < 500


def test_two_fingers_zoom_about_their_middle(view: MapView) -> None:
    view.look(view.frame.centred(108.7, 34.4, 12))
    before = view.frame
    held = before.at(200, 150)
    glass = view.viewport()
    fingers = QTest.touchEvent(glass, QTest.createTouchDevice())
    fingers.press(0, QPoint(190, 150), glass).press(1, QPoint(210, 150), glass)
    fingers.commit()
    for apart in (20, 40, 80):
        fingers.move(0, QPoint(200 - apart, 150), glass)
        fingers.move(1, QPoint(200 + apart, 150), glass)
        fingers.commit()
    fingers.release(0, QPoint(120, 150), glass).release(1, QPoint(280, 150), glass)
    fingers.commit()
    assert view.frame.zoom == pytest.approx(before.zoom + 3)  # from 20 to 160 pixels apart
    assert view.frame.place(*held) == pytest.approx((200, 150), abs=1)
