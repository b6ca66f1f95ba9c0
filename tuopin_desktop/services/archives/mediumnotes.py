"""What is said on a medium beside its papers: the note in the root, the table of periods, the schema, the script."""

from collections.abc import Iterator, Sequence

from tuopin_desktop import __version__
from tuopin_desktop.domain.archives import cataloguexml
from tuopin_desktop.domain.archives.digests import LISTS
from tuopin_desktop.domain.archives.medium import CATALOGUE, INDEX, NOTE, PAPERS, REST, SCRIPT, Place
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.records import ArchiveHandover, Fonds
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.machine import files, paths
from tuopin_desktop.services.archives import registration, settings, tables
from tuopin_desktop.services.archives.mediums import Size
from tuopin_desktop.services.office.desk import Desk

_SCHEMA = f"{REST}/文件目录.XSD"
_PERIODS = f"{REST}/归档范围和保管期限表.TXT"
_UTF8 = "UTF-8"


def rest(
    desk: Desk, handover: ArchiveHandover, places: Sequence[Place], size: Size, *, charset: str, sm3: bool, box: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of the note, the catalogue, the rules, the schema and the script."""
    fonds = settings.fonds(desk)
    lines = [*_work(desk, handover, fonds, size), *_layout(charset, sm3=sm3, box=box)]
    yield NOTE, plain("\n".join(lines), charset)
    head = {"全宗号": fonds.fonds_code, "全宗名称": fonds.fonds_name or desk.office.name, "移交单位": desk.office.name}
    yield CATALOGUE, cataloguexml.document(places, head, charset)
    yield _SCHEMA, cataloguexml.schema()
    yield _PERIODS, plain("\n".join(_rules(desk)), charset)
    yield SCRIPT, files.read(paths.RESOURCES / "archives" / "check_medium.py")


def plain(text: str, charset: str) -> bytes:
    """Return a text as every editor of Windows reads it: its line ends, and UTF-8 with the mark that it is."""
    return (text.rstrip("\n") + "\n").replace("\n", "\r\n").encode("utf-8-sig" if charset == _UTF8 else charset)


def _work(desk: Desk, one: ArchiveHandover, fonds: Fonds, size: Size) -> list[str]:
    return [
        f"交接工作名称：{one.name}",
        f"移交单位：{desk.office.name}",
        f"接收单位：{one.receiver}",
        f"全宗号：{fonds.fonds_code}",
        f"全宗名称：{fonds.fonds_name or desk.office.name}",
        f"内容描述：{one.content}",
        f"年度：{one.years}",
        f"数量：{size.items}件，{size.files}个文件",
        f"数据量：{registration.gigabytes(size.bytes)}",
        f"载体类型、规格：{one.carrier}",
        f"载体起止顺序号：{one.span}",
        f"写出日期：{day_words(one.made) if one.made else ''}",
        f"写出程序：脱贫攻坚工作总队管理 {__version__}{'（练习数据，不作凭证）' if desk.practice else ''}",
        "",
    ]


def _layout(charset: str, *, sm3: bool, box: bool) -> list[str]:
    lists = "、".join(LISTS if sm3 else list(LISTS)[:1])
    lines = [
        "本移交包的结构（档发〔2012〕7号）：",
        f"一、{CATALOGUE}：全部文件的目录，编码 {charset}；结构说明见“{_SCHEMA}”。",
        f"二、{PAPERS}：按“年度／保管期限／机构（问题）／件号”分文件夹，一件一个文件夹；以档号命名的文件是正文，"
        "其后带 -02、-03 的是它的附件（扫描件）。",
        "三、文件都是 PDF/A（GB/T 23286.1），不加密、不压缩，任何阅读 PDF 的软件都能打开，不需要写出它的程序。",
        f"四、{REST}：登记表、归档范围和保管期限表、数字摘要（{lists}）、核对程序。",
        f"五、核对：装有 Python 的电脑上运行“{SCRIPT}”；或在本文件夹运行 sha256sum -c {LISTS['SHA256']}。",
    ]
    return [*lines, f"六、浏览：用浏览器打开“{INDEX}”，可按人员、年度、月份、种类看，也可查找。"] if box else lines


def _rules(desk: Desk) -> Iterator[str]:
    periods = tables.periods(desk)
    yield periods.title
    yield f"依据：{periods.basis}"
    yield "文件种类\t是否归档\t保管期限\t依据"
    for paper, rule in periods.rules:
        cells = ("归档", PERIODS.word(rule.period)) if rule.filed else ("不归档", "")
        yield "\t".join((paper.name, *cells, rule.reason))
