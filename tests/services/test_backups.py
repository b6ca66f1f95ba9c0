"""Copies of an office: made, checked, thinned out, brought to a second place, looked at, and put back."""

import errno
import os
import shutil
import time
from calendar import monthrange
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from tests.services.desks import MORNING, enter, open_office
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine import files
from tuopin_desktop.machine.clock import Clock, DatedClock, FixedClock, beijing
from tuopin_desktop.services.office import backups, offices, secondplace, settings
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store.database import settle


def at(desk: Desk, moment: datetime) -> Desk:
    desk.clock = FixedClock(moment)
    return desk


def names(folder: Path) -> set[str]:
    """Return who is on the roster of an office in a folder."""
    desk = offices.open_desk(folder, FixedClock(MORNING))
    try:
        return {one.name for one in desk.store.rows(Person)}
    finally:
        desk.close()


def test_a_day_has_one_copy_which_the_end_of_work_renews_when_something_was_written(desk: Desk) -> None:
    first = backups.daily(desk)
    assert first is not None
    assert backups.daily(desk) is None
    assert backups.at_exit(desk) is None
    before = backups.look(first.path).sight.lines
    enter(desk, "王海")
    renewed = backups.at_exit(desk)
    assert renewed is not None
    assert not first.path.exists()
    assert backups.look(renewed.path).sight.lines > before
    assert [one.kind for one in backups.listed(desk)] == ["每日"]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a running process is set on POSIX only")
def test_the_copy_a_restore_makes_is_named_and_listed_in_beijing_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "office"
    open_office(folder).close()
    out = StringIO()
    with monkeypatch.context() as set_to:
        set_to.setenv("TZ", "America/New_York")
        time.tzset()
        assert run(["--office", str(folder), "backup", "make", "--to", str(tmp_path / "a.db")], out, out) == 0
        before = Clock().wall_ms()
        assert run(["--office", str(folder), "backup", "restore", str(tmp_path / "a.db")], out, out) == 0
        after = Clock().wall_ms()
    time.tzset()
    (made,) = (folder / backups.FOLDER).glob("恢复前-*.db")
    named = datetime.strptime(made.stem[4:19], "%Y%m%d-%H%M%S")
    assert beijing(before) <= named <= beijing(after)
    desk = offices.open_desk(folder, FixedClock(MORNING))
    try:
        assert [one.made for one in backups.listed(desk)] == [named]
    finally:
        desk.close()


def test_copies_are_dated_by_the_clock_on_the_wall_whatever_day_one_works_on(tmp_path: Path) -> None:
    from_the_past = open_office(tmp_path)
    from_the_past.clock = DatedClock(date(2018, 6, 4))
    before = beijing(from_the_past.clock.wall_ms())
    made = backups.make(from_the_past)
    assert before <= made.made <= beijing(from_the_past.clock.wall_ms())
    from_the_past.close()


def test_daily_copies_stay_for_seven_days_four_weeks_and_twelve_months(desk: Desk) -> None:
    start = datetime(2018, 6, 4, 9)
    for days in range(500):
        path = desk.folder / backups.FOLDER / f"每日-{start + timedelta(days=days):%Y%m%d}.db"
        path.parent.mkdir(exist_ok=True)
        path.touch()
    last = start + timedelta(days=500)
    backups.daily(at(desk, last))
    assert last.date() == date(2019, 10, 17)
    newest = [date(2019, 10, day) for day in range(11, 18)]
    sundays = [date(2019, 10, 13), date(2019, 10, 6), date(2019, 9, 29)]
    months = [date(2019, month, monthrange(2019, month)[1]) for month in range(1, 10)]
    stay = {*newest, *sundays, *months, date(2018, 12, 31), date(2018, 11, 30)}
    assert [one.made.date() for one in backups.listed(desk)] == sorted(stay, reverse=True)


def test_copies_are_listed_and_let_go_in_the_order_they_were_made_whatever_the_clock_says(desk: Desk) -> None:
    days = [date(2018, 6, 4), date(2099, 1, 1), date(2000, 1, 1), *(date(2018, 6, day) for day in range(5, 12))]
    made = [backups.daily(at(desk, datetime.combine(day, MORNING.time()))) for day in days]
    kept = [one.path for one in backups.listed(desk)]
    assert kept[:7] == [one.path for one in made[:2:-1] if one]
    assert backups.daily(desk) is None
    assert backups.daily(at(desk, datetime(2018, 6, 5, 10))) is not None  # the clock fell back: no old copy is renewed
    by_hand = [backups.make(at(desk, datetime(2000 if place else 2099, 1, 1))) for place in range(12)]
    listed = [one.path for one in backups.listed(desk) if one.kind == backups.BY_HAND]
    assert listed == [one.path for one in by_hand[:1:-1]]


def test_of_copies_made_by_hand_the_newest_ten_stay_and_strange_files_are_left_alone(desk: Desk) -> None:
    strange = desk.folder / backups.FOLDER / "我的备份.db"
    strange.parent.mkdir()
    strange.write_bytes(b"x")
    made = [backups.make(at(desk, MORNING + timedelta(minutes=minute))) for minute in range(12)]
    assert {one.path for one in backups.listed(desk)} == {one.path for one in made[2:]}
    assert strange.exists()


def test_the_second_place_gets_the_copy_of_the_day_and_is_missed_after_a_week(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "U盘"
    place.mkdir()
    backups.choose_place(desk, place)
    (copy,) = place.glob("*.db")
    assert backups.look(copy, desk.folder).sight.office == "150426"
    assert secondplace.unseen(desk) == 0
    shutil.rmtree(place)
    later = at(desk, MORNING + timedelta(days=8))
    assert backups.daily(later) is not None
    assert (secondplace.second_place(later), secondplace.unseen(later)) == (None, 8)
    place.mkdir()
    enter(later, "王海")
    backups.at_exit(later)
    assert secondplace.unseen(later) == 0


@pytest.mark.parametrize("inside", ["备份", "没有这个文件夹/x"])
def test_a_second_place_that_is_none_is_refused_and_not_kept(desk: Desk, inside: str) -> None:
    (desk.folder / "备份").mkdir()
    with pytest.raises(Refused):
        backups.choose_place(desk, desk.folder / inside)
    assert settings.values(desk)["backup_place"] == ""


def test_a_second_place_on_a_locked_drive_is_one_that_is_not_there(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, stat = tmp_path / "U盘", Path.stat
    place.mkdir()
    backups.choose_place(desk, place)

    def locked(path: Path, **options: bool) -> os.stat_result:
        if place in (path, *path.parents):
            raise OSError(errno.EINVAL, "FVE_E_LOCKED_VOLUME")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", locked)
    assert secondplace.second_place(desk) is None
    assert backups.listed_at(place) == []
    enter(desk, "王海")
    assert backups.at_exit(desk) is not None
    with pytest.raises(Refused, match="找不到文件夹"):
        backups.choose_place(desk, place)


def test_what_was_put_back_is_the_copy_and_what_was_there_can_be_put_back_again(desk: Desk) -> None:
    enter(desk, "王海")
    copy = backups.make(desk).path
    enter(desk, "李江")
    folder = desk.folder
    desk.close()
    before = backups.restore(folder, copy)
    assert before is not None
    assert names(folder) == {"王海"}
    backups.restore(folder, before)
    assert names(folder) == {"王海", "李江"}


def test_nothing_is_put_back_while_the_office_is_open(desk: Desk) -> None:
    copy = backups.make(desk).path
    with pytest.raises(Trouble, match="另一个窗口"):
        backups.restore(desk.folder, copy)


def test_another_office_or_a_practice_office_is_not_put_back_here(desk: Desk, tmp_path: Path) -> None:
    other = open_office(tmp_path / "other", county="150125")
    copy = backups.make(other).path
    other.close()
    enter(desk, "王海")
    with pytest.raises(Refused, match="武川县"):
        backups.fitting(desk, copy)
    folder = desk.folder
    desk.close()
    with pytest.raises(Refused, match="武川县"):
        backups.restore(folder, copy)
    assert names(folder) == {"王海"}


def test_a_damaged_copy_is_not_put_back(desk: Desk) -> None:
    enter(desk, "王海")
    copy = backups.make(desk).path
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4000] = bytes(4000)
    copy.write_bytes(content)
    folder = desk.folder
    desk.close()
    with pytest.raises(Trouble):
        backups.restore(folder, copy)
    assert names(folder) == {"王海"}


def test_a_damaged_office_is_set_aside_whole_and_the_copy_takes_its_place(desk: Desk) -> None:
    enter(desk, "王海")
    copy = backups.make(desk).path
    folder = desk.folder
    desk.close()
    rubbish = b"SQLite format 3\0" + bytes(range(256)) * 64
    (folder / "office.db").write_bytes(rubbish)
    with pytest.raises(Trouble):
        offices.open_desk(folder)
    assert backups.restore(folder, copy) is None
    assert names(folder) == {"王海"}
    (aside,) = (folder / backups.FOLDER).glob("损坏-*.db")
    assert aside.read_bytes() == rubbish


def test_what_was_only_in_the_journal_is_in_the_copy_of_what_was_there(desk: Desk, tmp_path: Path) -> None:
    copy = backups.make(desk).path
    enter(desk, "李江")
    pulled = tmp_path / "pulled"  # as a PC leaves it whose plug was pulled: the newest work stands in the journal alone
    shutil.copytree(desk.folder, pulled)
    assert (pulled / "office.db-wal").stat().st_size > 0
    before = backups.restore(pulled, pulled / backups.FOLDER / copy.name)
    assert names(pulled) == set()
    assert before is not None
    backups.restore(pulled, before)
    assert names(pulled) == {"李江"}


def test_backup_on_the_command_line(desk: Desk, tmp_path: Path) -> None:
    folder = str(desk.folder)
    enter(desk, "王海")
    desk.close()

    def said(*words: str) -> tuple[int, str]:
        out, err = StringIO(), StringIO()
        return run(["--office", folder, "backup", *words], out, err), out.getvalue() + err.getvalue()

    target = tmp_path / "盘" / "存.db"
    assert said("make", "--to", str(target)) == (0, f"{target}\n")
    assert "翁牛特旗" in said("look", str(target))[1]
    status, made = said("make")
    assert status == 0
    assert "手工" in said("list")[1]
    status, words = said("restore", made.strip())
    assert status == 0
    assert "已恢复" in words
    status, words = said("restore", str(tmp_path / "没有.db"))
    assert status == 1
    assert "找不到备份" in words


def test_a_disk_that_says_no_at_the_last_moment_leaves_the_data_as_they_were(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(desk, "王海")
    copy = backups.make(desk).path
    enter(desk, "李江")
    folder = desk.folder
    desk.close()

    def full(part: Path, target: Path) -> None:
        if target == folder / "office.db":
            raise OSError(errno.ENOSPC, "No space left on device")
        settle(part, target)

    with monkeypatch.context() as disk:
        disk.setattr("tuopin_desktop.store.backup.settle", full)
        with pytest.raises(Trouble, match="磁盘空间不足，备份没有恢复"):
            backups.restore(folder, copy)
    assert names(folder) == {"王海", "李江"}
    assert not list(folder.glob("*.restore*"))


def test_a_second_place_that_is_full_says_so_and_the_copy_of_the_day_stays(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "U盘"
    place.mkdir()
    backups.choose_place(desk, place)
    enter(desk, "王海")

    def full(path: Path, content: bytes, **said: bool) -> None:
        raise Trouble(f"写入“{path}”没有成功：磁盘空间不足，请清理磁盘后重试。")

    with monkeypatch.context() as stick:
        stick.setattr(files, "write", full)
        with pytest.raises(Trouble, match="磁盘空间不足"):
            backups.at_exit(desk)
    (kept,) = backups.listed(desk)
    folder = desk.folder
    desk.close()
    backups.restore(folder, kept.path)
    assert names(folder) == {"王海"}
