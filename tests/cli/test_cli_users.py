"""Users by the command line: passwords come from a descriptor or unseen typing, never from the command line."""

import os
from pathlib import Path

import pytest

from tests.cli.test_cli import Office
from tuopin_desktop.services.office import vaults

BAI, QI = "baiyin-6214", "qiqige-5531"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path / "office")
    assert office("init", "--level", "county", "--county", "150426", "--clerk", "李秀英") == 0
    return office


def told(text: str) -> int:
    """Return a descriptor from which a line can be read."""
    reading, writing = os.pipe()
    os.write(writing, f"{text}\n".encode())
    os.close(writing)
    return reading


def two(office: Office) -> None:
    assert office("user", "add", "白音", "admin", "--new-fd", told(BAI)) == 0, office.err
    as_bai = ("--user", "白音", "--password-fd", told(BAI))
    assert office(*as_bai, "user", "add", "其其格", "writer", "--new-fd", told(QI)) == 0, office.err


def as_qi(office: Office, *words: object) -> int:
    return office("--user", "其其格", "--password-fd", told(QI), *words)


def test_without_users_no_name_is_asked_for(office: Office) -> None:
    assert office("list", "office") == 0
    assert office("user", "list") == 0
    assert "李秀英一个人用" in office.out


def test_with_users_every_command_wants_a_name_and_a_password(office: Office) -> None:
    two(office)
    assert office("list", "office") == 1
    assert office.err == "本单位登记了使用人，要先登录：在命令前写明 --user 姓名。\n"
    assert office("--user", "其其格", "--password-fd", told("wrong-1234"), "list", "office") == 1
    assert "口令不对" in office.err
    assert as_qi(office, "list", "office") == 0
    assert office("--user", "无此人", "list", "office") == 1


def test_the_log_says_who_signed_in(office: Office) -> None:
    two(office)
    assert as_qi(office, "add", "meeting", "会议类别=例会", "召开日期=2018-06-03", "旗县=翁牛特旗") == 0, office.err
    assert as_qi(office, "user", "add", "谢丽", "writer", "--new-fd", told("xieli-7788")) == 1
    assert "其其格是经办人，不能管理人员与口令。请由管理员办理" in office.err


def test_the_password_is_typed_unseen_where_no_descriptor_is_given(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(office)
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return QI

    monkeypatch.setattr("getpass.getpass", typed)
    assert office("--user", "其其格", "list", "office") == 0
    assert asked == ["其其格的口令："]


def test_a_closed_descriptor_is_said(office: Office) -> None:
    two(office)
    descriptor = told("x")
    os.close(descriptor)
    assert office("--user", "其其格", "--password-fd", descriptor, "list", "office") == 1
    assert f"文件描述符{descriptor}没有打开" in office.err


def test_roles_change_and_who_left_is_disabled(office: Office) -> None:
    two(office)
    bai = ("--user", "白音", "--password-fd")
    assert office(*bai, told(BAI), "user", "roles", "其其格", "writer", "reviewer") == 0, office.err
    assert office.out == "其其格的身份：经办人、复核人\n"
    assert office(*bai, told(BAI), "user", "disable", "白音") == 1
    assert "至少要留一名在用的管理员" in office.err
    assert office(*bai, told(BAI), "user", "disable", "其其格") == 0
    assert as_qi(office, "list", "office") == 1
    assert office(*bai, told(BAI), "user", "list") == 0
    assert [line.split("\t")[3] for line in office.out.splitlines()] == ["在用", "停用"]


def test_a_password_is_changed_by_its_owner_and_given_by_an_administrator(office: Office) -> None:
    two(office)
    assert as_qi(office, "user", "password", "--new-fd", told("qiqige-3907")) == 0, office.err
    assert as_qi(office, "list", "office") == 1
    bai = ("--user", "白音", "--password-fd", told(BAI))
    assert office(*bai, "user", "password", "其其格", "--new-fd", told(QI)) == 0, office.err
    assert as_qi(office, "list", "office") == 1
    assert "user password" in office.err
    assert as_qi(office, "user", "password", "--new-fd", told("qiqige-3907")) == 0, office.err
    qi = ("--user", "其其格", "--password-fd", told("qiqige-3907"))
    assert office(*qi, "list", "office") == 0, office.err


def test_the_recovery_code_is_enough_where_all_passwords_are_forgotten(office: Office) -> None:
    two(office)
    vaults.admit(office.folder / "office.db", office.folder)
    code = vaults.renew_code(office.folder)
    words = ("user", "recover", "白音", "--code-fd", told(code), "--new-fd", told("neimeng-2018"))
    assert office(*words) == 0, office.err
    assert office("--user", "白音", "--password-fd", told("neimeng-2018"), "user", "list") == 0, office.err


def test_what_wants_two_takes_two_names(office: Office) -> None:
    two(office)
    bai = ("--user", "白音", "--password-fd")
    assert office(*bai, told(BAI), "user", "add", "王秀兰", "reviewer", "--new-fd", told("wangxiulan-8264")) == 0
    assert office(*bai, told(BAI), "user", "rules", "--second-send", "on", "--idle", "5") == 0, office.err
    assert office.out.startswith("没有操作5分钟后锁定\n")
    assert office.out.endswith("制作数据包要两个人：是\n")
    close = ("package", "make", "--to", "15", office.folder / "out")
    assert as_qi(office, *close) == 1
    assert "要两个人" in office.err
    second = ("--second", "王秀兰", "--second-fd", told("wangxiulan-8264"))
    assert as_qi(office, *second, *close) == 1
    assert "要两个人" not in office.err


def test_data_of_another_account_open_by_name_and_password(office: Office) -> None:
    two(office)
    vaults.admit(office.folder / "office.db", office.folder)
    vaults.set_account(office.folder, on=False)
    vaults.lock(office.folder)
    assert office("list", "office") == 1
    assert "加密" in office.err
    assert as_qi(office, "list", "office") == 0, office.err


def test_the_account_of_this_pc_is_switched_off_and_on(office: Office) -> None:
    two(office)
    bai = ("--user", "白音", "--password-fd")
    assert office(*bai, told(BAI), "user", "account", "off") == 0, office.err
    assert "关，打开数据要输口令" in office.out
    vaults.lock(office.folder)
    assert office("user", "account") == 1
    assert office(*bai, told(BAI), "user", "account", "on", "--drop-others") == 0, office.err
    assert "本机账户解锁：开" in office.out
    assert as_qi(office, "user", "account", "off") == 1
