"""The guided tour: two practice offices, then the papers and lists a clerk makes, each named as it is made."""

from collections.abc import Collection, Generator, Iterator
from contextlib import ExitStack, closing
from datetime import datetime, time
from pathlib import Path

from tuopin_desktop.demo import exchanging, office, report
from tuopin_desktop.demo.term import WHOLE, YEAR
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.services.appraisal.papers import proposal_sheet
from tuopin_desktop.services.appraisal.year import compute
from tuopin_desktop.services.attendance import monthbooks
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import books, files, papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.reporting import circular as circulars
from tuopin_desktop.services.sheets import intake

REGION_FOLDER = "演示-自治区办公室"
COUNTY_FOLDER = "演示-翁牛特旗"
WHOLE_REGION_FOLDER = "演示全程-自治区办公室"
WHOLE_COUNTY_FOLDER = "演示全程-翁牛特旗"
WHOLE_STICK_FOLDER = "演示全程-U盘"
RESULTS_FOLDER = "结果"
COUNTY = "150426"
TODAY = datetime.combine(YEAR.morning, time(9))
"""The Monday after the year of slips; the tour checks as of this day, whatever the computer's clock says."""


def tour(folder: Path, clock: Clock | None = None) -> Generator[str, None, None]:
    """Build the practice offices in a folder and make the papers; yield one Chinese line per step, with the path made.

    A second run replaces the practice offices and the results. Raises Trouble, before anything is made, when an
    office that is not for practice lies in the folder or where one of them would.
    """
    now = clock.now() if clock else TODAY
    for place in (folder, folder / REGION_FOLDER, folder / COUNTY_FOLDER):
        office.must_be_practice(place)
    results = folder / RESULTS_FOLDER
    with closing(office.build(folder / REGION_FOLDER, level="region", now=now)) as desk:
        yield _built(desk)
        yield from _lists(desk, results)
        summary = yield from _check(desk, results)
    with closing(office.build(folder / COUNTY_FOLDER, level="county", county=COUNTY, now=now)) as desk:
        yield _built(desk)
        yield from _papers(desk, results)
    yield f"打开演示单位：tuopin-desktop --office {folder / COUNTY_FOLDER} --today {now:%Y-%m-%d}"
    yield f"演示完成。{summary}"


def whole_term(folder: Path, counties: Collection[str] = ()) -> Generator[str, None, None]:
    """Build the practice offices with every month, log and close of the whole term; yield one Chinese line for each.

    The county's closes come to the region by stick, as the region's decisions come to the county. No papers are made:
    these offices, in folders of their own beside those of the tour, are for working with what a region really holds.
    With `counties` the region has these teams alone. Raises Trouble, before anything is made, where an office that is
    not for practice lies.
    """
    now = datetime.combine(WHOLE.morning, TODAY.time())
    places = [folder / name for name in (WHOLE_REGION_FOLDER, WHOLE_COUNTY_FOLDER)]
    for place in places:
        office.must_be_practice(place)
    with ExitStack() as stack:
        region = office.build(places[0], level="region", now=now, term=WHOLE, counties=counties, by_package=(COUNTY,))
        stack.callback(region.close)
        yield _built(region)
        county = office.build(places[1], level="county", county=COUNTY, now=now, term=WHOLE)
        stack.callback(county.close)
        yield _built(county)
        yield from exchanging.exchange(region, county, folder / WHOLE_STICK_FOLDER)
    for place in places:
        yield f"打开演示单位：tuopin-desktop --office {place} --today {now:%Y-%m-%d}"


def _built(desk: Desk) -> str:
    count, serving = roster.count(desk)
    slips = len(leave.slips(desk))
    return f"已建立演示单位“{desk.office.name}”，{count}人（在派{serving}人），报备单{slips}张：{desk.folder}"


def _lists(desk: Desk, results: Path) -> Iterator[str]:
    yield _made(desk, "花名册", results / "演示-花名册.xlsx", intake.export(desk, "roster"))
    yield _made(desk, "花名册录入模板", results / "演示-花名册录入模板.xlsx", intake.template(desk, "roster"))


def _check(desk: Desk, results: Path) -> Generator[str, None, str]:
    findings = judging.findings(desk)
    yield _made(desk, "检查结果（逐条）", results / "演示-检查结果.jsonl", report.lines(findings))
    yield _made(desk, "检查结果（文字）", results / "演示-检查结果.txt", report.sentences(desk, findings))
    circular = papers.pdf(desk, circulars.circular(desk, "2019-05"))
    yield _made(desk, "2019年5月出勤通报", results / "演示-出勤通报-2019-05.pdf", circular)
    appraised = books.pdf(desk, proposal_sheet(desk, compute(desk, 2018)))
    yield _made(desk, "2018年度等次评定建议表", results / "演示-等次评定建议表-2018.pdf", appraised)
    count, _ = roster.count(desk)
    return f"自治区办公室{count}人，检查{len(findings)}项：{report.tally_text(findings)}。数据均为演示，不作凭证。"


def _papers(desk: Desk, results: Path) -> Iterator[str]:
    every = sorted(leave.slips(desk), key=lambda slip: slip.number)
    whole = leave.pdf(desk, [slip.id for slip in every])
    yield _made(desk, f"全部请假报备单{len(every)}张", results / "演示-请假报备单-全部.pdf", whole)
    one = leave.pdf(desk, [every[-1].id])
    yield _made(desk, f"请假报备单{every[-1].number}", results / "演示-请假报备单-一张.pdf", one)
    content = monthbooks.pdf(desk, monthbooks.month_book(desk, "2019-04"))
    yield _made(desk, "2019年4月考勤簿", results / "演示-考勤簿-2019-04.pdf", content)
    for number in (1, 2):
        yield _made(desk, f"空白附件{number}", results / f"演示-空白-附件{number}.pdf", leave.blank(desk, number))


def _made(desk: Desk, what: str, path: Path, content: bytes) -> str:
    return f"已输出{what}：{files.write(desk, path, content)}"
