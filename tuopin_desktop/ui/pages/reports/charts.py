"""The year in charts: a person's days, months, places and duties, each mark with the rows behind it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tuopin_desktop.services.reporting.chartviews import ChartView, Someone, Spot
from tuopin_desktop.services.reporting.dashboard import Point
from tuopin_desktop.services.reporting.yearplots import Row
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.paper.chart import ChartCanvas
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.widgets.combo import PickBox
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_BESIDE = 330
_TWO = 700
"""Px from which two charts stand side by side."""
_COLUMNS = (
    Column("姓名、事项", lambda one: one.name, 108, most=240),
    Column("旗县、类别", lambda one: one.place, 90, shed=1),
    Column("情况", lambda one: one.text, tip=lambda one: one.text),
)
_FIGURES = "各项数字"


class ChartsView(QWidget):
    """All charts of a year; `opened` carries page and subject, `person_turned` the posting whose year is wanted."""

    opened = Signal(str, str)
    person_turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._fonts: PaperFonts | None = None
        self._points: tuple[Row, ...] = ()
        self._people: tuple[Someone, ...] = ()
        self.person = ChartCanvas("一个人的一年")
        self.person.opened.connect(self._open)
        self.who = PickBox({}, hint="姓名或拼音首字母")
        self.who.setAccessibleName("看谁的一年")
        self.who.setMinimumWidth(theme.scaled(self, 190))
        self.who.picked.connect(lambda: self._ask(self.who.code()))
        self._title = label("", "section")
        self._words = label("", "quiet", wrap=True)
        self.canvases: list[ChartCanvas] = []
        self._cards: list[QWidget] = []
        self._labels: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self.rows = RecordTable(_COLUMNS, lambda one: f"{one.name}{one.place}{one.text}{one.subject}", "图上一处的名单")
        self.rows.opened.connect(lambda one: self.opened.emit(one.page, one.subject))
        self._heading = label(_FIGURES, "section", wrap=True)
        self._definition = label("", "quiet", wrap=True)
        self._all = button("各项数字", self.show_figures, tip="回到各项数字")
        self._build()

    def _build(self) -> None:
        head = row(
            self._title,
            None,
            self.who,
            button("上一人", lambda: self._turn(-1), icon="chevron-left"),
            button("下一人", lambda: self._turn(1), icon="chevron-right"),
        )
        inside = column(head, self.person, self._words, gap=6, margins=(14, 10, 14, 10))
        self._whole = QWidget()
        layout = QVBoxLayout(self._whole)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(10)
        layout.addWidget(card(inside))
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self.area = QScrollArea()
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._whole)
        foot, margins = row(None, self._all), (10, 10, 10, 10)
        beside = column(self._heading, self._definition, self.rows, foot, gap=6, margins=margins)
        beside.setStretch(2, 1)
        side = card(beside)
        side.setFixedWidth(theme.scaled(self, _BESIDE))
        outer = row(self.area, side, gap=10)
        outer.setStretch(0, 1)
        self.setLayout(outer)

    # -- answers

    def replace(self, views: Sequence[ChartView], points: Sequence[Point], fonts: PaperFonts) -> None:
        """Show the charts of a year."""
        self._fonts = fonts
        self._points = tuple(
            Row(name=one.text, place=one.group, text=one.value, page=one.page, subject=one.subject) for one in points
        )
        while len(self._cards) > len(views):
            self._cards.pop().deleteLater()
            self.canvases.pop()
            self._labels.pop()
        while len(self._cards) < len(views):
            self._add()
        for canvas, (title, below), view in zip(self.canvases, self._labels, views, strict=True):
            canvas.show_view(view, fonts)
            canvas.setVisible(bool(view.ops))
            title.setText(view.title)
            below.setText("".join(view.sentences) or view.definition)
        self._arrange()
        self.show_figures()

    def _add(self) -> None:
        canvas = ChartCanvas("图表")
        canvas.opened.connect(self._open)
        title, below = label("", "section", wrap=True), label("", "quiet", wrap=True)
        self.canvases.append(canvas)
        self._labels.append((title, below))
        self._cards.append(card(column(title, below, canvas, gap=4, margins=(14, 10, 14, 10))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        across = 2 if self.width() >= theme.scaled(self, _TWO + _BESIDE) else 1
        for at, inside in enumerate(self._cards):
            self._grid.addWidget(inside, at // across, at % across, Qt.AlignmentFlag.AlignTop)
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < across else 0)

    def offer(self, people: Sequence[Someone]) -> None:
        """Offer other people; who is shown stays."""
        self._people = tuple(people)
        self.who.set_words({one.posting: f"{one.name}（{one.place}）" for one in people})

    def show_person(self, view: ChartView, posting: str) -> None:
        """Show a person's year."""
        if self._fonts is None:
            return
        self._title.setText(view.title)
        self._words.setText("".join(view.sentences))
        self.person.show_view(view, self._fonts)
        self.who.setCurrentIndex(self.who.findData(posting))
        line = self.who.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def show_figures(self) -> None:
        """Show the figures of the year, which no mark of a chart was chosen among."""
        self._list(_FIGURES, "回车或双击：打开这个数字的名单。", self._points)

    # -- strokes

    def _open(self, spot: Spot) -> None:
        if spot.page:
            self.opened.emit(spot.page, spot.subject)
            return
        sender = self.sender()
        view = sender.view if isinstance(sender, ChartCanvas) else None
        title = f"{spot.text.partition('；')[0]}，共{len(spot.rows)}行"
        self._list(title, view.definition if view is not None else "", spot.rows)

    def _list(self, title: str, definition: str, rows: Sequence[Row]) -> None:
        self._heading.setText(title)
        self._definition.setText(definition)
        self.rows.replace_rows(rows)
        self._all.setEnabled(title != _FIGURES)

    def _turn(self, by: int) -> None:
        postings = [one.posting for one in self._people]
        if postings:
            at = postings.index(self.who.code()) if self.who.code() in postings else -by
            self._ask(postings[(at + by) % len(postings)])

    def _ask(self, posting: str) -> None:
        if posting:
            self.person_turned.emit(posting)
