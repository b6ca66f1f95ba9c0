"""The three families of errors: a Problem is a value, a Trouble comes from the world, anything else is a bug."""

from collections.abc import Iterable

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A rule or a field says no.

    `code` is stable English for tests and scripts, `sentence` the Chinese words for the clerk, `fields` the
    English names of the fields to mark, `article` the article number of the measure or 0.
    """

    code: str
    sentence: str
    fields: tuple[str, ...] = ()
    article: int = 0

    def __str__(self) -> str:
        source = f"（管理办法第{self.article}条）" if self.article else ""
        return f"{self.sentence}{source}"


class Refused(Exception):
    """A use case was not carried out because of Problems; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """All problems as one Chinese line."""
        return "；".join(str(problem).rstrip("。") for problem in self.problems) + "。"


class Trouble(Exception):
    """The world says no (disk full, file open elsewhere, package too new); `sentence` says what to do, in Chinese."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Damaged(Trouble):
    """The database is not sound, not ours, or not there; nothing was changed, and there is a way out (a copy)."""


class Locked(Trouble):
    """The data are encrypted, and nothing that was given opens them; nothing is wrong with them."""


class Occupied(Trouble):
    """Another program has the folder; it says nothing about this one."""


class Newer(Trouble):
    """The data were written by a later version of the program, which this one cannot read; nothing was changed."""


def refuse(code: str, sentence: str, *fields: str, article: int = 0) -> Refused:
    """Return the exception for a single Problem, ready to raise."""
    return Refused([Problem(code=code, sentence=sentence, fields=fields, article=article)])
