"""职责卡: one card for each role with what it has to do, by when, and the article that says so (Art. 9-18).

Nothing is written down twice: duties and their days are those of the radar, the standing demands those of the rules.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.duties.radar import radar
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.rules import RULES
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

OFFICE = "office"
ROLES = {code: POSITION.word(code) for code in ("leader", "deputy", "member")} | {OFFICE: "自治区工作队管理办公室"}
"""The roles that have a card, by their codes: the three positions of a team, and the Office."""

_STANDING = {
    "leader": ("A09-1", "A09-2", "A10-3", "A10-4", "A10-6", "A10-9", "A16-3"),
    "deputy": ("A09-1", "A09-2", "A10-3", "A10-5", "A10-6", "A16-3"),
    "member": ("A09-1", "A09-2", "A10-3", "A10-5", "A10-6", "A16-3"),
    OFFICE: ("A05-1", "A10-4", "A17-1", "A20-1"),
}
"""What is asked of a role on every day, by the rules that judge it; what falls due on a day comes from the radar."""

_FORBIDDEN = ("A16-3",)

_COLUMNS = (
    Column("序号", 13, "center"),
    Column("做什么", 78),
    Column("何时", 52),
    Column("依据", 29, "center"),
)
_MONTHLY = 6  # as many in a year and more are said by their day of the month
_WEEKLY = 40
_LISTED = 4


class CardRow(msgspec.Struct, frozen=True):
    """One line of a card: the role, what it has to do, when, and the article."""

    role: str
    what: str
    when: str
    basis: str


def cards(desk: Desk, role: str = "") -> Book[CardRow]:
    """Return the cards of all roles, or of one (leader, deputy, member, office), each on a page; raises Refused."""
    if role and role not in ROLES:
        raise refuse(
            "role", f"没有“{role[:20]}”的职责卡，可选：{'、'.join(ROLES)}（{'、'.join(ROLES.values())}）", "role"
        )
    facts = judging.measured(desk)
    policy = judging.policy_on(desk, facts.today)
    year = [duty for duty in radar(facts, policy, facts.today.year) if duty.due.year == facts.today.year]
    here = [code for code in ROLES if code != OFFICE or desk.level is Level.REGION]
    card_rows_by_key = {code: list(_rows(code, year, facts, policy)) for code in ([role] if role else here)}
    card_rows_by_key = {code: rows for code, rows in card_rows_by_key.items() if rows}
    papers = {ROLES[code]: _card(desk, policy, code, rows) for code, rows in card_rows_by_key.items()}
    whole = book(
        [row for rows in card_rows_by_key.values() for row in rows], next(iter(papers.values())), tuple(papers.values())
    )
    return msgspec.structs.replace(whole, title="职责卡", sheets=papers)


def _rows(role: str, year: Sequence[Duty], facts: Facts, policy: Policy) -> Iterator[CardRow]:
    titles = {rule.key: rule.title for rule in reversed(RULES) if policy.holds(rule.key)}
    for key in _STANDING[role]:
        if key in titles:
            yield CardRow(ROLES[role], titles[key], "不得发生" if key in _FORBIDDEN else "平时", _basis(policy, key))
    grouped: dict[tuple[str, str], list[Duty]] = {}
    for duty in year:
        if _owes(role, duty, facts):
            grouped.setdefault((duty.rule, duty.what), []).append(duty)
    lines = [(min(one.due for one in duties), rule, what, duties) for (rule, what), duties in grouped.items()]
    for _, rule, what, duties in sorted(lines, key=lambda line: (-_often(line[3]), line[0], line[1], line[2])):
        yield CardRow(ROLES[role], what, _term(duties), _basis(policy, rule))


def _owes(role: str, duty: Duty, facts: Facts) -> bool:
    """Tell whether a duty is a role's: a team's is its leader's, a person's that of his position."""
    kind, record_id = ids.split(duty.subject)
    if kind == "office":
        return role == OFFICE
    if kind == "team":
        return role == "leader"
    posting = facts.posting_by_id.get(record_id)
    return posting is not None and posting.position == role


def _often(duties: Iterable[Duty]) -> int:
    return len({duty.due for duty in duties})


def _term(duties: Sequence[Duty]) -> str:
    """Return when a duty falls due: on the days most people share, else by its span from each one's own beginning."""
    days: dict[str, set[date]] = {}
    often: Counter[str] = Counter()
    for one in duties:
        days.setdefault(one.subject, set()).add(one.due)
        often[one.subject] += one.periods
    sets = Counter(frozenset(date_s) for date_s in days.values())
    shared, many = sets.most_common(1)[0]
    if 2 * many > sets.total():
        return when(sorted(shared), max(often.values()))
    spans = Counter((one.due - one.opens).days for one in duties)
    span, times = spans.most_common(1)[0]
    if 2 * times <= spans.total():
        return "因人而异，见“履职事项”"
    return f"每{span}天一次" if max(often.values()) > 1 else f"到任后{span}天内"


def when(days: Sequence[date], often: int) -> str:
    """Return the days of a year a duty falls due on, as people say them: 每月5日前, 每周, 6月30日、12月31日前.

    `often` is how many duties of the year those days stand for: a list may join those that are over.
    """
    if often >= _WEEKLY:
        return "每周"
    numbers = {day.day for day in days}
    ends = all((day + timedelta(days=1)).day == 1 for day in days)
    if often >= _MONTHLY and len(numbers) == 1:
        return f"每月{min(numbers)}日前"
    if often >= _MONTHLY and ends:
        return "每月底前" if often > _MONTHLY else f"每{12 // often}个月一次"
    if len(days) > _LISTED:
        return f"全年{len(days)}次"
    return "、".join(f"{day.month}月{day.day}日" for day in days) + "前"


def _basis(policy: Policy, rule: str) -> str:
    return policy.cite(rule, int(rule[1:3])).removeprefix("管理办法")


def _card(desk: Desk, policy: Policy, role: str, rows: Sequence[CardRow]) -> Table:
    year = desk.today().year
    return Table(
        title=f"{ROLES[role]}职责卡",
        columns=_COLUMNS,
        rows=tuple((place, row.what, row.when, row.basis) for place, row in enumerate(rows, 1)),
        intro=(f"{year}年度，依据《管理办法》。离开所派驻旗县，必须先请假报备。",),
        notes=(f"注：《管理办法》即《{policy.basis.title}》。期限按现行办法解释，解释、人员有变动的请重新打印。",),
        signed=(),
        landscape=False,
        size=12,
        one_page=True,
    )
