from datetime import timedelta

import pytest

from tests.ui.conftest import NOW, ahead
from ui.moments import left, minutes_seconds, running
from ui.widgets.countdown import Nearness, nearness, used


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "00:00"), (192, "03:12"), (-40, "−00:40"), (7977, "02:12:57"), (-3661, "−01:01:01"),
     (360_000, "4 d")],
)  # fmt: skip
def test_time_left(seconds, words):
    assert left(timedelta(seconds=seconds)) == words


def test_time_since_never_runs_backwards():
    assert running(timedelta(seconds=-5)) == "00:00:00"
    assert running(timedelta(hours=1, minutes=12, seconds=40)) == "01:12:40"
    assert running(timedelta(hours=100)) == "4 d 4 h"
    assert minutes_seconds(timedelta(minutes=125, seconds=40)) == "2:05:40"


@pytest.mark.parametrize(
    ("seconds", "near"),
    [(-1, Nearness.OVERDUE), (0, Nearness.URGENT), (899, Nearness.URGENT), (900, Nearness.SOON),
     (3599, Nearness.SOON), (3600, Nearness.LATER)],
)  # fmt: skip
def test_limits_of_the_countdown(seconds, near):
    assert nearness(ahead(seconds=seconds), NOW) is near


def test_used_time():
    assert used(None, NOW, NOW) is None
    assert used(NOW, NOW, NOW) is None
    assert used(NOW, ahead(minutes=10), ahead(minutes=5)) == 0.5
    assert used(NOW, ahead(minutes=10), ahead(minutes=50)) == 1.0
