"""The doors of the rail: which pages there are and what they are called, without loading any of them.

A page's module is loaded when its door is first opened: loading all was a tenth of the time to the first window.
"""

from collections.abc import Callable
from typing import NamedTuple

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.roles import Signed
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import Page

_DIGITS = "1234567890-="
"""The keys of the digit row from the left: with Ctrl they open the doors in their order."""


class Door(NamedTuple):
    """One entry of the rail: the page's key, its words and icon, and what loads its class."""

    key: str
    label: str
    icon: str
    load: Callable[[], Callable[[Asker, OfficeView], Page]]

    def __call__(self, asker: Asker, office: OfficeView) -> Page:
        """Make the page."""
        return self.load()(asker, office)


def _home() -> Callable[[Asker, OfficeView], Page]:
    return _first_page


def _first_page(asker: Asker, office: OfficeView) -> Page:
    """Make the first page of a county, or of an office above the counties."""
    if office.level is Level.COUNTY:
        from tuopin_desktop.ui.pages.home import HomePage  # noqa: PLC0415 start-up: see above

        return HomePage(asker, office)
    from tuopin_desktop.ui.pages.above import AbovePage  # noqa: PLC0415 start-up: see above

    return AbovePage(asker, office)


def _leader() -> type[Page]:
    from tuopin_desktop.ui.pages.leader import LeaderPage  # noqa: PLC0415 start-up: see above

    return LeaderPage


def _roster() -> type[Page]:
    from tuopin_desktop.ui.pages.roster.page import RosterPage  # noqa: PLC0415 start-up: see above

    return RosterPage


def _leave() -> type[Page]:
    from tuopin_desktop.ui.pages.leave.page import LeavePage  # noqa: PLC0415 start-up: see above

    return LeavePage


def _attendance() -> type[Page]:
    from tuopin_desktop.ui.pages.attendance.page import AttendancePage  # noqa: PLC0415 start-up: see above

    return AttendancePage


def _journals() -> type[Page]:
    from tuopin_desktop.ui.pages.journals.page import JournalsPage  # noqa: PLC0415 start-up: see above

    return JournalsPage


def _checks() -> type[Page]:
    from tuopin_desktop.ui.pages.spotchecks.page import ChecksPage  # noqa: PLC0415 start-up: see above

    return ChecksPage


def _duties() -> type[Page]:
    from tuopin_desktop.ui.pages.duties.page import DutiesPage  # noqa: PLC0415 start-up: see above

    return DutiesPage


def _appraisal() -> type[Page]:
    from tuopin_desktop.ui.pages.appraisal.page import AppraisalPage  # noqa: PLC0415 start-up: see above

    return AppraisalPage


def _reports() -> type[Page]:
    from tuopin_desktop.ui.pages.reports.page import ReportsPage  # noqa: PLC0415 start-up: see above

    return ReportsPage


def _exchange() -> type[Page]:
    from tuopin_desktop.ui.pages.exchange.page import ExchangePage  # noqa: PLC0415 start-up: see above

    return ExchangePage


def _archives() -> type[Page]:
    from tuopin_desktop.ui.pages.archives.page import ArchivesPage  # noqa: PLC0415 start-up: see above

    return ArchivesPage


def _settings() -> type[Page]:
    from tuopin_desktop.ui.pages.settings.page import SettingsPage  # noqa: PLC0415 start-up: see above

    return SettingsPage


# In the order of a day's work; settings stay the last door of the rail.
DOORS = (
    Door("home", "首页", "house", _home),
    Door("roster", "队伍与人员", "users", _roster),
    Door("leave", "请销假", "file-text", _leave),
    Door("attendance", "考勤", "calendar-days", _attendance),
    Door("journals", "日志台账", "notebook-text", _journals),
    Door("checks", "抽查核对", "clipboard-check", _checks),
    Door("duties", "履职事项", "list-checks", _duties),
    Door("appraisal", "考核", "award", _appraisal),
    Door("reports", "报告", "file-spreadsheet", _reports),
    Door("exchange", "U盘交换", "usb", _exchange),
    Door("archives", "归档", "archive", _archives),
    Door("settings", "设置", "settings", _settings),
)


def doors_of(who: Signed) -> tuple[Door, ...]:
    """Return the doors of a window: whoever only looks is shown another first page."""
    first = DOORS[0]._replace(load=_leader) if who.only_looks else DOORS[0]
    return (first, *DOORS[1:])


def key_of(place: int) -> str:
    """Return the key that opens the door at that place of the rail (from 0), or nothing beyond the digit row."""
    return f"Ctrl+{_DIGITS[place]}" if place < len(_DIGITS) else ""
