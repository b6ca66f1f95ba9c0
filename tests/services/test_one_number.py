"""One number for one thing: over the practice region figures of one name are equal, and equal to the list they open."""

from collections.abc import Iterator
from contextlib import closing
from io import StringIO

import pytest

from tests import practice
from tuopin_desktop.cli.main import run
from tuopin_desktop.demo.tour import REGION_FOLDER, TODAY
from tuopin_desktop.documents.official import Chart, Listing, Paragraph
from tuopin_desktop.domain.appraisal.grading import places
from tuopin_desktop.domain.attendance.closing import figures_of
from tuopin_desktop.domain.attendance.presencerate import OPEN, REACHED, SHORT, PresenceRate
from tuopin_desktop.domain.duties.duty import State, overdue
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.leave.watch import OUT, on_list
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.appraisal.year import compute
from tuopin_desktop.services.attendance import month as grid
from tuopin_desktop.services.attendance.year import year
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.home import behindabove
from tuopin_desktop.services.home.standing import standing
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.reporting import annexes, figures, overview, snapshots
from tuopin_desktop.services.reporting.circular import circular
from tuopin_desktop.services.reporting.dashboard import dashboard
from tuopin_desktop.services.reporting.monthly import mean_days, monthly
from tuopin_desktop.services.reporting.snapshots import SnapshotContent

YEAR = TODAY.year


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    tour = practice.copy(tmp_path_factory, tmp_path_factory.mktemp("practice") / "tour")
    with closing(offices.open_desk(tour.folder / REGION_FOLDER, FixedClock(TODAY))) as desk:
        yield desk


@pytest.fixture(scope="module")
def frozen(region: Desk) -> SnapshotContent:
    return snapshots.measured(region, YEAR)


@pytest.fixture(scope="module")
def teams(region: Desk) -> overview.Teams:
    return overview.overview(region)


def column(frozen: SnapshotContent, key: str, heading: str) -> float:
    """The sum of a column of an annex."""
    place = [one.heading for one in annexes.BY_KEY[key].columns].index(heading)
    return sum(float(row[place] or 0) for row in frozen.tables[key])


def test_posted_on_post_and_out_are_their_lists(region: Desk, frozen: SnapshotContent, teams: overview.Teams) -> None:
    found = roster.heads(region)
    lists = {word: len(roster.people(region, where={"state": word})) for word in ("在派", "在岗", "外出", "驻村")}
    assert lists == {"在派": found.posted, "在岗": found.present, "外出": found.out, "驻村": found.others}
    assert found.posted == found.present + found.out
    assert teams.total.serving == sum(line.serving for line in teams.teams) == found.posted
    assert (
        frozen.figures["posted"] == column(frozen, "team_rates", "年末在派") == column(frozen, "league_rates", "在派")
    )
    assert frozen.figures["posted"] == found.posted
    assert teams.total.out == sum(line.out for line in teams.teams) == found.out


def test_vacant_and_full_are_said_of_posts_everywhere(region: Desk, frozen: SnapshotContent) -> None:
    matrix = roster.matrix(region)
    empty = [sum(slot.person is None for slot in team.slots) for team in matrix]
    said = [finding.sentence.count("空缺") for finding in judging.findings(region, "A02-*")]
    assert frozen.figures["vacant"] == sum(empty) == sum(said)
    assert sum(empty) > 0
    assert frozen.figures["seated_teams"] == empty.count(0) == len(matrix) - sum(count > 0 for count in empty)
    for key in ("league_duties", "county_duties"):
        assert column(frozen, key, "空缺岗位") == frozen.figures["vacant"]
        assert column(frozen, key, "空缺天数") == frozen.figures["vacancy_days"]


def test_overdue_is_one_count_of_two_slices(region: Desk, frozen: SnapshotContent, teams: overview.Teams) -> None:
    year, home = radar.duties(region), standing(region).above
    assert home is not None
    of_counties = [one for one in overdue(year) if one.county]
    assert home.sums().overdue == len(of_counties) == len(behindabove.behind(region, "overdue", "", home).rows)
    heat = radar.heat_map(region)
    late = len(overdue(year))
    assert late == sum(cell.overdue for cell in heat.cells.values()) == frozen.figures["duties_overdue"]
    assert late > 0
    assert all(column(frozen, key, "逾期未办") == late for key in ("duties", "league_duties", "county_duties"))
    for line in teams.teams:
        rows = [duty for duty in year if duty.county == line.county and duty.state is State.OVERDUE]
        assert line.overdue == len(rows), line.name
    own = sum(not duty.county for duty in overdue(year))
    assert teams.total.overdue + own == late


def test_each_figure_of_a_team_opens_exactly_its_rows(region: Desk, teams: overview.Teams) -> None:
    stories, doubts = leavedesk.stories(region), evidence.rows(region)
    for line in teams.teams:
        own = leavedesk.of_team(region, stories, line.county)
        assert line.out == sum(on_list(one, OUT) for one in own), line.name
        assert line.late == sum(on_list(one, Watch.OVERDUE.name) for one in own), line.name
        assert line.doubts == len(evidence.select(doubts, county=line.county, state="pending")), line.name
    assert min(teams.total.out, teams.total.late, teams.total.doubts) > 0
    assert teams.total.out == len([one for one in stories if on_list(one, OUT)])
    assert teams.total.doubts == len(evidence.select(doubts, state="pending"))


def test_the_command_line_lists_the_rows_of_each_figure_of_a_team(
    region: Desk, teams: overview.Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offices, "open_desk", lambda *_, **__: region)
    monkeypatch.setattr(Desk, "close", lambda _: None)
    busy = max(teams.teams, key=lambda line: (line.doubts, line.out))
    idle = next(line for line in teams.teams if not line.out and not line.doubts)
    for line, name in ((busy, busy.county), (busy, busy.name), (idle, idle.county)):
        of = ("--county", name, "--json")
        lists = (("leave", "list", "--only", "out"), ("leave", "list", "--only", "overdue"), ("evidence", "list"))
        counts = [len(printed(region, *words, *of)) for words in lists]
        assert counts == [line.out, line.late, line.doubts], name


def printed(region: Desk, *words: str) -> list[str]:
    """What the command line prints of the practice office, line by line."""
    out, err = StringIO(), StringIO()
    assert run(["--office", str(region.folder), *words], out, err) == 0, err.getvalue()
    return out.getvalue().splitlines()


def test_the_month_is_one_on_the_start_page_in_the_circular_and_in_the_year(
    region: Desk, frozen: SnapshotContent, teams: overview.Teams
) -> None:
    made, total = monthly(region, teams.month), teams.total
    assert (total.reached, total.short, total.unknown) == tuple(map(made.having, (REACHED, SHORT, OPEN)))
    assert total.mean == mean_days(made.people)
    row = next(row for row in frozen.tables["months"] if row[0] == f"{made.first.month}月")
    assert row[1:6] == (len(made.people), total.reached, total.short, total.unknown, total.mean)
    assert row[6:] == (len(made.slips), len(made.overdue))


def test_every_whole_is_what_the_sentence_says(frozen: SnapshotContent) -> None:
    wholes = {
        ("months", "在派人次"): "person_months",
        ("months", "请假"): "slips",
        ("leave", "次数"): "slips",
        ("leave", "自然日天数"): "leave_days",
        ("league_rates", "请假天数"): "leave_days",
        ("duties", "到期"): "duties",
        ("league_duties", "到期"): "duties",
        ("county_duties", "到期"): "duties",
        ("team_rates", "达到人月"): "reached",
        ("people", "达到"): "reached",
        ("county_support", "往返登记"): "trips",
    }
    for (key, heading), figure in wholes.items():
        place = [one.heading for one in annexes.BY_KEY[key].columns].index(heading)
        assert frozen.totals[key][place] == frozen.figures[figure], (key, heading)
        if (key, heading) != ("months", "请假"):  # a slip of two months lies in both: a note says so
            assert column(frozen, key, heading) == frozen.figures[figure], (key, heading)


def test_absence_without_reason_is_one_number_in_grid_close_year_circular_and_article_16(region: Desk) -> None:
    known = judging.measured(region)
    said: dict[str, float] = {}
    frozen = 0
    for number in range(1, TODAY.month + 1):
        month = f"{YEAR}-{number:02d}"
        made = monthly(region, month, known, with_findings=False)
        figures = {one.posting: one.unjustified for one in made.people}
        assert {row.posting.id: row.count.unjustified / 2 for row in grid.read(region, month).rows} == figures
        kept = {
            one.posting: one
            for (_, at), close in known.closed_months.of.items()
            if at == month
            for one in figures_of(close)
        }
        assert {posting: one.unjustified / 2 for posting, one in kept.items()}.items() <= figures.items()
        frozen += len(kept)
        for posting, days in figures.items():
            person = known.posting_by_id[posting].person
            said[person] = said.get(person, 0) + days
    assert frozen > 0
    article_16 = dict.fromkeys(said, 0.0)
    for finding in judging.findings(region, "A16-3"):
        person = known.posting_by_id[finding.subject.partition(":")[2]].person
        article_16[person] = float(dict(finding.inputs).get(f"{YEAR}年累计", "0天").partition("天")[0])
    assert said == {who: days for who, days in article_16.items() if who in said or days}  # some left before the year
    assert sum(said.values()) > 0
    (who, days) = max(said.items(), key=lambda item: item[1])
    posting = next(one.id for one in known.postings if one.person == who)
    told = year(region, posting, YEAR)
    assert sum(one.count.unjustified for one in told.months if one.count is not None) / 2 == days


def test_the_sentence_of_the_circular_is_its_table_the_start_page_and_the_check(
    region: Desk, teams: overview.Teams
) -> None:
    made, total = monthly(region, teams.month), teams.total
    blocks = circular(region, teams.month).blocks
    said = "".join(one.text for one in blocks if isinstance(one, Paragraph))
    assert f"{len(made.teams)}个工作总队在派{len(made.people)}人" in said
    unknown = f"{total.unknown}人考勤登记不全" if total.unknown else "考勤登记齐全"
    assert f"{total.reached}人达到应满天数，{total.short}人不足，{unknown}" in said
    assert f"{total.month.text}，人均在旗县工作{total.mean:.1f}天" in said
    assert f"请假外出{len(made.slips)}人次，超假{len(made.overdue)}人次" in said
    (table,) = (one for one in blocks if isinstance(one, Listing))
    (whole,) = table.totals
    assert whole[2:6] == (len(made.people), total.reached, total.short, total.unknown)
    red = [one for one in judging.findings(region, "A09-1") if one.verdict is Verdict.RED and one.day == made.first]
    assert (f"在旗县工作不足{len(red)}人：" in said) is bool(red)
    assert len(red) <= total.short


def test_what_the_report_counts_of_the_rules_is_what_the_check_says(region: Desk, frozen: SnapshotContent) -> None:
    found = [one for one in judging.findings(region) if one.verdict is not Verdict.OK]
    this_year = [one for one in found if one.day is None or one.day.year == YEAR]
    for key, rule, verdicts in (
        ("unfit_people", "A03-", tuple(Verdict)),
        ("party_open", "A04-3", tuple(Verdict)),
        ("unreported", "A10-3", tuple(Verdict)),
        ("suspected", "A16-3", figures.SUSPECT),
    ):
        rows = [one for one in this_year if one.rule.startswith(rule) and one.verdict in verdicts]
        assert frozen.figures[key] == len(rows), key


def test_the_year_in_charts_draws_what_the_tables_of_the_report_say(region: Desk, frozen: SnapshotContent) -> None:
    board = dashboard(region, YEAR)
    drawn = [block for block in board.letter.blocks if isinstance(block, Chart)]
    rate = next(one for one in drawn if "各月达标率" in one.caption)
    for place, row in enumerate(frozen.tables["months"]):
        counts = PresenceRate(reached=int(row[2] or 0), short=int(row[3] or 0), unknown=int(row[4] or 0), least=80)
        assert rate.categories[place] == row[0]
        assert rate.series[0].values[place] == counts.raw
        assert rate.series[0].is_hollow(place) == (counts.thin and counts.judgeable > 0)
        assert rate.series[1].values[place] == (counts.coverage if counts.judgeable else None)
        (point,) = (one for one in board.points if one.text == row[0] and one.group == "达标人数")
        assert counts.text in point.value if counts.judgeable else "未登记" in point.value
    for league in (one for one in drawn if "各盟市" in one.caption):
        heading = [one.heading for one in annexes.BY_KEY["league_rates"].columns].index("人均天数")
        mean = {row[0]: row[heading] for row in frozen.tables["league_rates"]}
        assert dict(zip(league.categories, league.series[0].values, strict=True)) == mean
    duties = [one.value.partition("，")[0].split("/") for one in board.points if one.group == "履职事项"]
    done = (frozen.figures["duties_done"] or 0) + (frozen.figures["duties_late"] or 0)
    assert sum(int(number) for number, _ in duties) == done
    in_time = next(one for one in drawn if "办结率" in one.caption)
    shares = dict(zip(in_time.categories, in_time.series[0].values, strict=True))
    assert shares == {row[0]: row[-1] for row in frozen.tables["duties"] if row[-1] != 100}
    assert sum(int(whole) for _, whole in duties) == frozen.figures["duties"]
    late = [one.value.partition("逾期未办")[2] for one in board.points if one.group == "履职事项"]
    assert sum(int(number or 0) for number in late) == frozen.figures["duties_overdue"]


def test_a_rate_stands_with_its_coverage_in_the_report_and_its_tables(frozen: SnapshotContent) -> None:
    states = [frozen.figures[key] or 0 for key in ("reached", "short", "unknown")]
    whole = PresenceRate(reached=int(states[0]), short=int(states[1]), unknown=int(states[2]), least=80)
    assert sum(states) == frozen.figures["person_months"]
    assert (frozen.figures["reached_share"], frozen.figures["registered"]) == (whole.stated, whole.coverage)
    said = {key: figures.BY_KEY[key].value_text(frozen.figures[key]) for key in ("reached_share", "registered")}
    assert "达标率{reached_share}（已登记{registered}）".format_map(said) == whole.text
    for key in ("league_rates", "team_rates"):
        headings = [one.heading.removesuffix("人月") for one in annexes.BY_KEY[key].columns]
        at = [headings.index(name) for name in ("达到", "不足", "不全", "达标率%", "已登记%")]
        for row in (*frozen.tables[key], frozen.totals[key]):
            reached, short, unknown, share, registered = (row[place] for place in at)
            own = PresenceRate(reached=int(reached or 0), short=int(short or 0), unknown=int(unknown or 0), least=80)
            assert (share, registered) == (own.stated, own.coverage), (key, row[0])


def test_the_grades_of_the_year_are_those_of_the_chart_and_the_quota(region: Desk) -> None:
    made = compute(region, YEAR - 1)
    points = {one.text: one.value for one in dashboard(region, YEAR - 1).points if one.group == "考核等次"}
    excellent = sum(row.proposal.level == "excellent" for row in made.members)
    assert points["优秀"] == f"{excellent}人"
    assert sum(int(value.removesuffix("人")) for value in points.values()) == len(made.members)
    assert excellent <= places(len(made.members), made.scheme.quota) < len(made.members) / 5
    assert made.limits[0].endswith(f"建议优秀{excellent}人") or "并列" in made.limits[0]
