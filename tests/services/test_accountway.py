"""The account of this PC as a way in: switched off only with a code and a password; those of lost PCs are dropped."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.desks import open_office
from tuopin_desktop.domain.problems import Locked, Refused
from tuopin_desktop.domain.roles import Role
from tuopin_desktop.services.office import accountway, offices, users, vaults
from tuopin_desktop.services.office.accountway import AccountWay
from tuopin_desktop.services.office.desk import Desk

BAI, QI = "baiyin-6214", "qiqige-5531"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", clerk="李秀英")) as desk:
        yield desk


def test_it_is_switched_off_only_with_a_code_on_paper_and_a_password(desk: Desk) -> None:
    assert accountway.standing(desk) == AccountWay(True, 0)
    with pytest.raises(Refused, match="打印恢复码"):
        accountway.choose(desk, on=False)
    vaults.renew_code(desk.folder)
    with pytest.raises(Refused, match="管理员设口令"):
        accountway.choose(desk, on=False)
    users.add(desk, "白音", users.EVERYTHING, BAI)
    assert accountway.choose(desk, on=False) == AccountWay(False, 0)
    desk.close()
    vaults.lock(desk.folder)
    with pytest.raises(Locked):
        offices.open_desk(desk.folder, desk.clock)
    with closing(users.open_locked(desk.folder, desk.clock, BAI)) as again:
        assert accountway.choose(again, on=True) == AccountWay(True, 0)


def test_only_an_administrator_chooses(desk: Desk) -> None:
    users.add(desk, "白音", users.EVERYTHING, BAI)
    users.add(desk, "其其格", [Role.WRITER], QI)
    users.sign_in(desk, "其其格", lambda: QI)
    for act in (lambda: accountway.choose(desk, on=True), lambda: accountway.drop_others(desk)):
        with pytest.raises(Refused, match="不能管理人员与口令"):
            act()


def test_the_account_of_a_lost_pc_opens_nothing_any_more(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lost:
        lost.setenv("TUOPIN_CONFIG", str(tmp_path / "lost"))
        vaults.set_account(desk.folder, on=True)
    assert accountway.standing(desk) == AccountWay(True, 1)
    assert accountway.drop_others(desk) == 1
    assert accountway.drop_others(desk) == 0
    assert accountway.standing(desk) == AccountWay(True, 0)
    vaults.lock(desk.folder)
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "lost"))
    desk.close()
    with pytest.raises(Locked):
        offices.open_desk(desk.folder, desk.clock)
