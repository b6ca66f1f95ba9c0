"""Each team's five slots in one row: who sits there, or for how many days nobody has."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from tuopin_desktop.services.people.roster import SlotRow, TeamRow
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.front import Front
from tuopin_desktop.ui.widgets.parts import column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_SLOTS = 5
_HEADINGS = ("队长", "副队长", "队员（区直）", "队员（盟市）", "队员（旗县）")
_SHOW = {"vacant": "有空缺的", "other": "与第二条不同的", "full": "满员的"}


class TeamMatrix(Front):
    """`followed` carries the person id of the slot that was opened, or nothing for a vacant one."""

    followed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._teams: tuple[TeamRow, ...] = ()
        self.show_only = FilterBox("全部总队", _SHOW, "按满员情况筛选")
        self.show_only.chosen.connect(lambda: self._narrow())
        columns = [
            Column("旗县", lambda team: team.county.name, 150),
            Column("盟市", lambda team: team.county.league, 100, shed=1),
            *(_column(at, title) for at, title in enumerate(_HEADINGS)),
            Column("编成", _verdict, 128, tone=_tone, tip=_sentence, sort=_vacancies),
        ]
        self.table = RecordTable(columns, lambda team: team.team.id, "总队编成")
        self.table.doubleClicked.connect(lambda index: self._open(index.column()))
        self.table.opened.connect(lambda _: self._open(self.table.currentIndex().column()))
        self.table.current_changed.connect(self._explain)
        self._count = label("", "quiet")
        self._sentence_label = label("", "quiet", wrap=True)
        tools = row(self.show_only, None, self._count, margins=(12, 10, 16, 4))
        foot = row(self._sentence_label, margins=(16, 4, 16, 8))
        layout = column(tools, self.table, foot, gap=2, margins=(5, 0, 5, 0))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.begin_at(self.table)
        self._explain(None)

    def replace(self, teams: Sequence[TeamRow]) -> None:
        """Show other teams."""
        self._teams = tuple(teams)
        self._narrow()

    def go_to(self, team_id: str) -> None:
        """Stand on a team."""
        self.table.select(team_id)
        self.table.setFocus()

    def _narrow(self) -> None:
        fits = {
            "vacant": lambda team: _vacancies(team) > 0,
            "other": _differs,
            "full": lambda team: not _vacancies(team),
        }
        function = fits.get(self.show_only.code())
        team_rows = [team for team in self._teams if function is None or function(team)]
        self.table.replace_rows(team_rows)
        vacant = sum(_vacancies(team) for team in self._teams)
        self._count.setText(f"显示 {len(team_rows)} 个总队 · 共空缺 {vacant} 个岗位")

    def _explain(self, team: TeamRow | None) -> None:
        self._sentence_label.setText(_sentence(team) if team else "选中一行看说明；双击某人打开其登记表。")

    def _open(self, at: int) -> None:
        team = self.table.current()
        slot = _slot(team, at - 2) if team is not None else None
        if slot is not None and slot.person is not None:
            self.followed.emit(slot.person.id)


def _column(at: int, title: str) -> Column:
    return Column(title, _slot_words(at), tone=_slot_tone(at), tip=_tip(at))


def _slot(team: TeamRow, at: int) -> SlotRow | None:
    return team.slots[at] if 0 <= at < min(_SLOTS, len(team.slots)) else None


def _slot_words(at: int) -> Callable[[TeamRow], str]:
    def words(team: TeamRow) -> str:
        slot = _slot(team, at)
        if slot is None:
            return ""
        if slot.person:
            return slot.person.name
        return f"空缺 {slot.vacant_days} 天" if slot.vacant_days else "空缺"

    return words


def _slot_tone(at: int) -> Callable[[TeamRow], str]:
    def tone(team: TeamRow) -> str:
        slot = _slot(team, at)
        if slot is None or (slot.person is not None and slot.matches):
            return ""
        return "warn" if slot.person is not None else "bad"

    return tone


def _tip(at: int) -> Callable[[TeamRow], str]:
    def tip(team: TeamRow) -> str:
        slot = _slot(team, at)
        return f"{slot.title}：{slot.sentence or _slot_words(at)(team)}" if slot else ""

    return tip


def _vacancies(team: TeamRow) -> int:
    return sum(slot.person is None for slot in team.slots)


def _differs(team: TeamRow) -> bool:
    return bool(team.extra) or any(slot.person is not None and not slot.matches for slot in team.slots)


def _verdict(team: TeamRow) -> str:
    if vacant := _vacancies(team):
        return f"缺 {vacant} 人"
    if team.extra:
        return f"多 {len(team.extra)} 人"
    return "与第二条不同" if _differs(team) else "满员"


def _tone(team: TeamRow) -> str:
    if _vacancies(team):
        return "bad"
    return "warn" if _differs(team) else "ok"


def _sentence(team: TeamRow) -> str:
    lines = [f"{slot.title}{_named(slot)}：{slot.sentence}" for slot in (*team.slots, *team.extra) if slot.sentence]
    return f"{team.team.name}。" + ("；".join(lines) + "。" if lines else "五个岗位都有人，来源和职级与第二条一致。")


def _named(slot: SlotRow) -> str:
    return slot.person.name if slot.person else ""
