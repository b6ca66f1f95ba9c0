"""The Office's cell of a slip: the Office's own signing is a decision, everybody else only notes what is on paper."""

from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.leave.chain import OFFICE, Chain, ink_of
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Decision, LeaveSlip, Opinion
from tuopin_desktop.domain.records.choices import RESULT
from tuopin_desktop.services.office.desk import Desk


def decide(desk: Desk, slip: LeaveSlip, opinion: Opinion) -> Opinion:
    """Record the Office's own opinion of a slip as its decision; return it as it stands in the Office's cell."""
    decision = Decision(
        id=f"{slip.id}/{OFFICE}",
        matter="leave",
        subject=slip.id,
        result=opinion.verdict,
        decided=opinion.signed,
        paper=f"报备单{slip.number}",
        decided_by=opinion.signer,
        reason=opinion.words,
    )
    before = desk.store.get(Decision, decision.id)
    new = difference(scalars(before) if before else {}, scalars(decision))
    if new:
        desk.commit([Change(Decision.kind.name, decision.id, new)])
    return ink_of(decision)


def refuse_decided(slip: LeaveSlip, chain: Chain) -> None:
    """Raise Refused where the Office's own record is here: a note of the paper beside it would say nothing."""
    if not chain.by_office:
        return
    text = RESULT.word(chain.signed[OFFICE].verdict)
    sentence = f"办公室对这张报备单已有决定（{text}），以办公室的决定为准，不能再登记办公室意见"
    article = form_of(slip).article
    raise refuse("voice", f"{sentence}。纸质件可扫描附上，有疑问请与办公室联系", "role", article=article)
