"""Journals on paper and in workbooks: a person's month of logs, a weekly note, the ledger, and blank pages by hand."""

from datetime import date

from tuopin_desktop.documents.report import Note, Paragraph, Style
from tuopin_desktop.documents.table import SIGNED, Column, Table
from tuopin_desktop.domain.attendance.logs import runs_words
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.journals.draft import HEADINGS, ON_PAPER
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import DailyLog
from tuopin_desktop.domain.records.choices import LEDGER_STATE, PLACE_KIND
from tuopin_desktop.services.journals import ledger, logs, notes
from tuopin_desktop.services.journals.ledger import ItemRow
from tuopin_desktop.services.journals.logs import MonthLogs
from tuopin_desktop.services.journals.people import county_of
from tuopin_desktop.services.office.books import Book, book, totalled
from tuopin_desktop.services.office.desk import Desk

_WEEKDAYS = "一二三四五六日"
_LOG = (
    Column("日期", 20, "center", Form.DATE),
    Column("星期", 12, "center"),
    Column("地点", 36),
    Column("走访\n户数", 14, "center", Form.INTEGER),
    Column("工作内容", 92),
)
_LEDGER = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("工作事项", 84),
    Column("责任人", 22, "center"),
    Column("立项日期", 23, "center", Form.DATE),
    Column("完成时限", 23, "center", Form.DATE),
    Column("状态", 18, "center"),
    Column("办结日期", 23, "center", Form.DATE),
    Column("办理结果", 48),
    Column("结转", 18, "center"),
)
_SIGNED_LOG = ("本人签字：", "审阅：", "日期：        年    月    日")
_LISTS = {"open": "（在办）", "overdue": "（逾期）", "done": "（已办结）"}
_BY_HAND = {"log": "工作日志", "note": "周记", "ledger": "工作台账"}


def month_logs(desk: Desk, month: str, *, county: str = "", person: str = "") -> Book[MonthLogs]:
    """Return the logs of a month, one list per person; raises Refused where nobody, or nobody of that name, served."""
    month_logses = [
        one for one in logs.month(desk, month, county) if person in ("", one.member.name, one.member.posting.id)
    ]
    if not month_logses:
        raise refuse("person", f"{month}没有{f'“{person[:30]}”的' if person else ''}派驻人员", "person")
    title = f"{_month_words(month)}工作日志"
    papers = [_person(desk, one, f"{title}（{one.member.name}）") for one in month_logses]
    whole = Table(
        title=title,
        columns=(Column("姓名", 24), *_LOG),
        rows=tuple((one.member.name, *_log(log)) for one in month_logses for log in one.logs),
        office=_office(desk, county),
        filled=desk.today(),
        frozen=2,
    )
    return book(month_logses, papers[0] if len(papers) == 1 else whole, papers)


def _person(desk: Desk, one: MonthLogs, title: str) -> Table:
    households = sum(log.households or 0 for log in one.logs)
    missing = f"在岗而没有日志的日子：{runs_words(one.gaps)}。" if one.gaps else ""
    return Table(
        title=title,
        columns=_LOG,
        rows=tuple(_log(log) for log in one.logs),
        totals=(("合计", "", f"{len(one.logs)}篇", households, ""),) if one.logs else (),
        office=_office(desk, one.member.posting.county),
        filled=desk.today(),
        notes=(missing,) if missing else (),
        signed=_SIGNED_LOG,
        landscape=False,
    )


def _log(log: DailyLog) -> tuple[str | int | date | None, ...]:
    day = log.date
    kind = PLACE_KIND.word(log.place_kind) if log.place_kind else ""
    place = f"{log.place}（{kind}）" if log.place and kind and kind not in log.place else log.place or kind
    value = f"{log.paper_seen_by}于{log.paper_seen}查看" if log.paper_seen_by else ""
    text = log.text or ON_PAPER
    return (
        day,
        _WEEKDAYS[day.weekday()] if day else "",
        place,
        log.households,
        f"{text}（{value}）" if value else text,
    )


def weekly_note(desk: Desk, week: str, *, county: str = "") -> Book[notes.NoteView]:
    """Return a week's note as a page; one that nobody has kept yet is printed as the draft it is."""
    view = notes.open_note(desk, week, county)
    draft = "" if view.note.text else "（初稿，未定稿）"
    title = f"{_county(desk, view.county)}工作总队周记"
    paragraphs = [Paragraph(weeks.week_words(view.week) + draft, "plain")]
    paragraphs += [Paragraph(line, _style(line)) for line in view.text.splitlines() if line.strip()]
    note = view.note
    signed = (f"签字：{note.signed_by}", f"日期：{day_words(note.signed)}" if note.signed else SIGNED[2])
    paper = Note(title=title, paragraphs=tuple(paragraphs), signed=signed, one_page=True)
    rows = tuple((line,) for line in view.text.splitlines())
    sheet = Table(title=f"{title} {view.week}", columns=(Column("周记", 170),), rows=rows, landscape=False)
    return book((view,), sheet, (paper,))


def _style(line: str) -> Style:
    return "heading" if line[:2] in {heading[:2] for heading in HEADINGS} else "body"


def work_ledger(desk: Desk, *, county: str = "", which: str = "all", week: str = "") -> Book[ItemRow]:
    """Return the ledger, of one week's page or of all, as a register."""
    item_rows = ledger.items(desk, county, which, week)
    page = (
        f"（{weeks.week_words(week)}）" if week else {"open": "（在办）", "overdue": "（逾期）", "done": "（已办结）"}
    )
    title = f"{_county(desk, county_of(desk, county))}工作总队工作台账"
    title += page if isinstance(page, str) else page.get(which, "")
    sheet = Table(
        title=title,
        columns=_LEDGER,
        rows=tuple(_item(number, row) for number, row in enumerate(item_rows, 1)),
        office=_office(desk, county),
        filled=desk.today(),
        frozen=2,
    )
    return book(item_rows, totalled(sheet, "项"))


def _item(number: int, row: ItemRow) -> tuple[str | int | date | None, ...]:
    item = row.item
    state = "逾期" if row.overdue else LEDGER_STATE.word(item.state)
    again = f"{row.carried}次" if row.carried else ""
    return (number, item.task, row.owner, item.opened, item.due, state, item.finished, item.result, again)


def blank(desk: Desk, kind: str) -> Book[str]:
    """Return a page to keep by hand: `log` a month, `note` a week, `ledger` one page. Raises Refused for another."""
    if kind not in _BY_HAND:
        raise refuse("kind", f"没有“{kind[:20]}”这种空白页，可用：{'、'.join(_BY_HAND)}", "kind")
    office = desk.office.name
    if kind == "log":
        rows = tuple((f"{day}日\n ", "", "", "", "") for day in range(1, 32))  # two lines high: both sides of a sheet
        sheet = Table(
            title="工作日志（      年    月）",
            columns=_LOG,
            rows=rows,
            office=office,
            notes=("姓名：                  每天一句话写明地点、走访户数和做了什么，不必附照片。",),
            signed=_SIGNED_LOG,
            landscape=False,
        )
    elif kind == "note":
        sheet = _blank_note(office)
    else:
        rest = ("",) * (len(_LEDGER) - 1)
        numbered = tuple((str(number), *rest) for number in range(1, 17))
        sheet = Table(title="工作总队工作台账", columns=_LEDGER, rows=numbered, office=office)
    return book((kind,), sheet)


def _blank_note(office: str) -> Table:
    lines = [*(f"星期{day}" for day in _WEEKDAYS), *(heading[2:] for heading in HEADINGS[1:])]
    return Table(
        title="工作总队周记（      年第    周）",
        columns=(Column("", 30, "center"), Column("工作情况", 144)),
        rows=tuple((f"\n{line}\n", "") for line in lines),
        office=office,
        signed=("队长签字：", "日期：        年    月    日"),
        landscape=False,
    )


def _county(desk: Desk, code: str) -> str:
    return desk.vocabulary["旗县"].word(code)


def _office(desk: Desk, county: str) -> str:
    return f"{_county(desk, county_of(desk, county))}工作总队"


def _month_words(month: str) -> str:
    return f"{month[:4]}年{int(month[5:7])}月"
