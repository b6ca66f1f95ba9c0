"""Where a duty is done: the page that keeps the record which shows it, and what that page is to show."""

from tuopin_desktop.domain.duties.duty import Duty

_WAYS = {
    "weekly_note": ("journals", "notebook-text", "写周记"),
    "meeting": ("duties", "users", "登记会议"),
    "team_report": ("duties", "file-text", "登记月报"),
    "insurance": ("duties", "list-checks", "登记保险"),
    "round_trip": ("duties", "list-checks", "登记往返"),
    "posting": ("roster", "users", "打开人员"),
    "person": ("roster", "users", "打开人员"),
    "ballot": ("appraisal", "award", "打开考核"),
}
"""By the kind of the record that shows a duty done: the page that has it, its picture, and what is done there."""


def way(duty: Duty) -> tuple[str, str, str]:
    """Return the page, its picture and the words of the button."""
    return _WAYS.get(duty.kind, ("duties", "list-checks", "去办理"))


def goal(duty: Duty) -> str:
    """Return what the page is to show: the record itself where there is one to open, else the duty in its year."""
    page = way(duty)[0]
    if page == "journals":
        return f"weekly_note:{duty.county}/{duty.preset.get('week', '')}"
    if page == "roster":
        return duty.subject
    return "ballots" if page == "appraisal" else f"duty:{duty.due.year}/{duty.what}"
