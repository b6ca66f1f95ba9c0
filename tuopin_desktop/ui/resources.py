"""Where the shipped resources lie, seen from the window."""

from tuopin_desktop.machine.paths import RESOURCES

ICONS = RESOURCES / "icons"
STYLE = RESOURCES / "style" / "tuopin.qss"
FONTS = RESOURCES / "fonts"
MANUAL = RESOURCES / "manual"
