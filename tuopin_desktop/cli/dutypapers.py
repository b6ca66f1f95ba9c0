"""The papers of `duty`: drafts, certificates, sign-in sheets, cover letters; each as the file's name says."""

import argparse
from argparse import Namespace
from pathlib import Path

from tuopin_desktop.domain.records.dutychoices import HALF_YEAR
from tuopin_desktop.services.duties import coverletters, drafts, dutycards, rollcalls, signinsheets, supportlists
from tuopin_desktop.services.office import books, papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import unitletters

STEPS = (
    "draft",
    "certificate",
    "gaps",
    "signin",
    "acknowledge",
    "cards",
    "diplomas",
    "covers",
    "units",
    "accountability",
)
_LIST = "OUT.pdf|OUT.xlsx"


def paper_parsers(steps: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the sub-verbs that write paper."""
    drafted = steps.add_parser("draft", help="起草例会议程、例会纪要、月报：数据已填好，文字由人填写")
    drafted.add_argument("what", choices=tuple(drafts.DRAFTS), metavar="WHAT", help="、".join(drafts.DRAFTS))
    _monthly(drafted)
    _monthly(steps.add_parser("certificate", help="驻点天数证明：每个派出单位一页"))
    gaps = steps.add_parser("gaps", help="意外伤害保险缺口表：逐日列出")
    gaps.add_argument("--year", type=int, default=0, metavar="YYYY", help="年度（默认今年）")
    gaps.add_argument("out", type=Path, metavar=_LIST)
    signed = steps.add_parser("signin", help="培训班、会议的签到表：按学员名单和花名册填好，培训班每天一页")
    signed.add_argument("kind", choices=signinsheets.KINDS, metavar="KIND", help="、".join(signinsheets.KINDS))
    _record(signed)
    signed = steps.add_parser("acknowledge", help="“十不准”学习签收确认表：按在派人员填好，签后扫描归入总队登记")
    _county(signed)
    signed.add_argument("out", type=Path, metavar=_LIST)
    cards = steps.add_parser("cards", help="职责卡：队长、副队长、队员、办公室各一页，写明事项、期限、依据")
    cards.add_argument("--role", default="", metavar="ROLE", help="、".join(dutycards.ROLES))
    cards.add_argument("out", type=Path, metavar=_LIST)
    _record(steps.add_parser("diplomas", help="结业证书发放表：按培训学员名单"))
    covers = steps.add_parser("covers", help="半年报告：给每个派出单位和办公室的报送函，信封清单")
    _halved(covers)
    _county(covers)
    text = "OUT.pdf（全部函件和清单）、OUT.xlsx（清单）或文件夹（可编辑的函件各一份）"
    covers.add_argument("out", type=Path, metavar="OUT", help=text)
    for name, text, out in (
        ("units", "每半年函告各派出单位：其人员在岗、请假、谈话、保障、考核情况和请办事项，附责任清单", _LETTERS),
        ("accountability", "派出单位责任清单：各单位有哪几项未落实、涉及何人", _LIST),
    ):
        parser = steps.add_parser(name, help=text)
        _halved(parser)
        parser.add_argument("--unit", default="", metavar="UNIT", help="只要这一个派出单位")
        parser.add_argument("out", type=Path, metavar="OUT", help=out)


_LETTERS = "OUT.pdf（全部函件和清单）、OUT.xlsx（清单）或文件夹（每单位一份 Word 和 PDF）"


def _halved(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--year", type=int, required=True, metavar="YYYY", help="年度")
    verb.add_argument("--half", required=True, metavar="HALF", help="上半年、下半年（first、second）")


def _record(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("record", metavar="RECORD", help="记录号，或名称")
    verb.add_argument("out", type=Path, metavar=_LIST)


def _monthly(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--month", required=True, metavar="YYYY-MM", help="月份")
    _county(verb)
    verb.add_argument("out", type=Path, metavar="OUT", help="输出文件：.pdf、.docx（文稿）或 .xlsx（表）")


def _county(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--county", default="", help="旗县代码或名称（旗县总队不必写）")


def written(desk: Desk, options: Namespace) -> list[Path]:
    """Write what was asked for and return the files made."""
    if options.step == "draft":
        return [papers.write(desk, options.out, drafts.draft(desk, options.what, options.month, _code(desk, options)))]
    if options.step in ("covers", "units", "accountability"):
        return _of_half(desk, options, HALF_YEAR.code(options.half) or options.half)
    if options.step == "signin":
        book = signinsheets.sign_in(desk, options.kind, registers.called(desk, options.kind, options.record))
        return [books.write(desk, options.out, book)]
    if options.step == "cards":
        return [books.write(desk, options.out, dutycards.cards(desk, options.role))]
    if options.step == "acknowledge":
        return [books.write(desk, options.out, rollcalls.sheet(desk, drafts.county_meant(desk, _code(desk, options))))]
    if options.step == "diplomas":
        finished = signinsheets.certificates(desk, registers.called(desk, "training", options.record))
        return [books.write(desk, options.out, finished)]
    if options.step == "gaps":
        return [books.write(desk, options.out, supportlists.gaps(desk, options.year))]
    return [books.write(desk, options.out, supportlists.certificates(desk, options.month, _code(desk, options)))]


def _of_half(desk: Desk, options: Namespace, half: str) -> list[Path]:
    if options.step == "covers":
        return coverletters.write(desk, options.out, options.year, half, _code(desk, options))
    if options.step == "units":
        return unitletters.write(desk, options.out, options.year, half, options.unit)
    return [books.write(desk, options.out, unitletters.accountability(desk, options.year, half, options.unit))]


def _code(desk: Desk, options: Namespace) -> str:
    return desk.vocabulary["旗县"].code(options.county) or options.county if options.county else ""
