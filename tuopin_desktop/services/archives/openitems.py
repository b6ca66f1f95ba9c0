"""The items still open of a term, by their groups: read from the very answers whose alarms ended with the term."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.watch import brief, watches
from tuopin_desktop.domain.policy import FIRST_PACK, pack_of
from tuopin_desktop.domain.records import Person, Posting, TermSeal
from tuopin_desktop.domain.sealing import SEALED
from tuopin_desktop.services.duties import mending
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.exchange import packageboard
from tuopin_desktop.services.judging.teamday import TeamDay
from tuopin_desktop.services.judging.terms import Term
from tuopin_desktop.services.office import offices, unsaved
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import conflicts
from tuopin_desktop.services.shelves import merge

ENDING = "离任登记"
"""The group of postings without an end; one stroke ends them all with the term."""
_TOLD_ELSEWHERE = frozenset({"leave_slip", "contradiction"})
_PAGES = {"attendance": "attendance", "posting": "roster", "person": "roster", "team": "roster"}


class OpenItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing: its key (never that of another), what and how it stands, and the page and subject that mend it."""

    key: str
    group: str
    what: str
    text: str
    button: str
    page: str
    subject: str


def open_items(desk: Desk, term: Term) -> Iterator[OpenItem]:
    """Yield what is open of a term, in the order in which it is best done."""
    if term.pack == desk.policy.id:
        for make in _OF_COUNTY if desk.level is Level.COUNTY else _OF_ABOVE:
            yield from make(desk, term)
    else:
        yield from _postings(desk, term)
        yield from _slips(desk, term)
    for make in _OF_ANY:
        yield from make(desk, term)


def _postings(desk: Desk, term: Term) -> Iterator[OpenItem]:
    for one in unended(desk, term):
        person = desk.store.get(Person, one.person)
        yield OpenItem(
            key=f"posting {one.id}",
            group=ENDING,
            what=person.name if person else "（姓名未登记）",
            text="派驻没有登记结束日期",
            button="登记离任",
            page="roster",
            subject=ids.key("posting", one.id),
        )


def unended(desk: Desk, term: Term) -> list[Posting]:
    """Return this office's postings of a term that have no end."""
    rows = desk.store.rows(Posting, {"until": None}, scope=desk.scope)
    return [one for one in rows if (one.pack or FIRST_PACK) == term.pack]


def _slips(desk: Desk, term: Term) -> Iterator[OpenItem]:
    today = desk.today()
    for story in merge.stories(desk):
        lists = watches(story) if pack_of(story.slip) == term.pack else ()
        if lists:
            yield OpenItem(
                key=f"slip {story.slip.id} {' '.join(one.name for one in lists)}",
                group="报备单",
                what=f"{story.slip.name} {story.slip.number or '未编号'}",
                text="、".join(dict.fromkeys([*(one.value for one in lists), brief(story, today)])).rstrip("、"),
                button="打开",
                page="leave",
                subject=ids.key("leave_slip", story.slip.id),
            )


def _months(desk: Desk, term: Term) -> Iterator[OpenItem]:
    for county, team in merge.team_days(desk).items():
        for month in team.unclosed:
            if month <= f"{term.last:%Y-%m}":
                yield OpenItem(
                    key=f"month {county} {month}",
                    group="考勤结账",
                    what=f"{month[:4]}年{int(month[5:])}月",
                    text="没有结账",
                    button="去结账",
                    page="attendance",
                    subject=month,
                )


def _duties(desk: Desk, _term: Term) -> Iterator[OpenItem]:
    own = desk.level is Level.COUNTY
    for of_year in merge.duties(desk).values():
        for one in of_year:
            if one.state.open and (own or not one.county):
                page, _, button = mending.way(one)
                yield OpenItem(
                    key=f"duty {one.key}",
                    group="履职事项",
                    what=f"{one.what}（{one.period}）",
                    text=f"{one.who}，{one.state.label}{'：' + one.said if one.said else ''}",
                    button=button,
                    page=page,
                    subject=mending.goal(one),
                )


def _doubts(desk: Desk, _term: Term) -> Iterator[OpenItem]:
    for row in evidence.select(evidence.from_shelves(desk), state="pending"):
        yield OpenItem(
            key=f"doubt {row.id}",
            group="疑点",
            what=row.item.who,
            text=row.item.sentence,
            button="去说明",
            page="checks",
            subject=ids.key("contradiction", row.id),
        )


def _findings(desk: Desk, term: Term) -> Iterator[OpenItem]:
    owed = {(one.rule, one.subject) for some in merge.duties(desk).values() for one in some if one.state.open}
    for one in merge.to_do(desk):
        kind = ids.split(one.subject)[0]
        if (one.pack or FIRST_PACK) != term.pack or kind in _TOLD_ELSEWHERE or (one.rule, one.subject) in owed:
            continue
        page = _PAGES.get(kind, "duties")
        yield OpenItem(
            key=f"finding {one.rule} {one.subject}",
            group="按办法核对",
            what=one.subject_words,
            text=one.sentence,
            button="看考勤" if page == "attendance" else "去更正",
            page=page,
            subject=one.subject if page != "duties" else "",
        )


def _files(desk: Desk, term: Term) -> Iterator[OpenItem]:
    for one in merge.team_days(desk).get(desk.scope, TeamDay()).incomplete:
        packs = {posting.pack or FIRST_PACK for posting in desk.store.rows(Posting, {"person": one.person})}
        if packs == {term.pack}:
            yield OpenItem(
                key=f"file {one.person} {one.text}",
                group="花名册",
                what=one.name,
                text=f"{one.text}未填",
                button="补填信息",
                page="roster",
                subject=ids.key("person", one.person),
            )


def _below(desk: Desk, term: Term) -> Iterator[OpenItem]:
    """Yield the counties below whose term is not sealed, as far as it is told here."""
    sealed = {ids.owner(one.id) for one in desk.store.rows(TermSeal, {"pack": term.pack, "state": SEALED})}
    for county in offices.counties(desk):
        if county.code not in sealed:
            yield OpenItem(
                key=f"county {county.code}",
                group="旗县封存",
                what=county.name,
                text="没有收到它封存任期的登记",
                button="看收发情况",
                page="exchange",
                subject="",
            )


def _packages(desk: Desk, _term: Term) -> Iterator[OpenItem]:
    board = packageboard.board(desk)
    if board.unready:
        yield _package("unready", "本机", board.unready)
        return
    for row in board.rows:
        texts = (
            (row.gap, f"来包没有收下：{row.gap}"),
            (row.unsent, f"{row.unsent}条改动没有报送"),
            (row.open, f"{row.open}个数据包没有回执"),
        )
        yield from (_package(f"{row.office} {at}", row.name, text) for at, (what, text) in enumerate(texts) if what)


def _package(key: str, what: str, text: str) -> OpenItem:
    return OpenItem(
        key=f"package {key}", group="收发数据包", what=what, text=text, button="去收发", page="exchange", subject=""
    )


def _conflicts(desk: Desk, _term: Term) -> Iterator[OpenItem]:
    for one in conflicts.listed(desk):
        yield OpenItem(
            key=f"conflict {one.kind}:{one.id} {one.field}",
            group="两边不一致",
            what=one.title,
            text=f"{one.label}：{one.why or '两个单位登记的不同'}",
            button="去确认",
            page="exchange",
            subject="",
        )


def _drafts(desk: Desk, _term: Term) -> Iterator[OpenItem]:
    for one in unsaved.waiting(desk):
        yield OpenItem(
            key=f"draft {one.page} {one.key}",
            group="没有保存的草稿",
            what=one.label,
            text="输入过，没有保存",
            button="去保存",
            page=one.page,
            subject="",
        )


_Make = Callable[[Desk, Term], Iterable[OpenItem]]
_OF_COUNTY: tuple[_Make, ...] = (_postings, _slips, _months, _duties, _doubts, _findings, _files)
_OF_ABOVE: tuple[_Make, ...] = (_duties, _below)
_OF_ANY: tuple[_Make, ...] = (_conflicts, _drafts, _packages)
