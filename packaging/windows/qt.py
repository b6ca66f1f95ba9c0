"""What of Qt's wheels ships on Windows."""

import re

from bundle.parts import QtLayout

LAYOUT = QtLayout(
    binding=".pyd",
    always=("pyside6.abi3.dll", "support/"),
    libraries="",
    library=re.compile(rb"(?:Qt6|msvcp140|vcruntime140)\w*\.dll", re.IGNORECASE),
    data="",
    plugins=(
        "platforms/qwindows",
        "platforms/qoffscreen",
        "styles/",
        "iconengines/",
        "imageformats/qgif",
        "imageformats/qico",
        "imageformats/qjpeg",
        "imageformats/qsvg",
        "imageformats/qtiff",
        "imageformats/qwebp",
    ),
)
"""Without opengl32sw.dll: widgets are drawn without OpenGL."""
