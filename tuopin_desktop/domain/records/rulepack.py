"""A rule pack an office took into use: the region's signed file, kept with the records it judges."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.roles import Act

CONTENT_LIMIT = 300_000
"""Characters of the signed parts: a pack of at most 64 KiB and its lists."""


class RulePack(Record, frozen=True, kw_only=True):
    """One version of a pack in use in one office; its id is `<office>/pack/<pack>/<version>`.

    `content` is the signed file without its paper, as JSON of names and texts (`exchange/packfile.py`): its signature
    is proved again whenever it is read. The paper is an attachment of the record, known by the hash that was signed.
    """

    kind: ClassVar[Kind] = Kind(
        name="rule_pack",
        label="启用的办法文件",
        title=("name", "version"),
        groups=("办法文件",),
        sealed=True,
        impersonal=True,
        act=Act.PACKS,
        beyond_term=True,
    )

    pack: Annotated[str, about("办法文件编号", group="办法文件", required=True, limit=40, width=120)] = ""
    version: Annotated[
        int | None, about("版次", group="办法文件", form=Form.INTEGER, least=1, most=999, required=True, width=60)
    ] = None
    name: Annotated[str, about("办法文件名称", group="办法文件", required=True, limit=60, width=240)] = ""
    number: Annotated[str, about("依据文号", group="办法文件", required=True, limit=80, width=160)] = ""
    enabled: Annotated[
        date | None, about("启用日期", group="办法文件", form=Form.DATE, required=True, happened=True, width=100)
    ] = None
    enabled_by: Annotated[str, about("启用人", group="办法文件", limit=50, person_name=True, width=90)] = ""
    content: Annotated[str, about("签名内容", group="办法文件", form=Form.LONG, limit=CONTENT_LIMIT, required=True)] = (
        ""
    )
