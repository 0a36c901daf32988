"""Resources 资源: one net, the gazetteer, and the libraries."""

from __future__ import annotations

import sqlite3

from db import journal, search
from db.migrations.scripts import run_script

PLACED = """town text not null default '', address text not null default '',
    lon real, lat real, src_crs text not null default 'CGCS2000', src_lon real, src_lat real"""
KEPT = """owner text not null default '', verified_at text, verified_by text not null default '',
    next_verify_due text, note text not null default '', active integer not null default 1"""

SCHEMA = f"""
create table capability (
    id integer primary key, name text not null unique, kind text not null default '');
create table place (
    id integer primary key, kind text not null, name text not null, lon real, lat real,
    parent text not null default '');
create table unit (
    id integer primary key, name text not null, tier text not null, kind text not null,
    duty_phone text not null default '', phones text not null default '[]',
    contact text not null default '', contact_post text not null default '',
    call_sign text not null default '', channel text not null default '',
    on_net integer not null default 0, net_since text, {PLACED}, {KEPT});
create table force (
    id integer primary key, code text not null default '', name text not null, tier text not null,
    kind text not null, leader text not null default '', deputy text not null default '',
    duty_phone text not null default '', spare_phone text not null default '',
    call_sign text not null default '', channel text not null default '',
    terminal text not null default '', people integer not null default 0,
    ready_people integer not null default 0, vehicles integer not null default 0,
    certified integer not null default 0, capabilities text not null default '[]',
    muster_point text not null default '', covers text not null default '',
    promised_minutes integer, insured_until text, agreement text not null default '',
    on_net integer not null default 0, net_since text, status text not null default 'ready',
    {PLACED}, {KEPT});
create table equipment (
    id integer primary key, code text not null default '', name text not null,
    model text not null default '', serial text not null default '',
    plate text not null default '', kind text not null default '',
    force_id integer references force(id), keeper text not null default '',
    phone text not null default '', status text not null default 'ready',
    capabilities text not null default '[]', bought_on text, inspected_on text,
    inspect_due text, test_due text, insured_until text, energy text not null default '',
    performance text not null default '', {PLACED}, {KEPT});
create index equipment_force on equipment(force_id);
create table warehouse (
    id integer primary key, code text not null default '', name text not null,
    level text not null default '', kind text not null default '', area_m2 real,
    keeper text not null default '', duty_phone text not null default '', {PLACED}, {KEPT});
create table supply (
    id integer primary key, code text not null default '', name text not null,
    model text not null default '', measure text not null, kind text not null default '',
    hazards text not null default '', min_stock real not null default 0,
    max_stock real not null default 0, safe_stock real not null default 0, {KEPT});
create table lot (
    id integer primary key, supply_id integer not null references supply(id),
    warehouse_id integer not null references warehouse(id), batch text not null default '',
    bin text not null default '', maker text not null default '',
    supplier text not null default '', made_on text, stored_on text, expires_on text,
    unit_price real, funds text not null default '', {KEPT});
create index lot_supply on lot(supply_id);
create index lot_warehouse on lot(warehouse_id);
create table movement (
    id integer primary key, number text not null unique, lot_id integer not null references lot(id),
    kind text not null, quantity real not null, at text not null,
    basis text not null default '', approver text not null default '',
    handler text not null default '', receiver text not null default '',
    event_id integer, due_back text, note text not null default '',
    pair_id integer references movement(id), condition text not null default '',
    override text not null default '');
create index movement_lot on movement(lot_id, quantity);
create index movement_pair on movement(pair_id) where pair_id is not null;
create index movement_kind on movement(kind, at);
create index movement_event on movement(event_id);
create table expert (
    id integer primary key, name text not null, unit text not null default '',
    title text not null default '', field text not null default '',
    hazards text not null default '', panel text not null default '',
    hired_until text, phone text not null default '', city text not null default '',
    arrive_minutes integer, avoids text not null default '',
    capabilities text not null default '[]', {KEPT});
create table plan (
    id integer primary key, number text not null default '', name text not null,
    kind text not null, version text not null default '', unit text not null default '',
    signed_by text not null default '', issued_on text, filed_with text not null default '',
    filed_on text, file_number text not null default '', evaluated_on text, evaluate_due text,
    parent text not null default '', subtypes text not null default '[]',
    levels text not null default '[]', steps text not null default '[]', {KEPT});
create table plan_need (
    id integer primary key, plan_id integer not null references plan(id),
    capability text not null, quantity integer not null default 1,
    from_kind text not null default 'force');
create index need_plan on plan_need(plan_id);
create table hazard (
    id integer primary key, name text not null, kind text not null,
    company text not null default '', principal text not null default '',
    phone text not null default '', level text not null default '',
    substance text not null default '', amount text not null default '',
    threatened integer not null default 0, monitored integer not null default 0, {PLACED}, {KEPT});
create table shelter (
    id integer primary key, name text not null, level text not null default '',
    term text not null default '', indoor integer not null default 0, area_m2 real,
    capacity integer not null default 0, occupants integer not null default 0,
    radius_m integer, facilities text not null default '', key_holder text not null default '',
    phone text not null default '', status text not null default 'standby', {PLACED}, {KEPT});
create table goods_code (
    id integer primary key, code text not null unique, name text not null);
create table agreement (
    id integer primary key, number text not null default '', company text not null,
    supply_id integer references supply(id), goods text not null default '',
    measure text not null default '', minimum real not null default 0, call_minutes integer,
    price real, starts_on text, ends_on text, contact text not null default '',
    phone text not null default '', {KEPT});
create table sharing (
    id integer primary key, library text not null, row_id integer not null,
    from_unit text not null, to_unit text not null, quantity real not null default 1,
    call_minutes integer, until text, basis text not null default '',
    note text not null default '', active integer not null default 1);
create index sharing_row on sharing(row_id);
create table equipment_check (
    id integer primary key, equipment_id integer not null references equipment(id),
    kind text not null, day text not null, passed integer not null default 1,
    inspector text not null default '', next_due text, note text not null default '');
create index check_equipment on equipment_check(equipment_id);
create table equipment_repair (
    id integer primary key, equipment_id integer not null references equipment(id),
    fault text not null, reported_on text not null, workshop text not null default '',
    done_on text, result text not null default '', cost real);
create index repair_equipment on equipment_repair(equipment_id);
create table equipment_loan (
    id integer primary key, number text not null unique,
    equipment_id integer not null references equipment(id), borrower text not null,
    receiver text not null default '', lent_on text not null, due_back text not null,
    basis text not null default '', approver text not null default '',
    condition_out text not null default '', back_on text,
    condition_back text not null default '', event_id integer, note text not null default '');
create index loan_equipment on equipment_loan(equipment_id);
create table plan_version (
    id integer primary key, plan_id integer not null references plan(id),
    version text not null, issued_on text, signed_by text not null default '',
    filed_with text not null default '', filed_on text, file_number text not null default '',
    evaluated_on text, note text not null default '');
create index version_plan on plan_version(plan_id);
create table demand_line (
    id integer primary key, year integer not null, supply_id integer references supply(id),
    code text not null default '', name text not null, model text not null default '',
    measure text not null, stock real not null default 0, target real not null default 0,
    expiring real not null default 0, used real not null default 0,
    quantity real not null default 0, price real not null default 0,
    funds text not null default '', way text not null default '', deadline text,
    unit text not null default '', priority text not null default 'usual',
    state text not null default 'draft', note text not null default '');
create index demand_year on demand_line(year);
create virtual table place_box using rtree(id, min_lon, max_lon, min_lat, max_lat);
"""
NAMES = {
    "place": ("new.name", "new.name||' '||new.parent"),
    "unit": ("new.name", "new.name||' '||new.duty_phone||' '||new.contact||' '||new.call_sign"),
    "force": ("new.name", """new.name||' '||new.code||' '||new.leader||' '||new.duty_phone
              ||' '||new.call_sign||' '||new.town"""),
    "equipment": ("new.name", "new.name||' '||new.code||' '||new.model||' '||new.plate"),
    "warehouse": ("new.name", "new.name||' '||new.code||' '||new.keeper||' '||new.duty_phone"),
    "supply": ("new.name", "new.name||' '||new.code||' '||new.model"),
    "expert": ("new.name", "new.name||' '||new.unit||' '||new.field||' '||new.phone"),
    "plan": ("new.name", "new.name||' '||new.number"),
    "hazard": ("new.name", "new.name||' '||new.company||' '||new.substance||' '||new.phone"),
    "shelter": ("new.name", "new.name||' '||new.town||' '||new.phone"),
}
WITHOUT_NAMES = ("capability", "lot", "movement", "plan_need", "goods_code", "agreement", "sharing",
                 "equipment_check", "equipment_repair", "equipment_loan", "plan_version",
                 "demand_line")
CHECKED = ("unit", "force", "equipment", "warehouse", "supply", "lot", "expert", "plan", "hazard",
           "shelter")
ON_THE_MAP = ("place", "unit", "force", "equipment", "warehouse", "hazard", "shelter")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table, (title, words) in NAMES.items():
        journal.watch(db, table)
        search.cover_names(db, table, title, words)
    for table in WITHOUT_NAMES:
        journal.watch(db, table)
    for table in CHECKED:
        db.execute(f"create index [{table}_verify] on [{table}](next_verify_due) where active = 1")
    db.execute("create index lot_expiry on lot(expires_on) where active = 1")
    for table in ON_THE_MAP:
        box_triggers(db, table)


def box_triggers(db: sqlite3.Connection, table: str) -> None:
    """Keep the R-tree of points in step with the rows of `table`."""
    for name, event in (("new", "insert"), ("edit", "update of lon, lat")):
        db.execute(f"""create trigger [{table}_box_{name}] after {event} on [{table}] begin
            delete from place_box where id = new.id;
            insert into place_box select new.id, new.lon, new.lon, new.lat, new.lat
            where new.lon is not null and new.lat is not null; end""")
    db.execute(f"""create trigger [{table}_box_old] after delete on [{table}] begin
        delete from place_box where id = old.id; end""")
