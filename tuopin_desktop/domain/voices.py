"""Whose word a line is: what a choice inside the record says decides it, not the kind alone (`Field.speaks`).

A line that oversteps stays in the log and does not count. All of it follows from the lines of one key, whatever their
order of arrival, so every office leaves out the same.
"""

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Aside, FeedLine, OrderedLine, State, fold
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Field, Record, Scalar, Voice, fields
from tuopin_desktop.domain.records import KINDS

R = TypeVar("R", bound=Record)
_LEAGUE = len("1504")
GONE = State({})
"""The state of a key of which no line counts."""

_DECIDES: Mapping[Voice, Callable[[str, str], bool]] = {
    Voice.OWNER: lambda office, owner: office == owner,
    Voice.LEAGUE: lambda office, owner: len(office) == _LEAGUE and owner.startswith(office),
    Voice.REGION: lambda office, _: office == ids.REGION,
    Voice.NOTED: lambda office, _: office == ids.REGION,
}
_OPEN = frozenset({Voice.OWNER, Voice.NOTED})
"""Voices for which another office may write as long as the one whose word it is has not: a note of its paper, or an
entry on its behalf."""
WHOSE: Mapping[Voice, str] = {
    Voice.OWNER: "所属单位已经登记，以其登记为准",
    Voice.LEAGUE: "只能由盟市登记",
    Voice.REGION: "只能由自治区工作队管理办公室登记",
    Voice.NOTED: "自治区工作队管理办公室已有记录，以其记录为准",
}
"""What is said of a line that oversteps."""

_INSTEAD: Mapping[str, str] = {
    WHOSE[Voice.OWNER]: "需要更正的，请该单位更正后用数据包报来",
    WHOSE[Voice.LEAGUE]: "请由盟市登记后用数据包下发",
    WHOSE[Voice.REGION]: "本单位持有纸质件或记录的，可扫描附上，等办公室的数据包下发",
    WHOSE[Voice.NOTED]: "手里的纸质件可扫描附上；对办公室的记录有疑问，请与自治区工作队管理办公室联系",
}


def put_aside(
    ordered_line: OrderedLine, line: FeedLine, reasons: Mapping[str, str], *, fault: bool = False
) -> tuple[Aside, ...]:
    """Return the values of a line in its place that are not to be folded: `reasons` by field, in Chinese."""
    return tuple(
        Aside(
            key=line.key,
            field=name,
            value=line.set[name],
            why=why,
            office=ordered_line.office,
            by=line.by,
            at=ordered_line.at,
            feed=ordered_line.feed,
            seq=ordered_line.seq,
            fault=fault,
        )
        for name, why in reasons.items()
    )


def without(line: FeedLine, names: Collection[str]) -> FeedLine:
    """Return a line without some of its fields."""
    left = {name: value for name, value in line.set.items() if name not in names}
    return msgspec.structs.replace(line, set=left)


@functools.cache
def speaking(cls: type[Record]) -> Field | None:
    """Return the field of a kind that says whose word a record is, or None where its owner's level is all there is."""
    return next((item for item in fields(cls) if item.speaks), None)


def said_by(item: Field, record_id: str, value: Scalar) -> str:
    """Return the value that decides: the one the id ends in, which never changes, else what the field says."""
    named = next((one for one in item.speaks if record_id.endswith((f"/{one}", f"-{one}"))), "")
    return named or str(value or "")


def may_say(office: str, cls: type[Record], record_id: str, value: Scalar) -> Problem | None:
    """Return None when an office may write a record with this value at all, else the Problem that says whose it is.

    Whether the one whose word it is has spoken already is seen in the log alone (`state_of`).
    """
    item = speaking(cls)
    if item is None or not office:
        return None
    text = said_by(item, record_id, value)
    voice = item.speaks.get(text)
    if voice is None or voice in _OPEN or _DECIDES[voice](office, ids.owner(record_id)):
        return None
    return overstep(cls, text, WHOSE[voice])


def not_ours(record: Record, office: str) -> Problem | None:
    """Return None when an office may write a record by what it says of whose word it is, else the Problem."""
    item = speaking(type(record))
    return may_say(office, type(record), record.id, getattr(record, item.name)) if item is not None else None


def claimed(record: R, office: str) -> R:
    """Return a new record with whose word it is filled in, where the program and not a person says that."""
    item = speaking(type(record))
    if item is None or not item.auto or getattr(record, item.name):
        return record
    owner = ids.owner(record.id)
    own = next((value for value, voice in item.speaks.items() if _DECIDES[voice](office, owner)), None)
    return record if own is None else msgspec.structs.replace(record, **{item.name: own})


def overstep(cls: type[Record], value: Scalar, why: str) -> Problem:
    """Return the Problem of an office that writes somebody else's word, with what it may do instead."""
    item = speaking(cls)
    name = item.codes({}).labels.get(str(value or ""), "") if item is not None else ""
    word = f"“{name}”一栏" if name else ""
    sentence = f"{cls.kind.label}{word}{why}，没有保存。{_INSTEAD.get(why, '请以数据包或文件报送')}"
    return Problem(code="voice", sentence=sentence, fields=(item.name,) if item is not None else ())


class Heard(msgspec.Struct, frozen=True):
    """The lines of one key: those that count, in their order, and what of them was put aside."""

    counting: list[OrderedLine]
    faults: tuple[Aside, ...] = ()
    over: tuple[Aside, ...] = ()


def state_of(key: str, lines: Sequence[OrderedLine]) -> tuple[State, tuple[Aside, ...]]:
    """Return the folded record of a key and what of its lines was put aside and is not settled since."""
    heard = hear(key, lines)
    state = fold(heard.counting) if heard.counting else GONE
    return state, asides_of(heard, state)


def asides_of(heard: Heard, state: State) -> tuple[Aside, ...]:
    """Return what was put aside and is not settled: a later line that counts settles the fields it says.

    What oversteps and says only what stands anyway is not worth a word.
    """
    asides = [*heard.faults, *(one for one in heard.over if state.values.get(one.field) != one.value)]
    last: dict[str, int] = {}
    for item in heard.counting if asides else ():
        last |= dict.fromkeys(item.line.set, item.at)
    return tuple(one for one in asides if one.at > last.get(one.field, 0))


def hear(key: str, lines: Sequence[OrderedLine]) -> Heard:
    """Part the lines of a key, whatever their order, into those whose author may say it and what the others said.

    A line that forgot all it said is still a line: its record has a row, with nothing in it.
    """
    kind, _, record_id = key.partition(":")
    item = speaking(KINDS[kind]) if kind in KINDS else None
    faults = tuple(one for ordered_line in lines for one in ordered_line.aside)
    if item is None:
        return Heard([entry for entry in lines if entry.line.set or not entry.aside], faults)
    ordered = sorted(lines, key=lambda entry: (entry.at, entry.feed, entry.seq))
    hearing = _Hearing(item, record_id, frozenset(one.office for one in ordered))
    ordered_lines: list[OrderedLine] = []
    over: list[Aside] = []
    for entry in ordered:
        refused = hearing.refused(entry)
        over += put_aside(entry, entry.line, refused)
        left = without(entry.line, refused) if refused else entry.line
        if left.set or not (refused or entry.aside):
            ordered_lines.append(entry if left is entry.line else msgspec.structs.replace(entry, line=left))
    return Heard(ordered_lines, faults, tuple(over))


class _Hearing:
    """The lines of one key, heard in their order: what the record says of its speaker so far, and who has spoken."""

    def __init__(self, item: Field, record_id: str, offices: Collection[str]) -> None:
        self._item, self._id, self._owner = item, record_id, ids.owner(record_id)
        self._standing = said_by(item, record_id, None)
        self._offices = offices
        self._spoken: set[Voice] = set()

    def refused(self, ordered_line: OrderedLine) -> dict[str, str]:
        """Return the fields of the next line that are not its author's to write, with the reason."""
        if not ordered_line.office:  # a feed from before offices were kept with their feeds
            return {}
        new = said_by(self._item, self._id, ordered_line.line.set.get(self._item.name, self._standing))
        voices = [voice for value in (self._standing, new) if (voice := self._item.speaks.get(value)) is not None]
        barred = next((voice for voice in voices if not self._may(ordered_line.office, voice)), None)
        if barred is not None:
            return dict.fromkeys(ordered_line.line.set, WHOSE[barred])
        self._standing = new
        own = {voice for voice in voices if _DECIDES[voice](ordered_line.office, self._owner)}
        self._spoken |= own
        contested = next((voice for voice in voices if voice not in own and self._will_speak(voice)), None)
        return {"deleted": WHOSE[contested]} if contested and "deleted" in ordered_line.line.set else {}

    def _may(self, office: str, voice: Voice) -> bool:
        return _DECIDES[voice](office, self._owner) or (voice in _OPEN and voice not in self._spoken)

    def _will_speak(self, voice: Voice) -> bool:
        """Tell whether the one whose word it is speaks at all: then nobody else's deletion hides what he says."""
        return any(_DECIDES[voice](office, self._owner) for office in self._offices)
