"""The manual cut into topics for a level of office, with the questions, the rules, the keys and the articles."""

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tuopin_desktop.domain import spelling
from tuopin_desktop.domain.measure import Article
from tuopin_desktop.domain.rules import RULES
from tuopin_desktop.machine.paths import RESOURCES
from tuopin_desktop.services.manual.markup import for_level
from tuopin_desktop.services.manual.questions import Question, of_level
from tuopin_desktop.services.office import library

MANUAL = RESOURCES / "manual"
PICTURES = MANUAL / "pictures"
CONTENTS = "index"
QUESTIONS = "questions"
RULE_CHAPTER = "rules"
MEASURE = "measure"
"""The chapter whose topics are the articles."""
MADE = {QUESTIONS: "常见问题", RULE_CHAPTER: "规则和条文", MEASURE: "管理办法"}
"""The chapters that are made of what stands elsewhere, in their order at the end."""

_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
_HEAD = re.compile(r"<h[12][^>]*>(.*?)</h[12]>", re.DOTALL)
_LINK = re.compile(r'href="(\w+)\.html')
_TAG = re.compile(r"<[^>]+>")
_ARTICLE = re.compile(r"第[一二三四五六七八九十]{1,3}条")


class Topic(NamedTuple):
    """What is said of one thing: a page's key, the heading, its HTML below the heading, and `plain` without markup."""

    chapter: str
    title: str
    body: str
    plain: str


@cache
def names() -> tuple[str, ...]:
    """Return the chapters in their order: as the contents name them, then what they do not name, then those made."""
    files = sorted(path.stem for path in MANUAL.glob("*.html"))
    listed = [one for one in _LINK.findall(_text(CONTENTS)) if one in files]
    return tuple(dict.fromkeys((CONTENTS, *listed, *files, *MADE)))


@cache
def topics(level: str = "") -> tuple[Topic, ...]:
    """Return every topic for a level of office, chapter after chapter; the first of one bears the name of its page."""
    return tuple(topic for name in names() for topic in _of_chapter(name, level))


def chapter(name: str, level: str = "") -> list[Topic]:
    """Return the topics of a chapter; those of the contents where there is none."""
    return [one for one in topics(level) if one.chapter == name] or chapter(CONTENTS, level)


def at(name: str, title: str, level: str = "") -> Topic:
    """Return the topic of a chapter whose heading is, or begins with, a title; the first when none is."""
    inside = chapter(name, level)
    same = (one for one in inside if title and one.title == title)
    alike = (one for one in inside if title and (one.title.startswith(title) or title.startswith(one.title)))
    return next(same, None) or next(alike, None) or inside[0]


def search(text: str, level: str = "") -> list[Topic]:
    """Return what fits: headings before words, found by characters, pinyin or initials of a heading's part."""
    key = text.strip().lower()
    if not key:
        return []
    every = topics(level)
    by_title = [one for one in every if key in one.title.lower() or _sounds(one.title, key)]
    return by_title + [one for one in every if one not in by_title and key in one.plain.lower()]


def linked(topic: Topic) -> str:
    """Return a topic as it is shown: an article that is named can be read on the spot."""
    body = topic.body if topic.chapter == MEASURE else _ARTICLE.sub(_link, topic.body)
    return f"<h2>{html.escape(topic.title)}</h2>{body}"


def _link(hit: re.Match[str]) -> str:
    is_article = any(one.name == hit[0] for one in library.measure().articles.values())
    return f'<a href="{MEASURE}.html#{hit[0]}">{hit[0]}</a>' if is_article else hit[0]


def _sounds(title: str, key: str) -> bool:
    return key.isascii() and any(one.startswith(key) for one in _spellings(title))


@cache
def _spellings(title: str) -> tuple[str, ...]:
    """Return how a heading is typed from each of its characters on."""
    return tuple(one for begin in range(len(title)) for one in spelling.initials(title[begin:]))


def _of_chapter(name: str, level: str) -> Iterator[Topic]:
    if name == QUESTIONS:
        yield from _questions(level)
    elif name == RULE_CHAPTER:
        yield from _rules()
    elif name == MEASURE:
        yield from (_topic(MEASURE, one.name, _paragraphs(one.text)) for one in library.measure().articles.values())
    else:
        yield from _cut(name, level)


def _cut(name: str, level: str) -> Iterator[Topic]:
    text = _text(name)
    inside = _BODY.search(text)
    parts = _HEAD.split(for_level(inside[1] if inside else text, level))
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        yield _topic(name, _plain(title), body)


def _text(name: str) -> str:
    return (MANUAL / f"{name}.html").read_text(encoding="utf-8")


def _questions(level: str) -> Iterator[Topic]:
    questions = of_level(level)
    links = "".join(f"<li>{_to(QUESTIONS, one.question)}</li>" for one in questions)
    yield _topic(QUESTIONS, MADE[QUESTIONS], f"<p>经办人常问的，点一条看怎么办。</p><ul>{links}</ul>")
    yield from (_topic(QUESTIONS, one.question, _answer(one)) for one in questions)


def _answer(one: Question) -> str:
    return f"{_paragraphs(one.answer)}<p><b>在哪里</b>：{html.escape(one.way)}</p>"


def _rules() -> Iterator[Topic]:
    """Yield what the program judges by, article by article, with the words of the article beside its rules."""
    articles = library.measure().articles
    opening = "程序按下面的规则核对，每条规则都出自管理办法的一条，原文在规则下面。哪条怎样算，在“设置”的“办法解释”。"
    yield _topic(RULE_CHAPTER, MADE[RULE_CHAPTER], f"<p>{opening}</p>")
    for number in sorted({rule.article for rule in RULES}):
        yield _topic(RULE_CHAPTER, f"按{articles[number].name}核对什么", _judged(articles[number]))


def _judged(article: Article) -> str:
    titles = dict.fromkeys(rule.title for rule in RULES if rule.article == article.number)
    items = "".join(f"<li>{html.escape(title)}</li>" for title in titles)
    return f"<ul>{items}</ul><p><b>{article.name}原文</b></p>{_paragraphs(article.text)}"


def _to(name: str, title: str) -> str:
    return f'<a href="{name}.html#{html.escape(title)}">{html.escape(title)}</a>'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())


def _topic(name: str, title: str, body: str) -> Topic:
    return Topic(name, title, body.strip(), _plain(body))


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup)).strip()
