"""The exchange page over a desk, answered at once."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.exchange.page import ExchangePage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


def page_of(desk: Desk, stick: Path | None, qtbot: QtBot) -> ExchangePage:
    asker = ImmediateRunner(desk)
    made = ExchangePage(asker, office_of(desk))
    qtbot.addWidget(made)
    asker.changed.connect(lambda _: made.refresh())
    made.refresh()
    if stick is not None:
        made.stick.choose(stick)
    return made


def states(page: ExchangePage) -> list[str]:
    return [item.state for item in page.transfer.tray.packages.rows_model.rows]
