"""`init`: set up an office."""

import argparse
from argparse import Namespace
from datetime import date
from typing import TextIO

from tuopin_desktop.cli.opening import say
from tuopin_desktop.cli.verb import Verb
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.services.office import offices, vaults


def init_options(verb: argparse.ArgumentParser) -> None:
    """Declare the options of `init`."""
    verb.add_argument("--level", required=True, choices=[level.value for level in Level], help="单位层级")
    verb.add_argument("--county", default="", help="旗县（或盟市）行政区划代码或名称")
    verb.add_argument("--name", default="", help="单位名称（可省略）")
    verb.add_argument("--clerk", default="", help="经办人姓名（可省略）")
    text = "总队进驻日期（旗县）：全年应办的事项从此列出"
    verb.add_argument("--arrived", type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    verb.add_argument("--anew", action="store_true", help="文件夹里有备份、没有数据文件，也另建新的（备份不动）")
    verb.add_argument("--practice", action="store_true", help="练习用：数据带练习标记，永不并入正式数据")


def init(options: Namespace, out: TextIO) -> int:
    """Set up an office."""
    code = offices.create(
        options.office,
        level=options.level,
        county=options.county,
        name=options.name,
        clerk=options.clerk,
        practice=options.practice,
        arrived=options.arrived,
        anew=options.anew,
    )
    code_line = vaults.renew_code(options.office)
    say(out, f"已建立单位 {code} {options.name or offices.default_name(code)}，数据在 {options.office}")
    say(out, f"恢复码（只显示这一次，请抄下收好；忘记口令、电脑损坏时凭它打开数据和备份）：{code_line}")
    return 0


VERBS = (Verb("init", "建立单位", init_options, init),)
