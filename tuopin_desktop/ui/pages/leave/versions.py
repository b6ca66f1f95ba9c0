"""Above the paper of a slip: its versions one after another, and why the printed cells are read-only."""

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.story import LeaveRecords, Story
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import ENDED, RELATION, RESULT
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.widgets.parts import button, clear, column, label, pill, row

_LOCK_PX = 16


class Version(msgspec.Struct, frozen=True):
    """One version of a slip as its chip says it; `shown` is the one on the desk, `holds` the one that is travelled."""

    slip_id: str
    text: str
    on_desk: bool
    holds: bool


def versions_of(story: Story, papers: LeaveRecords) -> tuple[Version, ...]:
    """Return the versions of a slip, oldest first; none when there is only this one."""
    line = papers.versions(story.slip)
    if len(line) < 2:
        return ()
    approved = [slip.id for slip in line if papers.chain(slip).paper is Paper.APPROVED]
    newest = approved[-1] if approved else ""
    return tuple(
        Version(
            slip.id,
            f"第{place}版 {_state(slip, papers)}{' 现行' if slip.id == newest else ''}",
            slip.id == story.slip.id,
            slip.id == newest,
        )
        for place, slip in enumerate(line, 1)
    )


def _state(slip: LeaveSlip, papers: LeaveRecords) -> str:
    if slip.ended:
        return f"已{ENDED.word(slip.ended)}"
    chain = papers.chain(slip)
    days = [item.signed for item in chain.signed.values() if item.signed]
    if chain.paper is Paper.APPROVED and days:
        return f"{max(days).month}月{max(days).day}日签字"
    question = f"{RELATION.word(slip.relation)} " if slip.relation else ""
    return f"{question}{chain.paper.value}"


def inked(story: Story) -> Mapping[str, str]:
    """Return by cell of the paper what is written there in ink, as it was recorded."""
    values = {}
    for role, opinion in story.chain.signed.items():
        text = opinion.words.rstrip("。") or RESULT.word(opinion.verdict)
        day = f"{opinion.signed.year}年{opinion.signed.month}月{opinion.signed.day}日" if opinion.signed else ""
        values[f"{role}_opinion"] = f"{text}　{opinion.signer}　{day}（纸上手写，已登记）"
    return values


class VersionStrip(QFrame):
    """Chips of the versions and one line that says why nothing is typed; `chosen(slip id)` wants another version."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._chips = row(gap=4)
        self._sign = label()
        self._sign.setPixmap(icons.picture("lock", _LOCK_PX, theme.TOKENS["text2"], ratio=self.devicePixelRatioF()))
        self._why = label("", "quiet", wrap=True)
        self._why.setAccessibleName("为什么不能改")
        self._line = QFrame()
        line = row(self._sign, self._why, gap=8)
        line.setStretch(1, 1)
        self._line.setLayout(line)
        self.setLayout(column(self._chips, self._line, gap=4, margins=(12, 4, 12, 6)))
        self.show_versions((), "")

    @property
    def why(self) -> str:
        """The sentence shown, or "" where the cells may be typed in."""
        return "" if self._line.isHidden() else self._why.text()

    def show_versions(self, versions: Sequence[Version], why: str) -> None:
        """Show the versions of the slip on the desk, and why its cells are read-only ("" where they are not)."""
        clear(self._chips)
        for place, one in enumerate(versions):
            if place:
                self._chips.addWidget(label("→", "faint"))
            self._chips.addWidget(self._chip(one))
        self._chips.addStretch(1)
        self._why.setText(why)
        self._line.setVisible(bool(why))
        self.setVisible(bool(versions or why))

    def _chip(self, one: Version) -> QWidget:
        if one.on_desk:
            return pill(one.text, "ok" if one.holds else "warn")
        return button(one.text, lambda: self.chosen.emit(one.slip_id), role="flat", tip="看这一版")
