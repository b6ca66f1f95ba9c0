"""Draw the icon and the installer's picture with the locked Qt: `python icon.py app.svg program.ico side.bmp`."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
AS_PNG = 256
"""From this size a picture is kept as PNG; old dialogs read the smaller ones only as bitmaps."""
SIDE = QSize(164, 314)


def drawn(renderer: QSvgRenderer, size: int) -> QImage:
    """Return the drawing at a size, in pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def encoded(image: QImage, form: bytes) -> bytes:
    """Return an image as a file of a form (png, bmp)."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(form)).write(image)
    return bytes(content.data())


def bitmap(image: QImage) -> bytes:
    """Return an image as an icon's bitmap: no file header, rows from the bottom, then a mask that hides nothing."""
    size = image.width()
    rows = bytes(image.constBits())
    stride = image.bytesPerLine()
    pixels = b"".join(rows[y * stride : y * stride + size * 4] for y in reversed(range(size)))
    mask = bytes(-(-size // 32) * 4 * size)
    header = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0)
    return header + pixels + mask


def icon(pictures: list[tuple[int, bytes]]) -> bytes:
    """Return the icon file of pictures of (size, content)."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries, contents = b"", b""
    for size, content in pictures:
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(content), at + len(contents))
        contents += content
    return head + entries + contents


def side(renderer: QSvgRenderer) -> bytes:
    """Return the picture at the side of the installer's first and last page, as a bitmap."""
    image = QImage(SIDE, QImage.Format.Format_RGB32)
    image.fill(drawn(renderer, 64).pixelColor(32, 4))
    painter = QPainter(image)
    painter.drawImage((SIDE.width() - 96) // 2, 48, drawn(renderer, 96))
    painter.end()
    return encoded(image, b"bmp")


def main(source: Path, target: Path, picture: Path) -> None:
    """Write the icon and the picture."""
    renderer = QSvgRenderer(str(source))
    images = [drawn(renderer, size) for size in SIZES]
    target.write_bytes(icon([(i.width(), encoded(i, b"png") if i.width() >= AS_PNG else bitmap(i)) for i in images]))
    picture.write_bytes(side(renderer))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
