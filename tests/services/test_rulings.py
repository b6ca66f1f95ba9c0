"""What a ruling would flip before anything is written, and what it changes once the region office has recorded it."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.services.desks import changed, open_office
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.ids import owner
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import LeaveSlip, Person, Posting
from tuopin_desktop.services.judging import judging, portions
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.rulings import rulings, trials

MONTH = "eligibility.cutoff_month"  # Q28
PAPER = "内工作队办〔2018〕9号"
DAY = date(2018, 6, 4)


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "region", level="region")
    yield desk
    desk.close()


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "county")
    yield desk
    desk.close()


def born(desk: Desk, name: str, birth: str, code: str = "150426", since: date | None = None) -> Posting:
    person = Person(id=registers.new_id(desk, code), name=name, birth=birth, rank="division")
    registers.save(desk, person)
    made = registers.new_id(desk, code)
    posting = Posting(id=made, person=person.id, county=code, position="member", since=since or DAY)
    registers.save(desk, posting)
    return posting


def age_of(desk: Desk, posting: Posting, on: date | None = None) -> Verdict:
    found = [one for one in judging.findings(desk, "A03-*", f"posting:{posting.id}", on) if one.rule in AGE]
    return max((one.verdict for one in found), key=list(Verdict).index)


AGE = ("A03-4", "A03-5")


def test_a_ruling_on_the_month_of_birth_flips_exactly_the_month_itself(region: Desk) -> None:
    """Q28: only who is born in May 1970 is judged otherwise when the month itself no longer counts."""
    people = {
        birth: born(region, name, birth) for name, birth in (("甲", "1970-04"), ("乙", "1970-05"), ("丙", "1970-06"))
    }
    before = region.store.audit(), len(registers.rows(region, "ruling"))
    region.take_changes()
    flips = rulings.what_if(region, MONTH, "exclusive")
    (flip,) = flips
    assert (flip.subject, flip.article) == (f"posting:{people['1970-05'].id}", 3)
    assert flip.before is not flip.after
    assert flip.after in (Verdict.RED, Verdict.AMBER, Verdict.SUSPECTED)
    assert flip.sentence_before != flip.sentence_after
    # Nothing is written: not a line of the log, not a change to publish.
    assert (region.store.audit(), len(registers.rows(region, "ruling"))) == before
    assert region.take_changes() == frozenset()


def test_the_verdicts_foreseen_are_those_that_come(region: Desk) -> None:
    for number, birth in enumerate(("1969-12", "1970-04", "1970-05", "1970-05-20", "1970-06", "1985-01")):
        born(region, f"队员{number}", birth, ("150426", "150125")[number % 2])
    for value in ("exclusive", "exact", "不含当月"):
        seen = {(one.rule, one.subject): one.verdict for one in judging.findings(region)}
        flips = rulings.what_if(region, MONTH, value)
        made = rulings.rule(region, MONTH, value, PAPER, DAY)
        after = {(one.rule, one.subject): one.verdict for one in judging.findings(region)}
        changes = {key for key in {*seen, *after} if seen.get(key) is not after.get(key)}
        assert {(flip.rule, flip.subject) for flip in flips} == changes - {("A20-1", f"ruling:{made.id}")}
        assert flips
        registers.delete(region, "ruling", made.id)


def test_a_trial_tells_how_far_it_is_and_can_be_ended(region: Desk) -> None:
    born(region, "乙", "1970-05")
    told: list[tuple[int, int]] = []
    rulings.what_if(region, MONTH, "exclusive", progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(len(told)))
    assert {total for _, total in told} == {len(told)}

    def stop(done: int, total: int) -> None:
        raise TimeoutError(done, total)

    with pytest.raises(TimeoutError):
        rulings.what_if(region, MONTH, "exclusive", progress=stop)


def test_a_region_in_portions_is_tried_like_the_whole(region: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("150125", "150426", "152222"):
        born(region, code, "1970-05", code)
    whole = rulings.what_if(region, MONTH, "exclusive")
    real = portions.portions
    monkeypatch.setattr(portions, "portions", lambda desk: real(desk, 1))
    assert rulings.what_if(region, MONTH, "exclusive") == whole
    assert len(whole) == 3


def test_a_trial_is_a_workbook_with_the_arithmetic_of_both_sides(region: Desk) -> None:
    born(region, "乙", "1970-05")
    (flip,) = flips = rulings.what_if(region, MONTH, "exclusive")
    assert flip.steps_before != flip.steps_after
    asked = next(one for one in rulings.switches(region) if one.key == MONTH)
    book = openpyxl.load_workbook(io.BytesIO(trials.xlsx(region, asked, "不含当月", flips)))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell is not None]
    assert flip.title in cells
    assert not any(flip.rule in cell for cell in cells), "no key on paper"
    assert "\n".join((flip.sentence_before, *flip.steps_before)) in cells
    assert "\n".join((flip.sentence_after, *flip.steps_after)) in cells
    assert any("现行：含当月；试算：不含当月。共1项" in cell for cell in cells)


def test_the_value_of_today_flips_nothing(region: Desk) -> None:
    born(region, "乙", "1970-05")
    assert rulings.what_if(region, MONTH, "inclusive") == []
    rulings.rule(region, MONTH, "exclusive", PAPER, DAY)
    assert rulings.what_if(region, MONTH, "exclusive") == []
    assert [flip.after for flip in rulings.what_if(region, MONTH, "含当月")] != []


def test_a_slips_story_is_told_anew_for_the_other_side(region: Desk) -> None:
    """Facts keep the stories they told under one policy; the supposed side must not be given those."""
    posting = born(region, "乙", "1975-03")
    slip = LeaveSlip(
        id="150426/s", posting=posting.id, form="member", name="乙", post="队员", place="呼和浩特市", reason="探亲",
        period="2018-06-05am/2018-06-06pm", leave_type="personal", filled=DAY,
    )  # fmt: skip
    registers.save(region, slip)
    for role in ("secretary", "leader"):
        leavedesk.sign(region, slip.id, role, "白音", DAY)
    late = date(2018, 6, 8)
    seen = {(one.rule, one.subject): one.verdict for one in judging.findings(region, on=late)}
    flips = rulings.what_if(region, "leave.grace_days", "3", late, applies=DAY)
    assert {flip.subject for flip in flips} == {"leave_slip:150426/s", f"posting:{posting.id}"}  # A10-6 and A16-3
    assert {flip.before for flip in flips} == {seen[flip.rule, flip.subject] for flip in flips}


def test_a_ruling_applies_from_its_day(region: Desk) -> None:
    posting = born(region, "乙", "1970-05")
    first = age_of(region, posting)
    made = rulings.rule(region, MONTH, "不含当月", PAPER, DAY, applies=date(2018, 7, 1), by="王主任", reason="答复")
    assert (made.value, made.ruled_by, owner(made.id)) == ("exclusive", "王主任", "15")
    assert age_of(region, posting, date(2018, 6, 30)) is first
    assert age_of(region, posting, date(2018, 7, 1)) is first  # chosen before it applied
    later = born(region, "丙", "1970-05", since=date(2018, 7, 1))
    assert age_of(region, later, date(2018, 7, 1)) is not first
    assert rulings.what_if(region, MONTH, "exclusive", date(2018, 7, 1)) == []
    assert rulings.what_if(region, MONTH, "exclusive", date(2018, 6, 30)) == []
    assert len(rulings.what_if(region, MONTH, "exclusive", DAY)) == 1


def test_only_the_region_office_rules(county: Desk) -> None:
    born(county, "乙", "1970-05")
    assert len(rulings.what_if(county, MONTH, "exclusive")) == 1
    with pytest.raises(Refused, match="口径由自治区工作队管理办公室解释和登记") as refused:
        rulings.rule(county, MONTH, "exclusive", PAPER, DAY)
    assert refused.value.problems[0].code == "authority"
    assert registers.rows(county, "ruling") == []


def test_a_ruling_needs_its_paper(region: Desk) -> None:
    with pytest.raises(Refused, match="文号"):
        rulings.rule(region, MONTH, "exclusive", " ", DAY)
    assert registers.rows(region, "ruling") == []


@pytest.mark.parametrize(
    ("switch", "value", "said"),
    [
        ("moon", "1", "没有“moon”这一口径项；可登记的共"),
        ("presence.days", "18", "由办法原文规定，不能以口径更改；可登记的共"),
        (MONTH, "也许", "可取：inclusive（含当月）、exclusive（不含当月）、exact（按实足周岁）"),
        ("leave.grace_days", "99", "应为0至"),
        ("absence.half_breaks", "也许", "可取：是、否"),
        ("village.places", "moon", "多项以半角逗号连接"),
    ],
)
def test_what_is_possible_is_said(region: Desk, switch: str, value: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        rulings.what_if(region, switch, value)
    assert said in refused.value.sentence
    with pytest.raises(Refused) as refused:
        rulings.rule(region, switch, value, PAPER, DAY)
    assert said in refused.value.sentence


def test_every_switch_stands_in_the_register_with_its_possible_values(region: Desk) -> None:
    listed = {one.key: one for one in rulings.switches(region)}
    assert set(listed) == {key for key, switch in region.policy.switches.items() if switch.switch}
    asked = listed[MONTH]
    assert (asked.q, asked.article, asked.value, asked.words) == (28, 3, "inclusive", "含当月")
    assert asked.ruling is None
    assert list(asked.choices) == ["inclusive", "exclusive", "exact"]
    assert all(one.possible and one.question and one.why for one in listed.values())
    # What the register shows as today's value can be recorded as it stands.
    for one in listed.values():
        assert rulings.what_if(region, one.key, one.value) == []


def test_the_register_names_the_ruling_that_decides_and_those_to_come(region: Desk) -> None:
    first = rulings.rule(region, MONTH, "exact", "1号", date(2018, 6, 1))
    later = rulings.rule(region, MONTH, "exclusive", "2号", date(2018, 6, 2), applies=date(2018, 9, 1))
    registers.save(region, changed(first, id="15/odd", value="也许", ruled=DAY))
    asked = next(one for one in rulings.switches(region) if one.key == MONTH)
    assert asked.words == "按实足周岁"
    assert (asked.ruling, asked.coming, [one.value for one in asked.past]) == (first, (later,), ["也许"])


def test_a_flag_is_recorded_by_its_word(region: Desk) -> None:
    made = rulings.rule(region, "absence.half_breaks", "false", PAPER, DAY)
    assert made.value == "否"
    assert judging.policy_on(region, DAY).flag("absence.half_breaks") is False
