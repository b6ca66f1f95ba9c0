"""Code tables: the value that is stored, the Chinese word that is shown, and the spellings that are accepted."""

import unicodedata
from collections.abc import Mapping

import msgspec


def plain(text: str) -> str:
    """Fold a word for comparison: NFKC, no white space, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


class CodeTable(msgspec.Struct, frozen=True):
    """An ordered table of codes.

    `words` maps code -> Chinese word; `aliases` maps another accepted spelling -> code. `endings` are
    syllables that may be left out when a word is typed (汉 for 汉族).
    """

    words: dict[str, str]
    aliases: dict[str, str] = {}
    endings: tuple[str, ...] = ()

    def word(self, code: str) -> str:
        """Return the Chinese word of a code; an unknown code is shown as it is."""
        return self.words.get(code, code)

    def code(self, text: str) -> str | None:
        """Return the code for a typed word, code or alias; None when it is not in the table."""
        wanted = plain(text)
        for code, word in self.words.items():
            if wanted in (plain(code), plain(word)):
                return code
        for alias, code in self.aliases.items():
            if wanted == plain(alias):
                return code
        for code, word in self.words.items():
            if any(word.endswith(end) and wanted == plain(word.removesuffix(end)) for end in self.endings):
                return code
        return None


Vocabulary = Mapping[str, CodeTable]
"""Code tables by their Chinese title, as shipped in `resources/codes.csv`."""
