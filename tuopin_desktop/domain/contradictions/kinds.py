"""The kinds of contradiction, and one contradiction with the records that disagree."""

import hashlib
from collections.abc import Mapping
from typing import ClassVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.record import Kind, Record

CONTRADICTION = "contradiction"

KINDS: Mapping[str, str] = {
    "on_post_in_leave": "请假期间登记在岗",
    "on_post_before_return": "登记返回之前已在岗",
    "away_after_return": "已销假仍登记不在岗",
    "slips_overlap": "两张报备单重叠",
    "approved_late": "离开后才批准，未注明补办",
    "check_absent": "检查不在岗，考勤在岗",
    "check_present": "检查在岗，考勤或报备单不在",
    "check_excused": "检查记为请假外出，没有依据",
    "check_logged": "检查不在岗，日志在旗县",
    "log_in_leave": "请假期间写了在旗县的日志",
    "log_when_away": "不在旗县的日子写了在旗县的日志",
    "log_unmarked": "有日志，没有考勤",
    "log_elsewhere": "日志与考勤的地点不同",
    "log_two_places": "同一天两份日志，地点不同",
    "log_early": "日志先于当天录入",
    "log_late": "日志很久以后才录入",
    "trip_at_home": "报销往返交通，没有离开的日子",
    "training_in_village": "参加培训又登记驻村",
    "training_in_leave": "参加培训又在请假",
    "note_without_team": "全队都不在岗的一周有周记",
    "task_when_away": "责任人不在的日子办结台账事项",
    "unreadable": "登记的内容超出预料，不能核对",
}
"""Code -> what it is called. The order is that of the rules; codes are never used again for something else."""


class Side(msgspec.Struct, frozen=True):
    """One of the records that disagree: its log key, how the clerk calls it, and what it says."""

    key: str
    label: str
    words: str


class Contradiction(Record, frozen=True, kw_only=True):
    """Records that cannot all be right about somebody's days; never stored, found anew from the records every time.

    The id follows from what disagrees: the same in every office and run, another one when the records change.
    """

    kind: ClassVar[Kind] = Kind(name=CONTRADICTION, label="证据疑点", title=("who",))

    what: str
    county: str
    posting: str
    who: str
    period: Period
    sentence: str
    sides: tuple[Side, ...]


def contradiction(
    what: str, county: str, posting: str, who: str, period: Period, sentence: str, *sides: Side
) -> Contradiction:
    """Return a contradiction under its stable id."""
    keys = sorted({side.key for side in sides})
    text = "|".join((what, posting or county, period.stored(), *keys))
    digest = hashlib.sha256(text.encode()).hexdigest()[:20]
    owner = ids.owner(posting) if posting else county
    return Contradiction(
        id=f"{owner}/{what}-{digest}",
        what=what,
        county=county,
        posting=posting,
        who=who,
        period=period,
        sentence=sentence,
        sides=sides,
    )
