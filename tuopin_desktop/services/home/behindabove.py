"""The rows behind each number of the first page above the counties: counted from the same lists, so exactly as many."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.codes import day_sign
from tuopin_desktop.domain.attendance.presencerate import OPEN, REACHED, SHORT
from tuopin_desktop.domain.duties.duty import Duty, State
from tuopin_desktop.domain.findings import article_words, gravest_first
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import OUT, on_list
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Office, Team
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.home import abovehome
from tuopin_desktop.services.home.abovestate import LATE, ON_TIME, UNSENT, AboveState, CountyLine
from tuopin_desktop.services.home.rowsbehind import Behind, BehindRow
from tuopin_desktop.services.judging.teamfigures import PersonMonth
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.registers import conflicts
from tuopin_desktop.services.registers.places import page_of
from tuopin_desktop.services.shelves import merge


class _Look(msgspec.Struct, frozen=True):
    """What is asked of: the desk, the page as it stands, the league or county ("" all), its name."""

    desk: Desk
    state: AboveState
    place: str
    name: str

    @property
    def month(self) -> str:
        return f"{int(self.state.month[5:])}月" if self.state.month else ""

    @property
    def of(self) -> str:
        return f"{self.name}的" if self.name else ""

    def county(self, code: str) -> str:
        return self.desk.vocabulary["旗县"].word(code)

    def league(self, code: str) -> str:
        return dict(self.state.leagues).get(code[:4], "")

    def holds(self, record_id: str) -> bool:
        return record_id.startswith(self.place)


def behind(desk: Desk, figure: str, place: str, state: AboveState) -> Behind:
    """Return the rows of a number of the page, of a league or county by its code or of all; raises Refused."""
    if figure not in FIGURES:
        raise refuse("figure", "没有这个数，请回到首页重新选择")
    leagues = dict(state.leagues)
    line = next((one for one in state.lines if one.team.county == place), None)
    name = line.team.name if line and len(place) > 4 else leagues.get(place, "")
    return FIGURES[figure](_Look(desk, state, place, name))


# -- counties by their report

_CALL = ("旗县", "盟市", "月报", "报出日期", "近12个月未报", "最近收包", "联系人、电话")
_CALL_WIDTHS = (150, 110, 90, 110, 120, 110, 0)


def _reports(what: str, text: str, *states: str) -> Callable[[_Look], Behind]:
    def rows(look: _Look) -> Behind:
        lines = [one for one in look.state.of(look.place) if one.report in states]
        contact = _contacts(look.desk)
        due = look.state.due
        until = f"应{due.month}月{due.day}日前报" if due else ""
        return Behind(
            title=f"{look.of}{look.month}月报{what}",
            chip=f"{look.month}月报：{what} {len(lines)}个旗县",
            definition=f"{text}；{until}，按报出（签发）的日期算",
            headings=_CALL,
            widths=_CALL_WIDTHS,
            rows=tuple(_county_row(look, one, contact) for one in lines),
            toned=2,
            unit="个旗县",
        )

    return rows


def _contacts(desk: Desk) -> Mapping[str, str]:
    """Return whom to ring, by county: the office's clerk where its record has come here, else the team's number."""
    teams = {one.county: one.phone for one in desk.store.rows(Team, scope=desk.scope)}
    offices = {ids.owner(one.id): f"{one.clerk} {one.phone}".strip() for one in desk.store.rows(Office)}
    return teams | {code: text for code, text in offices.items() if text}


def _county_row(look: _Look, line: CountyLine, contact: Mapping[str, str]) -> BehindRow:
    team, day = line.team, line.sent_on
    age = "没有收到过" if team.age is None else "今天" if not team.age else f"{team.age}天前"
    cells = (
        team.name,
        look.league(team.county),
        line.report,
        f"{day.month}月{day.day}日" if day else "",
        f"{sum(one == 0 for one in line.marks)}次",
        age,
        contact.get(team.county, ""),
    )
    tone = {ON_TIME: "ok", LATE: "warn", UNSENT: "bad"}.get(line.report, "quiet")
    return BehindRow(key=team.county, cells=cells, page="roster", subject=f"team:{team.county}/team", tone=tone)


# -- people

_PEOPLE = ("姓名", "旗县", "职务", "情况")
_PEOPLE_WIDTHS = (130, 160, 200, 0)


def _people(look: _Look, title: str, definition: str, rows: Iterable[BehindRow]) -> Behind:
    some = tuple(rows)
    return Behind(
        title=f"{look.of}{title}",
        chip=f"{look.of}{title} {len(some)}人",
        definition=definition,
        headings=_PEOPLE,
        widths=_PEOPLE_WIDTHS,
        rows=some,
        unit="人",
    )


def _posted(states: tuple[str, ...], title: str, definition: str) -> Callable[[_Look], Behind]:
    def rows(look: _Look) -> Behind:
        everybody = roster.people(look.desk, stories=merge.stories(look.desk))
        some = [one for one in everybody if one.state in states and one.posting and look.holds(one.posting.county)]
        return _people(look, title, definition, map(_person_row, some))

    return rows


def _person_row(row: roster.PersonRow) -> BehindRow:
    post = POSITION.word(row.posting.position) if row.posting else ""
    cells = (row.person.name, row.county_name, post, row.state)
    return BehindRow(key=row.person.id, cells=cells, page="roster", subject=ids.key("person", row.person.id))


def _registered(title: str, definition: str, *, keyed: bool) -> Callable[[_Look], Behind]:
    def rows(look: _Look) -> Behind:
        month = f"{look.desk.today():%Y-%m}"
        some = [
            BehindRow(
                key=one.posting,
                cells=(one.name, look.county(code), "", day_sign(one.own) if keyed else "今天没有登记"),
                page="attendance",
                subject=f"attendance:{one.posting}/{month}",
            )
            for code, team in merge.team_days(look.desk).items()
            if look.holds(code) and code
            for one in team.members
            if bool(one.own) is keyed
        ]
        return _people(look, title, definition, some)

    return rows


def _standing(state: str, title: str, definition: str) -> Callable[[_Look], Behind]:
    def rows(look: _Look) -> Behind:
        figures = merge.months(look.desk, look.state.month).values() if look.state.month else ()
        some = [one for team in figures if look.holds(team.county) for one in team.people if one.state == state]
        return _people(look, f"{look.month}{title}", definition, (_month_row(look, one) for one in some))

    return rows


def _month_row(look: _Look, one: PersonMonth) -> BehindRow:
    blank = f"，{one.missing:g}天没有登记" if one.missing else ""
    cells = (one.name, look.county(one.county), one.position, f"在旗县{one.days:g}天，应满{one.needed}天{blank}")
    subject = f"attendance:{one.posting}/{look.state.month}"
    return BehindRow(key=one.posting, cells=cells, page="attendance", subject=subject)


# -- slips

_SLIPS = ("姓名", "旗县", "报备单", "情况")


def _slips(choose: Callable[[_Look], Sequence[Story]], title: str, definition: str) -> Callable[[_Look], Behind]:
    def rows(look: _Look) -> Behind:
        some = tuple(_slip_row(look, one) for one in choose(look) if look.holds(one.slip.id))
        return Behind(
            title=f"{look.of}{title}",
            chip=f"{look.of}{title} {len(some)}人",
            definition=definition,
            headings=_SLIPS,
            widths=_PEOPLE_WIDTHS,
            rows=some,
            unit="张",
        )

    return rows


def _slip_row(look: _Look, story: Story) -> BehindRow:
    slip, until = story.slip, story.journey.until
    end = f"，应{until[0].month}月{until[0].day}日返回" if until else ""
    cells = (slip.name, look.county(ids.owner(slip.id)), slip.number, f"{slip.place}{end}，{story.state_words}")
    return BehindRow(key=slip.id, cells=cells, page="leave", subject=ids.key("leave_slip", slip.id))


def _out(look: _Look) -> list[Story]:
    return [one for one in _measured(look) if on_list(one, OUT)]


def _late(look: _Look) -> list[Story]:
    return [one for one in _measured(look) if on_list(one, Watch.OVERDUE.name)]


def _measured(look: _Look) -> list[Story]:
    return [one for one in merge.stories(look.desk) if pack_of(one.slip) == look.desk.policy.id]


# -- duties, and what waits here


def _overdue(look: _Look) -> Behind:
    duties = merge.duties(look.desk).get(look.desk.today().year, ())
    some = [one for one in duties if one.county and look.holds(one.county) and one.state is State.OVERDUE]
    return Behind(
        title=f"{look.of}逾期事项",
        chip=f"{look.of}逾期 {len(some)}项",
        definition="今年期限已过、还没有办的履职事项，一期一项；不论一般要求还是必须",
        headings=("事项", "旗县", "由谁办", "所属期", "情况"),
        widths=(170, 150, 220, 150, 0),
        rows=tuple(_duty_row(look, one) for one in some),
        unit="项",
    )


def _duty_row(look: _Look, duty: Duty) -> BehindRow:
    cells = (duty.what, look.county(duty.county), duty.who, duty.period, radar.state_words(duty))
    return BehindRow(key=duty.key, cells=cells, page="duties", subject=f"duty:{duty.due.year}/@{duty.county}")


def _requests(look: _Look) -> Behind:
    rows = [
        BehindRow(
            key=one.application.id,
            cells=(one.name, one.county_name, _day(one.application.applied), one.application.words),
            page="appraisal",
            subject="cases",
        )
        for one in abovehome.requests(look.desk)
    ]
    return _waiting(
        "更换人员申请待批复", "派出单位书面申请、本办还没有批复的", ("姓名", "旗县", "申请日期", "原因"), rows
    )


def _conflicts(look: _Look) -> Behind:
    rows = [
        BehindRow(
            key=f"{one.kind} {one.id} {one.field} {at}",
            cells=(one.title, look.county(ids.owner(one.id)), one.label, f"{one.kept} / {one.lost}"),
            page="exchange",
            subject="conflicts",
        )
        for at, one in enumerate(conflicts.listed(look.desk))
    ]
    return _waiting("两边不一致", "两处都改过、还没有确认其一的", ("登记", "旗县", "栏目", "两边的内容"), rows)


def _doubts(look: _Look) -> Behind:
    some = [one for one in abovehome.pending(look.desk) if look.holds(one.item.county)]
    rows = [
        BehindRow(
            key=one.id,
            cells=(one.item.who, one.county_name, one.title, one.item.sentence),
            page="checks",
            subject=ids.key("contradiction", one.id),
        )
        for one in some
    ]
    return _waiting("疑点待核", "几处记录互相矛盾，还没有说明原因的", ("姓名", "旗县", "疑点", "情况"), rows)


def _findings(look: _Look) -> Behind:
    rows = [
        BehindRow(
            key=f"{one.rule} {one.subject}",
            cells=(one.subject_words, one.verdict.label, article_words(one.article), one.sentence),
            page=page_of(ids.split(one.subject)[0]),
            subject=one.subject,
        )
        for one in gravest_first(merge.to_do(look.desk))
    ]
    return _waiting(
        "按办法核对", "按管理办法判断为不符、疑似、提醒的，重的在前", ("对象", "结论", "条款", "说明"), rows
    )


def _waiting(title: str, definition: str, headings: tuple[str, ...], rows: Sequence[BehindRow]) -> Behind:
    return Behind(
        title=title,
        chip=f"{title} {len(rows)}",
        definition=definition,
        headings=headings,
        widths=(220, 140, 130, 0),
        rows=tuple(rows),
    )


def _day(day: date | None) -> str:
    return day_words(day) if day else ""


FIGURES: dict[str, Callable[[_Look], Behind]] = {
    "reports": _reports("应报", "应报月报的旗县", ON_TIME, LATE, UNSENT),
    "reported": _reports("已报", "收到了月报的，按时和迟报都在内", ON_TIME, LATE),
    "on_time": _reports("按时", "收到的月报在期限当日或以前签发", ON_TIME),
    "late_reports": _reports("迟报", "收到的月报在期限以后签发", LATE),
    "unsent": _reports("未报", "应报而还没有收到月报", UNSENT),
    "serving": _posted(("在岗", "外出"), "在派人员", "今天派驻着的，外出的也在内"),
    "present": _posted(("在岗",), "今日在岗", "在派人数减去外出未归的"),
    "registered": _registered("今天已登记考勤", "今天的考勤已经登记的，一天或半天", keyed=True),
    "presumed": _registered("今天没有登记考勤", "在派、今天的考勤还没有登记的，外出的也在内", keyed=False),
    "reached": _standing(REACHED, "满20天", "已登记的天数达到应满天数的"),
    "short": _standing(SHORT, "不足20天", "没有登记的全算上也不够应满天数的"),
    "unknown": _standing(OPEN, "没有登记全", "没有登记的日子使人不能判断够不够的"),
    "overdue": _overdue,
    "out": _slips(_out, "外出未归", "已离岗、还没有销假的报备单，超假的也在内"),
    "late": _slips(_late, "超假", "过了应返日期和宽限、还没有销假的报备单"),
    "approvals": _slips(
        lambda look: abovehome.awaiting(merge.stories(look.desk)),
        "队长请假待本办登记意见",
        "别的意见都有了，只差本办自己登记的",
    ),
    "requests": _requests,
    "conflicts": _conflicts,
    "doubts": _doubts,
    "findings": _findings,
}
"""Every number of the page by its key; the sums and the queue of `AboveState` count the same."""
