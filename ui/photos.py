"""Photos 照片 read for paper: scaled, turned upright, and small enough for a file that is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from db.words import t
from dispatch.printouts.pictures import PhotoFile, Unshown
from dispatch.printouts.sheet import Photo

LONGEST, QUALITY, MOST = 1000, 80, 40
"""Pixels of the longer side, which is 300 dpi at the width a photo has; of JPEG; photos a paper."""
LARGEST = 200_000_000
"""Pixels; what claims more is no photo that a camera took."""


def read_photos(files: Sequence[PhotoFile],
                progress: Callable[[float], None] = lambda _part: None) -> list[Photo | Unshown]:
    """The photos as a paper shows them, in their order; for a thread beside the window's."""
    found: list[Photo | Unshown] = []
    for number, file in enumerate(files):
        progress(number / len(files))
        if number < MOST:
            found.append(_read(file))
        else:
            found.append(Unshown(file.caption, t("paper|a report shows {n} photos", n=MOST)))
    return found


def _read(file: PhotoFile) -> Photo | Unshown:
    if not file.path.is_file():
        return Unshown(file.caption, t("paper|its file is no longer in the district's folder"))
    reader = QImageReader(str(file.path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if not reader.canRead() or not size.isValid():
        return Unshown(file.caption, t("paper|it is not a picture that can be read"))
    if size.width() * size.height() > LARGEST:
        return Unshown(file.caption, t("paper|it is too large ({wide} × {high} pixels)",
                                       wide=size.width(), high=size.height()))
    if max(size.width(), size.height()) > LONGEST:
        reader.setScaledSize(size.scaled(QSize(LONGEST, LONGEST),
                                         Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return Unshown(file.caption, t("paper|the picture is damaged"))
    return Photo(_jpeg(image), image.width(), image.height(), file.caption)


def _jpeg(image: QImage) -> bytes:
    """On white where it was clear."""
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    plain.save(held, "JPG", QUALITY)  # type: ignore[call-overload]
    return bytes(held.data().data())
