"""Personal values planted in every field declared so: no verb says one unless it is asked to in so many words."""

import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.planted import kinds, planted, seen_in, traces
from tests.plausible import plausible
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.cli.main import run
from tuopin_desktop.cli.parser import VERBS
from tuopin_desktop.documents import grids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.columns import ROSTER, sheet_kinds
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import disclosures, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

COUNTY = "150426"
FURTHER = {
    "check": ["check --all", "check --json"],
    "leave": ["leave list", "leave list --json", "leave story {slip}", "leave story {slip} --json", "leave tray"]
    + [f"leave book {one}" for one in ("calls", "register", "filing", "lates", "card")]
    + ["leave book story --number {slip}", "leave book brief --number {slip}"],
    "duty": ["duty list", "duty list --json", "duty due", "duty map"],
    "attendance": ["attendance state 2018-06 --county 150426", "attendance state 2018-06 --county 150426 --json"],
    "journal": ["journal log 王五 --county 150426", "journal week --county 150426", "journal ledger --county 150426"],
    "spotcheck": ["spotcheck list", "spotcheck list --json", "spotcheck list --coverage"],
    "evidence": ["evidence list --all", "evidence list --all --json"],
    "appraisal": ["appraisal compute --year 2018 --trace", "appraisal compute --year 2018 --json"],
    "recall": ["recall list", "recall list --json"],
    "replacement": ["replacement list", "replacement list --json"],
    "report": ["report teams", "report snapshots"],
    "ruling": ["ruling list"],
    "pack": ["pack list", "pack show 2018"],
    "station": ["station list", "station list --json"],
    "package": ["package board", "package board --json", "package receipt", "package make --to 150426 {out}"],
    "conflicts": ["conflicts list", "conflicts list --json"],
    "backup": ["backup list", "backup make", "backup ways"],
    "verify": ["verify"],
    "clock": ["clock"],
    "disclosures": ["disclosures", "disclosures --json", "disclosures --counts"],
    "purge": ["purge list --all", "purge copies"],
    "user": ["user list", "user list --json"],
    "attachment": ["attachment list person 王五", "attachment list incident 王五"],
    "slip": ["slip --number {slip} --pdf {out}/slip.pdf"],
    "roster": ["roster todo", "roster cohort"],
    "archive": [
        *(f"archive {one}" for one in ("setup", "setup --json", "periods", "years", "lacks")),
        *("archive period 工作日志 --period D30", "archive list --year 2018", "archive list --year 2018 --json"),
        "archive compare {out}/old.csv",
        *("archive hand-overs", "archive hand-overs --json", "archive verify {out}", "archive verify {out} --json"),
        *("archive certificate", "archive certificate 王五", "archive personal", "archive personal --json"),
        *("archive extract", "archive extract --json", "archive lend", "archive lend --json"),
        *("archive due", "archive due --json", "archive search 王五", "archive search 王五 --json"),
    ],
}
ELSEWHERE = {
    "init": "says the office",
    "template": "holds no records",
    "add": "below",
    "import": "below",
    "export": "below",
    "list": "below",
    "update": "about the program, not about people",
    "demo": "made-up people of its own",
    "manual": "about the program, not about people",
}


def _plant(desk: Desk) -> None:
    posting = enter(desk, "王五", phone="13900000001")
    slip = leave.draft(desk, posting.id, date(2018, 6, 4))
    slip = leave.save(desk, changed(slip, place="呼和浩特市", period="2018-06-05am/2018-06-08pm", reason="汇报工作"))

    def refer(kind: str) -> str:
        return next((one.id for one in desk.store.rows(KINDS[kind])), f"{COUNTY}/none")

    for cls in kinds():
        name = cls.kind.name
        held = {"person": desk.store.rows(KINDS["person"])[0], "leave_slip": slip}.get(name)
        record = held or plausible(cls, desk.vocabulary, refer, COUNTY, id=registers.new_id(desk, COUNTY))
        changes = scalars(planted(cls, record))
        desk.commit([Change(name, record.id, {key: value for key, value in changes.items() if value is not None})])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted") / "office"
    desk = open_office(folder, level="region", practice=True)
    _plant(desk)
    desk.close()
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    shutil.copytree(made, folder)
    return folder


def said(office: Path, *words: object) -> str:
    """Return all that a command says, whatever it comes to."""
    out, err = io.StringIO(), io.StringIO()
    run(["--office", str(office), "--today", "2018-06-04", *map(str, words)], out, err)
    return out.getvalue() + err.getvalue()


def sheet(path: Path) -> str:
    """Return every cell of a workbook in words, so that a day that is a day in it is seen as one that is text."""
    return "\n".join(str(cell) for grid in grids.read_book(path).grids for row in grid.rows for cell in row)


def noted(office: Path) -> int:
    desk = offices.open_desk(office)
    try:
        return len(disclosures.lines(desk))
    finally:
        desk.close()


def test_every_personal_field_has_its_planted_value(made: Path) -> None:
    desk = offices.open_desk(made)
    words = "".join(str(scalars(one)) for cls in kinds() for one in desk.store.rows(cls))
    desk.close()
    assert {cls.kind.name for cls in kinds()} == {"person", "leave_slip", "incident", "medical_claim", "replacement"}
    assert len(seen_in(words)) >= len({one for one in traces() if one.startswith("密")}) + 4


def test_every_verb_is_asked_here() -> None:
    assert {verb.name for verb in VERBS} == set(FURTHER) | set(ELSEWHERE)
    assert set(FURTHER) & set(ELSEWHERE) == set()


@pytest.mark.parametrize("verb", FURTHER)
def test_no_verb_says_a_personal_value(office: Path, tmp_path: Path, verb: str) -> None:
    for command in FURTHER[verb]:
        words = command.format(slip="2018-0001", out=tmp_path / "out").split(" ")
        told = said(office, *words)
        assert (command, seen_in(told)) == (command, [])


def test_no_list_and_no_export_holds_one_and_the_import_of_it_changes_nothing(office: Path, tmp_path: Path) -> None:
    before = said(office, "list", "person", "--json", "--reveal")
    for kind in KINDS:
        assert (kind, seen_in(said(office, "list", kind) + said(office, "list", kind, "--json"))) == (kind, [])
    for kind in sheet_kinds():
        path = tmp_path / f"{kind}.xlsx"
        told = said(office, "export", kind, path)
        if kind != ROSTER and KINDS[kind].kind.restricted:
            assert "涉及个人" in told
            continue
        assert (kind, seen_in(sheet(path))) == (kind, [])
        if kind in (ROSTER, "person"):
            assert "无变化1行" in said(office, "import", kind, path), told
    assert said(office, "list", "person", "--json", "--reveal") == before


def test_who_asks_for_them_gets_them_and_leaves_a_line(office: Path, tmp_path: Path) -> None:
    for cls in kinds():
        kind, path, lines = cls.kind.name, tmp_path / f"{cls.kind.name}.xlsx", noted(office)
        listed = said(office, "list", kind, "--json", "--reveal")
        assert seen_in(listed) != [], kind
        assert noted(office) == lines + 1, kind
        said(office, "export", kind, path, "--reveal")
        assert seen_in(sheet(path)) != []
        assert noted(office) == lines + 2, kind


def test_what_an_import_says_repeats_no_personal_cell(office: Path, tmp_path: Path) -> None:
    from_a_friend = tmp_path / "名单.csv"
    from_a_friend.write_text(
        "姓名,性别,出生年月,公民身份号码,健康状况,手机,派驻旗县,队内职务\n"
        "赵六,男,1971-07-23,159999197107233199,密病,139478261350,翁牛特旗,队员\n"
        "钱七,女,197107233,159999197107233,密病,13947826135x,翁牛特旗,队员\n",
        encoding="utf-8",
    )
    told = said(office, "import", "roster", from_a_friend, "--dry-run")
    told += said(office, "import", "roster", from_a_friend, "--json", "--rejects", tmp_path / "更正.xlsx")
    assert "公民身份号码" in told
    assert [one for one in ("19710723", "1971-07-23", "密病", "1394782", "159999") if one in told] == []
    assert "159999197107233199" in sheet(tmp_path / "更正.xlsx"), "the clerk's own cells come back to be mended"
    assert noted(office) == 1


def test_what_is_typed_wrong_is_not_repeated_either(office: Path) -> None:
    told = said(office, "add", "person", "姓名=孙八", "公民身份号码=159999197107233199", "手机=1394782")
    assert "公民身份号码" in told
    assert [one for one in ("19710723", "1394782") if one in told] == []


def test_a_copy_for_another_office_has_none_of_the_columns(office: Path, tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    lines = noted(office)
    said(office, "export", ROSTER, path, "--no-personal")
    texts = sheet(path)
    assert seen_in(texts) == []
    assert "姓名" in texts
    assert "公民身份号码" not in texts
    calls = tmp_path / "催办.xlsx"
    said(office, "leave", "book", "calls", "--xlsx", calls, "--no-personal")
    assert "联系电话" not in sheet(calls)
    assert noted(office) == lines
