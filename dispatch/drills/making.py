"""Making the drill's own store 演练库: the district's people, forces and plans, nothing real."""

from __future__ import annotations

import shutil
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

from db import journal
from db.clock import Clock, to_text
from db.errors import StoreError
from db.store import FILE_NAME, Store, Transaction
from db.words import t
from dispatch.drills.keeping import Drill
from dispatch.net.terms import ChannelKind
from resources.numbers import MARK, drill_mark
from resources.people import SYSTEM

SEAT = 120
"""The seat whose number all ids given in drills carry."""
COPIED = ("rule", "capability", "place", "unit", "force", "equipment", "warehouse", "supply",
          "lot", "expert", "plan", "plan_need", "plan_version", "plan_orders", "hazard",
          "shelter", "goods_code", "agreement", "sharing", "officer", "check_item", "net_contact",
          "net_group", "plan_callout", "scenario")
"""Only these tables come along: whatever else the district keeps, now or later, stays out, so
that no real event, log line, stock card, call-out channel or statistic is in a drill."""
SETTINGS = ("time_zone", "sample", "verify_days", "expiring_days", "inspect_days",
            "district_name", "org_name", "short_name", "language")
CHUNK = 1000
Progress = Callable[[float], None]


def make_store(district: Path, drill: Drill, clock: Clock, progress: Progress) -> Path:
    """Make the drill's store from the district's, whole or not at all; one there is kept.

    Runs beside the desk: it reads the district on a connection of its own.

    Raises:
        StoreError: no room or no right.
        Cancelled: stopped by the person (from `progress`).
    """
    path = drill.folder / FILE_NAME
    if path.exists():
        return path
    part = drill.folder.with_name(f"{drill.folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        _fill(part / FILE_NAME, district, drill, clock, progress)
        if drill.folder.exists():
            drill.folder.rmdir()  # only an empty one: what lies in it is never thrown away
        part.rename(drill.folder)
    except OSError as error:
        raise StoreError("The drill's folder {folder} cannot be made: {why}. The district is"
                         " untouched.", folder=drill.folder,
                         why=error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return path


def _fill(path: Path, district: Path, drill: Drill, clock: Clock, progress: Progress) -> None:
    store = Store.open(path, clock)
    try:
        store.db.execute("update seat set seat = ?", (SEAT,))
        store.seat = SEAT  # ids given in this very millisecond meet none that are copied
        uri = f"file:{urllib.parse.quote(district.resolve().as_posix())}?mode=ro"
        store.db.execute("attach ? as district", (uri,))
        with store.change("drill.make", SYSTEM, many=True) as tx:
            tx.run("pragma defer_foreign_keys = on")
            rows = {name: tx.run(f"select count(*) from district.[{name}]").fetchone()[0]
                    for name in COPIED}
            done, of = 0, max(1, sum(rows.values()))
            for name in COPIED:
                for count in _copied(tx, name):
                    done += count
                    progress(done / of)
            _begin(tx, drill)
        store.db.execute("detach district")
    finally:
        store.close()


def _copied(tx: Transaction, table: str) -> Iterator[int]:
    """Copy a table some rows at a time, so that it can be stopped between; gives their number."""
    last = 0
    while True:
        found = tx.run(f"""select max(id), count(*) from (select id from district.[{table}]
            where id > :last order by id limit {CHUNK})""", last=last).fetchone()
        if not found[1]:
            return
        _copy(tx, table, "id > :last and id <= :upto", last=last, upto=found[0])
        last = found[0]
        yield int(found[1])


def _copy(tx: Transaction, table: str, where: str = "1", **values: object) -> None:
    names = ", ".join(f"[{n}]" for n in journal.columns(tx.store.db, table))
    tx.run(f"insert into main.[{table}]({names}) select {names} from district.[{table}]"
           f" where {where}", **values)


def _begin(tx: Transaction, drill: Drill) -> None:
    """Settings, stock as it stands, the watch that is on, the drill itself, and of all channels
    the one through which nothing leaves this machine."""
    for name in SETTINGS:
        tx.run("""insert into main.setting(id, name, value) select id, name, value
            from district.setting where name = :name""", name=name)
    for name, value in (("drill", "1"), ("drill_number", drill.number),
                        ("drill_title", drill.title), (MARK, drill_mark())):
        tx.insert("setting", {"name": name, "value": value})
    tx.run("""insert into main.movement(id, number, lot_id, kind, quantity, at, basis)
        select min(id), :number || '-' || lot_id, lot_id, 'in', sum(quantity), :at, :number
        from district.movement group by lot_id having sum(quantity) > 0""",
        number=drill.number, at=to_text(tx.store.clock.now()))
    tx.run("update main.equipment set status = 'ready' where status in ('out', 'lent')")
    tx.run("""insert into main.safe_day(id, scope, day, effect, reason)
        select id, scope, day, effect, reason from district.safe_day""")
    _copy(tx, "shift", "state = 'open'")
    _copy(tx, "seat_on_shift", "shift_id in (select id from main.shift)")
    _copy(tx, "drill", "id = :id", id=drill.id)
    tx.insert("net_channel", {"name": t("channel|Local test"), "kind": ChannelKind.TEST})


