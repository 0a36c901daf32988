"""What people type as a point: read in either order, flagged outside, turned to the district's."""

from __future__ import annotations

import pytest

from db.errors import Refused
from resources.coords import Box, Crs, Point, to_district
from resources.typed_points import read_typed

BOX = Box(108.6, 34.3, 108.9, 34.5)


@pytest.mark.parametrize("text", ["34.43, 108.75", "108.75，34.43", "34°25′48″N 108°45′E",
                                  "北纬34°25′48″ 东经108°45′"])
def test_either_order_and_degrees_are_the_same_place(text: str) -> None:
    found = read_typed(text, Crs.CGCS2000, BOX)
    assert found is not None
    assert (found.point.lon, found.point.lat) == pytest.approx((108.75, 34.43))
    assert not found.outside


def test_a_street_map_point_is_turned_and_kept_as_given() -> None:
    found = read_typed("108.75,34.43", Crs.GCJ02, BOX)
    assert found is not None
    assert found.given == Point(108.75, 34.43)
    assert found.point == to_district(Point(108.75, 34.43), Crs.GCJ02)
    assert found.swapped


def test_outside_is_flagged_and_no_point_at_all_refused() -> None:
    found = read_typed("31.2, 121.5", Crs.CGCS2000, BOX)
    assert found is not None
    assert found.outside
    assert read_typed("  ", Crs.CGCS2000, BOX) is None
    for wrong in ("34.43", "abc", "0, 0", "34°70′N 108°E"):
        with pytest.raises(Refused):
            read_typed(wrong, Crs.CGCS2000, BOX)
