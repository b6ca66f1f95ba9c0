"""The handover: everything open is on the paper, two sign it, and the receiver takes over with the own password."""

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pdfplumber
import pytest

from tests.services.desks import enter, open_office
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.roles import Role
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import backups, unsaved, users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.unsaved import Unsaved
from tuopin_desktop.services.reporting import handover

QI, XIE = "qiqige-5531", "xieli-7788"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office whose 其其格 hands over to 谢丽, with a slip out, a draft and a copy."""
    with closing(open_office(tmp_path / "office")) as desk:
        users.add(desk, "其其格", users.EVERYTHING, QI)
        users.add(desk, "谢丽", [Role.WRITER], XIE, awaits=True)
        posting = enter(desk, "李明")
        slip = leave.draft(desk, posting.id, desk.today())
        leave.save(desk, leave_slip(slip))
        unsaved.keep(desk, [Unsaved(page="leave", key="k", label="请假报备单 李明", content={"place": "赤峰"})])
        backups.make(desk)
        yield desk


def leave_slip(slip: LeaveSlip) -> LeaveSlip:

    return msgspec.structs.replace(slip, place="赤峰市", period="2018-06-04am/2018-06-05pm", reason="看病")


def by_name(desk: Desk) -> dict[str, handover.Part]:
    return {part.what: part for part in handover.handover(desk, "谢丽").parts}


def test_everything_that_is_open_is_on_the_paper(desk: Desk) -> None:
    parts = by_name(desk)
    assert parts["没有办完的报备单"].count == "1张"
    assert parts["没有办完的报备单"].lines[0].startswith("李明 ")
    assert parts["没有写完的草稿"].count.startswith("1份")
    assert parts["备份"].count.startswith("20")
    assert set(parts) == {
        "没有办完的报备单",
        "没有结账的月份",
        "到期和逾期的履职事项",
        "没有报送的改动",
        "没有回执的数据包",
        "没有收下的数据包",
        "没有写完的草稿",
        "备份",
        "U盘",
        "恢复码信封",
        "使用人",
    }


def test_the_paper_names_both_and_has_room_for_their_ink(desk: Desk) -> None:
    with pdfplumber.open(io.BytesIO(handover.pdf(desk, "谢丽"))) as paper:
        text = "".join(page.extract_text() for page in paper.pages)
    for words in ("经办工作交接单", "移交人：其其格", "接收人：谢丽", "移交人签字：", "接收人签字：", "李明"):
        assert words in text


def test_the_receiver_works_only_after_confirming_with_the_own_password(desk: Desk) -> None:
    with pytest.raises(Refused, match="还没有办交接"):
        users.sign_in(desk, "谢丽", lambda: XIE)
    with pytest.raises(Refused, match="口令不对"):
        handover.confirm(desk, "谢丽", QI)
    assert handover.confirm(desk, "谢丽", XIE) == "谢丽"
    assert users.sign_in(desk, "谢丽", lambda: XIE).roles == {Role.WRITER}


def test_a_writer_who_is_no_administrator_hands_over_and_does_nothing_else_to_users(desk: Desk) -> None:
    users.add(desk, "斯琴", [Role.WRITER], "siqin-7316")
    users.sign_in(desk, "斯琴", lambda: "siqin-7316")
    with pytest.raises(Refused, match="请由管理员办理"):
        users.set_roles(desk, "谢丽", [Role.ADMIN])
    handover.confirm(desk, "谢丽", XIE)
    xie = users.called(desk, "谢丽")
    assert not xie.awaits
    assert desk.store.history("user", xie.id)[-1][1] == "斯琴（复核 谢丽）"
    with pytest.raises(Refused, match="不用再确认"):
        handover.confirm(desk, "谢丽", XIE)


def test_nobody_hands_over_to_himself_and_a_viewer_not_at_all(desk: Desk) -> None:
    with pytest.raises(Refused, match="同一个人"):
        handover.handover(desk, "其其格")
    users.add(desk, "于伟东", [Role.VIEWER], "yuweidong-9471")
    users.sign_in(desk, "于伟东", lambda: "yuweidong-9471")
    with pytest.raises(Refused, match="于伟东是查看，不能交接"):
        handover.handover(desk, "谢丽")
