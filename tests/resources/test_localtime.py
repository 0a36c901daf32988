from datetime import UTC, datetime, timedelta

import pytest

from db.errors import Refused, StoreError
from db.store import Store
from resources.geo import check_point, distance_m
from resources.localtime import clock_text, day_key, read_clock, read_local, span_text
from resources.rules import Rule, put_rule, rule
from tests.builders import NIGHT, a_store, an_officer


def test_times_are_shown_and_read_on_the_district_clock() -> None:
    assert clock_text(NIGHT, seconds=True) == "21:47:03"
    assert day_key(datetime(2026, 12, 31, 16, tzinfo=UTC)) == "2027-01-01"
    assert read_local("2026-11-23 21:47:03") == NIGHT
    assert read_clock("2147", NIGHT) == datetime(2026, 11, 23, 13, 47, tzinfo=UTC)
    assert read_clock("23：50", NIGHT) == datetime(2026, 11, 22, 15, 50, tzinfo=UTC)
    with pytest.raises(ValueError, match="nonsense"):
        read_clock("nonsense", NIGHT)


@pytest.mark.parametrize(("seconds", "text"), [
    (192, "03:12"), (4360, "01:12:40"), (-40, "−00:40"), (0, "00:00")])
def test_spans(seconds: int, text: str) -> None:
    assert span_text(timedelta(seconds=seconds)) == text


def test_a_degree_of_latitude() -> None:
    assert distance_m(108, 34, 108, 35) == pytest.approx(111_195, abs=1)
    assert distance_m(108, 34, 108, 34) == 0
    check_point(None, None)
    with pytest.raises(Refused, match="both"):
        check_point(108.7, None)


def test_the_rule_in_force_on_the_day_counts(tmp_path) -> None:
    store: Store = a_store(tmp_path)
    with store.change("rule.put", an_officer()) as tx:
        put_rule(tx, Rule("log.backfill", 9, "min", "x", "y", False, "2026-11-24"))
    assert rule(store, "log.backfill", NIGHT).value == 5
    assert rule(store, "log.backfill", NIGHT + timedelta(days=1)).value == 9
    assert rule(store, "log.backfill", NIGHT - timedelta(days=9999)).value == 5
    with pytest.raises(StoreError, match="no rule"):
        rule(store, "unknown")
    store.close()
