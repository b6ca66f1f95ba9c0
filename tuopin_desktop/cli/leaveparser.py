"""The words of `leave`: one sub-verb per stroke of the leave desk."""

import argparse
from datetime import date
from pathlib import Path

from tuopin_desktop.domain.halves import Half, parse_half
from tuopin_desktop.domain.records.choices import BODY, DELEGABLE, ROLE, SIDE

BOOKS = {
    "register": "请假登记簿",
    "filing": "备案台账",
    "cover": "备案报送单",
    "card": "个人年度请假卡",
    "calls": "催办电话单",
    "phone": "电话销假核对表",
    "lates": "补办率",
    "brief": "决策参考",
    "story": "报备单经过",
}


def half_day(text: str) -> tuple[date, Half]:
    """Read `2018-07-27`, `2018-07-27am` or `2018-07-27pm`; a bare day means its end."""
    pair = parse_half(text if len(text) > 10 else text + "pm")
    if pair is None:
        raise argparse.ArgumentTypeError(f"“{text}”应写成 2018-07-27、2018-07-27am 或 2018-07-27pm")
    return pair


def leave_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    _sign(_slip(steps.add_parser("sign", help="登记纸上的签字")))
    _file(steps.add_parser("file", help="登记备案，可一次多张"))
    back = _slip(steps.add_parser("return", help="销假"))
    back.add_argument("--at", type=half_day, metavar="DAY[am|pm]", help="实际返回（默认今天此刻）")
    back.add_argument("--reported", type=date.fromisoformat, metavar="YYYY-MM-DD", help="销假日期（默认今天）")
    _correct(back)
    _slip(steps.add_parser("unreturn", help="撤销登记错的销假"))
    _call(_slip(steps.add_parser("call", help="登记电话销假")))
    extend = _slip(steps.add_parser("extend", help="续假"))
    extend.add_argument("--until", type=half_day, required=True, metavar="DAY[am|pm]", help="续到")
    _following(extend)
    reroute = _slip(steps.add_parser("reroute", help="变更行程"))
    reroute.add_argument("--place", required=True, help="新的外出地点")
    _following(reroute)
    correct = _slip(steps.add_parser("correct", help="更正已签字的报备单：生成新的一版，打印后重新签字"))
    correct.add_argument("--why", required=True, help="更正原因")
    for name, text in (("--place", "外出地点"), ("--period", "请假起止时间，如 605-608"), ("--reason", "请假事由")):
        correct.add_argument(name, default="", help=f"更正后的{text}")
    correct.add_argument("--filled", type=date.fromisoformat, metavar="YYYY-MM-DD", help="填表日期（默认今天）")
    for name, text in (("withdraw", "撤回"), ("void", "作废")):
        _slip(steps.add_parser(name, help=text)).add_argument("--reason", required=True, help="原因")
    printed = _slip(steps.add_parser("received", help="签字件已收回"))
    printed.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="日期（默认今天）")
    _authorise(steps.add_parser("authorise", help="登记受权签字"))
    _slip(steps.add_parser("story", help="一张报备单的经过"))
    _book(steps.add_parser("book", help="登记簿、备案台账、请假卡、催办单、决策参考等，输出 PDF 或 Excel"))
    scan = steps.add_parser("scan", help="收入扫描件：按二维码归到报备单，其余进收件筐")
    scan.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或文件夹")
    scan.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    _tray(steps.add_parser("tray", help="收件筐：待认的扫描件；加 --assign 归到原处"))
    lists = steps.add_parser("list", help="外出中、到期待销假、超假未归、待签回、缺备案、电话不符")
    lists.add_argument("--only", choices=("out", "due", "overdue", "unsigned", "unfiled", "uncalled"), help="只列一种")
    lists.add_argument("--county", default="", help="只列这个旗县工作总队的（代码或名称，不含驻村）")
    lists.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _tray(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--assign", nargs=2, metavar=("件号", "编号"), help="把一件归到报备单，或 --to 所说的登记")
    kinds = "slip 报备单（默认）、meeting 会议、training 培训班、team “十不准”签字表"
    verb.add_argument(
        "--to", choices=("slip", "meeting", "training", "team"), default="slip", help=f"归到哪里：{kinds}"
    )
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _book(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "book", choices=tuple(BOOKS), metavar="KIND", help="、".join(f"{k} {w}" for k, w in BOOKS.items())
    )
    verb.add_argument("--year", type=int, help="年度（默认今年）")
    verb.add_argument("--person", default="", help="姓名")
    verb.add_argument("--county", default="", help="旗县代码或名称")
    verb.add_argument("--number", default="", help="报备单编号（brief、story 用）")
    verb.add_argument("--with", dest="body", default="unit", choices=tuple(BODY.words), help="报送给谁（cover 用）")
    handed = "报送日期（cover 用；默认为尚未报送的）"
    verb.add_argument("--handed", type=date.fromisoformat, metavar="YYYY-MM-DD", help=handed)
    verb.add_argument("--pdf", type=Path, metavar="OUT.pdf")
    verb.add_argument("--xlsx", type=Path, metavar="OUT.xlsx")


def _slip(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("number", metavar="编号", help="报备单编号，如 2018-0001")
    verb.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    return verb


def _sign(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--role", required=True, choices=tuple(ROLE.words), help="签字栏")
    verb.add_argument("--by", required=True, help="签字人")
    verb.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="签字日期")
    verb.add_argument("--refuse", action="store_true", help="不同意")
    verb.add_argument("--words", default="", help="意见原文")


def _file(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("numbers", nargs="+", metavar="编号", help="报备单编号，如 2018-0001；多张同时登记，全成或全不成")
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    verb.add_argument("--with", dest="body", required=True, choices=tuple(BODY.words), help="备案对象")
    verb.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="备案日期")
    verb.add_argument("--channel", default="", help="报送方式")
    verb.add_argument("--receiver", default="", help="收件人")
    _correct(verb)


def _call(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--side", required=True, choices=tuple(SIDE.words), help="记录方")
    verb.add_argument("--word", required=True, help="核对词")
    verb.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="通话日期")
    verb.add_argument("--time", default="", help="通话时间")
    verb.add_argument("--speaker", default="", help="对方姓名")
    _correct(verb)


def _correct(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--correct", action="store_true", help="更正已经登记的；不加时不会覆盖")


def _following(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reason", required=True, help="事由")
    verb.add_argument("--filled", type=date.fromisoformat, metavar="YYYY-MM-DD", help="填表日期（默认今天）")


def _authorise(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--role", required=True, choices=tuple(DELEGABLE.words), help="代签栏目")
    verb.add_argument("--delegate", required=True, help="受权人")
    verb.add_argument("--from", dest="first", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    verb.add_argument("--to", dest="last", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    verb.add_argument("--paper", required=True, help="书面依据")
    verb.add_argument("--county", default="", help="旗县代码（在上级单位登记时填写）")
