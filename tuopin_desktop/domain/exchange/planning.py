"""What to send and what to take: pure decisions about feeds, ranges and receipts."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.exchange.parcel import Head, Header
from tuopin_desktop.domain.exchange.trust import Feed
from tuopin_desktop.domain.problems import Problem, refuse


class Peer(msgspec.Struct, frozen=True):
    """The newest receipt of a station: `era` and `number` say which package it came in."""

    station: str
    office: str
    era: int
    number: int
    made: int
    have: dict[str, int]

    def newer(self, header: Header) -> bool:
        """Tell whether a header's receipt replaces this one; a new era replaces everything before it, for ever."""
        return (header.era, header.number) > (self.era, self.number)


class Send(msgspec.Struct, frozen=True):
    """One feed of a package: the lines after `after`."""

    feed: Feed
    after: int


def visible(office: str, feeds: Iterable[Feed]) -> list[Feed]:
    """Return the feeds an office is given, the region's broadcasts first: they carry the certificates of the rest."""
    visible = [feed for feed in feeds if feed.station != "shipped" and ids.sees(office, feed.scope)]
    return sorted(visible, key=lambda feed: (feed.scope != ids.REGION, feed.scope, feed.feed))


def to_send(office: str, feeds: Iterable[Feed], receipts: Sequence[Mapping[str, int]]) -> list[Send]:
    """Return everything the office may see and not all its stations have confirmed; without a receipt, everything."""
    plan = []
    for feed in visible(office, feeds):
        after = min((have.get(feed.feed, 0) for have in receipts), default=0)
        if after < feed.seq:
            plan.append(Send(feed, after))
    return plan


def addressed(header: Header, office: str, *, practice: bool) -> Problem | None:
    """Return None when a package may be opened here, else why not."""
    if header.practice != practice:
        ours, theirs = ("练习", "正式") if practice else ("正式", "练习")
        text = f"这是{theirs}数据的包，本单位是{ours}数据：两者永不合并，没有收下"
        return Problem(code="practice", sentence=text)
    if header.to != office:
        whose = ids.mark(header.to), ids.mark(office)
        return Problem(code="address", sentence="这个数据包是给{}的，本单位是{}，没有收下".format(*whose))
    return None


def admit(head: Head, office: str, author: str, count: int) -> None:
    """Raise Refused unless a feed may come in here: visible to us, written by an office above it, without a gap.

    `author` is the office of the station that signed, `count` how many of its lines this office already has.
    """
    if not ids.sees(office, head.scope):
        whose = ids.mark(head.scope)
        raise refuse("overstep", f"数据包中有不该给本单位的数据（{whose}），没有收下。请告知送包单位")
    if not head.scope.startswith(author):
        whose = f"{ids.mark(author)}替{ids.mark(head.scope)}"
        raise refuse("authority", f"数据包中有{whose}写的数据，无此权限，整包没有收下")
    if head.after > count:
        raise refuse(
            "gap",
            f"数据包缺第{count + 1}至{head.after}条（来源{head.feed}），没有收下。"
            "请先收下前面的数据包；找不到时，请对方给本单位“从头重发”一个数据包（package make --all），再收下",
        )


def forked(feed: str, at: int) -> Exception:
    """Return the refusal of two histories under one name."""
    return refuse(
        "fork",
        f"数据包与本机在来源{feed}第{at}条处不一致：同一台电脑的数据出现了两个版本（可能复制过整个数据文件夹），没有收下。"
        "请联系自治区工作队管理办公室；收到它重新制作的数据包后，可以选择以它为准收下",
    )
