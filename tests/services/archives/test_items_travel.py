"""Items go up with the packages and stay their office's; who is forgotten leaves the titles, never the numbers."""

from datetime import date
from pathlib import Path

import pytest

from tests.services.archives.randomoffices import whole
from tests.services.exchangers import REGION, send
from tests.services.purges import NAME, purge, region_and_county
from tuopin_desktop.domain.archives import ranges
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import ArchiveHandover, ArchiveItem
from tuopin_desktop.services.archives import clashes, forming, items, settings
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import handed

LATER = date(2028, 6, 1)


def test_an_office_above_sees_the_items_of_a_county_and_neither_files_the_others_papers(tmp_path: Path) -> None:
    with region_and_county(tmp_path) as offices:
        for desk in (offices.county, offices.root):
            settings.type_in(desk, {"fonds_code": "Z109", "body_code": "BGS"})
        own = forming.form(offices.county, 2018)
        packages.take(offices.root, send(offices.county, REGION, offices.stick))
        above = forming.form(offices.root, 2018) if forming.plan(offices.root, 2018).fresh else []
        seen = items.items(offices.root, 2018, office="150426")
        assert [scalars(one) for one in seen] == [scalars(one) for one in items.items(offices.county, 2018)]
        assert {one.id for one in items.items(offices.root)} == {one.id for one in above}
        assert {one.subject for one in own} & {one.subject for one in above} == set()
        codes = [one.code for one in offices.root.store.rows(ArchiveItem)]
        assert len(set(codes)) == len(codes) == len(own) + len(above)
        assert clashes.clashes(offices.root) == []


def test_who_is_forgotten_leaves_the_titles_and_every_number_stays(tmp_path: Path) -> None:
    with region_and_county(tmp_path) as offices:
        county = offices.county
        forming.form(county, 2018)
        before = items.items(county, 2018)
        assert any(NAME in one.name for one in before)
        with pytest.raises(Refused, match="移交以前不能清除"):
            purge(county, offices.person)
        spans = ranges.document((handed.series_of(one), one.number or 0) for one in before)
        medium = ArchiveHandover(id="150426/medium", name="移交", receiver="旗档案馆", received=LATER, series=spans)
        county.store.commit([whole(medium)], "甲", county.clock.stamp_ms())
        purge(county, offices.person)
        after = items.items(county, 2018)
        assert [(one.id, one.number, one.period, one.code) for one in after] == [
            (one.id, one.number, one.period, one.code) for one in before
        ]
        assert not any(NAME in f"{one.name}{one.author}" for one in after)
