"""Signing and sealing 签字封存: own passwords, two sides, one digest, then the next shift."""

from __future__ import annotations

import json
from typing import Literal

from db import journal
from db.clock import to_text
from db.errors import Refused
from db.store import Store, Transaction
from dispatch.duty.facts import digest_of, freeze
from dispatch.duty.gather import gather
from dispatch.duty.handover import Handover, handover
from dispatch.duty.officers import confirm
from dispatch.duty.seats import holder, note_present, shift_people
from dispatch.duty.shifts import Shift, close_to, make_shift, open_to, shift
from dispatch.printouts.codes import code_of
from dispatch.terms import Post
from resources.people import DESK, Officer, OfficerId, allowed
from resources.rules import rule

Side = Literal["out", "in"]
SIGNING_POSTS = (Post.LEADER, Post.MAIN)


@allowed(*DESK)
def sign_handover(store: Store, handover_id: int, officer_id: int, password: str, *, side: Side,
                  post: Post = Post.MAIN, by: Officer) -> Handover:
    """Sign one side with one's own password; the last signature needed seals the handover.

    Sealing closes the shift, opens the next one and writes both into the log.

    Raises:
        Refused: sealed already, not on that post, signed the other side, or the password.
    """
    found = handover(store, handover_id)
    if found.sealed:
        raise Refused("{number} was sealed before. Nothing was signed again.",
                      number=found.number)
    signer = confirm(store, officer_id, password)
    _check_signer(store, found, signer, side, post)
    chain_no, chain_head = journal.head(store.db)
    with store.change("handover.sign", by) as tx:
        _sign(tx, found, signer, side, post)
        if side == "in":
            note_present(tx, signer)
        if not missing_signatures(store, handover_id):
            _seal(tx, handover(store, handover_id), signer, chain_no, chain_head)
    return handover(store, handover_id)


def missing_signatures(store: Store, handover_id: int) -> tuple[tuple[Side, Post], ...]:
    """Which signatures are still needed before the handover is sealed."""
    found = handover(store, handover_id)
    given = {(s.side, s.post) for s in found.signatures}
    needed: list[tuple[Side, Post]] = [("out", Post.MAIN), ("in", Post.MAIN)]
    if leader_signs(store):
        needed += _leaders(store, found)
    return tuple(one for one in needed if one not in given)


def leader_signs(store: Store) -> bool:
    """The rule `handover.leader_signs`: whether the leaders sign beside the main officers."""
    return bool(rule(store, "handover.leader_signs").value)


def _leaders(store: Store, found: Handover) -> list[tuple[Side, Post]]:
    """Leaders where there are any; one who leads both shifts signs the outgoing side only."""
    out = holder(store, found.shift_id, Post.LEADER)
    coming = holder(store, found.next_shift_id, Post.LEADER) if found.next_shift_id else None
    needed: list[tuple[Side, Post]] = [("out", Post.LEADER)] if out else []
    if coming and (out is None or coming.officer_id != out.officer_id):
        needed.append(("in", Post.LEADER))
    return needed


def _check_signer(store: Store, found: Handover, signer: Officer, side: Side,
                  post: Post) -> None:
    if post not in SIGNING_POSTS:
        raise Refused("A handover is signed by the main officers and the leaders.",
                      field="post")
    if any(s.officer_id == signer.id and s.side != side for s in found.signatures):
        raise Refused("{name} signed the other side. One person cannot hand over to"
                      " themselves.", field="officer", name=signer.name)
    shift_id = found.shift_id if side == "out" else found.next_shift_id
    if shift_id is None or not shift_people(store, shift_id):
        if not signer.roles & set(DESK):
            raise Refused("{name} may not take over the desk.", field="officer",
                          name=signer.name)
        return
    seat = [s for s in shift_people(store, shift_id) if s.post is post]
    if not any(s.officer_id == signer.id for s in seat):
        raise Refused("{name} does not hold this post on the shift. If people changed, note the"
                      " replacement on the shift first.", field="officer", name=signer.name)


def _sign(tx: Transaction, found: Handover, signer: Officer, side: Side, post: Post) -> None:
    values = {"officer_id": signer.id, "at": to_text(tx.store.clock.now()),
              "log_no": found.facts.log_last, "withdrawn_at": None}
    row = tx.run("""select id from signature where handover_id = :id and side = :side
        and post = :post""", id=found.id, side=side, post=str(post)).fetchone()
    if row:
        tx.update("signature", row["id"], **values)
    else:
        tx.insert("signature", {"handover_id": found.id, "side": side, "post": str(post),
                                **values})


def _seal(tx: Transaction, found: Handover, by: Officer, chain_no: int, head: str) -> None:
    store, now = tx.store, to_text(tx.store.clock.now())
    going = shift(store, found.shift_id)
    coming = _next(tx, found, going)
    facts = gather(store, going, coming, found.number)
    frozen = freeze(facts)
    content = sealed_content(store, found.id, frozen)
    digest = digest_of(content)
    close_to(tx, going.id, by, number=found.number)
    tx.update("handover", found.id, state="sealed", facts=frozen, digest=digest,
              code=code_of(digest), sealed_at=now, chain_no=chain_no, chain_head=head,
              next_shift_id=coming.id)
    open_to(tx, coming.id, by)


def _next(tx: Transaction, found: Handover, going: Shift) -> Shift:
    """The shift that takes over; without a roster it follows at once, as long as this one."""
    if found.next_shift_id is not None:
        return shift(tx.store, found.next_shift_id)
    main = next(s for s in found.signatures if s.side == "in" and s.post is Post.MAIN)
    begin = going.ends_at
    officer = Officer(OfficerId(main.officer_id), main.name, frozenset())
    made = make_shift(tx, begin, begin + (going.ends_at - going.starts_at), officer)
    return shift(tx.store, made)


def sealed_content(store: Store, handover_id: int, frozen: str) -> dict[str, object]:
    """What the digest is made of: facts, words, checks and signatures as they are stored."""
    row = store.read("select number, words, checks from handover where id = :id",
                     id=handover_id)[0]
    signed = store.read("""select officer_id, side, post, at, log_no from signature
        where handover_id = :id and withdrawn_at is null order by side, post""", id=handover_id)
    return {"number": row["number"], "facts": json.loads(frozen),
            "words": json.loads(row["words"]), "checks": json.loads(row["checks"]),
            "signatures": [dict(s) for s in signed]}


