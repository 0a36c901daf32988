"""Commands of the map: its layers, and what is near a place."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.proposals import placed
from resources.coords import Crs
from resources.exchange.verbs import district_box
from resources.gazetteer import Found, look_up
from resources.layers import keeping
from resources.layers.preparing import prepare
from ui.commands.desk import Answer, officer, reading, writing


def layers(args: argparse.Namespace) -> Answer:
    """Each layer with its kind, content, and whether its file can still be read."""
    with reading(args) as store:
        found = keeping.layers(store)
        faults = {one.id: fault_of(store, one) for one in found}
    lines = [f"{one.name}  {one.kind}  {t('{n} features', n=one.count)}"
             + (f"  ! {faults[one.id]}" if faults[one.id] else "") for one in found]
    return Answer(tuple(lines) or (t("The map has no layers yet. `watchdesk map add FILE` puts"
                                     " one on it."),),
                  {"layers": [{**asdict(one), "fault": faults[one.id]} for one in found]})


def fault_of(store: Store, one: keeping.Layer) -> str:
    """Why a layer cannot be shown; empty when it can."""
    path = keeping.file_of(store, one)
    try:
        if one.tiled:
            keeping.open_tiles(path, one.name).close()
        else:
            keeping.open_features(path, one.name)
    except Refused as error:
        return str(error)
    return ""


def add(args: argparse.Namespace) -> Answer:
    """Read the file, say what was mended in it, and put it on the map."""
    found = prepare(args.file, args.crs)
    said = {"name": args.name or found.name, "kind": found.kind, "count": found.count,
            "bounds": found.bounds, "remarks": found.remarks}
    lines = [f"{said['name']}  {found.kind}  {t('{n} features', n=found.count)}",
             *(f"! {words}" for words in found.remarks)]
    if args.dry_run:
        return Answer(tuple(lines), said)
    with writing(args) as store:
        made = keeping.add_layer(store, found, args.name, by=officer(store, args.officer))
    return Answer((*lines, t("{name} is on the map", name=made.name)), {**said, "id": made.id})


def remove(args: argparse.Namespace) -> Answer:
    """Take the layer of that name off the map."""
    with writing(args) as store:
        one = next((x for x in keeping.layers(store) if x.name == args.name), None)
        if one is None:
            raise Refused("There is no such layer on the map.", field="layer")
        keeping.remove_layer(store, one.id, by=officer(store, args.officer))
    return Answer((t("{name} is off the map", name=one.name),), {"removed": one.name})


def near(args: argparse.Namespace) -> Answer:
    """The nearest free forces by minutes; with --within everything inside that distance."""
    from dispatch.surroundings import near_forces
    from resources.sites import RESOURCES, SITE_NAMES, within

    with reading(args) as store:
        at = place_of(store, args.place)
        if args.within > 0:
            sites = within(store, at.lon, at.lat, args.within * 1000, RESOURCES)[:args.limit]
            return Answer(tuple(f"{s.metres / 1000:6.2f} km  {t(SITE_NAMES[s.kind])}  {s.name}"
                                for s in sites) or (t("Nothing lies within {km} km.",
                                                      km=f"{args.within:g}"),),
                          {"place": asdict(at), "sites": [s._asdict() for s in sites]})
        forces = near_forces(store, at.lon, at.lat, args.can, args.limit)
    lines = [f"{'—' if f.minutes is None else f.minutes:>4}  {f.metres / 1000:6.2f} km  {f.name}"
             f"  {f.phone}" for f in forces]
    return Answer(tuple(lines) or (t("No free force with this capability has a place."),),
                  {"place": asdict(at), "forces": [asdict(f) for f in forces]})


def place_of(store: Store, words: str) -> Found:
    """Where that is: an event by its number, a name, or coordinates.

    Raises:
        Refused: nothing is found, or it has no place.
    """
    from dispatch.events import event_by_number

    known = store.value("select id from event where number = :no", no=words.strip())
    if known is not None:
        of = placed(store, event_by_number(store, words))
        if of.lon is None or of.lat is None:
            raise Refused("{name} has no place yet. Enter coordinates in its record.",
                          name=of.title)
        return Found("event", int(of.id), of.title, of.number, of.lon, of.lat)
    drawn = [f for one in keeping.layers(store) if not one.tiled and not fault_of(store, one)
             for f in keeping.open_features(keeping.file_of(store, one), one.name)]
    found = look_up(store, words, Crs.CGCS2000, district_box(store), drawn)
    if not found:
        raise Refused("Nothing on the map is called so, and these are no coordinates.",
                      field="place")
    return found[0]


def event_id(of: Found) -> RowId | None:
    """The event that a place is, if it is one."""
    return RowId(of.id) if of.kind == "event" else None
