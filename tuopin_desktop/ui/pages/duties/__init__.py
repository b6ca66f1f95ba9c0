"""The page of duties: the radar, and every register of duties."""

from tuopin_desktop.ui.pages.duties.page import DutiesPage

__all__ = ["DutiesPage"]
