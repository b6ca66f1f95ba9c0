"""The tables of periods as they ship, and the forms of an archival code: all of it data, none of it guessed."""

from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import open_office
from tuopin_desktop.domain.archives import codes
from tuopin_desktop.domain.archives.kinds import BY_KEY, PAPERS
from tuopin_desktop.domain.archives.periods import Periods, unknown_keys
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import FilingRule, Fonds
from tuopin_desktop.domain.records.archives import TABLES
from tuopin_desktop.services.archives import changing, settings, tables


@pytest.mark.parametrize("name", TABLES.labels)
def test_a_shipped_table_says_of_every_kind_of_paper_whether_how_long_and_why(name: str) -> None:
    table = tables.shipped(name)
    assert [rule.key for rule in table.paper] == [paper.key for paper in PAPERS]
    assert unknown_keys(table) == []
    assert len(table.paper) > 40
    for rule in table.paper:
        assert bool(rule.period) is rule.filed, rule.key
        assert rule.reason, rule.key
        assert rule.certainty == "待核", rule.key
    assert Periods(table).lacking == ()


def test_poverty_archives_lean_to_thirty_years_and_general_ones_to_ten() -> None:
    poverty, generic = (Periods(tables.shipped(name)) for name in ("poverty", "generic"))
    assert (poverty.of(BY_KEY["slip"]).period, generic.of(BY_KEY["slip"]).period) == ("D30", "D10")
    assert poverty.of(BY_KEY["annual_report"]).period == generic.of(BY_KEY["annual_report"]).period == "Y"
    assert not poverty.of(BY_KEY["medical_claim"]).filed


def test_a_kind_without_a_rule_is_refused_by_its_name_and_a_period_has_to_be_said() -> None:
    whole = tables.shipped("generic")
    table = msgspec.structs.replace(whole, paper=tuple(rule for rule in whole.paper if rule.key != "slip"))
    with pytest.raises(Refused, match="期限表中没有“请假报备单（附件1、附件2）”"):
        _ = Periods(table).rules
    with pytest.raises(Refused, match="请假报备单"):
        Periods(table, [FilingRule(paper="slip", filed="yes")]).of(BY_KEY["slip"])
    assert Periods(table, [FilingRule(paper="slip", filed="yes", period="D10")]).of(BY_KEY["slip"]).period == "D10"


def test_a_paper_that_is_not_filed_is_refused_without_a_period_and_filed_with_one(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk:
        with pytest.raises(Refused, match="节假日安排通知"):
            changing.moves(desk, "节假日安排通知", filed="yes")
        changing.adjust(desk, "节假日安排通知", filed="yes", period="D10", note="本旗期限表第12条")
        rule = tables.periods(desk).of(BY_KEY["calendar"])
        assert (rule.filed, rule.period, rule.certainty, rule.changed) == (True, "D10", "已核", True)
        assert desk.store.rows(FilingRule)[0].id == "150426/rule-calendar"


@pytest.mark.parametrize(
    ("form", "local", "expected"),
    [
        ("", "", "Z109-WS·2019-D30-150426BGS-0007"),
        ("dat22", "", "Z109-WS·2019-D30-150426BGS-0007"),
        ("dat13", "", "Z109-WS·2019·D30·150426BGS-0007"),
        ("local", "{全宗号}.{年度}.{期限名}.{机构}.{件号}", "Z109.2019.30年.150426BGS.0007"),
    ],
)
def test_an_archival_code_in_each_form(form: str, local: str, expected: str) -> None:
    fonds = Fonds(fonds_code="Z109", body_code="BGS", code_form=form, code_local=local)
    body = codes.body_code(fonds, "150426")
    assert codes.code(fonds, year=2019, period="D30", body=body, number=7) == expected


def test_a_local_form_that_could_give_two_items_one_code_is_refused(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk:
        values = {"code_form": "本地格式", "code_local": "{全宗号}-{年度}-{件号}"}
        with pytest.raises(Refused, match="缺少"):
            settings.type_in(desk, values)
        with pytest.raises(Refused, match="没有“2099”，可用：DA/T 22-2015、DA/T 13-2022、本地格式"):
            settings.type_in(desk, {"code_form": "2099"})
