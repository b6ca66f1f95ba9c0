"""What narrows the list of slips above the county: league, team, leaders, the day of expected return."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.services.leave.narrowing import EXPECTED, POSTS, Narrowing
from tuopin_desktop.services.office import offices
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.parts import hide_unless, label, row

_WIDE = 140


class Above(QWidget):
    """Four boxes side by side; `chosen` when one of them was turned."""

    chosen = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        counties = {
            code: name for code, name in office.vocabulary["旗县"].labels.items() if code.startswith(office.scope)
        }
        leagues = {code[:4]: offices.called(code[:4]) for code in counties}
        self.league = FilterBox("全部盟市", leagues, "只看一个盟市的报备单")
        self.county = FilterBox("全部旗县", counties, "只看一个旗县工作总队的报备单")
        self.posts = FilterBox("队长和队员", POSTS, "只看队长，或副队长和队员")
        self.expected = FilterBox("不论哪天应返", EXPECTED, "按应返回的日子")
        boxes = (self.league, self.county, self.posts, self.expected)
        for box in boxes:
            box.setMaximumWidth(_WIDE)
            box.chosen.connect(lambda _: self.chosen.emit())
        self.setLayout(row(label("只看", "label"), *boxes, None, margins=(12, 0, 12, 4)))
        hide_unless(self.league, office.level is Level.REGION)

    def narrowing(self) -> Narrowing:
        """Return what is chosen."""
        return Narrowing(self.county.code(), self.league.code(), self.posts.code(), self.expected.code())

    def show_only(self, county: str) -> None:
        """Show a team alone, or everything: exactly what another page has counted."""
        for box, code in ((self.county, county), (self.league, ""), (self.posts, ""), (self.expected, "")):
            box.setCurrentIndex(max(0, box.findData(code)))
