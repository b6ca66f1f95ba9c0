"""Papers an office sent out under its own number (发文登记): a number is given once and never again."""

import datetime
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about


class Dispatch(Record, frozen=True, kw_only=True):
    """One outgoing paper with its number; by `subject` a paper the program made finds its number again."""

    kind: ClassVar[Kind] = Kind(
        name="dispatch",
        label="发文登记",
        title=("number", "name"),
        groups=("发文",),
        keep_one=("number",),
        order=("dated", "number"),
        each_office=True,
    )

    number: Annotated[
        str,
        about(
            "发文字号",
            group="发文",
            required=True,
            limit=60,
            width=150,
            lasting=True,
            hint="如 内脱攻办〔2019〕5号",
            synonyms=("文号", "字号"),
        ),
    ] = ""
    name: Annotated[
        str, about("标题", group="发文", required=True, limit=200, width=260, search=True, synonyms=("文件标题",))
    ] = ""
    receiver: Annotated[str, about("主送", group="发文", limit=200, width=180, synonyms=("主送机关",))] = ""
    dated: Annotated[
        datetime.date | None,
        about("成文日期", group="发文", form=Form.DATE, required=True, width=100, synonyms=("日期", "发文日期")),
    ] = None
    signer: Annotated[str, about("签发人", group="发文", limit=50, person_name=True, width=90)] = ""
    copies: Annotated[int | None, about("份数", group="发文", form=Form.INTEGER, least=0, most=9999, width=60)] = None
    sent: Annotated[datetime.date | None, about("送出日期", group="发文", form=Form.DATE, width=100)] = None
    note: Annotated[str, about("备注", group="发文", limit=200, width=120)] = ""
    subject: Annotated[str, about("文件来源", auto=True, limit=80, lasting=True, index=True)] = ""
