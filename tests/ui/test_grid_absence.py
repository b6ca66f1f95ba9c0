"""The grid's absence is that of Article 16, while it is being keyed: leave without a slip is no leave."""

from datetime import date

from pytestqt.qtbot import QtBot

from tests.services.leaveteam import at
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.attendance.model import TOTALS
from tuopin_desktop.ui.pages.attendance.page import AttendancePage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

OUT, WITHOUT, UNSURE = ([one.heading for one in TOTALS].index(heading) for heading in ("外", "旷", "待核"))


def test_leave_keyed_without_a_slip_counts_as_article_16_counts_it(
    desk: Desk, asker: ImmediateRunner, office: OfficeView, qtbot: QtBot
) -> None:
    at(desk, date(2018, 6, 30), 10)
    page = AttendancePage(asker, office)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    page.refresh()
    who = page.model.lines[0].row.posting.id
    page.model.write([(who, 4, "ou/ou"), (who, 5, "ol/ol"), (who, 9, "ol/ol")])  # Monday, Tuesday, a Saturday
    assert [page.model.total(0, place) for place in (OUT, WITHOUT, UNSURE)] == ["1", "1", "1"]
    assert page.model.lines[0].count.unjustified == 4, "what is 旷 and what is 待核 is what Article 16 counts"
