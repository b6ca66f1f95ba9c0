"""The small windows of a month: closing it, reopening it with a reason, correcting one of its days."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from tuopin_desktop.domain.attendance import codes
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.judging.teammonth import Member, TeamMonth
from tuopin_desktop.ui.pages.attendance.monthquestions import MonthState
from tuopin_desktop.ui.widgets.message import MessageBar
from tuopin_desktop.ui.widgets.parts import button, column, label, row

_WIDTH = 620


class _Dialog(QDialog):
    """A title, a message line, what is asked, and the two buttons."""

    def __init__(self, title: str, yes: str, inside: QLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.message = MessageBar()
        self.yes = button(yes, self.take, role="primary")
        self.yes.setDefault(True)
        feet = row(None, button("取消", self.reject, role="flat"), self.yes)
        self.setLayout(column(self.message, inside, feet, gap=10, margins=(16, 14, 16, 14)))
        self.resize(_WIDTH, self.sizeHint().height())

    def take(self) -> None:
        """Hand over what was asked."""

    def refused(self, error: Refused | Trouble) -> None:
        """Say why it was not done; what was typed stays."""
        self.message.complain(error)


class CloseDialog(_Dialog):
    """Shows what closing would freeze and what is missing; `taken(gaps, note)` wants it done, -1 for no gaps."""

    taken = Signal(int, str)

    def __init__(self, state: MonthState, parent: QWidget) -> None:
        self._missing = state.preview.missing
        team = state.preview.team
        self.words = QPlainTextEdit("\n".join(_lines(state)))
        self.words.setReadOnly(True)
        self.words.setAccessibleName("结账前的情况")
        self.words.setMinimumHeight(220)
        self.gaps = QSpinBox()
        self.gaps.setRange(0, 62 * 999)
        self.gaps.setSuffix(" 个半天")
        self.gaps.setAccessibleName("确认未登记的半天数")
        self.note = QLineEdit()
        self.note.setMaxLength(300)
        self.note.setAccessibleName("结账说明")
        form = QFormLayout()
        if self._missing:
            text = f"还有{self._missing}个半天未登记。确属无法补登的，请填写这个数确认："
            form.addRow(label(text, "due", wrap=True))
            form.addRow("确认缺", self.gaps)
        form.addRow("结账说明", self.note)
        said = label(
            "结账后这个月不能再改，数字、口径和工作日按今天的冻结；有误的逐日填考勤更正单。", "quiet", wrap=True
        )
        super().__init__(f"{team.month_text}考勤结账", "结账", column(said, self.words, form, gap=8), parent)
        if state.preview.problems:
            self.refused(Refused(state.preview.problems))
            self.yes.setEnabled(False)

    def take(self) -> None:
        self.taken.emit(self.gaps.value() if self._missing else -1, self.note.text())


def _lines(state: MonthState) -> list[str]:
    team = state.preview.team
    lines = [f"{team.team}{team.month_text}，{len(team.members)}人"]
    lines += [_figure(member) for member in team.members]
    lines += [f"未登记：{gap.text}" for gap in state.preview.gaps]
    lines += [*state.preview.notes, *(f"{entry.on} {entry.by} {entry.what}" for entry in state.history)]
    return lines


def _figure(member: Member) -> str:
    month = member.month
    short = "" if month.days >= month.needed else f"，差{month.needed - month.days:g}天"
    lacking = f"；休息日工作{month.unlogged / 2:g}天没有工作日志，未计入" if month.unlogged else ""
    return f"{member.name}（{member.position}）计入{month.days:g}天，应满{month.needed}天{short}{lacking}"


class ReopenDialog(_Dialog):
    """Asks why a closed month is reopened; `taken(reason)`."""

    taken = Signal(str)

    def __init__(self, state: MonthState, parent: QWidget) -> None:
        team = state.preview.team
        message = "\n".join(f"{entry.on} {entry.by} {entry.what}" for entry in state.history)
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.reason.setAccessibleName("重新打开的原因")
        form = QFormLayout()
        form.addRow("原因 *", self.reason)
        text = (
            "重新打开后全月可以修改，已填的更正单写入考勤；原结账数字和经过保留在记录中。"
            "只有个别日子有误的，请用“更正”。"
        )
        inside = column(label(text, "quiet", wrap=True), label(message, wrap=True), form, gap=8)
        super().__init__(f"重新打开{team.month_text}考勤", "重新打开", inside, parent)

    def take(self) -> None:
        self.taken.emit(self.reason.text())


class CorrectDialog(_Dialog):
    """Corrects one day of somebody; `taken(posting, day of the month, stored day, reason, paper)`."""

    taken = Signal(str, int, str, str, str)

    def __init__(self, team: TeamMonth, parent: QWidget, posting: str = "", day: int = 1) -> None:
        self._members = {member.posting.id: member for member in team.members}
        self.person = QComboBox()
        self.person.setAccessibleName("姓名")
        for member in team.members:
            self.person.addItem(f"{member.name}（{member.position}）", member.posting.id)
        self.day = QSpinBox()
        self.day.setRange(1, team.last.day)
        self.day.setPrefix(f"{team.first.month}月 ")
        self.day.setSuffix(" 日")
        self.day.setAccessibleName("日期")
        self.stands = label("", "strong")
        self.morning, self.afternoon = _marks("上午"), _marks("下午")
        self.reason, self.paper = QLineEdit(), QLineEdit()
        self.reason.setMaxLength(200)
        self.paper.setMaxLength(80)
        self.reason.setAccessibleName("更正原因")
        self.paper.setAccessibleName("更正依据")
        form = QFormLayout()
        form.addRow("姓名", self.person)
        form.addRow("日期", self.day)
        form.addRow("现登记", self.stands)
        form.addRow("更正为", row(label("上午"), self.morning, label("下午"), self.afternoon, None))
        form.addRow("更正原因 *", self.reason)
        form.addRow("更正依据", self.paper)
        said = label("结账登记的数字保留，更正后的数字写在旁边；保存后可打印考勤更正单。", "quiet", wrap=True)
        super().__init__(f"{team.month_text}考勤更正", "保存更正单", column(said, form, gap=8), parent)
        self.person.currentIndexChanged.connect(self._look)
        self.day.valueChanged.connect(self._look)
        self.person.setCurrentIndex(max(0, self.person.findData(posting)))
        self.day.setValue(day)
        self._look()

    def _look(self) -> None:
        """Show how the day stands, and begin from there."""
        member = self._members.get(str(self.person.currentData()))
        day = member.days[self.day.value() - 1] if member else ""
        parts = codes.halves(day)
        self.stands.setText(
            "，".join(f"{half}{codes.mark_words(code)}" for half, code in zip(("上午", "下午"), parts, strict=True))
        )
        for box, code in zip((self.morning, self.afternoon), parts, strict=True):
            box.setCurrentIndex(max(0, box.findData(code[:2])))

    def take(self) -> None:
        after = codes.join(str(self.morning.currentData()), str(self.afternoon.currentData()))
        self.taken.emit(str(self.person.currentData()), self.day.value(), after, self.reason.text(), self.paper.text())


def _marks(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for mark in codes.MARKS:
        box.addItem(f"{mark.sign} {mark.label}", mark.code)
    return box
