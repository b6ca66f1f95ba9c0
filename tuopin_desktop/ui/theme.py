"""The look: colour tokens, palette, letters and the one style sheet, applied once before the first window."""

import re
import string

from PySide6.QtCore import QDir, QLibraryInfo, QLocale, QRect, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tuopin_desktop.ui import resources

TOKENS = {
    "bg": "#F5F6F8",
    "card": "#FFFFFF",
    "line": "#E3E6EB",
    "line2": "#CDD3DC",
    "row": "#EEF0F3",
    "text": "#1F2733",
    "text2": "#4C5665",
    "text3": "#5E6877",
    "accent": "#2F5D9B",
    "hover": "#274E83",
    "tint": "#E8EFF8",
    "ok": "#276C4D",
    "ok_bg": "#E6F2EC",
    "warn": "#875A00",
    "warn_bg": "#FBF2DC",
    "bad": "#B3403A",
    "bad_bg": "#FAEAE8",
    "selection": "#DCE8F6",
}
TONES = {
    "ok": (TOKENS["ok"], TOKENS["ok_bg"]),
    "warn": (TOKENS["warn"], TOKENS["warn_bg"]),
    "bad": (TOKENS["bad"], TOKENS["bad_bg"]),
    "quiet": (TOKENS["text2"], "#EDF0F3"),
    "info": (TOKENS["accent"], TOKENS["tint"]),
}
"""Ink and ground of a status by its tone; the words are always shown as well."""

BODY_PX = 14
LARGE = 1.25
"""Factor of the big-letter mode."""

_FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC")
_LENGTH = re.compile(r"\b(\d+)px")


def color(name: str) -> QColor:
    """Return a token as a colour."""
    return QColor(TOKENS[name])


def color_of(hexadecimal: str) -> QColor:
    """Return a colour like `#2F5D9B`."""
    return QColor(hexadecimal)


def fill(painter: QPainter, rect: QRect, tint: QColor) -> None:
    """Draw a ground; `fillRect` would first have the names of all gradients made."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRect(rect)


def scaled(widget: QWidget, px: int) -> int:
    """Return a length of the normal letter size as it is at the widget's letter size."""
    return round(px * widget.fontInfo().pixelSize() / BODY_PX)


STYLE_WORDS = ("-style", "fusion")
"""Words of the command line that begin the application in its style."""


def apply(app: QApplication, *, factor: float = 1.0, bundled_only: bool = False, styled: bool = False) -> None:
    """Dress the application: Fusion, palette, letters, style sheet, Chinese dialogs and locale.

    `bundled_only` leaves installed fonts aside, so that pictures are alike on every machine; one that was begun with
    `STYLE_WORDS` is `styled` already.
    """
    if not styled:
        app.setStyle("Fusion")  # 7 ms more: the style is handed back with the names of everything a style can draw
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    _speak_chinese(app)
    font = QFont()
    font.setFamilies(_families(bundled_only))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    app.setPalette(_palette())
    set_size(app, factor)


def set_size(app: QApplication, factor: float) -> None:
    """Make letters and controls of windows built from now on larger or smaller."""
    font = app.font()
    font.setPixelSize(round(BODY_PX * factor))
    app.setFont(font)
    app.setStyleSheet(style_sheet(factor))


def style_sheet(factor: float = 1.0) -> str:
    """Return the style sheet with tokens filled in; letter sizes and control heights grow by the factor."""
    text = resources.STYLE.read_text(encoding="utf-8")
    # By a prefix, not by their path: a folder with a quote, & or % in its name would end the address in the sheet.
    QDir.setSearchPaths("icons", [str(resources.ICONS)])
    filled = string.Template(text).substitute(TOKENS)
    return _LENGTH.sub(lambda match: f"{_grown(int(match[1]), factor)}px", filled)


def _grown(px: int, factor: float) -> int:
    return round(px * factor) if px >= 12 else px


def _families(bundled_only: bool) -> list[str]:
    names = [] if bundled_only else [name for name in _FAMILIES if QFontDatabase.hasFamily(name)]
    number = QFontDatabase.addApplicationFont(str(resources.FONTS / "hei.ttf"))
    return names + QFontDatabase.applicationFontFamilies(number)


def _speak_chinese(app: QApplication) -> None:
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def _palette() -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, "bg"),
        (roles.Base, "card"),
        (roles.AlternateBase, "bg"),
        (roles.Button, "card"),
        (roles.WindowText, "text"),
        (roles.Text, "text"),
        (roles.ButtonText, "text"),
        (roles.ToolTipText, "text"),
        (roles.ToolTipBase, "card"),
        (roles.PlaceholderText, "text3"),
        (roles.Highlight, "selection"),
        (roles.HighlightedText, "text"),
        (roles.Link, "accent"),
    ):
        palette.setColor(role, color(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, color("text3"))
    return palette
