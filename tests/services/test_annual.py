"""The annual report: frozen figures, the same bytes from the same snapshot, differences with their reasons."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from tests.documents.conftest import by_pdfplumber, letters
from tests.documents.words import converted, needs_office, paragraphs
from tests.services.desks import changed, enter, open_office
from tests.services.test_circular import MONTH, NAMES, at, keyed
from tuopin_desktop.documents.official import Block, Chart, Heading
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.duties.duty import State
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import KINDS, MedicalClaim, Posting, Ruling, Snapshot
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services import belonging, radar, registers, rulings, supportlists
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.services.reporting import annexes, annual, figures, reports, sections, snapshots
from tuopin_desktop.services.reporting.differences import differences

PAPER = "内工作队办〔2020〕1号"
COUNTY, ELSEWHERE = "150426", "150124"
GOLDEN = Path(__file__).parent / "golden" / "annual_2019.json"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = at(open_office(tmp_path / "office"), date(2020, 1, 6))
    postings = [enter(opened, name) for name in NAMES]
    keyed(opened, postings[0], 21)
    keyed(opened, postings[1], 12)
    yield opened
    opened.close()


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    """Two teams in two leagues, and one record of every register the report counts."""
    opened = at(open_office(tmp_path / "region", level="region"), date(2020, 1, 6))
    here = [enter(opened, name) for name in NAMES]
    there = enter(opened, "云二", position="leader", county=ELSEWHERE, since=date(2019, 5, 1), until=date(2019, 9, 30))
    keyed(opened, here[0], 21)
    keyed(opened, there, 12)
    kept: tuple[tuple[str, dict[str, Any]], ...] = (
        ("grade", {"subject": here[0].id, "year": 2019, "decided": "excellent"}),
        ("grade", {"subject": here[1].id, "year": 2019, "decided": "competent"}),
        ("grade", {"subject": f"{COUNTY}/team", "year": 2019, "decided": "basic"}),
        ("grade", {"subject": here[2].id, "year": 2018, "decided": "unfit"}),
        ("advancement", {"posting": here[0].id, "type": "grade", "due": date(2019, 3, 1), "done": date(2019, 4, 1)}),
        ("advancement", {"posting": here[1].id, "type": "post", "due": date(2018, 9, 1)}),
        ("advancement", {"posting": here[1].id, "type": "award", "done": date(2019, 7, 1)}),
        ("medical_claim", {"posting": here[0].id, "submitted": date(2019, 2, 1), "reimbursed": date(2019, 3, 1)}),
        ("medical_claim", {"posting": there.id, "submitted": date(2019, 6, 1)}),
        ("subsidy_rate", {"type": "living", "since": date(2018, 6, 1), "amount": 10000}),
        ("fund", {"county": COUNTY, "date": date(2019, 1, 9), "source": "财政", "amount": 1_234_567_00, "spent": 50}),
        ("round_trip", {"posting": there.id, "period": "2019-06-05am/2019-06-08pm", "reimbursed": date(2019, 7, 1)}),
        ("meeting", {"type": "joint", "county": COUNTY, "held": date(2019, 5, 20), "minutes": "形成纪要"}),
    )
    for kind, fields in kept:
        registers.save(opened, belonging.settled(opened, KINDS[kind](id=registers.new_id(opened), **fields)))
    yield opened
    opened.close()


@pytest.fixture(params=["desk", "region"])
def office(request: pytest.FixtureRequest) -> Desk:
    """Either office."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Desk)
    return found


def posting_of(desk: Desk, name: str) -> Posting:
    person = next(one.id for one in registers.rows(desk, "person") if getattr(one, "name", "") == name)
    found = registers.rows(desk, "posting", {"person": person})[0]
    assert isinstance(found, Posting)
    return found


# -- declarations


def test_every_name_in_a_sentence_is_a_figure_and_every_figure_stands_in_one() -> None:
    sentences = [one for _, parts in sections.SECTIONS for _, sentences in parts for one in sentences]
    named = [name for sentence in sentences for name in sections.named(sentence)]
    assert sorted(named) == sorted(figures.BY_KEY)
    assert len(figures.BY_KEY) == len(figures.FIGURES)


def test_every_figure_and_table_names_the_records_it_comes_from() -> None:
    kinds = {one.key: one.kinds for one in figures.FIGURES} | {one.key: one.kinds for one in annexes.TABLES}
    assert all(kinds.values())
    assert {kind for some in kinds.values() for kind in some} <= set(KINDS)


# -- freezing


def test_a_year_is_frozen_with_every_figure_and_its_digest(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    frozen = snapshots.opened(taken)
    assert frozen.figures["posted"] == 5
    assert (frozen.figures["reached"], frozen.figures["short"]) == (1, 1)
    assert frozen.figures["reached_rate"] == 50.0
    assert frozen.figures["person_months"] == 60
    assert frozen.until == "2019-12-31"
    assert len(taken.digest) == 64
    assert desk.store.audit() == ""


def test_every_register_is_counted_in_the_year_it_belongs_to(region: Desk) -> None:
    found = snapshots.opened(snapshots.take(region, 2019)).figures
    assert [found[key] for key in ("graded", "excellent", "competent", "basic", "unfit", "no_grade")] == [
        3,
        1,
        1,
        1,
        0,
        0,
    ]
    assert [found[key] for key in ("advance_due", "advance_done", "advance_open", "awards")] == [1, 1, 1, 1]
    assert [found[key] for key in ("claims", "claims_paid", "trips", "trips_paid")] == [2, 1, 1, 1]
    assert (found["funds"], found["funds_spent"]) == (1234567.0, 0.5)
    assert figures.BY_KEY["funds"].said(found["funds"]) == "1234567元"


def test_the_subsidy_is_what_the_certificates_say(region: Desk) -> None:
    found = snapshots.opened(snapshots.take(region, 2019)).figures
    rows = [row for month in ("2019-05", "2019-06") for row in supportlists.certificates(region, month).rows]
    assert found["stay_days"] == sum(float(row[4]) for row in rows) > 30
    assert found["subsidy"] == 100 * found["stay_days"]


def test_duties_are_those_of_the_radar(region: Desk) -> None:
    frozen = snapshots.opened(snapshots.take(region, 2019))
    made = radar.duties(region, 2019, date(2019, 12, 31))
    assert frozen.figures["duties"] == len(made)
    assert frozen.figures["duties_overdue"] == sum(duty.state is State.OVERDUE for duty in made) > 0
    parts = [frozen.figures[f"duties_{state}"] for state in ("done", "late", "open", "overdue")]
    assert sum(part or 0 for part in parts) == len(made)
    joint = next(row for row in frozen.tables["duties"] if row[0] == "联席会议")
    assert joint[:4] == ("联席会议", "第十二条", 12 + 8, 1)  # the second team came on 1 May


def test_the_days_posts_stood_empty_are_summed(region: Desk) -> None:
    """Five members without a source take the three posts of members; the other team had a leader for five months."""
    frozen = snapshots.opened(snapshots.take(region, 2019))
    since_may = (date(2019, 12, 31) - date(2019, 5, 1)).days + 1
    led = (date(2019, 9, 30) - date(2019, 5, 1)).days + 1
    assert frozen.figures["vacancy_days"] == 2 * 365 + 5 * since_may - led
    assert frozen.figures["vacant"] == 2 + 5


def test_counties_and_leagues_add_up_to_the_whole(region: Desk) -> None:
    frozen = snapshots.opened(snapshots.take(region, 2019))
    assert [row[0] for row in frozen.tables["leagues"]] == ["呼和浩特市", "赤峰市"]
    own, tables = frozen.figures, frozen.tables
    for key, heading, figure in (
        ("teams", "年末在派", "posted"),
        ("teams", "不全人月", "unknown"),
        ("leagues", "总队", "teams"),
        ("leagues", "达到", "reached"),
        ("county_duties", "到期", "duties"),
        ("county_duties", "逾期未办", "duties_overdue"),
        ("league_duties", "空缺天数", "vacancy_days"),
        ("county_support", "已报医药", "claims_paid"),
        ("county_support", "生活补助（元）", "subsidy"),
    ):
        place = [column.heading for column in annexes.BY_KEY[key].columns].index(heading)
        assert sum(float(row[place] or 0) for row in tables[key]) == own[figure], (key, heading)
    assert frozen.tables["grades"] == [("翁牛特旗", "基本称职（基本合格、一般）", 1, 1, 0, 0, 0, 1, 1, 1, 1)]
    assert frozen.tables["league_months"][1][5] == 21.0


def test_leagues_duties_and_grades_are_drawn_where_they_are_spoken_of(region: Desk) -> None:
    blocks = annual.letter(snapshots.take(region, 2019)).blocks
    drawn = {chart.caption: (section, chart) for section, chart in sections_of(blocks)}
    days, rates = drawn["图4 各盟市月人均在旗县工作天数"][1], drawn["图5 各盟市达标率（第九条）"][1]
    assert days.categories == rates.categories == ("呼和浩特市", "赤峰市")
    assert (days.series[0].values, rates.series[0].values) == ((12.0, 21.0), (0.0, 100.0))
    section, grades = drawn["图7 考核等次分布（人员和总队）"]
    assert (section, grades.series[0].values) == ("考核和纪律情况", (1.0, 1.0, 1.0, 0.0, 0.0))


def sections_of(blocks: Sequence[Block]) -> list[tuple[str, Chart]]:
    section, found = "", []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.text
        if isinstance(block, Chart):
            found.append((section, block))
    return found


def test_a_report_of_one_county_compares_nothing(desk: Desk) -> None:
    tables = snapshots.opened(snapshots.take(desk, 2019)).tables
    assert not {"leagues", "league_duties", "county_duties", "county_support"} & set(tables)
    assert {"teams", "duties", "leave"} <= set(tables)


def test_unchanged_figures_are_not_frozen_twice(desk: Desk) -> None:
    first = snapshots.take(desk, 2019)
    at(desk, date(2020, 2, 1))
    assert snapshots.take(desk, 2019) == first
    keyed(desk, posting_of(desk, NAMES[2]), 21)
    second = snapshots.take(desk, 2019)
    assert [one.id for one in snapshots.snapshots(desk, 2019)] == [first.id, second.id]


def test_a_ruling_that_changes_no_figure_freezes_nothing_anew(region: Desk) -> None:
    first = snapshots.take(region, 2019)
    rulings.rule(region, "support.insurance_alert_days", "31", PAPER, date(2019, 1, 2))
    assert snapshots.take(region, 2019) == first
    assert differences(region, first) == []


def test_the_same_snapshot_gives_the_same_bytes_whatever_became_of_the_data(office: Desk) -> None:
    desk = office
    taken = snapshots.take(desk, 2019)
    before = [make(desk, taken) for make in reports.MAKERS.values()]
    keyed(desk, posting_of(desk, NAMES[2]), 21)
    registers.save(desk, changed(desk.office, name="改了名的单位"))
    at(desk, date(2024, 5, 1))
    again = snapshots.snapshot_called(desk, taken.digest[:10])
    assert [make(desk, again) for make in reports.MAKERS.values()] == before


def test_a_snapshot_of_the_first_release_gives_the_report_it_gave_then(desk: Desk) -> None:
    """Figures and tables declared since are not said of it; pictures and compression are the libraries' business."""
    assert made_of(desk, first_release()) == json.loads(GOLDEN.read_text("utf-8"))["made"]


def first_release() -> Snapshot:
    kept = json.loads(GOLDEN.read_text("utf-8"))["snapshot"]
    return Snapshot(**{**kept, "taken": date.fromisoformat(kept["taken"])})


def made_of(desk: Desk, taken: Snapshot) -> dict[str, str]:
    found = {".pdf": hashlib.sha256(msgspec.json.encode(reports.sheets(desk, taken))).hexdigest()}
    for ending in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(reports.MAKERS[ending](desk, taken))) as parts:
            inside = b"".join(name.encode() + parts.read(name) for name in parts.namelist() if ".png" not in name)
        found[ending] = hashlib.sha256(inside).hexdigest()
    return found


def test_a_snapshot_somebody_touched_makes_no_report(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    forged = msgspec.structs.replace(taken, content=taken.content.replace('"posted":5', '"posted":6'))
    assert forged != taken
    with pytest.raises(Refused) as refused:
        annual.letter(forged)
    assert "校验码不符" in refused.value.problems[0].sentence


# -- differences


def test_nothing_differs_while_nothing_is_written(desk: Desk) -> None:
    assert differences(desk, snapshots.take(desk, 2019)) == []


def test_what_differs_is_said_with_both_values_and_the_records_written_since(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    posting = posting_of(desk, NAMES[2])
    at(desk, date(2020, 3, 1))
    keyed(desk, posting, 21)
    found = {one.key: one for one in differences(desk, taken)}
    assert {"reached", "reached_rate", "unknown", "mean_days", "months", "people"} <= set(found)
    assert not {"posted", "slips", "trainings", "leave"} & set(found)
    assert (found["reached"].was, found["reached"].now) == ("1人月", "2人月")
    assert found["reached"].why == (f"考勤1条有改动（经办人）：{posting.id}/{MONTH}",)
    assert NAMES[2] in found["people"].now


def test_a_deletion_is_a_reason_too(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    posting = posting_of(desk, NAMES[4])
    registers.delete(desk, "posting", posting.id)
    found = {one.key: one for one in differences(desk, taken)}
    assert (found["posted"].was, found["posted"].now) == ("5人", "4人")
    assert posting.id in found["posted"].why[0]


def test_lines_that_arrive_late_count_whatever_their_date(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    desk.clock = FixedClock(datetime(2019, 2, 1))  # a computer whose clock stood in the past
    posting = posting_of(desk, NAMES[3])
    desk.commit([Change("posting", posting.id, scalars(changed(posting, until=date(2019, 3, 1))))])
    at(desk, date(2020, 3, 1))
    assert posting.id in {one.key: one for one in differences(desk, taken)}["posted"].why[0]


def ruled(desk: Desk, value: str = "always") -> None:
    rulings.rule(desk, "presence.rest_day_in_county", value, PAPER, date(2019, 1, 2), applies=date(2019, 1, 1))


def test_a_ruling_is_named_where_it_changed_a_figure_and_nowhere_else(region: Desk) -> None:
    taken = snapshots.take(region, 2019)
    ruled(region)
    claim = MedicalClaim(id=registers.new_id(region, COUNTY), posting=posting_of(region, NAMES[3]).id)
    registers.save(region, changed(claim, submitted=date(2019, 8, 1)))
    found = {one.key: one for one in differences(region, taken)}
    assert (found["short"].was, found["short"].now) == ("1人月", "0人月")
    said = f"口径变化：Q8 休息日、节假日留在旗县是否计入20天，由“有工作日志的计入”改为“一律计入”（{PAPER}）"
    assert found["short"].why == found["leagues"].why == (said,)
    assert [why[:8] for why in found["claims"].why] == ["医药费报销1条有"]
    assert "posted" not in found


def test_a_ruling_that_no_longer_applies_is_named_too(region: Desk) -> None:
    ruled(region)
    taken = snapshots.take(region, 2019)
    registers.delete(region, "ruling", region.store.rows(Ruling)[0].id)
    found = {one.key: one for one in differences(region, taken)}
    assert found["short"].why[0].endswith(f"由“一律计入”改为“有工作日志的计入”（原登记的{PAPER}不再适用）")


def test_another_edition_of_the_policy_pack_is_named(region: Desk) -> None:
    taken = snapshots.take(region, 2019)
    days = changed(region.policy.switch("presence.days"), value=10)
    region.policy = changed(region.policy, switches={**region.policy.switches, days.key: days})
    found = {one.key: one for one in differences(region, taken)}
    assert found["reached"].why == ("口径变化：每月在派驻旗县工作天数，由“20天”改为“10天”（规则文件改版）",)


def test_figures_declared_since_do_not_differ_from_an_old_snapshot(desk: Desk) -> None:
    old = first_release()
    found = {one.key for one in differences(desk, old)}
    assert found <= set(snapshots.opened(old).figures) | set(snapshots.opened(old).tables)


# -- the files


def test_report_and_annexes_show_the_frozen_figures(office: Desk) -> None:
    desk = office
    taken = snapshots.take(desk, 2019)
    pages = "".join(by_pdfplumber(reports.pdf(desk, taken)))
    words = "".join(paragraphs(reports.docx(desk, taken)))
    book = CalamineWorkbook.from_object(io.BytesIO(reports.xlsx(desk, taken)))
    assert book.sheet_names[0] == "指标"
    listed = {row[0]: row[1] for row in book.get_sheet_by_name("指标").to_python()}
    frozen = snapshots.opened(taken)
    for figure in figures.FIGURES:
        value = frozen.figures[figure.key]
        assert figure.said(value) in words
        assert figure.said(value) in pages
        assert listed[figure.words] == ("" if value is None else value)
    assert taken.digest in pages
    assert taken.digest in words
    people = book.get_sheet_by_name("人员出勤情况").to_python()
    assert {row[1] for row in people} >= set(NAMES)


@needs_office
def test_libreoffice_reads_the_same_figures(office: Desk, tmp_path: Path) -> None:
    desk = office
    taken = snapshots.take(desk, 2019)
    data = reports.docx(desk, taken)
    text = converted(data, tmp_path, "txt:Text").read_text("utf-8-sig")
    assert letters(text) == letters("".join(paragraphs(data)))
    source = reports.xlsx(desk, taken)
    again = converted(source, tmp_path, "ods", "annexes.xlsx")
    wanted = CalamineWorkbook.from_object(io.BytesIO(source))
    found = CalamineWorkbook.from_path(str(again))
    assert found.sheet_names == wanted.sheet_names
    for name in wanted.sheet_names:
        assert cells(found.get_sheet_by_name(name).to_python()) == cells(wanted.get_sheet_by_name(name).to_python())


def cells(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """The filled cells: trailing empty ones are the reader's business."""
    return [[cell for cell in row if cell != ""] for row in rows]


@pytest.mark.parametrize("level", ["county", "region"])
def test_an_empty_office_has_an_honest_report(tmp_path: Path, level: str) -> None:
    empty = at(open_office(tmp_path, level=level), date(2019, 7, 1))
    try:
        taken = snapshots.take(empty, 2019)
        frozen = snapshots.opened(taken)
        assert frozen.figures["posted"] == 0
        assert frozen.figures["reached_rate"] is None
        words = "".join(paragraphs(reports.docx(empty, taken)))
        assert "达标率（未登记）" in words
        assert "2019年1月1日至2019年7月1日" in words
        assert reports.pdf(empty, taken)
        assert reports.xlsx(empty, taken)
        for year in (2017, 2020):
            with pytest.raises(Refused):
                snapshots.take(empty, year)
    finally:
        empty.close()
