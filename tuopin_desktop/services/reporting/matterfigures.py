"""The figures of matters (Art. 12, 19): what was raised, answered, researched and published in a year."""

from tuopin_desktop.domain.records import Matter
from tuopin_desktop.services.reporting import counting
from tuopin_desktop.services.reporting.counting import Value
from tuopin_desktop.services.reporting.figure import Figure
from tuopin_desktop.services.reporting.year import YearFacts

_KINDS = ("matter",)
_ASKED = ("bottleneck", "help")


def _answered(year: YearFacts) -> Value:
    """Return how many of the year's bottlenecks and calls for help were answered or closed by its last day."""
    matters = (one for one in year.dated("matter", "raised") if isinstance(one, Matter) and one.type in _ASKED)
    return sum(any(day is not None and day <= year.on for day in (one.answered, one.closed)) for one in matters)


def _of(key: str, kind: str, text: str, unit: str, article: int, source: str) -> Figure:
    count = counting.records("matter", "raised", type=kind)
    return Figure(key, text, unit, article, source, _KINDS, count)


MATTERS = (
    _of("bottlenecks", "bottleneck", "瓶颈问题上报", "件", 12, "当年上报的瓶颈问题"),
    _of("helps", "help", "请求帮助解决", "件", 7, "当年请求办公室帮助解决的困难"),
    Figure("matters_answered", "瓶颈问题和困难已答复", "件", 12, "其中截至年末已答复或办结的", _KINDS, _answered),
    _of("research", "research", "调研报告", "篇", 12, "当年形成的调研报告"),
    _of("examples", "example", "典型经验", "篇", 12, "当年总结的典型经验"),
    _of("publicity", "publicity", "宣传报道", "篇", 19, "当年刊播的宣传报道"),
)
