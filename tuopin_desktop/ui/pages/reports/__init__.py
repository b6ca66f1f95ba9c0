"""The page of reports: the monthly circular and the annual report with its frozen figures."""

from tuopin_desktop.ui.pages.reports.page import ReportsPage

__all__ = ["ReportsPage"]
