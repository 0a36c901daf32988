"""Commands of dispatching: propose and order, stamp and correct, check in, goods, response."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from db.errors import Refused
from db.store import Store
from db.words import t
from ui.commands.desk import Answer, officer, reading, writing
from ui.commands.records import instant

if TYPE_CHECKING:
    from dispatch.orders import Order


def dispatch(args: argparse.Namespace) -> Answer:
    """Say what is proposed for an event; with forces named, or --take, order them."""
    if args.force or args.take:
        with writing(args) as store:
            return _order(store, args)
    with reading(args) as store:
        return _propose(store, args)


def _propose(store: Store, args: argparse.Namespace) -> Answer:
    from dispatch.cover import best
    from dispatch.events import event_by_number
    from dispatch.proposals import propose

    found = propose(store, event_by_number(store, args.event).id)
    cover = best(found.demands, found.candidates)
    by_id = {p.force_id: p for p in found.forces}
    chosen = [by_id[i] for i in cover.chosen if i in by_id]  # type: ignore[index]
    options = [o for o in found.options if o.proposed]
    lines = [f"{p.name}  {p.minutes}  {p.reason}" for p in chosen]
    lines += [f"{o.name}  {o.quantity:g} {o.measure}  {o.reason}" for o in options]
    lines += [t("short of: {needs}", needs=f"{s.capability} {s.free}/{s.wanted}")
              for s in found.short]
    return Answer(tuple(lines) or (t("No plan covers this kind of event; forces are listed by"
                                     " distance."),), {
        "needs": [asdict(n) for n in found.needs], "forces": [asdict(p) for p in chosen],
        "options": [asdict(o) for o in options], "short": [asdict(s) for s in found.short],
        "ready_in": cover.ready_in, "proven": cover.proven})


def _order(store: Store, args: argparse.Namespace) -> Answer:
    from dispatch.cover import best
    from dispatch.events import event_by_number
    from dispatch.order_text import event_text, force_text, template_of
    from dispatch.orders import OrderLine, order_forces
    from dispatch.proposals import propose
    from dispatch.sent_out import send_resources

    by, of = officer(store, args.officer), event_by_number(store, args.event)
    found = propose(store, of.id)
    names = {p.force_id: p.name for p in found.forces}
    wanted = [_force(store, name) for name in args.force]
    if args.take:
        wanted += [(i, names[i]) for i in best(found.demands, found.candidates).chosen  # type: ignore[index]
                   if i not in dict(wanted)]
    minutes = {p.force_id: args.minutes or p.minutes for p in found.forces}
    text = args.text or event_text(template_of(store, of), of)
    first = order_of(store, args.reinforces).id if args.reinforces else None
    lines = [OrderLine(i, force_text(text, name, minutes.get(i, args.minutes)),
                       minutes.get(i, args.minutes), first) for i, name in wanted]
    made = order_forces(store, of.id, lines, also_out=args.also_out, by=by) if lines else []
    goods = [o for o in found.options if o.proposed] if args.take else []
    if goods:
        send_resources(store, of.id, goods, by=by)
    return Answer(tuple(f"{o.number}  {o.force_name}" for o in made)
                  + tuple(f"{g.name}  {g.quantity:g} {g.measure}" for g in goods),
                  {"orders": [_data(o) for o in made], "goods": [asdict(g) for g in goods]})


def stage(args: argparse.Namespace) -> Answer:
    """Stamp a stage of an order, the next one when none is named; or correct a wrong one."""
    from dispatch.corrections import correct_stamp
    from dispatch.orders import next_stage, stamp_stage
    from dispatch.strength import count_scene
    from dispatch.terms import STAGE_NAMES, Stage

    with writing(args) as store:
        by, of, at = officer(store, args.officer), order_of(store, args.order), instant(
            store, args.at)
        if args.strike:
            wrong = next((s for s in of.stamps if s.stage == args.stage), None)
            if not args.stage:
                raise Refused("Say which stage is struck.", field="stage")
            if wrong is None:
                raise Refused("This stage time is struck already.", field="stage")
            of = correct_stamp(store, of.id, wrong.id, reason=args.reason, at=at, by=by)
        elif args.came or args.left:
            of = count_scene(store, of.id, people_in=args.came, people_out=args.left, at=at,
                             said_by=args.said_by, by=by)
        else:
            wanted = Stage(args.stage) if args.stage else next_stage(of)
            if wanted is None:
                raise Refused("{force} is back already.", force=of.force_name)
            of = stamp_stage(store, of.id, wanted, at=at, source=args.way, said_by=args.said_by,
                             people=args.people, vehicles=args.vehicles, place=args.place,
                             note=args.note, backfill_reason=args.reason, by=by)
    return Answer((t("{force}: {stage}", force=of.force_name, stage=t(STAGE_NAMES[of.stage])),),
                  {"order": _data(of)})


def check(args: argparse.Namespace) -> Answer:
    """Note a safety check-in of a force on scene, or list who is asked and when."""
    from dispatch.orders import forces_out
    from dispatch.safety import check_in, watches
    from resources.localtime import clock_text

    if not args.order:
        with reading(args) as store:
            found = watches(store, forces_out(store))
        return Answer(tuple(f"{clock_text(w.due_at) if w.due_at else '—'}  {w.order.number}"
                            f"  {w.order.force_name}" for w in found)
                      or (t("No force on scene waits for a check-in."),),
                      {"watches": [{"order": w.order.number, "force": w.order.force_name,
                                    "due_at": w.due_at, "minutes": w.minutes} for w in found]})
    with writing(args) as store:
        made = check_in(store, order_of(store, args.order).id, well=not args.trouble,
                        people=args.people, note=args.trouble, said_by=args.said_by,
                        by=officer(store, args.officer))
    return Answer((t("All well, {n} people noted", n=made.people or 0) if made.well
                   else made.note,), {"check_in": asdict(made)})


def response(args: argparse.Namespace) -> Answer:
    """Start or adjust the response to an event, end it, or list its steps."""
    from dispatch.events import event_by_number
    from dispatch.proposals import plan_for
    from dispatch.responses import end_response, responses, start_response, step_text

    with (writing(args) if args.level or args.end else reading(args)) as store:
        of = event_by_number(store, args.event)
        if args.end:
            end_response(store, of.id, approver=args.approver, reason=args.reason,
                         by=officer(store, args.officer))
        elif args.level:
            plan = plan_for(store, of.subtype)
            start_response(store, of.id, args.level, plan["id"] if plan is not None else None,
                           measures=args.measures, expected=args.expected,
                           approver=args.approver, reason=args.reason,
                           by=officer(store, args.officer))
        steps = responses(store, of.id)
    return Answer(tuple(step_text(s) for s in steps)
                  or (t("No response is running for event {number}.", number=args.event),),
                  {"steps": [asdict(s) for s in steps]})


def goods(args: argparse.Namespace) -> Answer:
    """What an event got besides forces; --back takes a slip back."""
    from dispatch.events import event_by_number
    from dispatch.sent_out import give_back_equipment, give_back_goods, sent_to

    with (writing(args) if args.back else reading(args)) as store:
        of = event_by_number(store, args.event)
        row = next((s for s in sent_to(store, of.id) if args.back and s.number == args.back), None)
        if args.back and row is None:
            raise Refused("Nothing of this slip is outside any more.")
        if row is not None and row.kind == "supply":
            give_back_goods(store, row.id, args.quantity or row.left, condition=args.condition,
                            by=officer(store, args.officer))
        elif row is not None:
            give_back_equipment(store, row.id, args.condition, by=officer(store, args.officer))
        found = sent_to(store, of.id)
    return Answer(tuple(f"{s.number}  {s.name}  {s.quantity:g} {s.measure}  {s.left:g}"
                        for s in found) or (t("Nothing was sent yet. F4 proposes equipment, goods"
                                              " and experts."),),
                  {"sent": [asdict(s) for s in found]})


def order_of(store: Store, number: str) -> Order:
    """
    Raises:
        Refused: no order has the number.
    """
    from db.change import RowId
    from dispatch.orders import order

    found = store.value("select id from dispatch_order where number = :no", no=number)
    if found is None:
        raise Refused("There is no order {number}. Its number stands on the event's page and order"
                      " sheet, as 2026-0147-01.", field="order", number=number)
    return order(store, RowId(found))


def _force(store: Store, name: str) -> Any:
    from db.change import RowId

    row = store.one("select id, name from force where active = 1 and name = :name", name=name)
    if row is None:
        raise Refused("There is no such force.", field="force")
    return RowId(row["id"]), row["name"]


def _data(of: Order) -> dict[str, Any]:
    plain = asdict(replace(of, stamps=()))
    plain["stamps"] = [asdict(s) for s in of.stamps]
    return plain
