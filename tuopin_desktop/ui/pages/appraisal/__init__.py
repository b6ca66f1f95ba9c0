"""The page of appraisal: points with their trace, paper ballots keyed twice, proposed and decided grades."""

from tuopin_desktop.ui.pages.appraisal.page import AppraisalPage

__all__ = ["AppraisalPage"]
