"""The words in which findings speak of people, teams, slips and days."""

from datetime import date

from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.masking import hides
from tuopin_desktop.domain.record import Field, Form, Record, fields, scalar, title
from tuopin_desktop.domain.records import KINDS, Attendance, LeaveSlip, MonthClose, Posting, Team, choices


def subject_words(record: Record, facts: Facts) -> str:
    """Return how the clerk calls the subject of a finding."""
    if isinstance(record, Posting):
        return posting_words(record, facts)
    if isinstance(record, Attendance):
        return month_words(record, facts)
    if isinstance(record, Team):
        return record.name or f"{facts.county_name(record.county)}工作总队"
    if isinstance(record, MonthClose):
        return f"{facts.county_name(record.county)}{_month(record.month)}考勤结账"
    if isinstance(record, LeaveSlip):
        return " ".join(part for part in (record.name, "请假报备单", record.number) if part)
    if type(record) not in KINDS.values():
        return title(record)  # a contradiction, which is made for the day and named in words
    titled = [item for item in fields(type(record)) if item.name in record.kind.title and not hides(type(record), item)]
    return " ".join(filter(None, (_part(record, item, facts) for item in titled))) or record.kind.label


def _part(record: Record, item: Field, facts: Facts) -> str:
    """Return the words of a field of a title: who is pointed to, what a code means; nothing where that is not known."""
    value = scalar(getattr(record, item.name))
    if item.form is Form.REF:
        posting = facts.posting_by_id.get(str(value))
        return posting_words(posting, facts) if posting else facts.name_of(str(value)) if value else ""
    if item.form is Form.CHOICE:
        if isinstance(item.table, CodeTable):
            return item.table.word(str(value or ""))
        return facts.county_name(str(value or "")) if item.name == "county" else ""
    return field_words(item, value, {})


def month_words(record: Attendance, facts: Facts) -> str:
    """Return a month of attendance as 张三（武川县队长）2018年10月."""
    line = facts.closed_months.rolls.lines.get((record.posting, record.month)) if facts.closes else None
    if line is not None:
        return f"{line.name}（{facts.county_name(line.county)}{line.post}）{_month(record.month)}"
    posting = facts.posting_by_id.get(record.posting)
    return (posting_words(posting, facts) if posting else record.posting) + _month(record.month)


def _month(stored: str) -> str:
    year, _, month = stored.partition("-")
    return f"{year}年{month.lstrip('0')}月"


def posting_words(posting: Posting, facts: Facts) -> str:
    """Return a posting as 张三（武川县队长）."""
    position = choices.POSITION.word(posting.position)
    return f"{facts.name_of(posting.person)}（{facts.county_name(posting.county)}{position}）"


def day_words(day: date | None) -> str:
    """Return a day as ISO, or that none is registered."""
    return day.isoformat() if day else "未登记"
