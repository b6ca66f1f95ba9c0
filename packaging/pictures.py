"""Draws the real window of a practice office without a display: the same picture each time, on every machine.

The manual's numbered pictures, the two of the README and the pictures under test are drawn by this one. It wants the
project's environment; `dev.py pictures` starts it there.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QFont, QImage, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLabel, QTabBar, QWidget

from tuopin_desktop.demo import office as practice
from tuopin_desktop.demo.tour import COUNTY, TODAY
from tuopin_desktop.exchange import vault
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import doors_of
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

FULL = (1366, 728)
"""Pixels of the screen that a window fills: 1366x768 above a task bar."""
_OUTSIDE = QPoint(-9000, -9000)
_FOLDER = "D:\\脱贫总队"
"""What the line at the foot says instead of where the pictures were drawn."""
W = TypeVar("W", bound=QWidget)


class Absent(LookupError):
    """No control that is seen has that name; the sentence tells which there are."""


class View(NamedTuple):
    """Where the window stands and how large it is drawn.

    `page` is a door's key (`ui/doors.py`), `tab` the words of one of its tabs; `size` is in pixels of the picture,
    which at a `scale` of 1.25 or 1.5 are as many fewer of the program; `large` asks for large letters.
    """

    page: str = "home"
    tab: str = ""
    size: tuple[int, int] = FULL
    scale: float = 1.0
    large: bool = False

    @property
    def room(self) -> QSize:
        """Return the size of the window in pixels of the program."""
        return QSize(*(int(one / self.scale) for one in self.size))


def begin() -> QApplication:
    """Return the application, dressed in the bundled letters alone; nothing on it blinks, fades or is pointed at."""
    app = QApplication.instance() or QApplication([sys.argv[0], *theme.STYLE_WORDS])  # noqa: TID251 - a test has one
    assert isinstance(app, QApplication)
    theme.apply(app, bundled_only=True)
    hold_still(app)
    return app


def hold_still(app: QApplication) -> None:
    """Stop what moves by itself, and take the mouse away."""
    app.setCursorFlashTime(0)
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip):
        app.setEffectEnabled(effect, False)
    QCursor.setPos(_OUTSIDE)


@contextmanager
def practice_office(folder: Path, level: str = "county", now: datetime = TODAY) -> Iterator[Desk]:
    """Build a practice office (county 翁牛特旗, or "region") in an empty folder; its clock stands at `now` for ever."""
    desk = practice.build(folder, level=level, county=COUNTY if level == "county" else "", now=now)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def window(desk: Desk, view: View = View()) -> Iterator[Shell]:  # noqa: B008 - a tuple, which nobody changes
    """Give the window of an office, shown at a view; every question is answered at once, and it closes unasked."""
    app = begin()
    theme.set_size(app, theme.LARGE if view.large else 1.0)
    office = office_of(desk)
    shell = Shell(ImmediateRunner(desk), office, doors_of(office.who), large=view.large)
    try:
        shell.resize(view.room)
        shell.show()
        shell.activateWindow()
        go(shell, view)
        yield shell
    finally:
        shell._may_close = True
        shell.close()
        shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        theme.set_size(app, 1.0)


def go(shell: Shell, view: View) -> None:
    """Bring an open window to another view; its letters stay as they are."""
    shell.resize(view.room)
    shell.open_page(view.page)
    if view.tab:
        bar, at = next(
            (bar, at)
            for bar in every(shell.page, QTabBar)
            for at in range(bar.count())
            if bar.isVisible() and bar.tabText(at) == view.tab
        )
        bar.setCurrentIndex(at)
    settle()


def settle() -> None:
    """Let what was asked for be laid out; a page that was just opened takes two goes."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()


def every(window: QWidget, kind: type[W]) -> list[W]:
    """Return every widget of a kind in a window."""
    return cast("list[W]", window.findChildren(kind))


def control(window: QWidget, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    """Return the first control that is seen and is called so: by its words, its spoken name or its object name.

    Of several the one that lies highest, then furthest left. Raises Absent.
    """
    seen = [one for one in every(window, kind) if one.isVisible()]
    fitting = [one for one in seen if name in _names(one)]
    if not fitting:
        names = sorted({words[0] for one in seen if (words := [word for word in _names(one) if word])})
        raise Absent(f"“{name}” is not there; there are {'、'.join(names)}")
    return min(fitting, key=lambda one: (place(window, one).y(), place(window, one).x()))


def _names(widget: QWidget) -> list[str]:
    words = widget.text().strip() if isinstance(widget, QAbstractButton | QLabel) else ""
    return [words, widget.accessibleName(), widget.objectName()]


def tab(window: QWidget, words: str) -> QRect:
    """Return where the tab with these words lies in a window. Raises Absent."""
    for bar in every(window, QTabBar):
        for at in range(bar.count()):
            if bar.isVisible() and bar.tabText(at) == words:
                return QRect(bar.mapTo(window, bar.tabRect(at).topLeft()), bar.tabRect(at).size())
    raise Absent(f"no tab is called “{words}”")


def place(window: QWidget, widget: QWidget) -> QRect:
    """Return where a widget lies in its window, in pixels of the program."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def draw(window: QWidget, scale: float = 1.0) -> QImage:
    """Return the picture of a window or dialog, or of a part of one, as a screen of that scale shows it."""
    _say_no_place(window)
    settle()
    image = QImage(window.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(theme.color("bg"))
    painter = QPainter(image)
    try:
        window.render(painter, QPoint(0, 0))
    finally:
        painter.end()
    return image


def _say_no_place(window: QWidget) -> None:
    for line in every(window, QFrame):
        if line.objectName() == "footer":
            for words in every(line, QLabel):
                if words.text().startswith("数据在 "):
                    words.setText(f"数据在 {_FOLDER}")


def numbered(image: QImage, places: Sequence[QRect], *, first: int = 1) -> QImage:
    """Return a copy with a frame around each place and its number in a disc at the upper left corner.

    The places are in pixels of the program, as `place` and `tab` give them.
    """
    marked = image.copy()
    painter = QPainter(marked)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(QApplication.font())
    font.setPixelSize(13)
    font.setBold(True)
    painter.setFont(font)
    within = QRect(QPoint(0, 0), image.deviceIndependentSize().toSize()).adjusted(12, 12, -12, -12)
    try:
        for number, rect in enumerate(places, first):
            _mark(painter, rect, number, within)
    finally:
        painter.end()
    return marked


def _mark(painter: QPainter, rect: QRect, number: int, within: QRect) -> None:
    red = QColor("#C62F2F")
    painter.setPen(QPen(red, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 5, 5)
    x = min(max(rect.left() - 3, within.left()), within.right())
    y = min(max(rect.top() - 3, within.top()), within.bottom())
    disc = QRect(x - 11, y - 11, 22, 22)
    painter.setPen(QPen(QColor("#FFFFFF"), 2))
    painter.setBrush(red)
    painter.drawEllipse(disc)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number))


def cut(image: QImage, rect: QRect, margin: int = 16) -> QImage:
    """Return the part of a picture around a place (in pixels of the program), with a margin."""
    ratio = image.devicePixelRatio()
    wide = rect.adjusted(-margin, -margin, margin, margin)
    part = QRect(*(round(one * ratio) for one in (wide.x(), wide.y(), wide.width(), wide.height())))
    return image.copy(part.intersected(image.rect()))


def beside(left: QImage, right: QImage, gap: int = 24) -> QImage:
    """Return two pictures side by side on a grey ground, each in the middle of its height."""
    height = max(left.height(), right.height()) + 2 * gap
    both = QImage(left.width() + right.width() + 3 * gap, height, QImage.Format.Format_RGB32)
    both.fill(QColor("#DDE1E7"))
    painter = QPainter(both)
    x = gap
    for one in (left, right):
        plain = one.copy()
        plain.setDevicePixelRatio(1.0)
        painter.drawImage(x, (height - plain.height()) // 2, plain)
        x += plain.width() + gap
    painter.end()
    return both


def as_pillow(image: QImage) -> Image.Image:
    """Return a picture as Pillow has it, in red, green and blue."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    return Image.frombuffer(
        "RGB", (plain.width(), plain.height()), bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine(), 1
    )


def save(image: QImage, path: Path, apart: int = 10) -> None:
    """Write a picture as a small PNG; the same picture is the same bytes.

    Pillow's own reduction shifts the plain grounds; Qt's to a table given to it does not.
    """
    table = [QColor(*colour).rgb() for colour in palette(as_pillow(image), apart)]
    path.parent.mkdir(parents=True, exist_ok=True)
    image.convertToFormat(QImage.Format.Format_Indexed8, table).save(str(path), "PNG", 0)  # type: ignore[call-overload]  # PySide's types leave out the table
    with Image.open(path) as stored:
        stored.load()
        stored.save(path, optimize=True)


def palette(image: Image.Image, apart: int) -> list[tuple[int, int, int]]:
    """Return the most frequent colours of a picture, and of the others as many as none is further from one of them.

    By frequency alone the few amber letters of a count would turn grey.
    """
    pairs = cast("list[tuple[int, tuple[int, int, int]]]", image.getcolors(1 << 17))
    chosen: list[tuple[int, int, int]] = []
    for _, colour in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        red, green, blue = colour
        if len(chosen) < 256 and not any(
            abs(r - red) <= apart and abs(g - green) <= apart and abs(b - blue) <= apart for r, g, b in chosen
        ):
            chosen.append(colour)
    return chosen


# ---------------------------------------------------------------- the README's pictures


def _of_readme(out: Path, desk: Desk) -> Iterator[Path]:
    """Draw the first page, and a slip on the screen beside its paper."""
    with window(desk) as shell:
        yield _kept(draw(shell), out / "start.png")
        slip = max(leave.slips(desk), key=lambda one: one.number)
        shell.open_page("leave")
        shell.page.show_subject(f"leave_slip:{slip.id}")
        screen = draw(shell)
    yield _kept(beside(screen, paper(leave.pdf(desk, [slip.id]), screen.height())), out / "slip.png")


def _kept(image: QImage, path: Path) -> Path:
    save(image, path)
    return path


def paper(content: bytes, height: int) -> QImage:
    """Return the first page of a PDF as a picture of that height."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        page = document[0]
        drawn = page.render(scale=height / page.get_height()).to_pil().convert("RGB")
    width, high = cast("tuple[int, int]", drawn.size)
    return QImage(cast("bytes", drawn.tobytes()), width, high, 3 * width, QImage.Format.Format_RGB888).copy()


def main(argv: Sequence[str]) -> int:
    """Draw into the folder named first; with --page one picture of that page, otherwise those of the README."""
    asked = _words(argv)
    with TemporaryDirectory() as folder:
        os.environ["TUOPIN_CONFIG"] = str(Path(folder) / "config")
        vault.COST = vault.Cost(1, 8, 1)
        with practice_office(Path(folder) / "office", asked.level) as desk:
            for path in _of_readme(asked.out, desk) if not asked.page else [_one(asked, desk)]:
                print(path)
    return 0


def _words(argv: Sequence[str]) -> Namespace:
    words = ArgumentParser(prog="dev.py pictures", description=main.__doc__)
    words.add_argument("out", type=Path, metavar="OUT")
    words.add_argument("--level", choices=("county", "region"), default="county")
    words.add_argument("--page", default="", help="a door's key: home, roster, leave, attendance ...")
    words.add_argument("--tab", default="", help="the words of a tab of the page")
    words.add_argument("--size", default="1366x728", help="of the picture, in pixels")
    words.add_argument("--scale", type=float, default=1.0, help="of the system: 1.25 or 1.5")
    words.add_argument("--large", action="store_true", help="with large letters")
    words.add_argument("--mark", action="append", default=[], metavar="NAME", help="number the control of this name")
    return words.parse_args(argv)


def _one(asked: Namespace, desk: Desk) -> Path:
    width, height = map(int, asked.size.split("x"))
    view = View(asked.page, asked.tab, (width, height), asked.scale, asked.large)
    with window(desk, view) as shell:
        image = numbered(draw(shell, view.scale), [place(shell, control(shell, name)) for name in asked.mark])
    return _kept(image, asked.out / f"{'-'.join(filter(None, (asked.level, asked.page, asked.tab)))}.png")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
