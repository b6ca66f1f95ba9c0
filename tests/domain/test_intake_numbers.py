"""Citizen numbers and birth months in sheets: checked, compared, never guessed."""

from datetime import date, datetime

import pytest

from tests.domain.rosters import (
    AREAS,
    MAN,
    OCTOBER,
    PRACTICE,
    TABLES,
    cell,
    error,
    head,
    number,
    only,
    read,
    sheet,
    with_cell,
)
from tuopin_desktop.domain.intake import (
    Rules,
    Status,
    doubtful_cells,
)


@pytest.mark.parametrize(
    ("raw", "status", "words"),
    [
        (MAN, Status.OK, ""),
        ("".join(chr(ord(char) + 0xFEE0) for char in MAN), Status.NOTED, "改正"),
        (f" {MAN} ", Status.NOTED, "改正"),
        (f"'{MAN}", Status.NOTED, "改正"),
        (f"\u202d{MAN}\u202c", Status.NOTED, "改正"),
        (f"{MAN[:6]}{MAN[8:17]}", Status.NOTED, "15位"),
        (float(f"{MAN[:6]}{MAN[8:17]}"), Status.NOTED, "15位"),
        (number("13010219700515121"), Status.OK, ""),
        (1.522211970051512e17, Status.ERROR, "无法还原"),
        (152221197005151217, Status.ERROR, "无法还原"),
        ("1.52221E+17", Status.ERROR, "无法还原"),
        ("152221197005153000", Status.ERROR, "无法还原"),
        (MAN[:-1] + ("1" if MAN[-1] != "1" else "2"), Status.ERROR, "校验位"),
        (number("15222119701315121"), Status.ERROR, "有效日期"),
        ("1522211970", Status.ERROR, "18位"),
        (date(2018, 5, 31), Status.ERROR, "18位"),
        (True, Status.ERROR, "18位"),
        (PRACTICE, Status.ERROR, "练习"),
        ("—", Status.NOTED, "空白"),
    ],
)
def test_citizen_number(raw: object, status: Status, words: str) -> None:
    row = with_cell("公民身份号码", raw)
    key = "person.id_number"
    value, got, message = error(row, key) if status is Status.ERROR else cell(only(row), key)
    assert (got, words in message) == (status, True), message
    assert value is None or len(str(value)) == 18


def test_three_zeros_that_happen_to_agree_are_doubted() -> None:
    assert number("15222119700515100").endswith("000")
    row = only(with_cell("公民身份号码", "152221197005151000", 性别=None))
    assert cell(row, "person.id_number")[1] is Status.WARNING


def test_lower_case_x_is_noted() -> None:
    with_x = next(n for n in (number(f"152221197005151{serial:02d}") for serial in range(1, 99, 2)) if n.endswith("X"))
    value, status, _ = cell(only(with_cell("公民身份号码", with_x.lower(), 性别=None)), "person.id_number")
    assert (value, status) == (with_x, Status.NOTED)


def test_the_area_code_is_only_a_hint() -> None:
    unknown = number("15888819700515121")
    value, status, message = cell(only(with_cell("公民身份号码", unknown)), "person.id_number")
    assert (value, status) == (unknown, Status.WARNING)
    assert "前六位" in message
    assert only(with_cell("公民身份号码", unknown), Rules(TABLES)).status is Status.OK
    nowhere = number("99010119700515121")
    assert cell(only(with_cell("公民身份号码", nowhere), Rules(TABLES)), "person.id_number")[1] is Status.WARNING


def test_old_area_codes_of_before_1999_are_known() -> None:
    assert only(with_cell("公民身份号码", number("15232619700515121"))).status is Status.OK


def test_practice_numbers_are_taken_in_practice_only() -> None:
    rules = Rules(TABLES, AREAS, practice=True)
    row = only(with_cell("公民身份号码", PRACTICE, 手机="10000012345"), rules)
    assert (row.status, row.values["person.id_number"], row.values["person.phone"]) == (
        Status.OK,
        PRACTICE,
        "10000012345",
    )
    assert error(with_cell("手机", "10000012345"), "person.phone")[1] is Status.ERROR


def test_sex_against_the_number_marks_both_and_explains_both() -> None:
    row = only(with_cell("性别", "女"))
    assert row.status is Status.ERROR
    marked = {item.column.key: item.message for item in row.cells}
    assert set(marked) == {"person.sex", "person.id_number"}
    assert "填的是女" in marked["person.sex"]
    assert "表示男" in marked["person.sex"]
    assert len(row.problems) == 2


@pytest.mark.parametrize("birth", ["1970.06", "1971-05-15", "1970-05-16"])
def test_birth_against_the_number(birth: str) -> None:
    _, _, message = error(with_cell("出生年月", birth), "person.birth")
    assert "第7至14位" in message
    assert "1970" not in message, "both values are personal: a sentence names neither"


@pytest.mark.parametrize(
    ("raw", "value", "status"),
    [
        ("1970.05", "1970-05", Status.OK),
        ("1970-05-15", "1970-05-15", Status.OK),
        ("1970年5月", "1970-05", Status.OK),
        ("197005", "1970-05", Status.OK),
        (197005.0, "1970-05", Status.OK),
        (19700515.0, "1970-05-15", Status.OK),
        (1970.05, "1970-05", Status.OK),
        (1970.5, "1970-05", Status.NOTED),
        ("１９７０．０５", "1970-05", Status.NOTED),
        ("1970.05(48岁)", "1970-05", Status.NOTED),
        (date(1970, 5, 15), "1970-05-15", Status.OK),
        (datetime(1970, 5, 15), "1970-05-15", Status.OK),
        (25703.0, "1970-05-15", Status.NOTED),
    ],
)
def test_birth_month(raw: object, value: str, status: Status) -> None:
    assert cell(only(with_cell("出生年月", raw)), "person.birth")[:2] == (value, status)


@pytest.mark.parametrize("raw", [1970.13, 1970.051, "1970.13", "七零年", 1970.0, 1970, 3.14, "0001-01-01", 1e300])
def test_birth_month_unreadable(raw: object) -> None:
    assert error(with_cell("出生年月", raw, 公民身份号码=None), "person.birth")[1] is Status.ERROR


def test_october_or_january_is_told_by_the_number() -> None:
    value, status, message = cell(only(with_cell("出生年月", 1970.1, 公民身份号码=OCTOBER)), "person.birth")
    assert (value, status) == ("1970-10", Status.NOTED)
    assert "10月" in message
    january = number("15222119700120121")
    assert cell(only(with_cell("出生年月", "1970.1", 公民身份号码=january)), "person.birth")[0] == "1970-01"


def test_october_is_told_by_the_number_format() -> None:
    rows = sheet(with_cell("出生年月", 1970.1, 公民身份号码=None))
    assert doubtful_cells(rows, head(rows)) == [(2, 3)]
    told = Rules(TABLES, formats={(2, 3): "0.00_ "})
    assert cell(read(rows, rules=told).rows[0], "person.birth")[:2] == ("1970-10", Status.NOTED)
    untold = Rules(TABLES, formats={(2, 3): "General"})
    assert "person.birth" not in read(rows, rules=untold).rows[0].values


@pytest.mark.parametrize("raw", [1970.1, "1970.1"])
def test_otherwise_the_clerk_is_asked(raw: object) -> None:
    _, status, message = error(with_cell("出生年月", raw, 公民身份号码=None), "person.birth")
    assert status is Status.ERROR
    assert "1970.10" in message
    # a number of another month settles nothing
    assert error(with_cell("出生年月", raw), "person.birth")[1] is Status.ERROR
