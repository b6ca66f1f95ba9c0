"""Handing over to the archives and the box: what a medium holds, what it does not, and when it counts."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from tests.papers import bound
from tests.services.desks import MORNING, changed, enter, open_office, over, write_logs
from tuopin_desktop.documents.archival.check import faults
from tuopin_desktop.domain.archives import cataloguexml
from tuopin_desktop.domain.archives.digests import FORMS, LISTS
from tuopin_desktop.domain.archives.medium import CATALOGUE, END, INDEX, NOTE, SCRIPT
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import ArchiveHandover, DailyLog, Incident, Insurance, Meeting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.archives import changing, forming, handing, items, mediumcheck, settings
from tuopin_desktop.services.archives.handing import Outcome, Wish
from tuopin_desktop.services.office import disclosures, handed, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers

LATER, YEAREND = date(2028, 3, 1), date(2018, 12, 31)
WISH = Wish(years=(2018,), receiver="翁牛特旗档案馆", carrier="U盘 16GB", span="1-1")
NUMBER = "150426197503071231"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county of 2018 with papers that are filed and some that are not, years after; its items have numbers."""
    with closing(open_office(tmp_path_factory.mktemp("handing") / "office")) as desk:
        posting = enter(desk, "阿拉坦花", id_number=NUMBER, phone="13912345678")
        write_logs(desk, posting, [date(2018, 6, 5), date(2018, 6, 6)], "到呼和浩特市开会")
        with over(desk, date(2018, 9, 1)):
            registers.save(desk, Insurance(id="150426/i1", posting=posting.id, since=date(2018, 6, 1), until=YEAREND))
            registers.save(
                desk, Incident(id="150426/c1", posting=posting.id, date=date(2018, 7, 1), clause="winds", text="不在岗")
            )
            meeting = Meeting(id="150426/m1", county="150426", type="joint", held=date(2018, 6, 20))
            registers.save(desk, meeting)
            picture = Image.new("L", (300, 420), 255)
            path = tmp_path_factory.mktemp("scans") / "纪要.pdf"
            path.write_bytes(bound([picture, picture.point(lambda _: 128)], dpi=100))
            recordfiles.attach(desk, "meeting", meeting.id, recordfiles.read([path]))
        with over(desk, LATER):
            settings.save_fonds(desk, changed(settings.fonds(desk), fonds_code="Z109", fonds_name="旗委组织部"))
            forming.form(desk, 2018)
        return desk.folder


@pytest.fixture
def desk(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A copy of the county: what a test hands over is its own."""
    folder = tmp_path_factory.mktemp("copy") / "office"
    shutil.copytree(county, folder)
    with closing(offices.open_desk(folder, FixedClock(MORNING))) as desk, over(desk, LATER):
        yield desk


@pytest.fixture
def outcome(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return handing.hand_over(desk, tmp_path_factory.mktemp("stick"), WISH)


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_medium_holds_every_item_as_pdfa_with_its_scans_and_a_stranger_finds_it_right(
    desk: Desk, outcome: Outcome
) -> None:
    lines = cataloguexml.lines((outcome.folder / CATALOGUE).read_bytes())
    due = items.items(desk, 2018)
    assert [line.code for line in lines] == [item.code for item in due]
    assert outcome.size.items == len(due) == outcome.handover.items
    by_paper = {item.paper: line for item, line in zip(due, lines, strict=True)}
    assert [len(by_paper[key].paths) for key in ("meeting", "daily_log")] == [2, 1]
    papers = [outcome.folder / path for line in lines for path in line.paths]
    assert [path.name for path in papers if faults(path.read_bytes())] == []
    run = subprocess.run(
        [sys.executable, "-I", str(outcome.folder / SCRIPT)], capture_output=True, env={"PYTHONUTF8": "1"}, check=False
    )
    assert run.stdout.decode().splitlines()[-1] == "核对无误"
    assert mediumcheck.check(outcome.folder).faults == ()
    assert {NOTE, END, *FORMS, LISTS["SHA256"], "其他/归档范围和保管期限表.TXT"} <= set(names_in(outcome.folder))


def test_kinds_that_are_not_filed_or_are_personal_files_are_absent(
    desk: Desk, outcome: Outcome, tmp_path: Path
) -> None:
    papers = {item.paper for item in items.items(desk, 2018)}
    assert papers >= {"meeting", "daily_log", "roster", "incident"}
    assert not papers & {"insurance", "medical_claim", "round_trip", "fund", "cadre_file", "leave_register"}
    with over(desk, LATER):
        changing.adjust(desk, "daily_log", filed="no", note="本单位期限表")
        again = handing.hand_over(desk, tmp_path, WISH)
        changing.adjust(desk, "daily_log", filed="yes", note="本单位期限表")
    lines = cataloguexml.lines((again.folder / CATALOGUE).read_bytes())
    log = next(item for item in items.items(desk, 2018) if item.paper == "daily_log")
    assert len(lines) == outcome.size.items - 1
    assert log.code not in {line.code for line in lines}
    assert any("已改为不归档" in remark for remark in again.remarks)
    handing.withdraw(desk, again.handover.id)


def test_writing_a_medium_leaves_a_disclosure_and_needs_a_receiver(
    desk: Desk, outcome: Outcome, tmp_path: Path
) -> None:
    newest = disclosures.lines(desk)
    assert any("档案移交包（2018年度" in line.what and line.rows == outcome.size.items for line in newest)
    with pytest.raises(Refused, match="接收单位"):
        handing.hand_over(desk, tmp_path, changed(WISH, receiver=" "))
    with pytest.raises(Refused, match="还没有整理好"):
        handing.hand_over(desk, tmp_path, changed(WISH, years=(2019,)))
    assert list(tmp_path.iterdir()) == []


def test_it_counts_once_the_receipt_is_entered_and_a_late_paper_opens_the_year_again(
    desk: Desk, outcome: Outcome
) -> None:
    which = outcome.handover.id
    log, insurance = desk.store.rows(DailyLog)[0], desk.store.rows(Insurance)[0]
    assert handed.open_years(desk) == {2018}
    assert handing.send(desk, which).sent == LATER
    assert not handing.handed_over(desk, log)
    with pytest.raises(Refused, match="回执"):
        handing.receive(desk, which, receipt="")
    one = handing.receive(desk, which, receipt="旗档馆〔2028〕3号", by="王海")
    assert handing.state(one) == "已接收"
    assert handing.handed_over(desk, log)
    assert not handing.handed_over(desk, insurance)
    assert handed.years(desk) == {2018}
    with pytest.raises(Refused, match="不能撤销"):
        handing.withdraw(desk, which)
    with over(desk, date(2018, 12, 1)):
        registers.save(desk, Meeting(id="150426/m2", county="150426", type="joint", held=date(2018, 11, 20)))
    forming.form(desk, 2018)
    assert handed.years(desk) == frozenset()
    assert handing.handed_over(desk, log)


def test_the_box_masks_what_is_masked_and_finds_people_by_what_they_did(desk: Desk, tmp_path: Path) -> None:
    box = handing.box(desk, tmp_path, (2018,))
    assert mediumcheck.check(box.folder).faults == ()
    pages = [path.read_text(encoding="utf-8") for path in box.folder.rglob("*.html")]
    assert (box.folder / INDEX).exists()
    assert not any(NUMBER in page or "13912345678" in page or "不在岗" in page for page in pages)
    index = (box.folder / INDEX).read_text(encoding="utf-8")
    assert "到呼和浩特市开会" in index
    assert "内容不列入目录" in index
    person = next(page for page in pages if "<h1>阿拉坦花</h1>" in page)
    assert re.search("翁牛特旗队员 2018年6月1日起", person)
    assert "有关情况的处理材料" not in "".join(pages)
    assert not any(one.name.startswith("档案盒") for one in desk.store.rows(ArchiveHandover))


def test_a_stopped_writing_goes_on_where_it_was_and_is_recorded_once(desk: Desk, tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def stop(count: int, total: int) -> None:
        if count == total - 2:
            raise Enough

    before = len(desk.store.rows(ArchiveHandover))
    with pytest.raises(Enough):
        handing.hand_over(desk, tmp_path, WISH, stop)
    (folder,) = tmp_path.iterdir()
    assert not (folder / END).exists()
    assert {one.code for one in mediumcheck.check(folder).faults} == {"unfinished"}
    assert len(desk.store.rows(ArchiveHandover)) == before
    written = {path: path.stat().st_mtime_ns for path in (folder / "电子档案").rglob("*.pdf")}
    again = handing.hand_over(desk, tmp_path, WISH)
    assert again.folder == folder
    assert len(written) >= 2
    assert {path: path.stat().st_mtime_ns for path in written} == written
    assert mediumcheck.check(folder).faults == ()
    assert len(desk.store.rows(ArchiveHandover)) == before + 1
    handing.withdraw(desk, again.handover.id)
