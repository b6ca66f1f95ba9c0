"""What a county owes today, one line a duty: grouped, counted once, and opened where it is mended."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.logs import runs_words
from tuopin_desktop.domain.duties.duty import Duty, State, count_duties, overdue
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.services.duties import mending, radar
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.home.countystate import Task
from tuopin_desktop.services.judging.teamday import TeamDay
from tuopin_desktop.services.office import secondplace
from tuopin_desktop.services.office.desk import Desk

Row = tuple[str, str, str, str]

_NAMED = 3
"""So many names are said of several."""

_ELSEWHERE = frozenset({"leave_slip", "contradiction", "daily_log"})
"""Subjects whose findings are told in another line or list: slips to follow up, contradictions, logs."""


def tasks(desk: Desk, team: TeamDay, findings: Sequence[Finding]) -> tuple[Task, ...]:
    """Return the lines, the pressing ones first: late, then today, then later, each in the order of the articles."""
    due, today = radar.pressing_today(desk), desk.today()
    lines = [*_attendance(team, today), *_closing(team), *_logs(team), *_duties(due, today)]
    lines += [*_doubts(desk), *_files(team), *_others(findings, due), *_copies(desk)]
    return tuple(sorted(lines, key=lambda line: (not line.late, line.tone not in ("bad", "warn"))))


def lasting_tasks(desk: Desk) -> tuple[Task, ...]:
    """Return what is owed whether or not a term runs: the copies."""
    return tuple(_copies(desk))


def _attendance(team: TeamDay, today: date) -> Iterator[Task]:
    lacking = [one for one in team.members if one.missing]
    if not lacking:
        return
    days = sorted(day for one in lacking for day in one.missing)
    month = f"{today:%Y-%m}"
    if len(days) <= _NAMED:
        text = "、".join(f"{one.name}{_dates(one.missing, today)}" for one in lacking) + "未登记"
    else:
        text = f"{_names([one.name for one in lacking])}未登记"
    yield Task(
        key="attendance",
        icon="calendar-days",
        name="考勤",
        count=len(days),
        late=sum(day < today for day in days),
        text=text,
        since=_since(days[0], today),
        tone="warn",
        button="登记考勤",
        page="attendance",
        subject=f"attendance:{lacking[0].posting}/{month}",
        rows=tuple(
            (one.name, f"{day.month}月{day.day}日没有登记", "attendance", f"attendance:{one.posting}/{month}")
            for one in lacking
            for day in one.missing
        ),
    )


def _closing(team: TeamDay) -> Iterator[Task]:
    months = team.unclosed
    if months:
        yield Task(
            key="closing",
            icon="calendar-days",
            name="考勤结账",
            count=len(months),
            late=len(months),
            text=f"{'、'.join(_month(one) for one in months[:_NAMED])}{'等' if len(months) > _NAMED else ''}没有结账",
            since=f"{_month(months[0])}起",
            tone="bad",
            button="去结账",
            page="attendance",
            subject=months[0],
            rows=tuple((_month(one), "已过完，没有结账", "attendance", one) for one in months),
        )


def _logs(team: TeamDay) -> Iterator[Task]:
    lacking = [one for one in team.members if one.unwritten]
    if lacking:
        first, count = min(one.unwritten[0] for one in lacking), sum(len(one.unwritten) for one in lacking)
        each = "、".join(f"{one.name}{len(one.unwritten)}篇" for one in lacking[:_NAMED])
        yield Task(
            key="logs",
            icon="notebook-text",
            name="工作日志",
            count=count,
            late=count,
            text=f"{each}{'等' if len(lacking) > _NAMED else ''}未写",
            since=f"{first.month}月{first.day}日起",
            tone="warn",
            button="补写日志",
            page="journals",
            subject=f"daily_log:{next(one.posting for one in lacking if one.unwritten[0] == first)}/{first}",
            rows=tuple(
                (one.name, f"{day.month}月{day.day}日的日志没有写", "journals", f"daily_log:{one.posting}/{day}")
                for one in lacking
                for day in one.unwritten
            ),
        )


def _duties(due: Sequence[Duty], today: date) -> Iterator[Task]:
    groups: dict[tuple[str, str], list[Duty]] = {}
    for duty in sorted(due, key=lambda one: (one.article, one.due)):
        groups.setdefault((duty.rule, duty.what), []).append(duty)
    for (rule, what), group in groups.items():
        oldest = group[0]
        page, icon, button = mending.way(oldest)
        late = overdue(group)
        yield Task(
            key=f"duty {rule} {what}",
            icon=icon,
            name=what,
            count=count_duties(group),
            late=count_duties(late),
            text=_told(group, today.year),
            since=_age(oldest, today),
            tone="bad" if late and not oldest.mild else "warn" if oldest.due <= today else "quiet",
            button=button,
            page=page,
            subject=mending.goal(oldest),
            rows=tuple(_row(duty, number) for duty in group for number in range(duty.periods)),
        )


def _row(duty: Duty, number: int) -> Row:
    page = mending.way(duty)[0]
    period = duty.period if not number else f"{duty.period}，其中第{number + 1}期"
    return duty.who, f"{period}，{radar.state_words(duty)}", page, mending.goal(duty)


def _told(group: Sequence[Duty], year: int) -> str:
    periods = list(dict.fromkeys(one.period.removeprefix(f"{year}年") for one in group))
    people = list(dict.fromkeys(one.who.partition("（")[0] for one in group))
    half = "，差凭据" if any(one.state in (State.BARE, State.HALF) for one in group) else "未办"
    if len(people) == 1 and group[0].subject.startswith("team:"):
        return f"{_names(periods)}{half}"
    return f"{_names(people)}{half}" + (f"（{periods[0]}）" if len(periods) == 1 else "")


def _age(oldest: Duty, today: date) -> str:
    if oldest.state is State.OVERDUE:
        return f"晚{(today - oldest.due).days}天"
    return "今天" if oldest.due == today else f"{oldest.due.month}月{oldest.due.day}日前"


def _doubts(desk: Desk) -> Iterator[Task]:
    pending = evidence.select(evidence.from_shelves(desk), state="pending")
    if pending:
        yield Task(
            key="doubts",
            icon="clipboard-check",
            name="疑点待核",
            count=len(pending),
            late=0,
            text=f"{_names([one.item.who for one in pending])}的记录互相矛盾",
            since="",
            tone="warn",
            button="去核对",
            page="checks",
            subject=ids.key("contradiction", pending[0].id),
            rows=tuple(
                (one.item.who, one.item.sentence, "checks", ids.key("contradiction", one.id)) for one in pending
            ),
        )


def _files(team: TeamDay) -> Iterator[Task]:
    if team.incomplete:
        yield Task(
            key="files",
            icon="users",
            name="花名册",
            count=len(team.incomplete),
            late=0,
            text=f"{_names([one.name for one in team.incomplete])}的{team.incomplete[0].text}未填",
            since="",
            tone="quiet",
            button="补填信息",
            page="roster",
            subject="todo",
            rows=tuple(
                (one.name, f"{one.text}未填", "roster", ids.key("person", one.person)) for one in team.incomplete
            ),
        )


def _others(findings: Iterable[Finding], due: Sequence[Duty]) -> Iterator[Task]:
    """Yield what the measure says beside, a line a rule; what a duty tells of the same subject is not told twice."""
    owed = {(duty.rule, duty.subject) for duty in due}
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        if ids.split(one.subject)[0] not in _ELSEWHERE and (one.rule, one.subject) not in owed:
            groups.setdefault(one.rule, []).append(one)
    for rule, group in sorted(groups.items(), key=lambda pair: pair[1][0].article):
        page = _page_of(group[0])
        attendance = page == "attendance"
        yield Task(
            key=f"rule {rule}",
            icon="calendar-days" if attendance else "users",
            name=_MATTER.get(rule.partition("-")[0], "按办法核对"),
            count=len(group),
            late=0,
            text=group[0].sentence if len(group) == 1 else f"{_names([one.subject_words for one in group])}",
            since=group[0].verdict.label,
            tone="bad" if group[0].verdict.name in ("RED", "SUSPECTED") else "warn",
            button="看考勤" if attendance else "去更正",
            page=page,
            subject=group[0].subject,
            rows=tuple((one.subject_words, one.sentence, _page_of(one), one.subject) for one in group),
        )


_MATTER = {
    "A02": "编成",
    "A03": "选派条件",
    "A04": "派驻手续",
    "A05": "任期和调整",
    "A09": "在岗天数",
    "A10": "请销假和日志",
    "A16": "离岗核对",
    "A18": "保障",
}
"""What the findings of an article are about, in a word."""


def _page_of(finding: Finding) -> str:
    kind = ids.split(finding.subject)[0]
    return {"attendance": "attendance", "leave_slip": "leave", "contradiction": "checks"}.get(kind, "roster")


def _copies(desk: Desk) -> Iterator[Task]:
    if days := secondplace.unseen(desk):
        text = f"已{days}天没有另存，请插上备份的磁盘或U盘"
        row = ("另存备份", text, "settings", "backups")
        yield Task(
            key="copies",
            icon="save",
            name="备份",
            count=1,
            late=0,
            text=text,
            since=f"{days}天",
            tone="warn",
            button="去备份",
            page="settings",
            subject="backups",
            rows=(row,),
        )


def _names(names: Sequence[str]) -> str:
    several = list(dict.fromkeys(names))
    return "、".join(several[:_NAMED]) + (f"等{len(several)}个" if len(several) > _NAMED else "")


def _dates(days: Sequence[date], today: date) -> str:
    before = [day for day in days if day != today]
    return "、".join([*(["今天"] if today in days else []), *([runs_words(before)] if before else [])])


def _since(first: date, today: date) -> str:
    return "今天" if first == today else f"{first.month}月{first.day}日起"


def _month(month: str) -> str:
    return f"{int(month[5:])}月"
