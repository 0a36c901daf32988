"""Gazetteer 地名查询: a place by name, pinyin, phone, number or coordinates of any system."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from db.errors import Refused
from db.search import find_names
from db.store import Store
from db.words import t
from resources.coords import Box, Crs
from resources.geo import Bounds, bounds_of
from resources.layers.features import Feature
from resources.sites import SITE_NAMES, SiteKind, columns_of, condition_of, site
from resources.typed_points import read_typed

SYSTEMS = {"gcj-02": Crs.GCJ02, "gcj02": Crs.GCJ02, "高德": Crs.GCJ02, "腾讯": Crs.GCJ02,
           "火星": Crs.GCJ02, "bd-09": Crs.BD09, "bd09": Crs.BD09, "百度": Crs.BD09,
           "wgs-84": Crs.WGS84, "wgs84": Crs.WGS84, "gps": Crs.WGS84, "北斗": Crs.WGS84,
           "cgcs2000": Crs.CGCS2000, "天地图": Crs.CGCS2000}
MOST = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: where it is, and of a road or town all of it; `kind` is empty for a point."""

    kind: str
    id: int
    name: str
    note: str
    lon: float
    lat: float
    bounds: Bounds | None = None


def look_up(store: Store, text: str, crs: Crs, box: Box | None,
            features: Iterable[Feature] = ()) -> list[Found]:
    """What was typed, the likeliest first: coordinates, records, then names of the base map.

    Coordinates are read in `crs`, or in the system named beside them (`GCJ-02 108.7, 34.4`).
    Records without a place are left out.
    """
    text = text.strip()
    if not text:
        return []
    point = _point(text, crs, box)
    if point is not None:
        return [point]
    found = list(chain(_records(store, text), _drawn(text, features)))
    seen, kept = set[tuple[str, str]](), []
    for one in found:
        if (one.name, one.note) not in seen:
            seen.add((one.name, one.note))
            kept.append(one)
    return kept[:MOST]


def _point(text: str, crs: Crs, box: Box | None) -> Found | None:
    for word, named in SYSTEMS.items():
        if word in text.lower():
            crs = named
            text = re.sub(re.escape(word), " ", text, flags=re.IGNORECASE).strip(" :：")
            break
    try:
        typed = read_typed(text, crs, box)
    except Refused:
        return None
    if typed is None:
        return None
    words = f"{typed.point.lat:.6f}, {typed.point.lon:.6f}"
    note = t("Outside the district") if typed.outside else t("Coordinates · {crs}", crs=str(crs))
    return Found("", 0, words, note, typed.point.lon, typed.point.lat)


def _records(store: Store, text: str) -> list[Found]:
    hits = find_names(store.db, text, 60)
    found = []
    for hit in hits:
        if hit.kind not in tuple(SiteKind):
            continue
        kind = SiteKind(hit.kind)
        where = "1" if kind is SiteKind.EVENT else condition_of(kind)
        row = store.one(f"""select {columns_of(kind)} from [{kind}] r where r.id = :id
            and r.lon is not null and {where}""", id=hit.id)
        if row is not None:
            one = site(kind, row)
            found.append(Found(kind, one.id, one.name, t(SITE_NAMES[kind]), one.lon, one.lat))
    order = {SiteKind.PLACE: 0, SiteKind.EVENT: 1}
    return sorted(found, key=lambda f: (f.name != text, not f.name.startswith(text),
                                        order.get(SiteKind(f.kind), 2)))


def _drawn(text: str, features: Iterable[Feature]) -> list[Found]:
    """Roads, rivers, towns and other features of the base map."""
    found = []
    for feature in features:
        if text in feature.name:
            box = bounds_of(chain.from_iterable(feature.parts))
            middle = feature.parts[0][len(feature.parts[0]) // 2]
            if box is not None:
                at = middle if feature.shape == "line" else (
                    (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
                found.append(Found("feature", 0, feature.name, t("On the base map"), *at, box))
    return found
