"""Geometry: great circles, areas, rings, projection and tiles keep what mathematics says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from resources.geo import (
    area_m2,
    bearing,
    box_around,
    circle,
    destination,
    distance_m,
    inside,
    length_m,
)
from resources.mercator import (
    HALF_M,
    MOST_LATITUDE,
    TILE,
    Tile,
    metres_per_pixel,
    parent,
    project,
    round_metres,
    tile_at,
    tile_bounds,
    tile_edges,
    tile_of,
    true_scale,
    unproject,
    zoom_of,
)

TO_3857 = Transformer.from_crs(4326, 3857, always_xy=True)
LON, LAT = st.floats(-179, 179), st.floats(-80, 80)
NEAR = st.floats(1, 200_000)


@given(LON, LAT, st.floats(0, 360), NEAR)
def test_going_so_far_is_so_far_away(lon: float, lat: float, way: float, metres: float) -> None:
    there = destination(lon, lat, way, metres)
    assert distance_m(lon, lat, *there) == pytest.approx(metres, rel=1e-6, abs=0.01)
    if metres > 10:
        turn = (bearing(lon, lat, *there) - way + 180) % 360 - 180
        assert abs(turn) < 0.01


@given(LON, LAT, NEAR, st.floats(0, 360))
def test_the_box_around_a_point_holds_its_circle(lon: float, lat: float, metres: float,
                                                 way: float) -> None:
    west, south, east, north = box_around(lon, lat, metres)
    x, y = destination(lon, lat, way, metres * 0.999999)
    x = lon + ((x - lon + 180) % 360 - 180)
    assert west <= x <= east
    assert south <= y <= north


@given(LON, st.floats(-75, 75), st.floats(100, 50_000))
def test_the_area_of_a_circle(lon: float, lat: float, metres: float) -> None:
    ring = circle(lon, lat, metres, 360)
    flat = math.pi * metres**2 * math.sin(math.tau / 360) / (math.tau / 360)
    assert area_m2(ring) == pytest.approx(flat, rel=2e-3)
    assert area_m2(ring[::-1]) == pytest.approx(area_m2(ring))
    assert length_m(ring) == pytest.approx(math.tau * metres, rel=1e-3)


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_inside_an_area_with_a_hole(x: float, y: float) -> None:
    outer = [(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8), (-0.8, -0.8)]
    hole = [(-0.4, -0.4), (0.4, -0.4), (0.4, 0.4), (-0.4, 0.4), (-0.4, -0.4)]
    far = max(abs(x), abs(y))
    if min(abs(far - 0.8), abs(far - 0.4)) > 1e-9:
        assert inside((x, y), [outer, hole]) == (0.4 < far < 0.8)
        assert inside((x, y), [hole[::-1], outer]) == (0.4 < far < 0.8)


@given(LON, st.floats(-85, 85))
def test_the_projection_comes_back(lon: float, lat: float) -> None:
    assert unproject(*project(lon, lat)) == pytest.approx((lon, lat), abs=1e-9)


def test_known_points_of_web_mercator() -> None:
    assert project(0, 0) == pytest.approx((0, 0), abs=1e-6)
    assert project(180, MOST_LATITUDE) == pytest.approx((HALF_M, HALF_M))
    assert tile_at(108.75, 34.43, 12) == Tile(12, 3285, 1630)


@given(LON, st.floats(-85, 85))
def test_the_projection_is_epsg_3857(lon: float, lat: float) -> None:
    assert project(lon, lat) == pytest.approx(TO_3857.transform(lon, lat), abs=1e-3)


@given(LON, st.floats(-85, 85), st.integers(0, 20))
def test_a_tile_holds_its_points_and_lies_in_its_parent(lon: float, lat: float, z: int) -> None:
    tile = tile_at(lon, lat, z)
    west, south, east, north = tile_bounds(tile)
    assert west - 1e-9 <= lon <= east + 1e-9
    assert south - 1e-9 <= lat <= north + 1e-9
    x0, y0, x1, y1 = tile_edges(tile)
    assert tile_of((x0 + x1) / 2, (y0 + y1) / 2, z) == tile
    if z:
        assert parent(tile) == tile_at(lon, lat, z - 1)


@given(st.floats(0, 22))
def test_zoom_and_metres_per_pixel_belong_together(zoom: float) -> None:
    assert zoom_of(metres_per_pixel(zoom)) == pytest.approx(zoom, abs=1e-9)
    assert metres_per_pixel(0) * TILE == pytest.approx(2 * HALF_M)


@given(LON, st.floats(-70, 70))
def test_true_scale_is_the_ground_under_a_projected_metre(lon: float, lat: float) -> None:
    x, y = project(lon, lat)
    ground = distance_m(lon, lat, *unproject(x + 100, y))
    assert ground == pytest.approx(100 * true_scale(lat), rel=3e-3)


@given(st.floats(0.01, 1e7))
def test_a_round_length_is_round_and_close(metres: float) -> None:
    found = round_metres(metres)
    digits = found / 10 ** math.floor(math.log10(found) + 1e-9)
    assert found <= metres * (1 + 1e-9)
    assert found * 2.5 >= metres * (1 - 1e-9)
    assert min(abs(digits - n) for n in (1, 2, 5)) < 1e-6
