"""Times as other systems write them: one instant in many clothes, and none made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.past.times import DayOrder, ambiguous, day_order, read_time

AT = datetime(2017, 3, 4, 13, 5, 9, tzinfo=UTC)  # 21:05:09 on the district's clock


@pytest.mark.parametrize("text", [
    "2017-03-04 21:05:09", "2017/3/4 21:05:09", "2017.03.04 21:05:09", "2017-03-04T21:05:09",
    "2017-03-04T13:05:09Z", "2017-03-04T21:05:09+08:00", "2017年3月4日 21:05:09",
    "2017年03月04日21时05分09秒", "2017-03-04 09:05:09 PM", "2017-03-04 下午 9:05:09",
    "20170304210509", "20170304 210509", "04-Mar-2017 21:05:09", "2017-03-04 21:05:09.000",
    "２０１７-03-04 21:05:09", "1488632709", "1488632709000"])
def test_one_instant_in_many_clothes(text: str) -> None:
    found = read_time(text)
    assert found is not None
    assert found.at == AT
    assert not found.guessed_day


def test_day_and_month_are_read_as_the_file_tells() -> None:
    assert read_time("03/04/2017 09:05:09 PM") is None
    for order, text in ((DayOrder.MONTH_FIRST, "03/04/2017 09:05:09 PM"),
                        (DayOrder.DAY_FIRST, "04/03/2017 21:05:09")):
        found = read_time(text, order)
        assert found is not None
        assert found.at == AT
    assert day_order(["03/04/2017 1:00", "12/31/2017 1:00"]) is DayOrder.MONTH_FIRST
    assert day_order(["31.12.2017 1:00"]) is DayOrder.DAY_FIRST
    assert day_order(["31/12/2017", "12/31/2017"]) is None
    assert ambiguous(["03/04/2017 1:00"])
    assert not ambiguous(["03/03/2017 1:00", "2017-03-04 1:00"])


def test_a_clock_time_alone_stands_on_the_day_of_the_call_or_the_next() -> None:
    late = datetime(2017, 3, 4, 15, 58, tzinfo=UTC)  # 23:58
    same, next_day = read_time("23:59:10", after=late), read_time("0:03", after=late)
    assert same is not None
    assert next_day is not None
    assert same.at - late == timedelta(seconds=70)
    assert next_day.at - late == timedelta(minutes=5)
    assert same.guessed_day
    assert read_time("23:59") is None


@pytest.mark.parametrize("text", ["soon", "2017-13-40 21:05", "25:61", "2017-03-04", "", "12",
                                  "31/02/2017 10:00", "2017-02-30 10:00:00", "∞"])
def test_what_is_no_instant_is_none(text: str) -> None:
    assert read_time(text) is None


@given(st.datetimes(datetime(1974, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_every_second_comes_back(at: datetime) -> None:
    plain = at.replace(microsecond=0)
    for form, order in (("%Y-%m-%d %H:%M:%S", None), ("%m/%d/%Y %I:%M:%S %p",
                                                      DayOrder.MONTH_FIRST),
                        ("%d/%m/%Y %H:%M:%S", DayOrder.DAY_FIRST)):
        found = read_time(plain.strftime(form), order)
        assert found is not None
        assert (found.at + timedelta(hours=8)).replace(tzinfo=None) == plain


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_time(text, DayOrder.DAY_FIRST, AT)
