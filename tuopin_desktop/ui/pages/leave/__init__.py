"""Leave: the list of slips, and the official form as a sheet that is typed on."""

from tuopin_desktop.ui.pages.leave.page import LeavePage

__all__ = ["LeavePage"]
