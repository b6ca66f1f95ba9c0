"""The manual cut into topics, and the articles of the measure beside them; searched by words, pinyin and initials."""

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tuopin_desktop.domain import spelling
from tuopin_desktop.services.office import library
from tuopin_desktop.ui import resources

CONTENTS = "index"
MEASURE = "measure"
"""The chapter whose topics are the articles."""

_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
_HEAD = re.compile(r"<h[12]>(.*?)</h[12]>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_ARTICLE = re.compile(r"第[一二三四五六七八九十]{1,3}条")


class Topic(NamedTuple):
    """What is said of one thing: a page's key, the heading, its HTML below the heading, and `plain` without markup."""

    chapter: str
    title: str
    body: str
    plain: str


@cache
def topics() -> tuple[Topic, ...]:
    """Return every topic, chapter after chapter; the first of a chapter bears the name of its page."""
    chapters = sorted(path.stem for path in resources.MANUAL.glob("*.html"))
    return (*(topic for name in chapters for topic in _cut(name)), *_articles())


def chapter(name: str) -> list[Topic]:
    """Return the topics of a chapter; those of the contents where there is none."""
    return [one for one in topics() if one.chapter == name] or chapter(CONTENTS)


def at(name: str, title: str) -> Topic:
    """Return the topic of a chapter whose heading is, or begins with, a title; the first when none is."""
    inside = chapter(name)
    same = (one for one in inside if title and one.title == title)
    alike = (one for one in inside if title and (one.title.startswith(title) or title.startswith(one.title)))
    return next(same, None) or next(alike, None) or inside[0]


def search(text: str) -> list[Topic]:
    """Return what fits: headings before words, found by characters, pinyin or initials of a heading's part."""
    key = text.strip().lower()
    if not key:
        return []
    by_title = [one for one in topics() if key in one.title.lower() or _sounds(one.title, key)]
    return by_title + [one for one in topics() if one not in by_title and key in one.plain.lower()]


def linked(topic: Topic) -> str:
    """Return a topic as it is shown: an article that is named can be read on the spot."""
    body = topic.body if topic.chapter == MEASURE else _ARTICLE.sub(_link, topic.body)
    return f"<h2>{html.escape(topic.title)}</h2>{body}"


def _link(hit: re.Match[str]) -> str:
    is_article = any(one.name == hit[0] for one in library.measure().articles.values())
    return f'<a href="{MEASURE}.html#{hit[0]}">{hit[0]}</a>' if is_article else hit[0]


def _sounds(title: str, key: str) -> bool:
    return key.isascii() and any(
        one.startswith(key) for begin in range(len(title)) for one in spelling.initials(title[begin:])
    )


def _cut(name: str) -> Iterator[Topic]:
    text = (resources.MANUAL / f"{name}.html").read_text(encoding="utf-8")
    inside = _BODY.search(text)
    parts = _HEAD.split(inside[1] if inside else text)
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        yield _topic(name, _plain(title), body)


def _articles() -> Iterator[Topic]:
    for article in library.measure().articles.values():
        body = "".join(f"<p>{html.escape(line)}</p>" for line in article.text.splitlines())
        yield _topic(MEASURE, article.name, body)


def _topic(name: str, title: str, body: str) -> Topic:
    return Topic(name, title, body.strip(), _plain(body))


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup)).strip()
