"""The program log 程序日志: rotating, beside the store, and without any personal data."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import re
import traceback
from pathlib import Path
from types import TracebackType

from db.errors import WatchdeskError

FOLDER, FILE, CRASH = "program-log", "watchdesk.log", "crash.log"
LOG_BYTES, LOG_FILES = 1_000_000, 5
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
                 r"\u3000-\u303f\uff00-\uffef]+")
DIGITS = re.compile(r"(?<![\da-fA-F])(?:\d[ -]?){6,}[\dXx](?![\da-fA-F])")
TIME = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
log = logging.getLogger(__name__)


def discreet(text: str) -> str:
    """The text without what may be somebody's: Chinese words, phone and id numbers, the home.

    The program itself logs in English, so whatever is Chinese was typed by a person.
    """
    text = text.replace(str(Path.home()), "~")
    return DIGITS.sub("#", HAN.sub("…", text))


class Discreet(logging.Formatter):
    """Errors by their kind and place, never by their words: those may quote what was typed."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        kept = logging.makeLogRecord({**record.__dict__, "exc_text": None})
        if isinstance(kept.args, tuple):
            kept.args = tuple(_kind(a) if isinstance(a, BaseException) else a for a in kept.args)
        line = super().format(kept)
        stamp = TIME.match(line)
        head = stamp.group() if stamp else ""
        return head + discreet(line[len(head):])

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's own name
        lines, error = list[str](), ei[1]
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            lines += [f"  {Path(f.filename).name}:{f.lineno} in {f.name}"
                      for f in traceback.extract_tb(error.__traceback__)]
            lines.append(_kind(error))
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def _kind(error: BaseException) -> str:
    source = f": {error.source}" if isinstance(error, WatchdeskError) else ""
    return f"{type(error).__module__}.{type(error).__name__}{source}"


def keep_program_log(folder: Path) -> logging.Handler | None:
    """Log into the district's folder from now on; None where that cannot be written."""
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / FOLDER / FILE, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    except OSError as error:
        log.warning("no program log: %s", error)
        return None
    handler.setFormatter(Discreet())
    logging.getLogger().addHandler(handler)
    return handler


def crashed_before(folder: Path) -> bool:
    """Whether the process before this one died in native code; its trace is kept for a report,
    and this one's will be noted."""
    path = folder / FOLDER / CRASH
    try:
        died = path.exists() and path.stat().st_size > 0
        if died:
            path.replace(path.with_name("crash-before.log"))
        file = path.open("w", encoding="utf-8")  # open as long as the process
        faulthandler.enable(file)
    except OSError as error:
        log.warning("no crash log: %s", error)
        return False
    return died
