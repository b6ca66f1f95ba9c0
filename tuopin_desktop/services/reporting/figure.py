"""What a figure of the annual report is: its words, unit, article, where it comes from and how it is counted."""

from collections.abc import Callable

import msgspec

from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.services.reporting.counting import Value
from tuopin_desktop.services.reporting.year import YearFacts

_TEN_THOUSAND = 10_000


class Figure(msgspec.Struct, frozen=True):
    """One figure: `kinds` are the records it is computed from, `source` says in Chinese how.

    One that is `retired` is counted no more: old snapshots hold it and are made again with it. `nothing` is what is
    said where nothing is known.
    """

    key: str
    label: str
    unit: str
    article: int
    source: str
    kinds: tuple[str, ...]
    value: Callable[[YearFacts], Value]
    retired: bool = False
    nothing: str = "（未登记）"

    def value_text(self, value: Value) -> str:
        """Return a value as it stands in a sentence: 285人, 96.8%, 未登记."""
        if value is None:
            return self.nothing
        if self.unit == "元" and abs(value) >= _TEN_THOUSAND:  # as reports say sums: 672.48万元
            return f"{value / _TEN_THOUSAND:.10g}万元"
        return f"{value:.10g}{self.unit}"

    @property
    def article_words(self) -> str:
        """Return the article: 第九条."""
        return article_words(self.article)
