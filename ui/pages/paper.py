"""A paper 文书 as the preview shows it: PDF bytes, opened and rendered page by page."""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from dispatch.printouts.sheet import Sheet

POINTS = 72
PRINT_DPI = 300
_ONE_AT_A_TIME = threading.Lock()
"""PDFium may be entered by one thread only, whichever document it works on."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed: its PDF, its title, a file name without ending, its code if sealed.

    `back_to` is the key of the page that Esc goes back to. With its `sheet` it can be saved as
    docx and copied as text too.
    """

    pdf: bytes
    title: str
    name: str = ""
    code: str = ""
    back_to: str = "desk"
    sheet: Sheet | None = None


@contextlib.contextmanager
def _document(pdf: bytes) -> Iterator[Any]:
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Several papers as one, in their order."""
    if len(pdfs) == 1:
        return pdfs[0]
    out = io.BytesIO()
    with _ONE_AT_A_TIME:
        whole = pypdfium2.PdfDocument.new()
        for pdf in pdfs:
            part = pypdfium2.PdfDocument(pdf)
            whole.import_pages(part)
            part.close()
        whole.save(out)
        whole.close()
    return out.getvalue()


def page_sizes(pdf: bytes) -> list[QSize]:
    """The pages' sizes in points (1/72 inch)."""
    with _document(pdf) as document:
        return [QSize(round(page.get_width()), round(page.get_height())) for page in document]


def page_image(pdf: bytes, number: int, scale: float) -> QImage:
    """Page `number` (from 0) at `scale` pixels to the point."""
    with _document(pdf) as document:
        bitmap = document[number].render(scale=scale, rev_byteorder=True)
        raw, width, height, stride = (bytes(bitmap.buffer), bitmap.width, bitmap.height,
                                      bitmap.stride)
        three = bitmap.n_channels == 3
    form = QImage.Format.Format_RGB888 if three else QImage.Format.Format_RGBX8888
    return QImage(raw, width, height, stride, form).copy()


def print_pages(pdf: bytes, printer: QPrinter, first: int, last: int,
                progress: Callable[[float], None]) -> int:
    """Send the pages `first` to `last` (from 0, both included) to a printer; how many went."""
    painter, wanted = QPainter(printer), range(first, last + 1)
    try:
        for done, number in enumerate(wanted):
            progress(done / len(wanted))
            if done:
                printer.newPage()
            place = printer.pageLayout().fullRectPixels(printer.resolution())
            origin = printer.pageLayout().paintRectPixels(printer.resolution()).topLeft()
            image = page_image(pdf, number, PRINT_DPI / POINTS)
            painter.drawImage(QRect(-origin, place.size()), image)
    finally:
        painter.end()
    return len(wanted)
