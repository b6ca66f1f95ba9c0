"""What was typed on the page of leave and is not saved: whole slips, and steps of a slip."""

from collections.abc import Iterable, Mapping

import msgspec

from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.ui.pages.leave.handling import HandlingPanel
from tuopin_desktop.ui.plumbing.drafting import Draft

_SLIP, _STEP = "slip:", "step:"


class Waiting:
    """Slips put away unsaved by id, and what was typed into steps before the desk was laid, by slip and step."""

    def __init__(self) -> None:
        self.slips: dict[str, LeaveSlip] = {}
        self.steps: dict[tuple[str, str], Mapping[str, str]] = {}

    def drafts(self, on_desk: Iterable[LeaveSlip], handling: HandlingPanel | None) -> dict[str, Draft]:
        """Return everything that is typed and not saved, with what lies on the desk."""
        draft_by_key = {
            f"{_SLIP}{one.id}": Draft(f"{one.name}的请假报备单", {"slip": msgspec.json.encode(one).decode()})
            for one in (*self.slips.values(), *on_desk)
        }
        steps = {**self.steps, **(handling.typed() if handling is not None else {})}
        return draft_by_key | {
            f"{_STEP}{slip_id} {step}": Draft("请假报备单的办理内容", dict(values))
            for (slip_id, step), values in steps.items()
        }

    def take_up(self, key: str, content: Mapping[str, str]) -> str:
        """Take up a draft; return the slip it is about, "" for what cannot be read any more."""
        if key.startswith(_STEP):
            slip_id, _, step = key.removeprefix(_STEP).partition(" ")
            self.steps[slip_id, step] = content
            return slip_id
        try:
            slip = msgspec.json.decode(content.get("slip", ""), type=LeaveSlip)
        except msgspec.DecodeError:
            return ""
        self.slips[slip.id] = slip
        return slip.id

    def forget(self, slip: LeaveSlip) -> None:
        """A slip was saved: as it was then it is no draft; what was typed since is one."""
        if self.slips.get(slip.id) == slip:
            del self.slips[slip.id]

    def hand_over(self, handling: HandlingPanel) -> None:
        """Give the steps to the panel that lays them open."""
        handling.retype(self.steps)
        self.steps.clear()
