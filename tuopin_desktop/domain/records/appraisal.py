"""Appraisal (Art. 15): what was said and marked during a year, ballots as they were keyed, and the Office's grades."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Freeze, Kind, Owner, Record, about
from tuopin_desktop.domain.records import choices
from tuopin_desktop.domain.records.whose import of_subject
from tuopin_desktop.domain.roles import Act

_OFFICE = Owner.REGION


class WorkSummary(Record, frozen=True, kw_only=True):
    """A member's or team's own summary of a year."""

    kind: ClassVar[Kind] = Kind(
        name="work_summary",
        label="工作总结",
        title=("subject", "year"),
        groups=("总结",),
        key=("subject", "year"),
        about="subject",
    )

    subject: Annotated[str, of_subject("总结")] = ""
    year: Annotated[
        int | None, about("年度", group="总结", form=Form.INTEGER, least=0, most=2099, required=True, width=70)
    ] = None
    handed: Annotated[date | None, about("提交日期", group="总结", form=Form.DATE, required=True, width=100)] = None
    text: Annotated[
        str, about("总结正文", group="总结", form=Form.LONG, limit=20000, hint="纸质总结存档的，写明存放处即可")
    ] = ""


class RoutineMark(Record, frozen=True, kw_only=True):
    """One month's routine mark (平时考核) of a member or team."""

    kind: ClassVar[Kind] = Kind(
        name="routine_mark",
        label="平时考核",
        title=("subject", "month"),
        groups=("平时考核",),
        key=("subject", "month"),
        about="subject",
    )

    subject: Annotated[str, of_subject("平时考核")] = ""
    month: Annotated[
        str, about("月份", group="平时考核", form=Form.MONTH, required=True, limit=7, width=80, index=True)
    ] = ""
    points: Annotated[
        int | None,
        about(
            "得分",
            group="平时考核",
            form=Form.INTEGER,
            least=0,
            most=100,
            required=True,
            width=64,
            unit="分",
            hint="百分制，0至100",
            synonyms=("分数", "平时得分"),
        ),
    ] = None
    words: Annotated[str, about("评语", group="平时考核", limit=300, width=260)] = ""


class AppraisalScore(Record, frozen=True, kw_only=True):
    """The Office's score for one item of the scheme, with what it rests on.

    Only the region office scores: no county appraises itself.
    """

    kind: ClassVar[Kind] = Kind(
        name="appraisal_score",
        label="考核评分",
        owner=_OFFICE,
        title=("subject", "item"),
        groups=("评分",),
        key=("subject", "year", "item"),
        about="subject",
    )

    subject: Annotated[str, of_subject("评分", _OFFICE)] = ""
    year: Annotated[
        int | None,
        about("年度", group="评分", form=Form.INTEGER, least=0, most=2099, required=True, width=70, owner=_OFFICE),
    ] = None
    item: Annotated[
        str, about("评分项", group="评分", required=True, lasting=True, limit=40, width=140, owner=_OFFICE)
    ] = ""
    points: Annotated[
        int | None,
        about(
            "得分",
            group="评分",
            form=Form.INTEGER,
            least=0,
            most=100,
            required=True,
            width=64,
            unit="分",
            hint="百分制，0至100；按该项分值折算",
            owner=_OFFICE,
            synonyms=("分数",),
        ),
    ] = None
    evidence: Annotated[
        str,
        about("依据", group="评分", form=Form.LONG, required=True, limit=500, width=260, owner=_OFFICE),
    ] = ""
    paper: Annotated[str, about("文件或报告", group="评分", limit=80, width=140, owner=_OFFICE)] = ""


class BallotRound(Record, frozen=True, kw_only=True):
    """One round of paper ballots in a county (民主测评 or 民意调查); `subjects` fixes the order of a ballot's rows.

    Its id is `<county>/<year>-<source>-<date>`. The subjects are ids of postings and of the team, one a line.
    """

    kind: ClassVar[Kind] = Kind(
        name="ballot_round",
        label="测评场次",
        title=("year", "source", "held"),
        groups=("测评",),
        sealed=True,
    )

    year: Annotated[
        int | None, about("考核年度", group="测评", form=Form.INTEGER, least=0, most=2099, required=True, width=80)
    ] = None
    source: Annotated[
        str, about("测评种类", group="测评", form=Form.CHOICE, table=choices.BALLOT, required=True, width=100)
    ] = ""
    held: Annotated[date | None, about("测评日期", group="测评", form=Form.DATE, required=True, width=100)] = None
    place: Annotated[str, about("地点", group="测评", limit=100, width=160)] = ""
    issued: Annotated[
        int | None, about("发出票数", group="测评", form=Form.INTEGER, required=True, width=84, unit="张")
    ] = None
    returned: Annotated[int | None, about("收回票数", group="测评", form=Form.INTEGER, width=84, unit="张")] = None
    tellers: Annotated[str, about("监票、计票人", group="测评", limit=100)] = ""
    subjects: Annotated[str, about("被测评对象", form=Form.LONG, limit=20000, auto=True)] = ""


class Ballot(Record, frozen=True, kw_only=True):
    """One paper ballot as one person keyed it; its id is `<round id>/<serial>-<keying>`.

    Every ballot is keyed twice, by keying 1 and 2; keying 3 settles what they differ in, from the paper. `marks` has
    one sign for each subject of the round: the number of the column ticked, `0` for none, `x` for a spoilt row.
    """

    kind: ClassVar[Kind] = Kind(
        name="ballot",
        label="测评票",
        title=("round", "serial"),
        groups=("测评票",),
        sealed=True,
    )

    round: Annotated[
        str, about("场次", group="测评票", form=Form.REF, ref="ballot_round", required=True, index=True, width=160)
    ] = ""
    serial: Annotated[int | None, about("票号", group="测评票", form=Form.INTEGER, required=True, width=64)] = None
    keying: Annotated[int | None, about("第几遍", group="测评票", form=Form.INTEGER, required=True, width=64)] = None
    marks: Annotated[
        str,
        about(
            "各行所选",
            lasting=True,
            group="测评票",
            required=True,
            limit=100,
            width=200,
            hint="按票上顺序，每行一个数字：第几栏；0未选，x作废",
        ),
    ] = ""
    by: Annotated[str, about("录入人", group="测评票", limit=50, person_name=True, width=90)] = ""


class Grade(Record, frozen=True, kw_only=True):
    """The Office's proposed and decided grade of a year (A15-3), or of the whole term (A15-4, year 0).

    Points and reasons are kept as they stood when it was proposed.
    """

    kind: ClassVar[Kind] = Kind(
        name="grade",
        label="考核等次",
        owner=_OFFICE,
        act=Act.GRADE,
        title=("subject", "year", "decided"),
        groups=("等次",),
        key=("subject", "year"),
        about="subject",
        freezes=(
            Freeze(
                why="等次已经确定",
                instead="改定等次要有文件：请写明更正原因和新的文号再改",
                article=15,
                own=("decided",),
                groups=("等次",),
            ),
        ),
    )

    subject: Annotated[str, of_subject("等次", _OFFICE)] = ""
    year: Annotated[
        int | None,
        about(
            "年度",
            group="等次",
            form=Form.INTEGER,
            least=0,
            most=2099,
            required=True,
            width=70,
            owner=_OFFICE,
            index=True,
        ),
    ] = None
    scheme: Annotated[str, about("评分表", group="等次", lasting=True, limit=60, width=140, owner=_OFFICE)] = ""
    points: Annotated[str, about("得分", group="等次", lasting=True, limit=8, width=70, owner=_OFFICE)] = ""
    proposed: Annotated[
        str, about("建议等次", group="等次", form=Form.CHOICE, table=choices.GRADE, width=90, owner=_OFFICE)
    ] = ""
    reason: Annotated[str, about("说明", group="等次", form=Form.LONG, limit=1000, width=240, owner=_OFFICE)] = ""
    decided: Annotated[
        str, about("确定等次", group="等次", form=Form.CHOICE, table=choices.GRADE, width=90, owner=_OFFICE)
    ] = ""
    decided_on: Annotated[date | None, about("确定日期", group="等次", form=Form.DATE, width=100, owner=_OFFICE)] = None
    paper: Annotated[str, about("文号", group="等次", limit=80, width=150, owner=_OFFICE)] = ""
