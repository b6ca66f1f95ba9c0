"""One bad value costs one value: kept in the log, not believed, told with its sender; everything else comes out."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.services.desks import arrived, enter, open_office
from tests.services.exchangers import COUNTY, REGION, found, join, region, reopened, send
from tuopin_desktop.domain import guard, record, values
from tuopin_desktop.domain.change import Change, FeedLine
from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.judgement import judgement
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Field, Form, Scalar, fields
from tuopin_desktop.domain.records import KINDS, Attendance, LeaveSlip, Opinion, Person, Team
from tuopin_desktop.domain.records import choices as tables
from tuopin_desktop.domain.rules import RULES
from tuopin_desktop.domain.standards import CODES
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import conflicts, registers
from tuopin_desktop.store import counting, uncounted

TEAM = f"{COUNTY}/team"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """A region and a certified county that has one person."""
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    with closing(root), closing(county):
        join(root, county, tmp_path)
        enter(county, "张三")
        yield root, county
        assert (root.store.audit(), county.store.audit()) == ("", "")


def write(desk: Desk, kind: str, record_id: str, **said: Scalar) -> None:
    """Write a value as a program did that judged nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tuopin_desktop.store.asides.refuse", lambda *_: None)
        desk.store.commit([Change(kind, record_id, said)], "某人", desk.clock.wall_ms())


def rules_said(desk: Desk, rule: str) -> list[tuple[Verdict, str]]:
    return [(one.verdict, one.sentence) for one in judging.findings(desk, rule)]


@pytest.mark.parametrize(
    ("kind", "field", "odd", "good", "why"),
    [
        ("team", "arrived", "9999-12-31", "2018-06-01", "不是1900年至2099年间的日期"),
        ("team", "arrived", "2018-02-30", "2018-06-01", "不是1900年至2099年间的日期"),
        ("team", "name", "长" * 300, "总队", "有300字，最多"),
        ("person", "birth", "1975-13", "1975-03", "不是月份"),
        ("person", "sex", "9x", "1", "没有这一项"),
        ("person", "id_number", "123", None, "不是公民身份号码"),
    ],
)
def test_an_odd_value_in_a_package_is_kept_told_and_not_believed(
    offices: tuple[Desk, Desk], tmp_path: Path, kind: str, field: str, odd: str, good: str | None, why: str
) -> None:
    root, county = offices
    (held,) = registers.rows(county, kind)
    write(county, kind, held.id, **{field: odd})
    for desk in (county, root):
        if desk is root:
            account = packages.account(packages.take(root, send(county, REGION, tmp_path)))
            assert any(f"没有采用，{why}" in line and "翁牛特旗" in line for line in account)
            assert not any(odd in line for line in account) or field not in ("birth", "id_number")
        record = desk.store.get(KINDS[kind], held.id)
        assert getattr(record, field) == getattr(held, field)
        assert [(one.field, one.value, one.office) for one in uncounted.listed(desk.store.ledger)] == [
            (field, odd, COUNTY)
        ]
        assert [one.why for one in conflicts.listed(desk) if one.why] != []
        (told,) = rules_said(desk, "A17-2")
        assert told[0] is Verdict.AMBER
        assert desk.store.history(kind, held.id)[-1][2] == {field: odd}
    if good == getattr(held, field) or good is None:
        conflicts.keep(county, kind, held.id, field)  # what stands is said once more
    else:
        write(county, kind, held.id, **{field: good})
    packages.take(root, send(county, REGION, tmp_path))
    assert (uncounted.listed(root.store.ledger), rules_said(root, "A17-2")) == ([], [])


def test_one_bad_day_costs_one_day_and_the_region_goes_on(offices: tuple[Desk, Desk], tmp_path: Path) -> None:
    root, county = offices
    (posting,) = registers.rows(county, "posting")
    month = f"{posting.id}/2018-06"
    write(county, "attendance", month, posting=posting.id, month="2018-06", d01="x", d02="vw/vw")
    packages.take(root, send(county, REGION, tmp_path))
    held = root.store.get(Attendance, month)
    assert held is not None
    assert (held.d01, held.d02) == ("", "vw/vw")
    assert Verdict.UNKNOWN not in {one.verdict for one in judging.findings(root)}


def test_what_would_not_count_is_refused_before_it_is_written(tmp_path: Path) -> None:
    with closing(open_office(tmp_path)) as desk:
        enter(desk, "张三")
        before = desk.store.position()
        for said in ({"arrived": "9999-12-31"}, {"arrived": "2018-02-30"}, {"name": "长" * 300}):
            with pytest.raises(Refused, match="没有保存"):
                desk.commit([Change("team", TEAM, dict(said))])
        assert desk.store.position() == before


def test_a_choice_of_a_newer_program_is_kept_and_counts_once_this_one_knows_it(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "office", level="region")
    posting = enter(desk, "张三")
    line = FeedLine(at=1 << 60, by="某人", key=f"posting:{posting.id}", set={"end_reason": "promoted"})
    arrived(desk, COUNTY, [line])
    assert [one.why for one in uncounted.listed(desk.store.ledger)] == ["没有这一项"]
    newer = CodeTable({**tables.END_REASON.labels, "promoted": "提拔"})
    with pytest.MonkeyPatch.context() as patch:
        declared = tuple(
            msgspec.structs.replace(item, table=newer) if item.name == "end_reason" else item
            for item in fields(KINDS["posting"])
        )
        patch.setitem(record._DECLARED, KINDS["posting"], declared)
        values.judges.cache_clear()
        judgement.cache_clear()
        upgraded = reopened(desk)
        held = registers.get(upgraded, "posting", posting.id)
        assert getattr(held, "end_reason") == "promoted"  # noqa: B009  # a field of the kind, asked by name
        assert uncounted.listed(upgraded.store.ledger) == []
        assert upgraded.store.audit() == ""
        upgraded.close()
    values.judges.cache_clear()
    judgement.cache_clear()


def test_a_reference_to_what_is_not_here_is_kept_and_rules_survive_it(tmp_path: Path) -> None:
    with closing(open_office(tmp_path, level="region")) as desk:
        said: dict[str, Scalar] = {"slip": f"{COUNTY}/gone", "role": "secretary", "verdict": "approved"}
        arrived(desk, COUNTY, [FeedLine(at=1, by="某人", key=f"opinion:{COUNTY}/gone/secretary", set=said)])
        held = desk.store.get(Opinion, f"{COUNTY}/gone/secretary")
        assert held is not None
        assert held.slip == f"{COUNTY}/gone"
        assert Verdict.UNKNOWN not in {one.verdict for one in judging.findings(desk)}


def test_an_unexpected_error_of_a_rule_is_one_finding_and_is_heard(tmp_path: Path) -> None:
    heard: list[Exception] = []
    with closing(open_office(tmp_path, level="region")) as desk:
        enter(desk, "张三")
        enter(desk, "李四")
        before = len(judging.findings(desk))

        def broken(record: Any, *_: object) -> None:
            raise KeyError(record.id)

        (rule,) = [one for one in RULES if one.key == "A04-3"]
        stop = guard.listen(heard.append)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                "tuopin_desktop.domain.rules.RULES",
                tuple(msgspec.structs.replace(one, judge=broken) if one is rule else one for one in RULES),
            )
            told = judging.findings(desk)
        stop()
        unknown = [one for one in told if one.verdict is Verdict.UNKNOWN]
        assert (len(unknown), len(told)) == (2, before)
        assert all("无法判断" in one.sentence and one.rule == "A04-3" for one in unknown)
        assert [type(one) for one in heard] == [KeyError, KeyError]


def test_what_is_refused_is_never_taken_for_an_error() -> None:
    def work() -> None:
        raise Refused([])

    with pytest.raises(Refused):
        guard.guarded(work, lambda: None)


def test_the_codes_of_the_national_tables_are_those_that_are_shipped() -> None:
    shipped: dict[str, set[str]] = {}
    for row in library.table("codes.csv"):
        shipped.setdefault(row["table"], set()).add(row["code"] or row["name"])
    assert {title: set(codes) for title, codes in CODES.items()} == {title: shipped[title] for title in CODES}
    choices = [item.table for cls in KINDS.values() for item in fields(cls) if item.form is Form.CHOICE]
    assert {table for table in choices if isinstance(table, str)} == {*CODES, "旗县", "办法文件"}


FIELD = Field(name="x", label="某")


@pytest.mark.parametrize(
    ("form", "good", "odd"),
    [
        (Form.DATE, ["1900-01-01", "2099-12-31"], ["1899-12-31", "2100-01-01", "2018-6-5", "20180605", "", "x", 5]),
        (Form.MONTH, ["1970-05", "1970-05-17"], ["1970-13", "1970-05-32", "1970", "x", "1899-12", 197005]),
        (Form.HALF, ["2018-06-05am"], ["2018-06-05", "2018-06-31am", "9999-12-31pm", "xam", "2018-06-05xm"]),
        (Form.PERIOD, ["2018-06-05am/2018-06-05am"], ["2018-06-05am/2018-06-04pm", "1900-01-01am/2099-12-31pm", "x"]),
        (Form.DAY, ["vw/cw", "/vw", "oli/o?"], ["x", "/", "vw", "vw/zz", "VW/vw"]),
        (Form.REF, ["150426/a", "person:150426/a", "150426/a/b"], ["150426", "x", "a b/c", "150426/"]),
        (Form.FLAG, [0, 1], [2, -1, "1"]),
        (Form.MONEY, [0, 10**13], [-1, 10**13 + 1, "5"]),
        (Form.INTEGER, [-5, 2018], [2**53, "2018"]),
        (Form.TEXT, ["x", "第一", " "], ["\u202e", "\x00", "\ufffd", "长" * 201, 7]),
        (Form.LONG, ["a\nb"], ["\x07"]),
    ],
)
def test_a_value_is_judged_by_the_form_of_its_field(form: Form, good: list[Scalar], odd: list[Scalar]) -> None:
    item = msgspec.structs.replace(FIELD, form=form)
    assert [values.fault(item, value) for value in good] == [""] * len(good)
    assert all(values.fault(item, value) for value in odd)
    assert values.fault(item, None) == ""


def test_every_field_of_every_kind_is_judged() -> None:
    for kind, cls in KINDS.items():
        known = values.judges(cls)
        assert set(known) == {item.name for item in fields(cls)}
        wrong = FeedLine(at=1, by="x", key=f"{kind}:150426/a", set=dict.fromkeys(known, "\x00"))
        assert set(counting.faults(kind, wrong)) == set(known)


def test_a_slip_and_a_person_as_they_are_kept_have_no_fault(tmp_path: Path) -> None:
    assert {Person, LeaveSlip, Team} <= set(KINDS.values())
    with closing(open_office(tmp_path)) as desk:
        enter(desk, "张三")
        assert uncounted.listed(desk.store.ledger) == []
