"""Whose file lacks what the rules need, as a list for window, paper and command line."""

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.essentials import Lack, in_team_order, lacking, standing_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

_COLUMNS = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("姓名", 28, "center"),
    Column("派驻旗县", 34, "center"),
    Column("队内职务", 24, "center"),
    Column("派出单位", 50),
    Column("缺几项", 18, "center", Form.INTEGER),
    Column("待补的栏目", 90),
)


class IncompleteFile(msgspec.Struct, frozen=True):
    """A person whose file is not complete, with the posting that matters and what is missing."""

    person: Person
    posting: Posting | None
    county_name: str
    lacks: tuple[Lack, ...]

    @property
    def text(self) -> str:
        """Return the labels of what is missing."""
        return "、".join(one.field.label for one in self.lacks)


def rows(
    desk: Desk, county: str = "", facts: Facts | None = None, policy: Policy | None = None
) -> list[IncompleteFile]:
    """Return those whose files lack something, in the order of teams and slots, of one county or of all."""
    facts = facts or judging.facts(desk)
    own = policy or judging.policy_on(desk, facts.today)
    incomplete_files = []
    for person in sorted(facts.person_by_id.values(), key=lambda one: in_team_order(one, facts)):
        posting = standing_of(person, facts)
        if county and (posting is None or posting.county != county):
            continue
        if lacks := lacking(person, facts, own):
            incomplete_files.append(
                IncompleteFile(person, posting, facts.county_name(posting.county) if posting else "", lacks)
            )
    return incomplete_files


def of_person(desk: Desk, person_id: str) -> tuple[Lack, ...]:
    """Return what one person's file lacks."""
    facts = judging.facts(desk)
    person = facts.person_by_id.get(person_id)
    return lacking(person, facts, judging.policy_on(desk, facts.today)) if person else ()


def listed(desk: Desk, county: str = "") -> Book[IncompleteFile]:
    """Return the to-do as a list for paper and workbook."""
    incomplete_files = rows(desk, county)
    sheet = Table(
        title="人员信息待补一览表",
        columns=_COLUMNS,
        rows=tuple((place, *_cells(row)) for place, row in enumerate(incomplete_files, 1)),
        totals=(
            ("", "合计", f"{len(incomplete_files)}人", "", "", sum(len(row.lacks) for row in incomplete_files), ""),
        ),
        office=desk.office.name,
        filled=desk.today(),
        notes=("注：只列办法各条要用到而还空着的栏目；已离任的不列。",),
    )
    return book(incomplete_files, sheet)


def _cells(row: IncompleteFile) -> tuple[str | int, ...]:
    position = POSITION.word(row.posting.position) if row.posting else "未派驻"
    return row.person.name, row.county_name, position, row.person.unit, len(row.lacks), row.text
