"""Scans and files that belong to a record; the bytes lie beside the database under their content hash."""

from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.roles import Act


class Attachment(Record, frozen=True, kw_only=True):
    """A kept file as it belongs to one record; its id is `<owner>/<sha256>/<rest of the slip's id>`.

    Of any other record the last part is `<kind>-<32 signs of the SHA-256 of its id>`. The same scan is stored once
    however often it comes, and one file that shows several slips belongs to each of them. `subject` is the log key of
    the record; `media` may end in `;pages=2,5-6`: the pages that are the subject's.
    """

    kind: ClassVar[Kind] = Kind(name="attachment", label="附件", groups=("附件",), act=Act.AMEND)

    name: Annotated[str, about("文件名", group="附件", required=True, limit=200, width=260)] = ""
    subject: Annotated[str, about("所属记录", form=Form.REF, ref="", auto=True, index=True, limit=200)] = ""
    media: Annotated[str, about("类型", auto=True, limit=60, width=120)] = ""
    size: Annotated[int | None, about("大小", form=Form.INTEGER, unit="字节", auto=True, width=90)] = None
    note: Annotated[str, about("说明", group="附件", limit=300, width=200)] = ""
