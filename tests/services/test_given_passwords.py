"""A password that somebody else chose leaves a line, is told to its owner, and is good only for being changed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.desks import MORNING, open_office
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.roles import NOBODY, Role
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import disclosures, signins, users, vaults
from tuopin_desktop.services.office.desk import Desk

BAI, QI, GIVEN, OWN = "baiyin-6214", "qiqige-5531", "neimeng-4837", "qiqige-9026"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """白音, an administrator, at the desk, and 其其格, who writes."""
    with closing(open_office(tmp_path / "office", clerk="李秀英")) as desk:
        users.add(desk, "白音", [Role.ADMIN], BAI)
        users.add(desk, "其其格", [Role.WRITER], QI)
        yield desk


def acts(desk: Desk) -> list[tuple[str, str, str, int]]:
    """Return who did what, the oldest first, without the sign-ins."""
    lines = [(one.by, one.act, one.what, one.rows) for one in disclosures.lines(desk)]
    return [line for line in reversed(lines) if line[1] != "登录"]


def fail(desk: Desk, name: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(Refused):
            users.sign_in(desk, name, lambda: "typed-7716")


def test_whoever_gives_a_password_is_not_the_second_person_with_it_and_leaves_a_line(desk: Desk) -> None:
    users.give_password(desk, "其其格", GIVEN)
    with pytest.raises(Refused, match="请其其格先自己登录一次"):
        users.beside(desk, "其其格", GIVEN)
    assert acts(desk) == [("白音", "换口令", "给其其格换口令", 1)]


def test_the_owner_hears_who_gave_it_and_goes_in_only_with_an_own_one(desk: Desk) -> None:
    users.give_password(desk, "其其格", GIVEN)
    with pytest.raises(Refused, match=r"您的口令是白音在.*给的") as refused:
        users.sign_in(desk, "其其格", lambda: GIVEN)
    assert refused.value.problems[0].code == users.GIVEN
    assert desk.user == "白音"
    with pytest.raises(Refused, match="不能和给的一样"):
        users.renew(desk, "其其格", GIVEN, GIVEN)
    assert users.renew(desk, "其其格", GIVEN, OWN).name == "其其格"
    assert not users.is_given(desk, "其其格")
    assert users.sign_in(desk, "白音", lambda: BAI).name == "白音"
    assert users.beside(desk, "其其格", OWN).name == "其其格"


def test_a_given_password_is_not_changed_without_knowing_it(desk: Desk) -> None:
    users.give_password(desk, "其其格", GIVEN)
    with pytest.raises(Refused, match="口令不对"):
        users.renew(desk, "其其格", QI, OWN)


def test_a_disabled_user_comes_back_with_a_given_password(desk: Desk) -> None:
    users.disable(desk, "其其格")
    users.enable(desk, "其其格", GIVEN)
    assert users.is_given(desk, "其其格")
    assert acts(desk) == [("白音", "换口令", "给其其格换口令", 1)]


def test_a_password_by_the_recovery_code_leaves_a_line_and_is_told_at_the_next_sign_in(desk: Desk) -> None:
    code = vaults.renew_code(desk.folder)
    users.sign_out(desk)
    users.recover(desk, code, users.called(desk, "其其格").id, OWN)
    assert acts(desk) == [("（没有登录）", "换口令", "用恢复码换其其格的口令", 1)]
    with pytest.raises(Refused, match="请其其格先自己登录一次"):
        users.beside(desk, "其其格", OWN)
    users.sign_in(desk, "其其格", lambda: OWN)
    assert "用恢复码换过" in desk.store.notice
    users.sign_in(desk, "白音", lambda: BAI)
    assert users.beside(desk, "其其格", OWN).name == "其其格"


def test_a_clock_one_minute_back_neither_ends_the_wait_nor_forgets_the_count(desk: Desk) -> None:
    fail(desk, "其其格", signins.FREE)
    desk.clock = FixedClock(desk.clock.now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="请等30秒"):
        users.sign_in(desk, "其其格", lambda: QI)
    desk.clock = FixedClock(desk.clock.now() + timedelta(seconds=31))
    with pytest.raises(Refused, match="请等60秒"):
        users.sign_in(desk, "其其格", lambda: "typed-7716")
    desk.clock = FixedClock(desk.clock.now() + timedelta(seconds=61))
    assert users.sign_in(desk, "其其格", lambda: QI).name == "其其格"


def test_a_clock_far_back_is_waited_for_once_and_not_until_it_comes_round(desk: Desk) -> None:
    fail(desk, "其其格", signins.FREE)
    desk.clock = FixedClock(desk.clock.now() - timedelta(days=400))
    with pytest.raises(Refused, match="请等30秒"):
        users.sign_in(desk, "其其格", lambda: QI)
    desk.clock = FixedClock(desk.clock.now() + timedelta(seconds=31))
    assert users.sign_in(desk, "其其格", lambda: QI).name == "其其格"


def test_wrong_passwords_are_one_line_for_each_name_and_never_what_was_typed(desk: Desk) -> None:
    users.sign_out(desk)
    fail(desk, "其其格", 3)
    fail(desk, "白音", 1)
    users.sign_in(desk, "白音", lambda: BAI)
    assert sorted(acts(desk)) == [
        ("白音", "口令输错", "其其格的口令输错", 3),
        ("白音", "口令输错", "白音的口令输错", 1),
    ]
    users.sign_in(desk, "其其格", lambda: QI)
    assert len(acts(desk)) == 2
    assert not any("typed" in line[2] for line in acts(desk))


def test_wrong_passwords_of_the_second_person_are_told_too(desk: Desk) -> None:
    with pytest.raises(Refused):
        users.beside(desk, "其其格", "typed-7716")
    users.beside(desk, "其其格", QI)
    assert acts(desk) == [("白音", "口令输错", "其其格的口令输错", 1)]


@pytest.mark.parametrize("state", ["awaits", "given"])
def test_data_opened_by_a_password_put_nobody_at_the_desk_who_may_not_sign_in(desk: Desk, state: str) -> None:
    if state == "awaits":
        users.add(desk, "谢丽", [Role.WRITER], GIVEN, awaits=True)
    else:
        users.give_password(desk, "其其格", GIVEN)
    vaults.set_account(desk.folder, on=False)
    folder = desk.folder
    desk.close()
    vaults.lock(folder)
    with pytest.raises(Refused):
        users.open_locked(folder, FixedClock(MORNING), "typed-7716")
    with closing(users.open_locked(folder, FixedClock(MORNING), GIVEN)) as again:
        assert again.who == NOBODY
        with pytest.raises(Refused, match="还没有办交接" if state == "awaits" else "请先换成自己的"):
            users.sign_in(again, "谢丽" if state == "awaits" else "其其格", lambda: GIVEN)
        users.sign_in(again, "白音", lambda: BAI)
        assert ("白音", "口令输错", "打开数据的口令输错", 1) in acts(again)
