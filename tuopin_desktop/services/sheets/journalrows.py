"""Rows of logs, notes and ledger items in a sheet: whose they are, under which id, and none twice."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.journals import entries, weeks
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Record, Scalar
from tuopin_desktop.domain.records import DailyLog, LedgerItem, Person, Posting, WeeklyNote

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
        standing = self._held["posting"].get(getattr(record, "posting", "") if record else name)
        if isinstance(standing, Posting) and name in (standing.id, self._name(standing)):
            table["posting"] = standing.id
        elif name:
            table["posting"] = self._serving(name, owner, str(table.get("date") or table.get("opened") or "")).id
        return ids.owner(str(table["posting"])) if table.get("posting") else owner

    def problems(self, record: DailyLog | WeeklyNote | LedgerItem) -> list[Problem]:
        """Return what is wrong with a log, note or item; the same one twice in a file is refused."""
        posting = self._held["posting"].get(record.posting) if isinstance(record, DailyLog) else None
        problems = entries.problems_of(record, posting if isinstance(posting, Posting) else None)
        if record.id in self._read:
            name = "week" if isinstance(record, WeeklyNote) else "date"
            sentence = f"本表前面已有这一条{record.kind.label}，请合为一行"
            problems.append(Problem(code="journal.twice", sentence=sentence, fields=(name,)))
        self._read.add(record.id)
        return problems

    def _name(self, posting: Posting) -> str:
        person = self._held["person"].get(posting.person)
        return person.name if isinstance(person, Person) else ""

    def _serving(self, name: str, owner: str, day: str) -> Posting:
        person = self._person(name, owner)
        when = date.fromisoformat(day) if day else self._today
        serving = [posting for posting in self._postings.get(person.id, ()) if serves(posting, when)]
        if not serving:
            sentence = f"{person.name}在{when.isoformat()}没有派驻记录，请先登记派驻"
            raise Refused([Problem(code="posting", sentence=sentence, fields=("posting",))])
        return serving[-1]


def natural_id(kind: str, table: Mapping[str, Scalar]) -> str:
    """Return the id of a settled row of a log or note; items have none."""
    if kind == "daily_log":
        return f"{table.get('posting')}/{table.get('date')}"
    return entries.note_id(str(table.get("county")), str(table.get("week"))) if kind == "weekly_note" else ""
