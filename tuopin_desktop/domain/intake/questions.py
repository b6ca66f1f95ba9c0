"""What a sheet leaves open: asked before anything of the part it concerns is written, never guessed."""

from typing import Literal

import msgspec

Holds = Literal["part", "rows", "column"]


class Answer(msgspec.Struct, frozen=True):
    """One thing the clerk may say: the word that answers on a command line, and what stands on the button."""

    word: str
    label: str


class Question(msgspec.Struct, frozen=True):
    """Something that looks like ours and is not certain; until it is answered what it `holds` is not written.

    `code` names it on a command line, `rows` are the sheet rows it holds (none: the whole part or a column), `free`
    asks for words of the clerk's own. A `lasting` answer is kept for sheets of this layout.
    """

    code: str
    sentence: str
    answers: tuple[Answer, ...] = ()
    holds: Holds = "part"
    rows: frozenset[int] = frozenset()
    free: str = ""
    lasting: bool = False


SKIP, TAKE = Answer("skip", "不导入"), Answer("take", "照常导入")


def row_words(rows: frozenset[int]) -> str:
    """Return row numbers for a sentence, runs put together: 第3、5至8行."""
    numbers = sorted(rows)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [str(first) if first == last else f"{first}至{last}" for first, last in runs[:8]]
    return f"第{'、'.join(texts)}{'等' if len(runs) > len(texts) else ''}行"
