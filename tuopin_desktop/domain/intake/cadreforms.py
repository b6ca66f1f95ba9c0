"""干部任免审批表 (.lrmx, .lrm): its items, and how those the roster has a place for are read.

Of the family nothing is read at all (`documents/cadrefiles.py` never keeps a word of it); of the rest only what a
person's entry uses. How a cell was read that does not stand so in the file is said beside it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tuopin_desktop.domain.codes import CodeTable, Vocabulary
from tuopin_desktop.domain.intake.verdicts import Status
from tuopin_desktop.domain.reading import narrow

FAMILY = "JiaTingChengYuan"
PHOTO = "ZhaoPian"
RESUME = "JianLi"

LABELS: Mapping[str, str] = {
    "XingMing": "姓名",
    "XingBie": "性别",
    "ChuShengNianYue": "出生年月",
    "MinZu": "民族",
    "JiGuan": "籍贯",
    "ChuShengDi": "出生地",
    "RuDangShiJian": "入党时间",
    "CanJiaGongZuoShiJian": "参加工作时间",
    "JianKangZhuangKuang": "健康状况",
    "ZhuanYeJiShuZhiWu": "专业技术职务",
    "ShuXiZhuanYeYouHeZhuanChang": "熟悉专业有何专长",
    "QuanRiZhiJiaoYu_XueLi": "全日制教育学历",
    "QuanRiZhiJiaoYu_XueWei": "全日制教育学位",
    "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "全日制教育毕业院校系及专业",
    "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "全日制教育学位院校系及专业",
    "ZaiZhiJiaoYu_XueLi": "在职教育学历",
    "ZaiZhiJiaoYu_XueWei": "在职教育学位",
    "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "在职教育毕业院校系及专业",
    "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "在职教育学位院校系及专业",
    "XianRenZhiWu": "现任职务",
    "NiRenZhiWu": "拟任职务",
    "NiMianZhiWu": "拟免职务",
    RESUME: "简历",
    "JiangChengQingKuang": "奖惩情况",
    "NianDuKaoHeJieGuo": "年度考核结果",
    "RenMianLiYou": "任免理由",
    FAMILY: "家庭主要成员及重要社会关系",
    "ChengBaoDanWei": "呈报单位",
    "JiSuanNianLingShiJian": "计算年龄时间",
    "TianBiaoShiJian": "填表时间",
    "TianBiaoRen": "填表人",
    "ShenFenZheng": "公民身份号码",
    PHOTO: "照片",
    "Version": "版本",
    "ZhengZhiMianMao": "政治面貌",
    "DaoLingNianYue": "到龄年月",
}
"""Every item that is known, in the order of the form, with what it is called on paper."""

_FULL_TIME, _IN_SERVICE = "QuanRiZhiJiaoYu_XueLi", "ZaiZhiJiaoYu_XueLi"
_SCHOOL = "_BiYeYuanXiaoXi"
PLAIN: Mapping[str, str] = {
    "name": "XingMing",
    "sex": "XingBie",
    "ethnicity": "MinZu",
    "birth": "ChuShengNianYue",
    "id_number": "ShenFenZheng",
    "native_place": "JiGuan",
    "health": "JianKangZhuangKuang",
    "post": "XianRenZhiWu",
}
"""The fields of a person that an item fills as it stands."""

READ: Mapping[str, str] = {
    **{item: name for name, item in PLAIN.items()},
    "RuDangShiJian": "political",
    "ZhengZhiMianMao": "political",
    _FULL_TIME: "education",
    _IN_SERVICE: "education",
    _FULL_TIME + _SCHOOL: "school",
    _IN_SERVICE + _SCHOOL: "school",
}
"""The items whose words are kept while a file is looked at, and the field each goes to; of all others is only kept
that they are filled."""

FIELDS = tuple(
    "name sex ethnicity birth id_number native_place political education school health unit post rank".split()
)
"""The fields of a person that a form can fill, in the order in which they are shown."""

_QUIET = frozenset(("Version", PHOTO, "JiSuanNianLingShiJian", "TianBiaoShiJian", "TianBiaoRen"))
"""Items nobody misses: they say when and by whom the form was filled in."""


class CadreForm(msgspec.Struct, frozen=True):
    """What was read of one file: the words of `READ` by item, and of everything else only that it is there.

    `filled` are the known items that hold anything and are not read, `unknown` names of items nobody knows, `doubled`
    the items of `READ` that stand twice with different words; `photo` are the bytes of the picture, `family` tells
    that the table of relatives is not empty, `notes` say in Chinese how the file itself was read.
    """

    items: Mapping[str, str]
    filled: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    photo: bytes = b""
    family: bool = False
    notes: tuple[str, ...] = ()


class Remark(msgspec.Struct, frozen=True):
    """What is said beside a field that was read in a way its words do not show."""

    status: Status
    message: str


class Entry(msgspec.Struct, frozen=True):
    """A form as a row: texts by field of a person, and remarks by field."""

    texts: Mapping[str, str]
    remarks: Mapping[str, Remark]


def entry(form: CadreForm, vocabulary: Vocabulary, units: Iterable[str] = ()) -> Entry:
    """Return a form as a row of people; `units` are the sending units known, of which the post may name one."""
    texts = {name: _line(form.items.get(item, "")) for name, item in PLAIN.items()}
    remarks: dict[str, Remark] = {}
    for name, (text, remark) in {
        "political": _political(form.items, vocabulary["政治面貌"]),
        "education": _education(form.items, vocabulary["学历"]),
        "unit": _unit(texts["post"], units),
        "rank": _rank(texts["post"]),
    }.items():
        texts[name] = text
        if remark is not None:
            remarks[name] = remark
    texts["school"] = _school(form.items, vocabulary["学历"])
    for item in form.doubled:
        remarks[READ[item]] = Remark(Status.ERROR, f"文件里有两个不同的“{LABELS[item]}”，分不清哪个对，请核对")
    return Entry({name: _not_ditto(texts[name]) for name in FIELDS}, remarks)


def left_out(forms: Sequence[CadreForm]) -> list[str]:
    """Return the labels of what is filled in some of the forms and has no place here, in the order of the form."""
    filled = {item for form in forms for item in form.filled}
    return [label for item, label in LABELS.items() if item in filled - _QUIET - READ.keys() and item != FAMILY]


def _line(text: str) -> str:
    """Return words without line breaks: the editor of these forms breaks a long post where the cell ends."""
    return re.sub(r"\s*[\r\n]+\s*", "", text).strip()


def _not_ditto(text: str) -> str:
    """Return words that speak for themselves: 同上 would point into the file of somebody else."""
    return "" if text in ("同上", "同前", "〃", "″", "”", "〞", '"', "''") else text


# -- party

_FIGURES = re.compile(r"[0-9年月日./\-—\s()（）]+")
_DATED = re.compile(r"[0-9]{4}\s*[年./-]?\s*[0-9]{1,2}")


def _political(items: Mapping[str, str], table: CodeTable) -> tuple[str, Remark | None]:
    """Return 政治面貌, which the older forms only say by the day of joining: 199806, 无党派, 199806；民盟."""
    if (stated := _line(items.get("ZhengZhiMianMao", ""))) and not _DATED.search(narrow(stated)):
        return stated, None
    text = stated or _line(items.get("RuDangShiJian", ""))
    if not text or text in ("无", "-", "--", "—", "/"):
        return "", None
    parts = [_standing(part, table) for part in re.split("[；;、，,]", text) if part.strip()]
    codes = [code for code in dict.fromkeys(parts) if code]
    if not codes or "" in parts:
        return text, None  # the judge of the column says that it is not understood
    code = next((one for one in codes if one in ("01", "02")), codes[0])
    word = table.word(code)
    beside = f"（另有{'、'.join(table.word(one) for one in codes if one != code)}）" if len(codes) > 1 else ""
    return word, Remark(Status.NOTED, f"“入党时间”一栏填写了内容，按{word}登记{beside}")


def _standing(part: str, table: CodeTable) -> str:
    """Return the code that one party of the item means: a bare day is the day of joining the Communist Party."""
    text = narrow(part)
    if "预备" in text:
        return "02"
    bare = re.sub("加入|入党|参加", "", _FIGURES.sub("", text))
    if not bare:
        return "01" if _DATED.search(text) else ""
    return table.code(bare) or ""


# -- schooling

_LEVELS = (
    ("博士", "11"),
    ("硕士", "14"),
    ("研究生班", "17"),
    ("研究生", "10"),
    ("普通班", "28"),
    ("大专", "31"),
    ("专科", "31"),
    ("本科", "21"),
    ("大学", "21"),
    ("中专", "41"),
    ("高中", "61"),
)
_BROKEN_OFF = re.compile("肄业|结业|在读|未毕业")


def _education(items: Mapping[str, str], table: CodeTable) -> tuple[str, Remark | None]:
    """Return the higher of full-time and in-service schooling, and from which words it was read."""
    texts = {label: items.get(item, "").strip() for label, item in (("全日制", _FULL_TIME), ("在职", _IN_SERVICE))}
    codes = {label: _schooling(text, table) for label, text in texts.items()}
    clear = {label: code for label, code in codes.items() if code}
    if not clear:
        return _line(next((text for text in texts.values() if text), "")), None
    best = min(clear, key=lambda label: clear[label][0])
    word = table.word(clear[best])
    if texts[best] == word:
        return word, None
    source = "，".join(f"{label}“{_line(text)[:20]}”" for label, text in texts.items() if text)
    odd = any(text and not codes[label] for label, text in texts.items())
    ask = "，有一项看不懂，请核对" if odd else ""
    return word, Remark(Status.WARNING if odd else Status.NOTED, f"{source}，按{word}登记{ask}")


def _schooling(text: str, table: CodeTable) -> str:
    for part in (_line(text), *re.split(r"[\s、，,；;（(]+", text.strip())):
        if part and (code := table.code(part)):
            return code
    if not text or _BROKEN_OFF.search(text):
        return ""
    return next((code for word, code in _LEVELS if word in text), "")


def _school(items: Mapping[str, str], table: CodeTable) -> str:
    """Return the school of the schooling that counts."""
    pairs = [(_schooling(items.get(item, "").strip(), table), item) for item in (_FULL_TIME, _IN_SERVICE)]
    clear = [(code[0], item) for code, item in pairs if code]
    best = min(clear, default=("", _FULL_TIME), key=lambda pair: pair[0])[1]
    return _line(items.get(best + _SCHOOL, ""))


# -- what the post says beside itself


def _unit(post: str, units: Iterable[str]) -> tuple[str, Remark | None]:
    """Return the sending unit that a post begins with, of those this office already knows."""
    unit = max((one for one in units if len(one) > 1 and post.startswith(one)), key=len, default="")
    if not unit:
        return "", None
    return unit, Remark(Status.WARNING, f"审批表没有派出单位一栏，按现任职务的开头填为“{unit}”，请核对")


_RANKS = (
    ("department", re.compile("[正副]?厅(?:局)?级|[一二]级巡视员|副?巡视员")),
    ("division", re.compile("县?[正副]?处级|[一二三四]级调研员|副?调研员")),
    ("section", re.compile("乡?[正副]?科级|[一二三四]级主任科员|副?主任科员")),
)


def _rank(post: str) -> tuple[str, Remark | None]:
    """Return the rank a post names in so many words; a mere title (处长, 局长) names none."""
    named = [(code, match[0]) for code, pattern in _RANKS if (match := pattern.search(post))]
    if len(named) != 1:
        return "", None
    code, title = named[0]
    label = {"department": "厅级", "division": "处级", "section": "科级"}[code]
    return label, Remark(Status.WARNING, f"审批表没有职级一栏，按现任职务中的“{title}”填为{label}，请核对")


PROPOSED = ("unit", "rank")
"""Fields that no item of the form states: proposed for somebody new, never written over what is kept."""


# -- the résumé, on request


class ResumeLine(msgspec.Struct, frozen=True):
    """One line of a résumé: its ends as YYYY-MM, "" where open or not written, and its words."""

    first: str
    last: str
    text: str


_SPAN = re.compile(
    r"\s*(?P<y1>[12][0-9]{3})\s*[.年/-]?\s*(?P<m1>[01]?[0-9])\s*月?\s*(?:-{1,3}|—{1,2}|–{1,2}|[~至到])\s*"
    r"(?:(?P<y2>[12][0-9]{3})\s*[.年/-]?\s*(?P<m2>[01]?[0-9])\s*月?|至?今|现在)?[\s:：,，]*(?P<text>.*)"
)
_ORDINARY = str.maketrans("０１２３４５６７８９．－～：，", "0123456789.-~:,")


def resume(text: str) -> tuple[ResumeLine, ...]:
    """Return a résumé by lines; what goes on without dates belongs to the line above it."""
    lines: list[ResumeLine] = []
    for raw in text.splitlines():
        line = raw.strip()
        match = _SPAN.fullmatch(line.translate(_ORDINARY)) if line else None
        if match is not None and all(_is_month(match[key]) for key in ("m1", "m2")):
            lines.append(ResumeLine(_month(match["y1"], match["m1"]), _month(match["y2"], match["m2"]), match["text"]))
        elif line and lines and lines[-1].first:
            before = lines[-1]
            lines[-1] = msgspec.structs.replace(before, text=before.text + line)
        elif line:
            lines.append(ResumeLine("", "", line))
    return tuple(lines)


def _is_month(text: str | None) -> bool:
    return text is None or 1 <= int(text) <= 12


def _month(year: str | None, month: str | None) -> str:
    return f"{year}-{int(month):02d}" if year and month else ""
