"""A county's first page: where each of the team is today, what is owed, which slips wait, and how the month stands."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.codes import AWAY, MARKS, halves, mark_words, sign
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.duties.duty import State as DutyState
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.outlook import Outlook
from tuopin_desktop.domain.outlook import State as MonthState
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.exchange import packageboard
from tuopin_desktop.services.home.countystate import (
    BACK,
    CountyState,
    Follow,
    MonthBar,
    Sent,
    Where,
    YearMonth,
    follow_of,
)
from tuopin_desktop.services.home.tasks import tasks
from tuopin_desktop.services.judging.teamday import MemberDay, TeamDay
from tuopin_desktop.services.leave.watchedslip import WatchedSlip
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people.roster import SlotRow, TeamRow
from tuopin_desktop.services.shelves import merge

_LABELS = {mark.code: mark.label for mark in MARKS} | {"vw": "在村"}
_NEAR = 4
"""Half-days of room from which on it is said that little is left."""


def county_state(
    desk: Desk,
    teams: Sequence[TeamRow],
    stories: Sequence[Story],
    watched: Sequence[WatchedSlip],
    findings: Sequence[Finding],
) -> CountyState:
    """Return the page, put together from the same rows its numbers are counted from."""
    today, team = desk.today(), merge.team_days(desk).get(desk.scope, TeamDay())
    members = {one.posting: one for one in team.members}
    out = {story.slip.posting: story for story in stories if story.journey.trip.out}
    slots = [slot for one in teams for slot in (*one.slots, *one.extra)]
    span = span_of(f"{today:%Y-%m}")
    assert span is not None, "a day lies in a month"
    return CountyState(
        people=tuple(_where(slot, members, out, today) for slot in slots),
        tasks=tasks(desk, team, findings),
        follows=(*_follows(watched, today), *_doubtful(stories, watched, findings)),
        month=f"{today:%Y-%m}",
        passed=today.day,
        left=(span[1] - today).days,
        bars=tuple(_bar(one, one.outlook) for one in team.members if one.outlook is not None),
        year=tuple(_year(team, today)),
        sending=_sent(desk),
    )


# -- where everybody is


def _where(slot: SlotRow, members: Mapping[str, MemberDay], out: Mapping[str, Story], today: date) -> Where:
    if slot.person is None or slot.posting is None:
        return _vacant(slot)
    name, post = slot.person.name, POSITION.word(slot.posting.position)
    member = members.get(slot.posting.id) or MemberDay(posting=slot.posting.id, name=name)
    story = out.get(slot.posting.id)
    if story is not None:
        return _away(name, post, story, member, today)
    return _at_home(name, post, member, today)


def _vacant(slot: SlotRow) -> Where:
    return Where(
        name="空缺",
        post=slot.title,
        shape="vacant",
        sign="缺",
        state="空缺",
        more=f"已空{slot.vacant_days}天" if slot.vacant_days else "",
        link="看编成",
        page="roster",
        subject="matrix",
        counts="vacant",
    )


def _away(name: str, post: str, story: Story, member: MemberDay, today: date) -> Where:
    over, until = story.journey.overstay, story.journey.until
    late = story.journey.trip.name == "OVERDUE"
    state = f"超假{over.days:g}天" if late and over else "超假" if late else "外出"
    if (half := next((one for one in halves(member.own) if one), "")) and half[0] != AWAY:
        state += f"，但登记了{sign(half)}"  # what is written in two places and does not agree is said from both
    end = f"应{_day(until[0])}返回" if late and until else f"至{_day_near(until[0], today)}" if until else ""
    return Where(
        name=name,
        post=post,
        shape="late" if late else "out",
        sign="超" if late else "外",
        state=state,
        more=" · ".join(one for one in (story.slip.place, end) if one),
        link=BACK if story.journey.trip.due else "打开报备单",
        page="leave",
        subject=ids.key("leave_slip", story.slip.id),
        counts="out",
    )


def _at_home(name: str, post: str, member: MemberDay, today: date) -> Where:
    month = f"attendance:{member.posting}/{today:%Y-%m}"
    morning, afternoon = halves(member.today)
    if not morning and not afternoon:
        return _open(name, post, member, month)
    first = morning or afternoon
    away = first[0] == AWAY
    both = morning and afternoon and morning[:2] != afternoon[:2]
    state = f"上午{_words(morning)}，下午{_words(afternoon)}" if both else _words(first)
    rests = first[1] == "r"
    return Where(
        name=name,
        post=post,
        shape="out" if away else "rest" if rests else "county",
        sign=sign(first),
        state=state,
        more="今天已登记" if morning and afternoon else "今天只登记了半天",
        link="看考勤" if away or rests else "写日志",
        page="attendance" if away or rests else "journals",
        subject=month if away or rests else f"daily_log:{member.posting}/{today}",
        counts="else" if away else "county",
    )


def _words(code: str) -> str:
    return _LABELS.get(code[:2]) or mark_words(code)


def _open(name: str, post: str, member: MemberDay, month: str) -> Where:
    more = "本月、上月都没有登记"
    if member.last is not None:
        day, stored = member.last
        more = f"上次登记 {_day(day)} {sign(next(one for one in halves(stored) if one))}"
    return Where(
        name=name, post=post, shape="open", sign="？", state="今天未登记", more=more,
        link="登记今天", page="attendance", subject=month, counts="open",
    )  # fmt: skip


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _day_near(day: date, today: date) -> str:
    return {0: "今天", 1: "明天"}.get((day - today).days, "") + _day(day)


# -- slips


def _follows(watched: Sequence[WatchedSlip], today: date) -> list[Follow]:
    return [one for item in watched if (one := follow_of(item, today)) is not None]


def _doubtful(
    stories: Sequence[Story], watched: Sequence[WatchedSlip], findings: Sequence[Finding]
) -> Iterator[Follow]:
    """Yield the slips that nothing else is owed of, and of which the measure says something: each once."""
    names = {item.slip.id for item in watched}
    by_id = {story.slip.id: story.slip for story in stories}
    for finding in findings:
        kind, record_id = ids.split(finding.subject)
        if kind == "leave_slip" and record_id not in names and record_id in by_id:
            names.add(record_id)
            tone = "bad" if finding.verdict.name in ("RED", "SUSPECTED") else "quiet"
            yield Follow(
                slip=by_id[record_id], word="待核对", tone=tone, text=finding.sentence, tip=finding.sentence,
                button="打开", is_out=False,
            )  # fmt: skip


# -- the month and the year


def _bar(member: MemberDay, outlook: Outlook) -> MonthBar:
    sentence, tone = _reach(outlook, len(member.missing))
    return MonthBar(
        posting=member.posting,
        name=member.name,
        presence=outlook.counted / 2,
        away=member.away / 2,
        needed=outlook.needed,
        sentence=sentence,
        tone=tone,
    )


def _reach(outlook: Outlook, missing: int) -> tuple[str, str]:
    """Return whether the days needed can be reached, computed from the days that are left."""
    if outlook.state is MonthState.REACHED:
        return f"已满{outlook.needed}天", "ok"
    if outlook.state is MonthState.BEYOND:
        most = (outlook.counted + outlook.blank + outlook.unlogged + len(outlook.ahead)) / 2
        return f"够不到了，最多{most:g}天", "bad"
    if outlook.state is MonthState.UNKEYED:
        return (f"先补登{missing}天再看" if missing else "先补登考勤、日志再看"), "warn"
    room = len(outlook.ahead) - outlook.lacking
    if room <= _NEAR:
        return (f"够得到，只剩{room / 2:g}天余地" if room else "够得到，一天也不能少"), "warn"
    return (f"够得到，有{missing}天未登记" if missing else f"够得到{outlook.needed}天"), "ok"


def _year(team: TeamDay, today: date) -> Iterator[YearMonth]:
    shares = {one.month: 100 * one.presence // one.needed for one in team.year}
    for number in range(1, 13):
        month = f"{today.year}-{number:02d}"
        yield YearMonth(month, shares.get(month))


# -- the office above


def _sent(desk: Desk) -> Sent | None:
    board = packageboard.board(desk)
    row = next((one for one in board.rows if one.office == ids.REGION), None)
    report, tone = _report(desk)
    if row is None:
        return Sent(word="未授权", tone="warn", text="这台电脑还不能报送数据", last="", report=report, report_tone=tone)
    word, state = ("未授权", "warn") if board.unready else _word(row)
    text = board.unready or (f"{row.oldest}天前起的改动" if row.oldest else "今天的改动" if row.unsent else "")
    had = next((one for one in row.receipts if not one.given), None)
    last = f"第{had.number}包{had.when[5:10].replace('-', '月')}日收到回执" if had and had.at else ""
    return Sent(word=word, tone=state, text=text, last=last, report=report, report_tone=tone)


def _word(row: packageboard.BoardRow) -> tuple[str, str]:
    """Return the state of what the other side has: exclusive, the one that asks for something first."""
    if row.gap:
        return "有缺口", "bad"
    if row.open:
        return f"已制作{row.open}包，待回执", "warn"
    return (f"待发{row.unsent}条", "warn") if row.unsent else ("一致", "ok")


def _report(desk: Desk) -> tuple[str, str]:
    """Return how the report of the last month that is over stands, and its tone."""
    today = desk.today()
    due = [one for one in merge.duties(desk).get(today.year, ()) if one.what == "月报" and one.opens <= today]
    if not due:
        return "", ""
    last = max(due, key=lambda one: one.due)
    name = f"{last.period.partition('年')[2]}月报"
    if not last.state.open:
        late = last.state is DutyState.LATE
        return f"{name}：{'迟报' if late else '已报，按时'}", "warn" if late else "ok"
    if last.state is DutyState.OVERDUE:
        return f"{name}：未报，晚{last.days}天", "bad"
    return f"{name}：应{_day(last.due)}前报", "warn"
