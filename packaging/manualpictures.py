"""Draws the pictures that the topics of the manual declare, from the real window of a practice office.

`dev.py pictures` starts it. Beside the pictures it keeps what each of them shows: the controls on it, and where those
lie that bear its numbers. A test brings the same pages up and compares, so that no picture is older than its page.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec
import pictures
from pictures import View
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from tuopin_desktop.demo import office as practice
from tuopin_desktop.demo.tour import COUNTY, TODAY
from tuopin_desktop.domain.placesearch import Place
from tuopin_desktop.exchange import vault
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.archives import forming
from tuopin_desktop.services.duties.keysheet import KeyRow
from tuopin_desktop.services.manual import keys, topics
from tuopin_desktop.services.manual.markup import NO_MARK, Figure, figures
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.founding import Ground
from tuopin_desktop.ui.doors import doors_of
from tuopin_desktop.ui.firststart.step import FirstRun
from tuopin_desktop.ui.firststart.window import FirstStart
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

SIZE = (1093, 700)
"""As wide as a screen of 1366x768 at 125 %, so that words are large in print, and so high that no page is scrolled."""
TEAMS = (COUNTY, "150421", "150423")
"""The teams of the region's practice office: all 57 would take ten times as long and show nothing else."""
_PLACE = re.compile(r"(.*) (-?\d+),(-?\d+)")
STRUCTURES = topics.PICTURES / "structures.json"
_DISC = 16
"""Half the width of a number in px: beside the page a picture is shown a third as large."""
_MARGIN = 56
FIRST_START = "firststart"
"""Where a picture is of the window of the first start; its tab is the number of the step."""
_APART = 5  # of 256 steps of each colour: the ground of a page keeps apart from white
_FIELD, _WIDE = 44, 140  # px: what is lower and wide is a field; its label stands above its left end
_MOST = 150
"""Px of a large control that a picture shows."""
_GOES = 20
"""How often a page is looked at until it rests; most rest at the second look."""
_GRID = 60  # px: a control that moves less is where it was
_ORDER = ("button", "field", "part", "tab", "head", "label")
_COMPARED = frozenset({"button", "tab", "head", "field"})
"""What a page is made of; its labels are full of figures."""


class Control(NamedTuple):
    """Something with words on a page: what it is, its words without what counts or goes on, and its place."""

    role: str
    words: str
    place: QRect


def declared() -> list[Figure]:
    """Return the pictures of all topics, those of a page as it opens before those for which something is done."""
    every = [figure for topic in topics.topics() for figure in figures(topic.body)]
    return sorted(every, key=lambda one: (one.level, bool(one.deeds)))


def office(folder: Path, level: str) -> Desk:
    """Return the practice office of a level that the pictures are drawn from, open."""
    is_county = level == "county"
    desk = practice.build(
        folder, level=level, county=COUNTY if is_county else "", now=TODAY, counties=() if is_county else TEAMS
    )
    if is_county:
        forming.form(desk, TODAY.year - 1)  # the year that is over, so that its items are seen
    return desk


class Stage:
    """The windows of the practice offices, each opened when the first picture of its level is wanted."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._desks: dict[str, Desk] = {}
        self._shells: dict[str, Shell] = {}

    @contextmanager
    def shown(self, figure: Figure) -> Iterator[QWidget]:
        """Give the page that a picture shows, or the dialog that was opened on it.

        Where something is done for it, the window is one of its own: what was begun stays open.
        """
        if figure.page == FIRST_START:
            with _first_start(self._folder / FIRST_START, int(figure.tab)) as window:
                yield window
            return
        if figure.level not in self._desks:
            desk = self._desks[figure.level] = office(self._folder / figure.level, figure.level)
            self._stack.callback(desk.close)
        if figure.deeds:
            with _window(self._desks[figure.level]) as shell:
                pictures.go(shell, View(figure.page, size=SIZE))
                yield _done(shell, figure)
            return
        if figure.level not in self._shells:
            self._shells[figure.level] = self._stack.enter_context(_window(self._desks[figure.level]))
        shell = self._shells[figure.level]
        pictures.go(shell, View(figure.page, size=SIZE))
        _turn(shell, figure.tab)
        yield _still(shell)

    def keys(self) -> list[KeyRow]:
        """Return the keys of a county's window."""
        with self.shown(next(one for one in declared() if one.page == "home" and one.level == "county")) as root:
            shell = root.window()
            assert isinstance(shell, Shell)
            return shell.manual.key_sheet.rows()


@contextmanager
def _first_start(folder: Path, number: int) -> Iterator[FirstStart]:
    """Give the window of the first start at one of its pages, from 1."""
    counties = [Place(row["code"], row["name"], row["league"]) for row in library.table("counties.csv")]
    first = FirstRun(ground=Ground(folder, FixedClock(TODAY)), counties=counties, leagues=[])
    window = FirstStart(ImmediateRunner(first.ground), first)
    try:
        window.resize(*SIZE)
        window.show()
        window.open_step(number - 1)
        window._where.setText("数据放在 D:\\脱贫总队")
        pictures.settle()
        QTest.qWait(30)
        yield window
    finally:
        window.hide()
        window.deleteLater()


@contextmanager
def _window(desk: Desk) -> Iterator[Shell]:
    """Give the window of a practice office without the strip that says so: the clerk's own has none."""
    view = office_of(desk)
    view.practice = False
    shell = Shell(ImmediateRunner(desk), view, doors_of(view.who))
    try:
        shell.resize(*SIZE)
        shell.show()
        shell.activateWindow()
        yield shell
    finally:
        shell._may_close = True
        shell.close()
        shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _turn(shell: Shell, tab: str) -> None:
    """Open a tab by its words; some have a count behind them."""
    for bar in pictures.every(shell.page, QTabBar) if tab else ():
        for at in range(bar.count()):
            if bar.isVisible() and plain(bar.tabText(at)) == tab:
                bar.setCurrentIndex(at)
                return
    if tab:
        raise pictures.Absent(f"no tab is called “{tab}”")


def _still(shell: Shell) -> QWidget:
    """Wait until a page looks the same twice: what has no room folds away by a timer."""
    before: list[Control] = []
    for _ in range(_GOES):
        QTest.qWait(20)
        pictures.settle()
        shell.page.message.clear()
        after = controls(shell.page)
        if after == before:
            break
        before = after
    return shell.page


def _done(shell: Shell, figure: Figure) -> QWidget:
    """Do on a page what a picture wants, and return the page, or the dialog that stands open then."""
    _turn(shell, figure.tab)
    root: QWidget = _still(shell)
    for deed in figure.deeds:
        what, _, value = deed.partition(":")
        if what == "press":
            _button(root, value).click()
        elif what == "type":
            QTest.keyClicks(QApplication.focusWidget() or root, value)
        else:
            QTest.keyClick(QApplication.focusWidget() or root, Qt.Key[f"Key_{value}"])
        QTest.qWait(30)
        dialogs = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isModal()]
        root = dialogs[-1] if dialogs else _still(shell)
    return root


def _button(root: QWidget, words: str) -> QAbstractButton:
    for one in pictures.every(root, QAbstractButton):
        if one.isVisible() and words in (plain(one.text()), plain(one.accessibleName())):
            return one
    raise pictures.Absent(f"no button is called “{words}”")


def plain(words: str) -> str:
    """Return the words of a control without what counts or goes on, and without the room of its icon."""
    return words.replace("&", "").strip().rstrip("0123456789 ").rstrip("…").strip()


def controls(root: QWidget) -> list[Control]:
    """Return what has words on a page, in the order of reading."""
    seen = [one for one in pictures.every(root, QWidget) if one.isVisible() and not one.visibleRegion().isEmpty()]
    every = [one for widget in seen for one in _of(widget, root) if one.words]
    return sorted(every, key=lambda one: (one.place.y() // 8, one.place.x()))


def _of(widget: QWidget, root: QWidget) -> Iterator[Control]:
    whole = pictures.place(root, widget)
    if isinstance(widget, QTabBar):
        for at in range(widget.count()):
            yield Control("tab", plain(widget.tabText(at)), widget.tabRect(at).translated(whole.topLeft()))
    elif isinstance(widget, QHeaderView):
        yield from _heads(widget, whole.topLeft())
    elif isinstance(widget, QAbstractButton):
        yield from (Control("button", words, whole) for words in _said(widget, widget.text()))
    elif isinstance(widget, QLabel):
        yield Control("label", plain(widget.text()), whole)
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield from (Control("field", words, whole) for words in _said(widget, widget.placeholderText()))
    else:
        yield Control("part", plain(widget.accessibleName()), whole)


def _said(widget: QWidget, words: str) -> list[str]:
    return list(dict.fromkeys((plain(words), plain(widget.accessibleName()))))


def _heads(header: QHeaderView, corner: QPoint) -> Iterator[Control]:
    lying = Qt.Orientation.Horizontal
    for at in range(header.count()) if header.orientation() is lying else ():
        words = header.model().headerData(at, lying)
        if words and not header.isSectionHidden(at):
            place = QRect(header.sectionViewportPosition(at), 0, header.sectionSize(at), header.height())
            yield Control("head", plain(str(words)), place.translated(corner))


def place_of(every: Sequence[Control], mark: str) -> QRect:
    """Return where the control with these words lies. Raises Absent."""
    alike = sorted((one for one in every if one.words == mark), key=lambda one: _ORDER.index(one.role))
    if not alike:
        raise pictures.Absent(f"“{mark}” is not there; there are {'、'.join(sorted({one.words for one in every}))}")
    return alike[0].place


def structure(root: QWidget, figure: Figure) -> list[str]:
    """Return what a picture shows as lines to compare: its numbered controls with their places, then all others.

    What comes of data is left out: who is there and what waits changes with the practice office.
    """
    every = controls(root)
    places = [(mark, place_of(every, mark)) for mark in figure.marks if mark != NO_MARK]
    marks = [f"{mark} {place.x() // _GRID},{place.y() // _GRID}" for mark, place in places]
    rest = sorted({f"{one.role} {one.words}" for one in every if one.role in _COMPARED})
    return [*marks, *rest]


def agrees(lines: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether two structures are of one page: a control on the edge of a square may fall into the next one."""
    return len(lines) == len(others) and all(map(_alike, lines, others))


def _alike(line: str, other: str) -> bool:
    places = [_PLACE.fullmatch(one) for one in (line, other)]
    if line == other or None in places:
        return line == other
    (mark, x, y), (mark_before, x_before, y_before) = (place.groups() for place in places if place is not None)
    return mark == mark_before and abs(int(x) - int(x_before)) <= 1 and abs(int(y) - int(y_before)) <= 1


def picture(root: QWidget, figure: Figure) -> QImage:
    """Return the part of a page round its numbered controls, with their numbers."""
    every = controls(root)
    places = [None if mark == NO_MARK else place_of(every, mark) for mark in figure.marks]
    part = _part(root.rect(), [one for one in places if one is not None])
    image = pictures.cut(pictures.draw(root), part, 0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, place in enumerate(places, 1):
        if place is not None:
            _number(painter, _centre(place.translated(-part.topLeft()), part.size()), number)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#AEB8C4"), 1))
    painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return image


def _part(whole: QRect, places: Iterable[QRect]) -> QRect:
    """Return the page from its top down to the lowest control that is numbered: its name tells which page it is."""
    lowest = max((one.y() + min(one.height(), _MOST) for one in places), default=whole.height())
    return QRect(0, 0, whole.width(), min(lowest + _MARGIN, whole.height()))


def _centre(place: QRect, room: QSize) -> QPointF:
    """Return where a number stands: on the control's upper left corner, a field's upper right one, in the picture."""
    is_field = place.height() <= _FIELD and place.width() >= 3 * place.height() and place.width() > _WIDE
    x = min(max(place.right() - 6 if is_field else place.x() - 3, _DISC + 2), room.width() - _DISC - 2)
    y = min(max(place.y() - 1, _DISC + 2), room.height() - _DISC - 2)
    return QPointF(x, y)


def _number(painter: QPainter, centre: QPointF, number: int) -> None:
    painter.setPen(QPen(Qt.GlobalColor.white, 2))
    painter.setBrush(QColor("#C62F2F"))
    painter.drawEllipse(centre, _DISC, _DISC)
    font = QFont(QApplication.font())
    font.setPixelSize(21)
    font.setBold(True)
    painter.setFont(font)
    room = QRect(0, 0, 2 * _DISC, 2 * _DISC)
    room.moveCenter(centre.toPoint())
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(number))


def kept() -> dict[str, list[str]]:
    """Return what every kept picture shows, by its name."""
    return dict(json.loads(STRUCTURES.read_text(encoding="utf-8"))) if STRUCTURES.exists() else {}


def _clear(names: set[str], shown: dict[str, list[str]]) -> None:
    """Take away the pictures that no topic declares, and write down what the others show."""
    for path in topics.PICTURES.glob("*.png"):
        if path.stem not in names:
            path.unlink()
    content = {name: shown[name] for name in sorted(shown) if name in names}
    STRUCTURES.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _keep_keys(rows: Sequence[KeyRow]) -> None:
    """Write down the keys of a window, for manuals that are made without one."""
    keys.PATH.write_bytes(b"[\n" + b",\n".join(map(msgspec.json.encode, rows)) + b"\n]\n")


def main(wanted: Sequence[str]) -> int:
    """Draw the pictures of these names, or all; say which could not be drawn."""
    shown, faults = kept(), 0
    with TemporaryDirectory() as name, ExitStack() as stack:
        os.environ["TUOPIN_CONFIG"] = str(Path(name) / "config")
        vault.COST = vault.Cost(1, 8, 1)
        pictures.begin()
        stage = Stage(Path(name), stack)
        _keep_keys(stage.keys())  # of a window in which nothing was opened yet
        for figure in declared():
            if wanted and figure.name not in wanted:
                continue
            try:
                with stage.shown(figure) as root:
                    shown[figure.name] = structure(root, figure)
                    pictures.save(picture(root, figure), topics.PICTURES / f"{figure.name}.png", _APART)
                    print(figure.name)
            except pictures.Absent as fault:
                print(f"{figure.name}: {fault}", file=sys.stderr)
                faults += 1
    _clear({one.name for one in declared()}, shown)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
