"""A program of its own that carries a store's outbox until it is killed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import keyring
from keyring.backends.null import Keyring

from db.clock import SystemClock
from db.store import FILE_NAME, Store
from dispatch.net.courier import Courier


def main(folder: str) -> None:
    keyring.set_keyring(Keyring())
    store = Store.open(Path(folder) / FILE_NAME, SystemClock())
    courier = Courier(store)
    while courier.pump():
        time.sleep(0.001)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1])
