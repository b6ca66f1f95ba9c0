"""`appraisal`: compute a year, the proposal sheet, ballots keyed twice, grades, and the personal files."""

import argparse
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import msgspec

from tuopin_desktop.cli.opening import book_options, say, say_book, say_json
from tuopin_desktop.cli.verb import Steps, Verb, step, steps_of
from tuopin_desktop.domain.appraisal.ballots import subjects_of
from tuopin_desktop.domain.appraisal.evidence import TraceLine
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records.choices import BALLOT, GRADE
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.appraisal import ballots, dossier, grades, papers, routine
from tuopin_desktop.services.appraisal.year import AppraisalRow, Year, compute
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called


def appraisal_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    computed = step(
        steps, "compute", _compute, act=Act.READ, help="按评分表计算一年的得分，逐项给出依据；不写入任何数据"
    )
    _year_options(computed)
    computed.add_argument("--trace", action="store_true", help="列出每一项的依据和算式")
    computed.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    for name, text, do in (
        ("sheet", "输出年度考核等次评定建议表", _sheet),
        ("routine", "输出平时考核逐月汇总表", _routine),
    ):
        sheet = step(steps, name, do, act=Act.PRINT, help=text)
        _year_options(sheet)
        book_options(sheet)
    filed = step(steps, "file", _file, act=Act.REVEAL, help="输出综合考核材料，每人一份 PDF")
    filed.add_argument("folder", type=Path, metavar="OUT_DIR")
    filed.add_argument("--county", default="", help="只要一个旗县（代码或名称）")
    _ballots_options(steps)
    proposed = step(steps, "propose", _propose, act=Act.GRADE, help="登记建议等次（只有自治区办公室可以登记）")
    _year_options(proposed)
    decided = step(steps, "decide", _decide, act=Act.GRADE, help="登记确定的等次")
    decided.add_argument("--year", type=int, required=True, help="考核年度；0 为帮扶结束后的综合考核")
    decided.add_argument("--grade", required=True, help="、".join(GRADE.labels.values()))
    decided.add_argument("--paper", required=True, help="文号")
    decided.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="确定日期")
    decided.add_argument("subjects", nargs="+", metavar="ID", help="派驻记录号或总队记录号（见 compute --json）")


def _ballots_options(steps: Steps) -> None:
    opened = step(steps, "round", _round, act=Act.ENTER, help="开一场民主测评或民意调查，可同时输出空白票")
    opened.add_argument("--county", required=True, help="旗县代码或名称")
    opened.add_argument("--year", type=int, required=True)
    opened.add_argument(
        "--source", required=True, choices=tuple(BALLOT.labels), help="democratic 民主测评、survey 民意调查"
    )
    opened.add_argument("--held", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="测评日期")
    opened.add_argument("--issued", type=int, required=True, help="发出票数")
    opened.add_argument("--place", default="", help="地点")
    opened.add_argument("--tellers", default="", help="监票、计票人")
    opened.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="空白票")
    keyed = step(steps, "key", _key, act=Act.ENTER, help="录入一张票：每行一个数字，第几栏；0未选，x作废")
    keyed.add_argument("round", metavar="ROUND", help="场次记录号")
    keyed.add_argument("serial", type=int, metavar="N", help="票号")
    keyed.add_argument("keying", type=int, choices=(1, 2, 3), metavar="1|2|3", help="第一遍、第二遍；3 为对照原票核定")
    keyed.add_argument("marks", metavar="MARKS")
    keyed.add_argument("--by", default="", help="录入人")
    parser = step(steps, "tally", _tally, act=Act.READ, help="计票：只录了一遍的、两遍不一致的、各栏票数")
    parser.add_argument("round", metavar="ROUND")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def _year_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--year", type=int, required=True, help="考核年度")
    verb.add_argument("--county", default="", help="只要一个旗县（代码或名称）")


def _computed(desk: Desk, options: Namespace) -> Year:
    return compute(desk, options.year, county_called(desk, options.county))


def _compute(desk: Desk, options: Namespace, out: TextIO) -> None:
    year = _computed(desk, options)
    for row in year.rows:
        if options.json:
            say_json(out, _plain(year, row))
            continue
        proposal = row.proposal
        level = grades.called(year, row, proposal.level) or "暂不建议"
        total = f"{proposal.appraisal.total}分" + (f"，第{proposal.rank}名" if proposal.rank else "")
        say(
            out,
            "\t".join((row.county_name, row.position, row.name, total, level, "；".join(grades.reasons(year, row)))),
        )
        for line in _lines(row) if options.trace else ():
            say(out, f"    {line}")
    if not options.json:
        for limit in year.limits:
            say(out, f"{limit}。")
        say(out, f"按《{year.scheme.title}》计算{len(year.members)}人、{len(year.teams)}个总队，未写入任何数据。")
        say(out, "" if year.scheme.official else f"{year.scheme.note}。")


def _lines(row: AppraisalRow) -> list[str]:
    names = [row.proposal.appraisal.parts]
    for one in row.proposal.appraisal.items:
        points = "尚缺" if one.points is None else f"{one.points}"
        names.append(f"{one.item.label} {points}/{one.item.points}")
        names += [f"    {_words(line)}" for line in one.lines]
    for cap in row.proposal.appraisal.caps:
        names.append(f"等次限制：{cap.text}")
        names += [f"    {step}" for step in cap.steps]
        names += [f"    {line.words}　{line.record}" for line in cap.lines]
    return names


def _words(line: TraceLine) -> str:
    return f"{line.rule} {line.words}（扣{line.points}分）" if line.points else line.words


def _plain(year: Year, row: AppraisalRow) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(row)
    plain["year"], plain["scheme"] = year.year, year.scheme.id
    plain["total"] = str(row.proposal.appraisal.total)
    plain["grade_words"] = grades.called(year, row, row.proposal.level)
    return plain


def _sheet(desk: Desk, options: Namespace, out: TextIO) -> None:
    say_book(desk, papers.proposal_sheet(desk, _computed(desk, options)), options, out)


def _routine(desk: Desk, options: Namespace, out: TextIO) -> None:
    say_book(desk, routine.routine_sheet(desk, _computed(desk, options)), options, out)


def _file(desk: Desk, options: Namespace, out: TextIO) -> None:
    paths = dossier.write_all(desk, options.folder, county=county_called(desk, options.county))
    say(out, f"已输出{len(paths)}份综合考核材料，在 {options.folder}")


def _round(desk: Desk, options: Namespace, out: TextIO) -> None:
    county = county_called(desk, options.county)
    ballot_round = ballots.open_round(
        desk,
        county,
        options.year,
        options.source,
        options.held,
        issued=options.issued,
        place=options.place,
        tellers=options.tellers,
    )
    say(out, ballot_round.id)
    for number, name in enumerate(ballots.names(desk, ballot_round), start=1):
        say(out, f"    第{number}行 {name}")
    if options.pdf:
        say(out, files.write(desk, options.pdf, ballots.pdf(desk, ballot_round.id)))


def _key(desk: Desk, options: Namespace, out: TextIO) -> None:
    ballots.key(desk, options.round, options.serial, options.keying, options.marks, options.by)
    say(out, f"第{options.serial}号票第{options.keying}遍已录入")


def _tally(desk: Desk, options: Namespace, out: TextIO) -> None:
    ballot_round, count = ballots.round_of(desk, options.round), ballots.count_round(desk, options.round)
    if options.json:
        say_json(out, count)
        return
    called = ballots.names(desk, ballot_round)
    for name, subject in zip(called, subjects_of(ballot_round), strict=True):
        tally = count.tallies[subject]
        mean = "无" if tally.mean is None else f"{tally.mean:.2f}"
        say(out, f"{name}\t{'、'.join(map(str, tally.ticks))}\t未选{tally.empty}\t作废{tally.spoilt}\t平均{mean}")
    say(out, f"计入{len(count.counted)}张；只录了一遍{len(count.once)}张；两遍不一致{len(count.differing)}处")
    for one in count.differing:
        say(out, f"    第{one.serial}号票 {called[one.place]}：第一遍{one.first}，第二遍{one.second}")


def _propose(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.county:
        raise refuse("county", "名额在全部成员中计算，建议等次须一次登记，请不要加 --county", "county")
    say(out, f"已登记建议等次{grades.propose(desk, _computed(desk, options))}条")


def _decide(desk: Desk, options: Namespace, out: TextIO) -> None:
    decided_grades = grades.decide(desk, options.subjects, options.year, options.grade, options.paper, options.on)
    say(out, f"已登记确定等次{len(decided_grades)}条，依据{options.paper}")


VERBS = (Verb("appraisal", "考核：计分、建议等次、测评票、综合考核材料", appraisal_options),)
