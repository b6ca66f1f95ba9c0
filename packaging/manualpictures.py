"""Draw the pictures of the manual from the real window of a practice office: `python3 packaging/dev.py pictures`.

A topic declares its pictures (`services/manual/markup.py`). Beside each picture its structure is kept: the controls on
it with their places. A test draws the pages anew and compares, so that no picture is older than its page.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, cast

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from tuopin_desktop.demo import office as offices
from tuopin_desktop.demo.tour import COUNTY, TODAY
from tuopin_desktop.services.manual import topics
from tuopin_desktop.services.manual.markup import NO_MARK, Figure, figures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

WINDOW = (1093, 582)
"""A screen of 1366x768 at 125 %: the smallest window everything has room in, so that words stay readable in print."""
NEIGHBOURS = (COUNTY, "150421", "150423")
"""The teams of the region's practice office: more make it no truer and ten times as slow."""
DISC = 15
"""Half the width of a number in px: it is read where the picture is a third as large, beside the page."""
MARGIN = 26
LEAST = (520, 190)
COLOURS = 48
RED = QColor("#B3403A")
STRUCTURES = topics.PICTURES / "structures.json"


class Control(NamedTuple):
    """Something on the window with words: its role, the words without what counts or goes on, and its place."""

    role: str
    words: str
    place: QRect


def declared() -> list[Figure]:
    """Return the pictures of all topics."""
    return [figure for topic in topics.topics() for figure in figures(topic.body)]


def office(folder: Path, level: str) -> Desk:
    """Return the practice office of a level that pictures are drawn from."""
    if level == "county":
        return offices.build(folder, level=level, county=COUNTY, now=TODAY)
    return offices.build(folder, level=level, now=TODAY, counties=NEIGHBOURS)


def window(desk: Desk) -> Shell:
    """Return the window of an office as it is drawn, without the strip that says practice."""
    shell = Shell(ImmediateRunner(desk), office_of(desk), DOORS)
    for one in cast("list[QFrame]", shell.findChildren(QFrame)):
        if one.objectName() == "practice":
            one.hide()
    shell.resize(*WINDOW)
    shell.show()
    shell._may_close = True
    return shell


def settle() -> None:
    """Let the window come to rest."""
    QTest.qWait(30)


def go(shell: Shell, figure: Figure) -> QWidget:
    """Bring a window to what a picture shows; return the page, or the dialog that was opened."""
    for dialog in _dialogs():
        dialog.close()
    shell.open_page(figure.page)
    settle()
    if figure.tab:
        _turn(shell, figure.tab)
    for deed in figure.deeds:
        _do(shell, deed)
        settle()
    settle()
    opened = _dialogs()
    return opened[-1] if opened else shell.page


def _dialogs() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isModal()]


def _turn(shell: Shell, tab: str) -> None:
    for bar in cast("list[QTabBar]", shell.page.findChildren(QTabBar)):
        for at in range(bar.count()) if bar.isVisible() else ():
            if plain(bar.tabText(at)) == tab:
                bar.setCurrentIndex(at)
                settle()
                return
    raise LookupError(f"no tab {tab} on {shell.here}")


def _do(shell: Shell, deed: str) -> None:
    """Do one thing: press:WORDS, type:LETTERS into what has the keyboard, or key:NAME."""
    what, _, value = deed.partition(":")
    root = (_dialogs() or [shell.page])[-1]
    if what == "press":
        button = next(one for one in _seen(root) if isinstance(one, QAbstractButton) and plain(one.text()) == value)
        button.click()
    elif what == "type":
        QTest.keyClicks(QApplication.focusWidget(), value)
    else:
        QTest.keyClick(QApplication.focusWidget() or root, Qt.Key[f"Key_{value}"])


def plain(words: str) -> str:
    """Return the words of a control without what counts, goes on, or belongs to its icon."""
    return words.replace("&", "").strip().rstrip("…").rstrip("0123456789 ").strip()


def controls(root: QWidget) -> list[Control]:
    """Return what has words on a page, in the order of reading."""
    every = [one for widget in _seen(root) for one in _of(widget, root)]
    return sorted(every, key=lambda one: (one.place.y() // 8, one.place.x()))


def _seen(root: QWidget) -> list[QWidget]:
    return [one for one in cast("list[QWidget]", root.findChildren(QWidget)) if one.isVisible() and _is_inside(one)]


def _is_inside(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty()


def _of(widget: QWidget, root: QWidget) -> Iterator[Control]:
    corner = widget.mapTo(root, QPoint(0, 0))
    whole = QRect(corner, widget.size())
    if isinstance(widget, QTabBar):
        for at in range(widget.count()):
            yield Control("tab", plain(widget.tabText(at)), widget.tabRect(at).translated(corner))
    elif isinstance(widget, QHeaderView):
        yield from _heads(widget, corner)
    elif isinstance(widget, QAbstractButton):
        yield from (Control("button", words, whole) for words in _said(widget, widget.text()))
    elif isinstance(widget, QLabel):
        yield Control("label", plain(widget.text()), whole)
    elif isinstance(widget, QLineEdit):
        yield from (Control("field", words, whole) for words in _said(widget, widget.placeholderText()))
    elif widget.accessibleName():
        yield Control("part", plain(widget.accessibleName()), whole)


def _said(widget: QWidget, words: str) -> list[str]:
    return list(dict.fromkeys(one for one in (plain(words), plain(widget.accessibleName())) if one))


def _heads(header: QHeaderView, corner: QPoint) -> Iterator[Control]:
    model = header.model()
    for at in range(header.count()) if header.orientation() is Qt.Orientation.Horizontal else ():
        words = model.headerData(at, Qt.Orientation.Horizontal)
        if words and not header.isSectionHidden(at):
            left = header.sectionViewportPosition(at)
            yield Control("head", plain(str(words)), QRect(left, 0, header.sectionSize(at), header.height()).translated(corner))


def place_of(root: QWidget, mark: str) -> QRect:
    """Return where the control with these words lies; raises LookupError with what there is."""
    every = controls(root)
    order = ("button", "tab", "field", "part", "head", "label")
    alike = sorted((one for one in every if one.words == mark), key=lambda one: order.index(one.role))
    if not alike:
        raise LookupError(f"no {mark}; there are {sorted({one.words for one in every if one.words})}")
    return alike[0].place


def structure(root: QWidget, figure: Figure) -> list[str]:
    """Return what a picture shows, to be compared: each control that does not come of data, with its rough place."""
    lines = []
    for one in controls(root):
        if one.role in {"button", "tab", "head", "field"} and one.words:
            lines.append(f"{one.role} {one.words}")
    marks = []
    for mark in figure.marks:
        if mark != NO_MARK:
            place = place_of(root, mark)
            marks.append(f"{mark} @ {place.x() // 40},{place.y() // 40}")
    return [*marks, *lines]


def draw(root: QWidget, figure: Figure) -> bytes:
    """Return a picture as PNG: the part of the page round its numbered controls."""
    places = [place_of(root, mark) if mark != NO_MARK else None for mark in figure.marks]
    part = _part(root.rect(), [one for one in places if one is not None])
    pixmap = root.grab(part)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, place in enumerate(places, 1):
        if place is not None:
            _number(painter, _centre(place, part), number)
    painter.setPen(QPen(QColor("#C9D1DB"), 1))
    painter.drawRect(pixmap.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return _small(pixmap)


def _part(whole: QRect, places: list[QRect]) -> QRect:
    part = QRect()
    for place in places:
        part = part.united(QRect(place.topLeft(), place.size().boundedTo(_some(place))))
    if part.isNull():
        return whole
    part = part.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    wide = max(part.width(), LEAST[0])
    part.setLeft(max(0, min(part.left(), whole.width() - wide)))
    part.setWidth(min(wide, whole.width() - part.left()))
    if part.width() > whole.width() * 0.7:
        part.setLeft(0)
        part.setWidth(whole.width())
    part.setHeight(max(part.height(), LEAST[1]))
    part.moveTop(max(0, min(part.top(), whole.height() - part.height())))
    return part.intersected(whole)


def _some(place: QRect) -> QSize:
    return QSize(min(place.width(), 420), min(place.height(), 150))


def _centre(place: QRect, part: QRect) -> QPointF:
    """Return where a number stands: at the control's corner, clear of its words, inside the picture."""
    corner = place.topLeft() - part.topLeft()
    x = min(max(corner.x(), DISC + 2), part.width() - DISC - 2)
    y = min(max(corner.y() + min(place.height(), 36) // 2 - 12, DISC + 2), part.height() - DISC - 2)
    return QPointF(x, y)


def _number(painter: QPainter, centre: QPointF, number: int) -> None:
    painter.setPen(QPen(Qt.GlobalColor.white, 2))
    painter.setBrush(RED)
    painter.drawEllipse(centre, DISC, DISC)
    font = QFont(QApplication.font())
    font.setPixelSize(19)
    font.setBold(True)
    painter.setFont(font)
    room = QRect(0, 0, 2 * DISC, 2 * DISC)
    room.moveCenter(centre.toPoint())
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(number))


def _small(pixmap: QPixmap) -> bytes:
    """Return a picture with few colours: a tenth of the bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    picture = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
    out = BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def start() -> QApplication:
    """Return the application, dressed with the bundled letters."""
    app = QApplication.instance() or QApplication([sys.argv[0], *theme.STYLE_WORDS])
    theme.apply(app, bundled_only=True)
    return app


def main() -> int:
    """Draw every picture, take away those that no topic declares, and write down what they show."""
    app = start()
    wanted = sys.argv[1:]
    known = json.loads(STRUCTURES.read_text(encoding="utf-8")) if STRUCTURES.exists() else {}
    failures = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["TUOPIN_CONFIG"] = str(folder / "config")
        shells: dict[str, Shell] = {}
        for figure in declared():
            if wanted and figure.name not in wanted:
                continue
            if figure.level not in shells:
                desk = office(folder / figure.level, figure.level)
                stack.callback(desk.close)
                shells[figure.level] = window(desk)
            try:
                root = go(shells[figure.level], figure)
                content = draw(root, figure)
                known[figure.name] = structure(root, figure)
            except (LookupError, StopIteration) as error:
                print(f"{figure.name}: {error}", file=sys.stderr)
                failures += 1
                continue
            (topics.PICTURES / f"{figure.name}.png").write_bytes(content)
            print(f"{figure.name}: {len(content) // 1024} kB")
        for shell in shells.values():
            shell.hide()
    names = {figure.name for figure in declared()}
    for path in topics.PICTURES.glob("*.png"):
        if path.stem not in names:
            path.unlink()
    kept = {name: known[name] for name in sorted(known) if name in names}
    STRUCTURES.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    del app
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
