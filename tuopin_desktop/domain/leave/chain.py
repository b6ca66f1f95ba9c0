"""The signatures of a slip, fixed by article: which it needs, which it has, and which are not valid."""

import enum
from collections.abc import Iterable, Mapping

import msgspec

from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.leave.reprint import stale
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Authorisation, Decision, LeaveSlip, Opinion
from tuopin_desktop.domain.records.choices import ROLE

OFFICE = "office"
"""The Office's cell: the county notes what stands on the paper, the Office's own `decision` decides."""


REPRINT = "打印以后又改过，纸上不是现在的内容：请重新打印、重新签字，或者把内容改回打印时的样子"
"""What is said where a sheet has come back that says something else than the slip."""


class Paper(enum.Enum):
    """The state of the paper: not printed, changed since it was, in signing, approved, refused, withdrawn or void."""

    DRAFT = "未打印"
    CHANGED = "已改，须重印"
    PRINTED = "待签字"
    SIGNING = "签字中"
    APPROVED = "已批准"
    REFUSED = "未批准"
    WITHDRAWN = "已撤回"
    VOIDED = "已作废"

    @property
    def to_print(self) -> bool:
        """Tell whether the next thing is to print it: nothing on paper says yet what the slip says."""
        return self in (Paper.DRAFT, Paper.CHANGED)

    @property
    def standing(self) -> bool:
        """Tell whether the slip is in force: it may still lead to a leave."""
        return self not in (Paper.REFUSED, Paper.WITHDRAWN, Paper.VOIDED)


class Chain(msgspec.Struct, frozen=True):
    """The signatures of a slip: `signed` by role, `missing` roles in order.

    `by_office` tells that the Office's own record stands in its cell, not only the county's note of the paper; then
    `noted` is what the county noted beside it, which decides nothing. Of leave that is `past`, from a register, nothing
    more is to come.
    """

    paper: Paper
    signed: dict[str, Opinion]
    missing: tuple[str, ...]
    by_office: bool = False
    noted: Opinion | None = None
    past: bool = False

    @property
    def awaited(self) -> bool:
        """Tell whether the Office's cell holds a note alone, which stands until the Office's own record comes."""
        return OFFICE in self.signed and not self.by_office and not self.past

    @property
    def contradicted(self) -> bool:
        """Tell whether the county noted another opinion of the Office than the Office decided."""
        return self.noted is not None and self.noted.verdict != self.signed[OFFICE].verdict


def chain_of(slip: LeaveSlip, opinions: Iterable[Opinion], decisions: Iterable[Decision] = ()) -> Chain:
    """Return the state of a slip's paper from the opinions and decisions about it; deleted ones do not count.

    One from a register of past years lacks no ink: what the register does not say is not asked for any more.
    """
    names = form_of(slip).signers
    signed = {item.role: item for item in opinions if item.role in names and not item.deleted and item.verdict}
    ruled = [item for item in decisions if item.matter == "leave" and item.subject == slip.id and not item.deleted]
    by_office = bool(ruled) and OFFICE in names
    noted = signed.get(OFFICE) if by_office else None
    if by_office:
        signed[OFFICE] = ink_of(max(ruled, key=lambda item: (str(item.decided), item.paper, item.result)))
    results = {role: item.verdict for role, item in signed.items()}
    missing = tuple(role for role in names if role not in results and not slip.history)
    return Chain(_paper(slip, results, missing), signed, missing, by_office, noted, slip.history)


def ink_of(decision: Decision) -> Opinion:
    """Return the Office's decision on a slip in the form of the note in its cell."""
    return Opinion(
        id=f"{decision.subject}/{OFFICE}",
        slip=decision.subject,
        role=OFFICE,
        verdict=decision.result,
        signer=decision.decided_by,
        signed=decision.decided,
        words=decision.reason,
    )


def _paper(slip: LeaveSlip, results: Mapping[str, str], missing: tuple[str, ...]) -> Paper:
    if slip.ended:
        return Paper.WITHDRAWN if slip.ended == "withdrawn" else Paper.VOIDED
    if "refused" in results.values():
        return Paper.REFUSED
    if not missing:
        return Paper.APPROVED
    if results:
        return Paper.SIGNING
    if not slip.printed:
        return Paper.DRAFT
    return Paper.CHANGED if stale(slip) else Paper.PRINTED


class Signers(msgspec.Struct, frozen=True):
    """Who may sign on a day: the names in office by role (empty: not registered) and the authorisations."""

    names: dict[str, str]
    authorisations: tuple[Authorisation, ...] = ()


def sign_problems(slip: LeaveSlip, opinion: Opinion, signers: Signers) -> list[Problem]:
    """Return why an opinion cannot stand, each at its field, with the article."""
    problems = []
    if opinion.role not in form_of(slip).signers:
        target = "、".join(ROLE.word(role) for role in form_of(slip).signers)
        problems.append(_off(slip, "role", f"这张报备单由{target}签字，没有“{ROLE.word(opinion.role)}”一栏", "role"))
    if slip.ended:
        problems.append(_off(slip, "ended", "这张报备单已撤回或作废，不能再签字", "slip"))
    if opinion.signed and slip.filled and opinion.signed < slip.filled:
        text = f"签字日期{day_words(opinion.signed)}早于填表日期{day_words(slip.filled)}，请核对"
        problems.append(_off(slip, "signed_before", text, "signed"))
    if not problems and not _may_sign(opinion, signers):
        problems.append(_unknown_signer(slip, opinion, signers))
    return problems


def authorisation_for(opinion: Opinion, signers: Signers) -> Authorisation | None:
    """Return the live authorisation under which a delegate signs on that day, or None."""
    for item in signers.authorisations:
        covers = item.first and item.last and opinion.signed and item.first <= opinion.signed <= item.last
        if not item.deleted and item.role == opinion.role and item.delegate == opinion.signer and covers:
            return item
    return None


def _may_sign(opinion: Opinion, signers: Signers) -> bool:
    holder = signers.names.get(opinion.role, "")
    if not holder or opinion.signer == holder:
        return True
    return authorisation_for(opinion, signers) is not None


def _unknown_signer(slip: LeaveSlip, opinion: Opinion, signers: Signers) -> Problem:
    holder, role = signers.names[opinion.role], ROLE.word(opinion.role)
    text = f"{role}是{holder}，“{opinion.signer}”当日没有受权签字的登记，请核对签字人或先登记受权书"
    return _off(slip, "signer", text, "signer")


def _off(slip: LeaveSlip, code: str, sentence: str, name: str) -> Problem:
    return Problem(code=code, sentence=sentence, fields=(name,), article=form_of(slip).article)
