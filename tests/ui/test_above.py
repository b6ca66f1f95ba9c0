"""The first page above the counties: sums are sums of lines, each number opens its rows, and states differ in grey."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.services.desks import changed, enter, open_office
from tests.services.test_home_days import keyed
from tests.ui.hands import button, words
from tuopin_desktop.documents import table
from tuopin_desktop.domain.shortplaces import short_places
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.home import behindabove, onepage
from tuopin_desktop.services.home.abovestate import BAD, GOOD, MEASURES, MIDDLE, AboveState, CountyLine, Sums, sums
from tuopin_desktop.services.home.standing import standing
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.front.tiles import paint_state
from tuopin_desktop.ui.pages.above import AbovePage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

_COUNTED = {
    "reports": lambda one: one.owing,
    "present": lambda one: one.serving - one.out,
    "presumed": lambda one: one.serving - one.registered,
}
"""What a number of the page is where it is no field of the sums."""


@contextmanager
def _region(folder: Path) -> Iterator[Desk]:
    """A region with people in three counties of two leagues, one of them overdue and one with a day keyed."""
    with closing(open_office(folder / "region", level="region")) as desk:
        desk.clock = FixedClock(datetime(2018, 7, 10, 9, 42))
        enter(desk, "王海", "leader")
        late = enter(desk, "李明")
        enter(desk, "萨仁", county="150421")
        enter(desk, "巴特尔", county="150929")
        about = {"place": "呼和浩特市", "reason": "开会", "period": "2018-07-02am/2018-07-03pm"}
        desk.clock = FixedClock(datetime(2018, 7, 1, 9))
        leave.save(desk, changed(leave.draft(desk, late.id), **about))
        desk.clock = FixedClock(datetime(2018, 7, 10, 9, 42))
        keyed(desk, "王海", date(2018, 7, 10), "vw/vw")
        yield desk


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The region the tests read."""
    with _region(tmp_path_factory.mktemp("above")) as desk:
        yield desk


@pytest.fixture(scope="module")
def state(region: Desk) -> AboveState:
    above = standing(region).above
    assert above is not None
    return above


@pytest.fixture
def page(region: Desk, qtbot: QtBot) -> AbovePage:
    made = AbovePage(ImmediateRunner(region), office_of(region))
    qtbot.addWidget(made)
    made.resize(1190, 690)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.refresh()
    return made


@pytest.mark.parametrize("figure", behindabove.FIGURES)
def test_every_number_opens_exactly_its_rows(figure: str, region: Desk, state: AboveState) -> None:
    """W1: of all, of a league, of a county; with what it counts in a sentence."""
    queue = {one.key: one.count for one in state.queue}
    for place in ("", "1504", "150426", "1509", "150124"):
        rows = behindabove.behind(region, figure, place, state)
        own = state.sums(place)
        count = _COUNTED[figure](own) if figure in _COUNTED else getattr(own, figure, None)
        if count is not None:
            assert len(rows.rows) == count, place
        elif not place:
            assert len(rows.rows) == queue[figure]
        assert rows.definition
        assert len({one.key for one in rows.rows}) == len(rows.rows)
        assert all(len(one.cells) == len(rows.headings) == len(rows.widths) for one in rows.rows)


def test_sums_are_sums_of_their_lines_and_the_head_counts_are_them(region: Desk, state: AboveState) -> None:
    """W22, W2: sub-totals, total, tiles and cards say one number."""
    names = [one for one in Sums.__struct_fields__ if one != "before"]
    leagues = [state.sums(code) for code, _ in state.leagues]
    for name in names:
        assert sum(getattr(one, name) for one in leagues) == getattr(state.sums(), name), name
    whole, heads = state.sums(), standing(region).heads
    assert (whole.serving, whole.out) == (heads.posted, heads.out) == (4, 1)
    assert whole.late == 1
    assert whole.registered == 1
    assert whole.teams == len(state.lines) == 57
    assert whole.reported + whole.unsent == whole.owing


def test_a_58th_team_or_an_empty_one_changes_no_formula(state: AboveState) -> None:
    """W24."""
    line = state.lines[0]
    more = msgspec.structs.replace(line, team=msgspec.structs.replace(line.team, county="159999", serving=0, size=5))
    whole = sums((*state.lines, more))
    assert (whole.teams, whole.serving, whole.size) == (58, state.sums().serving, state.sums().size + 5)
    assert sums(()).owing == 0
    assert sums(()).before is None


def test_every_county_has_a_short_name_of_its_own() -> None:
    names = [str(row["name"]) for row in library.table("counties.csv")]
    shorts = short_places([*names, "巴林中旗", "巴林左县"])
    assert len(set(shorts.values())) == len(names) + 2
    assert all(2 <= len(shorts[one]) <= 4 for one in names)
    assert (shorts["阿拉善左旗"], shorts["科尔沁左翼中旗"], shorts["鄂伦春自治旗"]) == ("阿左", "科左中", "鄂伦春")


def test_three_states_differ_in_grey() -> None:
    """W23: by a frame and by a hatching, not by colour alone."""
    pictures = {}
    for one in (GOOD, MIDDLE, BAD):
        image = QImage(43, 25, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_state(painter, QRect(1, 1, 40, 22), one, 1.0)
        painter.end()
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        inner = {grey.pixelColor(x, y).value() for x in range(8, 34) for y in range(6, 18)}
        pictures[one] = (len(inner) > 1, abs(grey.pixelColor(20, 1).value() - grey.pixelColor(20, 5).value()) > 40)
    assert pictures == {GOOD: (False, False), MIDDLE: (False, True), BAD: (True, True)}


@pytest.mark.parametrize("measure", MEASURES)
def test_the_tint_and_the_word_of_a_tile_agree(measure: str, page: AbovePage) -> None:
    """W23: a tile's word is that of its state, whatever is shown."""
    page.measures.choose(measure)
    _, names = MEASURES[measure]
    tile: CountyLine
    for _, tile in page.tiles.places():
        word = names[(GOOD, MIDDLE, BAD).index(tile.state(measure))]
        assert word in page.tiles.sentence(tile) or tile.report == "不用报"
    assert len(list(page.tiles.places())) == 57


def test_arrows_go_along_the_tiles_and_the_table_follows(page: AbovePage, qtbot: QtBot) -> None:
    page.tiles.setFocus()
    qtbot.keyClick(page.tiles, Qt.Key.Key_Right)
    qtbot.keyClick(page.tiles, Qt.Key.Key_Down)
    qtbot.keyClick(page.tiles, Qt.Key.Key_Down)
    assert page.tiles.current.startswith("1504")
    assert page.table.current().place == page.tiles.current
    with qtbot.waitSignal(page.wanted) as told:
        qtbot.keyClick(page.tiles, Qt.Key.Key_Return)
    assert told.args == ["roster", f"team:{page.tiles.current}/team"]


def test_one_click_opens_the_rows_and_escape_comes_back_to_the_same_row(page: AbovePage, qtbot: QtBot) -> None:
    page.table.go_to("150426")
    index = page.table.currentIndex().siblingAtColumn(5)
    page.table.setFocus()
    page.table.setCurrentIndex(index)
    page.table.clicked.emit(index)
    view = page.open_rows.view
    assert view is not None
    assert view.behind.title == "翁牛特旗的外出未归"
    assert view.foot.text() == "共1张"
    assert [one.cells[0] for one in view.behind.rows] == ["李明"]
    page.back()
    assert page.table.hasFocus()
    assert page.table.current().place == "150426"


def test_a_league_folds_and_the_worst_come_first(page: AbovePage) -> None:
    rows = page.table.rows_model.rows
    assert len(rows) == 57 + len({one.place for one in rows if one.is_group})
    page.table.sortByColumn(5, Qt.SortOrder.DescendingOrder)
    assert page.table.rows_model.rows[0].place == "1504"
    assert page.table.rows_model.rows[1].place == "150426"
    page.table.ask(page.table.rows_model.rows[0], "name")
    assert page.table.rows_model.rows[1].is_group
    page.groups.choose("")
    assert page.table.rows_model.rows[0].place == "150426"
    assert len(page.table.rows_model.rows) == 57
    assert page.total.row is not None
    assert page.total.row.figures["out"] == "1"


def test_the_page_says_as_of_when_and_what_is_to_do_first(page: AbovePage) -> None:
    assert any("数字截至 09:42 收到的数据包" in said for said in words(page))
    assert button(page, "收数据包").property("role") == "primary"


def test_a_fresh_office_is_told_to_receive_first(tmp_path: Path, qtbot: QtBot) -> None:
    with closing(open_office(tmp_path / "fresh", level="region")) as desk:
        made = AbovePage(ImmediateRunner(desk), office_of(desk))
        qtbot.addWidget(made)
        made.refresh()
        with qtbot.waitSignal(made.wanted) as told:
            button(made._stack, "收数据包").click()
        assert told.args == ["exchange", ""]


def test_the_list_of_teams_and_the_one_page_are_written(page: AbovePage, tmp_path: Path) -> None:
    for write, name in ((page.write_teams, "各队.pdf"), (page.write_page, "一页.pdf")):
        write(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")


def test_the_page_for_the_director_is_one_page_with_the_sums_and_the_names(region: Desk, state: AboveState) -> None:
    volume = onepage.one_page(region)
    assert len(volume.sheet.rows) == len(state.leagues)
    assert volume.sheet.totals[0][1:4] == (57, state.sums().size, state.sums().serving)
    unsent = [one.team.name for one in state.lines if one.report == "未报"]
    assert all(any(name in note for note in volume.sheet.notes) for name in unsent)
    assert len(table.sheets(volume.sheet, region.fonts())) == 1


def test_a_report_is_on_time_by_the_day_it_was_signed(tmp_path: Path) -> None:
    with _region(tmp_path) as region:
        state = standing(region).above
        assert state is not None
        lines = {one.team.county: one for one in state.lines}
        assert lines["150426"].report == "未报"
        about = {"type": "monthly", "county": "150426", "month": "2018-06", "name": "6月工作报告"}
        blank = registers.blank(region, "team_report", "150426")
        registers.save(region, changed(blank, **about, sent=date(2018, 7, 9)))
        after = standing(region).above
        assert after is not None
        line = next(one for one in after.lines if one.team.county == "150426")
        assert (line.report, line.sent_on, line.marks[-1]) == ("迟报", date(2018, 7, 9), 1)
        assert after.sums().late_reports == 1


def test_what_is_looked_for_is_not_folded_away_and_is_summed_alone(page: AbovePage) -> None:
    page.table.folded = {"1504"}
    assert page._above is not None
    name = next(one.team.name for one in page._above.lines if one.team.county == "150426")
    page._narrow(name)
    league, county = page.table.rows_model.rows
    assert (league.place, county.place) == ("1504", "150426")
    assert league.figures["registered"] == county.figures["registered"]
    page.line.setText(name)
    page.table.go_to("150421")
    assert page.table.current().place == "150421"
    assert page.line.text() == ""


def test_rows_that_stand_open_are_counted_anew_with_their_number(page: AbovePage) -> None:
    page.show_rows("serving", "")
    view = page.open_rows.view
    assert view is not None
    count = len(view.behind.rows)
    view.table.replace_rows(())
    page.refresh()
    assert page.open_rows.view is view
    assert len(view.table.rows_model.rows) == count > 0
