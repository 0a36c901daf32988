"""Real services on loopback: an HTTP gateway and an SMTP server that behave as they are told."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


class Gateway:
    """Takes web hooks. `manners` maps a phone to `ok`, a status, `drop`, `slow` or `fast` (an
    error code in a 200); `taken` counts what it took, `seen` all that reached it."""

    def __init__(self) -> None:
        self.manners: dict[str, str] = {}
        self.usual = "ok"
        self.wait = 0.0
        self.taken: Counter[str] = Counter()
        self.seen: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                gateway.answer(self, json.loads(self.rfile.read(size)))

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/send"

    def answer(self, to: BaseHTTPRequestHandler, message: dict[str, Any]) -> None:
        phone, manner = message["phone"], self.manners.get(message["phone"], self.usual)
        time.sleep(self.wait)
        taken = manner in ("ok", "slow", "drop", "delivered", "504")
        with self._lock:
            self.seen.append({**message, "header": to.headers["X-Watchdesk-Key"]})
            self.taken[phone] += taken
        if manner == "drop":
            to.connection.shutdown(socket.SHUT_RDWR)
            return
        if manner == "slow":
            time.sleep(1.5)
        body = {"fast": {"errcode": 130101}, "no": {"errcode": 310000},
                "delivered": {"state": "delivered"}}.get(manner, {"errcode": 0})
        with contextlib.suppress(OSError):
            to.send_response(int(manner) if manner.isdigit() else 200)
            to.end_headers()
            to.wfile.write(json.dumps(body).encode())

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextlib.contextmanager
def a_gateway() -> Iterator[Gateway]:
    made = Gateway()
    try:
        yield made
    finally:
        made.close()


class Post:
    """Takes mail; `no` in an address is refused, `busy` put off once, `cut` breaks the line
    after the message went."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.texts: dict[str, bytes] = {}
        self.busy: Counter[str] = Counter()

    async def handle_RCPT(  # noqa: N802 - the server asks for this name
        self, _server: Any, _session: Any, envelope: Any, address: str,
                          _options: Any) -> str:
        if address.startswith("no"):
            return "550 no such mailbox"
        if address.startswith("busy"):
            self.busy[address] += 1
            if self.busy[address] == 1:
                return "451 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
            self, server: Any, _session: Any, envelope: Any) -> str:
        for address in envelope.rcpt_tos:
            self.taken[address] += 1
            self.texts[address] = envelope.content
        if envelope.rcpt_tos[0].startswith("cut"):
            server.transport.abort()
        return "250 OK"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def a_post_office(port: int | None = None) -> Iterator[tuple[Post, str]]:
    post, at = Post(), port or free_port()
    controller = Controller(post, hostname="127.0.0.1", port=at)
    controller.start()
    try:
        yield post, f"127.0.0.1:{at}"
    finally:
        controller.stop()
