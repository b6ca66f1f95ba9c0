"""What an import would do: each row with its outcome, the counts, and the whole rehearsal of one table."""

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.intake import Intake, SheetRow, Status
from tuopin_desktop.domain.intake.questions import Question

Action = Literal["new", "changed", "same", "error", "asked"]
_WORDS: dict[Action, str] = {"new": "新增", "changed": "更新", "same": "无变化", "error": "需更正", "asked": "待确认"}


class Plan(msgspec.Struct, frozen=True):
    """What one row would do: the judged row, its changes, and in one word the outcome.

    `effect` says of a record that is kept what would be another: 民族 汉族 → 蒙古族.
    """

    row: SheetRow
    changes: tuple[Change, ...]
    action: Action
    effect: str = ""

    @property
    def label(self) -> str:
        """Return the outcome in Chinese."""
        return _WORDS[self.action]


class Counts(msgspec.Struct, frozen=True):
    """How many rows are new, change something, change nothing, were left out, or wait for an answer."""

    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    pending: int = 0

    def text(self) -> str:
        """Return the counts as the clerk reads them."""
        text = f"新增{self.new}行，更新{self.changed}行，无变化{self.same}行，需更正{self.rejected}行"
        return f"{text}，待确认{self.pending}行" if self.pending else text


class RowFile(msgspec.Struct, frozen=True):
    """The file of one row: its name and path, the photo that would be kept and of whom, what Article 3 says of him.

    `tone` is `ok`, `warn`, `bad` or "" where nothing can be said.
    """

    name: str
    path: str
    person: str = ""
    photo: bytes = b""
    verdict: str = ""
    tone: str = ""


class Preview(msgspec.Struct, frozen=True):
    """A rehearsed import of one table; nothing is written until `confirm`.

    `questions` are open and hold what they concern; `more` are the other tables read together with this one, `answers`
    the answers it was read under, `layout` what tells its kind of sheet from others; `files` are those of its rows,
    in their order, where every row is a file of its own.
    """

    kind: str
    path: str
    sheet: str
    intake: Intake
    plans: tuple[Plan, ...]
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    more: tuple["Preview", ...] = ()
    answers: Mapping[str, str] = {}
    layout: str = ""
    files: tuple[RowFile, ...] = ()

    @property
    def parts(self) -> tuple["Preview", ...]:
        """Return every table that is read, this one first."""
        return (self, *self.more)

    @property
    def photos(self) -> tuple[tuple[str, bytes], ...]:
        """Return whose photos would be kept: of the rows that are written, person and bytes."""
        actions = {plan.row.number: plan.action for plan in self.plans}
        return tuple(
            (one.person, one.photo)
            for number, one in enumerate(self.files, 1)
            if one.photo and actions[number] in ("new", "changed")
        )

    @property
    def open(self) -> tuple[Question, ...]:
        """Return the questions of all tables, each once."""
        return tuple(dict.fromkeys(question for part in self.parts for question in part.questions))

    @property
    def counts(self) -> Counts:
        """Return what confirming would do."""
        actions = [plan.action for part in self.parts for plan in part.plans]
        outcomes: tuple[Action, ...] = ("new", "changed", "same", "error", "asked")
        return Counts(*(actions.count(outcome) for outcome in outcomes))

    def messages(self) -> Iterator[tuple[int, str, str]]:
        """Yield (sheet row, heading, sentence) for every cell a person should look at."""
        for part in self.parts:
            where = f"{part.sheet} " if self.more else ""
            for row in part.intake.rows:
                name = f"{self.files[row.number - 1].name} " if self.files else where
                for cell in row.cells:
                    if cell.status > Status.NOTED:
                        yield row.number, name + cell.column.heading, cell.message
