"""`appraisal`: one service call for each step, and its words on standard output."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any, TextIO

import msgspec

from tuopin_desktop.cli.opening import opened, say, say_book, say_json
from tuopin_desktop.domain.appraisal.ballots import subjects_of
from tuopin_desktop.domain.appraisal.evidence import TraceLine
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.services.appraisal import ballots, dossier, grades, papers, routine
from tuopin_desktop.services.appraisal.year import AppraisalRow, Year, compute
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called


def appraisal_verb(options: Namespace, out: TextIO) -> int:
    """Carry out one step of the appraisal."""
    with opened(options) as desk:
        _STEPS[options.step](desk, options, out)
    return 0


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
        names.append(f"等次限制：{cap.words}")
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
    ballot_round, count = ballots.round_of(desk, options.round), ballots.counted(desk, options.round)
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
    made = grades.decide(desk, options.subjects, options.year, options.grade, options.paper, options.on)
    say(out, f"已登记确定等次{len(made)}条，依据{options.paper}")


_STEPS: dict[str, Callable[[Desk, Namespace, TextIO], None]] = {
    "compute": _compute,
    "sheet": _sheet,
    "routine": _routine,
    "file": _file,
    "round": _round,
    "key": _key,
    "tally": _tally,
    "propose": _propose,
    "decide": _decide,
}
