"""The books of leave: registers, filings, cards, call sheet, brief and chronicle, each as rows, workbook and PDF."""

from tuopin_desktop.services.leavebooks.brief import BriefRow, brief
from tuopin_desktop.services.leavebooks.calls import CallRow, calls
from tuopin_desktop.services.leavebooks.card import CardRow, card
from tuopin_desktop.services.leavebooks.chronicle import StoryRow, story
from tuopin_desktop.services.leavebooks.filings import CoverRow, FilingRow, cover, filings
from tuopin_desktop.services.leavebooks.lates import LateRow, lates
from tuopin_desktop.services.leavebooks.ledger import Ledger, open_ledger
from tuopin_desktop.services.leavebooks.phonenotes import PhoneRow, phone_notes, uncalled
from tuopin_desktop.services.leavebooks.register import RegisterRow, register

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
