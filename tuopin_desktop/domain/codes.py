"""Code tables: the value that is stored, the Chinese word that is shown, and the spellings that are accepted."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec


def plain(text: str) -> str:
    """Fold a word for comparison: NFKC, no white space, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


class CodeTable(msgspec.Struct, frozen=True):
    """An ordered table of codes.

    `labels` maps code -> Chinese word; `aliases` maps another accepted spelling -> code. `endings` are
    syllables that may be left out when a word is typed (汉 for 汉族).
    """

    labels: dict[str, str]
    aliases: dict[str, str] = {}
    endings: tuple[str, ...] = ()

    def word(self, code: str) -> str:
        """Return the Chinese word of a code; an unknown code is shown as it is."""
        return self.labels.get(code, code)

    def code(self, text: str) -> str | None:
        """Return the code for a typed word, code or alias; None when it is not in the table."""
        target = plain(text)
        for code, word in self.labels.items():
            if target in (plain(code), plain(word)):
                return code
        for alias, code in self.aliases.items():
            if target == plain(alias):
                return code
        for code, word in self.labels.items():
            if any(word.endswith(end) and target == plain(word.removesuffix(end)) for end in self.endings):
                return code
        return None


Vocabulary = Mapping[str, CodeTable]
"""Code tables by their Chinese title, as shipped in `resources/codes.csv`."""

PACK_TABLE = "办法文件"
"""The table whose codes are the rule packs in use; an office may have more than are shipped."""

_ENDINGS = {"民族": ("族",), "学历": ("毕业",)}
_SHOWN = {"性别": {"1": "男", "2": "女"}}
"""Words the office uses instead of the standard's; the standard's own are still accepted."""

_SPELLINGS = {
    "民族": {"蒙": "02", "蒙族": "02"},
    "政治面貌": {
        **dict.fromkeys(("党员", "中共", "共产党员", "中国共产党党员", "中共正式党员", "正式党员"), "01"),
        **dict.fromkeys(("预备党员", "中国共产党预备党员"), "02"),
        **dict.fromkeys(("团员", "共青团", "中国共产主义青年团团员"), "03"),
        "民革": "04",
        "民盟": "05",
        "民建": "06",
        "民进": "07",
        "农工党": "08",
        "农工民主党": "08",
        "致公党": "09",
        "九三学社": "10",
        "九三": "10",
        "台盟": "11",
        "无党派": "12",
        "无党派民主人士": "12",
        "普通公民": "13",
        "一般群众": "13",
    },
    "学历": {
        **dict.fromkeys(("研究生", "研究生学历"), "10"),
        **dict.fromkeys(("博士", "博士研究生", "研究生博士"), "11"),
        **dict.fromkeys(("硕士", "硕士研究生", "研究生硕士"), "14"),
        **dict.fromkeys(("大学", "本科", "大学本科", "大本", "全日制本科", "本科学历", "大学学历"), "21"),
        **dict.fromkeys(("大专", "专科", "大学专科", "大学大专", "高职", "专科学历", "大专学历"), "31"),
        **dict.fromkeys(("中专", "中等专科", "中等专业学校", "中专毕业"), "41"),
        "职高": "44",
        "职业高中": "44",
        "技校": "47",
        "技工学校": "47",
        **dict.fromkeys(("高中", "普通高中", "高中毕业"), "61"),
        **dict.fromkeys(("初中", "初级中学"), "71"),
        "小学": "81",
    },
}
_SHORT = {
    "150425": ("克旗",),
    "150426": ("翁旗",),
    "150428": ("喀旗",),
    "150521": ("科左中旗", "科左中"),
    "150522": ("科左后旗", "科左后"),
    "150722": ("莫旗", "莫力达瓦旗", "莫力达瓦", "莫力达瓦自治旗"),
    "150723": ("鄂伦春旗",),
    "150724": ("鄂温克旗", "鄂温克"),
    "150726": ("新左旗", "新巴左旗"),
    "150823": ("乌前旗",),
    "150824": ("乌中旗",),
    "150926": ("察右前旗", "察右前"),
    "150927": ("察右中旗", "察右中"),
    "150928": ("察右后旗", "察右后"),
    "152221": ("科右前旗", "科右前"),
    "152222": ("科右中旗", "科右中"),
    "152523": ("苏左旗", "东苏旗", "东苏"),
    "152524": ("苏右旗", "西苏旗", "西苏"),
    "152527": ("太旗",),
    "152528": ("黄旗",),
    "152529": ("白旗",),
    "152530": ("蓝旗",),
    "152921": ("阿左旗",),
    "152922": ("阿右旗",),
}
"""Short names in daily use that mean one county only: 阿旗, 扎旗 and 鄂旗 mean several and are left out."""


def vocabulary(
    rows: Iterable[Mapping[str, str]], counties: Iterable[Mapping[str, str]], packs: Mapping[str, str] | None = None
) -> dict[str, CodeTable]:
    """Return the code tables by title.

    `rows` are those of `resources/codes.csv` (table, code, name; without a code the name is its own code),
    `counties` those of `resources/counties.csv` (code, name, league), which become the table 旗县, `packs` the titles
    of the installed rule packs by id, which become 办法文件.
    """
    values_by_key: dict[str, dict[str, str]] = {}
    for row in rows:
        values_by_key.setdefault(row["table"], {})[row["code"] or row["name"]] = row["name"]
    tables = {title: _table(title, table) for title, table in values_by_key.items()}
    tables["旗县"] = _counties(list(counties))
    tables[PACK_TABLE] = CodeTable(dict(packs or {}))
    return tables


def _table(title: str, values: dict[str, str]) -> CodeTable:
    fields = {code: word for code, word in _SHOWN.get(title, {}).items() if code in values}
    aliases = {values[code]: code for code in fields}
    aliases.update({word: code for word, code in _SPELLINGS.get(title, {}).items() if code in values})
    return CodeTable({**values, **fields}, aliases, _ENDINGS.get(title, ()))


def _counties(rows: list[Mapping[str, str]]) -> CodeTable:
    values = {row["code"]: row["name"] for row in rows}
    names = set(values.values())
    starts = Counter(name[:end] for name in names for end in range(2, len(name) + 1))
    pairs = [(alias, row["code"]) for row in rows for alias in {*_spellings(row), *_stem(row["name"], starts)}]
    times = Counter(alias for alias, _ in pairs)
    return CodeTable(values, {alias: code for alias, code in pairs if times[alias] == 1 and alias not in names})


def _spellings(row: Mapping[str, str]) -> Iterator[str]:
    yield from _SHORT.get(row["code"], ())
    league = row.get("league", "")
    if league:
        for above in (league, league[:-1], f"内蒙古自治区{league}", f"内蒙古{league}"):
            yield above + row["name"]
    yield "内蒙古自治区" + row["name"]
    yield "内蒙古" + row["name"]


def _stem(name: str, starts: Mapping[str, int]) -> Iterator[str]:
    """Yield the name without 旗/县/市/区, unless another county's name begins with it (杭锦旗, 杭锦后旗).

    `starts` says of every beginning of two characters or more how many names have it.
    """
    for ending in ("自治旗", "旗", "县", "市", "区"):
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            if len(stem) > 1 and starts[stem] == 1:
                yield stem
            return
