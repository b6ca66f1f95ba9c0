"""Drafts from what the program already knows: the agenda and minutes of an analysis meeting, the monthly report.

Figures are filled in, judgement is left to people: every place for their words says so. A report keeps the figures of
the day it was sent; what changed since is told beside it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from tuopin_desktop.documents.official import Block, Heading, Letter, Paragraph
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.duties.duty import Duty, State
from tuopin_desktop.domain.duties.radar import pressing, radar, so_far
from tuopin_desktop.domain.duties.teams import RECEIVER, month_words
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import MeetingProblem
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.duties import convening
from tuopin_desktop.services.duties import radar as radars
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.judging.sealing import figures, open_problems
from tuopin_desktop.services.office.desk import Desk

BLANK = "（请填写）"
DRAFTS = {"agenda": "例会议程", "minutes": "例会纪要（待填）", "report": "月报初稿"}


def draft(desk: Desk, what: str, month: str, county: str = "") -> Letter:
    """Return a draft about a month `YYYY-MM` of one team; raises Refused where county or month is not one."""
    first = _first(month)
    code = county_meant(desk, county)
    facts = judging.measured(desk)
    if what == "report":
        return _report(desk, facts, code, first)
    return _agenda(desk, facts, code, first) if what == "agenda" else _minutes(desk, facts, code, first)


def _first(month: str) -> date:
    span = span_of(month)
    if span is None:
        raise refuse("month", f"“{month[:20]}”不是月份，请写成 2019-06", "month")
    return span[0]


def county_meant(desk: Desk, county: str) -> str:
    """Return the code of the one team a paper is about; raises Refused where the office has several."""
    code = county or desk.scope
    if len(code) != 6 or not code.startswith(desk.scope):
        raise refuse("county", "请说明是哪个旗县的总队", "county")
    return code


# -- the analysis meeting


def _agenda(desk: Desk, facts: Facts, county: str, month: date) -> Letter:
    team = f"{facts.county_name(county)}工作总队"
    return Letter(
        title=f"{team}\n{month_words(month)}工作分析例会议程",
        blocks=(*_agenda_blocks(desk, facts, county), *_when(desk, facts, county, month)),
        signed=team,
        dated=desk.today(),
    )


def _agenda_blocks(desk: Desk, facts: Facts, county: str) -> Iterator[Block]:
    yield Paragraph("依据《管理办法》第十二条第一项，研究解决上月工作中发现的问题，安排部署本月重点工作。")
    yield Heading("上月问题整改情况")
    yield from _lines(_problem(item, facts) for item in open_problems(facts, county))
    yield Heading("需要办理的事项")
    yield from _lines(_duty(duty) for duty in _due(desk, facts, county))
    yield Heading("上月考勤和请销假情况")
    yield Paragraph(_figure_words(figures(desk, county, facts.today - timedelta(days=facts.today.day))))
    yield Heading("本月重点工作安排")
    yield Paragraph(BLANK)


def _when(desk: Desk, facts: Facts, county: str, month: date) -> Iterator[Block]:
    """Yield which days of the month are left for the meeting and who is away on each, while there are some."""
    days = convening.days(facts, judging.policy_on(desk, facts.today), "analysis", county, month)
    if days:
        yield Heading("会期参考（印发前删去）")
        yield Paragraph("；".join(map(convening.day_words, days)) + "。")


def _absentees(desk: Desk, facts: Facts, county: str, month: date) -> str:
    """Return who was away on the day of the month's meeting, once that is registered."""
    meetings = facts.duty_evidence.meetings_of.get((county, "analysis"), ())
    day = next((one.held for one in meetings if one.held and one.held.replace(day=1) == month), None)
    if day is None:
        return ""
    missing = convening.on(facts, judging.policy_on(desk, facts.today), "analysis", county, day).missing
    return "；".join(one.text for one in missing)


def _minutes(desk: Desk, facts: Facts, county: str, month: date) -> Letter:
    team = f"{facts.county_name(county)}工作总队"
    serving = sorted(facts.active(county), key=team_order)
    names = "、".join(f"{facts.name_of(item.person)}（{POSITION.word(item.position)}）" for item in serving)
    blocks: list[Block] = [
        Paragraph("时间：　　　　年　　月　　日　　　　地点：", plain=True),
        Paragraph("主持人：　　　　　　　　　　记录人：", plain=True),
        Paragraph(f"应到人员：{names or BLANK}", plain=True),
        Paragraph(f"缺席人员及原因：{_absentees(desk, facts, county, month)}", plain=True),
        *_agenda_blocks(desk, facts, county),
        Heading("会议议定事项"),
        Paragraph(BLANK),
    ]
    return Letter(title=f"{team}\n{month_words(month)}工作分析例会纪要", blocks=tuple(blocks), signed=team)


def _problem(item: MeetingProblem, facts: Facts) -> str:
    late = f"，已超期{(facts.today - item.due).days}天" if item.due and item.due < facts.today else ""
    due = f"，整改期限{item.due}" if item.due else ""
    return f"{item.name}（{item.unit or item.person or '责任单位未定'}{due}{late}）"


def _due(desk: Desk, facts: Facts, county: str) -> list[Duty]:
    policy = judging.policy_on(desk, facts.today)
    return pressing((duty for duty in so_far(facts, policy) if duty.county == county), facts.today)


def _duty(duty: Duty) -> str:
    return f"{duty.period}{duty.what}（{duty.who}），期限{duty.due}，{radars.state_words(duty)}"


def _lines(texts: Iterable[str]) -> Iterator[Block]:
    paragraphs = [Paragraph(f"{place}.{line}。") for place, line in enumerate(texts, 1)]
    yield from paragraphs or [Paragraph("无。")]


# -- the monthly report


def _figure_words(counts: Mapping[str, float]) -> str:
    return "，".join(f"{name}{number:g}" for name, number in counts.items()) + "。"


def _report(desk: Desk, facts: Facts, county: str, month: date) -> Letter:
    team = f"{facts.county_name(county)}工作总队"
    counts = figures(desk, county, month)
    policy = judging.policy_on(desk, facts.today)
    undone = [
        duty
        for duty in radar(facts, policy, month.year)
        if duty.county == county
        and duty.state is State.OVERDUE
        and (duty.due.year, duty.due.month) == (month.year, month.month)
    ]
    blocks: list[Block] = [
        Paragraph(f"按照《管理办法》第十二条第一项，现将{month_words(month)}工作情况报告如下。"),
        Heading("基本情况"),
        Paragraph(_figure_words(counts)),
        Heading("主要工作"),
        Paragraph(BLANK),
        Heading("存在问题和整改情况"),
        *_lines(_problem(item, facts) for item in open_problems(facts, county)),
        Heading("未按期办结的事项"),
        *_lines(_duty(duty) for duty in undone),
        Heading("下月工作安排"),
        Paragraph(BLANK),
    ]
    return Letter(
        title=f"{team}\n{month_words(month)}工作情况报告",
        recipient=f"{RECEIVER}：",
        blocks=tuple(blocks),
        signed=team,
        dated=desk.today(),
    )
