"""Cells of one row against each other, and rows against the rows above them."""

from collections.abc import Mapping, Sequence

from tuopin_desktop.domain.columns import ROSTER, columns, kinds_of
from tuopin_desktop.domain.idcard import quarrels
from tuopin_desktop.domain.intake.months import doubtful_year, settle
from tuopin_desktop.domain.intake.verdicts import Raw, Status, Verdict, discreet, wrong
from tuopin_desktop.domain.record import Form, Scalar
from tuopin_desktop.domain.records import KINDS

Found = dict[str, Verdict]
"""The verdicts of a row that are not plainly ok, by column key."""

_NUMBER, _SEX, _BIRTH = "person.id_number", "person.sex", "person.birth"
_POSTINGS = 20
"""Earlier rows of one person that are compared; nobody is posted more often."""


def agree(
    row: Sequence[Raw],
    values: dict[str, Scalar],
    reading: Found,
    *,
    places: Mapping[str, int],
    formats: Mapping[tuple[int, int], str],
    number: int,
) -> None:
    """Settle doubtful months, then hold sex and birth against the citizen number; both cells of a quarrel are wrong."""
    id_number = values.get(_NUMBER)
    name = id_number if isinstance(id_number, str) else None
    for key in [key for key, verdict in reading.items() if verdict.status is Status.ERROR] if reading else ():
        place = places.get(key, -1)
        raw = row[place] if 0 <= place < len(row) else None
        if doubtful_year(raw) is not None and _is_month(key):
            outcome = settle(raw, name if key == _BIRTH else None, formats.get((number, place), ""))
            if outcome is not None:
                reading[key] = discreet(outcome, raw)
                values[key] = outcome.value
    if name is not None:
        _against_number(name, values, reading)


def _is_month(key: str) -> bool:
    kind, name = key.split(".", 1)
    return any(column.field.name == name and column.field.form is Form.MONTH for column in columns(kind))


def _against_number(number: str, values: dict[str, Scalar], reading: Found) -> None:
    for problem in quarrels(number, str(values.get(_BIRTH) or ""), str(values.get(_SEX) or "")):
        before = reading.get(_NUMBER)
        both = f"{before.message}；{problem.sentence}" if before and before.status is Status.ERROR else problem.sentence
        reading[f"person.{problem.fields[0]}"] = wrong(problem.sentence)
        reading[_NUMBER] = wrong(both)


class Twins:
    """Remembers the keys of the rows read so far and marks a row that says the same again."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._is_roster = "person" in kinds_of(kind)
        self._id_key = f"{kinds_of(kind)[-1]}.id"
        self._keep_one = [f"{kind}.{name}" for name in KINDS[kind].kind.keep_one] if kind != ROSTER else []
        self._ids: dict[str, int] = {}
        self._numbers: dict[str, tuple[tuple[int, dict[str, Scalar]], ...]] = {}
        self._names: dict[tuple[Scalar, ...], tuple[int, bool]] = {}

    def check(self, number: int, values: dict[str, Scalar], reading: Found) -> None:
        """Mark the key cell of a row that doubles an earlier one; remember this row."""
        own_id = self._record_twin(number, values, reading)
        if self._is_roster:
            self._person_twin(number, values, reading, own_id=own_id)
        else:
            self._kept_once(number, values, reading, own_id=own_id)

    def _record_twin(self, number: int, values: dict[str, Scalar], reading: Found) -> bool:
        key = self._id_key
        record = values.get(key)
        if not isinstance(record, str):
            return False
        first = self._ids.setdefault(record, number)
        if first != number:
            reading[key] = wrong(f"与第{first}行的记录号相同；复制出来的新行请清空记录号")
        return True

    def _person_twin(self, number: int, values: dict[str, Scalar], reading: Found, *, own_id: bool) -> None:
        citizen = values.get(_NUMBER)
        if isinstance(citizen, str):
            earlier = self._numbers.get(citizen, ())
            for first, other in earlier:
                exported = own_id and other.get(self._id_key) is not None
                if not exported and not self._one_after_the_other(values, other):
                    reading[_NUMBER] = wrong(f"与第{first}行的公民身份号码相同，同一人只能录一行")
                    break
            self._numbers[citizen] = (*earlier[:_POSTINGS], (number, values))
        name = (values.get("person.name"), values.get("person.unit"))
        if name[0] is None:
            return
        first, had_number = self._names.setdefault(name, (number, citizen is not None))
        if first != number and not own_id and not (had_number and citizen is not None):
            reading["person.name"] = wrong(f"与第{first}行的姓名和派出单位相同，请补上公民身份号码或删去重复的一行")

    def _one_after_the_other(self, values: Mapping[str, Scalar], other: Mapping[str, Scalar]) -> bool:
        """Tell whether two rows of one person are two postings, of which one ended before the other began."""
        return self._kind == ROSTER and (_before(values, other) or _before(other, values))

    def _kept_once(self, number: int, values: dict[str, Scalar], reading: Found, *, own_id: bool) -> None:
        """Mark a row of which an earlier one of the same owner says the same, unless both name records of their own."""
        keys = self._keep_one
        if not keys or any(values.get(key) is None for key in keys):
            return
        items = values.get(f"{self._kind}.owner"), *(values[key] for key in keys)
        first, first_own = self._names.setdefault(items, (number, own_id))
        if first != number and not (own_id and first_own):
            reading[keys[0]] = wrong(f"与第{first}行重复")


def _before(one: Mapping[str, Scalar], two: Mapping[str, Scalar]) -> bool:
    ended, began = one.get("posting.until"), two.get("posting.since")
    return isinstance(ended, str) and isinstance(began, str) and ended < began
