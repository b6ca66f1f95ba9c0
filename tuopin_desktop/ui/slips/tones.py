"""The colour of a slip's state; the word is always shown as well."""

_TONES = {
    "超假未归": "bad",
    "未批准": "bad",
    "未保存": "bad",
    "今日到期": "warn",
    "待销假": "warn",
    "待签字": "warn",
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
