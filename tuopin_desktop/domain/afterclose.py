"""What was written about a closed month after its close: nothing of it counts, and nothing of it is passed over.

The roll of the close is held against the same month as the records stand today. Each difference says what it is, whose
days it concerns, and by which correction slip it was taken over; without one the closed days go on counting.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from tuopin_desktop.domain.attendance.closing import policy_of, terms_kept, terms_of
from tuopin_desktop.domain.attendance.codes import AWAY, day_sign, halves
from tuopin_desktop.domain.attendance.laidover import days_of, stretch_of
from tuopin_desktop.domain.attendance.months import begins, month_id, served, span_of
from tuopin_desktop.domain.attendance.roll import Roll, RollLine, SlipDays, StayDays, roll_line
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.leave.count import runs, short_words
from tuopin_desktop.domain.policy import Policy, pack_of
from tuopin_desktop.domain.records import Correction, MonthClose, Posting
from tuopin_desktop.domain.records.choices import POSITION


class AfterClose(msgspec.Struct, frozen=True, kw_only=True):
    """One difference: its kind in words (报备单, 培训, 行程 ...), whose it is ("" of the whole team), what it says.

    `record` is the log key of what was written, `numbers` are the days of the month it touches, `corrections` the
    correction slips that have taken all of these days over.
    """

    what: str
    posting: str
    name: str
    pack: str
    record: str
    words: str
    numbers: tuple[int, ...] = ()
    corrections: tuple[str, ...] = ()

    @property
    def settled(self) -> str:
        """Return by what it was settled, in words."""
        return f"更正单{'、'.join(self.corrections)}" if self.corrections else ""


def after_close(
    facts: Facts, close: MonthClose, roll: Roll, policy: Policy, corrections: Iterable[Correction]
) -> tuple[AfterClose, ...]:
    """Return what differs of a closed month today; `policy` is that of the day, `corrections` those of its closing."""
    living, policy = facts.living, policy.on(begins(close.month))
    values_by_key: dict[str, dict[int, str]] = defaultdict(dict)
    for item in corrections:
        if item.day is not None and not item.deleted and item.edition == close.edition:
            values_by_key[item.posting][item.day.day] = item.number
    after_closes = [*_team(living, close, policy)]
    for line in roll.lines:
        changes = _line(facts, close, line, policy)
        after_closes += [_settled(one, values_by_key.get(line.posting, {})) for one in changes]
    on_roll = {line.posting for line in roll.lines}
    after_closes += _late(living, close, on_roll)
    return tuple(after_closes)


def _settled(one: AfterClose, values: Mapping[int, str]) -> AfterClose:
    if not one.numbers or not values.keys() >= {*one.numbers}:
        return one
    return msgspec.structs.replace(one, corrections=tuple(dict.fromkeys(values[number] for number in one.numbers)))


def _team(living: Facts, close: MonthClose, policy: Policy) -> Iterator[AfterClose]:
    """Yield what changed for the whole team: the calendar and the rulings."""
    span = span_of(close.month)
    assert span is not None, "only months are closed"
    now = living.calendar.of(close.county).day_signs(*span)
    turned = [place for place, pair in enumerate(zip(close.days, now, strict=False), 1) if pair[0] != pair[1]]
    if turned:
        days = "、".join(f"{place}日{'改为工作日' if now[place - 1] == '1' else '改为休息日'}" for place in turned)
        yield AfterClose(
            what="节假日", posting="", name="", pack="", record="", words=days, numbers=tuple(turned)
        )  # fmt: skip
    for pack, terms in terms_kept(close).items():
        own = policy if pack == policy.id else policy.beside.get(pack)
        if own is not None and terms != terms_of(own):
            yield from _rulings(policy_of(terms, own), own, pack)


def _rulings(then: Policy, now: Policy, pack: str) -> Iterator[AfterClose]:
    for key, switch in now.switches.items():
        before = then.switches.get(key)
        if before is not None and before.value != switch.value:
            text = f"{switch.question}：结账时{before.value_words}，现为{switch.value_words}"
            yield AfterClose(what="口径", posting="", name="", pack=pack, record="", words=text)


def _line(facts: Facts, close: MonthClose, line: RollLine, policy: Policy) -> Iterator[AfterClose]:
    line_author, living = _LineAuthor(line), facts.living
    posting = living.posting_by_id.get(line.posting)
    if posting is None or served(posting, close.month) is None:
        text = "派驻记录已删除或改到别处" if posting is None else "派驻起止已改，本月不在派驻期内"
        yield line_author.of("派驻", f"posting:{line.posting}", text)
        return
    yield from _posting(living, line, posting, line_author, close.month)
    now = _line_of(facts, close, line, posting, policy)
    yield from _keyed(line, now, line_author, close.month)
    yield from _slips(line, now, line_author, close.month)
    yield from _stays(line, now, line_author, close.month)
    yield from _logs(close, line, now, line_author)


class _LineAuthor(msgspec.Struct, frozen=True):
    """Whose line it is: makes what is said of it."""

    line: RollLine

    def of(self, what: str, record: str, text: str, numbers: Iterable[int] = ()) -> AfterClose:
        line = self.line
        return AfterClose(
            what=what,
            posting=line.posting,
            name=line.name,
            pack=line.pack,
            record=record,
            words=text,
            numbers=tuple(sorted(numbers)),
        )


def _line_of(facts: Facts, close: MonthClose, line: RollLine, posting: Posting, policy: Policy) -> RollLine:
    """Return the line as it would be today, read under the terms of the close."""
    own = policy if line.pack == policy.id else policy.beside.get(line.pack, policy)
    month_facts, then = facts.terms(close.county, close.month, own)
    living = month_facts.living
    days = tuple(days_of(living.month_of(posting, close.month)))
    papers = living.covers(posting.person, then), living.stays(posting), living.returns(posting.person, then)
    logged = living.journals.logged.get(month_id(line.posting, close.month), 0)
    return roll_line(posting, ("", ""), close.month, days, days, papers, logged)


def _posting(
    living: Facts, line: RollLine, posting: Posting, line_author: _LineAuthor, month: str
) -> Iterator[AfterClose]:
    record = f"posting:{line.posting}"
    name = living.name_of(posting.person)
    if name != line.name or posting.person != line.person:
        yield line_author.of("派驻", f"person:{posting.person}", f"姓名现为{name}")
    if posting.county != line.county:
        yield line_author.of("派驻", record, f"现派驻{living.county_name(posting.county)}")
    if (posting.position, pack_of(posting)) != (line.position, line.pack):
        yield line_author.of("派驻", record, f"职务现为{POSITION.word(posting.position)}")
    then, now = served(line.as_posting, month), served(posting, month)
    if then is not None and now is not None and then != now:
        lacking = {*range(then[0].day, then[1].day + 1)} ^ {*range(now[0].day, now[1].day + 1)}
        yield line_author.of("派驻", record, f"本月派驻期现为{now[0].day}日至{now[1].day}日", lacking)


def _keyed(line: RollLine, now: RollLine, line_author: _LineAuthor, month: str) -> Iterator[AfterClose]:
    if line.keyed == now.keyed:
        return
    pairs = enumerate(zip(line.keyed, now.keyed, strict=True), 1)
    turned = {place: (then, today) for place, (then, today) in pairs if _bare(then) != _bare(today)}
    if turned:
        text = "、".join(f"{place}日{_mark(then)}改为{_mark(today)}" for place, (then, today) in turned.items())
        yield line_author.of("考勤", f"attendance:{month_id(line.posting, month)}", text, turned)


def _bare(day: str) -> tuple[str, ...]:
    return tuple(code[:2] for code in halves(day))


def _mark(day: str) -> str:
    return f"“{day_sign(day)}”" if day else "未登记"


_SLIP_STANDING = {"approved": "已批准", "waiting": "签字未齐", "overstay": "超假", "refused": "未批准"}


def _slips(line: RollLine, now: RollLine, line_author: _LineAuthor, month: str) -> Iterator[AfterClose]:
    for slip, then, today in _differing(line.slips, now.slips, lambda one: one.slip, _slip_half):
        number = next(one.number for one in (*today, *then)) or "（未编号）"
        text = _changed(
            f"报备单{number}", [_slip_words(part, month) for part in (then, today)], "已撤销、作废或改出本月"
        )
        yield line_author.of("报备单", f"leave_slip:{slip}", text, _touched(then, today, _slip_half))


def _slip_half(one: SlipDays) -> Hashable:
    return one.standing, one.leave_type


def _slip_words(part: Sequence[SlipDays], month: str) -> str:
    return "，".join(f"{_SLIP_STANDING[one.standing]}{_span(one, month)}" for one in part)


def _stays(line: RollLine, now: RollLine, line_author: _LineAuthor, month: str) -> Iterator[AfterClose]:
    for record, then, today in _differing(line.stays, now.stays, lambda one: one.record, _stay_half):
        text = next(one.text for one in (*today, *then))
        what = "培训" if next(one.source for one in (*today, *then)) == "training" else "行程"
        messages = [_stay_words(part, month) for part in (then, today)]
        yield line_author.of(
            what, record, _changed(text, messages, "已删除或改出本月"), _touched(then, today, _stay_half)
        )


def _stay_half(one: StayDays) -> Hashable:
    return one.code


def _stay_words(part: Sequence[StayDays], month: str) -> str:
    return "，".join(f"{_span(one, month)}作“{day_sign(one.code)}”" for one in part)


def _changed(which: str, messages: Sequence[str], gone: str) -> str:
    then, today = messages
    if not then:
        return f"结账后补录{which}：{today}"
    return f"{which}{gone}（结账时{then}）" if not today else f"{which}有改动：结账时{then}，现{today}"


P = TypeVar("P", SlipDays, StayDays)


def _differing(
    then: Sequence[P], today: Sequence[P], record_of: Callable[[P], str], says: Callable[[P], Hashable]
) -> Iterator[tuple[str, list[P], list[P]]]:
    """Yield by record what it says then and today, where the half-days it says something of differ."""
    if then == today:
        return
    parts: dict[str, tuple[list[P], list[P]]] = defaultdict(lambda: ([], []))
    for place, side in enumerate((then, today)):
        for one in side:
            parts[record_of(one)][place].append(one)
    for record, (before, now) in parts.items():
        if _halves(before, says) != _halves(now, says):
            yield record, before, now


def _halves(part: Iterable[P], says: Callable[[P], Hashable]) -> dict[int, set[Hashable]]:
    hashables_by_number: dict[int, set[Hashable]] = defaultdict(set)
    for one in part:
        for number in range(one.start, one.stop):
            hashables_by_number[number].add(says(one))
    return dict(hashables_by_number)


def _touched(then: Iterable[P], today: Iterable[P], says: Callable[[P], Hashable]) -> set[int]:
    """Return the days of the month of whose halves the two do not say the same."""
    before, now = _halves(then, says), _halves(today, says)
    return {number // 2 + 1 for number in before.keys() | now.keys() if before.get(number) != now.get(number)}


def _span(one: SlipDays | StayDays, month: str) -> str:
    start = stretch_of(month).start
    return "、".join(short_words(period) for period in runs(range(start + one.start, start + one.stop)))


def _logs(close: MonthClose, line: RollLine, now: RollLine, line_author: _LineAuthor) -> Iterator[AfterClose]:
    """Yield the rest days worked whose log was written or taken away since: by them alone a log changes the count."""
    if line.logged == now.logged:
        return
    turned = []
    for place, (sign, day) in enumerate(zip(close.days, line.days_as_counted, strict=False)):
        worked = any(code and code[0] != AWAY and code[1] in "wtn" for code in halves(day))
        if sign == "0" and worked and (line.logged ^ now.logged) >> place & 1:
            turned.append(place + 1)
    for text, count in (("补写了", 1), ("删去了", 0)):
        days = [number for number in turned if now.logged >> (number - 1) & 1 == count]
        if days:
            names = "、".join(f"{number}日" for number in days)
            yield line_author.of(
                "工作日志", f"attendance:{month_id(line.posting, close.month)}", f"{text}{names}的日志", days
            )


def _late(living: Facts, close: MonthClose, on_roll: Container[str]) -> Iterator[AfterClose]:
    """Yield who serves in the month by what was entered after it was closed."""
    here = living.postings_by_county.get(close.county, ())
    for posting in sorted(here, key=team_order):
        if posting.id not in on_roll and served(posting, close.month) is not None:
            yield AfterClose(
                what="派驻",
                posting=posting.id,
                name=living.name_of(posting.person),
                pack=pack_of(posting),
                record=f"posting:{posting.id}",
                words="结账后登记为本月在派，不在结账的考勤簿上",
            )


def words_of(one: AfterClose) -> str:
    """Return a difference in one line: 李四 报备单2018-0003有改动：…（更正单2018-0001）."""
    return f"{said_of(one)}（{one.settled or waiting_words(one)}）"


def said_of(one: AfterClose) -> str:
    """Return a difference alone: 李四 报备单2018-0003有改动：…."""
    return f"{one.name} {one.what}：{one.words}" if one.name else f"{one.what}：{one.words}"


def waiting_words(one: AfterClose) -> str:
    """Return what holds while a difference is not taken over."""
    return "未填更正单，仍按结账登记计" if one.posting else "结账月份仍按结账时的计；要按现在的计，重新打开后再结账"
