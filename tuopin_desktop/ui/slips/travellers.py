"""What is said of slips and of who travels by them: the colour of a state, who they are."""

from collections.abc import Sequence

from tuopin_desktop.domain.records import LeaveSlip

_TONES = {
    "超假未归": "bad",
    "未批准": "bad",
    "未保存": "bad",
    "今日到期": "warn",
    "待销假": "warn",
    "待签字": "warn",
    "未打印": "warn",
    "已改，须重印": "warn",
    "改后待重签": "warn",
    "签字中": "warn",
    "超假返回": "warn",
    "待签回": "warn",
    "缺备案": "warn",
    "电话不符": "warn",
    "到期待销假": "warn",
    "按期返回": "ok",
    "提前返回": "ok",
    "已批准": "ok",
}


def tone_of(state: str) -> str:
    """Return the tone of a state's word: bad, warn, ok or quiet."""
    return _TONES.get(state, "quiet")


EXTEND = "extend:"
"""What other pages ask the page of leave for before the id of a slip to be extended."""
NAMED = 6
"""So many are named of several."""


def named(slips: Sequence[LeaveSlip]) -> str:
    """Return the names on several slips, the first few of many."""
    return "、".join(slip.name for slip in slips[:NAMED]) + ("等" if len(slips) > NAMED else "")
