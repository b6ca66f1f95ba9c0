"""A cell corrected in a rehearsal: judged at once as if the file had it, nothing written, taken back by leaving it."""

from pathlib import Path

import pytest

from tests.services.cadremakers import form, items
from tests.services.test_intake import sheet
from tuopin_desktop.domain.intake import Status
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.sheets import doors, intake, mends
from tuopin_desktop.services.sheets.plans import Preview
from tuopin_desktop.services.sheets.sources import Clip

HEADING = ["姓名", "性别", "民族", "派驻旗县", "队内职务", "来源", "派驻起"]
GOOD = ["钱学军", "男", "汉", "翁牛特旗", "队员", "旗县", "2018-05-31"]
BAD = ["严凤英", "女", "火星族", "翁牛特旗", "队员", "旗县", "2018-05-31"]


def _fix(preview: Preview, row: int, key: str, word: str) -> dict[str, str]:
    plan = next(one for one in preview.plans if one.row.number == row)
    return {**preview.answers, mends.code(preview, plan.row, key): word}


def _actions(preview: Preview) -> list[str]:
    return [plan.action for plan in preview.plans]


def _names(desk: Desk) -> set[str]:
    return {item.person.name for item in roster.people(desk)}


def test_a_red_cell_is_judged_again_by_the_word_typed_for_it(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", HEADING, GOOD, BAD)
    first = doors.rehearse(desk, "roster", [path])
    assert _actions(first) == ["new", "error"]
    still = doors.rehearse(desk, "roster", [path], _fix(first, 3, "person.ethnicity", "水星族"))
    assert _actions(still) == ["new", "error"]
    right = doors.rehearse(desk, "roster", [path], _fix(still, 3, "person.ethnicity", "蒙古族"))
    assert _actions(right) == ["new", "new"]
    assert len(right.answers) == 1, "one cell is corrected once, the last word counts"
    assert mends.number(right.answers) == 1
    assert "严凤英" not in _names(desk)
    assert "蒙古族" not in path.read_bytes().decode("latin-1")
    intake.confirm(desk, right)
    assert "严凤英" in _names(desk)


def test_an_item_the_sheet_has_no_column_for_is_filled_in_for_one_row(desk: Desk, tmp_path: Path) -> None:
    cut = [row[:4] + row[5:] for row in (HEADING, GOOD, ["严凤英", *GOOD[1:]])]
    path = sheet(tmp_path / "a.xlsx", *cut)
    first = doors.rehearse(desk, "roster", [path])
    assert _actions(first) == ["error", "error"]
    other = doors.rehearse(desk, "roster", [path], _fix(first, 3, "posting.position", "副队长"))
    assert _actions(other) == ["error", "new"]
    wrong = doors.rehearse(desk, "roster", [path], _fix(first, 3, "posting.position", "十一"))
    assert _actions(wrong) == ["error", "error"]


def test_what_was_pasted_is_corrected_likewise(desk: Desk) -> None:
    clip = Clip("", "\n".join("\t".join(row) for row in (HEADING, GOOD, BAD)))
    first = doors.rehearse(desk, "roster", [clip])
    assert _actions(doors.rehearse(desk, "roster", [clip], _fix(first, 3, "person.ethnicity", "蒙古"))) == ["new"] * 2


def test_a_row_that_said_ditto_is_corrected_where_it_stands(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", HEADING, BAD, ["钱学军", "男", "同上", *GOOD[3:]])
    first = doors.rehearse(desk, "roster", [path])
    assert _actions(first) == ["error", "error"]
    assert _actions(doors.rehearse(desk, "roster", [path], _fix(first, 3, "person.ethnicity", "蒙古"))) == [
        "error",
        "new",
    ]


def test_a_correction_is_not_laid_over_another_content(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", HEADING, GOOD, BAD)
    answers = _fix(doors.rehearse(desk, "roster", [path]), 3, "person.ethnicity", "蒙古族")
    sheet(path, HEADING, [*BAD[:2], "满", *BAD[3:]], [*GOOD[:2], "回", *GOOD[3:]])
    again = doors.rehearse(desk, "roster", [path], answers)
    assert [plan.row.values["person.ethnicity"] for plan in again.plans] == ["11", "03"]
    assert any("第3行" in note and "没有照改" in note for note in again.notes)


def test_a_correction_is_never_kept_for_other_sheets(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", HEADING, GOOD, BAD)
    answers = _fix(doors.rehearse(desk, "roster", [path]), 3, "person.ethnicity", "蒙古族")
    intake.confirm(desk, doors.rehearse(desk, "roster", [path], answers))
    other = sheet(tmp_path / "b.xlsx", HEADING, GOOD, ["严凤兰", *BAD[1:]])
    assert _actions(doors.rehearse(desk, "roster", [other])) == ["same", "error"]


def test_a_form_of_a_cadre_is_corrected_likewise(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.lrmx"
    path.write_text(form(items(1, XingBie="不详")), encoding="utf-8")
    first = doors.rehearse(desk, "roster", [path])
    assert _actions(first) == ["error"]
    right = doors.rehearse(desk, "roster", [path], _fix(first, 1, "person.sex", "男"))
    assert _actions(right) == ["new"]


@pytest.mark.parametrize("key", ["person.name", "person.sex"])
def test_the_sentence_stands_at_the_cell_as_typed(desk: Desk, tmp_path: Path, key: str) -> None:
    path = sheet(tmp_path / "a.xlsx", HEADING, GOOD, BAD)
    answers = _fix(doors.rehearse(desk, "roster", [path]), 3, key, "123")
    fixed = doors.rehearse(desk, "roster", [path], answers)
    (cell,) = [one for one in fixed.plans[1].row.cells if one.column.key == key]
    assert cell.status is Status.ERROR
    assert cell.raw == mends.word(fixed, fixed.plans[1].row, key) == "123"


def test_what_is_kept_is_shown_beside_what_would_stand_there_personal_data_masked(desk: Desk, tmp_path: Path) -> None:
    heading = [*HEADING, "手机"]
    first = sheet(tmp_path / "a.xlsx", heading, [*GOOD, "13911112222"], [*BAD[:2], "满", *BAD[3:], ""])
    intake.confirm(desk, doors.rehearse(desk, "roster", [first]))
    again = sheet(
        tmp_path / "b.xlsx", heading, [*GOOD[:2], "蒙古", *GOOD[3:], "13933334444"], [*BAD[:2], "满", *BAD[3:], ""]
    )
    changed, same = doors.rehearse(desk, "roster", [again]).plans
    assert (changed.action, same.action, same.effect) == ("changed", "same", "")
    assert "民族 汉族 → 蒙古族" in changed.effect
    assert "手机 " in changed.effect
    assert "1111" not in changed.effect
    assert "3333" not in changed.effect


class _NoMoreError(Exception):
    """What the window raises when the clerk wants no more."""


@pytest.mark.parametrize("many", [600, 3])
def test_a_long_reading_tells_how_far_it_is_and_ends_when_it_is_told_so(desk: Desk, tmp_path: Path, many: int) -> None:
    if many == 3:
        for number in range(many):
            (tmp_path / f"{number}.lrmx").write_text(form(items(number)), encoding="utf-8")
        sources = [tmp_path]
    else:
        rows = ([f"钱学{chr(0x4E00 + number)}", *GOOD[1:]] for number in range(many))
        sources = [sheet(tmp_path / "a.xlsx", HEADING, *rows)]
    steps = list[tuple[int, int]]()
    doors.rehearse(desk, "roster", sources, None, lambda *step: steps.append(step))
    assert len(steps) >= 3
    assert steps == sorted(steps)
    assert all(count <= total for count, total in steps)

    def stop(count: int, total: int) -> None:
        raise _NoMoreError

    before = len(desk.store.rows(Person))
    with pytest.raises(_NoMoreError):
        doors.rehearse(desk, "roster", sources, None, stop)
    assert len(desk.store.rows(Person)) == before
