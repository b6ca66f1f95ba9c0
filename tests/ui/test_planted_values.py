"""Personal values planted in every field declared so: no page shows one in its lists and labels."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QTabBar, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.planted import kinds, planted, seen_in
from tests.plausible import plausible
from tests.ui.hands import everything
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.record import Scalar, scalars
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.pages.duties.register import RegisterView
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

COUNTY = "150125"


def _plant(desk: Desk) -> None:
    def refer(kind: str) -> str:
        return next((one.id for one in desk.store.rows(KINDS[kind])), f"{COUNTY}/none")

    for cls in kinds():
        held = desk.store.rows(cls) or [plausible(cls, desk.vocabulary, refer, COUNTY, id=f"{COUNTY}/{'7' * 32}")]
        for record in held:
            every = scalars(planted(cls, record)).items()
            said: dict[str, Scalar] = {key: value for key, value in every if value is not None}
            said.pop("handler_phone", None)  # the region's to enter
            desk.store.commit([Change(cls.kind.name, record.id, said)], "李秀英", desk.clock.wall_ms())


def words(page: QWidget) -> Iterator[str]:
    """Yield what a page shows where nobody types: labels, buttons, lists with their tooltips, texts to read."""
    for one in everything(page, QWidget):
        yield one.toolTip()
    for label in everything(page, QLabel):
        yield label.text()
    for button in everything(page, QPushButton):
        yield button.text()
    for text in everything(page, QTextEdit):
        yield text.toPlainText() if text.isReadOnly() else ""
    for view in everything(page, QAbstractItemView):
        yield from cells(view.model())


def cells(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for at in range(columns):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.index(row, at).data(role) or "")


def test_no_page_shows_a_personal_value_in_passing(desk: Desk, qtbot: QtBot) -> None:
    _plant(desk)
    shell = Shell(ImmediateRunner(desk), office_of(desk), DOORS)
    qtbot.addWidget(shell)
    shell.show()
    shown: dict[str, list[str]] = {}
    masks = 0
    for door in DOORS:
        shell.open_page(door.key)
        for bar in (None, *everything(shell.page, QTabBar)):
            for at in range(bar.count() if bar else 1):
                if bar:
                    bar.setCurrentIndex(at)
                for view in everything(shell.page, RegisterView):
                    for cls in kinds():
                        view.choose(cls.kind.name)
                        shown[f"{door.key} {at} {cls.kind.name}"] = seen_in("\n".join(words(view)))
                told = "\n".join(words(shell.page))
                masks += told.count("****6135")
                shown[f"{door.key} {at}"] = seen_in(told)
    shell._may_close = True
    shell.hide()
    assert {where: found for where, found in shown.items() if found} == {}
    assert masks > 0, "what is masked is there"


def test_a_register_opened_on_purpose_shows_everything(desk: Desk, qtbot: QtBot) -> None:
    _plant(desk)
    shell = Shell(ImmediateRunner(desk), office_of(desk), DOORS)
    qtbot.addWidget(shell)
    shell.show()
    shell.open_page("duties")
    (view,) = everything(shell.page, RegisterView)
    view.choose("incident")
    assert seen_in("\n".join(words(view))) == []
    view._reveal()
    assert "密incidenthandling" in seen_in("\n".join(words(view)))
    shell._may_close = True
    shell.hide()
