"""An item as it is printed today: pages and PDF.

Nothing is noted here: whoever hands the pages out notes one disclosure for all of them (`office/disclosures.py`).
"""

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.services.archives import items, pagemaking
from tuopin_desktop.services.office.desk import Desk


def sheets(desk: Desk, item: ArchiveItem) -> list[Sheet]:
    """Return the pages of an item as it would be printed today; none where no record of it stands any more."""
    group = items.group_of(desk, item)
    return pagemaking.sheets_of(desk, item, group) if group is not None else []


def pdf(desk: Desk, item: ArchiveItem) -> bytes | None:
    """Return the pages of an item as PDF, None where there are none; practice data carry their mark."""
    pages = sheets(desk, item)
    return pdfs.render(pages, desk.fonts(), title=item.name, mark=desk.mark) if pages else None
