"""`evidence`: contradictions listed with both sides, explained, sent back."""

import argparse
from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.domain import shortened
from tuopin_desktop.domain.contradictions.kinds import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called


def evidence_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    parser = step(
        steps, "list", _list, act=Act.READ, help="列出证据疑点：考勤、报备单、日志、抽查、往返、培训相互不符之处"
    )
    parser.add_argument("--person", default="", help="只要这个人的")
    parser.add_argument("--county", default="", help="只要这个旗县的（代码或名称）")
    parser.add_argument("--month", default="", metavar="YYYY-MM", help="只要这个月的")
    parser.add_argument("--kind", choices=tuple(KINDS), default="", metavar="KIND", help="、".join(KINDS))
    parser.add_argument("--all", action="store_true", help="连已说明的也列出")
    _json_options(parser)
    argument_parser = step(steps, "explain", _explain, act=Act.ENTER, help="说明原因，关闭疑点")
    argument_parser.add_argument("key", metavar="KEY", help="疑点编号，或其前几位")
    argument_parser.add_argument("--words", required=True, help="说明")
    argument_parser.add_argument("--by", required=True, help="说明人")
    argument_parser.add_argument("--evidence", default="", help="凭据")
    _json_options(argument_parser)
    back = step(steps, "reopen", _reopen, act=Act.ENTER, help="退回说明（只有自治区工作队管理办公室可以退回）")
    back.add_argument("key", metavar="KEY", help="疑点编号，或其前几位")
    back.add_argument("--words", required=True, help="退回原因")
    _json_options(back)


def _json_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help="以 JSON 输出，每行一个对象")


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    state = "" if options.all else "pending"
    every = evidence.rows(desk)
    county = county_called(desk, options.county)
    contradiction_rows = evidence.select(
        every, county=county, person=options.person, month=options.month, what=options.kind, state=state
    )
    numbers = [row.id.partition("/")[2] for row in every]
    for row in contradiction_rows:
        if options.json:
            item = row.item
            values = {"key": row.id, "rule": row.rule, "kind": item.what, "state": row.state, "who": item.who}
            more = {"county": item.county, "period": item.period.stored(), "sentence": item.sentence}
            say_json(out, {**values, **more, "sides": item.sides, "explanation": row.explanation})
            continue
        say(out, f"[{evidence.STATES[row.state]}] {row.county_name}{row.item.who}：{row.item.sentence}")
        number = shortened.brief(row.id.partition("/")[2], numbers)
        text = f"，{row.explanation.by}说明：{row.explanation.words}" if row.explanation else ""
        say(out, f"    {row.rule} {row.title}，编号 {number}{text}")
    if not options.json:
        explained = sum(row.state == "explained" for row in every)
        say(out, f"列出{len(contradiction_rows)}条。证据疑点共{len(every)}条，已说明{explained}条。")


def _explain(desk: Desk, options: Namespace, out: TextIO) -> None:
    explanation = evidence.explain(desk, options.key, options.words, by=options.by, proof=options.evidence)
    if options.json:
        say_json(out, explanation)
    else:
        say(out, f"已说明：{explanation.what}")


def _reopen(desk: Desk, options: Namespace, out: TextIO) -> None:
    explanation = evidence.reopen(desk, options.key, options.words)
    if options.json:
        say_json(out, explanation)
    else:
        say(out, f"已退回：{explanation.what}")


VERBS = (Verb("evidence", "证据核对：列出疑点、说明、退回", evidence_options),)
