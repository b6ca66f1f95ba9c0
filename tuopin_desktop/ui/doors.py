"""The doors of the rail: which pages there are and what they are called, without loading any of them.

A page's module is loaded when its door is first opened: loading all was a tenth of the time to the first window.
"""

import importlib
from typing import NamedTuple

from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import Page

_DIGITS = "1234567890-"
"""The keys of the digit row from the left: with Ctrl they open the doors in their order."""


class Door(NamedTuple):
    """One entry of the rail: the page's key, its words and icon, and where its class stands."""

    key: str
    label: str
    icon: str
    module: str
    name: str

    def __call__(self, asker: Asker, office: OfficeView) -> Page:
        """Make the page."""
        page: Page = getattr(importlib.import_module(f"tuopin_desktop.ui.pages.{self.module}"), self.name)(
            asker, office
        )
        return page


# In the order of a day's work; settings stay the last door of the rail.
DOORS = (
    Door("home", "首页", "house", "home", "HomePage"),
    Door("roster", "队伍与人员", "users", "roster", "RosterPage"),
    Door("leave", "请销假", "file-text", "leave", "LeavePage"),
    Door("attendance", "考勤", "calendar-days", "attendance", "AttendancePage"),
    Door("journals", "日志台账", "notebook-text", "journals", "JournalsPage"),
    Door("checks", "抽查核对", "clipboard-check", "checks", "ChecksPage"),
    Door("duties", "履职事项", "list-checks", "duties", "DutiesPage"),
    Door("appraisal", "考核", "award", "appraisal", "AppraisalPage"),
    Door("reports", "报告", "file-spreadsheet", "reports", "ReportsPage"),
    Door("exchange", "U盘交换", "usb", "exchange", "ExchangePage"),
    Door("settings", "设置", "settings", "settings", "SettingsPage"),
)


def key_of(place: int) -> str:
    """Return the key that opens the door at that place of the rail (from 0), or nothing beyond the digit row."""
    return f"Ctrl+{_DIGITS[place]}" if place < len(_DIGITS) else ""
