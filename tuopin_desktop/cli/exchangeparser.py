"""The words of `station`, `package` and `conflicts`: who may sign, packages by stick, differences to settle."""

import argparse
from datetime import date
from pathlib import Path


def exchange_parsers(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the three verbs."""
    _station(verbs.add_parser("station", help="工作站：申请卡、授权、列表、停用"))
    _package(verbs.add_parser("package", help="数据包：导出、查看、试导入、导入、撤销、回执、收发一览"))
    _conflicts(verbs.add_parser("conflicts", help="两处都改过的内容：并列查看，确认其一"))


def _steps(verb: argparse.ArgumentParser) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    return verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)


def _step(
    steps: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    step = steps.add_parser(name, help=text)
    step.add_argument("--json", action="store_true", help="以 JSON 输出")
    return step


def _station(verb: argparse.ArgumentParser) -> None:
    steps = _steps(verb)
    card = _step(steps, "card", "输出本机的申请卡，显示电话核对用的指纹")
    card.add_argument("folder", type=Path, metavar="OUT_DIR", help="放申请卡的文件夹，如 U 盘")
    card.add_argument("--name", default="", help="这台电脑的称呼")
    enrol = _step(steps, "enrol", "登记申请卡：自治区办公室授权工作站；其他单位登记自治区办公室的卡")
    enrol.add_argument("card", type=Path, metavar="CARD")
    enrol.add_argument("--fingerprint", default="", help="电话中核对的指纹（至少前4组）")
    enrol.add_argument("--name", default="", help="这台电脑的称呼（默认用申请卡上的）")
    trust = _step(steps, "trust", "没有申请卡时，直接登记电话核对过的自治区办公室指纹")
    trust.add_argument("fingerprint", metavar="FINGERPRINT", help="8组、每组4位")
    _step(steps, "list", "列出已授权的工作站")
    revoke = _step(steps, "revoke", "停用工作站（已收到的数据仍有效）")
    _which(revoke)
    revoke.add_argument("--reason", default="", help="原因")
    revoke.add_argument("--everything", action="store_true", help="连已收到的也不算（电脑被盗时用）")
    _which(_step(steps, "reopen", "恢复停用的工作站"))
    escrow = _step(steps, "escrow", "设定备用公钥：所有数据包同时加密给它")
    escrow.add_argument("recipient", metavar="AGE_PUBLIC_KEY", help="age1…；空字符串表示不再使用")


def _which(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("station", metavar="STATION", help="工作站编号（可只写开头几位）")


def _package(verb: argparse.ArgumentParser) -> None:
    steps = _steps(verb)
    make = _step(steps, "make", "导出数据包，写好、读回核对后提示可以拔出")
    make.add_argument("--to", required=True, metavar="OFFICE", help="接收单位代码：15、盟市4位、旗县6位")
    make.add_argument("folder", type=Path, metavar="OUT_DIR", help="放数据包的文件夹，如 U 盘")
    make.add_argument("--part-mb", type=int, default=0, metavar="N", help="超过约 N MB 时分成几个包，各自完整")
    make.add_argument("--all", action="store_true", help="不看回执，从头全部导出（对方数据丢失时用）")
    make.add_argument("--with-scans", action="store_true", help="同时导出扫描件包（附件的文件平时不随数据走）")
    text = "扫描件只带这一天以后存的（默认全部）"
    make.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    _file(_step(steps, "show", "查看数据包的标签和内容，不写入任何数据"))
    take = _step(steps, "import", "导入数据包：全部导入，或一条也不导入")
    _file(take)
    take.add_argument("--rehearse", action="store_true", help="只试导入，说明会改什么，不写入任何数据")
    take.add_argument(
        "--follow-region",
        action="store_true",
        help="同一台电脑的数据有两个版本时，以自治区办公室的这个包为准（先备份；放下的由原电脑重新导出）",
    )
    _step(steps, "undo", "撤销最近一次导入")
    heard = _step(steps, "receipt", "列出双方的回执和时间（要念给对方的、对方给的）；或登记听到的回执码")
    heard.add_argument("code", nargs="?", default="", metavar="CODE", help="如 0017-K7QM-3RXP")
    heard.add_argument("--of", default="", metavar="OFFICE", help="只列这个单位的回执（代码或名称）")
    _step(steps, "write-off", "恢复旧备份后缺的内容自治区办公室也没有时，不再等待（以后找到仍可导入）")
    _step(steps, "board", "收发一览：各单位最近的包、缺口、未确认的数据")


def _file(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")


def _conflicts(verb: argparse.ArgumentParser) -> None:
    steps = _steps(verb)
    parser = _step(steps, "list", "列出还没有处理的各处")
    parser.add_argument("--reveal", action="store_true", help="完整显示个人信息（默认遮盖），留下记录")
    keep = _step(steps, "keep", "确认现在的值；加 --lost 则改回被覆盖的值")
    keep.add_argument("which", nargs="+", metavar="N", help="列表中的第几处；脚本也可写 种类 记录号 字段")
    keep.add_argument("--lost", action="store_true", help="改回被覆盖的值")
