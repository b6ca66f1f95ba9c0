"""The telephone return report of a leader (Att. 1, note 2): two notes of one call, and what is missing or disagrees."""

import enum
from collections.abc import Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain.halves import day_words, parse_half
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.records import Call, LeaveSlip
from tuopin_desktop.domain.records.choices import SIDE


class Lack(enum.Enum):
    """What a pair of notes may lack; `OUT` is a note of the Office's that no package can have brought here yet."""

    MISSING = "缺记录"
    WORD = "核对词不一致"
    DAY = "通话日期不一致"
    EARLY = "通话早于归队"
    OUT = "待核对"


class Gap(msgspec.Struct, frozen=True):
    """One thing that is wrong with the notes of a call, in a few words for a list and in full."""

    lack: Lack
    brief: str
    text: str

    @property
    def presses(self) -> bool:
        """Tell whether somebody here should see to it; what only has to arrive does not press."""
        return self.lack is not Lack.OUT


WORDLESS = "没有核对词"


def word_of(note: Call) -> str:
    """Return what is said of the spoken word of a call, which nobody is made to speak."""
    return f"核对词{note.word}" if note.word.strip() else WORDLESS


_SHORT = {"county": "旗县", "liaison": "联络组"}


def gaps(slip: LeaveSlip, called: Mapping[str, Call], heard: date | None) -> tuple[Gap, ...]:
    """Return what the two notes of a return lack; nothing before there is a return, or where the form asks for no call.

    `called` are the notes by side. `heard` is the day up to which the Office's own notes are known here: None where
    none has come yet. The liaison desk's note of a later return is not missed before packages meet.
    """
    back = parse_half(slip.returned)
    if not form_of(slip).calls or back is None:
        return ()
    missing = [side for side in SIDE.labels if side not in called]
    out = [side for side in missing if side == "liaison" and (heard is None or heard < back[0])]
    missing = [side for side in missing if side not in out]
    result = []
    if missing:
        full = "、".join(f"缺{SIDE.word(side)}电话销假记录" for side in missing)
        result.append(Gap(Lack.MISSING, f"缺{'、'.join(_SHORT[side] for side in missing)}电话记录", full))
    if out:
        full = f"{SIDE.word('liaison')}的电话销假记录还没有随数据包到达，到达后核对"
        result.append(Gap(Lack.OUT, "联络组电话记录待核对", full))
    return (*result, *_disagreeing(called, back[0]))


def _disagreeing(called: Mapping[str, Call], back: date) -> list[Gap]:
    notes = [called[side] for side in SIDE.labels if side in called]
    result = []
    spoken = [note for note in notes if note.word.strip()]
    if len({note.word.strip().upper() for note in spoken}) > 1:
        text = "、".join(f"{SIDE.word(note.side)}“{note.word}”" for note in spoken)
        result.append(Gap(Lack.WORD, "核对词不一致", f"双方电话销假的核对词不一致：{text}"))
    days = {note.day: note.side for note in notes if note.day}
    if len(days) > 1:
        text = "、".join(f"{SIDE.word(note.side)}{day_words(note.day)}" for note in notes if note.day)
        result.append(Gap(Lack.DAY, "通话日期不一致", f"双方记录的通话日期不一致：{text}"))
    early = [note for note in notes if note.day and note.day < back]
    if early and early[0].day:
        text = f"{SIDE.word(early[0].side)}记录的通话（{day_words(early[0].day)}）早于归队（{day_words(back)}）"
        result.append(Gap(Lack.EARLY, "通话早于归队", f"{text}，归队后才能电话销假"))
    return result
