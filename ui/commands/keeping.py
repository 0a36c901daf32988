"""Commands that keep the record safe: make a store, check, back up, restore."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from db.backup import FOLDER, back_up, backups, rotate
from db.check import Finding, Progress, check
from db.clock import SystemClock
from db.errors import Refused
from db.store import FILE_NAME, Store
from db.words import t
from dispatch.restoring import (
    Copy,
    Place,
    chosen_copy,
    copies,
    heads_of,
    newest_good,
    second_of,
)
from dispatch.restoring import reading as reading_of
from resources.localtime import moment_text
from resources.people import SYSTEM, Officer
from ui.commands.desk import Answer, asked_password, folder_of, reading


def init(args: argparse.Namespace) -> Answer:
    """Make a district: the sample one, or an empty one with a name."""
    path = folder_of(args) / FILE_NAME
    if path.exists():
        raise Refused("There is a store in {folder} already. Name another folder with --data.",
                      folder=path.parent)
    store = Store.open(path, SystemClock())
    try:
        _fill(store, args)
    except BaseException:
        store.close()
        path.unlink()  # made a moment ago and still without a district
        raise
    changes = store.value("select count(*) from change")
    name = store.value("select value from setting where name = 'district_name'")
    store.close()
    return Answer((t("District {name} stands in {folder}.", name=name, folder=path.parent),),
                  {"folder": path.parent, "district": name, "changes": changes})


def _fill(store: Store, args: argparse.Namespace) -> None:
    if not args.empty:
        from dispatch.sample.build import fill_sample

        fill_sample(store)
        return
    from dispatch.duty.officers import first_administrator
    from dispatch.rules import seed_rules
    from resources.district import empty_district

    password = asked_password(args.officer) if args.officer else ""
    empty_district(store, args.empty, seed_rules=seed_rules)
    if args.officer:
        first_administrator(store, args.officer, password)


def check_store(args: argparse.Namespace) -> Answer:
    """Check pages, references, the hash chain, rows and the search index."""
    path = folder_of(args) / FILE_NAME
    found = check(path, _progress(args, t("changes")))
    _end_progress(args)
    if found:
        good = newest_good(copies(path.parent, second_of(path.parent)))
        offer = (t("The newest good backup is {name}: watchdesk restore {name}",
                   name=good.path.name if good.place is Place.OWN else good.path),) if good else ()
        return Answer((t("The record does not hold: {n} findings.", n=len(found)),
                       *(f"- {f}" for f in found), *offer),
                      {"ok": False, "findings": [_finding(f) for f in found]}, 1)
    with reading(args) as store:
        row = store.one("select count(*) as n, max(id) as last from change")
        head = store.value("select hash from change order by id desc limit 1") or ""
    count = row["n"] if row else 0
    return Answer((t("The record holds: {n} changes, chain head {head}.", n=count,
                     head=head[:12]),), {"ok": True, "changes": count, "head": head})


def _finding(finding: Finding) -> dict[str, object]:
    return {"area": finding.area, "change": finding.change_id, "table": finding.table,
            "row": finding.row_id, "says": str(finding)}


def back_up_store(args: argparse.Namespace) -> Answer:
    """Make a checked backup, or list those there are."""
    folder = args.to.absolute() if args.to else folder_of(args) / FOLDER
    if args.list:
        return _listed(folder)
    with reading(args) as store:
        made = back_up(store, folder, _progress(args, t("pages")))
        _end_progress(args)
        rotate(folder)
    return Answer((t("Backup {path}: {n} changes, checked.", path=made.path, n=made.changes),),
                  {"path": made.path, "changes": made.changes, "last_at": made.last_at})


def _listed(folder: Path) -> Answer:
    found = backups(folder)
    lines = [t("{name}  {n} changes, the last at {time}", name=b.path.name, n=b.changes,
               time=moment_text(b.last_at, year=True) if b.last_at else "—") for b in found]
    return Answer(tuple(lines) or (t("There is no backup in {folder} yet.", folder=folder),),
                  {"backups": [{"path": b.path, "changes": b.changes, "made_at": b.at,
                                "last_at": b.last_at, "size": b.size} for b in found]})


def restore_store(args: argparse.Namespace) -> Answer:
    """Put a backup, or the record of a whole district, in the store's place; the present store is
    kept aside."""
    folder = folder_of(args)
    chosen = _chosen(args, folder)
    if args.dry_run:
        with tempfile.TemporaryDirectory() as room:
            return _would(chosen_copy(chosen, Path(room)), folder)
    changes = go_back(chosen, folder, args.officer)
    return Answer((t("Restored {name} into {folder}: {n} changes. The store that was there is"
                     " kept in {aside}.", name=chosen.name, folder=folder, n=changes,
                     aside=folder / "aside"),),
                  {"backup": chosen, "folder": folder, "changes": changes})


def go_back(chosen: Path, folder: Path, name: str) -> int:
    """Restore a copy or a whole district, as the named administrator agrees to by password; the
    number of changes that stand there now.

    Raises:
        Refused: no such file, it does not hold, or nobody agreed.
        StoreError: no room, no right, or another Watchdesk holds the store.
    """
    from dispatch.begin import begin_from_backup

    with tempfile.TemporaryDirectory() as room:
        by = restorer_of(folder / FILE_NAME, chosen_copy(chosen, Path(room)).record, name)
    begin_from_backup(folder, SystemClock(), chosen, by)
    with reading_of(folder / FILE_NAME) as db:
        return int(db.execute("select count(*) from change").fetchone()[0])


def _would(chosen: Copy, folder: Path) -> Answer:
    """What the backup holds and what going back to it would lose; nothing is touched."""
    from dispatch.holdings import compare, held_words, loss_words, unread_words

    present = folder / FILE_NAME
    held, lost = compare(present, chosen.record)
    told = loss_words(lost) if lost else unread_words(present, held)
    answer: dict[str, object] = {
        "backup": chosen.path, "entries": held.entries, "events": held.events,
        "last_at": held.last_at, "last_text": held.last_text}
    if lost:
        answer |= {"same_record": lost.same, "lost": {
            "changes": lost.changes, "entries": lost.entries, "events": lost.events}}
    return Answer(tuple(filter(None, (held_words(held), told))), answer)


def restorer_of(present: Path, chosen: Path, name: str) -> Officer:
    """An administrator of the store that is replaced, by the password; of the backup where that
    store cannot be read.

    Raises:
        Refused: not an administrator, no single one to ask, or a wrong password.
        StoreError: neither can be read.
    """
    heads = heads_of(present, chosen, SystemClock())
    if not heads.people:
        return SYSTEM
    if not name and len(heads.people) == 1:
        name = heads.people[0].name
    found = [who for who in heads.people if who.name == name]
    if len(found) != 1:
        raise Refused("Only an administrator may restore. Say who: --officer NAME.")
    return heads.confirm(found[0].id, asked_password(name))


def _chosen(args: argparse.Namespace, folder: Path) -> Path:
    if args.backup is None:
        good = newest_good(copies(folder, second_of(folder)))
        if good is None:
            raise Refused("There is no good backup in {folder}. Name one:"
                          " watchdesk restore FILE.", folder=folder / FOLDER)
        return good.path
    given: Path = args.backup.expanduser()
    return given if given.is_file() else folder / FOLDER / given.name


def _progress(args: argparse.Namespace, what: str) -> Progress | None:
    """Tells a terminal how far it is; pipes and machines are left alone."""
    if args.json or not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> bool:
        sys.stderr.write(f"\r{done:,} / {total:,} {what}")
        return True

    return tell


def _end_progress(args: argparse.Namespace) -> None:
    if not args.json and sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
