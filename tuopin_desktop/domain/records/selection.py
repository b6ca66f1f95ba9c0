"""Selection (Art. 3): what a sending unit says of somebody it puts forward, criterion by criterion."""

from datetime import date
from typing import Annotated, ClassVar

import msgspec

from tuopin_desktop.domain.record import Form, Freeze, Kind, Record, about
from tuopin_desktop.domain.records import choices

CRITERIA_GROUP = "选派条件"


def _criterion(label: str) -> msgspec.Meta:
    return about(label, group=CRITERIA_GROUP, form=Form.CHOICE, table=choices.SUITS)


class Recommendation(Record, frozen=True, kw_only=True):
    """The unit's word on the qualities Article 3 names, in their order: ticked and signed on paper, never scored."""

    kind: ClassVar[Kind] = Kind(
        name="recommendation",
        label="选派推荐意见",
        title=("person", "unit"),
        groups=("推荐", CRITERIA_GROUP),
        keep_one=("person", "signed"),
        about="person",
        freezes=(
            Freeze(
                why="派出单位已在推荐意见上签字盖章",
                instead="与纸质件不一致的，请写明更正原因再改",
                article=3,
                own=("signed",),
                groups=("推荐", CRITERIA_GROUP),
            ),
        ),
    )

    person: Annotated[
        str,
        about(
            "人员",
            group="推荐",
            form=Form.REF,
            ref="person",
            required=True,
            width=110,
            index=True,
            synonyms=("姓名", "推荐人选", "人选"),
        ),
    ] = ""
    unit: Annotated[str, about("推荐单位", group="推荐", limit=100, width=220, hint="空着即本人派出单位")] = ""
    signed: Annotated[
        date | None,
        about("签署日期", group="推荐", form=Form.DATE, happened=True, width=100, synonyms=("签字日期", "推荐日期")),
    ] = None
    by: Annotated[
        str, about("负责人", group="推荐", limit=50, person_name=True, width=90, synonyms=("签字人", "主要负责人"))
    ] = ""
    paper: Annotated[str, about("文号", group="推荐", limit=80, width=130, hint="推荐函文号或存放处")] = ""
    opinion: Annotated[
        str, about("推荐意见", group="推荐", form=Form.LONG, limit=1000, synonyms=("派出单位意见", "意见"))
    ] = ""
    politics: Annotated[str, _criterion("政治素质好")] = ""
    ability: Annotated[str, _criterion("工作能力强")] = ""
    conduct: Annotated[str, _criterion("工作作风实")] = ""
    devotion: Annotated[str, _criterion("有吃苦奉献精神")] = ""
    affection: Annotated[str, _criterion("对群众有感情")] = ""
    grassroots: Annotated[str, _criterion("熟悉基层工作")] = ""
    communication: Annotated[str, _criterion("善于沟通协调")] = ""
    resolving: Annotated[str, _criterion("具有解决复杂问题能力")] = ""
