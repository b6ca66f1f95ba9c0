"""The rows behind a number of the first page: exactly as many as it says, with what it counts in a sentence."""

import msgspec


class BehindRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row in words, and the page and subject it is opened by; `tone` is that of the cell that tells its state."""

    key: str
    cells: tuple[str, ...]
    page: str
    subject: str
    tone: str = ""


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one number: its words, what it counts, the headings; `toned` is the place of the state, -1 none."""

    title: str
    chip: str
    definition: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[BehindRow, ...]
    toned: int = -1
    unit: str = "行"
