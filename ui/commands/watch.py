"""Commands of the watch: the shift and its people, the handover and its seal, reminders."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from db.errors import Refused
from db.store import Store
from db.words import t
from resources.localtime import moment_text, read_coming
from ui.commands.desk import Answer, asked_password, officer, reading, writing

if TYPE_CHECKING:
    from dispatch.duty.handover import Handover
    from dispatch.duty.seats import Seat
    from dispatch.duty.shifts import Shift
    from resources.people import OfficerId


def shift(args: argparse.Namespace) -> Answer:
    """Show the shift on watch, open it, or note what changed of its people or the weather."""
    if args.what == "show":
        with reading(args) as store:
            return _shift_answer(store, _on_watch(store))
    with writing(args) as store:
        _change_shift(store, args)
        return _shift_answer(store, _on_watch(store))


def _on_watch(store: Store) -> Shift:
    from dispatch.duty.shifts import current_shift

    found = current_shift(store, store.clock.now())
    if found is None:
        raise Refused("No shift is on. `watchdesk shift open` opens one.")
    return found


def _shift_answer(store: Store, found: Shift) -> Answer:
    from dispatch.duty.seats import SEAT_NAMES, shift_people
    from dispatch.duty.shifts import SHIFT_NAMES
    from dispatch.terms import POST_NAMES

    seats = shift_people(store, found.id, with_replaced=True)
    lines = [f"{found.label}  {t(SHIFT_NAMES[found.state])}  {found.weather}".rstrip()]
    lines += [f"{t(POST_NAMES[s.post])}  {s.officer}  {t(SEAT_NAMES[s.state])}  {s.note}".rstrip()
              for s in seats]
    return Answer(tuple(lines), {"shift": asdict(found), "people": [asdict(s) for s in seats]})


def _change_shift(store: Store, args: argparse.Namespace) -> None:
    from dispatch.duty.attendance import join_shift, note_attendance
    from dispatch.duty.seats import SeatState, replace_seat
    from dispatch.duty.shifts import ensure_shift, set_weather
    from dispatch.terms import Post

    by = officer(store, args.officer)
    if args.what == "open":
        ensure_shift(store, store.clock.now(), by=by)
        return
    going = _on_watch(store)
    if args.what == "weather":
        set_weather(store, going.id, args.words, by=by)
    elif args.what == "join":
        join_shift(store, going.id, _id_of(store, args.words), Post(args.post), reason=args.why,
                   by=by)
    elif args.what == "replace":
        replace_seat(store, _seat(store, going, args.words).id, _id_of(store, args.other),
                     reason=args.why, by=by)
    else:
        state = {"absent": SeatState.ABSENT, "left": SeatState.LEFT,
                 "back": SeatState.PRESENT}[args.what]
        note_attendance(store, _seat(store, going, args.words).id, state, reason=args.why, by=by)


def _seat(store: Store, going: Shift, name: str) -> Seat:
    from dispatch.duty.seats import shift_people

    if not name:
        raise Refused("Say whom it is about, as in `watchdesk shift absent NAME`.",
                      field="officer")
    found = next((s for s in shift_people(store, going.id) if s.officer == name), None)
    if found is None:
        raise Refused("{name} is not on this shift.", field="officer", name=name)
    return found


def _id_of(store: Store, name: str) -> OfficerId:
    from dispatch.duty.officers import officers

    found = [o for o in officers(store) if o.name == name]
    if len(found) != 1:
        raise Refused("There is no single officer named {name}. Give the name as it stands"
                      " on the roster.", name=name)
    return found[0].id


def handover(args: argparse.Namespace) -> Answer:
    """Show a handover, word it, tick its list, sign it, or add to a sealed one."""
    if args.what in ("show", "list"):
        with reading(args) as store:
            return _listed(store) if args.what == "list" else _told(_chosen(store, args.number))
    with writing(args) as store:
        act = {"draft": _draft, "words": _word, "check": _check, "sign": _sign, "add": _add}
        return _told(act[args.what](store, args))


def _chosen(store: Store, number: str) -> Handover:
    """The one of that number, else that of the shift on watch."""
    from dispatch.duty.handover import handover_by_number, handover_of

    if number:
        return handover_by_number(store, number)
    found = handover_of(store, _on_watch(store).id)
    if found is None:
        raise Refused("The handover of this shift is not drafted yet. `watchdesk handover draft`"
                      " drafts it.")
    return found


def _listed(store: Store) -> Answer:
    from dispatch.duty.handover import handovers

    found = handovers(store)
    return Answer(tuple(f"{number}  {t('sealed') if sealed else t('draft')}"
                        for _, number, sealed in found) or (t("There is no handover yet."),),
                  {"handovers": [{"number": number, "sealed": sealed}
                                 for _, number, sealed in found]})


def _told(found: Handover) -> Answer:
    """The facts as counts, the words whole, who signed, and the code."""
    facts = found.facts
    state = t("sealed") if found.sealed else t("draft")
    lines = [f"{found.number}  {state}  {found.code}".rstrip(), found.summary,
             *(f"{n}: {words}" for n, words in found.words.notes.items()),
             *filter(None, [found.words.remarks])]
    for words, some in ((t("Open events"), facts.open_events), (t("Reports due"), facts.reports),
                        (t("Instructions not carried out"), facts.instructions),
                        (t("Papers to pass on"), facts.papers),
                        (t("handover|Warnings in force"), facts.warnings),
                        (t("Forces and equipment out"), (*facts.forces, *facts.equipment)),
                        (t("Reminders"), facts.reminders)):
        lines.append(t("{what}: {n}", what=words, n=len(some)))
    lines += [t("Fault: {note}", note=f"{c.name} {c.note}") for c in found.checks if not c.ok]
    lines += [t("{name} signed {at}", name=s.name, at=moment_text(s.at))
              for s in found.signatures]
    lines += [f"{moment_text(a.at)} {a.name}: {a.text}" for a in found.addenda]
    data = asdict(found)
    return Answer(tuple(lines), {**data, "sealed": found.sealed, "summary": found.summary})


def _draft(store: Store, args: argparse.Namespace) -> Handover:
    from dispatch.duty.handover import draft_handover

    return draft_handover(store, _on_watch(store).id, by=officer(store, args.officer))


def _word(store: Store, args: argparse.Namespace) -> Handover:
    from dispatch.duty.handover import edit_words

    by, found = officer(store, args.officer), _chosen(store, args.number)
    notes = {**found.words.notes, **dict(_pair(one) for one in args.note)}
    words = replace(found.words, notes=notes)
    if args.summary is not None:
        words = replace(words, summary=args.summary)
    if args.remarks is not None:
        words = replace(words, remarks=args.remarks)
    return edit_words(store, found.id, words, by=by)


def _pair(text: str) -> tuple[str, str]:
    number, equals, words = text.partition("=")
    if not equals:
        raise Refused("Write a note as 2026-0147=WORDS.", field="notes")
    return number.strip(), words


def _check(store: Store, args: argparse.Namespace) -> Handover:
    """Tick an item as in order, or with --fault say what is wrong with it."""
    from dispatch.duty.handover import record_checks

    by, found = officer(store, args.officer), _chosen(store, args.number)
    if args.words not in {c.name for c in found.checks}:
        raise Refused("{name} is not on the checklist. It has: {names}", name=args.words,
                      names=t(", ").join(c.name for c in found.checks))
    checks = tuple(replace(c, ok=not args.fault, note=args.fault or args.remarks or "")
                   if c.name == args.words else c for c in found.checks)
    return record_checks(store, found.id, checks, by=by)


def _sign(store: Store, args: argparse.Namespace) -> Handover:
    """With the signer's own password, typed unseen or from WATCHDESK_PASSWORD."""
    from dispatch.duty.officers import is_sample
    from dispatch.duty.sealing import sign_handover
    from dispatch.terms import Post

    found, who = _chosen(store, args.number), _id_of(store, args.words)
    has_one = store.value("select password_hash <> '' from officer where id = :id", id=who)
    password = "" if is_sample(store) and not has_one else asked_password(args.words)
    return sign_handover(store, found.id, who, password, side=args.side, post=Post(args.post),
                         by=_as_desk(store, who))


def _as_desk(store: Store, who: OfficerId) -> Any:
    from dispatch.duty.officers import officer as officer_of

    return officer_of(store, who)


def _add(store: Store, args: argparse.Namespace) -> Handover:
    from dispatch.duty.handover import add_addendum

    return add_addendum(store, _chosen(store, args.number).id, args.words,
                        by=officer(store, args.officer))


def remind(args: argparse.Namespace) -> Answer:
    """List the reminders, write one down for a time, or tick one off."""
    from dispatch.reminders import add_reminder, finish_reminder, open_reminders

    if not args.words and not args.done:
        with reading(args) as store:
            found = open_reminders(store)
    else:
        with writing(args) as store:
            by = officer(store, args.officer)
            if args.done:
                one = next((r for r in open_reminders(store) if args.done in r.title), None)
                if one is None:
                    raise Refused("No open reminder says “{text}”.", text=args.done)
                finish_reminder(store, one.id, by=by)
            else:
                try:
                    at = read_coming(args.at, store.clock.now())
                except ValueError as error:
                    raise Refused("{text} is not a time. Write 07:00 or 2026-11-24 07:00.",
                                  field="due_at", text=args.at) from error
                add_reminder(store, args.words, at, by=by)
            found = open_reminders(store)
    return Answer(tuple(f"{moment_text(r.due_at)}  {r.title}" for r in found)
                  or (t("There is no reminder."),),
                  {"reminders": [asdict(r) for r in found]})
