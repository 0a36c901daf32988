"""Sound 声音: a tone before a deadline runs out, by whatever this machine can play it with."""

from __future__ import annotations

import io
import math
import shutil
import struct
import sys
import tempfile
import wave
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

RATE, PITCHES, LENGTH = 22_050, (880.0, 660.0, 880.0), 0.22
PLAYERS = (("paplay",), ("pw-play",), ("aplay", "-q"), ("afplay",))
"""Qt's own sound is not in Essentials; on Windows the standard library plays."""


def play() -> bool:
    """Sound once, without waiting for its end; whether a player was found."""
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(_file()), winsound.SND_FILENAME | winsound.SND_ASYNC)
        return True
    for name, *more in PLAYERS:
        path = shutil.which(name)
        if path and QProcess.startDetached(path, [*more, str(_file())]):
            return True
    QApplication.beep()
    return False


def tone() -> bytes:
    """Three short tones as WAV: 16 bit, one channel, 22,050 Hz."""
    frames = bytearray()
    count = int(RATE * LENGTH)
    for pitch in PITCHES:
        for at in range(count):
            fade = min(1.0, at / 400, (count - at) / 400)
            level = 0.4 * fade * math.sin(2 * math.pi * pitch * at / RATE)
            frames += struct.pack("<h", int(32767 * level))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(frames))
    return out.getvalue()


@lru_cache(maxsize=1)
def _file() -> Path:
    path = Path(tempfile.mkdtemp(prefix="watchdesk-")) / "notice.wav"
    path.write_bytes(tone())
    return path
