"""The first start's office: founded whole with its people, its code on paper and its place of copies, or not at all."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tuopin_desktop.demo import sample
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.roles import Role
from tuopin_desktop.machine.clock import Clock, DatedClock, FixedClock
from tuopin_desktop.machine.drives import Drive
from tuopin_desktop.machine.rooms import Room
from tuopin_desktop.services.home import guide
from tuopin_desktop.services.office import backups, founding, foundingdraft, offices, recovery, settings, users, vaults
from tuopin_desktop.services.office.founding import Ground, Member, Wish
from tuopin_desktop.services.office.foundingdraft import Draft, SeatDraft

NOON = datetime(2018, 6, 4, 12)
ADMIN = Member("白音", frozenset({Role.ADMIN, Role.WRITER}), "zcr7kdm2")
CLERK = Member("其其格", frozenset({Role.WRITER}), "hw93xqpt")


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "config"))
    return Ground(tmp_path / "office", FixedClock(NOON))


def _wish(code: str, *members: Member, place: Path | None = None, practice: bool = False) -> Wish:
    return Wish(
        level="county", county="150426", practice=practice, members=members, place=place, patient=True, code=code
    )


def test_the_office_stands_with_its_people_its_code_and_its_copies(ground: Ground, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    paper = founding.code_paper(ground, "派驻翁牛特旗脱贫攻坚工作总队", "白音", practice=False)
    place = founding.place_in(Room(stick, "KINGSTON", Drive.REMOVABLE, 1, same=False))
    assert founding.establish(ground, _wish(paper.code, ADMIN, CLERK, place=place)) == ""
    desk = offices.open_desk(ground.folder, ground.clock)
    try:
        assert desk.office.clerk == "白音"
        assert {(row.name, row.role_text) for row in users.listed(desk)} == {
            ("白音", "经办人、管理员"),
            ("其其格", "经办人"),
        }
        assert users.sign_in(desk, "其其格", lambda: "hw93xqpt").name == "其其格"
        assert not recovery.is_lacking(desk)
        assert vaults.is_right(desk.folder, vaults.Unlock(code=paper.code))
        assert settings.values(desk)["backup_place"] == str(place)
        assert len(backups.listed_at(place)) == 1
    finally:
        desk.close()


def test_a_password_that_is_guessed_leaves_nothing_behind(ground: Ground) -> None:
    guessed = Member("其其格", frozenset({Role.WRITER}), "qiqige")
    code = founding.code_paper(ground, "x", "白音", practice=False).code
    with pytest.raises(Refused):
        founding.establish(ground, _wish(code, ADMIN, guessed))
    assert not offices.is_office(ground.folder)
    assert not offices.has_copies(ground.folder)
    assert founding.establish(ground, _wish(code, ADMIN)) == ""


def test_a_stick_that_is_gone_costs_the_place_and_not_the_office(ground: Ground, tmp_path: Path) -> None:
    gone = tmp_path / "file"
    gone.write_text("no folder")
    code = founding.code_paper(ground, "x", "白音", practice=False).code
    assert "另存位置" in founding.establish(ground, _wish(code, ADMIN, place=gone / "copies"))
    assert offices.is_office(ground.folder)


def test_the_answers_are_kept_by_folder_and_forgotten_when_the_office_stands(ground: Ground) -> None:
    draft = Draft(step=2, county="150426", seats=(SeatDraft("白音", "admin"),), place="/mnt/e")
    foundingdraft.keep(ground, draft)
    assert foundingdraft.kept_for(ground.folder) == draft
    assert foundingdraft.kept_for(ground.folder / "other") == Draft()
    foundingdraft.settle(ground, movable=False)
    assert foundingdraft.kept_for(ground.folder) == Draft()


def test_another_folder_is_taken_unless_an_office_stands_there(ground: Ground, tmp_path: Path) -> None:
    code = founding.code_paper(ground, "x", "白音", practice=False).code
    founding.establish(ground, _wish(code, ADMIN))
    first = ground.folder
    assert founding.move(ground, tmp_path / "other").folder == tmp_path / "other"
    with pytest.raises(Trouble):
        founding.move(ground, first)
    assert ground.folder == tmp_path / "other"


def test_a_copy_that_waited_for_the_stick_is_brought_when_it_is_back(ground: Ground, tmp_path: Path) -> None:
    code = founding.code_paper(ground, "x", "白音", practice=False).code
    place = tmp_path / "stick" / founding.PLACE_FOLDER
    founding.establish(ground, _wish(code, ADMIN, place=place))
    later = FixedClock(datetime(2018, 6, 5, 9))
    desk = offices.open_desk(ground.folder, later)
    try:
        place.rename(tmp_path / "away")
        assert backups.daily(desk) is not None
        assert backups.daily(desk) is None
        (tmp_path / "away").rename(place)
        assert backups.daily(desk) is not None
        assert {one.made.day for one in backups.listed_at(place)} == {4, 5}
        assert backups.daily(desk) is None
    finally:
        desk.close()


def test_practice_in_a_later_year_plays_in_a_year_of_the_teams_on_the_same_weekday(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "config"))
    true = Clock()
    ground = Ground(tmp_path / "office", true, sample=sample.fill)
    code = founding.code_paper(ground, "x", "白音", practice=True).code
    founding.establish(ground, _wish(code, ADMIN, practice=True))
    desk = offices.open_desk(ground.folder)
    assert desk.today() <= date(2020, 12, 31)
    assert desk.today().weekday() == true.today().weekday()
    assert abs(desk.clock.wall_ms() - true.wall_ms()) < 60_000
    slip = desk.store.get(LeaveSlip, guide.sample_id(desk.scope, f"slip {guide.AWAY}"))
    assert slip is not None
    assert slip.period[:10] == (desk.today() - timedelta(days=3)).isoformat()
    desk.close()
    dated = offices.open_desk(ground.folder, DatedClock(date(2019, 6, 3)))
    assert dated.today() == date(2019, 6, 3)
    dated.close()
