"""Below the grid: what stands in the chosen cell, why it is coloured, with its article, and a person's year."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QTextBrowser, QWidget

from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.services.attendance.year import PersonYear, YearMonth
from tuopin_desktop.services.judging.explaining import Explanation
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.attendance.headers import REST, Look, Stamps, small
from tuopin_desktop.ui.widgets.findings import TONES
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.plain import lay, set_tip


class Line(NamedTuple):
    """What else is known of a day: what it is about, the words, and where they lead: `slip:…`, `log:…`, ""."""

    name: str
    text: str
    way: str = ""
    target: str = ""


def explained(one: Explanation) -> str:
    """Return one finding with everything needed to check it by hand."""
    finding = one.finding
    inputs = "；".join(f"{name} {value}" for name, value in finding.inputs)
    left = [_sentence(finding), _quiet(f"数据：{inputs}") if inputs else "", *map(_line, finding.steps)]
    right = [_line(one.article), *(_setting(setting.question, setting.value, setting.why) for setting in one.settings)]
    rule = _quiet(f"规则 {finding.rule}")
    return (
        f'<table width="100%"><tr><td width="46%">{"".join(left)}{rule}</td>'
        f'<td width="4%"></td><td width="50%">{"".join(right)}</td></tr></table>'
    )


def short(findings: Sequence[Finding]) -> str:
    """Return findings in a line each."""
    return "".join(_sentence(finding) for finding in findings)


def hint(lines: Sequence[str]) -> str:
    """Return what the panel is for, where nothing else is to be said."""
    return "".join(map(_quiet, lines))


def day(title: str, text: str, clashes: Iterable[str], note: str, beside: Iterable[Line] = ()) -> str:
    """Return what stands on a day: its sources, both sides of every contradiction, the note on it, what lies beside."""
    lines = [f"<p><b>{escape(title)}</b>　{escape(text)}</p>"]
    lines += [f'<p style="color:{theme.TOKENS["bad"]}">不一致　{escape(one)}</p>' for one in clashes]
    lines += [_quiet(f"说明：{note}")] if note else []
    lines += map(_beside, beside)
    return "".join(lines)


def _beside(one: Line) -> str:
    link = f'　<a href="{escape(one.target)}">{escape(one.way)}</a>' if one.target else ""
    name = f'<span style="color:{theme.TOKENS["text2"]}">{escape(one.name)}</span>'
    return f"<p>{name}　{escape(one.text)}{link}</p>"


def listed(title: str, lines: Sequence[str]) -> str:
    """Return a heading with lines under it."""
    return f"<p><b>{escape(title)}</b></p>" + "".join(map(_line, lines))


def _sentence(finding: Finding) -> str:
    ink, ground = theme.TONES[TONES[finding.verdict]]
    pill = f'<span style="color:{ink};background:{ground}">&nbsp;{finding.verdict.label}&nbsp;</span>'
    return f"<p>{pill}　{escape(finding.sentence)}</p>"


def _setting(question: str, value: str, why: str) -> str:
    return f"<p>口径：{escape(question)}——<b>{escape(value)}</b>{_small(why)}</p>"


def _small(text: str) -> str:
    return f'　<span style="color:{theme.TOKENS["text2"]}">{escape(text)}</span>' if text else ""


def _line(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _quiet(text: str) -> str:
    return f'<p style="color:{theme.TOKENS["text2"]}">{escape(text)}</p>'


_MONTHS = 12


class YearStrip(QWidget):
    """Twelve months side by side; a click, or Enter on the chosen one, asks for that month."""

    month_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._year: PersonYear | None = None
        self._at = 0
        self.setFixedHeight(theme.scaled(self, 46))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("全年各月")
        set_tip(self, "每月：计入天数/应满天数。左右键选月份，回车打开")

    def show_year(self, year: PersonYear) -> None:
        """Show a person's year."""
        self._year = year
        self.setAccessibleDescription("；".join(_month_words(month) for month in year.months if month.count))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._year is None:
            return
        with QPainter(self) as painter:
            for place, month in enumerate(self._year.months):
                self._cell(painter, self._box(place), month)
            if self.hasFocus():
                painter.setPen(theme.color("accent"))
                painter.drawRect(self._box(self._at).adjusted(0, 0, -1, -1))

    def _box(self, place: int) -> QRect:
        width = self.width() // _MONTHS
        return QRect(place * width, 0, width - 4, self.height())

    def _cell(self, painter: QPainter, box: QRect, month: YearMonth) -> None:
        tone = TONES[month.finding.verdict] if month.finding else "quiet"
        ink, ground = theme.TONES[tone]
        painter.fillRect(box, QColor(ground if month.count else theme.TOKENS["bg"]))
        painter.setPen(QColor(ink if month.count else theme.TOKENS["text3"]))
        upper, lower = QRect(box), QRect(box)
        upper.setBottom(box.center().y())
        lower.setTop(box.center().y())
        painter.setFont(small(self.font(), 0.85))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, f"{int(month.month[5:])}月")
        painter.setFont(self.font())
        figures = f"{month.count.days:g}/{month.count.needed}" if month.count else "—"
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, figures)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x()) * _MONTHS // max(1, self.width())
        self._ask(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._at = min(max(self._at + step, 0), _MONTHS - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self._at)
        else:
            super().keyPressEvent(event)

    def _ask(self, place: int) -> None:
        if self._year is not None and 0 <= place < _MONTHS:
            self.month_wanted.emit(self._year.months[place].month)


def _month_words(month: YearMonth) -> str:
    return f"{int(month.month[5:])}月{month.count.days:g}天，应满{month.count.needed}天" if month.count else ""


_HINT = ("点一个格、一个合计数或姓名，这里显示它的来源、依据和算法。",)

_NOBODY = ("本月没有派驻人员，没有考勤可登记。", "先在“队伍与人员”登记派驻（Ctrl+2），或在右上角换一个月份。")


class Looks(QWidget):
    """What the looks of cells mean, beside the reasons where there is room."""

    def __init__(self) -> None:
        super().__init__()
        measure = self.fontMetrics()
        widest = max(measure.horizontalAdvance(text) for _, text in _LOOKS)
        self._hint = QSize(widest + theme.scaled(self, _CELL + 24), theme.scaled(self, _CELL + 2) * len(_LOOKS))
        self.setMaximumWidth(self._hint.width())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # it never widens the window
        self.setAccessibleName("格子的样子：" + "；".join(text for _, text in _LOOKS))

    def sizeHint(self) -> QSize:
        return self._hint

    def paintEvent(self, event: QPaintEvent) -> None:
        side, step = theme.scaled(self, _CELL), theme.scaled(self, _CELL + 2)
        stamps = Stamps(self.font(), side, side, self.devicePixelRatioF())
        with QPainter(self) as painter:
            painter.setFont(small(self.font(), 0.92))
            painter.setPen(theme.color("text2"))
            for place, (look, text) in enumerate(_LOOKS):
                painter.drawPixmap(0, place * step, stamps.of(look))
                box = QRect(side + 8, place * step, self.width() - side - 8, side)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


_CELL = 22
_LOOKS = (
    (Look("ol", "ol", (True, True)), "蓝线：按报备单，在报备单里改"),
    (Look("o?", "o?"), "离开了，没有假，待核"),
    (Look(due=True), "斜线：应登记还空着"),
    (Look("cr", "cr", ground=REST), "灰底：休息日"),
    (Look("vw", "vw", clash="bad"), "红角：与报备单不一致"),
    (Look("vw", "vw", brought=True), "灰点：从表格导入"),
)
_ROOMY = 1000
"""Narrower panels have room for the reasons alone."""


class Panel(QFrame):
    """Shows text by parts: the day on top, the unfolded finding below. `noted` carries the words of a note.

    `followed` carries where a link leads.
    """

    followed = Signal(str)
    noted = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._day, self._rest, self._explained = "", "", ""
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # people before reasons
        self.text.setStyleSheet("QTextBrowser { border: none; padding: 0; }")
        self.text.setAccessibleName("依据和算法")
        self.text.document().setDefaultStyleSheet("p { margin: 0 0 3px 0; }")
        self.strip = YearStrip()
        self.note = QLineEdit()
        self.note.setMaxLength(500)
        self.note.setAccessibleName("这样登记的原因")
        self.note.returnPressed.connect(lambda: self.noted.emit(self.note.text()))
        self._asked = label("说明", "label")
        close = button("", self._close, icon="x", role="flat", tip="收起（Esc）")
        self.looks = Looks()
        self.text.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))
        below = row(self.text, self.looks, column(close, None))
        below.setStretch(0, 1)
        # The reason stands below: coming and going there it moves nothing that is read.
        whole = column(self.strip, below, row(self._asked, self.note, margins=(4, 0, 8, 0)), gap=4)
        whole.setContentsMargins(12, 6, 4, 6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setMinimumHeight(theme.scaled(self, 104))
        self.hint()

    def hint(self, *, nobody: bool = False) -> None:
        """Say what this place is for, or what to do first where there is nobody."""
        self._show(day=hint(_NOBODY if nobody else _HINT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.looks.setVisible(self.width() >= theme.scaled(self, _ROOMY))

    def show_day(
        self,
        title: str,
        text: str,
        clashes: Sequence[str],
        note: str,
        findings: Sequence[Finding],
        beside: Sequence[Line] = (),
        *,
        asks: bool,
    ) -> None:
        """Show a day and what else is known of it and the person; `asks` offers a place for the reason."""
        rest = short(findings) or ("" if beside else hint(_HINT))
        self._show(day=day(title, text, clashes, note, beside), rest=rest, asks=asks, note=note)
        why = "为什么与报备单不一致？写明后按回车，如：当日上午已返回"
        self.note.setPlaceholderText(why if clashes else "为什么这样登记？需要时写明，按回车保存")

    def show_total(self, title: str, text: str) -> None:
        """Name a total until its finding arrives."""
        self._show(day=day(title, text, (), ""))

    def show_explained(self, one: Explanation) -> None:
        """Unfold a finding below what stands there."""
        self._explained = explained(one)
        self._write()

    def show_year(self, year: PersonYear) -> None:
        """Show twelve months and the account of absence."""
        title = f"{year.name}　{year.year}年"
        text = "没有无正当理由离岗的记录" if year.absence is None else "离岗情况见下"
        self._show(day=day(title, f"各月计入/应满天数；{text}", (), ""))
        self.strip.show_year(year)
        self.strip.show()

    def show_lines(self, title: str, lines: Sequence[str]) -> None:
        """Show a list, such as the cells of a paste nobody could read."""
        self._show(day=listed(title, lines))

    def ask(self) -> bool:
        """Put the keyboard into the note, when one is asked for."""
        if self.note.isHidden():
            return False
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @property
    def plain_text(self) -> str:
        """The text shown."""
        return self.text.toPlainText()

    def _show(self, *, day: str, rest: str = "", asks: bool = False, note: str = "") -> None:
        self._day, self._rest, self._explained = day, rest, ""
        self.strip.hide()
        for widget in (self._asked, self.note):
            widget.setVisible(asks)
        self.note.setText(note)
        self._write()
        if self.parentWidget() is not None:  # else it would be a window of its own
            self.show()

    def _write(self) -> None:
        lay(self.text, self._day + self._explained + self._rest)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
