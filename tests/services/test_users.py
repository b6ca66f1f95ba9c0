"""Users: the first one, more of them, passwords, wrong ones, forgotten ones; the last administrator stays."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import MORNING, open_office
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Locked, Refused
from tuopin_desktop.domain.roles import CLERK, NOBODY, Act, Role
from tuopin_desktop.exchange import recoverycode
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import access, offices, signins, users, vaults
from tuopin_desktop.services.office.desk import Desk

BAI, QI = "baiyin-6214", "qiqige-5531"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", clerk="李秀英")) as desk:
        yield desk


def two(desk: Desk) -> tuple[str, str]:
    """Register an administrator, who is at the desk, and a writer; return their ids."""
    first = users.add(desk, "白音", [Role.ADMIN], BAI)
    second = users.add(desk, "其其格", [Role.WRITER], QI)
    return first.id, second.id


def reopened(desk: Desk) -> Desk:
    folder, clock = desk.folder, desk.clock
    desk.close()
    return offices.open_desk(folder, clock)


def later(desk: Desk, seconds: float) -> None:
    desk.clock = FixedClock(desk.clock.now() + timedelta(seconds=seconds))


def test_the_first_user_is_whoever_works_here_and_goes_on_working(desk: Desk) -> None:
    assert desk.who == CLERK
    user = users.add(desk, "李秀英", users.EVERYTHING)
    assert desk.who == user.signed
    desk.commit([Change("office", f"{desk.scope}/office", {"phone": "1"})])
    assert desk.store.history("office", f"{desk.scope}/office")[-1][1] == "李秀英"


def test_the_first_user_has_to_be_an_administrator(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        users.add(desk, "李秀英", [Role.WRITER], BAI)
    assert refused.value.problems[0].code == access.LAST
    assert desk.who == CLERK
    assert vaults.ways(desk.folder) == (vaults.Way("account", vaults.ways(desk.folder)[0].owner),)


def test_one_alone_without_a_password_signs_in_by_himself(desk: Desk) -> None:
    users.add(desk, "李秀英", users.EVERYTHING)
    with closing(reopened(desk)) as again:
        assert again.who == NOBODY
        assert users.sign_in_alone(again) is False
        assert again.user == "李秀英"


def test_a_second_user_needs_the_first_to_have_a_password(desk: Desk) -> None:
    users.add(desk, "李秀英", users.EVERYTHING)
    with pytest.raises(Refused, match="请先给李秀英设口令"):
        users.add(desk, "其其格", [Role.WRITER], QI)
    users.change_password(desk, "", BAI)
    users.add(desk, "其其格", [Role.WRITER], QI)
    with closing(reopened(desk)) as again:
        assert users.sign_in_alone(again) is True
        assert [tile.name for tile in users.tiles(again)] == ["其其格", "李秀英"]


def test_whoever_signs_in_may_what_his_roles_say(desk: Desk) -> None:
    two(desk)
    with closing(reopened(desk)) as again:
        assert users.sign_in(again, "其其格", lambda: QI).roles == {Role.WRITER}
        assert again.user == "其其格"
        with pytest.raises(Refused, match="请由管理员办理"):
            users.add(again, "谢丽", [Role.WRITER], "xieli-7788")


def test_wrong_passwords_make_one_wait_longer_and_longer_over_a_restart_and_nothing_is_lost(desk: Desk) -> None:
    _, qi = two(desk)
    users.sign_out(desk)
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"再错{left}次"):
            users.sign_in(desk, qi, lambda: "wrong")
    with pytest.raises(Refused, match="请等30秒"):
        users.sign_in(desk, qi, lambda: "wrong")
    with pytest.raises(Refused, match="请等30秒"):
        users.sign_in(desk, qi, lambda: QI)  # not even the right one is looked at
    with closing(reopened(desk)) as again:
        later(again, 20)
        with pytest.raises(Refused, match="请等10秒"):
            users.sign_in(again, qi, lambda: QI)
        later(again, 11)
        with pytest.raises(Refused, match="请等60秒"):
            users.sign_in(again, qi, lambda: "wrong")
        later(again, 61)
        assert users.sign_in(again, qi, lambda: QI).name == "其其格"
        assert signins.of(again.folder, users.slot_of(qi)).wrong == 0


def test_the_wait_of_one_is_not_that_of_another_and_has_an_end() -> None:
    signs = signins.SignIns(0, 500, 1_000_000)
    assert signs.wait(1_000_000) == 900
    assert signs.wait(1_000_000 + 900_000) == 0
    assert signs.wait(1_000_000 - 1) == 900  # a clock that went back


def test_a_changed_password_only_wraps_the_key_anew(desk: Desk) -> None:
    two(desk)
    before = (desk.folder / "office.db").read_bytes()[:4096]
    users.change_password(desk, BAI, "baiyin-7207")
    assert (desk.folder / "office.db").read_bytes()[:4096] == before
    with pytest.raises(Refused, match="口令不对"):
        users.sign_in(desk, "白音", lambda: BAI)
    assert users.sign_in(desk, "白音", lambda: "baiyin-7207").name == "白音"


def test_the_old_password_is_asked_for(desk: Desk) -> None:
    two(desk)
    with pytest.raises(Refused, match="口令不对"):
        users.change_password(desk, "wrong-1234", "baiyin-7207")


@pytest.mark.parametrize("bad", ["", "12345", "123456", "20180530", "111111", "白音白音白", "baiyin123", "a" * 129])
def test_a_password_that_is_guessed_at_once_is_refused(desk: Desk, bad: str) -> None:
    with pytest.raises(Refused):
        users.add(desk, "白音", [Role.ADMIN], bad or "x")


def test_another_administrator_gives_a_forgotten_password(desk: Desk) -> None:
    _, qi = two(desk)
    users.give_password(desk, qi, "neimeng-2018")
    users.renew(desk, qi, "neimeng-2018", "qiqige-4408")
    assert users.sign_in(desk, qi, lambda: "qiqige-4408").name == "其其格"
    with pytest.raises(Refused, match="请由管理员办理"):
        users.give_password(desk, "白音", "neimeng-2019")


def test_the_recovery_code_gives_a_forgotten_password_and_a_wrong_code_none(desk: Desk) -> None:
    bai, _ = two(desk)
    code = vaults.renew_code(desk.folder)
    users.sign_out(desk)
    other = recoverycode.new_code()
    with pytest.raises(Refused, match="恢复码不是这份数据的"):
        users.recover(desk, other, bai, "neimeng-2018")
    users.recover(desk, code, bai, "neimeng-2018")
    assert users.sign_in(desk, bai, lambda: "neimeng-2018").name == "白音"


def test_whoever_is_disabled_signs_in_no_more_and_opens_nothing(desk: Desk) -> None:
    _, qi = two(desk)
    users.disable(desk, qi)
    with pytest.raises(Refused, match="没有“其其格”"):
        users.sign_in(desk, "其其格", lambda: QI)
    assert not vaults.is_right(desk.folder, vaults.Unlock(password=QI))
    assert [(row.name, row.state) for row in users.listed(desk)] == [("白音", "在用"), ("其其格", "停用")]
    users.enable(desk, "其其格", "qiqige-4408")
    assert users.renew(desk, "其其格", "qiqige-4408", "qiqige-5520").name == "其其格"


def test_the_last_administrator_is_not_disabled_and_keeps_his_password(desk: Desk) -> None:
    bai, _ = two(desk)
    with pytest.raises(Refused) as refused:
        users.disable(desk, bai)
    assert refused.value.problems[0].code == access.LAST
    assert users.has_password(desk, bai)


def test_data_the_account_does_not_open_are_opened_by_a_password_of_a_user(desk: Desk, tmp_path: Path) -> None:
    two(desk)
    vaults.set_account(desk.folder, on=False)
    folder = desk.folder
    desk.close()
    vaults.lock(folder)
    with pytest.raises(Locked):
        offices.open_desk(folder, FixedClock(MORNING))
    for _ in range(signins.FREE):
        with pytest.raises(Refused):
            users.open_locked(folder, FixedClock(MORNING), "wrong-1234")
    with pytest.raises(Refused, match="请等30秒"):
        users.open_locked(folder, FixedClock(MORNING), QI)
    with closing(users.open_locked(folder, FixedClock(MORNING + timedelta(minutes=1)), QI)) as again:
        assert users.sign_in(again, "其其格", lambda: QI).name == "其其格"


def test_a_second_person_is_wanted_only_where_there_are_two(desk: Desk) -> None:
    users.add(desk, "李秀英", users.EVERYTHING, BAI)
    wanted = msgspec.structs.replace(users.rules(desk), second_close=True)
    with pytest.raises(Refused, match="要有两位"):
        users.set_rules(desk, wanted)
    users.add(desk, "王秀兰", [Role.REVIEWER], "wangxiulan-8264")
    users.set_rules(desk, wanted)
    with pytest.raises(Refused, match="要两个人"):
        desk.require(Act.CONFIRM)
    with desk.countersigned(users.beside(desk, "王秀兰", "wangxiulan-8264")):
        desk.require(Act.CONFIRM)
    with pytest.raises(Refused, match="口令不对"):
        users.beside(desk, "王秀兰", "wrong-1234")
