"""What of Qt's wheels ships on Linux, and the oldest C library it may ask for."""

import re
from pathlib import Path

from bundle.parts import QtLayout

GLIBC = 28
"""Of glibc 2.x, the newest a part may need: 2.28 is UOS 20 and Debian 10."""
LAYOUT = QtLayout(
    binding=".abi3.so",
    always=("libpyside6.", "support/"),
    libraries="Qt/lib/",
    library=re.compile(rb"lib(?:Qt6|icu)\w+\.so\.\d+"),
    data="Qt/",
    plugins=(
        "platforms/libqxcb",
        "platforms/libqoffscreen",
        "xcbglintegrations/",
        "platforminputcontexts/libibus",
        "platforminputcontexts/libcompose",
        "platformthemes/libqxdgdesktopportal",
        "printsupport/",
        "iconengines/",
        "imageformats/libqgif",
        "imageformats/libqico",
        "imageformats/libqjpeg",
        "imageformats/libqsvg",
        "imageformats/libqtiff",
        "imageformats/libqwebp",
    ),
)
"""Screens, input methods, printers, pictures. Wayland has XWayland."""
_GLIBC_SYMBOL = re.compile(rb"GLIBC_2\.(\d+)")


def newest_glibc(folder: Path) -> int:
    """Return x of the newest glibc 2.x that a library below the folder asks for."""
    libraries = (path.read_bytes() for path in folder.rglob("*.so*"))
    return max((int(number) for content in libraries for number in _GLIBC_SYMBOL.findall(content)), default=0)
