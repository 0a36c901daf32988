"""Reasons 原因: what the system or a library met, in the person's words, never in its English."""

from __future__ import annotations

import csv
import errno
import json
import sqlite3
import struct
import zipfile

from db.words import mark, t

OF_ERRNO = {
    "ENOSPC": mark("reason|the disk is full"), "EDQUOT": mark("reason|the disk is full"),
    "EACCES": mark("reason|there is no right to it"),
    "EPERM": mark("reason|there is no right to it"),
    "ENOENT": mark("reason|there is no such file or folder"),
    "ENOTDIR": mark("reason|a part of the path is no folder"),
    "EISDIR": mark("reason|it is a folder"),
    "EEXIST": mark("reason|there is one of that name already"),
    "ENOTEMPTY": mark("reason|the folder is not empty"),
    "EROFS": mark("reason|the disk can only be read"),
    "EIO": mark("reason|the disk or drive does not answer properly"),
    "ENXIO": mark("reason|the disk or drive does not answer properly"),
    "ENODEV": mark("reason|the disk or drive does not answer properly"),
    "ENAMETOOLONG": mark("reason|the name is too long"),
    "EINVAL": mark("reason|the name or place cannot be used"),
    "EBUSY": mark("reason|another program is using it"),
    "ETXTBSY": mark("reason|another program is using it"),
    "EFBIG": mark("reason|the file is too large for this disk"),
    "EMFILE": mark("reason|too many files are open"),
    "ENFILE": mark("reason|too many files are open"),
    "ENOMEM": mark("reason|there is not enough memory"),
    "ECONNREFUSED": mark("reason|the other side refuses the connection"),
    "ECONNRESET": mark("reason|the connection was cut"),
    "EPIPE": mark("reason|the connection was cut"),
    "ECONNABORTED": mark("reason|the connection was cut"),
    "ENETUNREACH": mark("reason|there is no network to it"),
    "EHOSTUNREACH": mark("reason|there is no network to it"),
    "ETIMEDOUT": mark("reason|there was no answer in time"),
    "EADDRINUSE": mark("reason|another program is using it"),
}
"""By the name of the error; not every system has each of them."""
SHARED = frozenset({32, 33})
"""Windows: another program has the file open, or a part of it locked."""
OF_SQLITE = {
    26: mark("reason|it is no database file"), 11: mark("reason|the file is damaged"),
    13: mark("reason|the disk is full"), 5: mark("reason|another program is using it"),
    6: mark("reason|another program is using it"),
    8: mark("reason|there is no right to it"), 14: mark("reason|it cannot be opened"),
    10: mark("reason|the disk or drive does not answer properly"),
    9: mark("reason|it takes too long"),
    19: mark("reason|it contradicts what is there already"),
    1: mark("reason|what belongs in the file is not there")}
"""By SQLite's primary result code."""
OF_KIND: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((UnicodeError,), mark("reason|it is no text that can be read")),
    ((json.JSONDecodeError,), mark("reason|it is no JSON")),
    ((zipfile.BadZipFile, EOFError, struct.error), mark("reason|the file is damaged")),
    ((csv.Error,), mark("reason|a cell is too long or a quotation mark is missing")),
    ((MemoryError, OverflowError), mark("reason|there is not enough memory")),
    ((TimeoutError,), mark("reason|there was no answer in time")),
    ((NotImplementedError,), mark("reason|this disk cannot do it")),
    ((ValueError, TypeError, LookupError, AttributeError),
     mark("reason|what is in it does not belong there")))
OF_LIBRARY = {
    "python_calamine": mark("reason|it is no workbook that can be read"),
    "pyo3_runtime": mark("reason|it is no workbook that can be read"),
    "zipfile": mark("reason|the file is damaged"),
    "shapefile": mark("reason|the file is damaged or belongs to another one"),
    "keyring": mark("reason|there is none, or it is locked"),
    "secretstorage": mark("reason|there is none, or it is locked"),
    "jeepney": mark("reason|there is none, or it is locked"),
    "ssl": mark("reason|the certificate of the other side is not accepted"),
    "socket": mark("reason|the other side's name is not known in the network"),
    "smtplib": mark("reason|the mail server did not take it"),
    "requests": mark("reason|there is no connection to it"),
    "urllib3": mark("reason|there is no connection to it"),
    "pypdfium2": mark("reason|it is no PDF that can be read"),
}
"""By the package in which an exception is at home."""


OF_NAME = {"Timeout": mark("reason|there was no answer in time"),
           "SSL": mark("reason|the certificate of the other side is not accepted"),
           "Password": mark("reason|it is protected by a password")}


def reason(error: BaseException) -> str:
    """Why it went wrong, as the end of a sentence in the language in use.

    What is not foreseen is named by its kind alone, for whoever is asked for help.
    """
    found = (_of_name(error) or OF_LIBRARY.get(type(error).__module__.partition(".")[0])
             or _of_system(error) or _of_sqlite(error)
             or next((words for kinds, words in OF_KIND if isinstance(error, kinds)), ""))
    return t(found) if found else t("reason|unforeseen, {kind}", kind=type(error).__name__)


def _of_system(error: BaseException) -> str:
    if not isinstance(error, OSError) or error.errno is None:
        return ""
    if getattr(error, "winerror", None) in SHARED:
        return OF_ERRNO["EBUSY"]
    return OF_ERRNO.get(errno.errorcode.get(error.errno, ""), "")


def _of_sqlite(error: BaseException) -> str:
    if not isinstance(error, sqlite3.Error):
        return ""
    code = int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    return OF_SQLITE.get(code, mark("reason|the file cannot be used"))


def _of_name(error: BaseException) -> str:
    """Libraries of the network have exceptions of their own for the same two things."""
    name = type(error).__name__
    return next((words for part, words in OF_NAME.items() if part in name), "")
