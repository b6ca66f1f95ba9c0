"""The page of daily logs, weekly notes and the work ledger."""

from tuopin_desktop.ui.pages.journals.page import JournalsPage

__all__ = ["JournalsPage"]
