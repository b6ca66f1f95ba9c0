"""Article 6: the term runs to the end of 2020, and a team stays when its county exits poverty."""

from datetime import date

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Posting, Team, choices
from tuopin_desktop.domain.rules.phrases import day_words
from tuopin_desktop.domain.rules.rule import Outcome, rule


@rule("A06-1", "派驻起止", over="posting", switches=("term.end",))
def posting_term(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """A posting runs to the end of the term; an earlier or later end is shown with its reason."""
    end = policy.day("term.end")
    reason = choices.END_REASON.word(posting.end_reason)
    inputs = (
        ("派驻起", day_words(posting.since)),
        ("派驻止", day_words(posting.until)),
        ("离任原因", reason or "未登记"),
        ("帮扶期限", end.isoformat()),
    )
    verdict, sentence = _span(posting, facts.today, end, reason)
    return Outcome(verdict, sentence, inputs, day=posting.until)


def _span(posting: Posting, today: date, end: date, reason: str) -> tuple[Verdict, str]:
    since, until = posting.since, posting.until
    if since is None:
        return Verdict.NOTICE, "派驻起日期未登记"
    if until is None:
        if today > end:
            return Verdict.NOTICE, f"帮扶期限{end.isoformat()}已满，派驻尚未登记结束"
        return Verdict.OK, f"派驻中，帮扶期限至{end.isoformat()}"
    if until < since:
        return Verdict.AMBER, f"派驻止{until.isoformat()}早于派驻起{since.isoformat()}，请核对"
    if until > end:
        return Verdict.NOTICE, f"派驻止{until.isoformat()}超过帮扶期限{end.isoformat()}"
    return _closed(posting.end_reason, until, end, reason)


def _closed(code: str, until: date, end: date, reason: str) -> tuple[Verdict, str]:
    if until == end:
        return Verdict.OK, f"派驻至帮扶期限{end.isoformat()}"
    early = f"派驻于{until.isoformat()}结束，早于帮扶期限{end.isoformat()}"
    if not code:
        return Verdict.NOTICE, f"{early}，离任原因未登记"
    if code == "term":
        return Verdict.AMBER, f"{early}，离任原因登记为“{reason}”，请核对"
    return Verdict.OK, f"{early}，离任原因：{reason}"


@rule("A06-1", "距帮扶期限天数", over="team", switches=("term.end", "term.warn_days"))
def days_left(_team: Team, facts: Facts, policy: Policy) -> Outcome | None:
    """Show the days to the end of the term; within the last weeks this becomes a notice."""
    end, warn = policy.day("term.end"), policy.number("term.warn_days")
    left = (end - facts.today).days
    inputs = (("今日", facts.today.isoformat()), ("帮扶期限", end.isoformat()))
    steps = (f"{end.isoformat()} − {facts.today.isoformat()} = {left} 天",)
    if left < 0:
        return Outcome(Verdict.NOTICE, f"帮扶期限已满{-left}天，应转入综合考核", inputs, steps)
    verdict = Verdict.NOTICE if left <= warn else Verdict.OK
    return Outcome(verdict, f"距帮扶期限还有{left}天", inputs, steps)


@rule("A06-2", "脱贫退出不撤离", over="team", switches=("term.end",))
def stays(team: Team, facts: Facts, policy: Policy) -> Outcome | None:
    """A county's exit from poverty does not close its team."""
    county = facts.county_by_code.get(team.county)
    left = county.exit if county else ""
    if not left or left > facts.today.isoformat() or facts.today > policy.day("term.end"):
        return None
    active, all_of = facts.active(team.county), facts.postings_by_county.get(team.county, ())
    inputs = (("退出贫困时间", left), ("在派人数", str(len(active))))
    if active:
        return Outcome(Verdict.OK, f"{left}脱贫退出，工作队未撤离，在派{len(active)}人", inputs)
    ends = [item.until for item in all_of if item.until is not None]
    if not ends or max(ends).isoformat() < left:
        return None
    steps = (f"最后一人派驻至 {max(ends).isoformat()} ≥ 退出 {left}", f"今日 {facts.today.isoformat()} 在派 0 人")
    return Outcome(Verdict.AMBER, f"{left}脱贫退出后工作队已无人在派，脱贫退出的工作队不撤离", inputs, steps)


PACK_RULE = "A06-3"
WHERE_FROM = (
    "请在“设置·办法文件”中查看：已收下的在那里启用；没有的，请自治区工作队管理办公室把这个办法文件做到U盘"
    "（随程序提供的办法文件，请升级程序）"
)
"""Where a pack that is not installed is to be had."""


@rule(PACK_RULE, "所依办法文件", over="posting")
def known_pack(posting: Posting, _facts: Facts, policy: Policy) -> Outcome | None:
    """A posting under a pack that is not installed here is not judged, and that is said (Q36)."""
    if not posting.pack or posting.pack == policy.id or posting.pack in policy.beside:
        return None
    sentence = f"所依办法文件“{posting.pack}”本机没有启用，除此以外不作判断。{WHERE_FROM}"
    return Outcome(Verdict.NOTICE, sentence, (("办法文件", posting.pack),))


RULES = (posting_term, days_left, stays, known_pack)
