"""One precedence of what is said of a half-day: an approved slip, then a class taken part in, over a keyed 旷."""

from datetime import date

import pytest

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.rules.build import POLICY, facts, judged, person, posting, slip
from tuopin_desktop.domain.attendance.codes import halves
from tuopin_desktop.domain.attendance.laidover import ledger
from tuopin_desktop.domain.facts import Facts, days_known
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.records import Training, TrainingAttendance
from tuopin_desktop.services.office import library

WHO = person(id="150125/who", name="张三")
STAFF = posting(WHO, id=POSTING)
CLASS = Training(id="15/t", name="业务培训", organiser="office", venue="150100", period="2018-07-04am/2018-07-05pm")
PART = TrainingAttendance(id="150125/ta", training=CLASS.id, posting=POSTING)


def seen(code: str, **said: object) -> Facts:
    days = spread("2018-07-02", "2018-07-06", code) if code else spread("2018-07-02", "2018-07-02", "vw/vw")
    return facts(
        persons=[WHO], postings=[STAFF], attendance=months(days), calendar=library.calendar(), **said,
    )  # fmt: skip


def july(known: Facts) -> list[str]:
    (record,) = known.attendance
    return [half[:2] for day in days_known(known, record, STAFF, POLICY)[:7] for half in halves(day)]


def absent(known: Facts) -> float:
    found = judged(known, "A16-3")
    return float(dict(found[0].inputs)["2018年累计"].partition("天")[0]) if found else 0.0


def test_a_class_taken_part_in_stands_over_a_keyed_absence_in_the_book_as_in_article_16() -> None:
    known = seen("ou/ou", trainings=[CLASS], training_attendance=[PART])
    marks = july(known)
    assert marks.count("ou") / 2 == absent(known) == 3.0
    assert marks[6:10] == ["on"] * 4
    (finding,) = judged(known, "A10-3")
    assert (finding.verdict, "不一致" in finding.sentence or "未报备" in finding.sentence) in [
        (Verdict.NOTICE, True),
        (Verdict.AMBER, True),
    ]
    (record,) = known.attendance
    told = ledger(record, record.month, known.covers(WHO.id, POLICY), known.stays(STAFF))
    assert [half.code[:2] for _, half in sorted(told.items())] == [mark for mark in marks if mark]
    assert sum(any("登记已参加" in one for one in half.clashes) for half in told.values()) == 4


@pytest.mark.parametrize("code", ["ou/ou", ""])
def test_an_approved_slip_and_a_keyed_absence_are_one_number(code: str) -> None:
    known = seen(code, slips=[slip(STAFF, "2018-07-03am/2018-07-05pm", returned="2018-07-06am")])
    assert july(known).count("ou") / 2 == absent(known)


def test_a_class_stands_over_the_days_beyond_a_slip() -> None:
    late = slip(STAFF, "2018-07-02am/2018-07-03pm", returned="2018-07-09am", return_note="")
    known = seen("", slips=[late], trainings=[CLASS], training_attendance=[PART], today=date(2018, 7, 20))
    marks = july(known)
    assert marks[6:10] == ["on"] * 4
