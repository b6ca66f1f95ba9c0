"""What a register of leave of past years says beside the slip's own fields: columns read on intake, never asked for."""

from tuopin_desktop.domain.record import Field, Form

KIND = "leave_slip"
ANY = "any"
"""The part of a column that does not say whose signature, or with whom it was filed."""

SIGNED: dict[str, tuple[str, ...]] = {
    "secretary": ("书记", "旗县委书记", "旗委书记", "县委书记", "旗县书记"),
    "leader": ("队长", "总队长", "工作总队队长", "总队队长"),
    "office": ("自治区办公室", "管理办公室", "办公室"),
    ANY: ("审批", "批准", "签批", "领导", "领导审批", "领导签批", "审批领导", "批准领导", "签批领导"),
}
"""By role how a heading names who signs."""
_DOES = ("签字", "意见", "签批", "审批", "批示", "批复", "签名", "情况", "人", "审批意见", "审批人", "签字情况")
_WHEN = ("日期", "时间", "签字日期", "签字时间", "签批日期", "签批时间", "审批日期", "审批时间", "批准日期", "批准时间")
FILED: dict[str, tuple[str, ...]] = {
    "unit": ("派出单位备案", "单位备案", "派出单位干部人事部门备案", "报派出单位备案", "选派单位备案"),
    "liaison": ("联络考评组备案", "联络组备案", "自治区办备案", "办公室备案", "报联络考评组备案"),
    ANY: ("备案", "报备", "备案情况"),
}
_LABELS = {"secretary": "书记", "leader": "队长", "office": "办公室", ANY: "审批"}
_FILED_LABELS = {"unit": "派出单位备案", "liaison": "联络考评组备案", ANY: "备案"}
_BACK = (
    "实际返回时间",
    "实际返回日期",
    "实际返岗",
    "实际返岗时间",
    "实际返岗日期",
    "实际归队时间",
    "归队时间",
    "归队日期",
)
BACK_WORDS = ("返回", "返岗", "回岗", "归队")
"""What a heading begins with that may be the end of the leave, or the day somebody was back."""

NAMES = frozenset(("returned", "reported", "back"))
"""The columns of the return; the others begin with `sign_`, `day_` and `filed_`."""


def fields() -> tuple[Field, ...]:
    """Return the further columns of such a register as fields; of which records they become, the intake knows."""
    back = (
        Field(name="returned", label="实际返回", limit=60, synonyms=_BACK, width=110),
        Field(name="reported", label="销假日期", limit=60, synonyms=("销假时间",), width=100),
        _long("back", "返回/销假", ("返回销假", "返回及销假情况")),
    )
    return (*back, *(item for role in SIGNED for item in _signature(role)), *map(_filing, FILED))


def _long(name: str, label: str, synonyms: tuple[str, ...]) -> Field:
    return Field(name=name, label=label, form=Form.LONG, limit=200, synonyms=synonyms, width=110)


def _signature(role: str) -> tuple[Field, Field]:
    """Return the column of who signed and how, and that of when."""
    label, names = f"{_LABELS[role]}签字", SIGNED[role]
    further = ("审批人", "批准人", "签批人", "签字人", "审批意见", "签批情况") if role == ANY else ()
    when = ("签字日期", "签字时间") if role == ANY else ()
    texts = dict.fromkeys((*further, *(f"{name}{does}" for name in names for does in _DOES)))
    days = dict.fromkeys((*when, *(f"{name}{word}" for name in names for word in _WHEN)))
    return (
        _long(f"sign_{role}", label, tuple(texts)),
        Field(name=f"day_{role}", label=f"{label}日期", limit=60, synonyms=tuple(days), width=110),
    )


def _filing(body: str) -> Field:
    synonyms = tuple(f"{name}{when}" for name in FILED[body] for when in ("", "日期", "时间"))
    return _long(f"filed_{body}", _FILED_LABELS[body], synonyms)
