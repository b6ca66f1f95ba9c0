"""Spot checks (Art. 10): whom chance chose, what was found, what was put right; and explanations of contradictions."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Freeze, Kind, Owner, Record, Voice, about
from tuopin_desktop.domain.records import choices

_OFFICE = Owner.REGION
_FIXED = Freeze(
    why="检查结果已经登记",
    instead="登记错了的，请写明更正原因再改",
    article=10,
    own=("checked",),
    groups=("检查", "结果"),
)
"""A check is what was found on its day; putting right and closing come after it, by their own strokes."""


class Check(Record, frozen=True, kw_only=True):
    """What one check found of one person, or of a team as a whole when no posting is said.

    Never kept under this name: the Office's checks and those of the county are two kinds, because only the Office may
    change its own. The id begins with the county checked, so that the Office's findings travel down to it alone.
    """

    checked: Annotated[
        date | None,
        about("检查日期", group="检查", form=Form.DATE, required=True, width=100, index=True, synonyms=("日期",)),
    ] = None
    half: Annotated[
        str,
        about("时段", group="检查", form=Form.CHOICE, table=choices.CHECKED_HALF, width=60, hint="不填为全天"),
    ] = ""
    manner: Annotated[
        str,
        about(
            "检查方式",
            group="检查",
            form=Form.CHOICE,
            table=choices.CHECK_TYPE,
            required=True,
            width=110,
            synonyms=("方式", "检查类型"),
        ),
    ] = ""
    checker: Annotated[str, about("检查人", group="检查", required=True, limit=100, width=110)] = ""
    county: Annotated[
        str, about("旗县", group="检查", form=Form.CHOICE, table="旗县", required=True, width=140, index=True)
    ] = ""
    posting: Annotated[
        str,
        about(
            "被查人员",
            group="检查",
            form=Form.REF,
            ref="posting",
            width=110,
            index=True,
            hint="空着为全队",
            synonyms=("姓名", "人员", "队员"),
        ),
    ] = ""
    found: Annotated[
        str, about("在岗情况", group="结果", form=Form.CHOICE, table=choices.FOUND, required=True, width=84)
    ] = ""
    place: Annotated[str, about("检查地点", group="结果", limit=100, width=130)] = ""
    matter: Annotated[
        str,
        about(
            "问题类别",
            group="结果",
            form=Form.CHOICE,
            table=choices.MATTER,
            width=150,
            hint="没有问题的空着；同类问题再次发生的，程序计为重复",
        ),
    ] = ""
    finding: Annotated[str, about("发现的问题", group="结果", form=Form.LONG, limit=1000, width=220)] = ""
    evidence: Annotated[
        str, about("凭据", group="结果", form=Form.LONG, limit=300, hint="如 检查表原件、照片编号、谈话记录")
    ] = ""
    due: Annotated[date | None, about("整改期限", group="整改", form=Form.DATE, width=100)] = None
    closed: Annotated[date | None, about("销号日期", group="整改", form=Form.DATE, width=100)] = None
    closed_by: Annotated[str, about("销号人", group="整改", limit=50, person_name=True, width=90)] = ""
    closed_words: Annotated[str, about("销号意见", group="整改", form=Form.LONG, limit=500)] = ""
    draw: Annotated[str, about("抽签记录", group="检查", form=Form.REF, ref="check_draw", auto=True)] = ""


class SpotCheck(Check, frozen=True, kw_only=True):
    """A check by the region office; a county reads it and answers with a rectification, it cannot change it."""

    kind: ClassVar[Kind] = Kind(
        name="spot_check",
        label="抽查记录",
        owner=_OFFICE,
        title=("checked", "manner", "posting"),
        groups=("检查", "结果", "整改"),
        freezes=(_FIXED,),
    )


class OwnCheck(Check, frozen=True, kw_only=True):
    """A check by the league or the county itself; `level` says which, and only that office changes or closes it."""

    kind: ClassVar[Kind] = Kind(
        name="own_check",
        label="自查记录",
        title=("checked", "manner", "posting"),
        groups=("检查", "结果", "整改"),
        freezes=(_FIXED,),
    )

    level: Annotated[
        str,
        about(
            "检查单位",
            group="检查",
            form=Form.CHOICE,
            table=choices.CHECKING,
            auto=True,
            speaks={"league": Voice.LEAGUE, "county": Voice.OWNER},
        ),
    ] = ""


class Rectification(Record, frozen=True, kw_only=True):
    """The county's answer to a finding: what was put right, and when; who checked decides whether it is enough."""

    kind: ClassVar[Kind] = Kind(name="rectification", label="整改情况", title=("done", "words"), groups=("整改",))

    check: Annotated[
        str,
        about(
            "抽查记录", group="整改", form=Form.REF, ref="spot_check,own_check", required=True, index=True, width=150
        ),
    ] = ""
    done: Annotated[date | None, about("整改日期", group="整改", form=Form.DATE, required=True, width=100)] = None
    words: Annotated[str, about("整改情况", group="整改", form=Form.LONG, required=True, limit=1000, width=260)] = ""
    by: Annotated[str, about("报告人", group="整改", limit=50, person_name=True, width=90)] = ""
    evidence: Annotated[str, about("凭据", group="整改", form=Form.LONG, limit=300)] = ""


class Draw(Record, frozen=True, kw_only=True):
    """A draw of teams or people to be checked: the seed and everything that went in, by which it is proved later.

    `inputs` has a line per candidate, `<id> <last check or -> <weight>`; `result` the ids in the order drawn;
    `method` names the version of the procedure in `domain/spotchecks/draw.py`.
    """

    kind: ClassVar[Kind] = Kind(name="check_draw", label="抽签记录", title=("drawn", "seed"), groups=("抽签",))

    drawn: Annotated[
        date | None, about("抽签日期", group="抽签", form=Form.DATE, required=True, width=100, auto=True)
    ] = None
    of: Annotated[
        str, about("抽签对象", group="抽签", form=Form.CHOICE, table=choices.DRAWN, required=True, width=100, auto=True)
    ] = ""
    wanted: Annotated[int | None, about("抽取数", group="抽签", form=Form.INTEGER, required=True, auto=True)] = None
    seed: Annotated[str, about("抽取编号", group="抽签", required=True, limit=60, width=150, auto=True)] = ""
    method: Annotated[str, about("算法", group="抽签", required=True, limit=20, auto=True)] = ""
    inputs: Annotated[str, about("参加抽签", group="抽签", form=Form.LONG, required=True, limit=60000, auto=True)] = ""
    result: Annotated[str, about("抽中", group="抽签", form=Form.LONG, required=True, limit=20000, auto=True)] = ""
    witness: Annotated[str, about("在场人", group="抽签", limit=100, width=120)] = ""
    note: Annotated[str, about("备注", group="抽签", limit=200)] = ""


class Explanation(Record, frozen=True, kw_only=True):
    """Why records that contradict each other may both stand; its id is that of the contradiction, in every office.

    `turn` counts the explanations given, `reopened` is the turn that the region office did not accept.
    """

    kind: ClassVar[Kind] = Kind(name="explanation", label="证据说明", title=("said", "words"), groups=("说明",))

    what: Annotated[str, about("疑点", group="说明", required=True, limit=300, width=260, auto=True)] = ""
    posting: Annotated[
        str, about("姓名", group="说明", form=Form.REF, ref="posting", width=110, index=True, auto=True)
    ] = ""
    words: Annotated[str, about("说明", group="说明", form=Form.LONG, required=True, limit=500, width=260)] = ""
    by: Annotated[str, about("说明人", group="说明", required=True, limit=50, person_name=True, width=90)] = ""
    said: Annotated[date | None, about("说明日期", group="说明", form=Form.DATE, required=True, width=100)] = None
    evidence: Annotated[str, about("凭据", group="说明", limit=200, hint="如 更正单、证明材料")] = ""
    turn: Annotated[int | None, about("第几次说明", group="说明", form=Form.INTEGER, auto=True)] = None
    reopened: Annotated[int | None, about("退回的说明", form=Form.INTEGER, owner=_OFFICE, auto=True)] = None
    reopened_on: Annotated[date | None, about("退回日期", form=Form.DATE, owner=_OFFICE, auto=True)] = None
    reopened_words: Annotated[str, about("退回原因", limit=300, owner=_OFFICE, auto=True)] = ""

    @property
    def stands(self) -> bool:
        """Tell whether the last explanation is accepted or still unread."""
        return bool(self.turn) and (self.turn or 0) > (self.reopened or 0)
