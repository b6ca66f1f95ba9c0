"""Training (Art. 11): the classes held, and who took part in them."""

from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records import dutychoices as choices
from tuopin_desktop.domain.records.whose import of_posting


class Training(Record, frozen=True, kw_only=True):
    """A class: before taking up the post, on a special topic, or the yearly demonstration class.

    Whoever took part has attendance laid over these half-days; `venue` tells whether he was in his county, `organiser`
    whether the Office itself called him (Q4).
    """

    kind: ClassVar[Kind] = Kind(
        name="training",
        label="培训班",
        title=("name", "period"),
        groups=("培训班", "内容"),
        keep_one=("name", "period"),
        inherited=True,
    )

    name: Annotated[
        str,
        about(
            "班次名称",
            group="培训班",
            required=True,
            limit=100,
            width=240,
            synonyms=("培训班名称", "培训名称", "班次", "培训内容"),
        ),
    ] = ""
    type: Annotated[
        str,
        about(
            "培训类别",
            group="培训班",
            form=Form.CHOICE,
            table=choices.TRAINING,
            required=True,
            width=110,
            index=True,
            synonyms=("类别", "培训类型"),
        ),
    ] = ""
    organiser: Annotated[
        str,
        about(
            "举办单位",
            group="培训班",
            form=Form.CHOICE,
            table=choices.ORGANISER,
            required=True,
            width=170,
            hint="自治区办公室举办的，在旗县外的天数按口径计入或单列（第九条）",
            synonyms=("主办单位", "组织单位"),
        ),
    ] = ""
    period: Annotated[
        str,
        about(
            "起止时间",
            group="培训班",
            form=Form.PERIOD,
            required=True,
            width=190,
            synonyms=("培训时间", "培训日期", "时间"),
        ),
    ] = ""
    place: Annotated[str, about("地点", group="培训班", limit=100, width=140, synonyms=("培训地点", "举办地点"))] = ""
    venue: Annotated[
        str,
        about(
            "举办地旗县",
            group="培训班",
            form=Form.CHOICE,
            table="旗县",
            hint="在某旗县举办的填写，该旗县学员算在旗县内；空着即在旗县外",
        ),
    ] = ""
    paper: Annotated[str, about("通知文号", group="培训班", limit=80, synonyms=("文号", "通知"))] = ""
    hours: Annotated[int | None, about("学时", group="内容", form=Form.INTEGER, unit="学时", width=60)] = None
    syllabus: Annotated[
        str, about("课程安排", group="内容", form=Form.LONG, limit=2000, synonyms=("课程", "教学内容"))
    ] = ""
    note: Annotated[str, about("备注", group="内容", form=Form.LONG, limit=500)] = ""


class TrainingAttendance(Record, frozen=True, kw_only=True):
    """One posting's part in a class; its id is made of both, so that no one is entered twice."""

    kind: ClassVar[Kind] = Kind(
        name="training_attendance",
        label="培训学员",
        title=("posting", "training"),
        groups=("学员",),
        key=("training", "posting"),
        about="posting",
    )

    training: Annotated[
        str,
        about(
            "培训班",
            group="学员",
            form=Form.REF,
            ref="training",
            required=True,
            width=240,
            index=True,
            synonyms=("班次名称", "班次", "培训名称"),
        ),
    ] = ""
    posting: Annotated[str, of_posting("学员", "学员", "学员姓名", "参训人员")] = ""
    absent: Annotated[
        bool, about("缺席", group="学员", form=Form.FLAG, width=60, hint="报了名而没有到的；不计参训")
    ] = False
    period: Annotated[
        str,
        about(
            "实际参加时间",
            group="学员",
            form=Form.PERIOD,
            width=190,
            hint="只参加了一部分的填写；空着即全程参加",
        ),
    ] = ""
    result: Annotated[str, about("结业情况", group="学员", limit=60, width=100, synonyms=("成绩", "考试成绩"))] = ""
    certificate: Annotated[str, about("结业证号", group="学员", limit=60, width=120, synonyms=("证书编号",))] = ""
    note: Annotated[str, about("备注", group="学员", limit=200)] = ""
