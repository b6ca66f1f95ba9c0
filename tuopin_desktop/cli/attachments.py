"""`attachment`: files put on a record of any register, listed, written out, taken off."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.domain.columns import sheet_kinds
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers


def attachment_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    put = step(steps, "add", _add, act=Act.AMEND, help="给一条记录添加附件（PDF、JPG、PNG、TIFF，每个不超过30 MB）")
    _record_options(put)
    put.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser = step(steps, "list", _list, act=Act.READ, help="列出一条记录的附件")
    _record_options(parser)
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    saved = step(steps, "save", _save, act=Act.PRINT, help="把附件另存为文件")
    saved.add_argument("attachment", metavar="ID", help="附件的记录号")
    saved.add_argument("out", type=Path, metavar="OUT")
    gone = step(steps, "remove", _remove, act=Act.AMEND, help="把附件从记录上取下，文件仍保留，可以再添加")
    gone.add_argument("attachment", metavar="ID", help="附件的记录号")


def _record_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("kind", choices=sheet_kinds()[1:], metavar="KIND", help="登记簿")
    verb.add_argument("record", metavar="RECORD", help="记录号，或该记录的名称")


def _add(desk: Desk, options: Namespace, out: TextIO) -> None:
    files = recordfiles.read(options.files)
    for one in recordfiles.attach(desk, options.kind, _named(desk, options), files):
        say(out, f"{one.id}\t{one.name}")


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    for one in recordfiles.of_record(desk, options.kind, _named(desk, options)):
        if options.json:
            say_json(out, one)
        else:
            say(out, f"{one.id}\t{one.name}\t{one.media}\t{one.size}")


def _named(desk: Desk, options: Namespace) -> str:
    """Return the id of the record meant; one about conduct is asked for by its id, so that no names are told here."""
    if KINDS[options.kind].kind.restricted and "/" not in options.record:
        label = KINDS[options.kind].kind.label
        raise refuse("restricted", f"“{label}”涉及个人，请写记录号（list {options.kind} --reveal）", "record")
    return registers.called(desk, options.kind, options.record)


def _save(desk: Desk, options: Namespace, out: TextIO) -> None:
    say(out, recordfiles.save_as(desk, options.attachment, options.out))


def _remove(desk: Desk, options: Namespace, out: TextIO) -> None:
    recordfiles.detach(desk, options.attachment)
    say(out, "已取下")


VERBS = (Verb("attachment", "附件：纪要、照片、凭证的扫描件，添加到任何登记簿的记录上", attachment_options),)
