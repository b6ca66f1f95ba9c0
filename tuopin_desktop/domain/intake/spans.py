"""A period a sheet gives in parts: its ends in two columns, a first day and a count, or a count to hold it by."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from tuopin_desktop.domain.columns import ENDS, period_words
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.intake.verdicts import Judge, Raw, Status, Verdict, as_text, fine, noted, quoted, wrong
from tuopin_desktop.domain.officialdays import plain
from tuopin_desktop.domain.periods import Reading, against_count, understand
from tuopin_desktop.domain.reading import narrow, read_date
from tuopin_desktop.domain.record import Scalar

_COUNT = re.compile(r"(?:共计|合计|共|计)?([0-9]{1,3}(?:[.][05])?)个?(工作|自然|日历)?(?:天|日)?(半)?")
_UNREADABLE = "看不出是哪一天，请写成2018-06-05，半天加“上午”“下午”"
_BEFORE, _AFTER = -31, 92
"""Days around the day a slip was filled in among which the leave it asks for begins."""

_FILLED = ("filled", "date", "opened")
"""The fields whose year a period without one is in."""


def judge_of(part: str) -> Judge:
    """Return the judge of one part of a period; its value is the words `settle` puts together, or the count."""
    return _judge_count if part == "count" else _judge_end


def _judge_count(raw: Raw) -> Verdict:
    text = "".join(plain(narrow(as_text(raw) or "?")).split())
    if text in ("半天", "半日"):
        return fine("0.5")
    match = _COUNT.fullmatch(text)
    if match is None:
        return wrong(f"“{quoted(raw)}”看不出天数，请写成3或2.5")
    days = float(match[1]) + (0.5 if match[3] else 0)
    return fine(f"{days}{'工作' if match[2] == '工作' else ''}")


def _judge_end(raw: Raw) -> Verdict:
    text = as_text(raw) or ""
    if isinstance(raw, int | float):
        day = read_date(raw)
        return wrong(_UNREADABLE) if day is None else noted(day.isoformat(), f"Excel日期序号，按{day}登记")
    return fine(text.strip()) if len(text) < 80 else wrong(_UNREADABLE)


def settle(
    row: Sequence[Raw], values: dict[str, Scalar], reading: dict[str, Verdict], places: Mapping[str, int]
) -> None:
    """Put the parts of a period together under its own key, hold it against the count, and forget the parts."""
    for key in [key for key in places if key.endswith((".first", ".last", ".count"))]:
        whole, _, part = key.rpartition(".")
        if part in ENDS and not any(f"{whole}.{other}" in values for other in ENDS):
            continue
        if part in ENDS:
            _settle(row, values, reading, whole, places)


def without_year(
    row: Sequence[Raw], values: dict[str, Scalar], reading: dict[str, Verdict], key: str, place: int
) -> None:
    """Read a period whose days name no year in the year its row was filled in."""
    verdict = reading.get(key)
    day = _filled(values, key)
    if verdict is None or verdict.status is not Status.ERROR or day is None or not 0 <= place < len(row):
        return
    text = as_text(row[place]) or ""
    if not re.search("月|[0-9][./-][0-9]", plain(text)):
        return
    read = _near(text, day)
    if read is not None and read.period is not None:
        values[key] = read.period.stored()
        more = f"（{read.note}）" if read.note else ""
        reading[key] = noted(
            values[key], f"“{quoted(text)}”没有写年份，按填表日期登记为{period_words(read.period)}{more}"
        )
    elif doubt := understand(text, date(day.year, 1, 1)).doubt:
        reading[key] = wrong(doubt)


def _near(text: str, day: date) -> Reading | None:
    """Return the one reading of the years around a day that begins about then, be it in the next January."""
    near = []
    for off in (-1, 0, 1):
        read = understand(text, date(day.year + off, 1, 1))
        period = read.period
        if period is not None and period.halves > 0 and _BEFORE <= (period.first - day).days <= _AFTER:
            near.append(read)
    return near[0] if len(near) == 1 else None


def _settle(
    row: Sequence[Raw], values: dict[str, Scalar], reading: dict[str, Verdict], whole: str, places: Mapping[str, int]
) -> None:
    first, last, days = (values.pop(f"{whole}.{part}", None) for part in ENDS)
    if any((verdict := reading.get(f"{whole}.{part}")) and verdict.status is Status.ERROR for part in ENDS):
        return
    standing = values.get(whole)
    if standing is None and first is None:
        if days is not None or last is not None:
            reading[f"{whole}.{'last' if last is not None else 'count'}"] = wrong("没有写从哪一天起，请填写起始日期")
        return
    if standing is not None:
        read = Reading(parse_stored(str(standing)), single=_alone(row, places.get(whole, -1)))
        at = whole
    else:
        read = _between(str(first), str(last or ""), _filled(values, whole))
        at = f"{whole}.first"
    outcome = _held(read, str(days or ""), headed_by_day=at != whole and last is None)
    if outcome.period is None or outcome.period.halves <= 0:
        reading[at] = wrong(outcome.doubt or ("止在起之前，请核对起止时间" if outcome.period else _UNREADABLE))
        values.pop(whole, None)
        return
    values[whole] = outcome.period.stored()
    if standing is None:
        note = f"（{outcome.note}）" if outcome.note else ""
        reading[at] = noted(values[whole], f"按{period_words(outcome.period)}登记{note}")


def _held(read: Reading, days: str, *, headed_by_day: bool) -> Reading:
    """Return a reading held against its count, which makes the end only under a heading for one day."""
    if not days or read.period is None:
        return read
    number = float(days.removesuffix("工作"))
    if headed_by_day:
        return against_count(read, number)
    return against_count(Reading(read.period, read.note), number, work=days.endswith("工作"))


def _between(first: str, last: str, filled: date | None) -> Reading:
    """Return the period of two cells, of which the first may hold both ends."""
    for today in (None, filled):
        read = understand(f"{first}至{last}" if last else first, today)
        if read.period is not None or read.doubt:
            return read
    return Reading(None, doubt=_UNREADABLE)


def _alone(row: Sequence[Raw], place: int) -> bool:
    raw = row[place] if 0 <= place < len(row) else None
    return not isinstance(raw, str) or read_date(raw) is not None


def _filled(values: Mapping[str, Scalar], key: str) -> date | None:
    kind = key.partition(".")[0]
    text = next((values[f"{kind}.{name}"] for name in _FILLED if values.get(f"{kind}.{name}")), None)
    return date.fromisoformat(str(text)) if text else None
