"""`report`: the monthly circular and the annual report, written where the clerk wants them."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say
from tuopin_desktop.documents.official import Letter
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.services import files, papers
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.services.reporting.circular import circular


def report_parser(verb: ArgumentParser) -> None:
    """Declare the words of `report`."""
    kinds = verb.add_subparsers(dest="report", metavar="报告", required=True)
    month = kinds.add_parser("circular", help="出勤通报（一页，待签发）")
    month.add_argument("--month", required=True, metavar="YYYY-MM", help="哪一个月，如 2019-05")
    month.add_argument("--number", default="", metavar="N", help="发文字号（可省略，留空待编）")
    month.add_argument("out", type=Path, metavar="OUT", help="OUT.pdf、OUT.docx，或文件夹（两种都输出）")


def report_verb(asked: Namespace, out: TextIO) -> int:
    """Write a report and say the path of every file made."""
    with opened(asked) as desk:
        letter = circular(desk, asked.month, number=asked.number)
        for path in write_letter(desk, letter, asked.out, f"出勤通报{asked.month}"):
            say(out, path)
        for words in papers.fonts_told(desk):
            say(out, f"提示：{words}")
    return 0


def write_letter(desk: Desk, letter: Letter, target: Path, name: str) -> list[Path]:
    """Write a document as what the file's name says; into a folder (no ending) as both kinds."""
    makers = {".pdf": papers.pdf, ".docx": papers.docx}
    ending = target.suffix.lower()
    if ending in makers:
        return [files.write(desk, target, makers[ending](desk, letter))]
    if ending and not target.is_dir():
        raise refuse("out", f"不能输出“{ending}”文件，请写 .pdf、.docx，或一个文件夹", "out")
    return [files.write(desk, target / f"{name}{end}", make(desk, letter)) for end, make in makers.items()]
