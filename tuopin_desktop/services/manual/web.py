"""The whole manual as plain pages in a folder, to be read with any browser: from a stick, on a computer without us."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from tuopin_desktop.documents.ruled import words_of
from tuopin_desktop.machine import files
from tuopin_desktop.services.duties.keysheet import KeyRow
from tuopin_desktop.services.manual import keys, topics
from tuopin_desktop.services.manual.markup import figures, table
from tuopin_desktop.services.manual.papers import CARDS, KEYS, LEVELS, TITLE, card_tables, key_lines
from tuopin_desktop.services.manual.topics import Topic
from tuopin_desktop.services.office.desk import Desk

FOLDER = "使用手册"
FIRST = "打开手册.html"
_PAGES = "pages"
_DATA = re.compile(r' data-[\w-]+="[^"]*"')
_CONTENTS = re.compile(r'href="index\.html(?:#[^"]*)?"')
_STYLE = """
body { font: 16px/1.7 "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; max-width: 960px; margin: 0 auto;
  padding: 16px; color: #1d2733; }
h1, h2 { line-height: 1.3; } h2 { margin-top: 2em; border-top: 1px solid #d5dbe3; padding-top: 0.8em; }
img { max-width: 100%; border: 1px solid #c9d1db; } td { padding: 4px 16px 4px 0; vertical-align: top; }
ol { list-style: none; counter-reset: step; padding-left: 0; }
ol > li { counter-increment: step; padding-left: 40px; position: relative; margin: 8px 0; }
ol > li::before { content: counter(step); position: absolute; left: 0; top: 1px; width: 26px; height: 26px;
  border-radius: 13px; background: #c62f2f; color: #fff; text-align: center; line-height: 26px; font-weight: bold; }
a { color: #2e5c9a; } nav a { margin-right: 1.2em; }
@media print { nav { display: none; } }
"""


def write(desk: Desk, rows: Sequence[KeyRow], place: Path) -> Path:
    """Write the manual of an office's level into a folder of its own at a place and return it; raises Trouble."""
    folder = place / FOLDER
    files.make_folder(folder / _PAGES / "pictures")
    every = _chapters(desk, rows or keys.rows())
    for name, inside in every:
        files.write(folder / _PAGES / f"{name}.html", _page(inside).encode())
    for name in {one.name for _, inside in every for topic in inside for one in figures(topic.body)}:
        files.write(folder / _PAGES / "pictures" / f"{name}.png", files.read(topics.PICTURES / f"{name}.png"))
    files.write(folder / FIRST, _first(desk, every).encode())
    return folder


def _chapters(desk: Desk, rows: Sequence[KeyRow]) -> list[tuple[str, list[Topic]]]:
    """return every chapter with the keys and cards before the questions."""
    chapters = [(name, list(some)) for name, some in groupby(topics.topics(desk.level.value), lambda one: one.chapter)]
    at = next(place for place, (name, _) in enumerate(chapters) if name == topics.QUESTIONS)
    extra = [("keys", _keys(rows)), ("cards", _cards(desk))]
    return [*chapters[:at], *((name, some) for name, some in extra if some), *chapters[at:]]


def _keys(rows: Sequence[KeyRow]) -> list[Topic]:
    tables = [Topic("keys", f"{where}的按键", table(iter(lines)), "") for where, lines in key_lines(rows)]
    return [Topic("keys", KEYS, "", ""), *tables]


def _cards(desk: Desk) -> list[Topic]:
    cards = [
        Topic("cards", f"{role}职责卡", table(tuple(map(words_of, row)) for row in one.rows), "")
        for role, one in card_tables(desk).items()
    ]
    return [Topic("cards", CARDS, "", ""), *cards] if cards else []


def _title(name: str, inside: Sequence[Topic]) -> str:
    return topics.MADE.get(name, inside[0].title)


def _page(inside: Sequence[Topic]) -> str:
    title = _title(inside[0].chapter, inside)
    body = "".join(_topic(one, is_first=one.title == title) for one in inside)
    if inside[0].title != title:
        body = f"<h1>{escape(title)}</h1>{body}"
    back = f'<nav><a href="../{FIRST}">目录</a></nav>'
    return _whole(title, f"{back}{body}{back}")


def _topic(one: Topic, *, is_first: bool) -> str:
    head = "h1" if is_first else "h2"
    body = topics.linked(one).partition("</h2>")[2]
    body = _CONTENTS.sub(f'href="../{FIRST}"', _DATA.sub("", body))
    return f'<{head} id="{escape(one.title)}">{escape(one.title)}</{head}>{body}'


def _first(desk: Desk, every: Sequence[tuple[str, list[Topic]]]) -> str:
    opening = f"<h1>{TITLE}</h1><p>{LEVELS[desk.level.value]}。点一条打开；按 Ctrl+F 在打开的一页里找字。</p>"
    return _whole(TITLE, opening + "".join(_listed(every)))


def _listed(every: Sequence[tuple[str, list[Topic]]]) -> Iterator[str]:
    for name, inside in every:
        if name == topics.CONTENTS:
            continue
        title = _title(name, inside)
        items = "".join(
            f'<li><a href="{_PAGES}/{name}.html#{escape(one.title)}">{escape(one.title)}</a></li>'
            for one in inside
            if one.title != title
        )
        yield f'<h2><a href="{_PAGES}/{name}.html">{escape(title)}</a></h2><ul>{items}</ul>'


def _whole(title: str, body: str) -> str:
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}</head><body>{body}</body></html>\n'
