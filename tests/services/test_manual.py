"""The whole manual on paper and as pages: every topic and picture is in it, every way on leads somewhere inside."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
import pytest

from tests.services.desks import open_office
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain.rules import RULES
from tuopin_desktop.services.manual import keys, papers, topics, web
from tuopin_desktop.services.manual.markup import blocks, figures, for_level
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk

LEVELS = {"county": "150426", "league": "1504", "region": ""}
_BLANK = re.compile(r"\s+")


@pytest.fixture(scope="module", params=LEVELS)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("manual") / "office"
    desk = open_office(folder, level=request.param, county=LEVELS[request.param], practice=True)
    yield desk
    desk.close()


def _squeezed(text: str) -> str:
    return _BLANK.sub("", text)


def test_the_paper_has_every_topic_every_picture_and_the_page_of_each(desk: Desk, tmp_path: Path) -> None:
    path = papers.write(desk, (), tmp_path / "手册.pdf")
    with pypdfium2.PdfDocument(path) as document:
        texts = [_squeezed(page.get_textpage().get_text_range()) for page in document]
        shots = sum(
            one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for page in document for one in page.get_objects(max_depth=1)
        )
    level = desk.level.value
    every = topics.topics(level)
    whole = "".join(texts)
    assert [topic.title for topic in every if _squeezed(topic.title) not in whole] == []
    assert shots == sum(len(figures(topic.body)) for topic in every)
    for number in range(1, len(texts) + 1):
        assert f"—{number}—" in texts[number - 1]
    wrong = []
    for name in dict.fromkeys(topic.chapter for topic in every):
        title = topics.MADE.get(name, topics.chapter(name, level)[0].title)
        at = next(int(hit) for text in texts for hit in re.findall(rf"{re.escape(title)}·+(\d+)", text))
        if not texts[at - 1].startswith(_squeezed(title)):
            wrong.append((title, at))
    assert wrong == []
    for row in keys.rows():
        assert _squeezed(row.text) in whole
    assert papers.LEVELS[level] in texts[0]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        self.links += [value for key, value in attrs if key in {"href", "src"} and value]
        self.names.add(of.get("id") or "")


def test_the_pages_on_a_stick_lead_to_each_other_and_nowhere_else(desk: Desk, tmp_path: Path) -> None:
    folder = web.write(desk, (), tmp_path)
    pages = {path: _Links() for path in folder.rglob("*.html")}
    for path, page in pages.items():
        page.feed(path.read_text(encoding="utf-8"))
    broken = []
    for path, page in pages.items():
        for link in page.links:
            name, _, place = unquote(link).partition("#")
            target = (path.parent / name).resolve() if name else path
            inside = target.is_relative_to(folder.resolve()) and target.exists()
            if "://" in link or link.startswith("/") or not inside or (place and place not in pages[target].names):
                broken.append((path.name, link))
    assert broken == []
    first = pages[folder / web.FIRST]
    reached = {link.partition("#")[0] for link in first.links}
    assert {f"pages/{path.name}" for path in pages if path.parent.name == "pages"} - reached == {"pages/index.html"}
    text = "".join(path.read_text(encoding="utf-8") for path in pages)
    assert "data-" not in text
    assert "http" not in text
    assert all(topic.title in text for topic in topics.topics(desk.level.value) if "&" not in topic.title)


def test_every_rule_stands_beside_the_words_of_its_article() -> None:
    articles = library.measure().articles
    for rule in RULES:
        topic = topics.at(topics.RULE_CHAPTER, f"按{articles[rule.article].name}核对什么")
        assert rule.title in topic.plain
        assert _squeezed(articles[rule.article].text) in _squeezed(topic.plain)


def test_each_level_reads_what_is_for_it() -> None:
    county, region = (topics.chapter("home", level)[0] for level in ("county", "region"))
    assert [one.name for one in figures(county.body)] == ["home"]
    assert [one.name for one in figures(region.body)] == ["home-above"]
    assert "收数据包" in region.plain
    assert "data-level" not in for_level(county.body, "county").replace('data-level="county"', "")
    assert topics.search("dyzbbd", "county")[0].title == "第一张报备单"
    assert [one for one in topics.search("今天都在哪里", "region") if one.title == "今天都在哪里"] == []


def test_a_text_for_another_level_is_left_out_with_all_that_is_in_it() -> None:
    text = '<p>一</p><ul data-level="region"><li>二<br>三</li></ul><section data-level="county"><p>四</p></section>'
    assert for_level(text, "county") == "<p>一</p><p>四</p>"
    assert for_level(text, "region") == '<p>一</p><ul data-level="region"><li>二<br>三</li></ul>'


def test_a_topic_is_taken_apart_for_paper_in_its_order() -> None:
    text = '<p>甲<b>乙</b></p><img src="pictures/x.png" alt="图"><ol><li>一</li><li>二</li></ol><ul><li>点</li></ul>'
    rows = "<table><tr><td>键</td><td>做什么</td></tr></table>尾"
    assert [(one.kind, one.lead, one.text or one.cells) for one in blocks(text + rows)] == [
        ("text", "", "甲乙"),
        ("picture", "图", "x"),
        ("step", "①", "一"),
        ("step", "②", "二"),
        ("item", "·", "点"),
        ("row", "", ("键", "做什么")),
        ("text", "", "尾"),
    ]


def test_the_verb_prints_and_copies_it(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    open_office(folder, level="county", county="150426", practice=True).close()
    out, err = StringIO(), StringIO()
    assert run(["--office", str(folder), "manual", "pdf", str(tmp_path / "a.pdf")], out, err) == 0, err.getvalue()
    assert (tmp_path / "a.pdf").stat().st_size > 500_000
    assert run(["--office", str(folder), "manual", "copy", str(tmp_path)], out, err) == 0, err.getvalue()
    assert (tmp_path / web.FOLDER / web.FIRST).exists()
