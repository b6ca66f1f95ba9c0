"""The words of the command line: verbs and options, with Chinese help."""

import argparse
from datetime import date
from pathlib import Path

from tuopin_desktop.cli.appraisalparser import appraisal_parser
from tuopin_desktop.cli.attachmentverbs import attachment_parser
from tuopin_desktop.cli.attendanceparser import attendance_parser
from tuopin_desktop.cli.backupverb import backup_parser
from tuopin_desktop.cli.clockverb import clock_parser
from tuopin_desktop.cli.dutyverb import duty_parser
from tuopin_desktop.cli.evidenceverbs import evidence_parser
from tuopin_desktop.cli.exchangeparser import exchange_parsers
from tuopin_desktop.cli.journalparser import journal_parser
from tuopin_desktop.cli.leaveparser import leave_parser
from tuopin_desktop.cli.packverb import pack_parser
from tuopin_desktop.cli.recallparser import recall_parser, replacement_parser
from tuopin_desktop.cli.reportverbs import report_parser
from tuopin_desktop.cli.rosterverb import roster_parser
from tuopin_desktop.cli.rulingparser import ruling_parser
from tuopin_desktop.cli.spotcheckparser import check_parser
from tuopin_desktop.cli.top import common
from tuopin_desktop.cli.usage import Parser
from tuopin_desktop.domain.columns import sheet_kinds
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import KINDS

SHEETS = sheet_kinds()


def parser() -> argparse.ArgumentParser:
    """Return the parser; without a verb the window is wanted."""
    top: argparse.ArgumentParser = Parser(
        prog="tuopin-desktop", description="脱贫攻坚工作总队管理。不带命令时打开窗口。"
    )
    common(top)
    verbs = top.add_subparsers(dest="verb", metavar="命令", title="命令")
    _init(verbs.add_parser("init", help="建立单位"))
    _sheets(verbs)
    _list(verbs.add_parser("list", help="列出登记簿中的记录"))
    roster_parser(verbs.add_parser("roster", help="人员：信息待补、选派审查表、批次情况"))
    _check(verbs.add_parser("check", help="按管理办法检查，逐条给出依据和算式"))
    _slip(verbs.add_parser("slip", help="输出请假报备单 PDF"))
    attachment_parser(verbs.add_parser("attachment", help="附件：纪要、照片、凭证的扫描件，添加到任何登记簿的记录上"))
    _disclosures(verbs.add_parser("disclosures", help="个人信息查阅导出记录：谁、何时、什么（只存本机）"))
    leave_parser(verbs.add_parser("leave", help="请销假：签字、备案、销假、续假、变更、撤回、作废"))
    duty_parser(verbs.add_parser("duty", help="履职事项：谁该何时办什么，办了没有，凭据在哪里"))
    text = "考勤：结账、重新打开、更正、考勤簿、照纸补录"
    attendance_parser(verbs.add_parser("attendance", help=text))
    journal_parser(verbs.add_parser("journal", help="工作日志、周记、工作台账：写、起草、结转、打印"))
    ruling_parser(verbs.add_parser("ruling", help="口径登记：列出、试算、登记"))
    pack_parser(verbs.add_parser("pack", help="规则包：列出、查看、选用；几个规则包并存"))
    check_parser(verbs.add_parser("spotcheck", help="抽查：抽签、检查表、登记、整改、销号"))
    appraisal_parser(verbs.add_parser("appraisal", help="考核：计分、建议等次、测评票、综合考核材料"))
    evidence_parser(verbs.add_parser("evidence", help="证据核对：列出疑点、说明、退回"))
    report_parser(verbs.add_parser("report", help="报告：出勤通报、年度报告"))
    exchange_parsers(verbs)
    clock_parser(verbs.add_parser("clock", help="电脑时钟：系统时间和最近一次录入的时间；确认系统时间"))
    backup_parser(verbs.add_parser("backup", help="备份：列出、立即备份、检查、恢复；数据损坏时救出"))
    verbs.add_parser("verify", help="全面检查：数据文件每一页、每条改动、每条登记是否一致")
    recall_parser(verbs.add_parser("recall", help="召回处理：疑似、本人说明、措施、公文、办结"))
    replacement_parser(verbs.add_parser("replacement", help="人员更换：申请、批复、接替"))
    demo = verbs.add_parser("demo", help="建立演示用的自治区办公室和旗县总队，走一遍主要流程")
    demo.add_argument("folder", type=Path, metavar="DIR", help="放演示数据和结果的文件夹")
    return top


def _init(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--level", required=True, choices=[level.value for level in Level], help="单位层级")
    verb.add_argument("--county", default="", help="旗县（或盟市）行政区划代码或名称")
    verb.add_argument("--name", default="", help="单位名称（可省略）")
    verb.add_argument("--clerk", default="", help="经办人姓名（可省略）")
    text = "总队进驻日期（旗县）：全年应办的事项从此列出"
    verb.add_argument("--arrived", type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    verb.add_argument("--anew", action="store_true", help="文件夹里有备份、没有数据文件，也另建新的（备份不动）")
    verb.add_argument("--practice", action="store_true", help="演示用：数据带演示标记，永不并入正式数据")


def _sheets(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    template = verbs.add_parser("template", help="输出 Excel 录入模板")
    _kind(template)
    template.add_argument("out", type=Path, metavar="OUT.xlsx")
    one = verbs.add_parser("add", help="登记一条：字段=值，值按表格单元格的写法填写")
    _kind(one)
    one.add_argument("said", nargs="+", metavar="FIELD=VALUE", help="如 会议类别=例会 召开日期=2019-06-03")
    take = verbs.add_parser("import", help="导入 Excel、CSV 文件")
    _kind(take)
    take.add_argument("files", type=Path, nargs="+", metavar="FILE")
    take.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    take.add_argument("--rejects", type=Path, metavar="OUT.xlsx", help="把有问题的行写入更正表")
    take.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    export = verbs.add_parser("export", help="导出为 Excel")
    _kind(export)
    export.add_argument("out", type=Path, metavar="OUT.xlsx")
    text = "完整导出个人信息（默认遮盖），导出涉及个人违纪情况的登记簿"
    export.add_argument("--reveal", action="store_true", help=text)
    _where(export)


def _kind(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("kind", choices=SHEETS, metavar="KIND", help="登记簿：" + "、".join(SHEETS))


def _where(verb: argparse.ArgumentParser) -> None:
    text = "只要某字段为某值的记录，可重复"
    verb.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE", help=text)


def _list(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help="登记簿：" + "、".join(KINDS))
    _where(verb)
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    verb.add_argument(
        "--reveal", action="store_true", help="完整显示个人信息（默认遮盖），列出涉及个人违纪情况的登记簿"
    )


def _check(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--rule", metavar="KEY", help="只查一条规则，如 A03-4，或一组，如 A10-*")
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    verb.add_argument("--all", action="store_true", help="连符合规定的也逐条列出")


def _disclosures(verb: argparse.ArgumentParser) -> None:
    for name, text in (("--since", "自哪一天起"), ("--until", "到哪一天止")):
        verb.add_argument(name, type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    verb.add_argument("--out", type=Path, metavar="OUT.pdf|OUT.xlsx", help="写成清单")


def _slip(verb: argparse.ArgumentParser) -> None:
    which = verb.add_mutually_exclusive_group(required=True)
    which.add_argument("--number", metavar="N", help="编号，如 2018-0001")
    which.add_argument("--all", action="store_true", help="全部，合成一个文件")
    which.add_argument("--blank", type=int, choices=(1, 2, 3), help="空白的附件1或附件2；3为驻村请假单（示例）")
    verb.add_argument("--overprint", action="append", metavar="CELL", help="套打：只输出这一格，如 return_note，可重复")
    verb.add_argument("--pdf", type=Path, required=True, metavar="OUT.pdf")
