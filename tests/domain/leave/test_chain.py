"""The chain of ink (V7): two signatures fixed by article, delegates only with a paper that covers the day."""

from datetime import date

import pytest

from tests.domain.leave.papers import SIGNED, approved, opinion, slip, told
from tuopin_desktop.domain.leave.chain import Paper, Signers, authorisation_for, chain_of, sign_problems
from tuopin_desktop.domain.records import Authorisation, Decision, Filing

NAMES = Signers({"secretary": "白音", "leader": "王海"})


def test_a_leader_slip_without_the_offices_decision_is_not_approved() -> None:
    chain = chain_of(slip("leader"), [opinion("secretary")])
    assert (chain.paper, chain.missing) == (Paper.SIGNING, ("office",))
    assert chain_of(slip("leader"), approved("leader")).paper is Paper.APPROVED


def test_the_offices_own_record_stands_for_its_cell_and_decides_over_the_countys_note() -> None:
    said = Decision(id="150426/d", matter="leave", subject="150426/s", result="approved", decided=SIGNED)
    chain = chain_of(slip("leader"), [opinion("secretary")], [said])
    assert (chain.paper, chain.by_office) == (Paper.APPROVED, True)
    refused = Decision(id="150426/e", matter="leave", subject="150426/s", result="refused", decided=date(2018, 6, 5))
    assert chain_of(slip("leader"), approved("leader"), [said, refused]).paper is Paper.REFUSED


def test_a_member_slip_needs_secretary_and_leader_and_then_two_filings() -> None:
    assert chain_of(slip(), [opinion("secretary")]).missing == ("leader",)
    story = told(slip(), SIGNED, opinions=approved())
    assert story.chain.paper is Paper.APPROVED
    assert story.filing_due == date(2018, 6, 5)
    assert [words[:8] for words in story.owed] == ["缺派出单位干部人", "缺自治区办公室联"]
    one = Filing(id="150426/s/unit", slip="150426/s", body="unit", filed=date(2018, 6, 5))
    story = told(slip(), date(2018, 6, 6), opinions=approved(), filings=(one,))
    assert story.chain.paper is Paper.APPROVED
    assert story.owed == ("缺自治区办公室联络考评组备案（应于2018年6月5日前，已过期）",)


def test_filing_is_due_on_the_next_workday() -> None:
    friday = told(slip(), SIGNED, opinions=[opinion("secretary", signed=date(2018, 6, 15)), opinion("leader")])
    assert friday.filing_due == date(2018, 6, 19)  # the 18th is the Dragon Boat holiday


def test_a_refusal_ends_the_chain_and_nothing_is_owed() -> None:
    story = told(slip(), date(2018, 7, 20), opinions=(opinion("secretary", verdict="refused"),))
    assert (story.chain.paper, story.state_words, story.owed) == (Paper.REFUSED, "未批准", ())


@pytest.mark.parametrize(
    ("printed", "opinions", "paper"),
    [(None, (), Paper.DRAFT), (1, (), Paper.PRINTED), (1, (opinion("leader"),), Paper.SIGNING)],
)
def test_the_paper_moves_from_draft_to_printed_to_signing(printed: int | None, opinions: tuple, paper: Paper) -> None:
    assert chain_of(slip(printed=printed), opinions).paper is paper


def test_deleted_and_foreign_opinions_do_not_count() -> None:
    chain = chain_of(slip(), [opinion("secretary", deleted=True), opinion("office")])
    assert chain.missing == ("secretary", "leader")


def problems(signer: str, role: str = "leader", day: date = SIGNED, **said: object) -> list[tuple[str, int]]:
    known = Signers(NAMES.names, tuple(said.get("papers", ())))  # type: ignore[arg-type]  # words by name
    found = sign_problems(slip(), opinion(role, signer=signer, signed=day), known)
    return [(problem.fields[0], problem.article) for problem in found]


def test_a_deputy_signs_for_the_leader_only_with_a_paper_that_covers_the_day() -> None:
    paper = Authorisation(
        id="150426/a", role="leader", delegate="李四", first=SIGNED, last=date(2018, 6, 10), paper="授权书1号"
    )
    assert problems("王海") == []
    assert problems("李四") == [("signer", 10)]
    assert problems("李四", papers=[paper]) == []
    assert problems("李四", day=date(2018, 6, 10), papers=[paper]) == []
    assert problems("李四", day=date(2018, 6, 11), papers=[paper]) == [("signer", 10)]
    assert problems("李四", "secretary", papers=[paper]) == [("signer", 10)]
    assert authorisation_for(opinion("leader", signer="李四"), Signers({}, (paper,))) is paper


def test_a_signature_before_the_request_a_wrong_cell_and_a_dead_slip_are_problems_at_their_field() -> None:
    assert problems("王海", day=date(2018, 6, 3)) == [("signed", 10)]
    assert problems("某人", "office") == [("role", 10)]
    ended = sign_problems(slip(ended="voided"), opinion("leader", signer="王海"), NAMES)
    assert [problem.fields for problem in ended] == [("slip",)]


def test_where_no_holder_is_registered_any_signer_is_taken_from_the_paper() -> None:
    assert sign_problems(slip("leader"), opinion("office", signer="某主任"), Signers({})) == []
