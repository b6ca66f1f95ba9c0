"""Rows of logs, notes and ledger items in a sheet: whose they are, under which id, and none twice."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.journals import entries, weeks
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Record, Scalar
from tuopin_desktop.domain.records import DailyLog, LedgerItem, Person, Posting, WeeklyNote
from tuopin_desktop.services.registers.refrows import record_of

KINDS = ("daily_log", "weekly_note", "ledger_item")


class JournalRows:
    """Reads the rows of one file."""

    def __init__(
        self,
        records: Mapping[str, Mapping[str, Record]],
        postings: Mapping[str, Sequence[Posting]],
        person: Callable[[str, str], Person],
        today: date,
    ) -> None:
        """Take the records held by kind and id, postings by person, and who a name means in a county."""
        self._held, self._postings, self._person, self._today = records, postings, person, today
        self._read: set[str] = set()

    def settle(self, kind: str, table: dict[str, Scalar], record: Record | None, owner: str) -> str:
        """Put the posting that a row's name means on its day into the row; return who owns the row."""
        if kind == "weekly_note":
            table["week"] = weeks.read_week(str(table.get("week") or ""))
            return owner
        name = str(table.get("posting") or "")
        standing = record_of(self._held, Posting, getattr(record, "posting", "") if record else name)
        if standing is not None and name in (standing.id, self._name(standing)):
            table["posting"] = standing.id
        elif name:
            table["posting"] = self._serving(name, owner, str(table.get("date") or table.get("opened") or "")).id
        return ids.owner(str(table["posting"])) if table.get("posting") else owner

    def log_problems(self, log: DailyLog) -> list[Problem]:
        """Return what is wrong with a log; the same one twice in a file is refused."""
        return entries.log_problems(log, record_of(self._held, Posting, log.posting)) + self._twice(log, "date")

    def note_problems(self, note: WeeklyNote) -> list[Problem]:
        """Return what is wrong with a note; the same one twice in a file is refused."""
        return entries.note_problems(note) + self._twice(note, "week")

    def item_problems(self, item: LedgerItem) -> list[Problem]:
        """Return what is wrong with an item; the same one twice in a file is refused."""
        return entries.item_problems(item) + self._twice(item, "date")

    def _twice(self, record: Record, name: str) -> list[Problem]:
        before = record.id in self._read
        self._read.add(record.id)
        sentence = f"本表前面已有这一条{record.kind.label}，请合为一行"
        return [Problem(code="journal.twice", sentence=sentence, fields=(name,))] if before else []

    def _name(self, posting: Posting) -> str:
        person = record_of(self._held, Person, posting.person)
        return person.name if person is not None else ""

    def _serving(self, name: str, owner: str, day: str) -> Posting:
        person = self._person(name, owner)
        when = date.fromisoformat(day) if day else self._today
        serving = [posting for posting in self._postings.get(person.id, ()) if serves(posting, when)]
        if not serving:
            sentence = f"{person.name}在{when.isoformat()}没有派驻记录，请先登记派驻"
            raise Refused([Problem(code="posting", sentence=sentence, fields=("posting",))])
        return serving[-1]
