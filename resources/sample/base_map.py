"""Base map 样例底图: the sample district's own shapes as layers, and residents of its villages."""

from __future__ import annotations

import random
from pathlib import Path

from resources.layers.features import settle, to_geojson
from resources.layers.geojson import read_geojson
from resources.layers.keeping import put_layer
from resources.layers.preparing import LayerKind, Prepared, lay_in, style_of
from resources.sample import shapes
from resources.sample.build import Sample

NAMES = {"boundary": "行政区界", "woods": "林地", "rivers": "河流水系", "towns": "镇街界线",
         "roads": "道路"}
"""File stems from the lowest layer up, with their Chinese names."""


def layers(sample: Sample) -> None:
    """Lay the shapes into the district's folder and put them on its map."""
    drawn = shapes.layers()
    for stem, name in NAMES.items():
        reading = read_geojson(shapes.text_of(drawn[stem]).encode())
        settle(reading)
        bounds = reading.bounds
        if bounds is not None:
            found = Prepared(name, LayerKind.GEOJSON, Path(f"{stem}.geojson"),
                             to_geojson(reading.features), len(reading.features), bounds,
                             style_of(reading))
            put_layer(sample.tx, found, name, *lay_in(sample.tx.store.path.parent, found))


def residents(sample: Sample) -> None:
    """How many live in each village or community 常住人口; streets are more crowded."""
    for row in sample.tx.run("select id, name from place where kind = 'village'").fetchall():
        dice = random.Random(f"residents {row['name']}")
        low, high = (2200, 7800) if row["name"].endswith("社区") else (600, 2400)
        sample.tx.update("place", row["id"], residents=dice.randint(low, high))
