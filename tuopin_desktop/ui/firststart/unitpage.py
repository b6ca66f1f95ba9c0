"""The first page: level, county, real or practice; and the two ways that need no answers."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Signal

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.services.exchange.addressee import Addressee
from tuopin_desktop.services.office.foundingdraft import Draft
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.firststart.placeline import PlaceLine
from tuopin_desktop.ui.firststart.step import Circle, StepPage
from tuopin_desktop.ui.widgets.choicecards import Choice, ChoiceCards
from tuopin_desktop.ui.widgets.parts import button, card, column, label, mark, row

LEVELS = {
    "county": Choice("旗县工作总队", "登记、填单、报送"),
    "league": Choice("盟市", "看所属旗县，汇总"),
    "region": Choice("自治区管理办公室", "批准、汇总、下发"),
}
USES = {
    "real": Choice("正式办公", "登记真实的人和事"),
    "practice": Choice("练习", "虚构的5个人，打印件不作凭证，随时删"),
}
_EMPTY = Choice("练习", "空的练习单位，每页有“练习”字样，打印件不作凭证，随时删")
"""Above the counties nobody is invented."""
_HINTS = {"county": "如 wnt、翁牛特、150426", "league": "如 cfs、赤峰"}


class UnitPage(StepPage):
    """`restore_wanted` and `package_wanted` ask for the ways without answers."""

    title, below = "单位", "级别、派驻旗县、正式或练习"
    restore_wanted = Signal()
    package_wanted = Signal()

    def __init__(self, circle: Circle) -> None:
        super().__init__(circle)
        self.level = ChoiceCards(LEVELS, "级别")
        self.level.choose("county")
        self.level.picked.connect(self._offer)
        self.place = PlaceLine("派驻旗县")
        self.use = ChoiceCards(USES, "用来", upright=True, gap=8)
        self.use.choose("real")
        self._asked = label("", "label")
        self._below = label("", "problem")
        self._below.setMinimumHeight(theme.scaled(self, 16))
        self.restore = button("从备份恢复…", self.restore_wanted.emit)
        tip = "换了新电脑、没有备份：自治区发来的数据包里有本单位报送过的全部登记"
        self.package = button("从自治区的数据包…", self.package_wanted.emit, tip=tip)
        self._build()
        self._offer("county")
        self.place.picked.connect(lambda _: self._below.clear())

    def _build(self) -> None:
        left = column(self._asked, self.place, self._below, None, gap=6)
        right = column(label("用来", "label"), self.use, None, gap=6)
        halves = row(left, right, gap=28)
        halves.setStretch(0, 46)
        halves.setStretch(1, 54)
        sign = label()
        sign.setPixmap(icons.picture("save", 20, theme.TOKENS["text2"], ratio=self.devicePixelRatioF()))
        text = column(
            label("换了电脑，或重装过系统？", "strong"),
            label("从备份恢复，单位、人员、全部记录原样回来。", "quiet"),
            gap=2,
        )
        ways = row(sign, text, None, self.package, self.restore, gap=14, margins=(18, 12, 16, 12))
        self.setLayout(
            column(
                *self.heading("这是哪个单位", "选定后不能改，写错只能重新建立。"),
                4,
                self.level,
                8,
                halves,
                10,
                card(ways),
                None,
                gap=6,
            )
        )

    def _offer(self, level: str) -> None:
        """Ask for what the level needs; another level forgets the place."""
        self._below.clear()
        is_region = level == Level.REGION.value
        self._asked.setText(
            {"county": "派驻旗县　可以打拼音、首字母", "league": "盟市　可以打拼音、首字母"}.get(
                level, "自治区只有一个办公室，不用选"
            )
        )
        self.place.setEnabled(not is_region)
        self.use.offer({"real": USES["real"], "practice": USES["practice"] if level == "county" else _EMPTY})
        self.place.setAccessibleName("盟市" if level == "league" else "派驻旗县")
        first = self.circle.first
        places = {"county": first.counties, "league": first.leagues}.get(level, ())
        note = (
            f"{len(places)}个贫困旗县里找；也认简称：科左中、莫旗" if level == "county" else f"{len(places)}个盟市里找"
        )
        self.place.offer(places, _HINTS.get(level, ""), note)

    def take(self, draft: Draft) -> None:
        self.level.choose(draft.level)
        self._offer(draft.level)
        self.place.choose(draft.county)
        self.use.choose("practice" if draft.practice else "real")

    def give(self, draft: Draft) -> Draft:
        return msgspec.structs.replace(
            draft, level=self.level.code(), county=self.place.code(), practice=self.use.code() == "practice"
        )

    def take_addressee(self, to: Addressee) -> None:
        """Answer from a package of the region: it is of a real office."""
        self.level.choose(to.level)
        self._offer(to.level)
        self.place.choose(to.county)
        self.use.choose("real")

    def check(self, go: Callable[[], object]) -> None:
        level = self.level.code()
        if level == Level.REGION.value or self.place.code():
            go()
            return
        mark(self.place, "wrong", "true")
        what = "盟市" if level == "league" else "派驻旗县"
        self._below.setText(
            f"请选{what}：打几个字母，再按回车。" if not self.place.text() else f"没有这个{what}，请从找到的里面选。"
        )
        self.place.setFocus()

    def take_keyboard(self) -> None:
        (self.place if self.place.isEnabled() else self.level.cards["region"]).setFocus()
