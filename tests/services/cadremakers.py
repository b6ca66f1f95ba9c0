"""A hundred forms of cadres as they come: in all codings and ways of writing a date, spoilt, or made to do harm."""

import base64
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple

from PIL import Image

from tuopin_desktop.domain.intake.cadreforms import FAMILY, LABELS

FAMILY_WORDS = ("密亲甲陶格斯", "密亲乙乌云其其格", "密亲单位某某苏木兽医站", "密亲197203")
"""What stands in the tables of relatives, and must stand nowhere else."""
RESUME = "1994.09--1998.07  内蒙古农业大学学生\r\n1998.07--          自治区农牧业厅科员\r\n（其间：2003年在职研究生）"


class Made(NamedTuple):
    """A made file: its name, its bytes, and a part of the sentence said of it ("" where it becomes a person)."""

    name: str
    data: bytes
    sentence: str = ""


@cache
def photo(width: int = 376, height: int = 460) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(out, "JPEG")
    return out.getvalue() + b"".join(word.encode() for word in FAMILY_WORDS)


@cache
def large_photo() -> bytes:
    """Return a photo of ten million bytes: noise cannot be pressed."""
    noise = Random(1).randbytes(2600 * 1800 * 3)
    out = BytesIO()
    Image.frombytes("RGB", (2600, 1800), noise).save(out, "JPEG", quality=95)
    return out.getvalue() + b"\0" * max(0, 10_000_000 - out.tell())


def digits(number: int, day: str = "19750315") -> str:
    """Return a citizen number that holds, of nobody."""
    body = f"150426{day}{number:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(one) * weight for one, weight in zip(body, weights, strict=True)) % 11]


def items(number: int, **own: str) -> dict[str, str]:
    """Return the items of a form of somebody made up."""
    values = {
        "XingMing": f"王试{_numeral(number)}",
        "XingBie": "男",
        "ChuShengNianYue": "197503",
        "MinZu": "蒙古族",
        "JiGuan": "内蒙古翁牛特",
        "RuDangShiJian": "199806",
        "JianKangZhuangKuang": "健康",
        "QuanRiZhiJiaoYu_XueLi": "大学",
        "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "内蒙古农业大学畜牧专业",
        "XianRenZhiWu": "自治区农牧业厅三级调研员",
        "JianLi": RESUME,
        "JiangChengQingKuang": "2015年记三等功",
        "ShenFenZheng": digits(number * 2 + 1),
    }
    return {**values, **own}


def _numeral(number: int) -> str:
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(one)] for one in f"{number:02d}")


def relatives() -> str:
    one = (
        f"<Item><ChengWei>妻子</ChengWei><XingMing>{FAMILY_WORDS[0]}</XingMing><ChuShengRiQi>{FAMILY_WORDS[3]}"
        f"</ChuShengRiQi><GongZuoDanWeiJiZhiWu>{FAMILY_WORDS[2]}</GongZuoDanWeiJiZhiWu></Item>"
    )
    return f"<{FAMILY}>{one}<Item><ChengWei>女儿</ChengWei><XingMing>{FAMILY_WORDS[1]}</XingMing></Item></{FAMILY}>"


def form(values: Mapping[str, str], *, extra: str = "", head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    """Return a form as XML, with relatives and a photo of its own unless the items say another."""
    values = {"ZhaoPian": base64.b64encode(photo()).decode(), **values}
    lines = [f"<{name}>{values.get(name, '')}</{name}>" if name != FAMILY else relatives() for name in LABELS]
    return "\r\n".join([head, "<Person>", *lines, extra, "</Person>"])


def old_form(values: Mapping[str, str]) -> bytes:
    """Return a form of the older kind."""
    fields = [""] * 33
    for place, name in {0: "XingMing", 1: "XingBie", 2: "ChuShengNianYue", 3: "MinZu", 5: "RuDangShiJian"}.items():
        fields[place] = values[name]
    fields[9], fields[10] = "大专#@大学#工学学士", "某专科学校#@某大学#"
    fields[17], fields[25] = values["JianLi"], values["XianRenZhiWu"]
    fields[20:25] = "妻子@女儿", "@".join(FAMILY_WORDS[:2]), FAMILY_WORDS[3], "群众@", f"{FAMILY_WORDS[2]}@"
    return ('"' + '","'.join(fields) + '"').encode("gb18030")


BIRTHS = (
    *("197503", "1975.03", "1975-03", "1975/3", "1975年3月", "19750315", "1975.03.15", "1975-03-15", "１９７５０３"),
    *("1975年03月15日", "一九七五年三月", "75.03", "1975.3", "1975．03", " 197503 ", "1975.03(43岁)"),
)
PARTIES = (
    "199806",
    "1998.06",
    "199806；民盟",
    "无党派",
    "民盟",
    "1998年6月入党",
    "群众",
    "",
    "中共预备党员",
    "九三学社",
)
SCHOOLS = (
    "大学",
    "大学\n农学学士",
    "研究生",
    "省委党校研究生",
    "大专",
    "中央党校大学",
    "硕士研究生",
    "大学本科毕业",
    "博士",
)
TITLES = ("副处级干部", "二级巡视员", "主任科员", "某处处长", "驻村\r\n第一书记")


def made() -> list[Made]:
    """Return a hundred files."""
    files = [*_plain(), *_codings(), *_spoilt(), *_harmful(), *_odd()]
    number = 60
    while len(files) < 100:
        files.append(_made(number, form(items(number, XianRenZhiWu=TITLES[number % len(TITLES)]))))
        number += 1
    return files


def _made(number: int, text: str, sentence: str = "", codec: str = "utf-8") -> Made:
    return Made(f"{number:03d}.lrmx", text.encode(codec), sentence)


def _plain() -> Iterator[Made]:
    for number, birth in enumerate(BIRTHS):
        yield _made(number, form(items(number, ChuShengNianYue=birth)))
    for number, party in enumerate(PARTIES, 20):
        yield _made(number, form(items(number, RuDangShiJian=party)))
    for number, school in enumerate(SCHOOLS, 30):
        yield _made(number, form(items(number, ZaiZhiJiaoYu_XueLi=school)))


def _codings() -> Iterator[Made]:
    yield _made(40, form(items(40)), codec="utf-8-sig")
    yield _made(41, form(items(41)), codec="gb18030")
    yield _made(42, form(items(42)), codec="utf-16")
    yield _made(43, form(items(43), head='<?xml version="1.0" encoding="GB2312"?>'), codec="gb18030")
    yield _made(44, form(items(44), head=""))
    yield _made(45, form(items(45, XianRenZhiWu="\x01自治区\x0b某厅&#x1;干部\x7f")))
    yield _made(46, form(items(46, XianRenZhiWu="科研&开发处干部")))


def _spoilt() -> Iterator[Made]:
    whole = form(items(47)).encode()
    yield Made("047.lrmx", whole[: len(whole) // 2], "文件不完整")
    yield Made("048.lrmx", whole[: whole.index("密亲乙".encode()) + 4], "文件不完整")
    yield Made("049.lrmx", whole.replace("蒙古族".encode(), b"\xe8\x92\xff\xe5\x8f\xa4"), "文字已损坏")
    yield Made("050.lrmx", b"", "是空的")
    yield Made("051.lrmx", form(items(51)).replace("Person>", "Persons>").encode(), "不是干部任免审批表")
    yield Made("052.lrmx", b"PK\x03\x04 something", "")
    yield Made("053.lrmx", form(items(53)).replace("</MinZu>", "</MinZ>").encode(), "不合格式")
    yield Made("054.lrm", old_form(items(54)))
    yield Made("055.lrm", old_form(items(55)).replace(b'","', b'" "', 3), "文件不完整")
    yield Made("056.lrm", old_form(items(56)).replace("王试".encode("gb18030"), '甲","乙'.encode("gb18030")), "对不上")


def _harmful() -> Iterator[Made]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "哈" * 10}">' for n in range(10))
    for number, inside in enumerate((laughs, '<!ENTITY a9 SYSTEM "file:///etc/passwd">'), 57):
        head = f'<?xml version="1.0"?><!DOCTYPE Person [{inside}]>'
        yield _made(number, form(items(number, JiGuan="&a9;"), head=head), "实体")
    yield _made(59, form(items(59, JiGuan="&a9;")), "文件以外的内容")


def _odd() -> Iterator[Made]:
    yield _made(110, form(items(110, ZhaoPian=base64.b64encode(large_photo()).decode())))
    yield _made(111, form(items(111, ZhaoPian="")))
    yield _made(112, form(items(112, ZhaoPian="这不是照片")))
    yield _made(113, form(items(113, ZhaoPian=base64.b64encode(photo()[:300]).decode())))
    yield _made(114, form(items(114, ZhaoPian="data:image/jpeg;base64," + base64.b64encode(photo()).decode())))
    yield _made(115, form(items(115), extra="<GaiGeQianRenZhiNianLingJieXian>60</GaiGeQianRenZhiNianLingJieXian>"))
    yield _made(116, form(items(116), extra=f"<PeiOu><XingMing>{FAMILY_WORDS[0]}</XingMing></PeiOu>"))
    yield _made(117, form(items(117)).replace("<Person>", '<Person xmlns:x="urn:x" Family="无">'))
    yield _made(118, form(items(118, XingMing="")), "必填")
    yield _made(119, form(items(119, ShenFenZheng=digits(3))), "公民身份号码相同")
    yield _made(120, form(items(120), extra="<XingMing>另一人</XingMing>"), "两个不同的“姓名”")
    yield _made(121, form(items(121, ChuShengNianYue="197513", ShenFenZheng="")), "看不出年月")
    yield _made(122, form(items(122, MinZu="同上")))


def lay(folder: Path, files: list[Made]) -> Path:
    """Write files into a folder of their own."""
    folder.mkdir(parents=True)
    for one in files:
        (folder / one.name).write_bytes(one.data)
    return folder
