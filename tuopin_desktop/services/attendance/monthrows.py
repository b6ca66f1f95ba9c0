"""Rows of attendance in a sheet: whose month each is, shared among the postings that person has in it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from tuopin_desktop.domain.attendance import months
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Record, Scalar
from tuopin_desktop.domain.records import Attendance, Person, Posting
from tuopin_desktop.services.office import closedmonths
from tuopin_desktop.services.registers.refrows import record_of
from tuopin_desktop.store.store import Store

Pair = tuple[Record | None, Record]
"""A record before and after a row."""


class MonthRows:
    """Reads the months of one file; a month given twice is refused the second time."""

    def __init__(
        self,
        records: Mapping[str, Mapping[str, Record]],
        postings: Mapping[str, Sequence[Posting]],
        person: Callable[[str, str], Person],
        store: Store,
    ) -> None:
        """Take the records held by kind and id, postings by person, who a name means in a county, and the closes."""
        self._held, self._postings, self._person, self._store = records, postings, person, store
        self._read: set[str] = set()

    def read(self, table: Mapping[str, Scalar]) -> list[Pair]:
        """Return (before, after) of each month record a row changes; raises Refused naming the wrong cell."""
        if len(str(table.get("month") or "")) != len("2018-06"):
            raise _refused("month", "月份应只写到月，如2018.06", "month")
        record = record_of(self._held, Attendance, str(table.get("id") or ""))
        postings = self._about(table, record)
        pairs = months.month_changes(table, postings, self._held["attendance"], named=record is not None)
        if {after.id for _, after in pairs} & self._read:
            raise _refused("twice", f"本表上面已有“{table['posting']}”{table['month']}的考勤，请合为一行", "posting")
        for before, after in pairs:
            if before != after and (shut := closedmonths.problems(self._store, after)):
                raise Refused(shut)
        self._read |= {after.id for _, after in pairs}
        return list(pairs)

    def problems(self, record: Attendance) -> list[Problem]:
        """Return what keeps a month from being saved, given the posting it belongs to."""
        posting = record_of(self._held, Posting, record.posting)
        return months.problems_of(record, posting) if posting is not None else []

    def _about(self, table: Mapping[str, Scalar], record: Attendance | None) -> list[Posting]:
        """Return the postings a row is about: that of the record it names, or all the person has in the month."""
        name, month = str(table.get("posting") or ""), str(table["month"])
        standing = record_of(self._held, Posting, record.posting if record is not None else name)
        if standing is not None and (record is None or self._is_of(record, standing, name, month)):
            return [standing]
        person = self._person(name, str(table.get("owner") or ""))
        serving = [item for item in self._postings.get(person.id, ()) if months.served(item, month) is not None]
        if not serving:
            raise _refused("posting", f"{person.name}在{month}没有派驻记录，请先登记派驻", "posting")
        return sorted(serving, key=lambda item: (item.since or date.min, item.id))

    def _is_of(self, record: Attendance, standing: Posting, name: str, month: str) -> bool:
        if record.month != month:
            raise _refused("id", "记录号是另一个月份的，请清空记录号后重新导入", "id")
        person = record_of(self._held, Person, standing.person)
        return name in (standing.id, person.name if person is not None else "")


def _refused(code: str, sentence: str, name: str) -> Refused:
    return Refused([Problem(code=code, sentence=sentence, fields=(name,))])
