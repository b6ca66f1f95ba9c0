"""Teams and people: the roster, each team's five slots, and one person with the postings."""

from tuopin_desktop.ui.pages.roster.page import RosterPage

__all__ = ["RosterPage"]
