"""Frozen reports: the figures a report was made from, kept so that it can be made again years later."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about

CONTENT_LIMIT = 2_000_000
"""Characters of one year's figures and tables: some 100 for each person, and a wide margin."""


class Snapshot(Record, frozen=True, kw_only=True):
    """What an annual report says, frozen; its id is `<office>/annual/<year>/<n>`.

    `content` is canonical JSON of figures and tables, `digest` its SHA-256, `position` how far the log reached: a
    line per feed. What was written since, and only that, can have changed a figure. Once names were taken out of the
    content (`domain/purging.py`), `remainder` is the SHA-256 of what is left of it, figures and all.
    """

    kind: ClassVar[Kind] = Kind(
        name="snapshot", label="年度数字定稿", title=("year", "taken"), groups=("定稿",), sealed=True
    )

    year: Annotated[
        int | None,
        about("年度", group="定稿", form=Form.INTEGER, least=0, most=2099, required=True, width=70, index=True),
    ] = None
    taken: Annotated[date | None, about("定稿日期", group="定稿", form=Form.DATE, required=True, width=100)] = None
    taken_by: Annotated[str, about("定稿人", group="定稿", limit=50, person_name=True, width=90)] = ""
    digest: Annotated[str, about("核对码", group="定稿", limit=64, required=True, lasting=True)] = ""
    position: Annotated[str, about("日志位置", group="定稿", form=Form.LONG, limit=200_000, lasting=True)] = ""
    content: Annotated[str, about("数字", group="定稿", form=Form.LONG, limit=CONTENT_LIMIT, required=True)] = ""
    remainder: Annotated[str, about("清除姓名后的核对码", auto=True, limit=64)] = ""
