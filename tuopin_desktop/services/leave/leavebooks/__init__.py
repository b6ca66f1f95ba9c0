"""The books of leave: registers, filings, cards, call sheet, brief and chronicle, each as rows, workbook and PDF."""

from tuopin_desktop.services.leave.leavebooks.brief import BriefRow, brief
from tuopin_desktop.services.leave.leavebooks.calls import CallRow, calls
from tuopin_desktop.services.leave.leavebooks.card import CardRow, card
from tuopin_desktop.services.leave.leavebooks.chronicle import StoryRow, story
from tuopin_desktop.services.leave.leavebooks.filings import CoverRow, FilingRow, cover, filings
from tuopin_desktop.services.leave.leavebooks.lates import LateRow, lates
from tuopin_desktop.services.leave.leavebooks.ledger import Ledger, open_ledger
from tuopin_desktop.services.leave.leavebooks.phonenotes import PhoneRow, phone_notes, uncalled
from tuopin_desktop.services.leave.leavebooks.register import RegisterRow, register

__all__ = [
    "BriefRow",
    "CallRow",
    "CardRow",
    "CoverRow",
    "FilingRow",
    "LateRow",
    "Ledger",
    "PhoneRow",
    "RegisterRow",
    "StoryRow",
    "brief",
    "calls",
    "card",
    "cover",
    "filings",
    "lates",
    "open_ledger",
    "phone_notes",
    "register",
    "story",
    "uncalled",
]
