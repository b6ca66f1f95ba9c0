"""Days, periods and names as officials write them: what each comes to, and what nobody can tell."""

from datetime import date

import pytest

from tuopin_desktop.domain.intake.headings import near, recognised
from tuopin_desktop.domain.names import name_fault, vacant
from tuopin_desktop.domain.officialdays import short_month
from tuopin_desktop.domain.periods import understand
from tuopin_desktop.domain.reading import read_date, read_month


@pytest.mark.parametrize(
    "text",
    [
        *("二〇一八年六月五日", "二零一八年六月五日", "二○一八年六月五日", "贰零壹捌年陆月伍日", "2018年六月五号"),
        *("18.6.5", "18年6月5日", "18/6/5", "18.06.05"),
        *(
            "2018年6月5日（星期二）",
            "2018-06-05 周二",
            "2018.6.5(二)",
            "2018年6月5日，星期二",
            "2018年6月5日（禮拜二）",
        ),
    ],
)
def test_a_day_is_read_as_officials_write_it(text: str) -> None:
    assert read_date(text) == date(2018, 6, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2018年6月5日（星期三）",
        "农历五月初五",
        "2018年正月初一",
        "06/05/18",
        "05-06-18",
        "18.13.5",
        "六月五日",
        "一八六五",
    ],
)
def test_what_names_no_certain_day_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("75.06", "1975-06"),
        ("75年6月", "1975-06"),
        ("05.6", "2005-06"),
        ("18.06", ""),
        ("75.13", ""),
        ("七五年六月", ""),
    ],
)
def test_a_birth_of_two_figures_is_of_the_one_century_it_can_be(text: str, month: str) -> None:
    assert short_month(text, birth=True) == month


def test_a_month_in_chinese_numerals_is_a_month() -> None:
    assert [read_month(text) for text in ("一九七五年六月", "二〇一八年十一月", "一九九〇年元月")] == [
        "1975-06",
        "2018-11",
        "1990-01",
    ]


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2018年7月10日至2018年7月12日，共3天", "2018-07-10am/2018-07-12pm"),
        ("自2018年7月10日起至2018年7月12日止", "2018-07-10am/2018-07-12pm"),
        ("从2018年7月10日到12日（三天）", "2018-07-10am/2018-07-12pm"),
        ("2018-07-10 08:00至2018-07-12 18:00", "2018-07-10am/2018-07-12pm"),
        ("2018年7月10日下午2时至7月12日中午12时", "2018-07-10pm/2018-07-12am"),
        ("2018年7月10日起3天", "2018-07-10am/2018-07-12pm"),
        ("2018年7月10日，共2天半", "2018-07-10am/2018-07-12am"),
        ("自2018年7月10日至2018年7月12日止，共计3个工作日", "2018-07-10am/2018-07-12pm"),
        ("2018年7月10日至2018年7月12日，共4天", None),
        ("2018年7月10日至2018年7月12日，共5个工作日", None),
        ("2018年7月10日（星期三）至7月12日", None),
        ("2018-07-10 19:00至2018-07-12 18:00", None),
        ("2018-07-10 08:00至2018-07-12 07:00", None),
        *(
            (text, "2018-07-10am/2018-07-12pm")
            for text in (
                "2018.7.10--2018.7.12",
                "2018-07-10--12",
                "2018年7月10日——7月12日",
                "起：2018年7月10日\n止：2018年7月12日",
                "起始日期：2018.7.10 终止日期：2018.7.12",
                "2018年7月10日\n2018年7月12日",
                "2018年7月\n10日至12日",
                "2018年7月10日至12日（含周末）共计3天",
                "2018.7.10-7.12，共3天（含双休）",
            )
        ),
        ("2018年7月10日、11日", "2018-07-10am/2018-07-11pm"),
        ("2018年7月10日（周三）至12日", None),
    ],
)
def test_a_period_is_read_as_offices_write_it_or_doubted(text: str, stored: str | None) -> None:
    reading = understand(text)
    assert (reading.period.stored() if reading.period else None) == stored
    assert bool(reading.doubt) == (stored is None)


@pytest.mark.parametrize("text", ["空缺", "待定", "暂缺", "某", "某某", "（空缺）", "空　缺", "×××", "XXX", "/"])
def test_a_word_for_nobody_is_no_name(text: str) -> None:
    assert vacant(text)


@pytest.mark.parametrize(
    "text",
    [
        *("王试四（女）", "王试四、王试五", "王试四 王试五", "王试四/王试五", "1.王试四", "（1）王试四", "①王试四"),
        *("王试四13900001004", "王试四★", "*王试四", "王试四😀", "😀", "王某", "李某某", "王试四2"),
    ],
)
def test_what_is_more_than_one_persons_name_is_asked_about(text: str) -> None:
    assert name_fault(text)


@pytest.mark.parametrize(
    "text", ["王四", "王 四", "欧阳 娜娜", "额尔德尼·朝鲁", "Anna Maria", "ᠪᠠᠲᠤ", "𬭼㛃", "O'Neill"]
)
def test_a_name_is_a_name(text: str) -> None:
    assert name_fault(text) == ""
    assert not vacant(text)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        *(("*姓名（必填）", "person.name"), ("姓名\nᠨᠡᠷᠡ", "person.name"), ("NAME(姓名)", "person.name")),
        *(("A0101姓名", "person.name"), ("姓名 Name", "person.name"), ("性别（男/女）", "person.sex")),
        *(("出生年月\n1975.06", "person.birth"), ("公民身份號碼（18位）", "person.id_number")),
        *(("派駐起", "posting.since"), ("派驻起（到岗时间）", "posting.since"), ("联系方式（手机）", "person.phone")),
    ],
)
def test_a_heading_is_recognised_under_what_stands_beside_it(heading: str, key: str) -> None:
    column = recognised("roster", heading)
    assert column is not None
    assert column.key == key


@pytest.mark.parametrize("heading", ["电话（家属）", "办公电话", "职务及职级", "现任职级时间"])
def test_a_heading_that_only_sounds_like_ours_is_asked_about(heading: str) -> None:
    assert recognised("roster", heading) is None
    assert near("roster", heading) is not None


@pytest.mark.parametrize("heading", ["序号", "身高", "党龄", "参加工作时间"])
def test_a_heading_that_is_none_of_ours_is_left_in_peace(heading: str) -> None:
    assert near("roster", heading) is None
