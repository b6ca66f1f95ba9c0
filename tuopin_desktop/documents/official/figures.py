"""Figures on the pages of an official document: each with its title below, on the next page where this one is full."""

from tuopin_desktop.documents.flow import Pages, height_of
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official import chart as charts
from tuopin_desktop.documents.official.measures import CAPTION, PAGE
from tuopin_desktop.documents.official.model import Chart
from tuopin_desktop.documents.typeset import Area

_GAP = 3.0  # mm above and below a figure


class Figures:
    """The figures of one document, drawn in their order where there is room: the text goes on meanwhile."""

    def __init__(self, pages: Pages, book: FontBook) -> None:
        self._pages = pages
        self._book = book
        self._waiting: list[Chart] = []

    def add(self, chart: Chart) -> None:
        """Draw what there is room for; the rest waits for the next page."""
        self._waiting += charts.split(chart)
        self.settle()

    def settle(self, *, everything: bool = False) -> None:
        """Draw what waits: as much as this page holds, or on further pages all of it."""
        while self._waiting:
            if self._height(self._waiting[0]) > self._pages.room and self._pages.y > PAGE.top:
                if not everything:
                    return
                self._pages.turn()
            self._draw(self._waiting.pop(0))

    def _height(self, chart: Chart) -> float:
        title = self._pages.broken(chart.caption, CAPTION, PAGE.inner)
        return charts.height(chart) + 2 * _GAP + (height_of(title) + 1 if chart.caption else 0.0)

    def _draw(self, chart: Chart) -> None:
        pages = self._pages
        pages.y += _GAP
        pages.ink(charts.draw(chart, PAGE.left, pages.y, PAGE.inner, self._book))
        pages.y += charts.height(chart) + 1
        if chart.caption:
            title = pages.broken(chart.caption, CAPTION, PAGE.inner)
            pages.put(title, CAPTION, Area(PAGE.left, pages.y, PAGE.inner, height_of(title)))
            pages.y += height_of(title)
        pages.y += _GAP
