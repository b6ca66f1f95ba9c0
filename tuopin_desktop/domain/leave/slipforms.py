"""The slip forms, each declared once: who signs it, with whom it is filed, and whether both sides note the call.

Where a form's cells lie is in `forms/`; which form a pack wants of whom is in the pack.
"""

import msgspec

from tuopin_desktop.domain.records import LeaveSlip


class SlipForm(msgspec.Struct, frozen=True, kw_only=True):
    """`folder` in `forms/`; `signers` in the order of their cells; `bodies` to be filed with; `calls`: two notes.

    `article` of the measure is what the steps of the form rest on; 0 for a form that is none of the measure's.
    """

    folder: str
    signers: tuple[str, ...]
    bodies: tuple[str, ...] = ()
    calls: bool = False
    article: int = 0


SLIP_FORMS: dict[str, SlipForm] = {
    "leader": SlipForm(folder="attachment-1", signers=("secretary", "office"), calls=True, article=10),
    "member": SlipForm(folder="attachment-2", signers=("secretary", "leader"), bodies=("unit", "liaison"), article=10),
    "village_short": SlipForm(folder="village", signers=("township",)),
    "village_long": SlipForm(folder="village", signers=("township", "organisation")),
}
"""Attachment 1: the secretary signs, the Office approves, the return is telephoned. Attachment 2: secretary and team
leader sign, two bodies file it (Art. 10). The village slips are examples: the ladder by length is each county's own."""


def form_of(slip: LeaveSlip) -> SlipForm:
    """Return the form a slip is made out on; Attachment 2 for a form that this program does not know."""
    return SLIP_FORMS.get(slip.form, SLIP_FORMS["member"])
