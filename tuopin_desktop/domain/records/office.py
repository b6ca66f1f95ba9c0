"""The office that keeps the data, and the counties and teams that ship with the program (Art. 2)."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Owner, Record, about
from tuopin_desktop.domain.records import choices
from tuopin_desktop.domain.roles import Act


class Office(Record, frozen=True, kw_only=True):
    """One office of the programme: a county office, a league relay or the region office (Art. 7)."""

    kind: ClassVar[Kind] = Kind(
        name="office", label="单位", groups=("本单位",), id_by="{office}/office", act=Act.OFFICE, beyond_term=True
    )

    name: Annotated[str, about("单位名称", group="本单位", required=True, width=280)] = ""
    level: Annotated[str, about("层级", form=Form.CHOICE, table=choices.LEVEL, auto=True, width=80)] = ""
    secretary: Annotated[
        str, about("旗县（市、区）委书记", group="本单位", limit=50, person_name=True, hint="请假报备单由其签字")
    ] = ""
    clerk: Annotated[str, about("经办人", group="本单位", limit=50, person_name=True, width=100)] = ""
    phone: Annotated[str, about("办公电话", group="本单位", limit=40, width=130)] = ""
    address: Annotated[str, about("地址", group="本单位")] = ""
    dispatch_code: Annotated[
        str,
        about("机关代字", group="本单位", limit=20, hint="发文字号的开头，如 内脱攻办；取文号时程序接着上一号编"),
    ] = ""


class County(Record, frozen=True, kw_only=True):
    """One of the 57 poverty counties; the region office keeps this table."""

    kind: ClassVar[Kind] = Kind(
        name="county",
        label="旗县",
        owner=Owner.REGION,
        groups=("旗县",),
        order=("code",),
        id_by="15/{code}",
        impersonal=True,
        beyond_term=True,
    )

    code: Annotated[str, about("行政区划代码", group="旗县", required=True, limit=6, width=110, owner=Owner.REGION)] = (
        ""
    )
    name: Annotated[
        str, about("旗县名称", group="旗县", required=True, limit=50, width=180, owner=Owner.REGION, search=True)
    ] = ""
    league_code: Annotated[str, about("盟市代码", group="旗县", limit=6, owner=Owner.REGION)] = ""
    league: Annotated[str, about("所属盟市", group="旗县", limit=50, width=120, owner=Owner.REGION)] = ""
    poverty: Annotated[
        str, about("贫困类别", group="旗县", form=Form.CHOICE, table=choices.POVERTY, width=90, owner=Owner.REGION)
    ] = ""
    certainty: Annotated[
        str,
        about(
            "名单依据",
            group="旗县",
            form=Form.CHOICE,
            table=choices.CERTAINTY,
            width=90,
            owner=Owner.REGION,
            hint="“待核”：只见于一份公开名单，请对照本办文件核定",
        ),
    ] = ""
    exit: Annotated[
        str,
        about(
            "退出贫困时间",
            group="旗县",
            form=Form.MONTH,
            width=110,
            owner=Owner.REGION,
            hint="仅供参考，脱贫退出工作队不撤离（第六条）",
        ),
    ] = ""


class Team(Record, frozen=True, kw_only=True):
    """The work team of a county; there is exactly one per county (A02-1)."""

    kind: ClassVar[Kind] = Kind(
        name="team", label="工作总队", groups=("工作总队",), order=("county",), id_by="{county}/team"
    )

    county: Annotated[
        str, about("旗县", group="工作总队", form=Form.CHOICE, table="旗县", required=True, width=160, index=True)
    ] = ""
    name: Annotated[str, about("总队名称", group="工作总队", required=True, limit=80, width=260)] = ""
    arrived: Annotated[date | None, about("进驻日期", group="工作总队", form=Form.DATE, width=110)] = None
    station: Annotated[str, about("驻地", group="工作总队")] = ""
    phone: Annotated[str, about("联系电话", group="工作总队", limit=40, width=130)] = ""
    note: Annotated[str, about("备注", group="工作总队", form=Form.LONG, limit=1000)] = ""
