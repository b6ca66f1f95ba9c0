"""One gesture of the clerk as one step that can be taken back."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QUndoCommand

from tuopin_desktop.ui.pages.attendance.plans import Plan, Write

Apply = Callable[[Sequence[Write]], None]


class Step(QUndoCommand):
    """The writes of a plan; undoing writes back what was there."""

    def __init__(self, plan: Plan, apply: Apply) -> None:
        super().__init__(f"{plan.text}（{len(plan.writes)}格）")
        self._forth = tuple(plan.writes)
        self._back = tuple(Write(one.posting, one.number, one.now, one.was) for one in plan.writes)
        self._apply = apply

    def redo(self) -> None:
        self._apply(self._forth)

    def undo(self) -> None:
        self._apply(self._back)
