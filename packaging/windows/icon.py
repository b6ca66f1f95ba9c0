"""Draw the program's icon in the sizes of Windows: `python icon.py app.svg program.ico`, with the locked Qt."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
AS_PNG = 256
"""From this size a picture is kept as PNG; old dialogs read the smaller ones only as bitmaps."""


def drawn(renderer: QSvgRenderer, size: int) -> QImage:
    """Return the drawing at a size, in pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """Return an image as PNG."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
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


def main(source: Path, target: Path) -> None:
    """Write the icon."""
    renderer = QSvgRenderer(str(source))
    images = [drawn(renderer, size) for size in SIZES]
    target.write_bytes(icon([(i.width(), png(i) if i.width() >= AS_PNG else bitmap(i)) for i in images]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
