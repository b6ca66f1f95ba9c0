"""Handing the work over: what is open on one paper that both sign; the receiver confirms with the own password."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents import report
from tuopin_desktop.documents.report import Note, Paragraph
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.duties.duty import count_duties
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.watch import watches
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.shelf.tally import total
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.exchange import packageboard
from tuopin_desktop.services.office import backups, secondplace, unsaved, users, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves import merge

TITLE = "经办工作交接单"
MOST = 12
"""Lines of one part that are named; of more only how many, for the paper is to be read and signed."""
_PLACES = "一二三四五六七八九"


class Part(msgspec.Struct, frozen=True):
    """One part of the paper: what, how many in words, and each."""

    what: str
    count: str
    lines: tuple[str, ...] = ()


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """What is handed over, by whom to whom, on which day."""

    giver: str
    receiver: str
    day: date
    parts: tuple[Part, ...]


def handover(desk: Desk, receiver: str) -> Handover:
    """Return what whoever works here hands over to a user, by id or name; raises Refused."""
    desk.require(Act.HAND_OVER)
    user = users.called(desk, receiver)
    if user.id == desk.who.user:
        raise refuse("receiver", "移交人和接收人不能是同一个人，请另选接收人", "receiver")
    parts = (_slips(desk), *_months(desk), _duties(desk), *_packages(desk), _drafts(desk), *_copies(desk), _users(desk))
    return Handover(giver=desk.user, receiver=user.name, day=desk.today(), parts=parts)


def _slips(desk: Desk) -> Part:
    rows = [(story, lists) for story in merge.stories(desk) if (lists := watches(story))]
    lines = tuple(
        f"{story.slip.name} {story.slip.number or '未编号'}：{'、'.join(one.value for one in lists)}"
        for story, lists in rows
    )
    return Part("没有办完的报备单", f"{len(rows)}张", lines)


def _months(desk: Desk) -> list[Part]:
    if desk.level is not Level.COUNTY:
        return []
    return [Part("没有结账的月份", f"{total(merge.tallies(desk).values(), 'unclosed')}个")]


def _duties(desk: Desk) -> Part:
    due = radar.pressing_today(desk)
    counts = Counter(f"{duty.what}（{duty.period}）：{radar.state_words(duty)}" for duty in due)
    lines = tuple(f"{text}，{count}项" if count > 1 else text for text, count in counts.items())
    return Part("到期和逾期的履职事项", f"{count_duties(due)}项", lines)


def _packages(desk: Desk) -> list[Part]:
    rows = packageboard.board(desk).rows
    unsent = tuple(f"{row.name}：{row.unsent}条" for row in rows if row.unsent)
    waiting = tuple(f"{row.name}：{row.open}个" for row in rows if row.open)
    refused = tuple(f"{row.name}：{row.gap}" for row in rows if row.gap)
    return [
        Part("没有报送的改动", f"{sum(row.unsent for row in rows)}条", unsent),
        Part("没有回执的数据包", f"{sum(row.open for row in rows)}个", waiting),
        Part("没有收下的数据包", f"{len(refused)}个", refused),
    ]


def _drafts(desk: Desk) -> Part:
    waiting = unsaved.waiting(desk)
    others = [
        f"{name}（已停用）：{count}份" if name else f"不知是谁写的：{count}份"
        for name, count in unsaved.left_behind(desk).items()
    ]
    lines = (*(one.label for one in waiting), *others)
    return Part("没有写完的草稿", f"{len(waiting)}份", lines)


def _copies(desk: Desk) -> list[Part]:
    copies = backups.listed(desk)
    newest = f"{copies[0].made:%Y-%m-%d %H:%M}，已检查" if copies else "还没有备份"
    place = secondplace.second_place(desk)
    has_code = any(way.kind == "recovery" for way in vaults.ways(desk.folder))
    envelope = "□已交　□未交" if has_code else "还没有打印恢复码，请先在“设置”中打印"
    second = f"，另存在{place}" if place else "，没有另存位置"
    return [Part("备份", newest + second), Part("U盘", "　　个　□已交　□未交"), Part("恢复码信封", envelope)]


def _users(desk: Desk) -> Part:
    rows = [row for row in users.listed(desk) if row.state != "停用"]
    return Part("使用人", f"{len(rows)}人", tuple(f"{row.name}：{row.role_text}（{row.state}）" for row in rows))


# -- the paper


def note(handover: Handover) -> Note:
    """Return the paper that both sign."""
    paragraphs = [
        Paragraph(f"移交人：{handover.giver}　　接收人：{handover.receiver}　　{day_words(handover.day)}", "plain")
    ]
    for place, part in enumerate(handover.parts):
        number = _PLACES[place] if place < len(_PLACES) else f"十{_PLACES[place - 10] if place > 9 else ''}"
        paragraphs.append(Paragraph(f"{number}、{part.what}：{part.count}", "heading"))
        paragraphs += [Paragraph(line) for line in part.lines[:MOST]]
        if len(part.lines) > MOST:
            paragraphs.append(Paragraph(f"……另有{len(part.lines) - MOST}项"))
    paragraphs.append(Paragraph("以上已当面核对，从即日起由接收人经办。", "plain"))
    return Note(
        title=TITLE,
        paragraphs=tuple(paragraphs),
        signed=("移交人签字：", "接收人签字：", "　　　　年　　月　　日"),
        one_page=True,
    )


def sheets(desk: Desk, receiver: str) -> tuple[Sheet, ...]:
    """Return the pages, for the window; raises Refused."""
    return report.sheets(note(handover(desk, receiver)), desk.fonts())


def pdf(desk: Desk, receiver: str) -> bytes:
    """Return the paper ready for printing; raises Refused."""
    return pdfs.render(sheets(desk, receiver), desk.fonts(), title=TITLE, mark=desk.mark)


def confirm(desk: Desk, receiver: str, password: str) -> str:
    """Let the receiver take the work over with the own password; return the name. Raises Refused.

    Whoever awaited it may sign in and work from now on; the log says who handed over and who took over.
    """
    desk.require(Act.HAND_OVER)
    user = users.called(desk, receiver)
    second = users.beside(desk, user.id, password)
    if not user.awaits:
        raise refuse("receiver", f"{user.name}已经在用，不用再确认；交接单可以照样打印", "receiver")
    with desk.countersigned(second):
        desk.commit([Change("user", user.id, {"awaits": None})])
    return user.name


def waiting(rows: Sequence[users.UserRow]) -> list[users.UserRow]:
    """Return who may receive: those who await it first."""
    return sorted((row for row in rows if row.state != "停用"), key=lambda row: row.state != "待交接")
