"""The legend of an attendance sheet: what its own marks mean, held against ours before a mark is taken for a day."""

import itertools
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
_EXPLICIT = "[”\"'’）) \u3000]*(?:[:：=＝]|代表|表示|为|是|即)"
_WORD = "[\u4e00-\u9fff]{1,10}"
_OWN_WORD = (
    "(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff](?=[”\"'’]?(?:代表|表示|为|[=＝]))"
    "|[户点牧休离假差训旷病事年公出婚产丧探](?=[”\"'’]?[:：]))"
)
"""One character that a legend explains: 休表示病休."""

_FORWARD = re.compile(f"(?P<mark>{_MARK}|{_OWN_WORD})[”\"'’）)]?{_JOINT}(?P<word>{_WORD})")
_BACKWARD = re.compile(f"(?P<word>{_WORD}){_JOINT}(?P<mark>{_MARK})")
_LEAD = re.compile(
    "^[ \u3000]*(?:考勤)?(?:填表|符号|图例|标记|记号)?"
    "(?:说明|图例|备注|注明|注释|附注|标注|注|符号|标记|记号|图示)[:：]?[ \u3000]*"
)
_IS_LEGEND = re.compile("图例|图示|符号|说明|标记|记号|代号|^[ \u3000]*注|备注")
_ONE_MARK = re.compile(_MARK)
_SAYS = re.compile("含义|意义|意思|释义|说明|内容|代表|表示")
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


def legend_of(rows: Sequence[Sequence[object]]) -> Legend:
    """Return the legend that stands in any cell, in neighbouring cells, or over the cells of a row that says it is."""
    meanings: dict[str, str] = {}
    for row, after in itertools.zip_longest(rows, rows[1:], fillvalue=()):
        for mark, word in (*_of_row(row), *_neighbours(row), *_upright(row, after)):
            meanings.setdefault(mark, word)
    return Legend(meanings)


def outside(
    rows: Sequence[Sequence[object]], last: int, columns: Iterable[int], days: Iterable[int], legend: Iterable[int]
) -> list[list[object]]:
    """Return the rows without what is data: below row `last` the `columns` of rows that name somebody.

    `legend` are the numbers of the rows that are the legend: they stay whole.
    """
    whole, mapped = set(legend), set(columns)
    named = mapped - set(days)
    return [
        [None if place in mapped else cell for place, cell in enumerate(row)]
        if number > last and number not in whole and any(_filled(row, place) for place in named)
        else list(row)
        for number, row in enumerate(rows, 1)
    ]


def legend_rows(rows: Sequence[Sequence[object]], last: int) -> frozenset[int]:
    """Return the numbers of the rows below row `last` that are the legend."""
    numbers: set[int] = set()
    for number in range(last + 1, len(rows) + 1):
        row = rows[number - 1]
        if is_legend(row):
            numbers.add(number)
        elif number < len(rows) and _upright(row, rows[number]):
            numbers |= {number, number + 1}
    return frozenset(numbers)


def unclear(rows: Sequence[Sequence[object]], last: int, used: Iterable[str], legend: Iterable[int]) -> list[int]:
    """Return the numbers of the rows of words that hold a sign used in the sheet and are not understood."""
    signs, whole = {mark for mark in used if _ONE_MARK.fullmatch(mark) and not mark.isalnum()}, set(legend)
    result = []
    for number, row in enumerate(rows, 1):
        texts = [cell for cell in row if cell not in (None, "")]
        text = texts[0] if texts else None
        if not isinstance(text, str) or (len(texts) > 1 and (number <= last or not _IS_LEGEND.search(text))):
            continue
        line = "".join(map(str, texts))
        if number not in whole and not _of_row(row) and signs & set(map(_folded, line)) and len(line) > 1:
            result.append(number)
    return result


def is_legend(row: Sequence[object]) -> bool:
    """Tell whether a row below the heading is the legend, or a line of it, and no data."""
    texts = [cell for cell in row if cell not in (None, "")]
    if not texts:
        return False
    alone = len(texts) == 1 or (isinstance(texts[0], str) and _IS_LEGEND.search(texts[0]) is not None)
    if alone and (_of_row(row) or _neighbours(row)):
        return True
    lines = all(isinstance(text, str) and bool(_pairs(text)) for text in texts)
    return lines or len(_neighbours(row)) * 2 == len(texts)


def _filled(row: Sequence[object], place: int) -> bool:
    return place < len(row) and row[place] not in (None, "")


def _neighbours(row: Sequence[object]) -> list[tuple[str, str]]:
    """Return the marks of a row that have their meaning in the cell beside them, √ | 出勤."""
    pairs: list[tuple[str, str]] = []
    place = 0
    while place + 1 < len(row):
        pair = _pair(row[place], row[place + 1])
        pairs += [pair] if pair else []
        place += 2 if pair else 1
    return pairs


def _pair(one: object, two: object) -> tuple[str, str] | None:
    if not isinstance(one, str) or not isinstance(two, str):
        return None
    for mark, word in ((one.strip(), two.strip()), (two.strip(), one.strip())):
        if _ONE_MARK.fullmatch(mark) and len(word) > 1 and (word in _MEANINGS or marks.parse_half(word)):
            return _folded(mark), word
    return None


def _upright(row: Sequence[object], after: Sequence[object]) -> list[tuple[str, str]]:
    """Return the marks of a row that have their meanings in the row below, 符号 √ ○ over 含义 出勤 病假."""
    signs, below = _texts(row), _texts(after)
    places = [place for place in signs if _ONE_MARK.fullmatch(signs[place])]
    first, second = signs.get(min(signs, default=0), ""), below.get(min(below, default=0), "")
    if not places or len(signs) - len(places) > 1 or not (_IS_LEGEND.search(first) or _SAYS.search(second)):
        return []
    meanings = {place: below[place] for place in places if re.fullmatch(_WORD, below.get(place, ""))}
    return [(_folded(signs[place]), word) for place, word in meanings.items()] if len(meanings) == len(places) else []


def _texts(row: Sequence[object]) -> dict[int, str]:
    return {place: cell.strip() for place, cell in enumerate(row) if isinstance(cell, str) and cell.strip()}


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
    pairs = backward if _rank(backward) > _rank(forward) else forward
    if _rank(backward) == _rank(forward):
        pairs = backward if _is_word_first(body) else forward
    if not pairs:
        return []
    mark, word = pairs[0]
    spoken = f"{re.escape(mark)}{_EXPLICIT}|{re.escape(word)}{_EXPLICIT}[“\"'‘（( ]*{re.escape(mark)}"
    alone = len(pairs) == 1 and (len("".join(body.split())) <= len(word) + 3 or re.search(spoken, body) is not None)
    return [(_folded(mark), word.rstrip(_BEFORE_MARK)) for mark, word in pairs] if len(pairs) > 1 or alone else []


def _rank(pairs: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Return how well a direction of reading fits: the words it makes that are meanings, then its pairs."""
    return sum(word in _MEANINGS or bool(marks.parse_half(word)) for _, word in pairs), len(pairs)


def _is_word_first(body: str) -> bool:
    """Tell whether a text of marks and words says the word before its mark: 出勤√ 病假○, and not 本表：√出勤 ○病假."""
    plain = re.sub(r"[^\w√✓✔☑○〇◯●△▲▽▼×╳✕✗✘☆★◇◆□■◎⊙]+$", "", body)
    if _ONE_MARK.fullmatch(plain[-1:]):
        return True
    first = re.search(f"{_MARK}|[\u4e00-\u9fff]", body)
    lead = re.match("[ \u3000]*[\u4e00-\u9fff]{1,10}[:：]", body)
    return first is not None and lead is None and "\u4e00" <= first[0] <= "\u9fff"


_SAME = {
    **dict.fromkeys("✓✔☑", "√"),
    **dict.fromkeys("〇◯Oo", "○"),
    **dict.fromkeys("╳✕✗✘Xx", "×"),
}


def _folded(mark: str) -> str:
    text = unicodedata.normalize("NFKC", mark).strip()
    return _SAME.get(text, text)
