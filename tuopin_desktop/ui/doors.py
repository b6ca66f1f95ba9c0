"""The doors of the rail: which pages there are and what they are called, without loading any of them.

A page's module is loaded when its door is first opened: loading all was a tenth of the time to the first window.
"""

import importlib
from typing import NamedTuple

from tuopin_desktop.ui.plumbing.facts import DeskFacts
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import Page


class Door(NamedTuple):
    """One entry of the rail: the page's key, its words and icon, and where its class stands."""

    key: str
    label: str
    icon: str
    module: str
    name: str

    def __call__(self, asker: Asker, facts: DeskFacts) -> Page:
        """Make the page."""
        page: Page = getattr(importlib.import_module(f"tuopin_desktop.ui.pages.{self.module}"), self.name)(asker, facts)
        return page


# Settings stay the last door of the rail.
DOORS = (
    Door("home", "首页", "house", "home", "HomePage"),
    Door("roster", "队伍与人员", "users", "roster", "RosterPage"),
    Door("leave", "请销假", "file-text", "leave", "LeavePage"),
    Door("checks", "抽查核对", "clipboard-check", "checks", "ChecksPage"),
    Door("attendance", "考勤", "calendar-days", "attendance", "AttendancePage"),
    Door("duties", "履职事项", "calendar-days", "duties", "DutiesPage"),
    Door("journals", "日志台账", "layout-grid", "journals", "JournalsPage"),
    Door("appraisal", "考核", "award", "appraisal", "AppraisalPage"),
    Door("reports", "报告", "file-spreadsheet", "reports", "ReportsPage"),
    Door("settings", "设置", "settings", "settings", "SettingsPage"),
)
