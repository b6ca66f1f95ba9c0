"""`leave scan` and `leave tray`: scans find their slips, the rest waits to be recognised."""

from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.services.leave import leave, scans, tray
from tuopin_desktop.services.leave.tray import page_words
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called
from tuopin_desktop.services.registers import registers


def scan_verb(desk: Desk, options: Namespace, out: TextIO) -> int:
    """Take in files and folders of scans."""
    report = scans.take_in(desk, options.paths)
    if options.json:
        say_json(out, report)
    else:
        say(out, report.sentence)
        for one in report.unread:
            say(out, f"  未收 {one.file}：{one.reason}")
        for item in report.tray:
            say(out, f"  待认 {item.name} {page_words(item)}：{item.reason}")
    return 0


def tray_verb(desk: Desk, options: Namespace, out: TextIO) -> int:
    """List the tray, or put one of its items to a slip."""
    if options.assign:
        start, number = options.assign
        item = tray.called(desk, start)
        if options.to == "slip":
            scans.assign(desk, item.id, leave.numbered(desk, number).id)
        else:
            team = options.to == "team"
            named = f"{county_called(desk, number)}/team" if team else registers.called(desk, options.to, number)
            scans.assign(desk, item.id, named, options.to)
        say(out, f"已归到{number}")
        return 0
    for number, item in tray.numbers(desk).items():
        if options.json:
            say_json(out, item)
        else:
            say(out, f"{number}\t{item.name}\t{page_words(item)}\t{item.reason}")
    return 0
