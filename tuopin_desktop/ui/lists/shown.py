"""A list as it stands on the screen, copied out for paper and workbook."""

from collections.abc import Iterator
from typing import cast

from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.services.office.listpapers import ShownCell, ShownColumn, ShownList
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.rows import Column
from tuopin_desktop.ui.widgets.rowsview import RowsView
from tuopin_desktop.ui.widgets.search import SearchLine


def shown_list(table: RowsView, office: OfficeView) -> ShownList:
    """Return the rows of a list in the order shown; its title says of what time, of whom and of which part they are."""
    columns = [table.rows_model.columns[place] for place in table.places()]
    today = office.today
    about = [table.about] if table.about else list(_narrowing(_around(table)))
    about += [f"只看{table.alone}"] if table.alone else []
    return ShownList(
        name=table.accessibleName(),
        columns=tuple(ShownColumn(one.title, one.right) for one in columns),
        rows=tuple(tuple(_cell(one, row) for one in columns) for row in table.rows_shown()),
        about="，".join(about) or day_words(today),
        personal=table.personal,
    )


def _cell(column: Column, row: object) -> ShownCell:
    text = column.value(row)
    return ShownCell(text, column.sort(row) if column.sort else text)


def _around(table: RowsView) -> QWidget:
    """Return the page or the dialog a list stands on."""
    place: QWidget = table
    while (parent := place.parentWidget()) is not None and place.objectName() != "page" and not place.isWindow():
        place = parent
    return place


def _narrowing(page: QWidget) -> Iterator[str]:
    """Yield by which choices and words the lists in sight are narrowed: 2018年6月, 翁牛特旗, 待签字."""
    for part in cast("list[QWidget]", page.findChildren(QWidget)):
        if not part.isVisibleTo(page):
            continue
        if isinstance(part, FilterBox) and part.code():
            yield part.currentText()
        elif isinstance(part, Chips):
            yield part.text()
        elif isinstance(part, SearchLine) and part.text().strip():
            yield f"找“{part.text().strip()}”"
