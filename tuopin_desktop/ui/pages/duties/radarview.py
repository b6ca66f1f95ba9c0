"""The radar: a county sees the list, offices above the map first and the list of one square of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.ui.pages.duties.dutylist import DutyList
from tuopin_desktop.ui.pages.duties.heat import HeatView
from tuopin_desktop.ui.pages.duties.questions import Year
from tuopin_desktop.ui.plumbing.office import OfficeView


class RadarView(QStackedWidget):
    """`opened` carries the duty to look at."""

    opened = Signal(object)

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._office = office
        self.duties = DutyList(office)
        self.duties.opened.connect(self.opened)
        self.duties.closed.connect(self.back)
        self.heat = HeatView()
        self.heat.opened.connect(self._open_square)
        self.addWidget(self.duties)
        self.addWidget(self.heat)
        if office.level is not Level.COUNTY:
            self.setCurrentWidget(self.heat)

    def replace(self, year: Year) -> None:
        """Show another year, or the same anew."""
        self.duties.replace(year.due, year.duties)
        self.heat.replace(year.map)

    def search(self) -> None:
        """Put the keyboard into the search line in sight."""
        (self.heat if self.currentWidget() is self.heat else self.duties).search.setFocus()

    def back(self) -> None:
        """Go from the list of a square to the map."""
        self.duties.everything()
        if self._office.level is not Level.COUNTY:
            self.setCurrentWidget(self.heat)
            self.heat.setFocus()

    def show_what(self, what: str) -> None:
        """Show one duty of all counties, without one whatever presses."""
        if what:
            self.duties.square(None, what, what)
        else:
            self.duties.pressing()
        self.setCurrentWidget(self.duties)

    def show_county(self, county: str) -> None:
        """Show what is overdue of the year in one county: the rows its number on the start page counts."""
        self.duties.square(county, "", self._office.vocabulary["旗县"].word(county))
        self.duties.overdue_here()
        self.setCurrentWidget(self.duties)

    def take_keyboard(self) -> None:
        """Put the keyboard into the list or map in sight."""
        self.currentWidget().setFocus()

    def _open_square(self, county: str, what: str) -> None:
        if what:
            name = self._office.vocabulary["旗县"].word(county) if county else "自治区办公室"
            self.duties.square(county, what, f"{name} · {what}")
            self.setCurrentWidget(self.duties)
            self.duties.table.setFocus()
