"""The first start: which office this is, who keeps it, and whether it is for practice."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.ui.widgets.combo import PickBox
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import button, card, column, label, mark, row
from tuopin_desktop.ui.widgets.segments import Segments

FIRST_STEP = "单位已建立，数据已加密。请先到“设置·备份”点“打印恢复码”，装信封收好：电脑坏了或重装系统，凭它才打得开。"
"""What is said of an office just made."""
_LEVELS = {"county": "旗县工作总队", "league": "盟市", "region": "自治区办公室"}


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What the first start asks for; `county` is a county or league code, empty for the region office."""

    level: str
    county: str
    clerk: str
    practice: bool


class FirstRun(msgspec.Struct, frozen=True, kw_only=True):
    """What the first start is given: where the data will lie, the places to choose from, and what sets the office up.

    `create` raises Refused or Trouble, and then nothing was made.
    """

    folder: Path
    counties: Mapping[str, str]
    leagues: Mapping[str, str]
    create: Callable[[Answers], Any]


class Welcome(QDialog):
    """Asks the four questions and sets the office up; `created` tells that it stands."""

    created = Signal()

    def __init__(self, first: FirstRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = first
        self.setWindowTitle("建立本单位")
        self.setMinimumWidth(560)
        self._build()
        self._level_changed("county")
        self.county.setFocus()

    def _build(self) -> None:
        self.message = Toasts(self)
        self.level = Segments(_LEVELS, "单位层级")
        self.level.chosen.connect(self._level_changed)
        self.county = PickBox(self._first.counties, hint="输入旗县名称或代码，如 武川")
        self.league = PickBox(self._first.leagues, hint="选择盟市")
        self.clerk = QLineEdit()
        self.clerk.setPlaceholderText("姓名，写入每一条改动记录")
        self.practice = QCheckBox("这是演示、练习用的单位（打印件带“演示数据”标记）")
        self._place = label("派驻旗县（市、区） *", "label")
        questions = column(
            label("单位层级", "label"),
            self.level,
            4,
            self._place,
            self.county,
            self.league,
            4,
            label("经办人 *", "label"),
            self.clerk,
            4,
            self.practice,
            gap=4,
            margins=(16, 14, 16, 14),
        )
        for widget, name in ((self.county, "派驻旗县"), (self.league, "盟市"), (self.clerk, "经办人")):
            widget.setAccessibleName(name)
            line = widget.lineEdit() if isinstance(widget, PickBox) else None
            if line is not None:
                line.setAccessibleName(name)
        title = label("建立本单位")
        title.setObjectName("title")
        self._start = button("建立并开始", self._create, role="primary")
        self._start.setDefault(True)
        where = label(f"数据将放在 {self._first.folder}", "faint", wrap=True)
        head = column(title, label("只需填写一次，层级和旗县以后不能改。", "quiet"), gap=2)
        feet = row(button("退出", self.reject), None, self._start)
        self.setLayout(column(head, card(questions), where, feet, gap=12, margins=(20, 18, 20, 16)))

    def answers(self) -> Answers:
        """Return what stands in the dialog."""
        level = self.level.code()
        place = {"county": self.county, "league": self.league}.get(level)
        return Answers(
            level=level,
            county=place.code() if place else "",
            clerk=self.clerk.text().strip(),
            practice=self.practice.isChecked(),
        )

    def _level_changed(self, level: str) -> None:
        self._place.setText("盟市 *" if level == Level.LEAGUE.value else "派驻旗县（市、区） *")
        self._place.setVisible(level != Level.REGION.value)
        self.county.setVisible(level == Level.COUNTY.value)
        self.league.setVisible(level == Level.LEAGUE.value)

    def _create(self) -> None:
        answers = self.answers()
        missing = self._missing(answers)
        if missing:
            self.message.say(missing, "warn")
            return
        try:
            self._first.create(answers)
        except (Refused, Trouble) as error:
            self.message.complain(error)
            return
        self.created.emit()
        self.accept()

    def _missing(self, answers: Answers) -> str:
        """Mark and name what is not filled in yet."""
        no_place = answers.level != Level.REGION.value and not answers.county
        for widget, wrong in ((self.county, no_place), (self.league, no_place), (self.clerk, not answers.clerk)):
            mark(widget, "wrong", "true" if wrong else "")
        if no_place:
            (self.county if answers.level == Level.COUNTY.value else self.league).setFocus()
            return "请从列表中选择盟市。" if answers.level == Level.LEAGUE.value else "请从列表中选择派驻旗县。"
        if not answers.clerk:
            self.clerk.setFocus()
            return "请填写经办人姓名。"
        return ""
