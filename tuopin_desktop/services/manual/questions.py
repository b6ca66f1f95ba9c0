"""What clerks ask, with answers that name the place and the button: resources/manual/questions.toml."""

from functools import cache

import msgspec

from tuopin_desktop.services.office import library


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question, its answer, and where it is done: page, tab and button by their words; `levels` all without any."""

    question: str
    answer: str
    page: str
    tab: str = ""
    button: str = ""
    levels: tuple[str, ...] = ()

    @property
    def way(self) -> str:
        """Return the way there in words: 左边“请销假”，按钮“销假…”."""
        tab = f"，页签“{self.tab}”" if self.tab else ""
        button = f"，“{self.button}”" if self.button else ""
        return f"左边“{self.page}”{tab}{button}"


@cache
def every() -> tuple[Question, ...]:
    """Return all of them in their order."""
    return msgspec.convert(library.parsed("manual/questions.toml")["ask"], tuple[Question, ...])


def of_level(level: str) -> list[Question]:
    """Return those of a level of office; all for none."""
    return [one for one in every() if not (level and one.levels) or level in one.levels]
