"""The leave slip: the right form by the position on the day of leave (V7), numbers, refusals, and its paper."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.display import Line
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import LeaveSlip, Posting
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import settings
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path)
    yield desk
    desk.close()


def slip_for(desk: Desk, posting: Posting, period: str = "605-608", **said: str) -> LeaveSlip:
    words = {"place": "呼和浩特市", "reason": "参加全区脱贫攻坚工作推进会", **said}
    return changed(leave.draft(desk, posting.id), period=period, **words)


def test_a_draft_is_filled_in_from_the_roster(desk: Desk) -> None:
    posting = enter(desk, "乌云其其格", "leader", local_post="旗委副书记", phone="13947820000")
    slip = leave.draft(desk, posting.id)
    assert (slip.name, slip.county, slip.form) == ("乌云其其格", "赤峰市翁牛特旗", "leader")
    assert slip.post == "工作总队队长、旗委副书记（挂任）"
    assert (slip.filled, slip.phone) == (date(2018, 6, 4), "13947820000")
    assert registers.rows(desk, "leave_slip") == []


@pytest.mark.parametrize(("position", "form"), [("leader", "leader"), ("deputy", "member"), ("member", "member")])
def test_the_form_follows_the_position(desk: Desk, position: str, form: str) -> None:
    assert leave.save(desk, slip_for(desk, enter(desk, "王海", position))).form == form


def test_the_position_on_the_first_day_of_leave_decides_not_the_one_it_was_drafted_for(desk: Desk) -> None:
    deputy = enter(desk, "王海", "deputy", until=date(2018, 6, 10))
    leader = Posting(
        id=registers.new_id(desk), person=deputy.person, county="150426", position="leader", since=date(2018, 6, 11)
    )
    registers.save(desk, leader)
    before = leave.save(desk, slip_for(desk, deputy, "609-612"))
    after = leave.save(desk, slip_for(desk, deputy, "611-612"))
    assert (before.form, before.posting) == ("member", deputy.id)
    assert (after.form, after.posting) == ("leader", leader.id)


def test_numbers_run_by_office_and_year_and_are_never_used_again(desk: Desk) -> None:
    posting = enter(desk, "王海")
    first, second = leave.save(desk, slip_for(desk, posting)), leave.save(desk, slip_for(desk, posting, "701-703"))
    registers.delete(desk, "leave_slip", second.id)
    third = leave.save(desk, slip_for(desk, posting, "711-713"))
    new_year = leave.save(desk, changed(slip_for(desk, posting, "2019-1-5至1-8"), filled=date(2019, 1, 2)))
    assert [one.number for one in (first, second, third, new_year)] == [
        "2018-0001",
        "2018-0002",
        "2018-0003",
        "2019-0001",
    ]


def test_saving_again_keeps_the_number_and_logs_only_the_change(desk: Desk) -> None:
    slip = leave.save(desk, slip_for(desk, enter(desk, "王海")))
    again = leave.save(desk, changed(slip, place="北京市"))
    assert again.number == slip.number
    assert desk.store.history("leave_slip", slip.id)[-1][2] == {"place": "北京市"}


def test_a_slip_typed_before_it_had_its_number_keeps_that_when_it_is_saved_again(desk: Desk) -> None:
    draft = slip_for(desk, enter(desk, "王海"))
    first = leave.save(desk, draft)
    assert leave.settle(desk, draft).number == first.number
    assert leave.save(desk, changed(draft, place="北京市")).number == first.number


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"period": "608-605日"}, "period", "看不懂"),
        ({"period": "2018-06-08am/2018-06-05pm"}, "period", "返回时间早于离开时间"),
        ({"period": ""}, "period", "请填写"),
        ({"place": "  "}, "place", "请填写"),
        ({"reason": "事" * 601}, "reason", "最多600字"),
        ({"reason": "事由很长，" * 100}, "reason", "印不下"),
        ({"name": "阿" * 200}, "name", "最多50字"),
        ({"place": "呼和\u202e浩特"}, "place", "U+202E"),
        ({"filled": date(1018, 6, 4)}, "filled", "核对年份"),
    ],
)
def test_a_slip_that_cannot_be_is_refused_at_its_field_and_nothing_is_written(
    desk: Desk, said: dict, field: str, words: str
) -> None:
    slip = changed(slip_for(desk, enter(desk, "王海")), **said)
    with pytest.raises(Refused) as refused:
        leave.save(desk, slip)
    assert [problem for problem in refused.value.problems if field in problem.fields and words in problem.sentence]
    assert registers.rows(desk, "leave_slip") == []


def test_an_overlap_and_a_wrong_way_round_period_name_article_10(desk: Desk) -> None:
    posting = enter(desk, "王海")
    leave.save(desk, slip_for(desk, posting))
    found = leave.warnings(desk, leave.prepare(desk, slip_for(desk, posting, "608-610")))
    assert [(finding.rule, finding.article) for finding in found] == [("A10-3", 10)]
    leave.save(desk, slip_for(desk, posting, "608-610"))  # shown, never blocked: the paper may exist


def test_the_pdf_has_a_page_per_slip_with_its_words(desk: Desk) -> None:
    posting = enter(desk, "阿拉坦其其格")
    made = [leave.save(desk, slip_for(desk, posting, period)) for period in ("605-608", "7.5下午至7.8上午")]
    with pdfplumber.open(BytesIO(leave.pdf(desk, [slip.id for slip in made]))) as pdf:
        texts = ["".join(page.extract_text().split()) for page in pdf.pages]
    assert len(texts) == 2
    assert all("阿拉坦其其格" in text and "呼和浩特市" in text for text in texts)
    assert "2018年7月5日下午至" in texts[1]
    assert "2018年7月8日上午" in texts[1]


def test_number_and_code_stand_below_the_frame_unless_switched_off(desk: Desk) -> None:
    slip = leave.save(desk, slip_for(desk, enter(desk, "王海")))
    frame = max(op.y1 for op in leave.sheet(desk, slip).static if isinstance(op, Line)) / 25.4 * 72
    with pdfplumber.open(BytesIO(leave.pdf(desk, [slip.id]))) as pdf:
        page = pdf.pages[0]
        inside, below = page.crop((0, 0, page.width, frame)), page.crop((0, frame, page.width, page.height))
        assert slip.number not in inside.extract_text()
        assert slip.number in below.extract_text()
        assert not inside.within_bbox(inside.bbox).rects
        assert below.rects
    assert leave.sheet(desk, changed(slip, number="")).margin == ()
    settings.choose(desk, "margin_code", False)
    assert leave.sheet(desk, slip).margin == ()
    with pdfplumber.open(BytesIO(leave.pdf(desk, [slip.id]))) as pdf:
        assert slip.number not in pdf.pages[0].extract_text()


def test_blank_forms_and_overprints_never_carry_them(desk: Desk) -> None:
    slip = leave.save(desk, changed(slip_for(desk, enter(desk, "王海")), return_note="已销假"))
    assert leave.overprint(desk, slip.id, ["return_note"]).margin == ()
    with pdfplumber.open(BytesIO(leave.blank(desk, 2))) as pdf:
        assert pdf.pages[0].rects == []
        assert "编号" not in pdf.pages[0].extract_text()


def test_a_practice_slip_is_marked_outside_the_frame(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "p", practice=True)) as desk:
        slip = leave.save(desk, slip_for(desk, enter(desk, "赵甲一")))
        content = leave.pdf(desk, [slip.id])
    with pdfplumber.open(BytesIO(content)) as pdf:
        page = pdf.pages[0]
        below = page.crop((0, page.height - 35 / 25.4 * 72, page.width, page.height))
        assert "练习数据" in below.extract_text()


def test_a_slip_is_found_by_its_number_and_an_ambiguous_one_is_explained(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "r", level="region")) as desk:
        for county in ("150426", "150421"):
            leave.save(desk, slip_for(desk, enter(desk, "王海", county=county)))
        with pytest.raises(Refused, match="请写明单位：阿鲁科尔沁旗/2018-0001、翁牛特旗/2018-0001"):
            leave.numbered(desk, "2018-0001")
        assert leave.numbered(desk, "150426/2018-0001").county == "赤峰市翁牛特旗"
        with pytest.raises(Refused, match="没有编号"):
            leave.numbered(desk, "2018-0099")
