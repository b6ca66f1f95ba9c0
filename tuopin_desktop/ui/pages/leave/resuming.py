"""Slips and steps that are typed and not saved, as they are kept for a program that was killed."""

from collections.abc import Iterable, Mapping

import msgspec

from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.ui.pages.leave.handling import HandlingPanel
from tuopin_desktop.ui.plumbing.drafting import Draft

_SLIP, _STEP = "slip:", "step:"


def slip_drafts(slips: Iterable[LeaveSlip]) -> dict[str, Draft]:
    """Return the drafts of slips as they stand on paper."""
    return {
        f"{_SLIP}{one.id}": Draft(f"{one.name}的请假报备单", {"slip": msgspec.json.encode(one).decode()})
        for one in slips
    }


def step_drafts(handling: HandlingPanel) -> dict[str, Draft]:
    """Return the drafts of steps that are filled in and not taken."""
    return {
        f"{_STEP}{slip_id} {step}": Draft("请假报备单的办理内容", typed)
        for (slip_id, step), typed in handling.typed().items()
    }


def slip_of(key: str, content: Mapping[str, str]) -> LeaveSlip | None:
    """Return the slip of a draft; None for a step, or for what cannot be read any more."""
    if not key.startswith(_SLIP):
        return None
    try:
        return msgspec.json.decode(content.get("slip", ""), type=LeaveSlip)
    except msgspec.DecodeError:
        return None


def step_of(key: str) -> tuple[str, str]:
    """Return slip and key of the step of a draft; empty for a slip."""
    slip_id, _, step = key.removeprefix(_STEP).partition(" ") if key.startswith(_STEP) else ("", "", "")
    return slip_id, step
