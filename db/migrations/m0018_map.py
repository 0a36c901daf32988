"""Map 一张图: layers in the district's folder, views, pictures of events, residents, R-tree.

The R-tree `place_box` (m0003) holds what the rows themselves say and is filled by triggers, so
it needs no journal of its own; `upsert` and `delete` keep it, `insert or replace` would not.
"""

from __future__ import annotations

import sqlite3

from db import journal
from db.migrations.m0003_resources import box_triggers
from db.migrations.scripts import run_script

SCHEMA = """
create table map_layer (
    id integer primary key, name text not null, kind text not null, digest text not null,
    size integer not null default 0, style text not null default 'plain',
    place integer not null default 0, shown integer not null default 1,
    opacity real not null default 1, min_zoom integer, max_zoom integer,
    west real, south real, east real, north real, count integer not null default 0,
    source text not null default '', remarks text not null default '[]',
    added_at text not null, active integer not null default 1);
create table map_view (
    id integer primary key, name text not null, lon real not null, lat real not null,
    zoom real not null, hidden text not null default '[]', active integer not null default 1);
create unique index map_view_name on map_view(name) where active = 1;
create table map_picture (
    id integer primary key, event_id integer not null references event(id),
    digest text not null, title text not null, caption text not null default '',
    at text not null, officer text not null default '');
create index map_picture_event on map_picture(event_id, at);
alter table place add column residents integer not null default 0;
insert into place_box select id, lon, lon, lat, lat from event
    where lon is not null and lat is not null;
"""
TABLES = ("map_layer", "map_view", "map_picture", "place")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in TABLES:
        journal.watch(db, table)
    box_triggers(db, "event")
