"""The lists of slips that a clerk keeps an eye on."""

import enum


class Watch(enum.Enum):
    """The lists a clerk lives by, most pressing first; a slip may be on several."""

    OVERDUE = "超假未归"
    DUE = "到期待销假"
    AWAY = "外出中"
    UNPRINTED = "未打印"
    UNSIGNED = "待签回"
    UNFILED = "缺备案"
    UNCALLED = "电话不符"

    @property
    def out(self) -> bool:
        """Tell whether the traveller of a slip on this list is not back yet."""
        return self in (Watch.OVERDUE, Watch.DUE, Watch.AWAY)
