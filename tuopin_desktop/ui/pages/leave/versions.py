"""Above the paper of a slip: its versions one after another, and why the printed cells are read-only."""

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tuopin_desktop.domain.halves import day_words, parse_stored
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.reprint import ON_SHEET
from tuopin_desktop.domain.leave.story import LeaveRecords, Story
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import ENDED, RELATION, RESULT
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.widgets.days import short_period
from tuopin_desktop.ui.widgets.parts import button, clear, label, pill, row
from tuopin_desktop.ui.widgets.plain import set_tip

_LOCK_PX = 16
_LINE_PX = 42
"""Two lines of words: they change without moving the paper."""


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


class Compared(msgspec.Struct, frozen=True):
    """What another version has otherwise: its name, and by cell the words here and there, the older first."""

    other: str = ""
    cells: Mapping[str, str] = {}

    @property
    def sentence(self) -> str:
        """Say which cells are framed, or nothing."""
        if not self.cells:
            return ""
        return f"黄框是和{self.other}不同的格子：{'；'.join(self.cells.values())}。"


def compared(story: Story, papers: LeaveRecords) -> Compared:
    """Compare a version with the one before it, the first with the one that asks to take its place."""
    line = papers.versions(story.slip)
    at = [one.id for one in line].index(story.slip.id)
    if len(line) < 2:
        return Compared()
    older, newer = (line[at - 1], line[at]) if at else (line[0], line[1])
    cells = {
        item.name: f"{item.label} {_words(older, item.name)} → {_words(newer, item.name)}"
        for item in fields(LeaveSlip)
        if item.name in _COMPARED and getattr(older, item.name) != getattr(newer, item.name)
    }
    return Compared(f"第{at if at else 2}版", cells)


_COMPARED = frozenset(ON_SHEET) - {"number", "form", "filled"}


def _words(slip: LeaveSlip, name: str) -> str:
    text = str(getattr(slip, name) or "空")
    return short_period(parse_stored(text)) if name == "period" else text


def links_of(story: Story, papers: LeaveRecords) -> tuple[Version, ...]:
    """Return the slips this one extends and those that extend it: whoever looks at one finds the other."""
    before = papers.by_id.get(story.slip.follows) if story.slip.relation == "extension" else None
    links = [Version(before.id, f"接报备单{before.number}", False, False)] if before is not None else []
    longer = [one for one in story.followers if one.relation == "extension"]
    states = [(one, papers.chain(one).paper.value) for one in longer]
    return (*links, *(Version(one.id, f"续假 {one.number} {state}", False, False) for one, state in states))


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
        day = day_words(opinion.signed) if opinion.signed else ""
        values[f"{role}_opinion"] = f"{text}　{opinion.signer}　{day}（纸上手写，已登记）"
    return values


class VersionStrip(QFrame):
    """Chips of the versions, laid out by whoever holds it, and a line that says why nothing is typed.

    `chosen(slip id)` wants another version, or a slip this one is linked with.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row = row(gap=4)
        self.chips = QWidget()
        self.chips.setLayout(self._row)
        self._sign = label()
        self._sign.setPixmap(icons.picture("lock", _LOCK_PX, theme.TOKENS["text2"], ratio=self.devicePixelRatioF()))
        self._why = label("", "quiet", wrap=True)
        self._why.setAccessibleName("为什么不能改")
        line = row(self._sign, self._why, gap=8, margins=(12, 0, 12, 4))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setFixedHeight(theme.scaled(self, _LINE_PX))
        self.show_versions((), "")

    @property
    def why(self) -> str:
        """The sentence shown, or "" where the cells may be typed in."""
        return "" if self.isHidden() else self._why.text()

    def explain(self, why: str) -> None:
        """Say on hovering over the line what is to be done instead; without it nothing is locked."""
        set_tip(self._why, why)
        self._sign.setVisible(bool(why))

    def show_versions(self, versions: Sequence[Version], why: str, links: Sequence[Version] = ()) -> None:
        """Show the versions of the slip on the desk, what it is linked with, and why it is read-only ("": is not)."""
        clear(self._row)
        for place, one in enumerate(versions):
            if place:
                self._row.addWidget(label("→", "faint"))
            self._row.addWidget(self._chip(one))
        for one in links:
            self._row.addWidget(self._chip(one))
        self._row.addStretch(1)
        self._why.setText(why)
        if self.chips.parent() is not None:  # shown before it is laid out it would be a window of its own
            self.chips.setVisible(bool(versions or links))
        self.setVisible(bool(why))

    def _chip(self, one: Version) -> QWidget:
        if one.on_desk:
            return pill(one.text, "ok" if one.holds else "warn")
        return button(one.text, lambda: self.chosen.emit(one.slip_id), role="flat", tip="打开这一张")
