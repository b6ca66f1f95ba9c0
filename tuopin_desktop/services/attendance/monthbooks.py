"""The attendance book of a team's month, filled or blank, and the slip of a correction: paper and workbook."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from tuopin_desktop.documents import monthbook, monthsheet, report
from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.monthbook import BookDay, BookLine, MonthBook
from tuopin_desktop.documents.report import Note, Paragraph
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.attendance import codes, lines
from tuopin_desktop.domain.attendance.count import Reading
from tuopin_desktop.domain.attendance.lines import Totals
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Correction, Person, Posting
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.judging import teammonth
from tuopin_desktop.services.judging.teammonth import Member, TeamMonth
from tuopin_desktop.services.office import editions
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

WEEKDAYS = "一二三四五六日"
SIGNED = ("总队长签字：", "考勤员：", "审核：")
BLANK = "空白簿，手工登记后按行合计录入"
OLD_CLOSE = "本月由旧版程序结账，没有留存逐日内容：逐日符号和合计按现有登记打印，结账数字不变。"
_NAMED = 5
"""So many people stand in a note under the book; the lines of all are on it."""

_HEADINGS = ("应满", "计入", *lines.HEADINGS)


def month_book(
    desk: Desk, month: str, county: str = "", *, blank: bool = False, edition: int | None = None
) -> MonthBook:
    """Return a team's month as it is printed; a blank one has names and days, no marks. Raises Refused.

    A closed month's book rests on its close and its corrections alone, so that a reprint is the same in every byte;
    `edition` asks for that of an earlier closing by its number.
    """
    team = teammonth.read(desk, month, county, edition=edition)
    if not team.members:
        raise refuse("month.empty", f"{team.month_text}没有派驻人员，没有可打印的考勤簿；请核对月份和派驻起止", "month")
    villages = villages_of(team)
    book_lines = [_line(number, member, villages, blank=blank) for number, member in enumerate(team.members, 1)]
    return MonthBook(
        title=f"{team.team}{team.month_text}考勤簿",
        office=team.office,
        state=BLANK if blank else _state(team),
        filled=None if blank else _filled(desk, team),
        days=tuple(_days(team)),
        headings=_HEADINGS,
        lines=tuple(book_lines),
        presence=tuple(_presence(team, place, blank=blank) for place in range(team.last.day)),
        sums=("",) * len(_HEADINGS) if blank else _sums(book_lines),
        legend=tuple(_legend(team)),
        notes=() if blank else tuple(_notes(team)),
        signed=SIGNED,
    )


def _filled(desk: Desk, team: TeamMonth) -> date:
    """Return the day a book bears: that of its closing, so that a reprint is the same."""
    return (team.close.closed if team.roll is not None and team.close is not None else None) or desk.today()


def villages_of(team: TeamMonth) -> frozenset[str]:
    """Return the letters of the places that count as villages in this month."""
    return Reading.of(team.policy).villages


def _days(team: TeamMonth) -> Sequence[BookDay]:
    book_days = []
    for number in range(team.last.day):
        day = team.first + timedelta(days=number)
        worked = team.calendar.is_workday(day)
        rest = day.weekday() >= 5 if worked is None else not worked
        book_days.append(BookDay(day.day, WEEKDAYS[day.weekday()], rest))
    return book_days


def _line(number: int, member: Member, villages: frozenset[str], *, blank: bool) -> BookLine:
    first, last = (day.day for day in member.served)
    served = _served(member)
    totals = totals_of(member, served, villages)
    return BookLine(
        number=number,
        name=member.name,
        post=member.position,
        marks=tuple(
            _mark("" if blank else day) if first <= place <= last else None for place, day in enumerate(served, 1)
        ),
        totals=("",) * len(_HEADINGS) if blank else (member.month.needed, member.month.days, *totals.days),
        counts_from=member.month.span[0].day,
    )


def _served(member: Member) -> Sequence[str]:
    """Return the days of the month as they count, empty where nobody served."""
    first, last = (day.day for day in member.served)
    return [day if first <= place <= last else "" for place, day in enumerate(member.days[: member.month.length], 1)]


def totals_of(member: Member, days: Sequence[str], villages: frozenset[str]) -> Totals:
    """Return what the signs of a line add up to, from the day the measure took effect (Art. 21)."""
    before = max(0, (member.in_force - member.served[0].replace(day=1)).days)
    return lines.of_days(days[before:], villages)


def _mark(day: str) -> tuple[str, str]:
    morning, afternoon = codes.halves(day)
    return (codes.sign(morning) if morning else "", codes.sign(afternoon) if afternoon else "")


def _presence(team: TeamMonth, place: int, *, blank: bool) -> tuple[str, str]:
    """Return how many worked in the county in each half of a day."""
    if blank:
        return ("", "")
    served = [one.days[place] for one in team.members if one.served[0].day <= place + 1 <= one.served[1].day]
    mornings, afternoons = zip(*map(lines.working, served), strict=True) if served else ((), ())
    return (str(sum(mornings)), str(sum(afternoons)))


def _sums(book_lines: Sequence[BookLine]) -> tuple[float, ...]:
    numbers = [[value for value in line.totals if not isinstance(value, str)] for line in book_lines]
    return tuple(sum(column) for column in zip(*numbers, strict=True))


def _state(team: TeamMonth) -> str:
    if team.is_closed and team.close is not None and team.close.closed is not None:
        again = f"第{team.close.edition}次" if (team.close.edition or 1) > 1 else ""
        return f"{day_words(team.close.closed)}{again}结账"
    return "未结账"


def _legend(team: TeamMonth) -> list[str]:
    marks = "、".join(f"{mark.sign}＝{mark.label.replace('，', '')}" for mark in codes.MARKS)
    groups = lines.signs(villages_of(team))
    sums = "；".join(f"{head}：{''.join(signs)}" for head, signs in zip(lines.HEADINGS, groups, strict=True))
    return [
        f"符号：{marks}。每日上午、下午各一格，灰底为休息日，“{monthbook.STRUCK}”为不在派驻期。",
        f"合计（天）＝半天数÷2。{sums}。",
    ]


def _notes(team: TeamMonth) -> list[str]:
    names = [OLD_CLOSE] if team.is_closed and team.roll is None else []
    slips = {item.posting for item in team.standing}
    names += [_change(team, one) for one in team.members if one.changed or (one.frozen and one.posting.id in slips)]
    lacking = [f"{one.name}{one.month.unlogged / 2:g}天" for one in team.members if one.month.unlogged]
    if lacking:
        names.append(f"休息日登记在旗县工作而没有工作日志的，不计入“计入”：{'、'.join(lacking)}。")
    names += [*_by_article_16(team), *_before_effect(team)]
    if team.is_closed and team.close is not None and team.close.gaps:
        names.append(f"结账时确认{team.close.gaps}个半天未登记。{team.close.note}")
    return names


def _by_article_16(team: TeamMonth) -> Iterator[str]:
    """Yield whose absence without reason is not what the signs of the book add up to: slips decide there."""
    villages = villages_of(team)
    own = [(one, totals_of(one, _served(one), villages).unjustified) for one in team.members]
    texts = [
        f"{one.name}{one.month.unjustified / 2:g}天（登记为旷{keyed / 2:g}天）"
        for one, keyed in own
        if one.month.unjustified != keyed
    ]
    if texts:
        more = f"等{len(texts)}人" if len(texts) > _NAMED else ""
        yield f"按管理办法第十六条计的无正当理由离岗（无已批准报备单、超假等）：{'、'.join(texts[:_NAMED])}{more}。"


def _before_effect(team: TeamMonth) -> Iterator[str]:
    """Yield that the days before the measure took effect do not count."""
    day = team.policy.in_force
    if team.first < day <= team.last:
        yield f"管理办法自{day_words(day)}起施行，此前各日的登记不计入应满、计入和各项合计。"


def _change(team: TeamMonth, member: Member) -> str:
    """Return how a figure has changed since the close: by correction slips, or by papers that came later."""
    own = [item for item in team.standing if item.posting == member.posting.id]
    assert member.frozen is not None, "it has changed"
    text = f"{member.name}结账登记{member.frozen.days:g}天"
    if own:
        return f"更正：{text}，更正后{member.month.days:g}天（更正单{'、'.join(item.number for item in own)}）"
    return f"{text}，按现有登记为{member.month.days:g}天"


def sheets(desk: Desk, paper: MonthBook) -> list[Sheet]:
    """Return the pages of a book."""
    return list(monthbook.sheets(paper, desk.fonts()))


def pdf(desk: Desk, paper: MonthBook) -> bytes:
    """Return a book ready for printing."""
    return pdfs.render(sheets(desk, paper), desk.fonts(), title=paper.title, mark=desk.mark)


def xlsx(desk: Desk, paper: MonthBook, month: str, county: str = "", *, edition: int | None = None) -> bytes:
    """Return a book as a workbook whose totals are formulas with their values."""
    team = teammonth.read(desk, month, county, edition=edition)
    signs = tuple(mark.sign for mark in codes.MARKS)
    groups = lines.signs(villages_of(team))
    created = desk.clock.now()
    if team.roll is not None and team.close is not None and team.close.closed is not None:
        created = datetime.combine(team.close.closed, time())  # the day it was closed: a reprint is the same file
    return monthsheet.xlsx(paper, signs=groups, choices=signs, created=created, mark=desk.mark)


def lines_of(paper: MonthBook) -> list[str]:
    """Return a book as plain lines, both halves of a day in one cell: for the command line."""
    head = ["姓名", "职务", *(str(day.number) for day in paper.days), *paper.headings]
    rows = [
        [line.name, line.post, *map(_cell, line.marks), *map(monthbook.figure, line.totals)] for line in paper.lines
    ]
    sums = ["合计", "", *("/".join(pair) for pair in paper.presence), *map(monthbook.figure, paper.sums)]
    return [paper.title, paper.state, *("\t".join(row) for row in (head, *rows, sums))]


def _cell(mark: tuple[str, str] | None) -> str:
    if mark is None:
        return monthbook.STRUCK
    return mark[0] if mark[0] == mark[1] else "/".join(half or "-" for half in mark)


def correction_note(desk: Desk, correction: Correction) -> Note:
    """Return the slip 考勤更正单 of one correction."""
    assert correction.day is not None, "a correction says its day"
    county, _, month = correction.closing.rpartition("/")
    rolls = {close.edition for close in editions.every(desk, county, month) if close.roll}
    team = teammonth.read(desk, month, county, edition=correction.edition if correction.edition in rolls else None)
    member = next((item for item in team.members if item.posting.id == correction.posting), None)
    name = member.name if member else _name(desk, correction.posting)
    texts = [
        f"编号：{correction.number}",
        f"单位：{team.team}",
        f"姓名：{name}    职务：{member.position if member else ''}",
        f"考勤日期：{day_words(correction.day)}",
        f"原登记：{_said(correction.before)}",
        f"更正为：{_said(correction.after)}",
        f"更正原因：{correction.reason}",
        f"更正依据：{correction.paper or '（无文号）'}",
    ]
    if member is not None and member.frozen is not None and team.close is not None:
        texts.append(
            f"{team.month_text}考勤已于{team.close.closed}结账：结账登记计入{member.frozen.days:g}天，更正后{member.month.days:g}天"
        )
    on = day_words(correction.corrected) if correction.corrected else ""
    texts.append(f"更正人：{correction.corrected_by}    更正日期：{on}")
    return Note(
        title="考勤更正单", paragraphs=tuple(Paragraph(one, "plain") for one in texts), half=True,
        signed=("本人签字：", "考勤员：", "总队长签字："),
    )  # fmt: skip


def _said(day: str) -> str:
    morning, afternoon = codes.halves(day)
    return f"上午{codes.mark_words(morning)}，下午{codes.mark_words(afternoon)}"


def correction_sheets(desk: Desk, correction: Correction) -> list[Sheet]:
    """Return the pages of a correction slip."""
    return list(report.sheets(correction_note(desk, correction), desk.fonts()))


def correction_pdf(desk: Desk, corrections: Sequence[Correction]) -> bytes:
    """Return correction slips as one PDF; raises Refused when there is none."""
    if not corrections:
        raise refuse("empty", "没有可打印的考勤更正单")
    pages = [sheet for one in corrections for sheet in correction_sheets(desk, one)]
    return pdfs.render(pages, desk.fonts(), title="考勤更正单", mark=desk.mark)


def correction_list(desk: Desk, year: int, county: str = "") -> Book[Correction]:
    """Return the register of a year's corrections as a book: list, PDF and workbook."""
    corrections = closing.corrections(desk, year, county)
    names = {item.posting: _name(desk, item.posting) for item in corrections}
    rows = tuple(
        (
            item.number,
            names[item.posting],
            item.day.isoformat() if item.day else "",
            codes.day_sign(item.before) or "未登记",
            codes.day_sign(item.after),
            item.reason,
            item.paper,
            item.corrected_by,
            item.corrected.isoformat() if item.corrected else "",
        )
        for item in corrections
    )
    widths = (("编号", 24), ("姓名", 30), ("日期", 24), ("原登记", 18), ("更正为", 18), ("原因", 70), ("依据", 36))
    columns = tuple(Column(text, width) for text, width in (*widths, ("更正人", 25), ("更正日期", 25)))
    sheet = Table(title=f"{year}年考勤更正单登记表", columns=columns, rows=rows, office=desk.office.name)
    return book(corrections, sheet)


def _name(desk: Desk, posting_id: str) -> str:
    posting = desk.store.get(Posting, posting_id)
    person = desk.store.get(Person, posting.person) if posting else None
    return person.name if person else ""
