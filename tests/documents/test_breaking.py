"""Lines break only where Chinese may break: marks, whole numbers, Mongolian names, dates."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.documents.breaking import HANG, HANGING, NO_END, NO_START, lines, measure, pieces
from tuopin_desktop.documents.fonts import FontBook

ROLE = "fang"
OPENING = "“（《〈「"
CLOSING = "，。；：、）》”！？"

hanzi = st.text("派驻贫困旗县工作总队员请假报备赴自治区汇报帮扶产业项目资金到位情况", min_size=1, max_size=9)
number = st.sampled_from(["24", "1,234.56", "2018", "9704-2012", "3.5"])
latin = st.sampled_from(["Bat-Erdene", "GB/T", "WPS", "kg"])
phrase = st.tuples(st.sampled_from(["", *OPENING]), hanzi | number | latin, st.sampled_from(["", *CLOSING]))
sentence = st.lists(phrase.map("".join), min_size=1, max_size=40).map("".join)
width = st.floats(8, 40)


def broken(text: str, em: float, book: FontBook, *, hang: float = 0.0) -> tuple[str, ...]:
    return lines(pieces(text, ROLE, book), em, em, ROLE, book, hang=hang).lines


@given(text=sentence, em=width, hang=st.sampled_from([0.0, HANG]))
def test_no_line_starts_or_ends_with_a_forbidden_mark(text: str, em: float, hang: float, book: FontBook) -> None:
    found = broken(text, em, book, hang=hang)
    assert [line for line in found[1:] if line[0] in NO_START] == []
    assert [line for line in found[:-1] if line[-1] in NO_END] == []


@given(text=sentence, em=width, hang=st.sampled_from([0.0, HANG]))
def test_lines_are_full_but_not_too_wide(text: str, em: float, hang: float, book: FontBook) -> None:
    for line in broken(text, em, book, hang=hang):
        over = measure(line, ROLE, book) - em
        assert over <= 1e-6 or (over <= hang + 1e-6 and line[-1] in HANGING)


@given(text=st.text("旗县，。（）“”·—… 　AZaz09.,:/-", max_size=60), em=st.floats(0.4, 12))
def test_nothing_is_ever_lost(text: str, em: float, book: FontBook) -> None:
    found = broken(text, em, book, hang=HANG)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(text=sentence, em=width)
def test_numbers_and_latin_words_stay_whole(text: str, em: float, book: FontBook) -> None:
    found = "\n".join(broken(text, em, book))
    for word in re.findall(r"[A-Za-z0-9]+(?:[.,/-][A-Za-z0-9]+)*", text):
        assert word in found


def test_a_word_longer_than_the_line_is_broken(book: FontBook) -> None:
    address = "https://example.org/" + "a" * 60
    found = broken(f"见{address}。", 10, book)
    assert "".join(found) == f"见{address}。"
    assert all(measure(line, ROLE, book) <= 10 for line in found)
    assert found[-1][0] not in NO_START


def test_a_run_of_marks_longer_than_the_line_is_broken_all_the_same(book: FontBook) -> None:
    assert "".join(broken("。" * 30, 6, book)) == "。" * 30


def test_a_mongolian_name_breaks_after_its_dot(book: FontBook) -> None:
    assert broken("阿拉坦·额尔德尼朝鲁", 7, book) == ("阿拉坦·", "额尔德尼朝鲁")


def test_a_period_breaks_between_its_dates(book: FontBook) -> None:
    assert broken("2018年6月5日至2018年6月8日", 8.2, book) == ("2018年6月5日至", "2018年6月8日")


def test_a_dash_stays_whole(book: FontBook) -> None:
    for em in range(4, 12):
        assert "—\n—" not in "\n".join(broken("“三到村三到户”——复查工作推进情况", em, book))


@pytest.mark.parametrize(("hang", "count"), [(0.0, 2), (HANG, 1)])
def test_a_closing_mark_may_stand_out_a_little(hang: float, count: int, book: FontBook) -> None:
    assert len(broken("请假四天。", 4.5, book, hang=hang)) == count


def test_blanks_at_a_break_take_no_room(book: FontBook) -> None:
    assert broken("白音　六月", 2, book) == ("白音", "六月")
