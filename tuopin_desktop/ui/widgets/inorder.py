"""Rows in the order a clerk expects: words by pinyin, numbers in them by their value."""

import re
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRegularExpression, QSortFilterProxyModel

from tuopin_desktop.domain.spelling import PersonName, spelt

_NUMBER = re.compile(r"(\d+)")


Place = tuple[tuple[int, int, str], ...]
_KEPT = 1 << 15


def place_of(text: str) -> Place:
    """Return what words are ordered by: 第9号 before 第10号, 巴特尔 before 李明, a name by its surname."""
    return _place_of_name(text) if isinstance(text, PersonName) else _place_of_words(text)


@lru_cache(_KEPT)
def _place_of_name(name: str) -> Place:
    return ((1, 0, spelt(PersonName(name))),)


@lru_cache(_KEPT)
def _place_of_words(text: str) -> Place:
    parts = [part for part in _NUMBER.split(text) if part]
    return tuple((0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, spelt(part)) for part in parts)


class InOrder(QSortFilterProxyModel):
    """Sorts by what the model gives under its sort role; rows that are alike keep the order they came in."""

    def lessThan(self, left: QModelIndex | QPersistentModelIndex, right: QModelIndex | QPersistentModelIndex) -> bool:
        one, other = self._key(left), self._key(right)
        return bool(one < other) if type(one) is type(other) else str(one) < str(other)

    def show_alone(self, column: int, text: str) -> None:
        """Let only those rows through that say just this text in a column; "" lets all through."""
        self.setFilterKeyColumn(column)
        exactly = QRegularExpression.anchoredPattern(QRegularExpression.escape(text)) if text else ""
        self.setFilterRegularExpression(QRegularExpression(exactly))

    def _key(self, index: QModelIndex | QPersistentModelIndex) -> Any:
        value = self.sourceModel().data(index, self.sortRole())
        return place_of(value) if isinstance(value, str) else value
