"""The command of the net: list it, log a call, keep persons, groups and channels."""

from __future__ import annotations

import argparse
import getpass
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.change import RowId
from db.errors import Refused, StoreError
from db.files import write_whole
from db.store import Store
from db.words import t
from resources.net import (
    BRANCH_NAMES,
    Branch,
    Contact,
    Key,
    Member,
    Part,
    find_member,
    members,
)
from ui.commands.desk import Answer, officer, reading, writing
from ui.places import fonts_folder

if TYPE_CHECKING:
    from dispatch.net.choosing import Choice
    from dispatch.printouts.sheet import Sheet


def net(args: argparse.Namespace) -> Answer:
    """The net as a list, or one of its verbs."""
    return {"list": _list, "flaws": _flaws, "call": _call, "persons": _persons, "group": _group,
            "channels": _channels, "channel": _channel, "test": _test,
            "print": _print}[args.what](args)


def chosen_by(store: Store, args: argparse.Namespace, plan: RowId | None = None) -> Choice:
    """Whom the arguments of a command mean.

    Raises:
        Refused: an unknown group or unit, or a ring that cannot be read.
    """
    from dispatch.net.choosing import Choice, Ring
    from resources.net_keeping import groups

    known = {g.name: g.id for g in groups(store)}
    missing = next((g for g in args.group if g not in known), None)
    if missing is not None:
        raise Refused("There is no group named {name}.", field="group", name=missing)
    ring = None
    if args.ring:
        try:
            lon, lat, km = (float(x) for x in args.ring.replace("，", ",").split(","))
        except ValueError as error:
            raise Refused("{text} is no ring. Write LON,LAT,KM as 108.76,34.42,3.", field="ring",
                          text=args.ring) from error
        ring = Ring(lon, lat, km * 1000)
    keys = tuple(find_member(store, name).key for name in args.unit)
    return Choice(branches=tuple(Branch(b) for b in args.branch),
                  capabilities=tuple(args.capability), keys=keys, plan=plan, ring=ring,
                  groups=tuple(known[g] for g in args.group), on_net=args.on_net)


def write_out(path: Path | None, name: str, sheet: Sheet | None, book: bytes | None = None
              ) -> Path:
    """Write a paper or a list by the ending of its name.

    Raises:
        Refused: a list is asked for where there is none.
        StoreError: it cannot be written there.
    """
    from dispatch.printouts.formats import sheet_bytes

    target = (path or Path.cwd() / f"{name}.pdf").absolute()
    if target.suffix.lower() == ".xlsx":
        if book is None:
            raise Refused("This paper is not written as xlsx.", field="out")
        content = book
    elif sheet is not None:
        content = sheet_bytes(sheet, target.suffix.lower(), fonts_folder())
    else:
        raise Refused("{form} is not written. Choose xlsx or csv.", form=target.suffix)
    try:
        write_whole(target, content)
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}. Name another file with --out.",
                         path=target, why=error) from error
    return target


def written(path: Path) -> Answer:
    return Answer((t("Written: {path}", path=path),), {"papers": [path]})


def _part(store: Store, args: argparse.Namespace) -> Part:
    """The part of the net that the arguments mean, groups, units, capabilities and ring too."""
    from dispatch.net.choosing import chosen

    keys = None
    if args.ring or args.capability or args.group or args.unit:
        keys = tuple(m.key for m in chosen(store, chosen_by(store, args)))
    return Part(branches=tuple(Branch(b) for b in args.branch), text=args.name,
                on_net=True if args.on_net else None, keys=keys)


def _data(m: Member) -> dict[str, Any]:
    return {"kind": m.kind, "id": m.id, "name": m.name, "branch": m.branch, "town": m.town,
            "call_sign": m.call_sign, "channel": m.channel, "terminal": m.terminal,
            "on_net": m.on_net, "numbers": [asdict(c) for c in m.numbers]}


def _list(args: argparse.Namespace) -> Answer:
    with reading(args) as store:
        rows = members(store, _part(store, args))
    lines = [f"{t(BRANCH_NAMES[m.branch])}  {m.name}  {m.phone or '—'}  {m.radio}".rstrip()
             for m in rows]
    return Answer(tuple(lines) or (t("Nobody on the net fits this choice."),),
                  {"members": [_data(m) for m in rows]})


def _flaws(args: argparse.Namespace) -> Answer:
    from resources.net_keeping import FLAW_NAMES, flaws

    with reading(args) as store:
        rows = members(store, _part(store, args))
    found = flaws(rows)
    lines = [f"{m.name}  {t('list|, ').join(t(FLAW_NAMES[f]) for f in found[m.key])}"
             for m in rows if m.key in found]
    return Answer(tuple(lines) or (t("Nothing is wrong on this part of the net."),), {"flaws": [
        {"name": m.name, "flaws": list(found[m.key])} for m in rows if m.key in found]})


def _call(args: argparse.Namespace) -> Answer:
    from dispatch.net.calls import note_call

    with writing(args) as store:
        by, of = officer(store, args.officer), find_member(store, args.name)
        contact = of.numbers[args.number - 1] if 0 < args.number <= len(of.numbers) else None
        entry = note_call(store, of.key, contact, args.said, answered=not args.no_answer, by=by)
    return Answer((entry.text,), {"no": entry.no, "text": entry.text})


def _persons(args: argparse.Namespace) -> Answer:
    from resources.net_keeping import contacts_of, set_contacts

    with (writing(args) if args.person else reading(args)) as store:
        key = find_member(store, args.name).key
        if args.person:
            rows = [Contact(*(p.strip() for p in (*row.replace("，", ",").split(","),
                                                  "", "", "")[:4])) for row in args.person]
            set_contacts(store, key, rows, by=officer(store, args.officer))
        found = contacts_of(store, key)
    return Answer(tuple(" ".join(p for p in (c.who, c.phone, c.mail) if p) for c in found),
                  {"persons": [asdict(c) for c in found]})


def _group(args: argparse.Namespace) -> Answer:
    from resources.net_keeping import groups, put_group

    if args.unit:
        with writing(args) as store:
            keys: list[Key] = [find_member(store, name).key for name in args.unit]
            own = next((g.id for g in groups(store) if g.name == args.name), None)
            put_group(store, args.name, keys, group=own, by=officer(store, args.officer))
    with reading(args) as store:
        found = groups(store)
    return Answer(tuple(f"{g.name}  {len(g.keys)}" for g in found),
                  {"groups": [{"name": g.name, "members": len(g.keys)} for g in found]})


def _channels(args: argparse.Namespace) -> Answer:
    from dispatch.net.channels import channels
    from dispatch.net.terms import CHANNEL_NAMES

    with reading(args) as store:
        found = channels(store)
    return Answer(tuple(f"{c.name}  {t(CHANNEL_NAMES[c.kind])}  {c.address}  {c.limit}"
                        f"  {t('yes') if c.active else t('no')}" for c in found),
                  {"channels": [{"name": c.name, "kind": c.kind, "address": c.address,
                                 "limit": c.limit, "active": c.active} for c in found]})


def _channel(args: argparse.Namespace) -> Answer:
    from dispatch.net.channels import ChannelFacts, channels, put_channel
    from dispatch.net.terms import ChannelKind

    try:
        kind = ChannelKind(args.kind)
    except ValueError as error:
        raise Refused("{name} is no kind of channel. There are: {kinds}.", field="kind",
                      name=args.kind, kinds=", ".join(ChannelKind)) from error
    secret = getpass.getpass(t("Password or token: ")) if args.secret else None
    with writing(args) as store:
        own = next((c.id for c in channels(store) if c.name == args.name), None)
        made = put_channel(store, ChannelFacts(
            name=args.name, kind=kind, address=args.address, sender=args.sender,
            active=not args.off), channel=own, secret=secret, by=officer(store, args.officer))
    return Answer((t("{name}: {says}", name=made.name, says=made.limit),),
                  {"name": made.name, "limit": made.limit})


def _test(args: argparse.Namespace) -> Answer:
    from dispatch.net.addresses import Letter
    from dispatch.net.channels import channels, note_test, refuse_in_drill
    from dispatch.net.courier import carry
    from dispatch.net.outbox import Parcel
    from dispatch.net.rules import TIMEOUT
    from dispatch.net.secrets import secret_name
    from dispatch.net.terms import SEND_NAMES, ChannelKind
    from resources.rules import rule_or

    with writing(args) as store:
        by = officer(store, args.officer)
        of = next((c for c in channels(store) if c.name == args.name), None)
        if of is None:
            raise Refused("There is no such channel.", field="channels")
        refuse_in_drill(store, of.kind)
        to = of.sender if of.kind is ChannelKind.MAIL else "000-0000"
        letter = Letter((to,), t("Watchdesk"), t("Test of the channel {name}", name=of.name),
                        "TEST-0")
        found = carry(Parcel(of, (), 1, letter), secret_name(store, of.id),
                      float(rule_or(store, TIMEOUT).value))
        says = t("list|, ").join(p for p in (t(SEND_NAMES[found.state]), found.says) if p)
        note_test(store, of.id, says, by=by)
    return Answer((t("{name}: {says}", name=of.name, says=says),),
                  {"state": found.state, "says": found.says})


def _print(args: argparse.Namespace) -> Answer:
    from dispatch.net.papers import directory, directory_book

    with reading(args) as store:
        return written(write_out(args.out, "net", directory(store, _part(store, args)),
                                 directory_book(store, _part(store, args))))
