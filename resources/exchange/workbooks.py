"""Workbooks 工作簿: the one door by which an xlsx leaves; its texts are never formulas or links."""

from __future__ import annotations

import io
from typing import Any

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False}


def new_workbook(out: io.BytesIO, **more: object) -> Any:
    """A workbook written into `out` once it is closed; xlsxwriter takes a while to import, so it
    is loaded here."""
    import xlsxwriter

    return xlsxwriter.Workbook(out, {**SAFE, **more})
