"""The list of the in-tray: what lies in the folder, each with a box to choose it and what its rehearsal came to."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPen

from tuopin_desktop.services.exchange import intray
from tuopin_desktop.services.exchange.intray import Rehearsal
from tuopin_desktop.services.exchange.sticks import OnStick
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.exchange import lists
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.rows import CalmRows, Column, Index
from tuopin_desktop.ui.widgets.table import RecordTable

_BOX = 16
_TICK = (4, 8), (7, 11.5), (12, 5)
_CHOSEN, _FREE, _SHUT = "选中", "不选", ""


class TrayList(RecordTable):
    """`ticked` when another choice was made. Space and a click into the box choose a row, the heading all."""

    ticked = Signal()

    def __init__(self) -> None:
        self._rehearsals: dict[Path, Rehearsal] = {}
        self._chosen: set[Path] = set()
        columns = [
            Column("", self._box, 34, tip=self._box_tip),
            Column("单位", lambda row: row.name),
            Column("数据包", _number, 56, sort=lambda row: row.number),
            Column("结果", self.verdict, 88, most=150, tone=self._tone, tip=self._tip),
            Column("说明", self._words, 90, tip=self._tip, shed=1, most=170),
        ]
        nothing = "没有数据包：插入U盘，或选择放数据包的文件夹。放进新文件马上显示。"
        super().__init__(columns, lambda row: str(row.path), "U盘上的数据包和登记卡", nothing=nothing)
        self.setItemDelegate(_Boxes(self))
        self.setColumnWidth(0, 34)
        self.clicked.connect(self._click)
        on_key(self, "Space", "选中、不选", self.turn)
        self.horizontalHeader().sectionClicked.connect(self._click_head)

    def show_files(self, items: Iterable[OnStick]) -> None:
        """Show what lies in the folder; of what is still there the rehearsals and the choice stay."""
        rows = list(items)
        there = {one.path for one in rows}
        self._rehearsals = {path: one for path, one in self._rehearsals.items() if path in there}
        self._chosen &= there
        self.replace_rows(rows)

    def show_rehearsals(self, rehearsals: Iterable[Rehearsal]) -> None:
        """Show what the rehearsals came to; what can be taken in is chosen."""
        self._rehearsals = {one.path: one for one in rehearsals}
        self._chosen = {one.path for one in self.rows_model.rows if self._takeable(one) and one.state == "new"}
        self.replace_rows(self.rows_model.rows)
        self.ticked.emit()

    def rehearsal(self, path: Path) -> Rehearsal | None:
        """Return what taking a package in would do, None where that is not known."""
        return self._rehearsals.get(path)

    def choice(self) -> list[OnStick]:
        """Return the rows that are chosen."""
        return [one for one in self.rows_model.rows if one.path in self._chosen]

    def _takeable(self, row: OnStick) -> bool:
        rehearsal = self._rehearsals.get(row.path)
        if row.scans:
            return row.is_arriving
        return rehearsal is not None and rehearsal.state in (intray.READY, intray.DIFFERS)

    # -- choosing

    def _click(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.turn()

    def _click_head(self, section: int) -> None:
        if section:
            return
        paths = {one.path for one in self.rows_model.rows if self._takeable(one)}
        self._chosen = set() if paths <= self._chosen else paths
        self.viewport().update()
        self.ticked.emit()

    def turn(self) -> None:
        """Choose the current row, or no longer."""
        row: OnStick | None = self.current()
        if row is not None and self._takeable(row):
            self._chosen ^= {row.path}
            self.viewport().update()
            self.ticked.emit()

    # -- words

    def _box(self, row: OnStick) -> str:
        if not self._takeable(row):
            return _SHUT
        return _CHOSEN if row.path in self._chosen else _FREE

    def _box_tip(self, row: OnStick) -> str:
        return "空格或点击：选中、不选" if self._takeable(row) else self._tip(row)

    def verdict(self, row: OnStick) -> str:
        """Return in a word or two what can be done with a package."""
        one = self._rehearsals.get(row.path)
        if one is None or row.state not in ("new", "idle"):
            return lists.stick_state(row)
        if one.state == intray.DIFFERS:
            return f"可收，不一致{one.differing}"
        return {intray.READY: lists.stick_state(row), intray.GAP: one.lacking, intray.FORK: "有两个版本"}.get(
            one.state, "不能收"
        )

    def _tone(self, row: OnStick) -> str:
        one = self._rehearsals.get(row.path)
        if one is None or row.state not in ("new", "idle") or one.state == intray.READY:
            return lists.stick_tone(row)
        return "warn" if one.state == intray.DIFFERS else "bad"

    def _words(self, row: OnStick) -> str:
        one = self._rehearsals.get(row.path)
        if row.state == "taken" and not row.rules and not row.update:
            return "不用再收"
        if one is None or one.account is None:
            gap = one is not None and one.state == intray.GAP
            return "先不收，请对方从头重发" if gap else "" if self._tip(row) == self.verdict(row) else self._tip(row)
        new, changed = one.counts
        parts = [f"新增{new}"] if new else []
        parts += [f"改动{changed}"] if changed else []
        if one.differing:
            parts.append(f"{one.differing}处与本单位不同")
        return "，".join(parts) or "没有新内容"

    def _tip(self, row: OnStick) -> str:
        one = self._rehearsals.get(row.path)
        return row.why or (one.why if one is not None else "") or lists.stick_tip(row)


def _number(row: OnStick) -> str:
    return f"第{row.number}包" if row.number else ""


class _Boxes(CalmRows):
    """Draws the first column as a box, ticked where the row is chosen."""

    def _paint(self, painter: QPainter, option: Any, index: Index) -> None:
        if index.column():
            super()._paint(painter, option, index)
            return
        word = str(index.data() or "")
        rect = option.rect
        if self._view.selectionModel().isSelected(index):
            theme.fill(painter, rect, theme.color("selection"))
        painter.setPen(theme.color("row"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if word == _SHUT:
            return
        box = QRectF(rect.center().x() - _BOX / 2, rect.center().y() - _BOX / 2, _BOX, _BOX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if word == _CHOSEN else "text3"), 1.2))
        painter.setBrush(theme.color("accent") if word == _CHOSEN else theme.color("card"))
        painter.drawRoundedRect(box, 3, 3)
        if word == _CHOSEN:
            painter.setPen(QPen(theme.color("card"), 2))
            left, top = box.left(), box.top()
            painter.drawPolyline([QPointF(left + x, top + y) for x, y in _TICK])
