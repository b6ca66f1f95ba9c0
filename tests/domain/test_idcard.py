"""The citizen identity number: its check character catches every slip of one finger, its area code decides nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain.idcard import IdNumber, check_digit, masked, read_id_number
from tuopin_desktop.domain.problems import Problem


def number(area: str = "159999", birth: str = "19700517", order: int = 12) -> str:
    """Return a valid number that belongs to nobody."""
    body = f"{area}{birth}{order:03d}"
    return body + check_digit(body)


_numbers = st.builds(
    number,
    st.sampled_from(["159999", "150426", "152322", "000000"]),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day:%Y%m%d}"),
    st.integers(0, 999),
)


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("159999197005170126", "2"),
        ("159999197005170134", "1"),
        ("15999919600430006X", "2"),
        ("159999198002290071", "1"),
    ],
)
def test_a_number_says_birth_and_sex(text: str, sex: str) -> None:
    found = read_id_number(text)
    assert isinstance(found, IdNumber), found
    assert (found.number, found.area, found.sex) == (text, "159999", sex)
    assert found.birth == date(int(text[6:10]), int(text[10:12]), int(text[12:14]))


def test_the_check_character_is_that_of_the_standards_own_example() -> None:
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


@given(_numbers)
def test_every_number_with_the_right_check_character_is_taken_whatever_its_area(text: str) -> None:
    found = read_id_number(text)
    assert isinstance(found, IdNumber)
    assert (found.number, found.sex) == (text, "1" if int(text[16]) % 2 else "2")


@given(_numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_is_always_refused(text: str, place: int, char: str) -> None:
    if text[place] != char:
        assert isinstance(read_id_number(text[:place] + char + text[place + 1 :]), Problem)


@given(_numbers, st.integers(0, 16))
def test_two_neighbours_swapped_are_always_refused(text: str, place: int) -> None:
    if text[place] != text[place + 1]:
        swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        assert isinstance(read_id_number(swapped), Problem)


@given(_numbers, st.integers(0, 17))
def test_a_lost_or_doubled_character_is_always_refused(text: str, place: int) -> None:
    assert isinstance(read_id_number(text[:place] + text[place + 1 :]), Problem)
    assert isinstance(read_id_number(text[:place] + text[place] + text[place:]), Problem)


def test_fifteen_digits_become_eighteen() -> None:
    found = read_id_number("159999700517012")
    assert isinstance(found, IdNumber)
    assert (found.number, found.birth) == ("159999197005170126", date(1970, 5, 17))


@pytest.mark.parametrize(
    "text", ["15999919600430006x", " 159999 19600430 006X ", "１５９９９９１９６００４３０００６Ｘ"]
)
def test_case_spaces_and_full_width_digits_do_not_matter(text: str) -> None:
    found = read_id_number(text)
    assert isinstance(found, IdNumber)
    assert found.number == "15999919600430006X"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "应为18位"),
        ("15999919700517012", "应为18位"),
        ("15999919700517012A", "应为18位"),
        ("1599991970051701２6x", "应为18位"),
        ("X59999197005170127", "应为18位"),
        ("١٥٩٩٩٩١٩٧٠٠٥١٧٠١٢٧", "应为18位"),
        ("159999700517٠١٢", "应为18位"),
        ("159999197005170127", "校验位不对"),
        (number(birth="19700231"), "不是有效日期"),
        (number(birth="19701301"), "不是有效日期"),
        (number(birth="00000517"), "不是有效日期"),
        (number(birth="18990517"), "出生年份不可信"),
        (number(birth="21000517"), "出生年份不可信"),
        ("159999700231012", "不是有效日期"),
    ],
)
def test_a_wrong_number_is_a_problem_of_its_field_that_says_what_is_wrong(text: str, words: str) -> None:
    found = read_id_number(text)
    assert isinstance(found, Problem)
    assert words in found.sentence
    assert found.fields == ("id_number",)


@given(st.text(max_size=24))
def test_no_text_makes_the_reader_fall_over(text: str) -> None:
    assert isinstance(read_id_number(text), IdNumber | Problem)


def test_lists_show_neither_birthday_nor_order_number() -> None:
    assert masked("159999197005170126") == "159999**********26"
    assert masked("12345678") == "********"
    assert masked("") == ""
