"""Every kind of paper an office has: which records are one paper, what it is called, whose it is. No period is here.

How long a kind is kept, and whether at all, is data (`resources/archives/*.toml`): it differs from county to county.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tuopin_desktop.domain.archives.fieldpapers import ACCOUNTS, AFTERWARDS, DISCIPLINE, PRESENCE, PRINTS
from tuopin_desktop.domain.archives.officepapers import BUSINESS, PEOPLE
from tuopin_desktop.domain.archives.paperkind import PaperKind, Unit

__all__ = ["BY_KEY", "FILED_KINDS", "NO_PAPER", "PAPERS", "PARTS", "PLACE", "PaperKind", "Unit", "papers_of"]

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "opinion": "slip",
        "filing": "slip",
        "call": "slip",
        "rectification": "check",
        "meeting_problem": "meeting",
        "training_attendance": "training",
        "statement": "case",
        "measure": "case",
        "attachment": "subject",
        "amendment": "subject",
    }
)
"""Records that are part of another one's paper, by the field that says of which."""

NO_PAPER: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("office", "county", "team"), "who the office is: it stands on every paper"),
        **dict.fromkeys(("station", "revocation", "user", "access"), "keys and people at the computer"),
        "personal_material": "an original on its way into a personal file, which is no paper of this office",
        **dict.fromkeys(
            ("fonds", "filing_rule", "archive_item", "catalogue_heads", "archive_handover"), "the finding aid itself"
        ),
    }
)
"""Kinds of records of which there is no paper, and why."""

PAPERS: tuple[PaperKind, ...] = (
    *BUSINESS,
    *PEOPLE,
    *DISCIPLINE,
    *PRESENCE,
    *AFTERWARDS,
    *ACCOUNTS,
    *PRINTS,
)
"""All kinds, in the order in which they stand in a series of one year and period."""
FILED_KINDS: frozenset[str] = frozenset(kind for paper in PAPERS for kind in paper.kinds) | frozenset(PARTS)
"""Every kind of record that a paper is made of."""
BY_KEY: Mapping[str, PaperKind] = MappingProxyType({paper.key: paper for paper in PAPERS})
PLACE: Mapping[str, int] = MappingProxyType({paper.key: at for at, paper in enumerate(PAPERS)})


def papers_of(kind: str) -> tuple[PaperKind, ...]:
    """Return the kinds of paper that records of a kind may be, in the order in which they are asked."""
    return _OF_KIND.get(kind, ())


_OF_KIND: Mapping[str, tuple[PaperKind, ...]] = MappingProxyType(
    {kind: tuple(paper for paper in PAPERS if kind in paper.kinds) for kind in {k for p in PAPERS for k in p.kinds}}
)
