"""The lists of the page: the board of offices, what lies on the stick, receipts in time, conflicts, stations."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tuopin_desktop.domain.exchange.standing import Standing
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.exchange.packageboard import BoardRow, day_words, time_words
from tuopin_desktop.services.exchange.receiptlist import ReceiptEntry
from tuopin_desktop.services.exchange.sticks import CardOnStick, OnStick
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.services.office.stations import Seat
from tuopin_desktop.services.registers.conflicts import Open
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.still import ChoiceBox
from tuopin_desktop.ui.widgets.table import Column, RecordTable

STATES = {
    "new": "可收",
    "ready": "已备好",
    "stored": "已收下",
    "idle": "不计入",
    "taken": "已收过",
    "other": "不是给本单位的",
    "own": "本机制作",
    "bad": "不能用",
}
_OF_UPDATE = {**STATES, "new": "可以换上", "taken": "已是这版", "other": "不能用"}
_TONES = {
    "new": "ok",
    "ready": "ok",
    "stored": "quiet",
    "idle": "warn",
    "taken": "quiet",
    "other": "quiet",
    "own": "quiet",
    "bad": "bad",
}


_ORDER = {state: place for place, state in enumerate(Standing)}
_STANDING_TONES = {
    Standing.GAP: "bad",
    Standing.DUE: "warn",
    Standing.AWAITING: "info",
    Standing.AGREED: "ok",
    Standing.UNAUTHORISED: "quiet",
}


def board(whose: str) -> RecordTable:
    """Return the board: how each office stands with us, what is unsent, and who has to do what."""
    return RecordTable(
        [
            Column(whose, lambda row: row.name),
            Column(
                "状态", lambda row: row.state.value, 116, tone=_standing_tone, sort=_standing_order, tip=_standing_tip
            ),
            Column("待发", _due, 48, right=True, sort=lambda row: row.unsent),
            Column("最近收到", _last, 108, sort=lambda row: row.last, shed=2),
            Column("说明", lambda row: row.explanation, 96, tip=_standing_tip, shed=1, most=150),
        ],
        lambda row: row.office,
        "收发一览",
        many=True,
        nothing="这个状态的单位现在没有。",
    )


def _standing_tone(row: BoardRow) -> str:
    return _STANDING_TONES[row.state]


def _standing_order(row: BoardRow) -> int:
    return _ORDER[row.state]


def _standing_tip(row: BoardRow) -> str:
    reasons = [f"对方没有收下本机第{one.number}包：{one.why}" for one in row.told]
    reasons += [f"对方的包没有收下：{row.gap}"] if row.gap else []
    return "\n".join(reasons) or f"{row.state.value}　{row.explanation}"


def _due(row: BoardRow) -> str:
    return str(row.unsent) if row.unsent and row.stations else ""


def _last(row: BoardRow) -> str:
    return f"{day_words(row.last)} 第{row.number}包" if row.last else "没有"


def stick_state(row: OnStick) -> str:
    """Return in a word what may be done with a file."""
    if row.update:
        return "可以收下" if row.state == "new" and row.why else _OF_UPDATE[row.state]
    return STATES[row.state]


def stick_tone(row: OnStick) -> str:
    """Return the tone of that word."""
    return _TONES[row.state]


def stick_tip(row: OnStick) -> str:
    """Return what is to be said of a file: why it cannot be taken, else its state."""
    return row.why or stick_state(row)


def receipts() -> RecordTable:
    """Return the receipts of all offices, the newest first."""
    return RecordTable(
        [
            Column("时间", _moment, 150, sort=lambda row: row.at),
            Column("单位", lambda row: called(row.office), most=200),
            Column("包", _which, 140),
            Column("条数", lambda row: str(row.changes), 64, right=True, sort=lambda row: row.changes, shed=1),
            Column("回执码", lambda row: row.code or ("（随包）" if row.stands else "（作废）"), 150),
            Column("怎样得知", lambda row: row.how, most=220),
            Column("状态", _receipt_state, 96, tone=lambda row: "ok" if row.stands else "bad"),
        ],
        lambda row: f"{row.office} {row.given} {row.number} {row.code} {row.at} {row.how}",
        "双方的回执",
        nothing="收下对方的包、或登记对方的回执以后，列在这里。",
    )


def _moment(row: ReceiptEntry) -> str:
    return _moment_words(row.at) if row.at else "时间未记"


def _moment_words(at: int) -> str:
    return f"{beijing(at).year}年{time_words(at)}"


def _which(row: ReceiptEntry) -> str:
    return f"对方第{row.number}包" if row.given else f"本机第{row.number}包"


def _receipt_state(row: ReceiptEntry) -> str:
    if not row.stands:
        return "作废"
    return "本机收下" if row.given else "对方收下"


def conflicts() -> RecordTable:
    """Return the conflicts with both values side by side."""
    return RecordTable(
        [
            Column("单位", lambda row: row.office, 110, most=180, shed=2),
            Column("人员", lambda row: row.person, 84, shed=1),
            Column("记录", lambda row: row.title, 160, most=240),
            Column("项目", lambda row: row.label, 110, most=180),
            Column("现在的值", lambda row: _value_words(row.kept)),
            Column("录入人", lambda row: row.kept_by, 84, shed=2),
            Column("被覆盖的值", lambda row: _value_words(row.lost)),
            Column("录入人", lambda row: row.lost_by, 84, shed=2),
            Column("说明", lambda row: row.why, 150, most=260),
            Column("时间", _when, 130, shed=1),
        ],
        lambda row: f"{row.kind} {row.id} {row.field}",
        "两处都改过的内容",
        nothing="没有不一致的内容。",
    )


def _value_words(value: object) -> str:
    return str(value) if value not in (None, "") else "（空）"


def _when(row: Open) -> str:
    return _moment_words(row.lost_at)


def seats() -> RecordTable:
    """Return the computers that are authorised, with their numbers."""
    return RecordTable(
        [
            Column("单位", lambda row: row.whose, most=200),
            Column("经办人（电脑）", lambda row: row.name + ("（本机）" if row.own else ""), most=200),
            Column("状态", lambda row: "已停用" if row.closed else "在用", 84, tone=_seat_tone),
            Column("核对号码", lambda row: row.fingerprint, 330, shed=1),
        ],
        lambda row: row.station,
        "已登记的单位",
        nothing="还没有登记的单位。",
    )


def _seat_tone(row: Seat) -> str:
    return "bad" if row.closed else "ok"


def cards() -> RecordTable:
    """Return the cards on a stick."""
    return RecordTable(
        [
            Column("送卡单位", lambda row: row.name, most=260),
            Column("经办人（电脑）", lambda row: row.card.name if row.card else "", 130),
            Column("状态", _card_state, 104, tone=_card_tone, tip=lambda row: row.why or _card_state(row)),
        ],
        lambda row: str(row.path),
        "U盘上的登记卡",
        nothing="没有登记卡：插入带登记卡的U盘，或选择文件夹。",
    )


def _card_state(row: CardOnStick) -> str:
    return "不能用" if row.card is None else "已授权" if row.is_trusted else "待核对"


def _card_tone(row: CardOnStick) -> str:
    return {"不能用": "bad", "已授权": "quiet", "待核对": "warn"}[_card_state(row)]


_ALL = "全部单位"


class ReceiptView(QFrame):
    """The list, with the office it is of; `left` when its reader goes back."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._entries: tuple[ReceiptEntry, ...] = ()
        self.office = ChoiceBox()
        self.office.setAccessibleName("回执的单位")
        self.office.addItem(_ALL, "")
        self.office.setMinimumWidth(220)
        self.office.currentIndexChanged.connect(lambda _: self._show())
        self.table = receipts()
        note = label("每个包什么时候收下、回执码是什么，都留在这里；撤销了的收包，回执作废。", "quiet", wrap=True)
        self.back = button("返回收发", self.left.emit, role="flat")
        head = row(self.back, note, label("单位", "label"), self.office)
        head.setStretch(1, 1)
        layout = column(head, self.table, gap=8, margins=(16, 12, 16, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def replace_entries(self, entries: tuple[ReceiptEntry, ...]) -> None:
        """Show other receipts; the chosen office stays."""
        self._entries = entries
        offices = sorted({one.office for one in entries})
        if [self.office.itemData(at) for at in range(1, self.office.count())] != offices:
            chosen = self.office.currentData()
            self.office.blockSignals(True)
            self.office.clear()
            self.office.addItem(_ALL, "")
            for one in offices:
                self.office.addItem(called(one), one)
            self.office.setCurrentIndex(max(0, self.office.findData(chosen)))
            self.office.blockSignals(False)
        self._show()

    def choose(self, office: str) -> None:
        """Show the receipts of an office alone."""
        self.office.setCurrentIndex(max(0, self.office.findData(office)))
        self.table.setFocus()

    def _show(self) -> None:
        office = self.office.currentData()
        self.table.replace_rows([one for one in self._entries if office in ("", one.office)])
