"""What is typed into the search over all years, and the words by which a text is found: 谁在2019年8月去过北京.

Chinese is not written in words: a text is found by each two characters that stand side by side, and a question by all
of its own. Days and months are words of their own (`d20190805`, `m201908`, `y2019`), so that they cost no column.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

_HAN = r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]"
_RUN = re.compile(rf"({_HAN}+)|([a-z0-9]+)")
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:年度?(?:(?P<month>1[0-2]|0?[1-9])月份?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?)?"
    r"|[-./](?P<short>1[0-2]|0?[1-9])(?:[-./](?P<date>3[01]|[12]\d|0?[1-9]))?(?!\d)|(?!\d))"
)
_SLIP = re.compile(r"20\d\d-\d{4}\b")
"""The number of a slip is no month."""
_IDLE = re.compile(
    "哪些人|哪些|哪几个|什么时候|有没有|多少|为什么|怎么|去过|到过|请过|去了|到了|有过|是否|什么|哪天|哪年|请问|谁"
)
_EDGES = "在于从的了过吗呢去到请"
"""What a question says beside what is looked for; it is passed over when something else is left."""
MONTH_DAYS = 31
"""A stay longer than this is found by its months, not by each of its days."""


class Question(msgspec.Struct, frozen=True):
    """What is looked for: `runs` are stretches of characters or of letters and digits, `moments` days and months."""

    runs: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is looked for."""
        return not self.runs and not self.moments


def understand(text: str) -> Question:
    """Return what somebody looks for. Of dates, years, months and days are understood as they are usually written."""
    plain = _plain(text)
    numbers = _SLIP.findall(plain)
    moments: list[str] = []

    def moment(match: re.Match[str]) -> str:
        year, month, day = match["year"], match["month"] or match["short"], match["day"] or match["date"]
        moments.append(f"d{year}{month:0>2}{day:0>2}" if day else f"m{year}{month:0>2}" if month else f"y{year}")
        return " "

    rest = _DATE.sub(moment, _SLIP.sub(" ", plain))
    cores = [word for match in _RUN.finditer(_IDLE.sub(" ", rest)) if (word := _core(match[0]))]
    runs = cores or ([] if moments else [match[0] for match in _RUN.finditer(rest)])
    return Question((*numbers, *runs), tuple(moments))


def _core(run: str) -> str:
    """Return a run without what a sentence puts around it; of 在岗 nothing is taken, one character says too little."""
    core = run.strip(_EDGES)
    return run if len(core) == 1 < len(run) else core


def tokens(text: str) -> Iterator[str]:
    """Yield the words under which a text is found: pairs of characters and the last one, letters and digits."""
    for match in _RUN.finditer(_plain(text)):
        han = match[1]
        if han is None or len(han) == 1:
            yield match[0]
        else:
            yield from pairs(han)
            yield han[-1]  # alone no pair begins with it


def pairs(run: str) -> Iterator[str]:
    """Yield each two characters of a run that stand side by side."""
    return (run[at : at + 2] for at in range(len(run) - 1))


def day_tokens(first: date, last: date) -> Iterator[str]:
    """Yield the words of a stretch of days: each day, unless they are very many, its months and years."""
    number = (last - first).days + 1
    days = [first + timedelta(days=at) for at in range(max(number, 1))]
    if number <= MONTH_DAYS:
        yield from (f"d{day:%Y%m%d}" for day in days)
    yield from dict.fromkeys(f"m{day:%Y%m}" for day in days)
    yield from dict.fromkeys(f"y{day:%Y}" for day in days)


def holds(text: str, runs: Iterable[str]) -> bool:
    """Tell whether a text holds each of these runs, as it is plainly written."""
    plain = _plain(text)
    return all(word in plain for word in runs)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
