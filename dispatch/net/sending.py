"""Sending 发送: one message through the library, and what truly became of it.

The library answers yes or no, which is too little for what must never be sent twice: a refused
connection has surely not been taken, a connection that broke after the message went may have
been. So what the service itself said, or what broke, is heard beside the library and judged.
This module imports the library (a quarter of a second) only when something is sent.
"""

from __future__ import annotations

import functools
import json
import logging
import re
import smtplib
import sys
import threading
from dataclasses import dataclass, replace
from typing import Any

from db.errors import WatchdeskError
from db.reasons import reason
from db.words import t
from dispatch.net.addresses import Letter, service_url
from dispatch.net.channels import Channel
from dispatch.net.terms import ChannelKind, SendState

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message and the service's words; `again` when it may be tried once more."""

    state: SendState
    says: str = ""
    again: bool = False


SENT = Outcome(SendState.SENT)


class _Heard(threading.local):
    """What this thread's service said: status and body of an answer, or what broke."""

    status: int | None = None
    body: bytes = b""
    broke: BaseException | None = None

    def clear(self) -> None:
        self.status, self.body, self.broke = None, b"", None


_heard = _Heard()


class _Ear(logging.Filter):
    """The library logs inside its `except`, so that the exception at hand is the one that broke
    it. Nothing is let through: its lines hold tokens."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 - only what broke counts
        broke = sys.exc_info()[1]
        if broke is not None:
            _heard.broke = broke
        return False


@functools.cache
def _library() -> Any:
    import apprise
    import requests

    log = logging.getLogger("apprise")
    log.setLevel(logging.DEBUG)
    log.addFilter(_Ear())
    plain = requests.Session.send

    @functools.wraps(plain)
    def listening(self: Any, request: Any, **how: Any) -> Any:
        answer = plain(self, request, **how)
        _heard.status, _heard.body = answer.status_code, answer.content[:2000]
        return answer

    requests.Session.send = listening  # type: ignore[method-assign]
    return apprise


def send(channel: Channel, secret: str, letter: Letter, seconds: float) -> Outcome:
    """Send one message and say what became of it; takes up to `seconds`, on any thread."""
    if channel.kind is ChannelKind.TEST:
        return Outcome(SendState.SENT, t("local test: nothing left this machine"))
    try:
        service = _service(channel, secret, letter, seconds)
    except WatchdeskError as error:
        return Outcome(SendState.REFUSED, str(error)[:LONGEST])
    except Exception as error:  # noqa: BLE001 - nothing has left the machine yet
        return Outcome(SendState.FAILED, reason(error))
    if service is None:
        return Outcome(SendState.REFUSED, t("The channel's address or token is not accepted."))
    _heard.clear()
    try:
        taken = bool(service.notify(body=letter.text, title=letter.title))
    except Exception as error:  # noqa: BLE001 - it may have got out before the fault
        return Outcome(SendState.UNKNOWN, reason(error))
    found = judge(taken=taken, status=_heard.status, body=_heard.body, broke=_heard.broke)
    return replace(found, says=hide(found.says, secret))


def _service(channel: Channel, secret: str, letter: Letter, seconds: float) -> Any:
    library = _library()
    asset = library.AppriseAsset(app_id="Watchdesk", async_mode=False, storage_mode=None)
    return library.Apprise.instantiate(service_url(channel, secret, letter, seconds), asset=asset)


URL = re.compile(r"(with url: )\S+", re.IGNORECASE)


def hide(says: str, secret: str) -> str:
    """A service's words without the address that was called and without the secret. Pure."""
    plain = URL.sub(r"\1…", says)
    for part in filter(lambda p: len(p) > 3, re.split(r"[\s:@/?&=]+", secret)):
        plain = plain.replace(part, "…")
    return plain[:LONGEST]


def judge(*, taken: bool, status: int | None, body: bytes, broke: BaseException | None) -> Outcome:
    """What became of a message, from what was heard. Pure.

    Only what surely was not taken is tried again; whatever may have got out is UNKNOWN.
    """
    if status is not None and broke is None:
        return _by_answer(status, body)
    if broke is not None and not taken:
        return _by_fault(broke)
    return SENT if taken else Outcome(SendState.UNKNOWN, t("The service did not say."))


BUSY = (408, 425, 429)
"""Answers of HTTP that ask to come again."""
MAYBE = (502, 504)
"""A gateway that lost its own service: the message may have been taken behind it."""
TOO_FAST = {130101, 45009, 9499, 11232}
"""Codes of DingTalk, WeCom and Feishu for too many messages a minute."""


def _by_answer(status: int, body: bytes) -> Outcome:
    words = " ".join(body.decode("utf-8", "replace").split())[:LONGEST]
    says = f"HTTP {status} {words}".strip()
    if status in BUSY or status in (500, 503):
        return Outcome(SendState.FAILED, says, again=True)
    if status in MAYBE:
        return Outcome(SendState.UNKNOWN, says)
    if not 200 <= status < 300:
        return Outcome(SendState.REFUSED, says)
    code, state = _said(body)
    if code in TOO_FAST:
        return Outcome(SendState.FAILED, says, again=True)
    if code:
        return Outcome(SendState.REFUSED, says)
    return Outcome(SendState.DELIVERED, says) if state == "delivered" else SENT


def _said(body: bytes) -> tuple[int, str]:
    """The error code and state that a service puts into its answer; robots say 200 to all."""
    try:
        found = json.loads(body)
    except ValueError:
        return 0, ""
    if not isinstance(found, dict):
        return 0, ""
    code = found.get("errcode", found.get("code", found.get("StatusCode", 0)))
    state = str(found.get("state", found.get("status", ""))).lower()
    return (code if isinstance(code, int) and code not in (0, 200) else 0), state


NEVER_LEFT = re.compile(r"refused|getaddrinfo|name or service|resol|no route|unreachable|"
                        r"ConnectTimeout|NewConnection|connect timeout|certificate", re.IGNORECASE)


def _by_fault(broke: BaseException) -> Outcome:
    says, heard = reason(broke), f"{type(broke).__name__}: {broke!r} {broke}"
    if isinstance(broke, smtplib.SMTPRecipientsRefused):
        codes = [int(code) for code, _words in broke.recipients.values()]
        words = "; ".join(_plain(w) for _code, w in broke.recipients.values())
        return _by_code(max(codes, default=0), f"{max(codes, default=0)} {words}"[:LONGEST])
    if isinstance(broke, smtplib.SMTPResponseException):
        return _by_code(broke.smtp_code, f"{broke.smtp_code} {_plain(broke.smtp_error)}"[:LONGEST])
    if isinstance(broke, ConnectionRefusedError) or NEVER_LEFT.search(heard):
        return Outcome(SendState.FAILED, says, again=True)
    return Outcome(SendState.UNKNOWN, says)


def _by_code(code: int, says: str) -> Outcome:
    """SMTP: 4xx asks to come again, 5xx will not take it (RFC 5321, 4.2.1)."""
    if 400 <= code < 500:
        return Outcome(SendState.FAILED, says, again=True)
    return Outcome(SendState.REFUSED if code >= 500 else SendState.UNKNOWN, says)


def _plain(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
