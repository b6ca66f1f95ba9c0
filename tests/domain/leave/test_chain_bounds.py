"""The chain of ink at its bounds: which record counts on the very day, and which never does."""

from datetime import date, timedelta

import pytest

from tests.domain.leave.papers import SIGNED, approved, opinion, slip, told
from tuopin_desktop.domain.leave.chain import Paper, Signers, authorisation_for, chain_of, sign_problems
from tuopin_desktop.domain.leave.story import LeaveRecords
from tuopin_desktop.domain.records import Authorisation, Call, Decision, Filing

DAY = timedelta(days=1)
PAPER = Authorisation(
    id="150426/a", role="leader", delegate="李四", first=SIGNED, last=SIGNED + 2 * DAY, paper="授权书1号"
)


def decision(result: str, decided: date = SIGNED, place: str = "d", **said: object) -> Decision:
    about = {"matter": "leave", "subject": "150426/s", **said}
    return Decision(id=f"150426/{place}", result=result, decided=decided, **about)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("ended", "paper"), [("withdrawn", Paper.WITHDRAWN), ("voided", Paper.VOIDED), ("replaced", Paper.VOIDED)]
)
def test_a_slip_that_ended_is_withdrawn_or_voided_whatever_was_signed(ended: str, paper: Paper) -> None:
    chain = chain_of(slip(ended=ended), approved())
    assert (chain.paper, chain.paper.standing) == (paper, False)


@pytest.mark.parametrize(
    ("paper", "standing"), [(item, item.name not in {"REFUSED", "WITHDRAWN", "VOIDED"}) for item in Paper]
)
def test_only_what_was_refused_withdrawn_or_voided_leads_to_no_leave(paper: Paper, standing: bool) -> None:
    assert paper.standing is standing


@pytest.mark.parametrize(
    ("day", "signs"), [(-1, False), (0, True), (1, True), (2, True), (3, False)], ids=lambda value: str(value)
)
def test_an_authorisation_covers_its_first_and_its_last_day(day: int, signs: bool) -> None:
    said = opinion("leader", signer="李四", signed=SIGNED + day * DAY)
    assert (authorisation_for(said, Signers({}, (PAPER,))) is PAPER) is signs


@pytest.mark.parametrize(
    "other",
    [
        {"deleted": True},
        {"role": "secretary"},
        {"delegate": "王五"},
        {"first": None},
        {"last": None},
    ],
    ids=str,
)
def test_an_authorisation_that_is_deleted_or_of_another_role_or_person_or_without_days_covers_nobody(
    other: dict,
) -> None:
    about = {"role": "leader", "delegate": "李四", "first": SIGNED, "last": SIGNED + 2 * DAY, "paper": "1号", **other}
    signers = Signers({"leader": "王海"}, (Authorisation(id="150426/b", **about),))
    assert authorisation_for(opinion("leader", signer="李四"), signers) is None


def test_the_right_authorisation_is_found_among_others() -> None:
    others = (
        Authorisation(id="150426/0", role="leader", delegate="王五", first=SIGNED, last=SIGNED, paper="0号"),
        PAPER,
    )
    assert authorisation_for(opinion("leader", signer="李四"), Signers({}, others)) is PAPER


def test_an_opinion_without_a_day_is_covered_by_no_authorisation() -> None:
    unsigned = opinion("leader", signer="李四", signed=None)  # type: ignore[arg-type]  # as keyed in part
    assert authorisation_for(unsigned, Signers({}, (PAPER,))) is None


@pytest.mark.parametrize(
    ("records", "paper"),
    [
        ((decision("approved"),), Paper.APPROVED),
        ((decision("refused"),), Paper.REFUSED),
        ((decision("refused", place="a"), decision("approved", SIGNED + DAY, "b")), Paper.APPROVED),
        ((decision("approved", SIGNED + DAY, "a"), decision("refused", place="b")), Paper.APPROVED),
        ((decision("approved", place="a"), decision("refused", place="b")), Paper.REFUSED),
    ],
    ids=["approved", "refused", "later approves", "order of ids is not order of days", "of one day the later id"],
)
def test_the_office_decides_a_leaders_slip_by_its_newest_decision(records: tuple[Decision, ...], paper: Paper) -> None:
    chain = chain_of(slip("leader"), (opinion("secretary"),), records)
    assert (chain.paper, chain.by_office) == (paper, True)


@pytest.mark.parametrize("other", [{"deleted": True}, {"matter": "replacement"}, {"subject": "150426/other"}], ids=str)
def test_a_decision_that_is_deleted_or_about_something_else_decides_nothing(other: dict) -> None:
    chain = chain_of(slip("leader"), (opinion("secretary"),), (decision("approved", **other),))
    assert (chain.paper, chain.missing, chain.by_office) == (Paper.SIGNING, ("office",), False)


def test_the_problems_of_a_signature_are_said_in_words() -> None:
    early = sign_problems(slip(), opinion("leader", signer="王海", signed=SIGNED - DAY), Signers({"leader": "王海"}))
    assert [(one.code, one.sentence) for one in early] == [
        ("signed_before", "签字日期2018年6月3日早于填表日期2018年6月4日，请核对")
    ]
    foreign = sign_problems(slip(), opinion("leader", signer="某人"), Signers({"leader": "王海"}))
    assert [(one.code, one.fields, one.article) for one in foreign] == [("signer", ("signer",), 10)]
    assert foreign[0].sentence.endswith("“某人”当日没有受权签字的登记，请核对签字人或先登记受权书")
    assert "是王海，" in foreign[0].sentence
    dead = sign_problems(slip(ended="withdrawn"), opinion("leader", signer="王海"), Signers({}))
    assert [(one.code, one.sentence) for one in dead] == [("ended", "这张报备单已撤回或作废，不能再签字")]
    assert sign_problems(slip(), opinion("leader", signer="王海", signed=SIGNED), Signers({"leader": "王海"})) == []


def test_deleted_records_and_records_of_other_slips_are_in_no_story() -> None:
    own, other = slip(), slip(id="150426/t", number="2018-0002")
    papers = LeaveRecords(
        slips=(own, other, slip(id="150426/u", follows="150426/s", deleted=True)),
        opinions=(opinion("leader"), opinion("leader", of="150426/t"), opinion("secretary", deleted=True)),
        filings=(
            Filing(id="150426/s/unit", slip="150426/s", body="unit", filed=SIGNED),
            Filing(id="150426/s/office", slip="150426/s", body="office", filed=SIGNED, deleted=True),
        ),
        calls=(Call(id="150426/s/call-team", slip="150426/s", side="team", day=SIGNED, word="ABCD", deleted=True),),
        decisions=(
            decision("approved"),
            decision("approved", place="e", deleted=True),
            decision("approved", place="f", matter="replacement"),
        ),
    )
    assert [item.role for item in papers.opinions_on["150426/s"]] == ["leader"]
    assert [item.body for item in papers.filings_of["150426/s"]] == ["unit"]
    assert dict(papers.calls_about) == {}
    assert [item.id for item in papers.decisions_on["150426/s"]] == ["150426/d"]
    assert dict(papers.followers) == {}
    assert told(own, SIGNED, other, opinions=papers.opinions).chain.missing == ("secretary",)
