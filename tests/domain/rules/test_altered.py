"""Article 10: signed paper that somebody wrote over is told with old and new value, and judged as it was signed."""

from datetime import date
from typing import Any

from tests.domain.rules.build import facts, inked, judged, only, person, posting, slip
from tuopin_desktop.domain.change import Alteration
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.rules.altered import RULES

AT = 1528340520000 << 16  # 2018-06-07 11:02 in Beijing
WHO = person()
POST = posting(WHO)
AWAY = slip(POST, "2018-06-06am/2018-06-08pm", place="通辽市", number="2018-0003")
PLACE = Alteration("place", "通辽市", "三亚市", "其其格", AT, counts=False)
PERIOD = Alteration("period", "2018-06-06am/2018-06-08pm", "2018-06-06am/2018-06-28pm", "其其格", AT, counts=False)


def seen(*others: LeaveSlip, changes: tuple[Alteration, ...] = (PLACE,), about: LeaveSlip = AWAY, **said: Any) -> Any:
    opinions, filings = inked(about)
    more = [inked(one)[0] for one in others]
    notes = tuple((f"leave_slip:{about.id}", one) for one in changes)
    inks = [*opinions, *(one for some in more for one in some)]
    about_all = {"opinions": inks, "filings": filings, "alterations": notes, **said}
    return facts(persons=[WHO], postings=[POST], slips=[about, *others], **about_all)


def test_it_names_both_values_who_wrote_them_and_when() -> None:
    finding = only(seen(changes=(PLACE, PERIOD)), "A10-7")
    assert finding.verdict is Verdict.AMBER
    assert finding.article == 10
    for words in ("通辽市", "三亚市", "其其格", "2018年06月07日11:02", "6月28日", "不算数", "管理办法第十条"):
        assert words in finding.sentence


def test_a_slip_nobody_wrote_over_is_not_spoken_of() -> None:
    assert judged(seen(changes=()), "A10-7") == []


def test_a_new_version_that_is_signed_settles_it() -> None:
    again = slip(POST, AWAY.period, place="三亚市", number="2018-0004", follows=AWAY.id, relation="correction")
    finding = only(seen(again), "A10-7")
    assert finding.verdict is Verdict.OK
    assert "2018-0004" in finding.sentence


def test_of_a_void_slip_it_is_only_noted() -> None:
    void = slip(POST, AWAY.period, place="通辽市", number="2018-0003", ended="voided", ended_on=date(2018, 6, 9))
    assert only(seen(about=void), "A10-7").verdict is Verdict.NOTICE


def test_other_records_are_told_once_by_what_fixed_them() -> None:
    text = Alteration("text", "原文", "改过", "其其格", AT, counts=True)
    gone = Alteration("deleted", None, 1, "其其格", AT, counts=True)
    notes = (("team_report:150125/r", text), ("filing:150125/f", gone))
    found = judged(facts(persons=[WHO], postings=[POST], alterations=notes), "A10-7")
    assert {one.verdict for one in found} == {Verdict.NOTICE}
    told = "".join(one.sentence for one in found)
    for words in ("报告已经报出", "原文", "改过", "备案已经登记", "删除", "更正原因"):
        assert words in told
    assert "150125/" not in told


def test_both_rules_bear_one_key_of_article_ten() -> None:
    assert {(one.key, one.article) for one in RULES} == {("A10-7", 10)}
