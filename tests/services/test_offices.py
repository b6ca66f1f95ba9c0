"""Setting up and opening an office: clear words for everything that can be wrong with a folder."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.services.desks import open_office
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.registers import registers


@pytest.mark.parametrize(
    ("level", "county", "code"),
    [
        ("region", "", "15"),
        ("county", "150426", "150426"),
        ("county", "翁牛特旗", "150426"),
        ("league", "150400", "1504"),
        ("league", "1504", "1504"),
        ("league", "赤峰市", "1504"),
        ("league", "150426", "1504"),
    ],
)
def test_an_office_is_named_by_code_or_name(level: str, county: str, code: str) -> None:
    assert offices.office_code(level, county) == code


@pytest.mark.parametrize(
    ("level", "county"), [("county", ""), ("county", "150102"), ("league", ""), ("league", "北京")]
)
def test_an_unknown_place_is_refused_in_words(level: str, county: str) -> None:
    with pytest.raises(Refused, match=r"旗县|盟市"):
        offices.office_code(level, county)


@pytest.mark.parametrize(
    ("said", "names"),
    [({"name": "长" * 300}, "单位名称"), ({"name": "甲\x07乙"}, "单位名称"), ({"clerk": "长" * 51}, "经办人")],
)
def test_a_name_no_form_would_take_is_refused_and_nothing_is_made(
    tmp_path: Path, said: dict[str, str], names: str
) -> None:
    with pytest.raises(Refused, match=names):
        offices.create(tmp_path / "new", level="county", county="150426", **said)  # type: ignore[arg-type]  # words by name
    assert not (tmp_path / "new").exists()


def test_a_new_office_knows_itself_and_the_57_counties(tmp_path: Path) -> None:
    with closing(open_office(tmp_path, clerk="李秀英")) as desk:
        assert (desk.scope, desk.level, desk.practice) == ("150426", Level.COUNTY, False)
        assert desk.office.name == "派驻翁牛特旗脱贫攻坚工作总队"
        assert desk.user == "李秀英"
        assert len(registers.rows(desk, "county")) == 57
        assert [team.id for team in registers.rows(desk, "team")] == ["150426/team"]


def test_the_region_office_sees_57_teams_and_a_league_its_own(tmp_path: Path) -> None:
    for level, county, teams in (("region", "", 57), ("league", "1504", 10)):
        with closing(open_office(tmp_path / level, level=level, county=county)) as desk:
            assert len(registers.rows(desk, "team")) == teams


def test_a_folder_in_use_is_refused_and_free_again_afterwards(tmp_path: Path) -> None:
    with closing(open_office(tmp_path)), pytest.raises(Trouble, match="正在被另一个窗口使用"):
        offices.open_desk(tmp_path)
    offices.open_desk(tmp_path).close()


def test_an_office_is_never_set_up_twice(tmp_path: Path) -> None:
    open_office(tmp_path).close()
    before = (tmp_path / "office.db").read_bytes()
    with pytest.raises(Trouble, match="已有单位数据"):
        offices.create(tmp_path, level="region")
    assert (tmp_path / "office.db").read_bytes() == before


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="请先建立单位"):
        offices.open_desk(tmp_path)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "office.db").write_bytes(b"not a database, a letter" * 200)
    with pytest.raises(Trouble, match="不是本程序的数据文件"):
        offices.open_desk(tmp_path)
    assert (tmp_path / "office.db").read_bytes() == b"not a database, a letter" * 200


@pytest.mark.parametrize(
    ("code", "name"),
    [("15", "自治区工作队管理办公室"), ("1504", "赤峰市"), ("150426", "翁牛特旗"), ("159999", "159999")],
)
def test_an_office_is_called_by_its_name(code: str, name: str) -> None:
    assert offices.called(code) == name


def test_who_may_not_write_is_told_whose_record_it_is_by_name(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "county")) as desk:
        other = Person(id="150125/p", name="张三")
        with pytest.raises(Refused, match="人员属于武川县，本单位（翁牛特旗）无权修改"):
            registers.save(desk, other)
        with pytest.raises(Refused, match="旗县属于自治区工作队管理办公室，本单位（翁牛特旗）无权修改"):
            registers.delete(desk, "county", "15/150426")
