"""Who may write what: own, over and root are prefixes, and nobody approves himself."""

import pytest

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import KINDS, County, Decision, LeaveSlip, Person, Ruling, Team


@pytest.mark.parametrize("office", ["15", "1504", "150426"])
def test_an_office_writes_county_fields_at_and_below_itself(office: str) -> None:
    assert may_write(office, Person, "150426/a", ["name", "deleted"]) is None
    assert may_write(office, Team, "150426/team", ["arrived"]) is None


@pytest.mark.parametrize(
    ("office", "record_id"),
    [("150426", "150421/a"), ("150426", "1504/a"), ("150426", "15/a"), ("1504", "150523/a"), ("1504", "15/a")],
)
def test_no_office_writes_beside_or_above_itself(office: str, record_id: str) -> None:
    problem = may_write(office, Person, record_id, ["name"])
    assert problem is not None
    assert problem.code == "authority"
    assert problem.sentence.endswith("属于别的单位，本单位无权修改"), "a code is no name"
    assert problem.fields == ("name",)
    named = may_write(office, Person, record_id, ["name"], lambda code: f"〈{code}〉")
    assert named is not None
    assert named.sentence == f"人员属于〈{record_id.split('/')[0]}〉，本单位（〈{office}〉）无权修改"


@pytest.mark.parametrize("office", ["1504", "150426"])
@pytest.mark.parametrize("cls", [Decision, Ruling, County])
def test_what_the_region_office_owns_it_alone_writes(office: str, cls: type[Record]) -> None:
    problem = may_write(office, cls, "150426/a", ["deleted"])
    assert problem is not None
    assert problem.code == "authority"
    assert may_write("15", cls, "150426/a", ["deleted"]) is None


@pytest.mark.parametrize("office", ["1504", "150426"])
def test_one_region_field_among_others_stops_the_change_and_is_named(office: str) -> None:
    problem = may_write(office, LeaveSlip, "150426/s", iter(["reason", "handler_name", "place"]))
    assert problem is not None
    assert "承办人" in problem.sentence
    assert problem.fields == ("reason", "handler_name", "place")
    assert may_write(office, LeaveSlip, "150426/s", ["reason", "place"]) is None
    assert may_write("15", LeaveSlip, "150426/s", ["handler_name"]) is None


@pytest.mark.parametrize("record_id", ["", "150426", "150426/", "150426x/a", "150426/a b", "15/../a\n", "/a"])
@pytest.mark.parametrize("office", ["15", "150426"])
def test_an_id_that_is_not_well_formed_is_nobodys(office: str, record_id: str) -> None:
    problem = may_write(office, Person, record_id, ["name"])
    assert problem is not None
    assert problem.code == "id"


def test_every_kind_has_somebody_who_may_write_it() -> None:
    for cls in KINDS.values():
        office, scope = ("150426", ids.local("150426")) if cls.kind.local else ("15", "150426")
        assert may_write(office, cls, f"{scope}/a", [item for item in cls.__struct_fields__ if item != "id"]) is None
