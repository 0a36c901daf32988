"""Map files as they come: good ones are read, odd ones mended with a remark, bad ones refused."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from bench.mutating import hostile_shapes, hostile_tiles, mutant
from db.errors import Refused
from resources.coords import Point, wgs84_to_gcj02
from resources.geo import circle, signed_area
from resources.layers.features import Shape
from resources.layers.geojson import read_geojson
from resources.layers.mbtiles import TileFile
from resources.layers.preparing import LayerKind, Prepared, prepare
from resources.mercator import Tile, parent, tile_at
from tests.builders import SHARED
from tests.resources.layers.files import SQUARE, geojson, mbtiles, png, polygon, shape


def features(found: Prepared) -> list[tuple[Shape, tuple[tuple[tuple[float, float], ...], ...]]]:
    return [(f.shape, f.parts) for f in read_geojson(found.content).features]


def remarks(found: Prepared) -> str:
    return "; ".join(found.remarks)


def test_null_geometry_wrong_winding_open_rings_and_mixed_types_are_mended(tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "a.geojson", None, polygon(SQUARE[::-1]), polygon(SQUARE[:-1]),
        {"type": "MultiPoint", "coordinates": [[108.75, 34.45], [108.76, 34.46, 400]]},
        {"type": "GeometryCollection", "geometries": [
            {"type": "LineString", "coordinates": [[108.7, 34.4], [108.8, 34.5]]},
            {"type": "Ghost", "coordinates": []}]},
        {"type": "LineString", "coordinates": [[108.7, 34.4]]},
        {"type": "Point", "coordinates": ["a", None]})
    found = prepare(path)
    shapes = [one for one, _ in features(found)]
    assert shapes == [Shape.AREA, Shape.AREA, Shape.POINT, Shape.LINE]
    assert all(signed_area(parts[0]) > 0 for one, parts in features(found) if one is Shape.AREA)
    for word in ("without geometry", "wrong way round", "closed", "mixed", "unknown type",
                 "too few", "no numbers"):
        assert word in remarks(found), word


def test_swapped_axes_are_exchanged(tmp_path: Path) -> None:
    found = prepare(geojson(tmp_path / "a.geojson", polygon([[y, x] for x, y in SQUARE])))
    assert found.bounds == pytest.approx((108.7, 34.4, 108.8, 34.5))
    assert "exchanged" in remarks(found)


def test_a_large_polygon_and_a_hole_are_kept(tmp_path: Path) -> None:
    ring = [list(p) for p in circle(108.75, 34.45, 5000, 10_000)]
    found = prepare(geojson(tmp_path / "a.geojson", polygon(ring, SQUARE)))
    (_, parts), = features(found)
    assert [len(p) for p in parts] == [10_001, 5]


def test_metres_are_turned_by_the_named_system_or_refused(tmp_path: Path) -> None:
    turn = Transformer.from_crs(4490, 4547, always_xy=True)
    metres = [list(turn.transform(*p)) for p in SQUARE]
    path = geojson(tmp_path / "a.geojson", polygon(metres))
    with pytest.raises(Refused, match="no degrees"):
        prepare(path)
    for found in (prepare(path, "EPSG:4547"), prepare(geojson(
            tmp_path / "b.geojson", polygon(metres),
            crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}))):
        assert found.bounds == pytest.approx((108.7, 34.4, 108.8, 34.5), abs=1e-6)
    with pytest.raises(Refused, match="not known"):
        prepare(path, "EPSG:999999")


def test_gcj02_comes_back_to_the_district(tmp_path: Path) -> None:
    shifted = [[p.lon, p.lat] for p in (wgs84_to_gcj02(Point(*xy)) for xy in SQUARE)]
    found = prepare(geojson(tmp_path / "a.geojson", polygon(shifted)), "GCJ-02")
    assert found.bounds == pytest.approx((108.7, 34.4, 108.8, 34.5), abs=1e-7)


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "null", '{"type": "FeatureCollection"}',
                                  '{"type": "FeatureCollection", "features": []}', "[" * 100_000,
                                  '{"a": 1}', "\xff\xfe"])
def test_what_is_no_geojson_is_refused_with_a_reason(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(Refused) as refused:
        prepare(path)
    assert refused.value.field == "file"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_mutated_geojson_is_read_or_refused(seed: int) -> None:
    data = json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": "甲"}, "geometry": polygon()}]}).encode()
    try:
        found = read_geojson(mutant(data, seed))
    except Refused:
        return
    assert all(f.parts for f in found.features)


@pytest.mark.parametrize("many", [b"[],", b"1,", b'{"a":1},'])
def test_a_text_that_would_take_a_gigabyte_is_refused_before_it_is_read(many: bytes) -> None:
    data = b'{"type":"Point","coordinates":[' + many * 6_100_000 + b"1]}"
    with pytest.raises(Refused, match="1000000 points"):
        read_geojson(data)


def test_a_shapefile_with_prj_and_without(tmp_path: Path) -> None:
    turn = Transformer.from_crs(4490, 4547, always_xy=True)
    metres = [list(turn.transform(*p)) for p in SQUARE[::-1]]
    with_prj = prepare(shape(tmp_path / "a", CRS.from_epsg(4547).to_wkt("WKT1_ESRI"), metres))
    assert with_prj.bounds == pytest.approx((108.7, 34.4, 108.8, 34.5), abs=1e-6)
    assert read_geojson(with_prj.content).features[0].name == "红岭镇"
    plain = prepare(shape(tmp_path / "b"))
    assert plain.bounds == pytest.approx((108.7, 34.4, 108.8, 34.5))
    assert "no .prj" in remarks(plain)
    with pytest.raises(Refused, match="no degrees"):
        prepare(shape(tmp_path / "c", "", metres))
    assert prepare(tmp_path / "c.shp", "EPSG:4547").bounds == pytest.approx(
        (108.7, 34.4, 108.8, 34.5), abs=1e-6)


def test_a_torn_shapefile_is_refused(tmp_path: Path) -> None:
    path = shape(tmp_path / "a")
    whole = path.read_bytes()
    for cut in (0, 50, 101, len(whole) - 9):
        path.write_bytes(whole[:cut])
        with pytest.raises(Refused):
            prepare(path)


def test_shapefiles_whose_counts_lie_are_read_or_refused(tmp_path: Path) -> None:
    path = shape(tmp_path / "a")
    whole, refused = path.read_bytes(), 0
    for data in hostile_shapes(whole):
        path.write_bytes(data)
        try:
            prepare(path)
        except Refused:
            refused += 1
    assert refused > 8


def test_tile_files_made_to_do_harm_end_soon(tmp_path: Path) -> None:
    tiles = mbtiles(tmp_path / "good.mbtiles").read_bytes()
    began, ends = time.monotonic(), []
    for number, data in enumerate(hostile_tiles(tmp_path, tiles)):
        path = tmp_path / f"{number}.mbtiles"
        path.write_bytes(data)
        try:
            file = TileFile(path)
        except Refused as why:
            ends.append(str(why))
            continue
        file.nearest(Tile(14, 0, 0))
        file.close()
    assert time.monotonic() - began < 20
    assert sum("takes too long" in end for end in ends) >= 1
    assert len(ends) >= 6


def test_tiles_without_bounds_or_format_are_measured(tmp_path: Path) -> None:
    found = prepare(mbtiles(tmp_path / "a.mbtiles", metadata={"format": "jpg"}))
    assert found.kind is LayerKind.MBTILES
    assert (found.min_zoom, found.max_zoom, found.count) == (11, 12, 18)
    assert found.bounds[0] < 108.75 < found.bounds[2]
    assert "no bounds" in remarks(found)
    assert "png" in remarks(found)


def test_a_missing_tile_is_taken_from_above(tmp_path: Path) -> None:
    file = TileFile(mbtiles(tmp_path / "a.mbtiles"))
    deep = tile_at(108.75, 34.43, 15)
    found = file.nearest(deep)
    assert found is not None
    assert found[0] == parent(deep, 3)
    assert file.nearest(Tile(12, 0, 0)) is None
    file.close()


@pytest.mark.parametrize(("make", "why"), [
    (lambda p: p.write_bytes(b"SQLite format 3\x00" + b"\x00" * 900), "no tile file"),
    (lambda p: p.write_bytes(b""), "no tile file"),
    (lambda p: mbtiles(p, ()), "no tiles"),
    (lambda p: mbtiles(p, (40,)), "cannot be"),
    (lambda p: mbtiles(p, tile=b"\x1f\x8b\x08vector"), "vector tiles"),
    (lambda p: mbtiles(p, tile=b"nothing at all"), "no png, jpg or webp")])
def test_bad_tile_files_are_refused_with_a_reason(tmp_path: Path, make: object, why: str) -> None:
    path = tmp_path / "a.mbtiles"
    make(path)  # type: ignore[operator]
    with pytest.raises(Refused, match=why):
        prepare(path)


def test_damage_inside_a_tile_file_is_a_refusal(tmp_path: Path) -> None:
    path = mbtiles(tmp_path / "a.mbtiles", tuple(range(4, 13)), tile=png((9, 9, 9)) + b"x" * 3000)
    data = bytearray(path.read_bytes())
    data[4096 * 3:4096 * 30] = b"\x5a" * (4096 * 27)
    path.write_bytes(data)
    refused = 0
    try:
        file = TileFile(path)
    except Refused:
        return
    for z in range(4, 13):
        try:
            file.tile(tile_at(108.75, 34.43, z))
        except Refused:
            refused += 1
    file.close()
    assert refused


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(Refused, match="no map layer"):
        prepare(tmp_path / "a.txt")
    with pytest.raises(Refused, match="no file"):
        prepare(tmp_path / "b.geojson")


@pytest.mark.skipif(not (SHARED / "map").is_dir(), reason="the shared map data is not here")
def test_real_files() -> None:
    counties = prepare(SHARED / "map" / "xianyang_counties.geojson")
    assert counties.count == 14
    assert "三原县" in {f.name for f in read_geojson(counties.content).features}
    world = prepare(SHARED / "map" / "geography-class-png.mbtiles")
    assert (world.min_zoom, world.max_zoom) == (0, 1)
    with pytest.raises(Refused):
        prepare(SHARED / "map" / "invalid.mbtiles")
