"""The index of the box: complete without scripts, nothing from outside, and a search that a browser carries out."""

import html
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from tuopin_desktop.documents.archival.box import Box, Who, pages
from tuopin_desktop.domain.archives.medium import INDEX, Entry, Piece, is_legal, places

SPITEFUL = '</script><img src=x onerror="alert(1)">&\u2028'
"""What a title may hold without leaving its place."""


def _box() -> Box:
    entries = [
        Entry(
            year=2018 + at % 3,
            period="30年",
            number=at + 1,
            code=f"Z109-WS·{2018 + at % 3}-D30-{at + 1:04d}",
            title=SPITEFUL if at == 7 else f"请假报备单（赴{('北京', '呼和浩特')[at % 2]}）",
            day=f"{2018 + at % 3}08{at % 28 + 1:02d}",
            pages=2,
            pieces=(Piece(".pdf", "a"), Piece(".pdf", "b")) if at % 2 else (Piece(".pdf", "a"),),
            people=(f"p{at % 4}",),
            kind=("请假报备单", "考勤簿")[at % 2],
            month=f"{2018 + at % 3}-08",
        )
        for at in range(40)
    ]
    people = {f"p{at}": Who("同名" if at < 2 else f"王{at}", f"队员{at}") for at in range(4)}
    return Box(title="翁牛特旗", under="2018—2020年", places=places(entries), people=people)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("box")
    made = _box()
    for path, content in (*pages(made), *((path, b"%PDF") for place in made.places for path in place.paths)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
        assert is_legal(path)
    return folder


class _Links(HTMLParser):
    """The addresses a page names and the elements that run something."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.addresses += [value for name in ("href", "src", "action") if (value := values.get(name))]
        self.running += [tag] if tag in ("img", "iframe", "object", "embed", "link") else []
        self.running += [name for name in values if name.startswith("on")]


def _links(page: Path) -> _Links:
    links = _Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def test_without_scripts_every_paper_is_reached_from_the_index_and_nothing_leads_outside(box: Path) -> None:
    reached: set[Path] = set()
    waiting = [box / INDEX]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        links = _links(page) if page.suffix == ".html" else _Links()
        assert links.running == []
        targets = [(page.parent / unquote(one)).resolve() for one in links.addresses]
        assert [one for one in targets if not one.is_file() or box not in one.parents] == []
        waiting += [one for one in targets if one not in reached and one not in waiting]
    assert reached == {path for path in box.rglob("*") if path.is_file()}
    assert [page for page in box.rglob("*.html") if "://" in page.read_text(encoding="utf-8")] == []


def test_two_people_of_one_name_have_a_page_each(box: Path) -> None:
    texts = [page.read_text(encoding="utf-8") for page in box.rglob("人员-*.html")]
    twins = [text for text in texts if "<h1>同名</h1>" in text]
    assert len(twins) == 2
    assert {re.findall("<p>(队员[01])</p>", text)[0] for text in twins} == {"队员0", "队员1"}


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _shown(box: Path, asked: str, folder: Path) -> str:
    address = f"file://{quote(str(box / INDEX))}#{quote(asked)}"
    run = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}",
         "--virtual-time-budget=3000", "--dump-dom", address],
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    return run.stdout.decode()


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this computer; CI installs none")
def test_a_browser_searches_the_box_from_a_file(box: Path, tmp_path: Path) -> None:
    dom = _shown(box, "2019年8月 北京 王2", tmp_path)
    answer = html.unescape(re.findall(r'<p id="n"[^>]*>(.*?)</p>', dom)[0])
    rows = re.findall(r"<tr><td>(Z109[^<]*)</td><td><a href=\"([^\"]+)\">", dom.partition('id="r"')[2])
    due = [
        place
        for place in _box().places
        if place.entry.year == 2019 and "北京" in place.entry.title and place.entry.people == ("p2",)
    ]
    assert answer == f"找到{len(due)}件"
    assert [code for code, _ in rows if code.startswith("Z109-WS·2019")][: len(due)] == [one.entry.code for one in due]
    assert all(((box / INDEX).parent / unquote(address)).is_file() for _, address in rows)
    assert "没有找到" in _shown(box, "不存在的词", tmp_path)
