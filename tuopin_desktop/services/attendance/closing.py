"""Closing a month of attendance: what is still missing, closing, reopening with a reason, correcting afterwards."""

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain import ids, monthleave
from tuopin_desktop.domain.attendance import closing
from tuopin_desktop.domain.attendance.closing import Figure
from tuopin_desktop.domain.attendance.codes import halves, join, parse_day, sound
from tuopin_desktop.domain.attendance.months import month_id, served, why_not
from tuopin_desktop.domain.attendance.roll import Rolls, text_of
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.record import Record, scalars
from tuopin_desktop.domain.records import Attendance, Correction, MonthClose, Posting
from tuopin_desktop.domain.validate import problems as field_problems
from tuopin_desktop.domain.validate import tidy
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.judging.teammonth import Member, TeamMonth
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A posting of which half-days are not known: how many, and on which days of the month."""

    posting: str
    name: str
    halves: int
    days: tuple[int, ...]

    @property
    def text(self) -> str:
        """Return the gap in Chinese: 张三 7个半天未登记：2、10至12日."""
        runs: list[list[int]] = []
        for day in self.days:
            if runs and day == runs[-1][-1] + 1:
                runs[-1].append(day)
            else:
                runs.append([day])
        lines = (f"{run[0]}至{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)
        return f"{self.name} {self.halves}个半天未登记：{'、'.join(lines)}日"


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What closing a month would freeze, what is missing, and what stands against it."""

    team: TeamMonth
    gaps: tuple[Gap, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """Return the half-days not known, which somebody has to confirm by their number."""
        return sum(gap.halves for gap in self.gaps)


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a month's history: closed, reopened or corrected, when, by whom, and the words."""

    on: str
    by: str
    what: str


def standing_close(desk: Desk, month: str, county: str = "") -> MonthClose | None:
    """Return the close of a county's month while it stands, else None."""
    close = desk.store.get(MonthClose, f"{teammonth.county_of(desk, county)}/{month}")
    return close if closing.is_closed(close) else None


def preview(desk: Desk, month: str, county: str = "", facts: Facts | None = None) -> Preview:
    """Return what closing would freeze and what stands against it; nothing is written."""
    team = teammonth.read(desk, month, county, facts)
    gaps = tuple(gap for member in team.members if (gap := _gap(member)) is not None)
    notes = tuple(f"{name}没有登记派驻起，未列入" for name in team.undated)
    return Preview(team=team, gaps=gaps, problems=tuple(_against(desk, team)), notes=notes)


def _gap(member: Member) -> Gap | None:
    first, last = member.month.span
    lacking = {day: sum(not code for code in halves(member.days[day - 1])) for day in range(first.day, last.day + 1)}
    open_days = tuple(day for day, count in lacking.items() if count)
    if not open_days:
        return None
    return Gap(posting=member.posting.id, name=member.name, halves=sum(lacking.values()), days=open_days)


def _against(desk: Desk, team: TeamMonth) -> Iterator[Problem]:
    if team.is_closed and team.close is not None:
        sentence = f"{team.month_text}考勤已于{team.close.closed}由{team.close.closed_by}结账"
        yield Problem(code="month.twice", sentence=sentence, fields=("month",))
        return
    if team.last >= desk.today():
        sentence = f"{team.month_text}还没有过完，{team.last}之后才能结账"
        yield Problem(code="month.running", sentence=sentence, fields=("month",))
    if not team.members:
        sentence = f"{team.month_text}没有派驻人员，无须结账；请核对月份和派驻起止"
        yield Problem(code="month.empty", sentence=sentence, fields=("month",))
    if not team.calendar.knows(team.first):
        sentence = f"{team.first.year}年放假安排尚未登记，休息日无法确定，不能结账；请等自治区办公室登记后再结账"
        yield Problem(code="month.calendar", sentence=sentence, fields=("month",))


def close(desk: Desk, month: str, county: str = "", *, gaps: int | None = None, note: str = "") -> MonthClose:
    """Close a month with the figures, policy and calendar of today; raises Refused, and then nothing is written.

    A month with half-days nobody registered is closed only when `gaps` says exactly how many there are.
    """
    month_preview = preview(desk, month, county)
    if month_preview.problems:
        raise Refused(month_preview.problems)
    if month_preview.missing and gaps != month_preview.missing:
        raise Refused([_unconfirmed(month_preview)])
    month_close = close_of(desk, month_preview, judging.facts(desk), note)
    _commit(desk, [(month_preview.team.close, month_close)])
    return month_close


def close_of(desk: Desk, month_preview: Preview, facts: Facts, note: str = "") -> MonthClose:
    """Return the close that a preview over these facts comes to; nothing is written."""
    team, before = month_preview.team, month_preview.team.close
    leave = monthleave.of_team(facts, judging.policy_on(desk, facts.today), team.county, team.first, team.last)
    return msgspec.structs.replace(
        before or MonthClose(id=f"{team.county}/{team.month}"),
        county=team.county,
        month=team.month,
        state="closed",
        edition=(before.edition or 0) + 1 if before else 1,
        closed=desk.today(),
        closed_by=desk.user,
        gaps=month_preview.missing or None,
        note=note,
        pack=team.policy.id,
        terms=closing.terms_of(team.policy, (member.posting.pack for member in team.members)),
        calendar=team.calendar.version(team.first.year),
        days=team.calendar.day_signs(team.first, team.last),
        figures=closing.encode_figures([member.figure for member in team.members]),
        roll=text_of(teammonth.roll_from(team, leave)),
    )


def _unconfirmed(month_preview: Preview) -> Problem:
    names = "；".join(gap.text for gap in month_preview.gaps[:5]) + ("等" if len(month_preview.gaps) > 5 else "")
    sentence = f"{month_preview.team.month_text}还有{month_preview.missing}个半天未登记，请先补登（{names}）"
    how = f"确属无法补登的，请确认缺{month_preview.missing}个半天后结账"
    return Problem(code="month.gaps", sentence=f"{sentence}；{how}", fields=("gaps",))


def reopen(desk: Desk, month: str, reason: str, county: str = "") -> MonthClose:
    """Reopen a closed month with a reason; what was corrected meanwhile is written into the month."""
    team = teammonth.read(desk, month, county)
    if not team.is_closed or team.close is None:
        raise refuse("month.open", f"{team.month_text}考勤没有结账，无须重新打开", "month")
    if not reason.strip():
        raise refuse("reason", "请写明重新打开的原因", "reopen_reason")
    month_close = msgspec.structs.replace(
        team.close, state="open", reopened=desk.today(), reopened_by=desk.user, reopen_reason=reason
    )
    pairs: list[tuple[Record | None, Record]] = [(team.close, month_close)]
    ids_ = sorted({month_id(item.posting, month) for item in team.corrections})
    attendance_by_key = {item.id: item for item in desk.store.rows(Attendance, among=ids_)}
    overlaid = closing.corrected(attendance_by_key.values(), [team.close], team.corrections)
    pairs += [(attendance_by_key.get(item.id), item) for item in overlaid]
    # A month keyed back from paper is fixed; what its correction slips changed is taken over under their numbers.
    numbers = "、".join(item.number for item in team.standing)
    with desk.amending(desk.reason or (f"考勤更正单{numbers}写入考勤"[:200] if numbers else "")):
        _commit(desk, pairs)
    return month_close


def correct(
    desk: Desk, posting: str, day: date, after: str, reason: str, *, paper: str = "", by: str = ""
) -> Correction:
    """Correct one day of a closed month; `after` is the stored day or its signs. Raises Refused.

    What was closed stays: the correction is laid over it when it is read. What says nothing new is refused.
    """
    stored = after if sound(after) else parse_day(after)
    if stored is None or not all(halves(stored)):
        raise refuse("day", f"“{after[:10]}”不是考勤符号，请填整天或上下午两个符号，如 √ 或 √/假", "after")
    team, member = _member(desk, posting, f"{day:%Y-%m}")
    if why := why_not(day.day, team.month, member.posting):
        raise refuse("day", why, "day")
    if team.close is None or not team.is_closed:
        raise refuse("month.open", f"{team.month_text}考勤还没有结账，请直接修改考勤", "day")
    before = member.days[day.day - 1]
    if _bare(before) == _bare(stored):
        raise refuse("same", "更正后与现登记相同，不需要更正", "after")
    correction = Correction(
        id=_next_id(team, posting, day),
        number=_next_number(desk, member.posting),
        posting=posting,
        closing=team.close.id,
        edition=team.close.edition,
        day=day,
        before=before,
        after=stored,
        reason=reason,
        paper=paper,
        corrected=desk.today(),
        corrected_by=by or desk.user,
    )
    _commit(desk, [(None, correction)])
    return correction


def _member(desk: Desk, posting: str, month: str) -> tuple[TeamMonth, Member]:
    """Return the month in which a posting is corrected, and its line; raises Refused where it has none.

    Whoever stands on the roll of a closed month is corrected there, wherever the posting is now.
    """
    standing = desk.store.get(Posting, posting)
    closes = desk.store.rows(MonthClose, {"month": month})
    line = Rolls(closing.standing(closes)).lines.get((posting, month))
    if line is None and (standing is None or standing.deleted):
        raise refuse("posting", "找不到这条派驻记录，请重新选择人员", "posting")
    team = teammonth.read(desk, month, line.county if line is not None else standing.county if standing else "")
    member = next((item for item in team.members if item.posting.id == posting), None)
    if member is not None:
        return team, member
    if team.roll is not None and standing is not None and served(standing, month) is not None:
        text = f"{team.month_text}考勤结账时考勤簿上没有这个人，不能填更正单；请先写明原因重新打开该月，补登后再结账"
        raise refuse("posting", text, "posting")
    raise refuse("day", f"{month}不在派驻期间，不能更正", "day")


def _bare(day: str) -> str:
    return join(*(code[:2] for code in halves(day)))


def _next_id(team: TeamMonth, posting: str, day: date) -> str:
    edition = team.close.edition if team.close else 0
    same = [item for item in team.corrections if (item.posting, item.day, item.edition) == (posting, day, edition)]
    return f"{posting}/{day.isoformat()}/{edition}-{len(same) + 1}"


def _next_number(desk: Desk, posting: Posting) -> str:
    year = desk.today().year
    last = desk.store.highest("correction", "number", f"{year}-", ids.owner(posting.id))
    return f"{year}-{int(last[5:] or 0) + 1:04d}"


def corrections(desk: Desk, year: int | None = None, county: str = "") -> list[Correction]:
    """Return the corrections made in a year (default: all), in the order of their numbers."""
    scope = teammonth.county_of(desk, county) if county else desk.scope
    all_corrections = desk.store.rows(Correction, scope=scope)
    of_year = [item for item in all_corrections if year is None or (item.corrected and item.corrected.year == year)]
    return sorted(of_year, key=lambda item: (item.number, item.id))


def history(desk: Desk, month: str, county: str = "") -> list[HistoryEntry]:
    """Return who closed, reopened and corrected a month and when, oldest first, from the log."""
    close_id = f"{teammonth.county_of(desk, county)}/{month}"
    pairs: list[tuple[int, HistoryEntry]] = []
    values: dict[str, object] = {}
    for at, by, table, _ in desk.store.history("month_close", close_id):
        values |= table
        if "state" in table:
            pairs.append((at, _turn(values, by)))
    for item in desk.store.rows(Correction, {"closing": close_id}):
        at, by, *_ = desk.store.history("correction", item.id)[0]
        what = f"更正单{item.number}：{item.day}，{item.reason}"
        pairs.append((at, HistoryEntry(on=str(item.corrected or ""), by=by, what=what)))
    return [entry for _, entry in sorted(pairs, key=lambda pair: pair[0])]


def _turn(values: Mapping[str, object], by: str) -> HistoryEntry:
    """Return the entry of a close or a reopening, as the record stood then."""
    if values["state"] == "open":
        return HistoryEntry(
            on=str(values.get("reopened") or ""), by=by, what=f"重新打开：{values.get('reopen_reason')}"
        )
    gaps = f"，确认{values['gaps']}个半天未登记" if values.get("gaps") else ""
    return HistoryEntry(on=str(values.get("closed") or ""), by=by, what=f"第{values.get('edition')}次结账{gaps}")


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """The days of one posting from a closed month, for subsidies: as closed, and as corrected since."""

    posting: str
    name: str
    position: str
    figure: Figure
    now: float


def days(desk: Desk, month: str, county: str = "") -> list[Days]:
    """Return the days of every posting from a closed month; raises Refused while it is not closed."""
    team = teammonth.read(desk, month, county)
    if team.close is None or not team.is_closed:
        raise refuse("month.open", f"{team.month_text}考勤还没有结账，不能据以计算补助天数；请先结账", "month")
    now: Mapping[str, float] = {member.posting.id: member.month.days for member in team.members}
    return [
        Days(posting=one.posting, name=one.name, position=one.position, figure=one, now=now.get(one.posting, one.days))
        for one in closing.figures_of(team.close)
    ]


def _commit(desk: Desk, pairs: list[tuple[Record | None, Record]]) -> None:
    """Check and write records in one go; raises Refused."""
    changes = []
    for before, after in pairs:
        after = tidy(after)
        table = difference(scalars(before) if before else {}, scalars(after))
        problems = field_problems(after, desk.vocabulary, practice=desk.practice)
        denied = may_write(desk.scope, type(after), after.id, table, offices.called) if table else None
        if problems or denied:
            raise Refused([*problems, *([denied] if denied else [])])
        if table:
            changes.append(Change(after.kind.name, after.id, table))
    desk.commit(changes)
