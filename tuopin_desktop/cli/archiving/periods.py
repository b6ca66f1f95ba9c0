"""`archive periods`, `archive period`: the table of periods, and one line of it changed for this office."""

from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.domain.records.archives import BINDING, FILED, PERIODS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import changing, tables
from tuopin_desktop.services.office.desk import Desk


def options(steps: Steps) -> None:
    """Declare `periods` and `period`."""
    whole = step(steps, "periods", _periods, act=Act.READ, help="期限表：每种文件归档与否、期限、依据")
    whole.add_argument("--json", action="store_true", help="以 JSON 输出，每行一个对象")
    one = step(steps, "period", _period, act=Act.READ, help="改一种文件的期限；先列出哪些件换位置，--confirm 才改")
    one.add_argument("paper", metavar="NAME", help="文件种类的名称（见 archive periods）")
    one.add_argument("--period", choices=tuple(PERIODS.labels), default="", help=_said(PERIODS.labels))
    one.add_argument("--filed", choices=tuple(FILED.labels), default="", help=_said(FILED.labels))
    one.add_argument("--binding", choices=tuple(BINDING.labels), default="", help=_said(BINDING.labels))
    one.add_argument("--note", default="", help="依据，如本单位期限表第几条")
    one.add_argument("--confirm", action="store_true", help="改动；不写只列出")


def _said(labels: dict[str, str]) -> str:
    return "、".join(f"{code} {label}" for code, label in labels.items())


def _periods(desk: Desk, options: Namespace, out: TextIO) -> None:
    periods = tables.periods(desk)
    if not options.json:
        say(out, f"{periods.title}：{periods.basis}")
    for paper, rule in periods.rules:
        if options.json:
            say_json(out, rule)
            continue
        rule_words = f"归档 {PERIODS.word(rule.period)} {BINDING.word(rule.binding)}" if rule.filed else "不归档"
        own = "（本单位改定）" if rule.changed else ""
        say(out, f"{paper.name}\t{rule_words}{own}\t{rule.reason}\t{rule.certainty}")


def _period(desk: Desk, options: Namespace, out: TextIO) -> None:
    do = changing.adjust if options.confirm else changing.moves
    moves = do(
        desk,
        options.paper,
        filed=options.filed,
        period=options.period,
        binding=options.binding,
        note=options.note,
    )
    for move in moves.rows:
        say(out, f"{move.year}年\t{move.name}\t{move.before or '不归档'} → {move.after or '不归档'}")
    say(out, f"{moves.sentence}。{'已改' if options.confirm else '还没有改；确认请加 --confirm'}")
