"""What is owed today beside slips and findings: duties, contradictions, months to close, days out of reach."""

import msgspec

from tuopin_desktop.domain.duties.duty import count_duties, overdue
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.outlook import State
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.shelf.tally import total, unclosed
from tuopin_desktop.domain.under import under
from tuopin_desktop.services.attendance import outlooks
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import backups
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves import merge


class DueLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of today: how many, in what words, and where the list lies (as a page's `show_subject` takes it)."""

    count: int
    text: str
    hint: str
    page: str
    subject: str = ""


def owed(desk: Desk) -> tuple[DueLine, ...]:
    """Return what is owed, nothing that is zero; months and days in a county office alone, which keeps them."""
    counts = merge.tallies(desk).values()
    lines = [_duties(desk), _phone(total(counts, "uncalled"))]
    lines += [_contradictions(desk), _files(total(counts, "incomplete"))]
    if desk.level is Level.COUNTY:
        facts = judging.facts(desk)
        policy = judging.policy_on(desk, facts.today)
        lines += [_months(desk, facts, policy), _days(desk, facts, policy)]
    return tuple(line for line in (*lines, _second_place(desk)) if line.count)


def _duties(desk: Desk) -> DueLine:
    due = radar.pressing_today(desk)
    late, count = count_duties(overdue(due)), count_duties(due)
    return DueLine(
        count=count,
        text=f"履职要办{count}项" + (f"（历年逾期{late}）" if late else ""),
        hint="办法施行以来逾期、缺凭据和十天内到期的履职事项，一期一项",
        page="duties",
        subject=f"duty:{desk.today().year}/",
    )


def _phone(count: int) -> DueLine:
    return DueLine(
        count=count,
        text=f"电话销假记录不符{count}张",
        hint="队长归队后的电话销假，双方缺记录或记录不一致（办法第十条、附件1备注2）",
        page="leave",
        subject=f"list:{Watch.UNCALLED.name}",
    )


def _second_place(desk: Desk) -> DueLine:
    days = backups.unseen(desk)
    hint = "每日备份要另存一份的磁盘或U盘没有插上；硬盘损坏时只有那里还有备份"
    return DueLine(count=days, text=f"备份已{days}天没有另存", hint=hint, page="settings", subject="backups")


def _contradictions(desk: Desk) -> DueLine:
    pending = evidence.select(evidence.from_shelves(desk), state="pending")
    return DueLine(
        count=len(pending),
        text=f"矛盾待核{len(pending)}处",
        hint="几处记录互相矛盾，要写明原因或更正",
        page="checks",
        subject="evidence",
    )


def _files(count: int) -> DueLine:
    return DueLine(
        count=count,
        text=f"{count}人信息待补",
        hint="登记表中办法要用而还空着的栏目，如学历、健康状况、政治面貌",
        page="roster",
        subject="todo",
    )


def _months(desk: Desk, facts: Facts, policy: Policy) -> DueLine:
    months = unclosed(facts, policy, desk.scope)
    oldest = months[0] if months else ""
    text = f"{int(oldest[5:])}月考勤未结账" if len(months) == 1 else f"{len(months)}个月考勤未结账"
    return DueLine(
        count=len(months),
        text=text,
        hint=f"从{oldest[:4]}年{int(oldest[5:])}月起：{'、'.join(months)}" if months else "",
        page="attendance",
        subject=oldest,
    )


def _days(desk: Desk, facts: Facts, policy: Policy) -> DueLine:
    outlook_rows = outlooks.rows(under(facts, policy.id), policy, desk.scope)
    names = [row.name for row in outlook_rows if row.outlook.state is State.BEYOND]
    return DueLine(
        count=len(names),
        text=f"本月{len(names)}人达不到规定天数",
        hint=f"余下的日子天天在岗也不够（办法第九条）：{'、'.join(names)}",
        page="attendance",
        subject=f"{facts.today:%Y-%m}",
    )
