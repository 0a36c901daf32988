"""The row of damaged files: 10,000 of six forms through the importers, in a process of its own."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import faulthandler
import io
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import shapefile
from pyproj import CRS

from bench import mutating
from bench.grow import NOW
from bench.measure import Row, peak_mib
from db.clock import StillClock
from db.errors import Refused
from db.journal import head
from db.store import FILE_NAME, Store
from dispatch.cap.reading import read_alert
from dispatch.cap.taking import take_alert
from dispatch.rules import seed_rules
from resources.exchange.books import read_book
from resources.exchange.drafts import Wishes, draft
from resources.exchange.export import export
from resources.exchange.tables import kind_of
from resources.exchange.verbs import OnDuplicate, import_rows
from resources.exchange.writing import DANGEROUS, write_table
from resources.layers.keeping import Layer, add_layer, file_of, open_features, open_tiles
from resources.layers.preparing import lay_in, prepare
from resources.mercator import Tile, tile_at
from resources.people import SYSTEM

FILES, SLOWEST_S, MOST_MIB = 10_000, 5, 1024
DEADLOCK_S = 60
"""After so long the process ends itself and says where it stood."""

FORCE = "force"
TEAMS = [{"name": f"{n}队", "tier": "district", "kind": "fire", "duty_phone": "000-6218",
          "people": n, "ready_people": n, "lon": 108.7, "lat": 34.4, "note": "值守"}
         for n in range(1, 9)]
RING = [[108.7, 34.4], [108.8, 34.4], [108.8, 34.5], [108.7, 34.5], [108.7, 34.4]]
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                      "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")
CAP = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A-1</identifier>
<sender>wx@example.org</sender><sent>2026-11-23T21:40:00+08:00</sent><status>Actual</status>
<msgType>Alert</msgType><scope>Public</scope><references>wx@example.org,A-0,x</references>
<info><language>zh-CN</language><category>Met</category><event>暴雨</event>
<urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
<onset>2026-11-23T22:00:00+08:00</onset><expires>2026-11-24T22:00:00+08:00</expires>
<senderName>区气象台</senderName><headline>区气象台发布暴雨橙色预警</headline>
<description>请注意防范。</description><area><areaDesc>石渠镇</areaDesc>
<polygon>34.4,108.7 34.4,108.8 34.5,108.8 34.4,108.7</polygon><circle>34.4,108.7 2</circle>
</area></info></alert>
""".encode()
Import = Callable[[bytes], None]


class Door:
    """The importers on one store; each takes the bytes of a file to where its records stand."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0
        self.store = Store.open(folder / FILE_NAME, StillClock(NOW))
        with self.store.change("bench", SYSTEM) as tx:
            seed_rules(tx)
        self.kind = kind_of(FORCE)
        self.shape = _shapefile(folder)
        self.bases: dict[str, bytes] = {
            "xlsx": write_table(self.kind, TEAMS, "xlsx"),
            "csv": write_table(self.kind, TEAMS, "csv"),
            "geojson": json.dumps({"type": "FeatureCollection", "features": [
                {"type": "Feature", "properties": {"name": f"{n}村", "kind": "village"},
                 "geometry": {"type": form, "coordinates": at}} for n, (form, at) in enumerate((
                     ("Polygon", [RING]), ("LineString", RING), ("Point", RING[0]),
                     ("MultiPolygon", [[RING], [RING]])))]}, ensure_ascii=False).encode(),
            "shapefile": self.shape[".shp"], "mbtiles": _tiles(folder), "cap": CAP}
        self.imports: dict[str, Import] = {
            "xlsx": lambda data: self.table("坏.xlsx", data),
            "csv": lambda data: self.table("坏.csv", data),
            "geojson": lambda data: self.layer(".geojson", data),
            "shapefile": lambda data: self.layer(".shp", data),
            "mbtiles": lambda data: self.layer(".mbtiles", data), "cap": self.message}

    def table(self, name: str, data: bytes) -> None:
        found = draft(self.store, read_book(name, data), Wishes(kind=self.kind))
        if found.reading is None:
            raise Refused("{n} columns are lacking.", n=len(found.lacking))
        import_rows(self.store, found.reading, on_duplicate=OnDuplicate.UPDATE, by=SYSTEM)

    def layer(self, ending: str, data: bytes) -> None:
        """Looked at, laid in, put on the map, and read from there as the map reads it."""
        path = self.folder / f"坏{ending}"
        path.write_bytes(data)
        found = prepare(path)
        self.number += 1
        made = add_layer(self.store, found, f"图层{self.number}",
                         kept=lay_in(self.folder, found), by=SYSTEM)
        with contextlib.suppress(Refused):  # a tile that is damaged is told where it is drawn
            self._draw(made)

    def _draw(self, made: Layer) -> None:
        path = file_of(self.store, made)
        if not made.tiled:
            open_features(path, made.name)
            return
        with contextlib.closing(open_tiles(path, made.name)) as tiles:
            for z in range(made.min_zoom or 0, (made.max_zoom or 0) + 1):
                tiles.nearest(tile_at(108.75, 34.43, z))
                tiles.nearest(Tile(z, 0, 0))

    def message(self, data: bytes) -> None:
        take_alert(self.store, read_alert(data), color=4, by=SYSTEM)

    def damaged(self, form: str, seed: int) -> bytes:
        """One mutated file: torn anyhow, with other values, or with bytes overwritten; of
        several parts one."""
        base, dice = self.bases[form], random.Random(seed)
        binary = form in ("shapefile", "mbtiles")
        change = dice.choice((mutating.mutant, mutating.spoilt if binary else mutating.altered))
        if form == "xlsx" and dice.random() < 0.9:
            part = dice.choice([*mutating.parts_of(base), *4 * ["xl/worksheets/sheet1.xml"]])
            return mutating.with_part(base, part, lambda body: change(body or b"x", seed))
        if form == "shapefile":
            return self._shape(change, dice.choice([".shp", ".shp", *self.shape]), seed)
        if form == "cap":
            base = base.replace(b"A-1", f"A-{seed}".encode())
        return change(base, seed)

    def _shape(self, change: Callable[[bytes, int], bytes], ending: str, seed: int) -> bytes:
        """A shapefile with one part changed; the others lie beside it. Every second time its
        head states its length again, so that the reader goes on."""
        parts = {**self.shape, ending: change(self.shape[ending], seed)}
        for one in (".shx", ".dbf", ".prj", ".cpg"):
            (self.folder / f"坏{one}").write_bytes(parts[one])
        shp = parts[".shp"]
        return shp if seed % 2 else shp[:24] + (len(shp) // 2).to_bytes(4, "big") + shp[28:]

    def hostile(self) -> Iterator[tuple[str, bytes]]:
        """What was made to do harm, form by form."""
        for form, files in (
                ("xlsx", mutating.hostile_books(self.bases["xlsx"])),
                ("csv", mutating.hostile_tables()), ("geojson", mutating.hostile_maps()),
                ("shapefile", mutating.hostile_shapes(self.shape[".shp"])),
                ("mbtiles", mutating.hostile_tiles(self.folder, self.bases["mbtiles"])),
                ("cap", mutating.hostile_messages(CAP))):
            if form == "shapefile":
                for one in (".shx", ".dbf", ".prj", ".cpg"):
                    (self.folder / f"坏{one}").write_bytes(self.shape[one])
            yield from ((form, data) for data in files)

    def formulas_out(self) -> int:
        """Cells of the exported libraries that a spreadsheet would run."""
        kind, found = self.kind, 0
        text = export(self.store, kind, "csv").decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            found += sum(bool(DANGEROUS.match(c)) and not c.startswith("'") for c in row)
        with zipfile.ZipFile(io.BytesIO(export(self.store, kind, "xlsx"))) as book:
            found += sum(len(re.findall(rb"<f[ >/]", book.read(n))) for n in book.namelist()
                         if n.startswith("xl/worksheets/"))
        return found


def _shapefile(folder: Path) -> dict[str, bytes]:
    with shapefile.Writer(str(folder / "base"), encoding="gb18030") as writer:
        writer.field("NAME", "C", 40)
        for name in ("红岭镇", "石渠镇"):
            writer.poly([RING[::-1]])
            writer.record(name)
    (folder / "base.prj").write_text(CRS.from_epsg(4490).to_wkt("WKT1_ESRI"), "utf-8")
    (folder / "base.cpg").write_text("GB18030", "utf-8")
    return {one: (folder / f"base{one}").read_bytes()
            for one in (".shp", ".shx", ".dbf", ".prj", ".cpg")}


def _tiles(folder: Path) -> bytes:
    path = folder / "base.mbtiles"
    db = sqlite3.connect(path)
    db.executescript("""pragma page_size = 1024; create table metadata (name text, value text);
        create table tiles (zoom_level integer, tile_column integer, tile_row integer,
        tile_data blob); insert into metadata values ('name', '影像'), ('format', 'png'),
        ('bounds', '108.5,34.2,109.0,34.6');""")
    for z in (11, 12):
        middle = tile_at(108.75, 34.43, z)
        for x in range(middle.x - 1, middle.x + 2):
            db.execute("insert into tiles values (?, ?, ?, ?)",
                       (z, x, 2**z - 1 - middle.y, PIXEL))
    db.commit()
    db.close()
    return path.read_bytes()


@dataclasses.dataclass
class Count:
    """What became of the files."""

    ends: Counter[str] = dataclasses.field(default_factory=Counter)
    strange: list[str] = dataclasses.field(default_factory=list)
    forms: set[tuple[str, str]] = dataclasses.field(default_factory=set)
    slowest: float = 0.0
    slowest_name: str = ""

    def take(self, door: Door, name: str, form: str, data: bytes) -> None:
        """One file through its door, looked at from outside; its time is the processor's, so that
        other programs do not count, and a wait without end is ended by the deadlock's alarm."""
        faulthandler.dump_traceback_later(DEADLOCK_S, exit=True)
        before, began = head(door.store.db), time.process_time()
        try:
            door.imports[form](data)
            end = "imported"
        except Refused as why:
            end = "refused" if str(why).strip() else "silent"
            if head(door.store.db) != before:
                end = "half done"
        except Exception as error:  # noqa: BLE001 - this is what is being looked for
            end = f"{type(error).__name__}"
            self.strange.append(f"{name}: {end} {error}"[:160])
        spent = time.process_time() - began
        if end in ("silent", "half done"):
            self.strange.append(f"{name}: {end}")
        self.ends[end] += 1
        self.forms.add((form, end))
        if spent > self.slowest:
            self.slowest, self.slowest_name = spent, name


def measure(folder: Path, files: int) -> Row:
    door, count = Door(folder), Count()
    forms = list(door.imports)
    for number, (form, data) in enumerate(door.hostile()):
        _note(folder, f"hostile {form} {number}")
        count.take(door, f"hostile {form} {number}", form, data)
    for seed in range(files):
        form = forms[seed % len(forms)]
        _note(folder, f"{form} {seed}")
        count.take(door, f"{form} {seed}", form, door.damaged(form, seed))
    faulthandler.cancel_dump_traceback_later()
    formulas = door.formulas_out()
    door.store.close()
    peak = peak_mib()
    for line in count.strange[:20]:
        print(line, file=sys.stderr)
    others = sum(n for end, n in count.ends.items() if end not in ("imported", "refused"))
    total = sum(count.ends.values())
    both = all((form, end) in count.forms for form in forms for end in ("imported", "refused"))
    good = (both and not others and not formulas and count.slowest <= SLOWEST_S and peak <= MOST_MIB
            and total >= files)
    return Row(f"{total:,} damaged and hostile files (xlsx, csv, GeoJSON, shapefile, MBTiles, CAP)",
               f"imported or refused with the reason, store unchanged on refusal, ≤ {SLOWEST_S} s,"
               f" ≤ {MOST_MIB} MiB, no formula out",
               f"{count.ends['imported']:,} imported, {count.ends['refused']:,} refused, {others}"
               f" else, longest {count.slowest:.2f} s ({count.slowest_name}), peak {peak:.0f} MiB,"
               f" {formulas} formulas", good)


def _note(folder: Path, name: str) -> None:
    (folder / "at").write_text(name, "utf-8")


def mutants(files: int = FILES) -> list[Row]:
    """The row, in a process of its own so that its memory is counted alone and its end is seen."""
    with tempfile.TemporaryDirectory(prefix="watchdesk-mutants-") as name:
        done = subprocess.run([sys.executable, "-m", "bench.mutants", name, str(files)],
                              capture_output=True, text=True, check=False, env={**os.environ})
        at = Path(name) / "at"
        stood = at.read_text("utf-8") if at.exists() else ""
    if done.returncode:
        return [Row("damaged and hostile files", "imported or refused with the reason",
                    f"the process ended with {done.returncode} at {stood}:"
                    f" {done.stderr.strip()[-200:]}", False)]
    return [Row(**json.loads(done.stdout.splitlines()[-1]))]


if __name__ == "__main__":
    print(json.dumps(dataclasses.asdict(measure(Path(sys.argv[1]), int(sys.argv[2])))))
