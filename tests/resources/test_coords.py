"""Coordinates: round trips, published points, what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from resources.coords import (
    Box,
    Crs,
    Point,
    bd09_to_gcj02,
    dms_text,
    from_district,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    parse_point,
    swapped_pair,
    to_district,
    wgs84_to_gcj02,
)

IN_CHINA = st.builds(Point, st.floats(74, 135), st.floats(4, 53))
DISTRICT = Box(108.60, 34.30, 108.84, 34.51)
MILLIMETRE = 1e-8  # degrees


def near(a: Point, b: Point, tolerance: float) -> bool:
    return abs(a.lon - b.lon) < tolerance and abs(a.lat - b.lat) < tolerance


@given(IN_CHINA)
def test_gcj02_comes_back_to_the_millimetre(point: Point) -> None:
    assert near(gcj02_to_wgs84(wgs84_to_gcj02(point)), point, MILLIMETRE)


@given(IN_CHINA)
def test_bd09_comes_back_to_the_millimetre(point: Point) -> None:
    assert near(bd09_to_gcj02(gcj02_to_bd09(point)), point, MILLIMETRE)


@given(IN_CHINA, st.sampled_from(Crs))
def test_every_system_comes_back(point: Point, crs: Crs) -> None:
    assert near(to_district(from_district(point, crs), crs), point, MILLIMETRE)


def test_published_points() -> None:
    tiananmen = Point(116.404, 39.915)
    assert near(wgs84_to_gcj02(tiananmen), Point(116.41024449916938, 39.91640428150164), 1e-9)
    assert near(gcj02_to_bd09(tiananmen), Point(116.41036949371029, 39.92133699351021), 1e-9)
    assert near(bd09_to_gcj02(tiananmen), Point(116.39762729119315, 39.90865673957631), 1e-5)
    shanghai = Point(121.5272106, 31.1774276)
    assert near(wgs84_to_gcj02(shanghai), Point(121.531541859215, 31.17530398364597), 1e-5)


def test_outside_china_nothing_is_shifted() -> None:
    paris = Point(2.35, 48.85)
    assert wgs84_to_gcj02(paris) == paris


@pytest.mark.parametrize("text", [
    "34°26′N 108°45′E", "34°26'00\"N, 108°45'E", "北纬34°26′ 东经108°45′", "N34°26′ E108°45′",
    "108°45′E 34°26′N", "34°26′0″ 108°45′0″", "34度26分 108度45分"])
def test_degrees_and_minutes(text: str) -> None:
    assert near(parse_point(text).point, Point(108.75, 34 + 26 / 60), 1e-9)


def test_decimal_pairs_and_swapped_ones() -> None:
    assert not parse_point("34.43,108.75", DISTRICT).swapped
    typed = parse_point("108.75，34.43", DISTRICT)
    assert typed.swapped
    assert typed.point == Point(108.75, 34.43)
    assert parse_point("108.75 34.43").swapped  # no latitude is above 90


def test_columns_in_each_others_place() -> None:
    assert swapped_pair(34.43, 108.75, DISTRICT)
    assert not swapped_pair(108.75, 34.43, DISTRICT)
    assert not swapped_pair(10, 10, DISTRICT)


@pytest.mark.parametrize("text", ["", "34.43", "大王村", "34.43,108.75,12", "34°61′N 108°45′E",
                                  "34°26′N 35°E N", "34°N 35°N", "91.0 200.0", "34.43 x 108.75"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_point(text)


def test_outside_the_district_is_refused() -> None:
    with pytest.raises(Refused):
        parse_point("39.915,116.404", DISTRICT)


@given(st.builds(Point, st.floats(-179, 179), st.floats(-89, 89)))
def test_typed_text_reads_back(point: Point) -> None:
    assert near(parse_point(dms_text(point)).point, point, 2e-5)
