"""Personal names as the state writes them: one dot, no padding, every character kept (民委发〔2016〕33号)."""

import itertools
import re
import unicodedata

_DOTS = str.maketrans(dict.fromkeys("•・‧．･⋅∙●⸱﹒", "·"))
_INVISIBLE = {"\u200b", "\ufeff", "\u00ad", "\u2060"}
_JOINERS = {"\u180e", "\u200c", "\u200d"}
"""Format characters that Mongolian script is written with; anywhere else they are rubbish from a chat program."""

_UNREADABLE = frozenset("\ufffc\ufffd")
_PLAIN = re.compile("[\u4e00-\u9fff]*")
_MONGOLIAN = re.compile("[\u1820-\u18aa]")
_FULL_STOP = re.compile(r"(?<=(.))\.(?=(.))")


def tidy_name(text: str) -> str:
    """Return a name with its dot as U+00B7 and padding between Han characters removed; nothing else is changed.

    Other scripts keep single spaces. The characters themselves are never normalised: a rare or compatibility
    character in a name may be the one on the identity card.
    """
    if _PLAIN.fullmatch(text):
        return text  # nearly every name of a long list
    hidden = _INVISIBLE if _mongolian(text) else _INVISIBLE | _JOINERS
    names = (" " if char.isspace() and char != "\u202f" else char for char in text if char not in hidden)
    clean = "".join(char for char in names if unicodedata.category(char) != "Cc").translate(_DOTS)
    texts = [word for word in clean.split(" ") if word]
    joined = texts[0] if texts else ""
    for before, after in itertools.pairwise(texts):
        joined += ("" if _han(before[-1]) and _han(after[0]) else " ") + after
    joined = joined.replace(" ·", "·").replace("· ", "·")
    return _FULL_STOP.sub(lambda stop: "·" if _han(stop[1]) and _han(stop[2]) else ".", joined)


def _han(char: str) -> bool:
    # Planes 2 and 3 hold nothing else; Python's own tables lag behind the rare characters of GB 18030-2022.
    return 0x20000 <= ord(char) < 0x3FFFE or char in "〇々" or unicodedata.name(char, "").startswith("CJK ")


def _mongolian(text: str) -> bool:
    return _MONGOLIAN.search(text) is not None


_VACANT = frozenset(
    (
        "空缺",
        "暂缺",
        "空岗",
        "缺",
        "缺员",
        "缺岗",
        "空",
        "空编",
        "待定",
        "待补",
        "待补充",
        "待配",
        "待选派",
        "待派",
        "待确定",
        "未定",
        "未配",
        "未到位",
        "拟选派",
        "无",
        "无人",
        "暂无",
        "某",
        "某某",
        "某某某",
        "某人",
        "××",
        "×××",
        "xx",
        "xxx",
        "***",
        "**",
        "/",
        "-",
        "--",
        "—",
        "——",
    )
)
_SURNAMES_OF_TWO = frozenset(
    (
        "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 "
        "令狐 宇文 长孙 司徒 司空 夏侯 端木 呼延 赫连 轩辕 独孤 南宫 闻人 申屠 完颜"
    ).split()
)
_BRACKET = re.compile(r"[(（\[【〔].*", re.DOTALL)
_BETWEEN = re.compile("[、,，;；/／&＆+＋\\n]|\\s和\\s")
_NUMBERED = re.compile(r"[(（]?[0-9０-９①-⑳]+[)）.．、:：\s]*")
_DOTTED = frozenset("·•・‧．･⋅∙●⸱﹒.'’-‐")
_PLACEHOLDER = re.compile("[^甲乙丙丁戊己庚辛壬癸]某{1,2}")


def vacant(text: str) -> bool:
    """Tell whether a name cell says that nobody is there: 空缺, 待定, 某某."""
    word = unicodedata.normalize("NFKC", text).strip(" （）()[]【】\u3000").casefold()
    return "".join(word.split()) in _VACANT


def pictograph(text: str) -> str:
    """Return the first sign of a text that is a picture (😀, ★, ☎) and no letter; "" when there is none."""
    return next((char for char in text if unicodedata.category(char) in ("So", "Sk") or char in "\ufe0f\u20e3"), "")


def name_fault(text: str) -> str:
    """Return what keeps a cell from being the name of one person, in Chinese; "" for a name."""
    if _PLAIN.fullmatch(text):
        return "" if not _PLACEHOLDER.fullmatch(text) else f"“{text}”不是全名，请填写真实姓名"
    rest = _BRACKET.sub("", text)
    if rest != text and rest.strip():
        return "姓名后面的括号里另有内容，请移到对应的列或备注，这里只写姓名"
    if sum(char.isdigit() for char in text) >= 7:
        return "姓名格里有电话或证件号码，请移到对应的列，这里只写姓名"
    if (numbering := _NUMBERED.match(text)) and numbering[0] != text:
        return f"姓名前面有编号“{numbering[0].strip()}”，请删去"
    if sign := pictograph(text):
        return f"姓名里有图形符号“{sign}”，不知是什么意思，请删去；需要说明的写在备注里"
    if _two(text):
        return "这一格像是两个人的姓名，一行只能登记一人，请拆成两行"
    odd = next((char for char in text if not _of_a_name(char)), "")
    return f"姓名里有“{odd}”，不知是什么意思，请删去；需要说明的写在备注里" if odd else ""


def _two(text: str) -> bool:
    """Tell whether two names stand in a text: parted by a mark, or by a space between two names in Han characters."""
    if any(word.strip() for word in _BETWEEN.split(text)[1:]):
        return True
    parts = [word for word in text.split() if word]
    if len(parts) < 2 or not all(len(word) > 1 and all(_han(char) for char in word) for word in parts):
        return False
    return not (len(parts) == 2 and parts[0] in _SURNAMES_OF_TWO)


def _of_a_name(char: str) -> bool:
    """Tell whether a character may stand in a name; what no letter is judged by others (controls, private use)."""
    return unicodedata.category(char)[0] in "LMZC" or char in _DOTTED or _han(char)


def odd_characters(text: str) -> str:
    """Return the characters that should not be in office text.

    These are control and invisible format characters (bidi overrides among them), line separators, private-use
    and unassigned code points, and the marks that stand for a character lost in conversion.
    """
    line = text.replace("\n", "").replace("\t", "")
    if line.isprintable() and (line.isascii() or _UNREADABLE.isdisjoint(line)):
        return ""  # all categories looked for below are unprintable: the long way is for doubtful text alone
    joiners = _JOINERS if _mongolian(text) else set()
    return "".join(char for char in text if char not in joiners and _odd(char))


def _odd(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cn":
        return not _han(char) or ord(char) & 0xFFFE == 0xFFFE
    if category == "Cc":
        return char not in "\n\t"
    return category in ("Cf", "Co", "Cs", "Zl", "Zp") or char in _UNREADABLE
