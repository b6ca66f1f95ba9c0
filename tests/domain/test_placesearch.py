"""A county is found by whatever a clerk types of it."""

import pytest

from tuopin_desktop.domain.placesearch import Place, hits
from tuopin_desktop.services.office import library

PLACES = [Place(row["code"], row["name"], row["league"]) for row in library.table("counties.csv")]


@pytest.mark.parametrize("typed", ["wnt", "weng", "翁", "150426", "翁牛特", "翁牛特旗", " WNTQ ", "赤峰市翁牛特旗"])
def test_one_county_is_meant_by_initials_pinyin_characters_and_code(typed: str) -> None:
    assert hits(PLACES, typed)[0].name == "翁牛特旗"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("科左中", "科尔沁左翼中旗"),
        ("kzz", "科尔沁左翼中旗"),
        ("莫旗", "莫力达瓦达斡尔族自治旗"),
        ("巴左旗", "巴林左旗"),
    ],
)
def test_a_county_is_found_by_its_short_name(typed: str, meant: str) -> None:
    assert hits(PLACES, typed)[0].name == meant


def test_a_league_lists_its_counties_and_nothing_lists_nothing() -> None:
    assert {place.league for place in hits(PLACES, "赤峰")} == {"赤峰市"}
    assert hits(PLACES, "1504")[0].code.startswith("1504")
    assert hits(PLACES, "") == hits(PLACES, "没有这个旗") == []


def test_every_county_is_first_by_its_own_name_code_and_short_name() -> None:
    for place in PLACES:
        assert hits(PLACES, place.name)[0].name == place.name
        assert hits(PLACES, place.code)[0] == place
