"""The measure's own words: its articles by number and the tables of its two attachments, from the published text."""

import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

_DIGITS = "零一二三四五六七八九"
_ARTICLE = re.compile(r"^(第([一二三四五六七八九十]+)条)\s*")
_CHAPTER = re.compile(r"^第[一二三四五六七八九十]+章\s")
_APPENDIX = re.compile(r"^-?\s*附件[：:]")
_ATTACHMENT = re.compile(r"^附件\s*(\d+)$")
_CLOSING = "。；：！？"


class Article(msgspec.Struct, frozen=True):
    """One article: `name` as cited ("第十条"), `chapter` as printed, `text` without its name, a line per paragraph."""

    number: int
    name: str
    chapter: str
    text: str


class Attachment(msgspec.Struct, frozen=True):
    """One attached form: `lines` above the table (title, heading), `rows` the table's cells, merged ones left empty."""

    number: int
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def title(self) -> str:
        return self.lines[0] if self.lines else ""


class Measure(msgspec.Struct, frozen=True):
    """The measure as published."""

    articles: Mapping[int, Article]
    attachments: Mapping[int, Attachment]


def read(text: str) -> Measure:
    """Take the published text apart; raises ValueError when it holds no article."""
    articles = {article.number: article for article in _articles(text.splitlines())}
    if not articles:
        raise ValueError("the text holds no article")
    attachments = {attachment.number: attachment for attachment in _attachments(text.splitlines())}
    return Measure(articles=MappingProxyType(articles), attachments=MappingProxyType(attachments))


def number(text: str) -> int:
    """Return 1..99 for Chinese numerals such as 十, 十二, 二十一."""
    tens, ten, ones = text.rpartition("十")
    high = (_DIGITS.index(tens) if tens else 1) if ten else 0
    return high * 10 + (_DIGITS.index(ones) if ones else 0)


def _articles(lines: list[str]) -> list[Article]:
    articles: list[Article] = []
    chapter = ""
    inside = False
    for line in lines:
        start = _ARTICLE.match(line)
        if start:
            inside = True
            articles.append(Article(number(start[2]), start[1], chapter, line[start.end() :].strip()))
        elif _CHAPTER.match(line):
            chapter, inside = line.strip(), False
        elif _APPENDIX.match(line) or _ATTACHMENT.match(line):
            break
        elif inside and line.strip():
            articles[-1] = msgspec.structs.replace(articles[-1], text=_continued(articles[-1].text, line.strip()))
    return articles


def _continued(text: str, line: str) -> str:
    """Join a paragraph; one that does not end in a closing mark was cut by a page break of the original."""
    return f"{text}\n{line}" if text.endswith(tuple(_CLOSING)) else text + line


def _attachments(lines: list[str]) -> list[Attachment]:
    attachments: list[Attachment] = []
    for line in lines:
        start = _ATTACHMENT.match(line.strip())
        if start:
            attachments.append(Attachment(int(start[1]), (), ()))
        elif attachments and "\t" in line:
            row = tuple(cell.strip() for cell in line.split("\t"))
            attachments[-1] = msgspec.structs.replace(attachments[-1], rows=(*attachments[-1].rows, row))
        elif attachments and line.strip() and not attachments[-1].rows:
            attachments[-1] = msgspec.structs.replace(attachments[-1], lines=(*attachments[-1].lines, line.strip()))
    return attachments
