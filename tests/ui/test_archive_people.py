"""The tabs 个人材料, 证明, 提取和利用: lists, papers and strokes over a practice office."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.services.archives import termoffice
from tests.services.desks import changed
from tuopin_desktop.domain.records import Lending, PersonalMaterial
from tuopin_desktop.services.archives import certificates, extracts, lendings, personal
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.certificates import CertificatesView
from tuopin_desktop.ui.pages.archives.extracts import ExtractsView
from tuopin_desktop.ui.pages.archives.page import ArchivesPage
from tuopin_desktop.ui.pages.archives.personal import PersonalView
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with closing(termoffice.build(tmp_path_factory.mktemp("term") / "o").desk) as desk:
        yield desk


def _view(desk: Desk, qtbot: QtBot, key: str) -> ArchiveView:
    page = ArchivesPage(ImmediateRunner(desk), office_of(desk))
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.show_subject(key)
    return page.view


def test_originals_are_noted_sent_and_receipted_from_the_list(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    view = _view(desk, qtbot, "personal")
    assert isinstance(view, PersonalView)
    assert view.state == "未送出4人，原件不齐4人"
    row = next(one for one in personal.people(desk) if one.name == "李四")
    assert view.table.select(row.person)
    view.ask_originals()
    assert view.dialog is not None
    dialog: Any = view.dialog
    originals = PersonalMaterial(formed=date(2020, 12, 28), signed=True, stamped=True)
    dialog.form.load(originals)
    dialog.take()
    (numbers,) = [personal.send(desk, [row.person])]
    view.refresh()
    view.table.select(row.person)
    view.ask_receipt()
    view.dialog.take()
    (row,) = personal.people(desk, persons=[row.person])
    assert (row.state, row.number, row.unready) == (personal.RECEIVED, numbers[0], ())
    view.write(tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_a_certificate_is_seen_masked_and_written_under_a_number(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    view = _view(desk, qtbot, "certificates")
    assert isinstance(view, CertificatesView)
    row = next(one for one in personal.people(desk) if one.name == "王海")
    view.table.select(row.person)
    assert view.paper.sheets
    view.write(row.person, "职称评审", tmp_path / "证明.pdf")
    assert (tmp_path / "证明.pdf").stat().st_size > 0
    (record,) = certificates.of_person(desk, row.person)
    assert record.number in view.earlier.text()


def test_an_extract_is_taken_and_made_again_and_a_lending_comes_back(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    view = _view(desk, qtbot, "extracts")
    assert isinstance(view, ExtractsView)
    view.people.select(personal.people(desk)[0].person)
    view.new()
    assert view.dialog is not None
    view.dialog.reject()
    persons = (personal.people(desk)[0].person,)
    today = desk.today()
    request = extracts.Request(
        asked_by="巡察组", basis="1号", persons=persons, first=today.replace(year=2018), last=today
    )
    view.take(request, tmp_path / "a")
    (record,) = extracts.extracts(desk)
    view.refresh()
    view.make_again(record.number, tmp_path / "b")
    assert len(list((tmp_path / "b").iterdir())) == 1
    out = Lending(lent=today.replace(month=1, day=2), borrower="钱八", basis="介绍信", what="2018年考勤簿", way="out")
    view.ask_lending()
    dialog: Any = view.dialog
    dialog.form.load(out)
    dialog.take()
    assert dialog.agree.isEnabled()  # refused: what goes out has a day to be back
    dialog.form.load(changed(out, due=today.replace(month=1, day=10)))
    dialog.take()
    view.refresh()
    assert view.state.endswith("借出1件，逾期1件")
    (late,) = lendings.lendings(desk, overdue=True)
    assert late.state == "逾期5天"
    view.lendings.select(late.record.id)
    view.ask_back()
    view.dialog.take()
    assert not lendings.lendings(desk, overdue=True)
