"""The legend of an attendance sheet: what its own marks mean, held against ours before a mark is taken for a day."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tuopin_desktop.domain.attendance import codes as marks
from tuopin_desktop.domain.intake.questions import Answer, Question

PRESENT = "present"
"""A meaning that says somebody was on duty and not where: any of our marks of work agrees with it."""

_MARK = (
    "[√✓✔☑○〇◯●△▲▽▼×╳✕✗✘☆★◇◆□■◎⊙¤※＊*＃#＋+@&]|(?<![A-Za-z0-9])[A-ZＸ](?![A-Za-z0-9])|(?<![\u4e00-\u9fff])[ox](?![a-z])"
)
_JOINT = "[ \u3000]*[“”\"'‘’（(]?[ ]*(?:[:：=＝—－–\\-]+|代表|表示|为|是|即)?[ ]*[“”\"'‘’）)]?[ ]*"
_WORD = "[\u4e00-\u9fff]{1,10}"
_FORWARD = re.compile(f"(?P<mark>{_MARK})[”\"'’）)]?{_JOINT}(?P<word>{_WORD})")
_BACKWARD = re.compile(f"(?P<word>{_WORD}){_JOINT}(?P<mark>{_MARK})")
_LEAD = re.compile(
    "^[ \u3000]*(?:考勤)?(?:填表|符号|图例|标记|记号)?(?:说明|图例|备注|注|符号|标记|记号|图示)[:：]?[ \u3000]*"
)
_IS_LEGEND = re.compile("图例|符号|说明|标记|记号|^[ \u3000]*注|备注")
_WORK = ("vw", "hw", "tw", "pw", "cw")
_MEANINGS = {
    word: code
    for code, line in {
        PRESENT: "出勤 正常出勤 全勤 在岗 到岗 上班 正常 正常上班 出满勤 全天出勤 签到",
        "ol": "婚假 丧假 产假 探亲假 陪产假 护理假 年假 年休假 公休假 工伤假 工伤 哺乳假 因病请假 因事请假",
        "cr": "公休 周末 节假日 法定节假日 轮休 调休 补休 休班 双休 双休日 法定假日 周末休息 放假",
        "ot": "因公出差 因公外出 公出 外出公干 公务外出 外出办公 出差公干",
        "ou": "缺勤 旷岗 无故缺勤 无故离岗 擅自离岗 缺岗",
        "on": "参加培训 外出培训 学习培训 集中培训",
    }.items()
    for word in line.split()
}
_BEFORE_MARK = "打画划用填"
_SIGN_OF = {mark.code: mark.sign for mark in marks.MARKS}
_SPLIT = re.compile(r"([/、,，;；\s]+)")


class Legend(msgspec.Struct, frozen=True):
    """The marks of a sheet and the words they have there."""

    meanings: Mapping[str, str]

    def meaning(self, mark: str) -> str:
        """Return the code a mark has by its word, `PRESENT`, or "" when the word is none of ours."""
        word = self.meanings.get(mark, "")
        return _MEANINGS.get(word) or marks.parse_half(word) or ""

    def disagreeing(self, used: Iterable[str]) -> list[str]:
        """Return those of the used marks that our legend does not know or gives another meaning."""
        return [mark for mark in used if mark in self.meanings and not self._agrees(mark)]

    def _agrees(self, mark: str) -> bool:
        ours, theirs = marks.parse_half(mark), self.meaning(mark)
        return ours is not None and (ours in _WORK if theirs == PRESENT else ours == theirs)

    def translated(self, cell: str) -> str:
        """Return a cell with the sheet's marks as ours; a mark whose word is none of ours stays and is asked about."""
        return "".join(self._ours(part) for part in _SPLIT.split(cell))

    def _ours(self, part: str) -> str:
        mark = _folded(part)
        if mark not in self.meanings or self._agrees(mark):
            return part
        meaning = self.meaning(mark)
        return "√" if meaning == PRESENT else _SIGN_OF.get(meaning, f"{part}（{self.meanings[mark]}）")


def legend_of(rows: Iterable[Sequence[object]]) -> Legend:
    """Return the legend that stands in any cell, or over the cells of a row that says it is one."""
    meanings: dict[str, str] = {}
    for row in rows:
        for mark, word in _of_row(row):
            meanings.setdefault(mark, word)
    return Legend(meanings)


def is_legend(row: Sequence[object]) -> bool:
    """Tell whether a row below the heading is the legend, or a line of it, and no data."""
    texts = [cell for cell in row if cell not in (None, "")]
    alone = len(texts) == 1 or (bool(texts) and isinstance(texts[0], str) and _IS_LEGEND.search(texts[0]) is not None)
    return alone and bool(_of_row(row))


def _of_row(row: Sequence[object]) -> list[tuple[str, str]]:
    texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    if len(texts) > 2 and _IS_LEGEND.search(texts[0]):
        texts = [*texts, "  ".join(texts)]
    return [pair for text in texts for pair in _pairs(text)]


def used_marks(cells: Iterable[object]) -> list[str]:
    """Return the different marks that stand in cells of days, in their order."""
    texts = dict.fromkeys(cell for cell in cells if isinstance(cell, str) and len(cell) < 12)
    parts = (part for text in texts for part in re.split(r"[/、,，;；\s]+", text) if part)
    return list(dict.fromkeys(map(_folded, parts)))


def question(legend: Legend, used: Sequence[str]) -> Question | None:
    """Return what is asked when the sheet's marks do not mean what ours do; None when they do."""
    other = legend.disagreeing(used)
    if not other:
        return None
    texts = []
    for mark in other:
        ours = marks.parse_half(mark)
        own = f"本程序是“{marks.mark_words(ours)}”" if ours else "本程序没有这个符号"
        on_duty = "，按表中图例登记为驻村工作√" if legend.meaning(mark) == PRESENT else ""
        texts.append(f"{mark}{legend.meanings[mark]}（{own}{on_duty}）")
    sentence = f"表中图例的符号与本程序含义不同：{'、'.join(texts)}。按表中图例登记，还是按本程序的符号登记？"
    answers = (Answer("sheet", "按表中图例"), Answer("ours", "按本程序的符号"))
    return Question("legend", sentence, answers, lasting=True)


def _pairs(text: str) -> list[tuple[str, str]]:
    body = _LEAD.sub("", text)
    forward = [(match["mark"], match["word"]) for match in _FORWARD.finditer(body)]
    backward = [(match["mark"], match["word"]) for match in _BACKWARD.finditer(body)]
    first = re.search(f"{_MARK}|[\u4e00-\u9fff]", body)
    pairs = backward if first and "\u4e00" <= first[0] <= "\u9fff" else forward
    alone = len(pairs) == 1 and len("".join(body.split())) <= len(pairs[0][1]) + 3
    return [(_folded(mark), word.rstrip(_BEFORE_MARK)) for mark, word in pairs] if len(pairs) > 1 or alone else []


_SAME = {
    **dict.fromkeys("✓✔☑", "√"),
    **dict.fromkeys("〇◯Oo", "○"),
    **dict.fromkeys("╳✕✗✘Xx", "×"),
}


def _folded(mark: str) -> str:
    text = unicodedata.normalize("NFKC", mark).strip()
    return _SAME.get(text, text)
