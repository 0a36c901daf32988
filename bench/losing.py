"""The row of what was acknowledged: a writer killed again and again, and nothing of it lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from bench.measure import Row

TEST = "tests/dispatch/test_never_lose.py::" \
       "test_killed_at_random_instants_every_acknowledged_entry_is_there"


def killed(times: int) -> list[Row]:
    """The suite's own test, which kills a few times, as often as the qualities ask."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TEST], check=False,
        capture_output=True, text=True, env={**os.environ, "WATCHDESK_KILLS": str(times)})
    said = "all there, chain and pages sound" if done.returncode == 0 \
        else done.stdout.strip()[-120:].replace("\n", " ")
    return [Row(f"killed (kill -9) {times} times at random instants",
                "every acknowledged entry there, the check finds nothing",
                f"{said}, {time.monotonic() - start:.0f} s", done.returncode == 0)]
