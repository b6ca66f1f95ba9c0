"""The words of `ruling`: list the open questions, try a value, record what the Office ruled."""

import argparse
from datetime import date

from tuopin_desktop.cli.packverb import pack_option


def ruling_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    parser = steps.add_parser("list", help="列出可以登记口径的各项：问题、现取值、可取值、依据文号")
    pack_option(parser)
    _json(parser)
    tried = steps.add_parser("what-if", help="试算：改取这个值，哪些人、哪些事项的结论会变；不写入任何数据")
    _which(tried)
    tried.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="按哪一天试算（默认今天）")
    text = "适用起（默认自试算之日起；此前的月份、报备单不变）"
    tried.add_argument("--applies", type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    record = steps.add_parser("record", help="登记口径（只有自治区工作队管理办公室可以登记）")
    _which(record)
    record.add_argument("--paper", required=True, help="文号")
    record.add_argument("--ruled", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="解释日期")
    text = "适用起（默认自解释日期起）"
    record.add_argument("--applies", type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    record.add_argument("--by", default="", help="解释人")
    record.add_argument("--reason", default="", help="说明")


def _which(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("switch", metavar="SWITCH", help="口径项，如 eligibility.cutoff_month（见 ruling list）")
    verb.add_argument("value", metavar="VALUE", help="取值：代码或中文")
    pack_option(verb)
    _json(verb)


def _json(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
