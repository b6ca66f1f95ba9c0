"""Keying back an attendance book kept by hand: two lines a person, and the totals on the paper that must agree."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tuopin_desktop.domain.attendance import codes, lines
from tuopin_desktop.domain.attendance.lines import HEADINGS, Totals
from tuopin_desktop.domain.attendance.months import month_id, problems_of
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Attendance, Explanation
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.services.attendance import monthbooks
from tuopin_desktop.services.judging import teammonth
from tuopin_desktop.services.judging.teammonth import Member, TeamMonth
from tuopin_desktop.services.office import closedmonths
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

NOTHING = "-."
"""What stands for an empty cell, and for a day not served."""


class KeyedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One person as keyed: a sign or key for every day of the month in each half, the paper's totals in days.

    `totals` are in the order of the book: 在旗县、进村入户、因公、请假、旷. `reason` confirms what does not agree.
    """

    posting: str
    morning: str
    afternoon: str
    totals: tuple[float, ...]
    reason: str = ""


class LineCheck(msgspec.Struct, frozen=True, kw_only=True):
    """The check of a keyed line: totals of its signs in days, and a text for each that differs from the paper."""

    posting: str
    name: str
    days: tuple[str, ...]
    counted: tuple[float, ...]
    differences: tuple[str, ...]
    reason: str = ""

    @property
    def agrees(self) -> bool:
        """Tell whether the line may be saved: it agrees, or somebody confirmed it with a reason."""
        return not self.differences or bool(self.reason)


class KeybackOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What was saved, and what was held back because its totals do not agree."""

    saved: tuple[str, ...]
    held_back: tuple[LineCheck, ...]
    columns: tuple[str, ...] = ()


def read_half(text: str, length: int) -> tuple[str, ...]:
    """Return the codes of one half of a month, one sign or key a day; raises Refused naming the place."""
    names = [char for char in text if not char.isspace()]
    if len(names) != length:
        raise refuse("length", f"这一行应有{length}个符号（每天一个，空着用-），现有{len(names)}个", "days")
    texts = []
    for number, char in enumerate(names, 1):
        code = "" if char in NOTHING else _code(char)
        if code is None:
            raise refuse("sign", f"{number}日的“{char}”不是考勤符号，请填：{codes.ACCEPTED}", "days", article=10)
        texts.append(code)
    return tuple(texts)


def _code(char: str) -> str | None:
    mark = codes.KEYS.get(char.upper())
    return mark.code if mark else codes.parse_half(char)


def check(desk: Desk, month: str, line: KeyedLine, county: str = "") -> LineCheck:
    """Return the totals of a keyed line beside the paper's; raises Refused for a text that is no sign."""
    return _checked(teammonth.read(desk, month, county), line)


def _checked(team: TeamMonth, line: KeyedLine) -> LineCheck:
    member = next((item for item in team.members if item.posting.id == line.posting), None)
    if member is None:
        raise refuse("posting", f"{team.month_text}考勤簿上没有这个人，请刷新后重试", "posting")
    if len(line.totals) != len(HEADINGS):
        raise refuse("totals", f"请按考勤簿填写{len(HEADINGS)}项合计：{'、'.join(HEADINGS)}", "totals")
    length = team.last.day
    pairs = zip(read_half(line.morning, length), read_half(line.afternoon, length), strict=True)
    days = tuple(codes.join(*pair) for pair in pairs)
    numbers = monthbooks.totals_of(member, days, monthbooks.villages_of(team)).days
    differences = tuple(
        f"{heading}：纸上{paper:g}天，录入{own:g}天，差{abs(paper - own):g}天"
        for heading, paper, own in zip(HEADINGS, line.totals, numbers, strict=True)
        if paper != own
    )
    return LineCheck(
        posting=line.posting,
        name=member.name,
        days=days,
        counted=numbers,
        differences=differences,
        reason=line.reason.strip(),
    )


def save(
    desk: Desk,
    month: str,
    keyed: Iterable[KeyedLine],
    county: str = "",
    columns: Sequence[tuple[float, float]] = (),
) -> KeybackOutcome:
    """Save every line that agrees with its paper, in one commit; the others are handed back and nothing of them kept.

    `columns` are the paper's numbers in the county by day, morning and afternoon; a difference is said, and holds
    nothing back. Raises Refused for signs that are none, days not served and closed months; then nothing is written.
    """
    team = teammonth.read(desk, month, county)
    if why := closedmonths.why(desk.store, month, team.county):
        raise refuse("month.closed", next(iter(why.values())), "month", article=10)
    checked = [_checked(team, line) for line in keyed]
    if len({one.posting for one in checked}) < len(checked):
        raise refuse("twice", "同一个人录入了两行，请核对", "posting")
    fine = [one for one in checked if one.agrees]
    members = {member.posting.id: member for member in team.members}
    records: list[Record] = []
    for one in fine:
        records += _records(desk, team, members[one.posting], one)
    with desk.amending(desk.reason or "；".join(dict.fromkeys(one.reason for one in fine if one.reason))):
        registers.save_all(desk, records)
    held_back = tuple(one for one in checked if not one.agrees)
    texts = tuple(_columns(checked, columns, monthbooks.villages_of(team)))
    return KeybackOutcome(saved=tuple(one.name for one in fine), held_back=held_back, columns=texts)


def _records(desk: Desk, team: TeamMonth, member: Member, one: LineCheck) -> list[Record]:
    """Return the month as keyed, and the note that confirms a line whose totals do not agree."""
    record_id = month_id(one.posting, team.month)
    attendance = desk.store.get(Attendance, record_id)
    blank = attendance or Attendance(id=record_id, posting=one.posting, month=team.month)
    days = dict(zip(DAYS, one.days, strict=False))
    keyed = blank.keyed or desk.today()
    record = msgspec.structs.replace(blank, deleted=False, keyed=keyed, **_sources(blank, days))
    if problems := problems_of(record, member.posting):
        raise Refused([_named(one.name, problem) for problem in problems])
    if not one.differences:
        return [record]
    note_id = f"{record_id}/totals"
    before = desk.store.get(Explanation, note_id)
    note = msgspec.structs.replace(
        before or Explanation(id=note_id, posting=one.posting),
        deleted=False,
        what=f"{team.month_text}考勤簿合计与逐日登记不符：{'；'.join(one.differences)}"[:300],
        words=one.reason,
        by=desk.user,
        said=desk.today(),
        turn=(before.turn or 0) + 1 if before else 1,
    )
    return [record, note]


def _sources(attendance: Attendance, days: Mapping[str, str]) -> dict[str, str]:
    """Return the days to keep: a half that says the same as before keeps where it came from."""
    values = {}
    for name, day in days.items():
        pairs = zip(codes.halves(getattr(attendance, name)), codes.halves(day), strict=True)
        values[name] = codes.join(*(before if before[:2] == now else now for before, now in pairs))
    return values


def _named(name: str, problem: Problem) -> Problem:
    return msgspec.structs.replace(problem, sentence=f"{name}：{problem.sentence}")


def _columns(
    checked: Sequence[LineCheck], columns: Sequence[tuple[float, float]], villages: frozenset[str]
) -> Iterable[str]:
    """Yield in words every day whose number in the county is not the paper's."""
    for number, (paper, half) in enumerate((pair, half) for pair in columns for half in (0, 1)):
        day = number // 2
        own = sum((lines.of_half(codes.halves(one.days[day])[half], villages) for one in checked), Totals()).county
        if paper[half] != own:
            yield f"{day + 1}日{'下午' if half else '上午'}：纸上{paper[half]:g}人，录入{own}人"
