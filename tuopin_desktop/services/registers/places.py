"""Where the window keeps a kind of record: said once, for whoever leads a clerk from one place to another."""

from collections.abc import Mapping

REGISTERS = "duties"
"""The page of the registers, which are all kept alike (`registerlists.GROUPS`)."""
_KEPT: tuple[tuple[str, str], ...] = (
    ("leave", "leave_slip opinion authorisation filing call amendment"),
    ("attendance", "attendance month_close correction remark"),
    ("journals", "daily_log weekly_note ledger_item"),
    ("checks", "spot_check own_check rectification check_draw explanation"),
    ("roster", "person posting team"),
    ("appraisal", "ballot_round ballot grade recall_case statement measure replacement"),
    ("reports", "snapshot"),
    ("exchange", "station revocation"),
    ("settings", "office county calendar_year calendar_day ruling rule_pack purge user access"),
    ("archives/items", "archive_item"),
    ("archives/setup", "fonds filing_rule"),
    ("archives/handover", "archive_handover"),
    ("archives/compare", "catalogue_heads"),
    ("archives/personal", "personal_material personal_handover"),
    ("archives/certificates", "service_certificate"),
    ("archives/extracts", "extract lending"),
    ("archives/closing", "term_seal closing_note"),
)
PLACES: Mapping[str, str] = {kind: place for place, kinds in _KEPT for kind in kinds.split()}
"""Page and, behind a slash, tab of every kind that is no register; an attachment lies with its record."""


_SHOWN: Mapping[str, str] = {"contradiction": "checks", "evidence": "checks", "state": "roster"}
"""What is shown and no record: two records that contradict each other, those of a team, a state of the roster."""


def page_of(kind: str) -> str:
    """Return the key of the page that keeps records of a kind, or shows what stands under this name."""
    return PLACES.get(kind, _SHOWN.get(kind, REGISTERS)).partition("/")[0]


def tab_of(kind: str) -> str:
    """Return the tab of that page, "" where the page finds it by the record."""
    return PLACES.get(kind, REGISTERS).partition("/")[2]
