"""Attendance: a month as a grid of people and days, keyed by single keys, every figure unfolded to its article."""

from tuopin_desktop.ui.pages.attendance.page import AttendancePage

__all__ = ["AttendancePage"]
