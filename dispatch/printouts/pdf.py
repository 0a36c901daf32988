"""The pen 出图: pages of marks become PDF bytes. The only module that knows ReportLab."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path as File
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from dispatch.printouts.compose import Composition, compose, paper_size
from dispatch.printouts.page import (
    BOX_LINE,
    GRID_GREY,
    GRID_LINE,
    MM,
    Box,
    Code,
    Disc,
    Ghost,
    Hatch,
    Image,
    Line,
    Mesh,
    Page,
    Path,
    Stroke,
    Word,
)
from dispatch.printouts.sheet import Sheet
from dispatch.printouts.typeset import Metrics

REGULAR, BOLD = "WatchdeskRegular", "WatchdeskBold"
FILES = {REGULAR: "NotoSansSC-Regular.ttf", BOLD: "NotoSansSC-Bold.ttf"}
QUIET_ZONE = 4
"""White modules around a QR code (GB/T 18284 / ISO 18004)."""
ROUND = 0.5523
"""Handle length that makes a Bezier curve a quarter of a circle."""


class PrintCancelled(Exception):
    """The person who asked for the paper no longer wants it."""


def metrics_of(fonts: File) -> Metrics:
    """Character widths of the fonts in a folder.

    Raises:
        OSError: a font file is not there.
    """
    return _fonts(str(fonts))[1]


def render(
    sheet: Sheet,
    fonts: File,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The sheet as PDF bytes; the same sheet always gives the same bytes.

    `fonts` holds the two Noto Sans SC files; `progress` is told a share from 0 to 1.

    Raises:
        PrintCancelled: `cancelled` said yes.
        OSError: a font file is not there.
    """
    return draw(compose(sheet, metrics_of(fonts)), sheet, fonts, progress, cancelled)


def draw(
    composition: Composition,
    sheet: Sheet,
    fonts: File,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The composed pages as PDF bytes; see `render`."""
    out = BytesIO()
    faces = _fonts(str(fonts))[0]
    canvas = Canvas(
        out, pagesize=paper_size(sheet), invariant=1, initialFontName=faces[0].fontName
    )
    _date(canvas, sheet.made_at)
    canvas.setTitle(" ".join(part for part in (sheet.title, sheet.number) if part))
    canvas.setAuthor(sheet.org)
    canvas.setCreator("Watchdesk")
    pen = _Pen(canvas, faces, paper_size(sheet)[1])
    for number, page in enumerate(composition.pages, 1):
        if cancelled and cancelled():
            raise PrintCancelled
        for image, y in _images(page):
            canvas.drawImage(ImageReader(BytesIO(image.data)), sheet.margins.left * MM + image.x,
                             paper_size(sheet)[1] - y - image.y - image.height, image.width,
                             image.height)
        canvas.addLiteral(pen.page(page, sheet.margins.left * MM))
        canvas.showPage()
        if progress:
            progress(number / len(composition.pages) * 0.95)
    canvas.save()
    if progress:
        progress(1.0)
    return out.getvalue()


def _images(page: Page) -> list[tuple[Image, float]]:
    """The pictures of a page with the tops of their pieces; they lie below everything else."""
    return [(mark, y) for y, marks in page.pieces for mark in marks if isinstance(mark, Image)]


class _Face(TTFont):  # type: ignore[misc]
    """A font whose rare characters (beyond U+FFFF, in names) can be copied out of the PDF.

    ReportLab writes their code as one number where the PDF asks for UTF-16.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        super().addObjects(doc)
        for name, made in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                made.content = re.sub(r" <([0-9A-F]{5,6})>", _utf16, made.content)


def _utf16(found: re.Match[str]) -> str:
    return f" <{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


@lru_cache(maxsize=4)
def _fonts(folder: str) -> tuple[tuple[Any, Any], Metrics]:
    """Parsing ten megabytes twice takes 0.15 s, so it is done once for a folder."""
    faces, tables = [], []
    for name, file in FILES.items():
        path = File(folder) / file
        with path.open("rb"):
            face = _Face(f"{name}-{abs(hash(folder))}", str(path))
        pdfmetrics.registerFont(face)
        faces.append(face)
        widths = face.face.charWidths
        tables.append({chr(c): widths[c] / 1000 for c in face.face.charToGlyph if c >= 32})
    return (faces[0], faces[1]), Metrics(tables[0], tables[1])


def _date(canvas: Canvas, at: datetime) -> None:
    """ReportLab knows today or the year 2000; the paper must bear its own date."""
    stamp, utc = canvas._doc._timeStamp, at.astimezone(UTC)
    stamp.t, stamp.lt = utc.timestamp(), utc.timetuple()
    stamp.YMDhms, stamp.dhh, stamp.dmm = tuple(utc.timetuple())[:6], 0, 0


class _Pen:
    """Writes marks as PDF operators: five times as fast as the canvas's own calls."""

    def __init__(self, canvas: Canvas, faces: tuple[Any, Any], height: float) -> None:
        self._doc, self._height = canvas._doc, height
        self._faces = faces
        self._signs: tuple[dict[str, tuple[int, str]], ...] = ({}, {})
        self._names: dict[tuple[bool, int], str] = {}
        self._left = 0.0

    def page(self, page: Page, left: float) -> str:
        """All operators of a page whose text area begins at `left` points."""
        self._left = left
        return "\n".join(
            self._mark(mark, self._height - y) for y, marks in page.pieces for mark in marks
            if not isinstance(mark, Image)
        )

    def _mark(self, mark: Stroke, top: float) -> str:
        match mark:
            case Word():
                return self._word(mark, top)
            case Mesh():
                return self._mesh(mark, top)
            case Line():
                return self._line(mark, top)
            case Box():
                return self._box(mark, top)
            case Hatch():
                return self._hatch(mark, top)
            case Disc():
                return self._disc(mark, top)
            case Path():
                return self._path(mark, top)
            case Code():
                return self._code(mark, top)
            case Ghost():
                return self._ghost(mark, top)

    def _word(self, word: Word, top: float) -> str:
        place = f"1 0 0 1 {self._left + word.x:.2f} {top - word.y:.2f} Tm"
        text = f"BT {place} {self._shown(word.text, word.size, bold=word.bold)} ET"
        return f"q {word.grey:g} g {text} Q" if word.grey else text

    def _shown(self, text: str, size: float, *, bold: bool) -> str:
        """Operators that show text: a font of the subset for each stretch of it."""
        signs, parts, current = self._signs[bold], [], -1
        chunk: list[str] = []
        for char in text:
            subset, byte = signs.get(char) or self._sign(char, bold=bold)
            if subset != current:
                if chunk:
                    parts.append(f"({''.join(chunk)}) Tj")
                    chunk = []
                parts.append(f"{self._names[bold, subset]} {size:g} Tf")
                current = subset
            chunk.append(byte)
        parts.append(f"({''.join(chunk)}) Tj")
        return " ".join(parts)

    def _sign(self, char: str, *, bold: bool) -> tuple[int, str]:
        face = self._faces[bold]
        subset, code = face.splitString(char, self._doc)[0]
        self._names[bold, subset] = face.getSubsetInternalName(subset, self._doc)
        found = self._signs[bold][char] = subset, f"\\{code[0]:03o}"
        return found

    def _line(self, line: Line, top: float) -> str:
        dash = f"[{' '.join(f'{d:g}' for d in line.dash)}] 0 d " if line.dash else ""
        return (
            f"q {dash}{line.width:g} w {line.grey:g} G "
            f"{self._left + line.x1:.2f} {top - line.y1:.2f} m "
            f"{self._left + line.x2:.2f} {top - line.y2:.2f} l S Q"
        )

    def _box(self, box: Box, top: float) -> str:
        colours = f"{box.fill:g} g " if box.fill >= 0 else ""
        colours += f"{box.line:g} w 0 G " if box.line else ""
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
            (box.fill >= 0, box.line > 0), "n"
        )
        return f"q {colours}{self._rectangle(box, top)} {paint} Q"

    def _rectangle(self, box: Box | Hatch, top: float) -> str:
        x, y = self._left + box.x, top - box.y - box.height
        return f"{x:.2f} {y:.2f} {box.width:.2f} {box.height:.2f} re"

    def _hatch(self, hatch: Hatch, top: float) -> str:
        x, low = self._left + hatch.x, top - hatch.y - hatch.height
        strokes, shift = [], -hatch.height
        while shift < hatch.width:
            strokes.append(
                f"{x + shift:.2f} {low:.2f} m {x + shift + hatch.height:.2f} "
                f"{low + hatch.height:.2f} l"
            )
            shift += 2.6
        rectangle = self._rectangle(hatch, top)
        return f"q 1 g {rectangle} f {rectangle} W n 0.5 w 0 G {' '.join(strokes)} S Q"

    def _disc(self, disc: Disc, top: float) -> str:
        x, y, r = self._left + disc.x, top - disc.y, disc.radius
        k = r * ROUND
        curves = (
            (x + r, y + k, x + k, y + r, x, y + r),
            (x - k, y + r, x - r, y + k, x - r, y),
            (x - r, y - k, x - k, y - r, x, y - r),
            (x + k, y - r, x + r, y - k, x + r, y),
        )
        path = " ".join(" ".join(f"{n:.2f}" for n in curve) + " c" for curve in curves)
        return f"q 1 g 0 G 0.9 w {x + r:.2f} {y:.2f} m {path} b Q"

    def _path(self, path: Path, top: float) -> str:
        steps = " ".join(
            f"{self._left + x:.2f} {top - y:.2f} {'l' if at else 'm'}"
            for at, (x, y) in enumerate(path.points)
        )
        return f"q 0 g {steps} f Q" if path.filled else f"q {path.width:g} w 0 G {steps} S Q"

    def _mesh(self, mesh: Mesh, top: float) -> str:
        low, right = top - mesh.height, self._left + mesh.width
        upright = "{0:.2f} {1:.2f} m {0:.2f} {2:.2f} l".format
        fine = [upright(self._left + x, top, low) for x in mesh.inner]
        if mesh.ruled:
            fine.append(f"{self._left:.2f} {low:.2f} m {right:.2f} {low:.2f} l")
        edges = (0.0, *mesh.heavy, mesh.width)
        strong = " ".join(upright(self._left + x, top, low) for x in edges)
        thin = f"{GRID_LINE:g} w {GRID_GREY:g} G {' '.join(fine)} S " if fine else ""
        return f"q {thin}{BOX_LINE:g} w 0 G {strong} S Q"

    def _code(self, code: Code, top: float) -> str:
        rows = _qr(code.payload)
        step = code.size / (len(rows) + 2 * QUIET_ZONE)
        squares = []
        for down, row in enumerate(rows):
            y = top - code.y - (down + QUIET_ZONE + 1) * step
            for along, dark in enumerate(row):
                if dark:
                    x = self._left + code.x + (along + QUIET_ZONE) * step
                    squares.append(f"{x:.3f} {y:.3f} {step:.3f} {step:.3f} re")
        return f"q 0 g {' '.join(squares)} f Q"

    def _ghost(self, ghost: Ghost, top: float) -> str:
        width = sum(self._faces[1].face.charWidths.get(ord(c), 0) for c in ghost.text)
        half = width * ghost.size / 2000
        x, y = self._left + ghost.x - half * 0.707, top - ghost.y - half * 0.707
        shown = self._shown(ghost.text, ghost.size, bold=True)
        return f"q 0.9 g BT 0.707 0.707 -0.707 0.707 {x:.2f} {y:.2f} Tm {shown} ET Q"


@lru_cache(maxsize=32)
def _qr(payload: str) -> tuple[tuple[bool, ...], ...]:
    """Modules of the smallest code with medium error correction."""
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(payload)
    code.make()
    side = range(code.getModuleCount())
    return tuple(tuple(bool(code.isDark(row, column)) for column in side) for row in side)
