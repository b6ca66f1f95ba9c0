"""A year appraised on a real office: points with their trace, ballots keyed twice, grades by the Office, the files."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from tests.services.desks import changed, enter, open_office, over, write_logs
from tests.services.leaveteam import at
from tuopin_desktop.documents.table import Table
from tuopin_desktop.domain.appraisal.points import ItemPoints
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import AppraisalScore, Attendance, Grade, Posting, RoutineMark, SpotCheck
from tuopin_desktop.services.appraisal import ballots, dossier, grades, papers, routine
from tuopin_desktop.services.appraisal.year import AppraisalRow, compute
from tuopin_desktop.services.office import books, disclosures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

COUNTY = "150426"
HELD = date(2018, 12, 20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", level="region", practice=True)) as desk:
        yield desk


def month(desk: Desk, posting: Posting, which: str, worked: int) -> None:
    """Key a month with so many days in the village, each with its log, and the rest of it resting in the county."""
    days = {f"d{day:02d}": "vw/vw" if day <= worked else "cr/cr" for day in range(1, 29)}
    empty = Attendance(id=f"{posting.id}/{which}", posting=posting.id, month=which)
    with over(desk, date(int(which[:4]), int(which[5:]), 28)):
        registers.save(desk, changed(empty, **days))
    write_logs(desk, posting, [date(int(which[:4]), int(which[5:]), day) for day in range(1, worked + 1)])


def score(desk: Desk, subject: str, item: str, points: int) -> None:
    record = AppraisalScore(
        id=f"{subject}-2018-{item}", subject=subject, year=2018, item=item, points=points, evidence="年终核查"
    )
    registers.save(desk, record)


def complete(desk: Desk, subject: str, points: int = 90) -> None:
    """Score everything that the Office scores, and mark a month."""
    for item in ("results", "summary", "third_party"):
        score(desk, subject, item, points)
    mark = RoutineMark(id=f"{subject}/2018-09", subject=subject, month="2018-09", points=points)
    registers.save(desk, mark)


def vote(desk: Desk, source: str, marks: str, issued: int = 1) -> str:
    held = ballots.open_round(desk, COUNTY, 2018, source, HELD, issued=issued)
    for serial in range(1, issued + 1):
        for keying in (1, 2):
            ballots.key(desk, held.id, serial, keying, marks)
    return held.id


def member(desk: Desk, subject: str) -> AppraisalRow:
    return next(row for row in compute(desk, 2018).members if row.subject == subject)


def item(row: AppraisalRow, key: str) -> ItemPoints:
    return next(one for one in row.proposal.appraisal.items if one.item.key == key)


def finished(desk: Desk) -> Posting:
    """Enter one member with everything an appraisal needs: full presence but for one short month."""
    posting = enter(desk, "张三", unit="自治区林业和草原局", status="institution")
    at(desk, date(2019, 1, 10))
    for which, worked in (("2018-07", 25), ("2018-08", 25), ("2018-09", 12)):
        month(desk, posting, which, worked)
    complete(desk, posting.id)
    for source in ("democratic", "survey"):
        vote(desk, source, "11")
    return posting


def test_every_point_lost_says_its_day_and_its_article(desk: Desk) -> None:
    row = member(desk, finished(desk).id)
    presence = item(row, "presence")
    assert presence.points == Decimal("6.86"), "two of seven months reached, four not registered: 12 × 4 ÷ 7"
    short, blank = (line for line in presence.lines if line.points)
    assert (short.day, short.rule, short.article) == (date(2018, 9, 1), "A09-1", 9)
    assert "差8天" in short.words
    assert blank.words == "6月、10月、11月、12月没有登记全考勤，补登后重算"
    assert "12 × 4 ÷ 7（符合计1，提醒计0.5，不符计0，没有登记全的计0.5）" in presence.lines[-1].words


def test_december_counts_once_the_year_is_over(desk: Desk) -> None:
    posting = enter(desk, "张三")
    at(desk, date(2018, 12, 31))
    month(desk, posting, "2018-12", 10)
    assert item(member(desk, posting.id), "village").points is None, "it is still running"
    at(desk, date(2019, 6, 3))
    row = member(desk, posting.id)
    assert [line.day for line in item(row, "presence").lines if line.points and line.rule] == [date(2018, 12, 1)]
    assert item(row, "village").points is not None


def test_the_total_is_the_sum_of_the_items_and_the_grade_follows(desk: Desk) -> None:
    quota(desk, 100)
    row = member(desk, finished(desk).id)
    assert row.proposal.appraisal.missing == ()
    assert row.proposal.appraisal.total == sum(one.points or 0 for one in row.proposal.appraisal.items)
    assert row.proposal.level == "excellent"
    assert row.vocabulary == "institution"


def test_what_is_missing_is_named_and_no_grade_is_proposed(desk: Desk) -> None:
    posting = enter(desk, "张三")
    at(desk, date(2019, 1, 10))
    row = member(desk, posting.id)
    assert row.proposal.level is None
    assert {"民主测评", "第三方评估", "平时考核"} <= set(row.proposal.appraisal.missing)


def test_a_round_with_one_keying_or_a_difference_does_not_score(desk: Desk) -> None:
    posting = finished(desk)
    held = ballots.open_round(desk, COUNTY, 2018, "democratic", date(2018, 12, 21), issued=2)
    ballots.key(desk, held.id, 1, 1, "14")
    assert item(member(desk, posting.id), "democratic").points is None
    ballots.key(desk, held.id, 1, 2, "12")
    counted = ballots.count_round(desk, held.id)
    assert [(one.place, one.first, one.second) for one in counted.differing] == [(1, "4", "2")]
    ballots.key(desk, held.id, 1, 3, "12")
    row = item(member(desk, posting.id), "democratic")
    assert row.points is not None
    assert "2人次平均90" in row.lines[0].words


def test_keying_refuses_what_the_paper_cannot_say(desk: Desk) -> None:
    enter(desk, "张三")
    at(desk, date(2019, 1, 10))
    held = ballots.open_round(desk, COUNTY, 2018, "survey", HELD, issued=3)
    for serial, keying, marks, words in (
        (4, 1, "11", "没有第4号"),
        (1, 1, "111", "2行"),
        (1, 1, "19", "第2行"),
        (1, 3, "11", "还没有录完两遍"),
    ):
        with pytest.raises(Refused, match=words):
            ballots.key(desk, held.id, serial, keying, marks)


def test_opening_a_round_again_keeps_the_order_of_the_printed_paper(desk: Desk) -> None:
    first = enter(desk, "张三")
    held = ballots.open_round(desk, COUNTY, 2018, "survey", HELD, issued=3)
    enter(desk, "王海", "leader")
    again = ballots.open_round(desk, COUNTY, 2018, "survey", HELD, issued=9)
    assert again == held
    assert again.subjects.split("\n") == [f"{COUNTY}/team", first.id]
    assert len(ballots.papers(desk, held.id)) == 2, "one page for the team, one for the members"


def test_a_county_cannot_score_or_grade_itself(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "county")) as county:
        posting = enter(county, "张三")
        at(county, date(2019, 1, 10))
        with pytest.raises(Refused, match="自治区"):
            score(county, posting.id, "results", 100)
        with pytest.raises(Refused, match="自治区"):
            grades.propose(county, compute(county, 2018))


def test_proposals_are_kept_once_and_decided_ones_stay(desk: Desk) -> None:
    quota(desk, 100)
    posting = finished(desk)
    assert grades.propose(desk, compute(desk, 2018)) == 1, "the team lacks its scores"
    assert grades.propose(desk, compute(desk, 2018)) == 0
    grades.decide(desk, [posting.id], 2018, "合格", "内组考〔2019〕3号", date(2019, 2, 1))
    score(desk, posting.id, "results", 10)
    assert grades.propose(desk, compute(desk, 2018)) == 0
    kept = desk.store.get(Grade, f"{posting.id}-2018")
    assert kept is not None
    assert (kept.proposed, kept.decided, kept.paper) == ("excellent", "competent", "内组考〔2019〕3号")
    with pytest.raises(Refused, match="没有等次"):
        grades.decide(desk, [posting.id], 2018, "好人", "x", date(2019, 2, 1))


def test_the_proposal_sheet_lists_everybody_and_says_the_scheme_is_an_example(desk: Desk) -> None:
    finished(desk)
    enter(desk, "李四", county="150421")
    made = papers.proposal_sheet(desk, compute(desk, 2018))
    text = words(books.pdf(desk, made))
    for said in ("张三", "李四", "优秀", "暂不建议", "评分标准为试用稿", "办公室领导：", "第十五条"):
        assert said in text
    assert books.xlsx(desk, made)


def words(content: bytes) -> str:
    with closing(pypdfium2.PdfDocument(content)) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_the_file_binds_the_whole_term_with_pages_numbered_through(desk: Desk, tmp_path: Path) -> None:
    posting = finished(desk)
    (path,) = dossier.write_all(desk, tmp_path / "out")
    assert path.name.startswith("综合考核-150426-张三-")
    content = path.read_bytes()
    text = words(content)
    for said in ("2018年逐月出勤", "2018.9", "差8天", "派驻经历", "年度考核得分及依据", "综合考核意见", "练习数据"):
        assert said in text
    with closing(pypdfium2.PdfDocument(content)) as document:
        for number, page in enumerate(document, start=1):
            assert f"—{number}—" in "".join(page.get_textpage().get_text_range().split())
    assert dossier.one(desk, posting.person) == content, "the same records make the same bytes"
    held = "（含出生年月、考勤、请销假、考核情况）"
    noted = [(line.act, line.what, line.rows) for line in disclosures.lines(desk)]
    assert noted == [("打印", f"张三的综合考核材料{held}", 1), ("打印", f"综合考核材料{held}", 1)]


def test_namesakes_get_files_of_their_own(desk: Desk, tmp_path: Path) -> None:
    enter(desk, "张三")
    enter(desk, "张三")
    at(desk, date(2019, 1, 10))
    assert len({path.name for path in dossier.write_all(desk, tmp_path)}) == 2


def test_an_office_without_people_says_so(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有派驻人员"):
        dossier.write_all(desk, tmp_path)
    assert compute(desk, 2018).rows == ()
    with pytest.raises(Refused, match="没有考核评分表"):
        compute(desk, 2017)


def test_an_own_scheme_goes_before_the_shipped_one_and_a_broken_one_is_said(desk: Desk) -> None:
    folder = desk.folder / "schemes"
    folder.mkdir()
    shipped = Path("resources/schemes/2018-example.toml").read_text(encoding="utf-8")
    own = folder / "2018.toml"
    own.write_text(shipped.replace('id = "2018-example"', 'id = "own"').replace("official = false", "official = true"))
    assert compute(desk, 2018).scheme.id == "own"
    own.write_text("id = ")
    with pytest.raises(Trouble, match=r"2018\.toml"):
        compute(desk, 2018)


def test_a_person_who_left_during_the_year_is_still_appraised(desk: Desk) -> None:
    posting = enter(desk, "张三", until=date(2018, 8, 15))
    gone = enter(desk, "李四", since=date(2018, 5, 1), until=date(2018, 5, 31))
    at(desk, date(2019, 1, 10))
    assert {row.subject for row in compute(desk, 2018).members} == {posting.id, gone.id}
    assert compute(desk, 2019).members == ()
    registers.save(desk, changed(posting, until=None))
    assert [row.subject for row in compute(desk, 2019).members] == [posting.id]


def not_found(desk: Desk, posting: Posting, day: date) -> SpotCheck:
    check = SpotCheck(
        id=registers.new_id(desk, COUNTY),
        checked=day,
        manner="covert",
        checker="联络考评组",
        county=COUNTY,
        posting=posting.id,
        found="not_found",
    )
    saved = registers.save(desk, check)
    assert isinstance(saved, SpotCheck)
    return saved


def test_a_veto_is_explained_on_the_sheet_and_in_the_trace_with_its_records(desk: Desk) -> None:
    posting = finished(desk)
    found = [not_found(desk, posting, date(2018, 9, day)) for day in (13, 14)]
    appraised = compute(desk, 2018)
    (row,) = appraised.members
    assert row.proposal.level == "competent"
    assert grades.reasons(appraised, row) == [
        "按得分为优秀",
        "抽查不在岗2次以上，不评优秀（第十条）：2018-09-13、2018-09-14",
    ]
    made = papers.proposal_sheet(desk, appraised)
    struck = made.papers[-1]
    assert isinstance(struck, Table)
    assert "等次限制依据" in struck.title
    assert [str(line[5]) for line in struck.rows] == [
        str(one.words) for cap in row.proposal.appraisal.caps for one in cap.lines
    ]
    assert not any(check.id in str(line) for line in struck.rows for check in found), "no id on paper"
    assert struck.rows[0][4] == "合格"
    assert "记录2项 ≥ 界限2项" in str(struck.rows[0][3])
    assert set(struck.rows[1][:5]) == {None}
    assert "等次限制" in words(books.pdf(desk, made))
    traced = papers.trace(desk, appraised, row).rows[-1]
    assert "抽查不在岗" in str(traced[1])


def test_routine_marks_roll_up_month_by_month_into_the_points(desk: Desk) -> None:
    posting = enter(desk, "张三")
    at(desk, date(2019, 1, 10))
    for which, points in (("2018-11", 81), ("2018-07", 93), ("2018-12", 87)):
        registers.save(desk, RoutineMark(id=f"{posting.id}/{which}", subject=posting.id, month=which, points=points))
    appraised = compute(desk, 2018)
    (row,) = appraised.members
    scored = item(row, "routine")
    assert scored.points == Decimal("8.70")
    assert scored.lines[0].words == (
        "7月93 + 11月81 + 12月87 = 261，÷ 3个月 = 平均87.00分，× 10 ÷ 100；在派的月份中有4个月没有登记，不计入"
    )
    assert row.proposal.appraisal.parts == "平时 27.70/50，年度 0/50"
    made = routine.routine_sheet(desk, appraised)
    member_line, team_line = made.sheet.rows
    assert member_line[4:] == (*[None] * 6, 93, *[None] * 3, 81, 87, 87.0, 8.7)
    assert team_line[2:4] == ("（总队）", "总队")
    assert set(team_line[4:]) == {None}
    assert "平时考核汇总表" in words(books.pdf(desk, made))
    assert books.xlsx(desk, made)


def test_the_sheet_of_routine_marks_rounds_a_mean_as_its_trace_does(desk: Desk) -> None:
    posting = enter(desk, "张三", since=date(2018, 5, 1))
    at(desk, date(2019, 1, 10))
    for number, points in enumerate((90, 90, 90, 90, 90, 90, 90, 83), start=5):
        which = f"2018-{number:02d}"
        registers.save(desk, RoutineMark(id=f"{posting.id}/{which}", subject=posting.id, month=which, points=points))
    appraised = compute(desk, 2018)
    assert "平均89.13分" in item(appraised.members[0], "routine").lines[0].words
    assert routine.routine_sheet(desk, appraised).sheet.rows[0][-2:] == (89.13, 8.91)


def test_ties_are_named_on_the_sheet(desk: Desk) -> None:
    quota(desk, 50)
    tied = [enter(desk, name) for name in ("张三", "李四", "王五")]
    at(desk, date(2019, 1, 10))
    for posting in tied:
        month(desk, posting, "2018-07", 25)
        complete(desk, posting.id, 100)
    for source in ("democratic", "survey"):
        vote(desk, source, "1111")
    appraised = compute(desk, 2018)
    assert [row.proposal.tied for row in appraised.members] == [True, True, True]
    first, *others = appraised.members
    said = grades.reasons(appraised, first)
    assert "3人并列，由办公室研究确定" in said[-2]
    assert said[-1] == f"与{others[0].name}、{others[1].name}并列"


def quota(desk: Desk, percent: int) -> None:
    """Write an own scheme that says no more than what it does differently."""
    folder = desk.folder / "schemes"
    folder.mkdir()
    limit = f'[quota]\npercent = {percent}\npool = "all"\nrounding = "down"\n'
    (folder / "own.toml").write_text(f'base = "2018-example-2"\nid = "own"\n{limit}', encoding="utf-8")


def test_a_year_decided_by_one_scheme_opens_with_it_although_a_later_one_is_there(desk: Desk) -> None:
    posting = finished(desk)
    for day in (13, 14):
        not_found(desk, posting, date(2018, 9, day))
    assert compute(desk, 2018).scheme.id == "2018-example-3"
    before = Grade(id=f"{posting.id}-2018", subject=posting.id, year=2018, scheme="2018-example", proposed="excellent")
    registers.save(desk, before)
    assert compute(desk, 2018).scheme.id == "2018-example-3", "only proposed: the later edition counts"
    grades.decide(desk, [posting.id], 2018, "优秀", "内组考〔2019〕3号", date(2019, 2, 1))
    again = compute(desk, 2018)
    assert again.scheme.id == "2018-example"
    assert again.members[0].proposal.level == "excellent", "the first edition does not know this veto"
    with desk.amending("评分表填错"):
        registers.save(desk, changed(before, scheme="gone", decided="excellent"))
    with pytest.raises(Refused, match=r"评分表“gone”.*请放回"):
        compute(desk, 2018)


def test_a_grade_decided_without_a_proposal_keeps_the_scheme_of_that_day(desk: Desk) -> None:
    posting = enter(desk, "张三")
    at(desk, date(2019, 1, 10))
    (made,) = grades.decide(desk, [posting.id], 2018, "合格", "内组考〔2019〕3号", date(2019, 2, 1))
    assert made.scheme == "2018-example-3"


def test_the_grade_of_the_whole_term_is_decided_and_stands_in_the_file(desk: Desk) -> None:
    posting = enter(desk, "张三", status="institution", until=date(2018, 12, 31))
    at(desk, date(2019, 2, 1))
    (made,) = grades.decide(desk, [posting.id], 0, "合格", "内组考〔2019〕9号", date(2019, 1, 20))
    assert (made.year, made.scheme) == (0, "")
    assert compute(desk, 2018).members[0].grade is None, "it is not a grade of any year"
    text = words(dossier.one(desk, posting.person))
    assert "综合考核合格内组考〔2019〕9号" in text


def test_a_scheme_whose_base_is_missing_is_said(desk: Desk) -> None:
    folder = desk.folder / "schemes"
    folder.mkdir()
    (folder / "own.toml").write_text('base = "nothing"\nid = "own"\n', encoding="utf-8")
    with pytest.raises(Trouble, match=r"own\.toml.*nothing"):
        compute(desk, 2018)
