"""A list as it stands on the screen, copied out for paper and workbook."""

from tuopin_desktop.services.office.listpapers import ShownCell, ShownColumn, ShownList
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.rows import Column
from tuopin_desktop.ui.widgets.rowsview import RowsView


def shown_list(table: RowsView, office: OfficeView) -> ShownList:
    """Return the rows of a list in the order shown; its title says of what time, and of whom, they are."""
    columns = [table.rows_model.columns[place] for place in table.places()]
    today = office.today
    about = [table.about or f"{today.year}年{today.month}月{today.day}日"]
    about += [f"只看{table.alone}"] if table.alone else []
    return ShownList(
        name=table.accessibleName(),
        columns=tuple(ShownColumn(one.title, one.right) for one in columns),
        rows=tuple(tuple(_cell(one, row) for one in columns) for row in table.rows_shown()),
        about="，".join(about),
        personal=table.personal,
    )


def _cell(column: Column, row: object) -> ShownCell:
    text = column.value(row)
    return ShownCell(text, column.sort(row) if column.sort else text)
