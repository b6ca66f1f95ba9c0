"""Spot checks from the sheet to the last closed finding: record, list, cover, put right, close (Art. 10)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain import shortened
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Check, OwnCheck, Posting, Rectification, SpotCheck
from tuopin_desktop.domain.spotchecks.course import Course, Stage, courses, has_finding
from tuopin_desktop.domain.spotchecks.expected import ExpectedPosition, expected
from tuopin_desktop.domain.under import under
from tuopin_desktop.domain.validate import tidy
from tuopin_desktop.domain.voices import claimed
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.spotchecks import draws


class SpotCheckRow(msgspec.Struct, frozen=True, kw_only=True):
    """A check as a list shows it: whom, by whom, how it stands, and whether this office may close it."""

    course: Course
    whom: str
    county: str
    office: str
    may_close: bool

    @property
    def id(self) -> str:
        """Return the check's id."""
        return self.course.check.id


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """A team's checks: the last one, how many in the last twelve months, people never checked, findings open."""

    county: str
    name: str
    last: date | None
    days: int | None
    count: int
    people: int
    unseen: tuple[str, ...]
    pending: int
    overdue: int
    repeated: int


def rows(desk: Desk) -> list[SpotCheckRow]:
    """Return every check this office keeps with what became of it, newest first."""
    result = courses(draws.every_check(desk), ordering.rows(desk, Rectification, scope=desk.scope), desk.today())
    called = draws.names(desk, [item.check.posting for item in result if item.check.posting])
    counties = desk.vocabulary["旗县"].labels
    return [_row(desk, item, called, counties) for item in reversed(result)]


def _row(desk: Desk, course: Course, called: Mapping[str, str], counties: Mapping[str, str]) -> SpotCheckRow:
    check = course.check
    return SpotCheckRow(
        course=course,
        whom=called.get(check.posting, check.posting).partition("（")[0] if check.posting else "全队",
        county=counties.get(check.county, check.county),
        office="自治区" if isinstance(check, SpotCheck) else "自查",
        may_close=may_write(desk.scope, type(check), check.id, ("closed",)) is None,
    )


def coverage(desk: Desk) -> list[Coverage]:
    """Return the coverage of each team (last check, people not seen, findings), never checked first."""
    today = desk.today()
    course_list = courses(draws.every_check(desk), ordering.rows(desk, Rectification, scope=desk.scope), today)
    by_team: dict[str, list[Course]] = {}
    for item in course_list:
        by_team.setdefault(item.check.county, []).append(item)
    facts = under(judging.roster(desk), desk.policy.id)
    manned = {code for code in facts.postings_by_county if facts.active(code)}
    coverages = [_covered(facts, code, by_team.get(code, []), today) for code in manned | set(by_team)]
    return sorted(coverages, key=lambda item: (item.last or date.min, item.county))


def _covered(facts: Facts, county: str, own: Sequence[Course], today: date) -> Coverage:
    past = [item for item in own if item.check.checked and item.check.checked <= today]
    last = max((item.check.checked for item in past if item.check.checked), default=None)
    names = {item.check.posting for item in past if item.check.found != "not_checked"}
    active = sorted(facts.active(county), key=team_order)
    since = today - timedelta(days=365)
    return Coverage(
        county=county,
        name=facts.county_name(county),
        last=last,
        days=(today - last).days if last else None,
        count=len({item.check.checked for item in past if item.check.checked and item.check.checked > since}),
        people=len(active),
        unseen=tuple(facts.name_of(item.person) for item in active if item.id not in names),
        pending=sum(item.stage.pending for item in own),
        overdue=sum(item.stage is Stage.OVERDUE for item in own),
        repeated=sum(item.repeated for item in own),
    )


def expectations(desk: Desk, county: str, day: date) -> list[tuple[Posting, str, ExpectedPosition]]:
    """Return who serves in a team on a day, their names, and where each should be; in the order of the team."""
    facts = judging.measured(desk)
    policy = judging.policy_on(desk, day)
    calendar = facts.calendar.of(county)
    result = []
    for posting in sorted(facts.active(county, day), key=team_order):
        months = facts.attendance_of.get(posting.id, ())
        record = next((item for item in months if item.month == f"{day:%Y-%m}"), None)
        covers = facts.covers(posting.person, policy)
        result.append((posting, facts.name_of(posting.person), expected(record, covers, calendar, day)))
    return result


def kind_here(desk: Desk) -> type[Check]:
    """Return the kind of check this office makes."""
    return SpotCheck if desk.level is Level.REGION else OwnCheck


def drafts(desk: Desk, county: str, day: date, draw: str = "") -> list[Check]:
    """Return an unsaved check for everybody of a team and one for the team as a whole, filled in as expected."""
    cls = kind_here(desk)

    def blank(posting: str, result: str) -> Check:
        return cls(
            id=registers.new_id(desk, county),
            checked=day,
            manner="open",
            checker=desk.user,
            county=county,
            posting=posting,
            found=result,
            draw=draw,
        )

    checks = [blank(posting.id, there.result) for posting, _, there in expectations(desk, county, day)]
    return [*checks, blank("", "not_checked")]


def problems(desk: Desk, check: Check) -> list[Problem]:
    """Return what keeps a check from being recorded."""
    faults = registers.check(desk, check)
    posting = desk.store.get(Posting, check.posting) if check.posting else None
    if posting is not None and posting.county != check.county:
        faults.append(_problem("check.county", "被查人员不在这个旗县的总队，请核对", "posting"))
    if check.checked and check.checked > desk.today():
        faults.append(_problem("check.ahead", f"检查日期{check.checked}还没有到，检查之后再登记", "checked"))
    if check.checked and check.due and check.due < check.checked:
        faults.append(_problem("check.due", "整改期限早于检查日期，请核对", "due"))
    if not check.id.startswith(f"{check.county}/") and check.county:
        faults.append(_problem("check.owner", "检查记录归被查旗县，请从该旗县重新登记", "county"))
    return faults


def record(desk: Desk, results: Sequence[Check]) -> list[Check]:
    """Check and keep the results of a check, all or none; a finding without a date to be put right by gets one.

    Raises Refused naming the fields.
    """
    days = judging.policy_on(desk, desk.today()).number("spot_check.rectify_days")
    ready = [_dated(_own(desk, tidy(item)), days) for item in results]
    if faults := [problem for item in ready for problem in problems(desk, item)]:
        raise Refused(faults)
    desk.commit(Change(item.kind.name, item.id, scalars(item)) for item in ready)
    return ready


def _own(desk: Desk, check: Check) -> Check:
    """Return a new check with whose it is filled in."""
    return check if desk.store.get(type(check), check.id) is not None else claimed(check, desk.scope)


def _dated(check: Check, days: int) -> Check:
    if not has_finding(check) or check.due or check.closed or check.checked is None:
        return check
    return msgspec.structs.replace(check, due=check.checked + timedelta(days=days))


def posting_called(desk: Desk, county: str, name: str, day: date | None = None) -> str:
    """Return the posting of a person of a team by name or posting id, "" for nobody said; raises Refused."""
    if not name or "/" in name:
        return name
    facts = judging.measured(desk)
    serving = sorted(facts.active(county, day or desk.today()), key=team_order)
    lines = [item.id for item in serving if facts.name_of(item.person) == name]
    if len(lines) != 1:
        names = "、".join(facts.name_of(item.person) for item in serving)
        raise refuse(
            "check.person", f"{facts.county_name(county)}总队没有“{name[:50]}”或不止一人，现有：{names}", "posting"
        )
    return lines[0]


def called(desk: Desk, text: str) -> Check:
    """Return the check of an id, or of the first signs of its own part; raises Refused."""
    every = {item.id.partition("/")[2]: item for item in draws.every_check(desk)}
    exact = [item for item in every.values() if item.id == text]
    checks = exact or [every[number] for number in shortened.expand(text, every)]
    if len(checks) != 1:
        why = shortened.unclear(text, [item.id.partition("/")[2] for item in checks], every)
        raise refuse("check", f"找不到这条抽查记录：{why}；请用 spotcheck list 查记录号", "check")
    return checks[0]


def rectify(desk: Desk, check_id: str, day: date, text: str, *, by: str = "", evidence: str = "") -> Rectification:
    """Note what was put right about a finding; raises Refused."""
    check = called(desk, check_id)
    if not has_finding(check):
        raise refuse("check.clear", "这次检查没有发现问题，不需要整改", "check")
    if check.checked and day < check.checked:
        raise refuse("check.done", f"整改日期早于检查日期{check.checked}，请核对", "done")
    rectification = Rectification(
        id=registers.new_id(desk, check.county), check=check.id, done=day, words=text, by=by, evidence=evidence
    )
    return registers.save(desk, rectification)


def close(desk: Desk, check_id: str, *, by: str, text: str = "", on: date | None = None) -> Check:
    """Close a finding: whoever checked says it is put right. Raises Refused, also for an office that did not check."""
    check = called(desk, check_id)
    if not has_finding(check):
        raise refuse("check.clear", "这次检查没有发现问题，不需要销号", "check")
    if check.closed:
        raise refuse("check.closed", f"已于{check.closed}销号", "check")
    day = on or desk.today()
    if check.checked and day < check.checked:
        raise refuse("check.done", f"销号日期早于检查日期{check.checked}，请核对", "closed")
    return registers.save(desk, msgspec.structs.replace(check, closed=day, closed_by=by, closed_words=text))


def reopen(desk: Desk, check_id: str) -> Check:
    """Reopen a closed finding; raises Refused for an office that did not make the check."""
    check = called(desk, check_id)
    return registers.save(desk, msgspec.structs.replace(check, closed=None, closed_by="", closed_words=""))


def _problem(code: str, sentence: str, name: str) -> Problem:
    return Problem(code=code, sentence=sentence, fields=(name,), article=10)
