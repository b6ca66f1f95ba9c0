"""Above the county attendance is only looked at: a bar says so, and is where one named team is opened to be edited."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import Remark
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.attendance import remarks
from tuopin_desktop.services.attendance.month import MonthSheet
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.pages.attendance.bar import month_title
from tuopin_desktop.ui.pages.attendance.keying import Keyer
from tuopin_desktop.ui.pages.attendance.model import LACKING, UNSURE, MonthModel
from tuopin_desktop.ui.pages.attendance.palette import Palette
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.oneline import OneLine
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, hide_unless, label, mark, row

VIEWS = "您的身份只能查看，不能登记考勤"
LOOKS = "这里只看，没有写入。考勤由旗县登记；要代为登记，请先选一个总队，再点“编辑”"
_LOOK = "只看。考勤由旗县登记，这里按键不会写入。有错请写更正意见，随下一个数据包发给旗县。"
_EDIT = "正在代{0}登记考勤，写下的和旗县自己登记的一样算数。"


def notices(sheet: MonthSheet, *, answers: bool) -> list[str]:
    """Return what has to be known of a month before it is looked at; `answers` where remarks are answered."""
    names = list(dict.fromkeys(sheet.closed_counties.values()))
    messages = [] if sheet.year.state == "known" else [sheet.year.text]
    if answers:
        called = {row.posting.id: row.name for row in sheet.rows}
        messages += filter(None, [remarks.sentence(sheet.remarks, called)])
    if names and len(sheet.closed_counties) > 1:
        messages.append(f"{len(sheet.closed_counties)}个总队本月已结账，只能查看。{names[0]}")
    elif names:
        messages.append(names[0])
    return messages


def _coverage(model: MonthModel) -> str:
    """Return of how many people anything of the month is entered: above the county no figure stands without it."""
    entered = sum(any(line.days) for line in model.lines)
    return f"已登记{entered}人（{100 * entered // len(model.lines)}%）" if model.lines else ""


def state_of(model: MonthModel, sheet: MonthSheet, kept_at: str, waiting: int, *, above: bool) -> str:
    """Return the line under the title: the month, who, what is open, and when it was kept; `waiting` are cells."""
    workdays = sum(not day.rest for day in sheet.days)
    sums = (("缺", model.bare_sum(LACKING)), ("待核", model.bare_sum(UNSURE)))
    saved = f"{waiting}格正在保存" if waiting else f"已自动保存 {kept_at}" if kept_at else ""
    parts = (
        month_title(sheet.month),
        f"{len(sheet.rows)}人" if sheet.rows else "本月没有派驻人员",
        _coverage(model) if above else "",
        f"法定工作日{workdays}天" if sheet.year.state == "known" else "节假日未登记",
        "，".join(f"{name}{text}天" for name, text in sums if text),
        saved,
    )
    return " · ".join(filter(None, parts))


class LookingBar(QFrame):
    """`edit_wanted` asks to open the chosen team or to close it again, `remark_wanted` to write to the county."""

    edit_wanted = Signal(bool)
    remark_wanted = Signal()

    def __init__(self, county: QWidget) -> None:
        super().__init__()
        sign = label()
        sign.setPixmap(icons.picture("eye", 18, theme.TOKENS["accent"], ratio=self.devicePixelRatioF()))
        self.text = OneLine()
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit = act_button(Act.ENTER, "编辑…", self._toggle, tip="代一个总队登记考勤：先选总队")
        self.remark = act_button(Act.ENTER, "写更正意见…", self.remark_wanted.emit, tip="对选中的人和日子写意见")
        self._team = ""
        self.setLayout(row(county, sign, self.text, self.edit, self.remark, margins=(8, 3, 8, 3)))
        self.show_team("", "")

    def show_team(self, name: str, team: str) -> None:
        """Show which team is chosen, by its name, and which one is edited, by the same; "" for none."""
        self._team = team
        mark(self, "tone", "warn" if team else "quiet")
        self.text.setText(_EDIT.format(team) if team else _LOOK)
        self.edit.setText("结束编辑" if team else f"编辑{name}…" if name else "编辑…")
        self.edit.setEnabled(bool(name))
        self.remark.setText(f"给{name}写更正意见…" if name else "写更正意见…")

    def _toggle(self) -> None:
        self.edit_wanted.emit(not self._team)


class Access:
    """Says what of the page writes: in a county all, above it nothing until one named team is opened."""

    def __init__(
        self, office: OfficeView, bar: LookingBar, palette: Palette, keyer: Keyer, renamed: Callable[[], object]
    ) -> None:
        self._office, self._bar, self._palette, self._keyer, self._renamed = office, bar, palette, keyer, renamed
        self._county = self.team = ""
        self._above = office.level is not Level.COUNTY
        hide_unless(bar, self._above)
        bar.edit_wanted.connect(self._edit)
        keyer.unfolder.team = lambda: self.team
        self._apply()

    def turn_to(self, county: str) -> None:
        """Take another team as chosen; what was opened is only looked at again once another one is."""
        if county != self._county:
            self._county, self.team = county, ""
        self._apply()

    def _edit(self, on: bool) -> None:
        self._keyer.keeper.flush()
        self._keyer.forget()
        self.team = self._county if on else ""
        self._apply()
        self._renamed()

    def _apply(self) -> None:
        may = self._office.who.may(Act.ENTER)
        keyer = self._keyer
        keyer.shut = VIEWS if not may else LOOKS if self._above and not self.team else ""
        keyer.keeper.team = self.team
        keyer.unfolder.only_looks = bool(keyer.shut)
        if keyer.shut:
            keyer.let_go()
        self._palette.setVisible(not keyer.shut)
        called = self._office.vocabulary["旗县"].word
        name, team = (called(code) if code else "" for code in (self._county, self.team))
        self._bar.show_team(name, team)


class Remarks:
    """Writes remarks above the county, and answers them there."""

    def __init__(self, context: PageContext, model: MonthModel, renew: Callable[[str], object]) -> None:
        self._context, self._model, self._renew = context, model, renew
        self.dialog: FormDialog[Remark] | None = None

    def write(self, row: int, number: int) -> None:
        """Ask for a remark on a day of a line."""
        if not (0 <= row < len(self._model.lines) and 1 <= number <= len(self._model.days)):
            self._context.message.say("请先点要更正的那一格", "warn")
            return
        line = self._model.lines[row].row
        remark = Remark(posting=line.posting.id, day=self._model.days[number - 1].date)
        title = f"给{line.county}的更正意见：{self._model.title(row)} {self._model.day_words(number)}"
        self._open(remark, "text", title, "写好，随下一个数据包发出", remarks.write)

    def answer(self, record: str) -> None:
        """Ask for the answer to a remark."""
        for place in range(len(self._model.lines)):
            for number in range(1, len(self._model.days) + 1):
                for one in self._model.remarks(place, number):
                    if one.id == record:
                        proposed = msgspec.structs.replace(one, answer="已改正")
                        title = f"{one.office}的更正意见：{one.text}"
                        self._open(proposed, "answer", title, "答复", remarks.answer)

    def _open(self, remark: Remark, field: str, title: str, yes: str, keep: Callable[[Desk, Remark], Remark]) -> None:
        context = self._context

        def finish(one: Remark) -> None:
            dialog.accept()
            context.message.say("已写好，随下一个数据包发给旗县" if field == "text" else "已答复，随下一个数据包报上去")
            self._renew(one.posting)

        def take(one: Remark) -> None:
            context.asker.ask(keep, one, then=finish, failed=dialog.refused)

        dialog = self.dialog = FormDialog(remark, [field], title, yes, context.office, take, context.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
