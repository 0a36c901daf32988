"""Nothing of a drill reaches the real store but its own records."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import journal
from db.check import check
from db.errors import Refused
from db.store import FILE_NAME, Store
from dispatch.drills import acting
from dispatch.drills.making import COPIED
from dispatch.drills.sealing import seal_drill
from dispatch.drills.terms import DrillState, Result
from dispatch.duty.officers import officers
from dispatch.events import event, open_event, open_events
from dispatch.intake import Intake
from dispatch.log import append_entry
from dispatch.net.callouts import Draft, start_callout
from dispatch.net.channels import ChannelFacts, put_channel
from dispatch.net.choosing import Choice
from dispatch.net.terms import ChannelKind
from dispatch.orders import OrderLine, forces_out, next_stage, order_forces, stamp_stage
from dispatch.reports_up import draft_report, next_sendings, send_report
from dispatch.responses import end_response, start_response
from dispatch.terms import EntryKind, EventClass, ReportKind
from resources.ledger import issue_supplies
from resources.net import Branch
from resources.people import SYSTEM, Officer
from resources.supplies import Papers
from tests.builders import NIGHT
from tests.dispatch.drills.conftest import Running, a_drill

DRILL_TABLES = {"drill", "drill_record"}
BOOKS = {"change", "journal"}


def pick(found: list[int], n: int) -> int:
    return found[n % len(found)] if found else 0


def take_in(own: Store, n: int, by: Officer) -> object:
    return open_event(own, Intake(EventClass.ACCIDENT, "hazmat", f"演练事件 {n}"), by=by)


def send(own: Store, n: int, by: Officer) -> object:
    forces = [r["id"] for r in own.read("select id from force order by id")]
    of = pick([e.id for e in open_events(own)], n)
    return order_forces(own, of, [OrderLine(pick(forces, n), "演练", 20)], by=by)  # type: ignore[arg-type]


def stage(own: Store, n: int, by: Officer) -> object:
    out = forces_out(own)
    one = out[n % len(out)] if out else None
    return one and stamp_stage(own, one.id, next_stage(one), by=by)  # type: ignore[arg-type]


def report(own: Store, n: int, by: Officer) -> object:
    of = event(own, pick([e.id for e in open_events(own)], n))  # type: ignore[arg-type]
    draft_report(own, of.id, ReportKind.FIRST, by=by)
    return send_report(own, [s.id for s in next_sendings(own, of.id)][:1 + n % 3], by=by)


def respond(own: Store, n: int, by: Officer) -> object:
    of = event(own, pick([e.id for e in open_events(own)], n))  # type: ignore[arg-type]
    if of.response_level is not None:
        return end_response(own, of.id, approver="演练", by=by)
    return start_response(own, of.id, 1 + n % 4, measures="演练", expected="2 小时",
                          approver="演练", by=by)


def issue(own: Store, n: int, by: Officer) -> object:
    lots = own.read("""select l.id, s.measure from lot l join supply s on s.id = l.supply_id
        where l.id in (select lot_id from movement) order by l.id""")
    lot = lots[n % len(lots)]
    return issue_supplies(own, lot["id"], 1.0 + n % 3, measure=lot["measure"], papers=Papers(
        basis="演练", approver="演练", receiver="演练", override="演练"), by=by)


def call_out(own: Store, n: int, by: Officer) -> object:
    """Over the local test channel, or over one that would leave the machine and is refused."""
    kind = ChannelKind.TEST if n % 2 else ChannelKind.MAIL
    channel = put_channel(own, ChannelFacts(
        name=f"演练 {n}", kind=kind, address="localhost:25"), by=SYSTEM)
    return start_callout(own, Draft(title="演练集结", template="演练：请集结", choice=Choice(
        branches=tuple(Branch)[:1]), channels=(channel.id,)), by=by)


ACTS: tuple[Callable[[Store, int, Officer], object], ...] = (
    take_in, send, stage, report, respond, issue, call_out,
    lambda own, n, by: append_entry(own, f"演练 {n}", kind=EntryKind.NOTE, by=by),
    lambda own, n, by: acting.give_inject(own, 1 + n % 13, by=by),
    lambda own, n, by: acting.skip_inject(own, 1 + n % 13, by=by),
    lambda own, n, by: acting.stamp_action(own, 1 + n % 13, 1 + n % 2, list(Result)[n % 3],
                                           by=by),
    lambda own, _n, by: acting.unstamp(own, by=by),
    lambda own, n, by: acting.add_mark(own, f"标记 {n}", by=by),
    lambda own, _n, by: acting.pause_drill(own, by=by),
    lambda own, _n, by: acting.resume_drill(own, by=by),
    lambda own, _n, by: acting.end_drill(own, by=by))


def dump(store: Store, *, without: set[str]) -> dict[str, int]:
    """Every row of every table, full-text and box indexes too, each table by its hash."""
    tables = [r[0] for r in store.read("""select name from sqlite_master where type = 'table'
        and name not like 'sqlite_%'""")]
    return {name: hash(tuple(tuple(r) for r in store.read(f"select * from [{name}]")))
            for name in tables if name not in without}


def touched_since(store: Store, change: int) -> set[str]:
    return {r[0] for r in store.read("select distinct tbl from journal where change_id > :id",
                                     id=change)}


@settings(max_examples=8, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 40),
                          st.integers(0, 300)), max_size=40))
def test_random_drills_leave_the_real_store_as_it_was(
        sample: Path, steps: list[tuple[int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(sample / FILE_NAME, folder)
        running = drilled(Path(folder), steps)
        running.own.close()
        running.real.close()


def drilled(folder: Path, steps: list[tuple[int, int, int]]) -> Running:
    """A whole random drill in `folder`, the real store looked at before and after each part."""
    from db.clock import StillClock

    real = Store.open(folder / FILE_NAME, StillClock(NIGHT))
    by = next(o for o in officers(real) if o.name == "梁振宇")
    head = journal.head(real.db)
    rows = dump(real, without=DRILL_TABLES | BOOKS)
    running = a_drill(real, by)
    prepared, whole = journal.head(real.db), real.db.serialize()
    acting.start_drill(running.own, by=by)
    for act, n, seconds in steps:
        running.machine.move(timedelta(seconds=seconds))
        with contextlib.suppress(Refused):
            ACTS[act](running.own, n, by)
    assert journal.head(real.db) == prepared
    assert real.db.serialize() == whole  # byte for byte while the drill goes on
    with contextlib.suppress(Refused):
        acting.end_drill(running.own, by=by)
    seal_drill(real, running.own, running.drill.id, by=by)
    assert dump(real, without=DRILL_TABLES | BOOKS) == rows
    assert touched_since(real, head[0]) == DRILL_TABLES
    assert check(real.path) == []
    assert check(running.own.path) == []
    return running


def test_a_drill_holds_no_event_log_or_channel_of_the_real_desk(running: Running) -> None:
    """Only tables named beforehand are copied; a table that is new has to be thought about."""
    filled = {name for name in journal.watched(running.own.db)
              if running.own.value(f"select count(*) from [{name}]")}
    assert filled == {*COPIED, "setting", "movement", "shift", "seat_on_shift", "drill",
                      "safe_day", "net_channel"} & filled
    assert not filled & {"event", "log", "call", "report", "sending", "dispatch_order", "warning",
                         "handover", "drill_record", "attachment", "paper",
                         "outbox", "callout", "roll_call"}
    assert [r["kind"] for r in running.own.read("select kind from net_channel")] == ["test"]
    assert running.own.value("select value from setting where name = 'drill'") == "1"
    assert running.own.value("select count(*) from force") == running.real.value(
        "select count(*) from force")
    assert running.drill.state is DrillState.PREPARED


def test_stock_in_a_drill_is_what_stands_in_the_district(running: Running) -> None:
    sums = "select lot_id, sum(quantity) from movement group by lot_id having sum(quantity) > 0"
    assert [tuple(r) for r in running.own.read(f"{sums} order by 1")] == [
        tuple(r) for r in running.real.read(f"{sums} order by 1")]
