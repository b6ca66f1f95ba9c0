"""Checks of one arriving line, and the account of what a package brought."""

from collections.abc import Sequence, Set

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write, withheld
from tuopin_desktop.domain.change import LATEST_STAMP, Aside, FeedLine, decode, decode_all
from tuopin_desktop.domain.exchange.shapes import Batch, Shape, batch
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import WHOLE, Record, Scalar, fields
from tuopin_desktop.domain.records import KINDS

_INT64 = 2**63


class News(msgspec.Struct):
    """What a package does to one kind of record: new records, changed records, lines."""

    new: int = 0
    changed: int = 0
    lines: int = 0


class Sample(msgspec.Struct, frozen=True):
    """One change of a record that was here before, to be shown before the import is confirmed."""

    key: str
    field: str
    old: Scalar
    new: Scalar
    by: str


class Source(msgspec.Struct, frozen=True):
    """The lines of one feed in a package: numbers `lines_here`+1 to `seq` are new, earlier ones were here already."""

    feed: str
    station: str
    scope: str
    lines_here: int
    seq: int


class Idle(msgspec.Struct, frozen=True):
    """Lines that came and are kept, but do not count: what of a closed PC came after its closing."""

    station: str
    lines: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The account of one import or rehearsal; stamps are hybrid, 0 when nothing is new.

    `lost` names (key, field) of conflicts that were not open before; `months` the log keys of attendance and of
    closes that have new lines, in several sets; `uncounted` what came and does not count; `forked` our own feeds that
    went on elsewhere; `aside` lines of others that gave way;
    `untimed` lines were written by a clock that is not believed, the latest of them stamped `untimed_at`;
    `clock` is the newest stamp that is believed; `ahead` values say that something happened on a day after today, the
    last of them `ahead_day`.
    `idle` are new lines that do not count; of them nothing is in `kinds`, `samples` and `months`.
    """

    new: int
    again: int
    sources: tuple[Source, ...]
    kinds: dict[str, News]
    samples: tuple[Sample, ...]
    lost: tuple[tuple[str, str], ...]
    oldest: int
    newest: int
    forked: tuple[str, ...] = ()
    aside: int = 0
    months: tuple[Set[str], ...] = ()
    uncounted: tuple[Aside, ...] = ()
    untimed: int = 0
    untimed_at: int = 0
    clock: int = 0
    ahead: int = 0
    ahead_day: str = ""
    altered: tuple[str, ...] = ()
    """The log keys of fixed records that new lines wrote over."""
    idle: tuple[Idle, ...] = ()
    people: tuple[str, ...] = ()
    """The log keys of persons that were not here before, the first of them."""


def _types(cls: type[Record]) -> dict[str, type]:
    return {item.name: int if item.form in WHOLE else str for item in fields(cls)}


def _label(kind: str, name: str) -> str:
    return next((item.label for item in fields(KINDS[kind]) if item.name == name), "其他项目")


def _fits(cls: type | None, value: Scalar) -> bool:
    """Tell whether a column of this type could hold a value; None is a field that only a newer program declares."""
    if value is None or isinstance(value, str):
        return value is None or cls in (str, None)
    return cls in (int, None) and -_INT64 <= value < _INT64


class Judge:
    """Judges the lines of one feed: pure, independent of what is in the database, hence the same everywhere."""

    def __init__(self, feed: str, scope: str, office: str) -> None:
        self._feed, self._scope, self._office = feed, scope, office
        self._start = f":{scope}/"
        self._types = {kind: _types(cls) for kind, cls in KINDS.items()}
        self._withheld = {kind: withheld(office, cls) for kind, cls in KINDS.items()}

    def lines(self, raws: Sequence[bytes], start: int) -> Batch:
        """Return the lines numbered from `start` on; raises Refused as `line` does for the first that may not come in.

        Judged by shape: line by line is eight times the work, and is left to tell which line it was.
        """
        lines = decode_all(raws)
        if lines is not None and self._all_right(some := batch(lines)):
            return some
        return batch([self.line(raw, seq) for seq, raw in enumerate(raws, start)])

    def _all_right(self, some: Batch) -> bool:
        stamps = some.stamps
        return not stamps or (0 < min(stamps) and max(stamps) < LATEST_STAMP and all(map(self._right, some.shapes)))

    def _right(self, shape: Shape) -> bool:
        names = self._withheld.get(shape.kind, frozenset())
        start, keys = f"{shape.kind}{self._start}", shape.keys
        return (
            names is not None
            and names.isdisjoint(shape.names)
            # what the least and the greatest text begin with, all between them begin with
            and min(keys).startswith(start)
            and max(keys).startswith(start)
            and all(map(ids.well_formed, keys))
            and all(self._fit(shape.kind, name, values) for name, values in shape.columns.items())
        )

    def _fit(self, kind: str, name: str, values: set[Scalar]) -> bool:
        cls = self._types.get(kind, {}).get(name)
        return all(_fits(cls, value) for value in values)

    def line(self, raw: bytes, seq: int) -> FeedLine:
        """Return the line; raises Refused, naming feed and number, when it may not come in."""
        try:
            line = decode(raw)
            kind, record_id = ids.split(line.key)
        except (msgspec.DecodeError, ValueError) as error:
            raise self._no("damaged", seq, "读不懂") from error
        if not line.key.startswith(self._start, len(kind)):
            raise self._no("authority", seq, f"写到了别的单位的记录：{line.key}")
        if not 0 < line.at < LATEST_STAMP:
            raise self._no("stamp", seq, "时间标记超出范围")
        names = self._withheld.get(kind, frozenset())
        if names is None or not names.isdisjoint(line.set):
            problem = may_write(self._office, KINDS[kind], record_id, line.set, ids.mark)
            raise self._no("authority", seq, problem.sentence if problem else "")
        self._values(kind, line, seq)
        return line

    def _values(self, kind: str, line: FeedLine, seq: int) -> None:
        """Raise for a value that its table could not hold; what a newer program declares is only kept."""
        types = self._types.get(kind, {})
        for name, value in line.set.items():
            if not _fits(types.get(name), value):
                raise self._no("damaged", seq, f"{line.key}的“{_label(kind, name)}”取值不合规定")

    def _no(self, code: str, seq: int, why: str) -> Exception:
        return refuse(code, f"来源{self._feed}第{seq}条{why}，整包没有收下")
