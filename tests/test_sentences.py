"""What a clerk reads holds no id, no English name of a field, no bare code: looked for in the source and in a run."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.exchangers import COUNTY, NEIGHBOUR, REGION, found, join, people, region, send
from tests.test_house import at, name_of, parsed, sources
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS, Person
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.services.exchange import packageboard, packages
from tuopin_desktop.services.office import keyowner, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import conflicts, registers
from tuopin_desktop.services.registers.wording import Wording, spoken
from tuopin_desktop.ui.doors import DOORS

KEY = re.compile(r"[a-z_]+:[0-9]{2,6}/")
DIGITS = re.compile(r"[0-9a-f]{12,}")
CODE = re.compile(r"(?<![0-9])15[0-9]{4}(?![0-9])")
FIELDS = {item.name for cls in KINDS.values() for item in fields(cls)} - {"d"}
ENGLISH = re.compile(rf"\b({'|'.join(sorted(FIELDS))})\b")

NUMBERLIKE = re.compile(r"(^|[._(])(id|record_id|item_id|key|feed|station|stations|scope|owner|office|code)$")
"""How an expression ends that gives an id or a code; one of a room that cannot name things is put into words above."""
SPOKEN = ("domain/exchange/planning.py", "domain/exchange/arrival.py", "store/receiving.py", "store/undoing.py")
"""Modules whose refusals pass `services.wording.spoken` on their way to the clerk."""
TECHNICAL = ("domain/policy.py",)
"""Modules whose troubles are about a shipped file that somebody changed, said to whoever mends it."""


def faults(sentence: str) -> list[str]:
    """Return what in a sentence no clerk should read; the name of a file is given as it is."""
    sentence = re.sub(r"“[^”]+[.](zip|json|db)”", "", sentence)
    found = [pattern.search(sentence) for pattern in (KEY, DIGITS, CODE)]
    words = ENGLISH.findall(re.sub(r"“[^”]*”|https?://\S+", "", sentence))
    return [match[0] for match in found if match] + words


def sentences() -> Iterator[tuple[str, ast.expr]]:
    """Yield every sentence of a refusal in the source, with where it stands."""
    for path, node in parsed("tuopin_desktop"):
        if not isinstance(node, ast.Call):
            continue
        name = name_of(node)
        place = {"refuse": 1, "_refused": 1, "_no": 2, "Trouble": 0, "Damaged": 0, "_off": 2}.get(name)
        said = [word.value for word in node.keywords if name == "Problem" and word.arg == "sentence"]
        said += [node.args[place]] if place is not None and len(node.args) > place else []
        yield from ((at(path, node), one) for one in said)


def test_no_refusal_in_the_source_says_an_id_or_a_code() -> None:
    wrong, seen = [], 0
    for where, sentence in sentences():
        seen += 1
        if any(where.removeprefix("tuopin_desktop/").startswith(one) for one in (*SPOKEN, *TECHNICAL)):
            continue
        for part in ast.walk(sentence):
            if isinstance(part, ast.FormattedValue) and NUMBERLIKE.search(ast.unparse(part.value)):
                wrong.append((where, ast.unparse(part.value)))
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                wrong += [(where, one) for one in (*KEY.findall(part.value), *CODE.findall(part.value))]
    assert wrong == []
    assert seen > 250


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """A region office and a county that it certified."""
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path / "stick")
    yield root, county
    for desk in (root, county):
        desk.close()


def changed(desk: Desk, record_id: str, **said: str) -> None:
    desk.commit([Change("person", record_id, dict(said))])


def test_an_account_names_records_fields_and_the_office(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    root, county = pair
    (one,) = people(county, "乌云其其格")
    packages.take(root, send(county, REGION, tmp_path / "a"))
    changed(county, one, phone="13947826135", sex="2", unit="赤峰市财政局", birth="1971-07")
    path = send(county, REGION, tmp_path / "b")
    taken = packages.rehearse(root, path)
    said = packages.account(taken)
    assert [faults(line) for line in said if faults(line)] == []
    assert said[0].startswith("翁牛特旗第2号数据包（")
    assert "    人员“乌云其其格”（翁牛特旗）的手机：空 → 139****6135（经办人）" in said
    assert "    人员“乌云其其格”（翁牛特旗）的派出单位：空 → 赤峰市财政局（经办人）" in said
    assert "13947826135" not in str(taken)
    assert "1971-07" not in str(taken)


def test_conflicts_and_the_refusal_to_undo_name_records(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    root, county = pair
    (one,) = people(county, "乌云其其格")
    packages.take(root, send(county, REGION, tmp_path / "a"))
    changed(county, one, phone="13947826135")
    changed(root, one, phone="13911112222")
    packages.take(root, send(county, REGION, tmp_path / "b"))
    (open_,) = conflicts.listed(root)
    assert (open_.title, open_.label, open_.veiled) == ("人员“乌云其其格”（翁牛特旗）", "手机", True)
    assert {open_.kept, open_.lost} == {"139****6135", "139****2222"}
    assert {conflicts.listed(root, reveal=True)[0].kept, conflicts.listed(root, reveal=True)[0].lost} == {
        "13947826135",
        "13911112222",
    }
    changed(root, one, unit="某局")
    with pytest.raises(Refused) as refused:
        packages.undo(root)
    assert "（人员“乌云其其格”（翁牛特旗））" in refused.value.sentence
    assert faults(refused.value.sentence) == []


def test_what_a_package_is_refused_for_is_said_in_words(
    pair: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, county = pair
    monkeypatch.setattr(keyowner, "bound", lambda _, keys: keys)
    other = found(tmp_path / "other", NEIGHBOUR)
    join(root, other, tmp_path / "stick")
    people(county, "王五")
    path = send(county, REGION, tmp_path / "a")
    other.close()
    (other.folder / "station.key").write_bytes((root.folder / "station.key").read_bytes())  # else it cannot even look
    other = offices.open_desk(other.folder, other.clock)
    said = []
    for desk in (other, county):
        with pytest.raises(Refused) as refused:
            packages.take(desk, path)
        said.append(refused.value.sentence)
    other.close()
    assert "给自治区工作队管理办公室的，本单位是阿鲁科尔沁旗" in said[0]
    assert "给自治区工作队管理办公室的，本单位是翁牛特旗" in said[1]
    assert [faults(one) for one in said] == [[], []]


def test_sentences_of_the_rooms_below_are_put_into_words(pair: tuple[Desk, Desk]) -> None:
    _, county = pair
    (one,) = people(county, "王五")
    station = county.store.identity.station
    said = f"来源{station}.1.{COUNTY}第3条写到了{ids.mark(NEIGHBOUR)}的person:{one}，电脑{'ab' * 8}，moon:15/x"
    with pytest.raises(Refused) as refused, spoken(county):
        raise Refused([Problem(code="x", sentence=said)])
    assert faults(refused.value.sentence) == []
    assert "翁牛特旗经办人的电脑" in refused.value.sentence
    assert "阿鲁科尔沁旗的人员“王五”" in refused.value.sentence
    assert "本版程序不认识的内容" in refused.value.sentence


def test_a_record_about_conduct_is_not_even_named(pair: tuple[Desk, Desk]) -> None:
    _, county = pair
    county.commit([Change("incident", f"{COUNTY}/i", {"text": "密", "posting": f"{COUNTY}/q"})])
    words = Wording(county)
    assert words.record(f"incident:{COUNTY}/i") == "违纪情况"
    assert words.value(KINDS["incident"], "text", "密") == "***"
    assert words.value(None, "whatever", "密") == "***", "what this program does not know may be personal"
    assert words.value(Person, "from_next_year", "密") == "***"


def test_the_board_and_the_list_of_pcs_name_offices(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    root, county = pair
    people(county, "王五")
    packages.take(root, send(county, REGION, tmp_path / "a"))
    lines = packageboard.board_lines(packageboard.board(root))
    folder = root.folder
    root.close()
    for words in (("station", "list"), ("package", "receipt")):
        out = io.StringIO()
        assert run(["--office", str(folder), *words], out, out) == 0
        lines += out.getvalue().splitlines()
    pair[0]._lock = FolderLock(folder)  # closed twice below
    assert [(line, faults(line)) for line in lines if faults(line)] == []
    assert any("翁牛特旗" in line for line in lines)


def test_people_of_one_name_are_told_apart_by_where_they_are(pair: tuple[Desk, Desk]) -> None:
    root, _ = pair
    for county, unit in ((COUNTY, "农牧业厅"), (COUNTY, "财政局"), (NEIGHBOUR, "财政局"), (NEIGHBOUR, "财政局")):
        record = Person(id=registers.new_id(root, county), name="张三", unit=unit, birth="1975-03")
        registers.save(root, record)
    with pytest.raises(Refused) as refused:
        registers.called(root, "person", "张三")
    sentence = refused.value.sentence
    assert faults(sentence) == []
    described = re.findall(r"张三（[^）]+）", sentence)
    assert len(set(described)) == 4
    assert len({registers.called(root, "person", one) for one in described}) == 4


# -- what a sentence sends to is there

SENT_TO = re.compile(r"(?:(?<!列)在|(?<!看)到|见|打开|进入)“([^”{}<>.]{1,12})”")
PAGE = re.compile(r"“([^”]+)”页")
MANUAL = Path(__file__).parents[1] / "resources" / "manual"


def texts() -> Iterator[tuple[str, str]]:
    """Yield every text of the program with where it stands; of one with values in it, its parts."""
    for path in sources("tuopin_desktop"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield at(path, node), node.value


def test_every_page_a_sentence_sends_to_is_a_door_or_something_that_is_called_so() -> None:
    program = list(texts())
    doors, labels = {door.label for door in DOORS}, {text.strip().rstrip("…") for _, text in program}
    places = [*program, *((path.name, path.read_text(encoding="utf-8")) for path in MANUAL.glob("*.html"))]
    named = [(where, name) for where, text in places for name in SENT_TO.findall(text)]
    assert {"U盘交换", "队伍与人员"} <= {name for _, name in named}
    nowhere = {one for one in named if not set(re.split("[·－]", one[1].rstrip("…"))) <= doors | labels}
    assert not nowhere
    assert {name for _, text in places for name in PAGE.findall(text)} <= doors | labels
