"""Forms of cadres by the folder: a row or a clear sentence for each, and nobody's family in any byte."""

import base64
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.services import cadremakers as forms
from tests.services.desks import enter, open_office
from tests.services.purges import content_of
from tuopin_desktop.documents import cadrefiles
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Attachment, Person
from tuopin_desktop.services.office import attachments, safe
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import photos, registers
from tuopin_desktop.services.sheets import cadres, doors, intake, takeback


class Import(NamedTuple):
    """A hundred files as they were rehearsed and then imported."""

    desk: Desk
    files: list[forms.Made]
    preview: intake.Preview
    before: int


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Import]:
    place = tmp_path_factory.mktemp("forms")
    files = sorted(forms.made())
    folder = forms.lay(place / "审批表", files)
    (folder / "说明.txt").write_text("请导入", "utf-8")
    with closing(open_office(place / "office")) as desk:
        preview = doors.rehearse(desk, "roster", [folder])
        before = len(registers.rows(desk, "person"))
        intake.confirm(desk, preview)
        yield Import(desk, files, preview, before)


def test_a_hundred_files_are_a_hundred_rows_each_a_person_or_a_clear_sentence(hundred: Import) -> None:
    assert len(hundred.files) == len(hundred.preview.plans) == len(hundred.preview.files) == 100
    assert hundred.before == 0, "a rehearsal writes nothing"
    sentences: dict[str, str] = {}
    for row, where, text in hundred.preview.messages():
        if hundred.preview.plans[row - 1].action == "error" and "职级" not in where:
            sentences[hundred.preview.files[row - 1].name] = f"{where} {text}"
    for one in hundred.files:
        assert (one.name in sentences) == bool(one.sentence or one.name == "052.lrmx"), one.name
        assert one.sentence in sentences.get(one.name, ""), (one.name, sentences.get(one.name))
    assert len(registers.rows(hundred.desk, "person")) == 100 - len(sentences)


def test_every_date_party_and_school_is_read_as_it_was_meant(hundred: Import) -> None:
    people = {str(getattr(one, "id_number", "")): one for one in registers.rows(hundred.desk, "person")}

    def read(number: int, name: str) -> str:
        return str(getattr(people[forms.digits(number * 2 + 1)], name))

    assert {read(number, "birth")[:7] for number in range(len(forms.BIRTHS))} == {"1975-03"}
    parties = ("01", "01", "01", "12", "05", "01", "13", "", "02", "10")
    assert tuple(read(20 + number, "political") for number in range(len(forms.PARTIES))) == parties
    schools = ("21", "21", "10", "10", "21", "21", "14", "21", "11")
    assert tuple(read(30 + number, "education") for number in range(len(forms.SCHOOLS))) == schools
    assert {read(number, "post") for number in (41, 42, 43, 44)} == {"自治区农牧业厅三级调研员"}
    assert (read(45, "post"), read(46, "post")) == ("自治区某厅干部", "科研&开发处干部")


def test_what_was_left_out_is_named_before_anything_is_written(hundred: Import) -> None:
    notes = "\n".join(hundred.preview.notes)
    for text in (
        "家庭主要成员及重要社会关系",
        "一律不读",
        "简历、奖惩情况",
        "GaiGeQianRenZhiNianLingJieXian",
        "说明.txt",
    ):
        assert text in notes
    assert "111.lrmx" in notes, "whose photo is lacking is said"


def test_no_relative_stands_in_any_byte_of_the_office(hundred: Import) -> None:
    hundred.desk.store.fold_journal()
    raws = [content_of(path) for path in hundred.desk.folder.rglob("*") if path.is_file()]
    raws += [safe.read(path) for path in (hundred.desk.folder / attachments.FOLDER).rglob("*.jpg")]
    assert any("王试甲甲".encode() in raw for raw in raws), "the hunt reads what is kept"
    planted = [
        word.encode(how) for word in forms.FAMILY_WORDS for how in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    ]
    planted += [base64.b64encode(word.encode()) for word in forms.FAMILY_WORDS]
    assert not [word for raw in raws for word in planted if word in raw]
    said = repr((hundred.preview, list(hundred.preview.messages())))
    assert not any(word in said for word in forms.FAMILY_WORDS), "nor anywhere in what the window is handed"


def test_photos_are_kept_small_and_once_and_the_same_folder_again_changes_nothing(hundred: Import) -> None:
    kept = hundred.desk.store.rows(Attachment)
    assert len(kept) == len(hundred.preview.photos) == 80
    assert max(one.size or 0 for one in kept) < 200_000, "ten million bytes are not kept"
    again = doors.rehearse(hundred.desk, "person", [Path(hundred.preview.path)])
    assert (again.counts.new, again.counts.changed, again.counts.same) == (0, 0, 84)


def test_article_three_is_said_of_everybody_who_is_read(hundred: Import) -> None:
    for plan, file in zip(hundred.preview.plans, hundred.preview.files, strict=True):
        assert ("第三条" in file.verdict) == (plan.action != "error"), file.name


def test_of_a_large_file_only_a_few_copies_are_ever_held() -> None:
    raw = forms.form(forms.items(1, ZhaoPian=base64.b64encode(forms.large_photo()).decode())).encode()
    tracemalloc.start()
    try:
        cadrefiles.read(raw)
        assert tracemalloc.get_traced_memory()[1] < 6 * len(raw)
    finally:
        tracemalloc.stop()


def _one(desk: Desk, tmp_path: Path, **own: str) -> intake.Preview:
    path = tmp_path / "一份.lrmx"
    path.write_bytes(forms.form(forms.items(1, **own)).encode())
    return doors.rehearse(desk, "person", [path])


def test_somebody_too_old_or_of_unknown_rank_is_told_by_article(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk:
        number = {"ShenFenZheng": ""}
        old = _one(desk, tmp_path, ChuShengNianYue="195001", XianRenZhiWu="某处处长", **number).files[0]
        assert (old.tone, "不符合" in old.verdict) == ("bad", True), "too old by either line"
        open_ = _one(desk, tmp_path, ChuShengNianYue="196501", XianRenZhiWu="某处处长", **number).files[0]
        assert (open_.tone, "职级未登记" in open_.verdict) == ("warn", True)


def test_what_is_kept_is_not_written_over_by_what_is_only_proposed(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk:
        posting = enter(desk, "王试甲乙", rank="section", unit="自治区农牧业厅", id_number=forms.digits(3))
        preview = _one(desk, tmp_path)
        assert preview.counts.changed == 1
        intake.confirm(desk, preview)
        person = registers.get(desk, Person, posting.person)
        assert (person.rank, person.unit, person.post) == ("section", "自治区农牧业厅", "自治区农牧业厅三级调研员")
        assert photos.of_person(desk, person.id).startswith(b"\xff\xd8")


def test_nobody_is_renamed_by_a_file_that_bears_his_number(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk:
        enter(desk, "苏日娜", id_number=forms.digits(3))
        preview = _one(desk, tmp_path)
        assert preview.counts.rejected == 1
        assert "用这个公民身份号码的是“苏日娜”，姓名不同" in next(iter(preview.messages()))[2]


def test_an_office_above_is_asked_whose_the_people_are(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "r", level="region")) as desk:
        path = tmp_path / "一份.lrmx"
        path.write_bytes(forms.form(forms.items(1)).encode())
        asked = doors.rehearse(desk, "person", [path])
        assert ([one.code for one in asked.open], asked.counts.pending) == (["home"], 1)
        intake.confirm(desk, doors.rehearse(desk, "person", [path], {"home": "翁牛特旗"}))
        assert [ids.owner(one.id) for one in registers.rows(desk, "person")] == ["150426"]


def test_the_resume_is_read_line_by_line_when_asked_for_and_nothing_else(tmp_path: Path) -> None:
    for name, data in (("新.lrmx", forms.form(forms.items(1)).encode()), ("旧.lrm", forms.old_form(forms.items(1)))):
        (tmp_path / name).write_bytes(data)
        lines = cadres.resume_of(tmp_path / name)
        assert [(one.first, one.last) for one in lines] == [("1994-09", "1998-07"), ("1998-07", "")]
        assert lines[1].text == "自治区农牧业厅科员（其间：2003年在职研究生）"


def test_a_folder_without_forms_says_so(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk:
        (tmp_path / "空").mkdir()
        with pytest.raises(Trouble, match="没有干部任免审批表"):
            doors.rehearse(desk, "person", [tmp_path / "空"])
        with pytest.raises((Refused, Trouble), match="文件夹"):
            doors.rehearse(desk, "training", [tmp_path / "空"])


def test_at_another_door_a_form_is_called_by_its_name(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk:
        (tmp_path / "一份.lrmx").write_bytes(forms.form(forms.items(1)).encode())
        with pytest.raises(Refused, match="是干部任免审批表，不是表格。请到“队伍与人员”"):
            doors.rehearse(desk, "attendance", [tmp_path / "一份.lrmx"])


def test_an_import_of_forms_is_taken_back_as_a_whole(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk:
        imported = takeback.confirm(desk, _one(desk, tmp_path))
        assert len(registers.rows(desk, "person")) == len(desk.store.rows(Attachment)) == 1
        takeback.take_back(desk, imported)
        assert len(registers.rows(desk, "person")) == len(desk.store.rows(Attachment)) == 0
        takeback.confirm(desk, _one(desk, tmp_path))
        (person,) = registers.rows(desk, "person")
        assert photos.of_person(desk, person.id), "and brought in again with its photo"
