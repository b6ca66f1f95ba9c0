"""How the quota of a scheme was filled, in words: places, who has them, and who is tied across its line, by name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tuopin_desktop.domain.appraisal.grading import Proposal, places
from tuopin_desktop.domain.appraisal.scheme import Scheme
from tuopin_desktop.domain.records.choices import RANK

_NAMED = 10
"""People tied that are named in one sentence."""


def sentences(
    proposals: Sequence[Proposal], names: Mapping[str, str], pools: Mapping[str, str], scheme: Scheme
) -> Iterator[str]:
    """Yield a sentence for each pool of the quota; `names` and `pools` are by subject."""
    quota = scheme.quota
    if not quota.percent:
        return
    groups: dict[str, list[Proposal]] = defaultdict(list)
    for one in proposals:
        groups[pools.get(one.appraisal.subject, "") if quota.pool == "rank" else ""].append(one)
    for pool, group in groups.items():
        count = sum(one.level == "excellent" for one in group)
        of = (RANK.word(pool) if pool else "未登记职级") + "：" if quota.pool == "rank" else ""
        text = f"{of}优秀名额{places(len(group), quota)}个（{len(group)}人的{quota.percent}%），建议优秀{count}人"
        tied = [one for one in group if one.tied]
        if tied:
            labels = "、".join(names[one.appraisal.subject] for one in tied[:_NAMED])
            more = f"等{len(tied)}人" if len(tied) > _NAMED else ""
            total = tied[0].appraisal.total
            text += f"；{total}分处{len(tied)}人并列（{labels}{more}），均未列入，由办公室研究确定"
        yield text
