"""`leave scan` and `leave tray`: scans find their slips, the rest waits to be recognised."""

from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.services import leave, scans
from tuopin_desktop.services.desk import Desk


def scan_verb(desk: Desk, asked: Namespace, out: TextIO) -> int:
    """Take in files and folders of scans."""
    report = scans.take_in(desk, asked.paths)
    if asked.json:
        say_json(out, report)
    else:
        say(out, report.sentence)
    return 0


def tray_verb(desk: Desk, asked: Namespace, out: TextIO) -> int:
    """List the tray, or put one of its items to a slip."""
    if asked.assign:
        start, number = asked.assign
        found = [item for item in scans.items(desk) if item.id.startswith(start)]
        if len(found) != 1:
            raise refuse("tray", f"收件筐中以“{start[:20]}”开头的有{len(found)}件，请写全件号", "item")
        scans.assign(desk, found[0].id, leave.numbered(desk, number).id)
        say(out, f"已归到{number}")
        return 0
    for item in scans.items(desk):
        if asked.json:
            say_json(out, item)
        else:
            say(out, f"{item.id[:12]}\t{item.name}\t第{item.page}页\t{item.reason}")
    return 0
