"""The index of the box: a medium that can be read without the program - by person, month, year, kind, and by search.

It lies in 其他/, since the root of a medium holds four things and no more (`domain/archives/medium.py`): a stranger's
checker must find nothing else there. 说明文件.TXT says where to begin. Pages link to each other and to the papers by
relative paths, so the folder may lie anywhere. The one script, in index.html, is the search; without scripts
every item is reached by the other pages.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from tuopin_desktop.documents.archival.markup import Markup, element, joined, link, page, table, text
from tuopin_desktop.documents.archival.search import SCRIPT
from tuopin_desktop.domain.archives.medium import INDEX, REST, Place

_PAGES = f"{REST}/浏览"
_HEADS = ("档号", "题名", "日期", "期限", "页数", "人员", "打开")
_WHOLE = (0, 2, 3, 6)
"""Columns whose words stay on one line."""
_PLACES = ("无", "原文", "附件")


class Who(msgspec.Struct, frozen=True):
    """A person as the index names him: by name and a line on his service, nothing that identifies him further."""

    name: str
    line: str = ""


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """What the index tells: whose papers, in a line under it what and when, the items, the people by their keys."""

    title: str
    under: str
    places: Sequence[Place]
    people: Mapping[str, Who]


def pages(box: Box) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of the index by their path on the medium."""
    by_person = _grouped(box.places, lambda place: place.entry.people)
    parts = (
        _Part("人员", "人员", by_person, lambda key: _name(box, key)),
        _Part("年度", "年度", _grouped(box.places, lambda place: (str(place.entry.year),)), lambda key: f"{key}年度"),
        _Part("月份", "月份", _grouped(box.places, lambda place: _some(place.entry.month)), _month),
        _Part("种类", "文件种类", _grouped(box.places, lambda place: _some(place.entry.kind)), str),
    )
    yield INDEX, _first(box, parts)
    for part in parts:
        yield f"{_PAGES}/{part.name}.html", _contents(box, part, parts)
        for at, (key, places) in enumerate(part.groups.items(), start=1):
            yield f"{_PAGES}/{part.file(at)}", _group(box, part, parts, key, places)


class _Part(msgspec.Struct, frozen=True):
    """One way through the items: its name, its words, the items of each of its pages, and how a page is called."""

    name: str
    label: str
    groups: Mapping[str, list[Place]]
    called: Callable[[str], str]

    def file(self, at: int) -> str:
        return f"{self.name}-{at:05d}.html"


def _grouped(places: Iterable[Place], keys: Callable[[Place], Iterable[str]]) -> dict[str, list[Place]]:
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        for key in keys(place):
            groups[key].append(place)
    return dict(sorted(groups.items()))


def _some(word: str) -> tuple[str, ...]:
    return (word,) if word else ()


def _name(box: Box, key: str) -> str:
    return box.people[key].name if key in box.people else key


def _month(key: str) -> str:
    year, _, month = key.partition("-")
    return f"{year}年{int(month)}月"


def _doors(parts: Sequence[_Part], up: str) -> list[tuple[str, str]]:
    inside = "" if up else "浏览/"
    return [(f"{up}index.html", "首页"), *((f"{inside}{part.name}.html", part.label) for part in parts)]


def _first(box: Box, parts: Sequence[_Part]) -> bytes:
    kinds: dict[str, int] = defaultdict(int)
    for place in box.places:
        kinds[place.entry.kind] += 1
    sums = table(("文件种类", "件数"), [(kind or "其他", count) for kind, count in kinds.items()], (1,))
    paths = [path for place in box.places for path in place.paths]
    counts = f"共{len(box.places)}件、{len(paths)}个文件；涉及{len(box.people)}人。"
    ways = element("ul", *(element("li", _way(part)) for part in parts))
    return page(
        box.title,
        box.under,
        _doors(parts, ""),
        element("p", counts),
        _search(box),
        element("h2", "按目录看"),
        ways,
        element("h2", "各种文件"),
        sums,
        element("p", "文件是归档时的内容；身份证号、电话等个人信息在本目录中不列。", class_="hint"),
    )


def _way(part: _Part) -> Markup:
    return joined((link(f"浏览/{part.name}.html", f"按{part.label}"), f"（{len(part.groups)}）"))


def _search(box: Box) -> Markup:
    """Return the search: a field, its answer, the data it looks through, and the script."""
    rows = [_found_by(box, place) for place in box.places]
    data = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return element(
        "section",
        element("h2", element("label", "查找", for_="q")),
        Markup('<input type="search" id="q" autocomplete="off" placeholder="如：2019年8月 北京">'),
        element("p", "姓名、题名、档号、日期（2019年8月）都可以，几个词之间空格。", class_="hint"),
        element("noscript", element("p", "浏览器没有开脚本，不能查找；请按下面的目录看，内容相同。")),
        Markup('<p id="n" role="status"></p><div id="r"></div>'),
        Markup(f'<script type="application/json" id="d">{data}</script>'),
        Markup(f"<script>{SCRIPT}</script>"),
        class_="search",
    )


def _found_by(box: Box, place: Place) -> list[str]:
    one = place.entry
    people = "、".join(_name(box, key) for key in one.people)
    path = f"../{place.paths[0]}" if place.paths else ""
    return [one.code, one.title, _day(one.day), people, one.kind, path, one.text]


def _contents(box: Box, part: _Part, parts: Sequence[_Part]) -> bytes:
    """Return the page that lists the pages of one way."""
    lines = [
        (link(part.file(at), part.called(key)), _about(box, part, key), len(places))
        for at, (key, places) in enumerate(part.groups.items(), start=1)
    ]
    order = sorted(lines, key=lambda line: str(line[1])) if part.name == "人员" else lines
    heads = (part.label, "任职" if part.name == "人员" else "", "件数")
    return page(f"{box.title}：按{part.label}", box.under, _doors(parts, "../"), table(heads, order, (2,)))


def _about(box: Box, part: _Part, key: str) -> str:
    return box.people[key].line if part.name == "人员" and key in box.people else ""


def _group(box: Box, part: _Part, parts: Sequence[_Part], key: str, places: Sequence[Place]) -> bytes:
    """Return one page of a way: its items by kind, each in the order of the catalogue."""
    by_kind = _by_kind(places)
    tables = [
        joined(
            (
                element("h2", f"{kind or '其他'}（{len(some)}件）"),
                table(_HEADS, [_row(box, one) for one in some], (4,), _WHOLE),
            )
        )
        for kind, some in by_kind.items()
    ]
    under = _about(box, part, key) or box.under
    return page(f"{part.called(key)}", under, _doors(parts, "../"), *tables)


def _by_kind(places: Sequence[Place]) -> dict[str, list[Place]]:
    kinds: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        kinds[place.entry.kind].append(place)
    return kinds


def _row(box: Box, place: Place) -> tuple[object, ...]:
    one = place.entry
    links = joined(
        (link(f"../../{path}", _PLACES[1] if at == 0 else f"{_PLACES[2]}{at}") for at, path in enumerate(place.paths)),
        " ",
    )
    people = "、".join(_name(box, key) for key in one.people[:_FEW]) + ("等" if len(one.people) > _FEW else "")
    return (one.code, one.title, _day(one.day), one.period, one.pages or "", people, links or text(_PLACES[0]))


_FEW = 6
"""People named in a row; a book of a month names a whole team."""


def _day(day: str) -> str:
    return f"{day[:4]}年{int(day[4:6])}月{int(day[6:])}日" if len(day) == 8 and day.isdecimal() else day
