"""What a benchmark promises: a figure is declared once, beside the code that measures it."""

from typing import NamedTuple


class Figure(NamedTuple):
    """A ratio by its floor, which is what 1.00 means, and the most it may be; without a target it is only shown.

    What only `--full` measures, in minutes, says so.
    """

    floor: str
    target: float | None = None
    full: bool = False


class Row(NamedTuple):
    """One measurement of a figure: where it stands, how far from its floor, in words what was measured."""

    name: str
    figure: Figure
    ratio: float
    detail: str

    @property
    def missed(self) -> bool:
        """Tell whether the ratio is worse than promised."""
        return self.figure.target is not None and self.ratio > self.figure.target
