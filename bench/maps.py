"""The map's rows: a frame with 100,000 sites in view, everything within 5 km, the nearest 20."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row, percentile, timed
from db.clock import SystemClock
from db.store import Store
from resources.layers.keeping import add_layer
from resources.layers.preparing import prepare
from resources.people import SYSTEM
from resources.sample import shapes
from resources.sites import RESOURCES, SiteKind, nearest, within

SIZE = (1600, 900)
FRAME_MS, RADIUS_MS, NEAREST_MS = 16, 5, 10


def maps(path: Path, rounds: int) -> Iterator[Row]:
    """On a store of many resources in one square degree, as the proposal's row leaves it."""
    store, dice = Store.open(path, SystemClock()), random.Random(5)
    sites = int(store.value("select count(*) from place_box"))
    spots = [(108.4 + dice.random() * 0.8, 34.1 + dice.random() * 0.8) for _ in range(rounds)]
    slow = percentile([timed(lambda at=at: within(store, *at, 5000, RESOURCES))
                       for at in spots], 0.95) * 1e3
    yield Row(f"everything within 5 km, of {sites:,} sites", f"p95 ≤ {RADIUS_MS} ms",
              f"{slow:.1f} ms", slow <= RADIUS_MS)
    for what, words in (("堵漏", "a common capability"), ("气象保障", "another one")):
        slow = percentile([timed(lambda at=at, what=what: nearest(
            store, *at, (SiteKind.FORCE,), 20, capability=what)) for at in spots], 0.95) * 1e3
        yield Row(f"nearest 20 forces with {words}, of {sites:,}", f"p95 ≤ {NEAREST_MS} ms",
                  f"{slow:.1f} ms", slow <= NEAREST_MS)
    yield from _frames(store, sites)
    store.close()


def _frames(store: Store, sites: int) -> Iterator[Row]:
    """Panning and zooming the real widget with the sample's base below the sites."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QObject, QThreadPool

    from ui.app import make_application
    from ui.desk import Desk
    from ui.map.district import DistrictMap
    from ui.theme import Theme

    with tempfile.TemporaryDirectory() as name:
        shapes.write(Path(name))
        for file in sorted(Path(name).glob("*.geojson")):
            add_layer(store, prepare(file), by=SYSTEM)
    app, owner, theme = make_application(), QObject(), Theme()
    view = DistrictMap(theme, Desk(store, None, owner))
    view.resize(*SIZE)
    view.show()
    view.read_now()
    QThreadPool.globalInstance().waitForDone()
    app.processEvents()
    for name, steps in (("pan", _pan), ("zoom", _zoom)):
        view.look(view.frame.centred(108.72, 34.42, 10.0))
        view.settle()
        times = [timed(view.viewport().repaint) for _ in steps(view)]
        slow = percentile(times, 0.95) * 1e3
        yield Row(f"map frame, {name}, {sites:,} sites at {SIZE[0]}×{SIZE[1]}",
                  f"p95 ≤ {FRAME_MS} ms", f"{slow:.1f} ms, worst {max(times) * 1e3:.1f} ms",
                  slow <= FRAME_MS)
    view.let_go()
    view.hide()


def _pan(view: object) -> Iterator[None]:
    """Dragged about by 24 pixels a frame at three zooms."""
    from ui.map.view import MapView

    assert isinstance(view, MapView)
    for zoom in (10.0, 12.0, 14.0):
        view.look(view.frame.centred(108.72, 34.42, zoom))
        for n in range(80):
            view.look(view.frame.moved(24 if n < 40 else -24, 10 if n % 40 < 20 else -10))
            yield


def _zoom(view: object) -> Iterator[None]:
    """A turning wheel: in and out by quarter zooms under a moving pointer."""
    from ui.map.view import MapView

    assert isinstance(view, MapView)
    for n in range(160):
        way = 0.25 if n % 56 < 28 else -0.25
        view.look(view.frame.zoomed(view.frame.zoom + way, 500 + 3 * n, 400))
        yield
