"""Escalation 升级: who stays silent is tried at the next number or person after a set time."""

from __future__ import annotations

import json
from datetime import timedelta

from db.change import RowId
from db.clock import to_text
from db.store import Store
from dispatch.net.channels import channels
from dispatch.net.outbox import queue
from resources.net import Contact
from resources.people import SYSTEM


def escalate(store: Store) -> int:
    """Go on to the next number of everybody whose time is up; how many did."""
    now = store.clock.now()
    rows = store.read("""select t.id, t.step, t.steps, c.minutes, c.channels from callout_to t
        join callout c on c.id = t.callout_id where t.answer = '' and c.closed_at is null
        and t.next_at is not null and t.next_at <= :now""", now=to_text(now))
    if not rows:
        return 0
    known = {c.id: c for c in channels(store, active=True)}
    with store.change("callout.escalate", SYSTEM) as tx:
        for r in rows:
            steps = steps_of(r["steps"])
            following = r["step"] + 1
            last = following >= len(steps)
            tx.update("callout_to", r["id"], step=min(following, max(0, len(steps) - 1)),
                      next_at=None if last else to_text(now + timedelta(minutes=r["minutes"])))
            if not last:
                queue(tx, RowId(r["id"]), steps, following,
                      [known[i] for i in json.loads(r["channels"]) if i in known])
    return len(rows)


def steps_of(kept: str) -> tuple[Contact, ...]:
    """The numbers that were frozen for a recipient when it was called."""
    return tuple(Contact(*row) for row in json.loads(kept))
