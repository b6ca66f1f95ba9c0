"""Forms of cadres in the window: a dropped folder is rehearsed as a sheet is, and shows photo, article and résumé."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services import cadremakers as forms
from tests.ui.hands import button
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.ui.pages.roster.page import RosterPage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> RosterPage:
    page = RosterPage(asker, office)
    qtbot.addWidget(page)
    page.resize(1180, 700)
    page.show()
    page.refresh()
    return page


def test_a_dropped_folder_is_looked_at_and_written_only_when_confirmed(
    page: RosterPage, desk: Desk, tmp_path: Path
) -> None:
    folder = forms.lay(tmp_path / "审批表", forms.made()[:2])
    (folder / "坏.lrmx").write_bytes(b"<Person>")
    (landing,) = page.takes
    assert landing.takes([folder])
    assert landing.takes([folder / "000.lrmx", folder / "坏.lrmx"])
    landing.then([folder])
    dialog = page.exchange.dialog
    assert dialog is not None
    assert [plan.label for plan in dialog.table.rows_model.rows] == ["新增", "新增", "需更正"]
    before = len(roster.people(desk))
    assert dialog.panel is not None
    assert dialog.table.select("3份审批表.1")
    assert "第三条" in dialog.panel.verdict.text()
    assert not dialog.panel.photo.pixmap().isNull()
    dialog.panel.resume.click()
    assert page.exchange.resume is not None
    assert [line.first for line in page.exchange.resume.table.rows_model.rows] == ["1994-09", "1998-07"]
    page.exchange.resume.accept()
    assert len(roster.people(desk)) == before
    button(dialog, "确认导入 2 行").click()
    assert len(roster.people(desk)) == before + 2
