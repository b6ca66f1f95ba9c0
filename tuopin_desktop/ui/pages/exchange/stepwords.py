"""What is said at each step of the enrolment: on either side, who does what next."""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain.exchange.trust import GROUPS
from tuopin_desktop.services.exchange.packageboard import time_words
from tuopin_desktop.services.office.stations import CardNote

_COUNTY_NAMES = ("带去登记卡", "电话核对号码", "收下授权")
_REGION_NAMES = ("收登记卡", "电话核对号码", "授权并写回U盘")
NAMES = {False: _COUNTY_NAMES, True: _REGION_NAMES}
_THREE = 3
_OFFICE, _COUNTY = "自治区办公室", "旗县"
OFFICE_NUMBER = "自治区管理办公室的号码"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How far an enrolment is: of this PC below the region, of the cards on the stick at the region.

    `cards` lie there to be compared, `pcs` are authorised, `welcome` tells that a package of the region is there.
    """

    region: bool
    founded: bool
    authorised: bool
    card: CardNote | None
    cards: int
    pcs: int
    welcome: bool
    unready: str = ""

    @property
    def count(self) -> int:
        """How many steps are done."""
        if self.region:
            return int(bool(self.cards))
        if self.authorised:
            return _THREE
        return 2 if self.founded else int(self.card is not None)

    @property
    def step(self) -> int:
        """The next step to be done, from 1; the last stays."""
        return min(_THREE, self.count + 1)


def head(standing: Standing) -> str:
    """Return the state of the page while this PC may not send yet."""
    if standing.region:
        return "本办还没有开始授权：请在“单位登记”把本机设为自治区办公室的第一台电脑，再给各旗县授权"
    return f"还没有自治区办公室的授权 · 3步办完，已办{standing.count}步；授权前照常工作，数据一条不少"


def under(standing: Standing) -> tuple[str, str, str]:
    """Return what stands under the name of each step."""
    if standing.region:
        cards = f"U盘上有{standing.cards}张待核对" if standing.cards else "等旗县送来"
        now = "现在办这一步，约3分钟" if standing.cards else "有登记卡才能办"
        return cards, now, f"已授权{standing.pcs}台电脑"
    first = f"{time_words(standing.card.at)} 已写到{standing.card.place}" if standing.card else "写到U盘，交送件人"
    second = "已登记自治区办公室的号码" if standing.founded else "现在办这一步，约3分钟" if standing.card else "约3分钟"
    third = "已收下" if standing.authorised else "U盘上有，可以收" if standing.welcome else "等自治区办公室把U盘带回"
    return first, second, third


def card(standing: Standing) -> str:
    """Return what the first step is about."""
    if standing.region:
        return "旗县把登记卡送来后插入U盘，登记卡自动列在这里；选一张，点“核对号码”。可以一个接一个办。"
    again = "登记卡丢了、U盘坏了，再写一次就是，不影响已录入的数据。" if standing.card else ""
    return f"登记卡写明本单位和这台电脑，里面没有数据。写好后连同U盘交送件人带到自治区办公室。{again}"


def call(standing: Standing) -> str:
    """Return how to call."""
    who = _COUNTY if standing.region else _OFFICE
    return f"拨打{who}的电话，一组一组念，对方说“对”再念下一组。"


def last(standing: Standing, refusal: str) -> str:
    """Return what the last step is about, and the way out where it failed."""
    if standing.region:
        return "授权和给该旗县的第一个数据包已经写回U盘，连同本办的登记卡。U盘交送件人带回。"
    if standing.authorised:
        return "已授权，可以收发数据包。"
    if refusal:
        return f"授权没有收下：{refusal}\n请打电话问清；登记错了号码的，点“重新核对号码”改过来，再收一次。"
    if standing.welcome:
        return "U盘上有自治区办公室带回的包。点“收下授权”，授权、名册和通知一起收下。"
    return "等自治区办公室把U盘带回，插上就能收。U盘丢了或一直没有带回的，从第1步重新带登记卡去。"


def foot(standing: Standing) -> str:
    """Return the calm sentence at the foot."""
    if standing.region:
        return "" if standing.founded else "先在第一台电脑上办一次，然后才能给各旗县授权。"
    if standing.authorised:
        return ""
    if "授权以前" in standing.unready or "停用" in standing.unready:
        return f"{standing.unready}。"
    return "核对完之前照常工作，数据一条不少，授权后一起报送。"


def button(standing: Standing, step: int) -> str:
    """Return what the button does at a step."""
    if standing.region:
        return ("核对号码", "号码一致，授权", "下一张登记卡")[step - 1]
    first = "再写一次登记卡" if standing.card else "写登记卡到U盘"
    return (first, "号码一致，登记", "重新带登记卡")[step - 1]


def wanting(standing: Standing, step: int) -> str:
    """Return why the button of a step cannot be pressed yet, and what comes first."""
    if step == 1:
        return "先插入带登记卡的U盘" if standing.region else "先插入U盘，或选择文件夹"
    return "先填对8组号码" if step == 2 else "已经办好"


def actors(standing: Standing) -> tuple[tuple[str, str], ...]:
    """Return who does what next, three lines; the first is the one who is to act now."""
    if standing.region:
        if not standing.founded:
            return (
                ("您，现在", "把本机设为自治区办公室的第一台电脑。"),
                (_COUNTY, "送来登记卡。"),
                ("您，然后", "核对、授权。"),
            )
        if standing.cards:
            now = "填完8组，点“号码一致，授权”；下一张自动接上。"
            return ("您，现在", now), ("送件人", "把U盘带回旗县。"), (_COUNTY, "插上U盘，点“收下授权”。")
        return (
            (_COUNTY, "写登记卡到U盘，送到本办。"),
            ("您，U盘到后", "电话核对号码、授权。"),
            (_COUNTY, "收下授权，开始报送。"),
        )
    if standing.authorised:
        return ("您，平时", "到“收发”制作上报包、收下下发的包。"), (_OFFICE, "收下本单位的包，念回执。"), ("", "")
    back = ("您，U盘回来后", "插上U盘，第3步自动变为可办，点“收下授权”。")
    if standing.founded:
        if standing.welcome:
            return (
                ("您，现在", "点“收下授权”。"),
                ("您，然后", "到“收发”制作第一个上报包。"),
                (_OFFICE, "收下、念回执。"),
            )
        return (_OFFICE, "核对本单位的号码，授权，把授权写回同一个U盘。"), back, ("您，然后", "制作第一个上报包。")
    if standing.card:
        return (
            ("您，现在", "填完8组，点“号码一致，登记”。U盘交送件人。"),
            (_OFFICE, "核对本单位号码，授权，写回同一个U盘。"),
            back,
        )
    return (
        ("您，现在", "插入U盘，点“写登记卡到U盘”。"),
        ("您和" + _OFFICE, "打电话互相核对号码。"),
        (_OFFICE, "授权，把U盘带回。"),
    )


def whose(office: str, name: str, place: int, count: int) -> str:
    """Return whose number is typed at the region, and which of the cards on the stick it is; "" for no card."""
    if not office:
        return "请先插入带登记卡的U盘"
    more = f"（第{place}张，共{count}张）" if place and count > 1 else ""
    return f"{office}　{name}的电脑{more}"


def judgement(wrong: Sequence[int], *, whole: bool, card: bool, region: bool) -> str:
    """Return what the groups that were typed came to; `wrong` are their places."""
    if wrong:
        places = "、".join(f"第{at}组" for at in wrong)
        return f"{places}和U盘上的登记卡不同，请对方把{places}再念一遍。填过的不会清掉。"
    if card:
        return "8组都相符。" if whole else "每填完一组，马上和U盘上的登记卡核对。"
    if region:
        return "等旗县把登记卡送来：插入U盘，登记卡自动列出。"
    return "U盘上还没有自治区办公室的登记卡：先照电话填好8组，U盘带回时自动核对。"


def half_way(right: int) -> str:
    """Return how many groups agree while they are typed."""
    return f"号码核对中 {right}/{GROUPS}" if 0 < right < GROUPS else ""
