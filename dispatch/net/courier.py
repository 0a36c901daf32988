"""The courier 信使: carries the outbox to its services on threads of its own.

Whoever owns the store calls `pump` from the store's own thread: it writes what came back, lets
silent recipients' next numbers be tried, and hands over what may go. Nothing here knows Qt.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from db.errors import WatchdeskError
from db.store import Store
from dispatch.net.escalation import escalate
from dispatch.net.outbox import Parcel, claim, put_back, recover, settle, waiting
from dispatch.net.rules import TIMEOUT
from dispatch.net.secrets import secret_name, secret_of
from dispatch.net.sending import Outcome, send
from dispatch.net.terms import ChannelKind, SendState
from resources.rules import rule_or

WORKERS = 8


class Courier:
    """`unknown` is how many messages a program that ended before left without a fate."""

    def __init__(self, store: Store, workers: int = WORKERS) -> None:
        self.store, self.workers = store, workers
        self.flying: dict[Future[Outcome], Parcel] = {}
        self._pool: ThreadPoolExecutor | None = None
        self.unknown = 0 if store.read_only else recover(store)

    def pump(self) -> bool:
        """Write what came back and hand over what may go; False when nothing is left to do."""
        if self.store.read_only:
            return False
        self._land()
        escalate(self.store)
        if not self.flying and not waiting(self.store):
            return False
        for parcel in claim(self.store, self.workers - len(self.flying)):
            self._hand_over(parcel)
        return True

    def _land(self) -> None:
        done = [f for f in self.flying if f.done()]
        settle(self.store, [(self.flying[f], f.result()) for f in done])
        for future in done:
            del self.flying[future]

    def _hand_over(self, parcel: Parcel) -> None:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.workers, "watchdesk-courier")
        seconds = float(rule_or(self.store, TIMEOUT).value)
        name = secret_name(self.store, parcel.channel.id)
        self.flying[self._pool.submit(carry, parcel, name, seconds)] = parcel

    def close(self) -> None:
        """Wait for what is on its way, put back what was not handed over yet."""
        if self._pool is None:
            return
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None
        put_back(self.store, [p for f, p in self.flying.items() if f.cancelled()])
        self.flying = {f: p for f, p in self.flying.items() if not f.cancelled()}
        self._land()


def carry(parcel: Parcel, secret: str, seconds: float) -> Outcome:
    """Send one parcel with the secret kept under that name; runs beside the store's thread."""
    try:
        word = "" if parcel.channel.kind is ChannelKind.TEST else secret_of(secret)
    except WatchdeskError as error:
        if not _optional(parcel.channel.kind):
            return Outcome(SendState.FAILED, str(error))
        word = ""
    return send(parcel.channel, word, parcel.letter, seconds)


def _optional(kind: ChannelKind) -> bool:
    """Whether a channel may have no secret at all; a desk without a keyring can still use it."""
    return kind in (ChannelKind.MAIL, ChannelKind.HOOK, ChannelKind.SMS)
