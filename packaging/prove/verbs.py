"""The list of words of command, and the run of it on one system: what each says in a file, what each writes beside."""

import shlex
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
LIST = HERE / "verbs.txt"
SAID = "said"
"""The folder of what the verbs said, beside `out` with what they wrote."""
OFFICES = {
    "region": ("--office", "demo/演示-自治区办公室", "--today", "2019-06-03"),
    "county": ("--office", "demo/演示-翁牛特旗", "--today", "2019-06-03"),
    "new": ("--office", "新 单位", "--today", "2018-06-04"),
    "-": ("--today", "2019-06-03"),
}
Answer = subprocess.CompletedProcess[bytes]
Program = Callable[[Sequence[str]], Answer]
"""Runs the program with words, standing in the folder of the run."""


class Verb(NamedTuple):
    """One line of the list."""

    number: int
    office: str
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the file that keeps what it said."""
        tail = "-".join(word for word in self.words if word.isascii() and word.replace("-", "").isalpha())
        return f"{self.number:02}-{self.office.strip('-') or 'none'}-{tail.strip('-')[:40]}.txt"

    @property
    def line(self) -> list[str]:
        """All words after the program's name."""
        if self.words[0].startswith("-"):
            return list(self.words)
        return [*OFFICES[self.office], *self.words]


def read(text: str) -> list[Verb]:
    """Return the verbs of a list; raises ValueError for a line without an office or without words."""
    verbs: list[Verb] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        office, *words = shlex.split(line)
        if office not in OFFICES or not words:
            raise ValueError(line)
        verbs.append(Verb(len(verbs) + 1, office, tuple(words)))
    return verbs


def run(verbs: Sequence[Verb], folder: Path, program: Program) -> None:
    """Run a list in a fresh folder; what the answers are is for the comparison to say."""
    (folder / SAID).mkdir(parents=True)
    (folder / "out").mkdir()
    _lay_in(folder)
    for verb in verbs:
        answer = program(verb.line)
        said = b"exit %d\n" % answer.returncode + answer.stdout + b"\n-- errors\n" + answer.stderr
        (folder / SAID / verb.name).write_bytes(said)


def _lay_in(folder: Path) -> None:
    """Lay in what an office brings: a sheet saved by Excel as text, in the code page of a Chinese Windows."""
    text = "姓名,性别,出生年月,民族\n孙八,男,1980-05,蒙古族\n周九,女,1982-11,汉族\n"
    (folder / "out" / "花名册-另一编码.csv").write_bytes(text.encode("gb18030"))
