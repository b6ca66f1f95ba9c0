"""Appraisal on paper: the grade proposal sheet with its reasons, and the points of one subject with their trace."""

from collections import Counter
from collections.abc import Iterator

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.appraisal.points import ItemPoints
from tuopin_desktop.domain.appraisal.scheme import SOURCES, TIMES
from tuopin_desktop.domain.appraisal.vetoes import Cap
from tuopin_desktop.domain.record import Form
from tuopin_desktop.services.appraisal.grades import called, reasons
from tuopin_desktop.services.appraisal.year import AppraisalRow, Year
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

UNOFFICIAL = "评分标准为试用稿，正式的考核评价办法印发后以其为准。"
"""What stands under points given by a scheme that is no official one."""

_SIGNED = ("经办人：", "联络考评组：", "办公室领导：", "日期：        年    月    日")
_PROPOSED = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("驻旗县", 32),
    Column("姓名", 26, "center"),
    Column("队内职务", 20, "center"),
    Column("派出单位", 46),
    Column("得分", 18, "center", Form.INTEGER),
    Column("名次", 14, "center", Form.INTEGER),
    Column("建议等次", 24, "center"),
    Column("说明", 57),
    Column("确定等次", 24, "center"),
)
_STRUCK = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("驻旗县", 32),
    Column("姓名", 24, "center"),
    Column("否决或限制事项和算式", 62),
    Column("最高等次", 24, "center"),
    Column("依据", 119),
)
_TRACE = (
    Column("来源", 22, "center"),
    Column("评分项", 36),
    Column("分值", 14, "center", Form.INTEGER),
    Column("得分", 16, "center", Form.INTEGER),
    Column("依据和算式", 86),
)


def proposal_sheet(desk: Desk, appraised: Year) -> Book[AppraisalRow]:
    """Return 年度考核等次评定建议表: members within their team, then teams, with a signature line.

    Where a grade is vetoed, a list of the records it rests on follows.
    """
    title = f"{appraised.year}年度工作总队{{}}考核等次评定建议表".format
    members = _proposed(desk, appraised, appraised.members, title("成员"), appraised.limits)
    teams = _proposed(desk, appraised, appraised.teams, title(""))
    struck = _struck(desk, appraised)
    return book(appraised.rows, _whole(members, teams), (members, teams, struck) if struck.rows else (members, teams))


def _struck(desk: Desk, appraised: Year) -> Table:
    """Return what vetoed or limited whose grade, by which arithmetic, from which records."""
    pairs = [(row, cap) for row in appraised.members for cap in row.proposal.appraisal.caps]
    rows = tuple(
        line for number, (row, cap) in enumerate(pairs, start=1) for line in _records(appraised, number, row, cap)
    )
    return Table(
        title=f"{appraised.year}年度考核一票否决和等次限制依据",
        columns=_STRUCK,
        rows=rows,
        office=desk.office.name,
        filled=desk.today(),
        notes=notes(appraised),
        signed=(),
    )


def _records(appraised: Year, number: int, row: AppraisalRow, cap: Cap) -> Iterator[tuple[str | int | None, ...]]:
    """Yield a line for each record a veto rests on; who and what it is stands in the first."""
    text = "\n".join((cap.text, *cap.steps))
    head: tuple[str | int | None, ...] = (number, row.county_name, row.name, text, called(appraised, row, cap.cap))
    for line in cap.lines:
        yield (*head, line.words)
        head = (None,) * len(head)


def _proposed(
    desk: Desk, appraised: Year, rows: tuple[AppraisalRow, ...], title: str, limits: tuple[str, ...] = ()
) -> Table:
    return Table(
        title=title,
        columns=_PROPOSED,
        rows=tuple(_line(appraised, number, row) for number, row in enumerate(rows, start=1)),
        totals=((None, "合计", f"{len(rows)}", None, _levels(appraised, rows), *[None] * 5),),
        office=desk.office.name,
        filled=desk.today(),
        notes=(*(f"{limit}。" for limit in limits), *notes(appraised)),
        signed=_SIGNED,
    )


def _whole(members: Table, teams: Table) -> Table:
    """Return one list for the workbook: teams follow the members."""
    return Table(
        title=members.title.replace("工作总队成员", "工作总队及成员"),
        columns=members.columns,
        rows=(*members.rows, *teams.rows),
        office=members.office,
        filled=members.filled,
        notes=members.notes,
        signed=members.signed,
    )


def _line(appraised: Year, number: int, row: AppraisalRow) -> tuple[str | float | int | None, ...]:
    proposal = row.proposal
    level = called(appraised, row, proposal.level) or "暂不建议"
    decided = called(appraised, row, row.grade.decided) if row.grade else ""
    return (
        number,
        row.county_name,
        row.name if row.position != "总队" else "（总队）",
        row.position,
        row.unit,
        float(proposal.appraisal.total),
        proposal.rank or None,
        level + ("（并列）" if proposal.tied else ""),
        "；".join((proposal.appraisal.parts, *reasons(appraised, row))),
        decided,
    )


def _levels(appraised: Year, rows: tuple[AppraisalRow, ...]) -> str:
    counter = Counter(called(appraised, row, row.proposal.level) or "暂不建议" for row in rows)
    return "、".join(f"{word}{number}" for word, number in counter.most_common())


def notes(appraised: Year) -> tuple[str, ...]:
    """Return what stands under every list of an appraisal: its scheme and quota, and whether that is an example."""
    scheme = appraised.scheme
    quota = scheme.quota
    source = f"（{quota.source}）" if quota.source else ""
    limit = (
        f"优秀名额为{'同职级' if quota.pool == 'rank' else '全部'}成员的{quota.percent}%{source}"
        if quota.percent
        else "不设名额"
    )
    text = f"注：按《{scheme.title}》计分，{limit}；本表为建议，等次由办公室研究确定（管理办法第十五条）。"
    return (text,) if scheme.official else (text, UNOFFICIAL)


def trace(desk: Desk, appraised: Year, row: AppraisalRow) -> Table:
    """Return one subject's points: every item with what it rests on, date and article of each point lost."""
    proposal = row.proposal
    grade = called(appraised, row, proposal.level) or "暂不建议等次"
    why = reasons(appraised, row)
    said_why = f"说明：{'；'.join(why)}" if why else ""
    who = f"{row.county_name}　{row.position}　{row.name}　{row.unit}"
    return Table(
        title=f"{appraised.year}年度考核得分及依据",
        columns=_TRACE,
        rows=(
            *(_item(one) for one in proposal.appraisal.items),
            *(_cap(appraised, row, cap) for cap in proposal.appraisal.caps),
        ),
        totals=(
            (
                None,
                "合计",
                float(appraised.scheme.full(proposal.appraisal.kind)),
                float(proposal.appraisal.total),
                grade,
            ),
        ),
        intro=tuple(line for line in (who, proposal.appraisal.parts, said_why) if line),
        office=desk.office.name,
        filled=desk.today(),
        notes=notes(appraised),
        signed=(),
        landscape=False,
    )


def _item(one: ItemPoints) -> tuple[str | float | None, ...]:
    item = one.item
    lines = [_words(line.words, float(line.points)) for line in one.lines] or ["没有扣分"]
    source = f"{SOURCES[item.source]}\n{TIMES[item.time]}"
    return (source, item.label, float(item.points), None if one.points is None else float(one.points), "\n".join(lines))


def _cap(appraised: Year, row: AppraisalRow, cap: Cap) -> tuple[str | float | None, ...]:
    lines = (f"最高等次：{called(appraised, row, cap.cap)}", *cap.steps, *(line.words for line in cap.lines))
    return ("等次限制", cap.text, None, None, "\n".join(lines))


def _words(text: str, points: float) -> str:
    value = f"（扣{points:g}分）" if points else ""
    return text + value
