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


def appraisal_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step of the appraisal."""
    with opened(asked) as desk:
        _STEPS[asked.step](desk, asked, out)
    return 0


def _computed(desk: Desk, asked: Namespace) -> Year:
    return compute(desk, asked.year, county_called(desk, asked.county))


def _compute(desk: Desk, asked: Namespace, out: TextIO) -> None:
    made = _computed(desk, asked)
    for row in made.rows:
        if asked.json:
            say_json(out, _plain(made, row))
            continue
        said = row.proposal
        level = grades.called(made, row, said.level) or "暂不建议"
        total = f"{said.appraisal.total}分" + (f"，第{said.rank}名" if said.rank else "")
        say(
            out,
            "\t".join((row.county_name, row.position, row.name, total, level, "；".join(grades.reasons(made, row)))),
        )
        for line in _lines(row) if asked.trace else ():
            say(out, f"    {line}")
    if not asked.json:
        for limit in made.limits:
            say(out, f"{limit}。")
        say(out, f"按《{made.scheme.title}》计算{len(made.members)}人、{len(made.teams)}个总队，未写入任何数据。")
        say(out, "" if made.scheme.official else f"{made.scheme.note}。")


def _lines(row: AppraisalRow) -> list[str]:
    found = [row.proposal.appraisal.parts]
    for one in row.proposal.appraisal.items:
        points = "尚缺" if one.points is None else f"{one.points}"
        found.append(f"{one.item.label} {points}/{one.item.points}")
        found += [f"    {_words(line)}" for line in one.lines]
    for cap in row.proposal.appraisal.caps:
        found.append(f"等次限制：{cap.words}")
        found += [f"    {step}" for step in cap.steps]
        found += [f"    {line.words}　{line.record}" for line in cap.lines]
    return found


def _words(line: TraceLine) -> str:
    return f"{line.rule} {line.words}（扣{line.points}分）" if line.points else line.words


def _plain(made: Year, row: AppraisalRow) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(row)
    plain["year"], plain["scheme"] = made.year, made.scheme.id
    plain["total"] = str(row.proposal.appraisal.total)
    plain["grade_words"] = grades.called(made, row, row.proposal.level)
    return plain


def _sheet(desk: Desk, asked: Namespace, out: TextIO) -> None:
    say_book(desk, papers.proposal_sheet(desk, _computed(desk, asked)), asked, out)


def _routine(desk: Desk, asked: Namespace, out: TextIO) -> None:
    say_book(desk, routine.routine_sheet(desk, _computed(desk, asked)), asked, out)


def _file(desk: Desk, asked: Namespace, out: TextIO) -> None:
    written = dossier.write_all(desk, asked.folder, county=county_called(desk, asked.county))
    say(out, f"已输出{len(written)}份综合考核材料，在 {asked.folder}")


def _round(desk: Desk, asked: Namespace, out: TextIO) -> None:
    county = county_called(desk, asked.county)
    held = ballots.open_round(
        desk,
        county,
        asked.year,
        asked.source,
        asked.held,
        issued=asked.issued,
        place=asked.place,
        tellers=asked.tellers,
    )
    say(out, held.id)
    for number, name in enumerate(ballots.names(desk, held), start=1):
        say(out, f"    第{number}行 {name}")
    if asked.pdf:
        say(out, files.write(desk, asked.pdf, ballots.pdf(desk, held.id)))


def _key(desk: Desk, asked: Namespace, out: TextIO) -> None:
    ballots.key(desk, asked.round, asked.serial, asked.keying, asked.marks, asked.by)
    say(out, f"第{asked.serial}号票第{asked.keying}遍已录入")


def _tally(desk: Desk, asked: Namespace, out: TextIO) -> None:
    held, counted = ballots.round_of(desk, asked.round), ballots.counted(desk, asked.round)
    if asked.json:
        say_json(out, counted)
        return
    called = ballots.names(desk, held)
    for name, subject in zip(called, subjects_of(held), strict=True):
        tally = counted.tallies[subject]
        mean = "无" if tally.mean is None else f"{tally.mean:.2f}"
        say(out, f"{name}\t{'、'.join(map(str, tally.ticks))}\t未选{tally.empty}\t作废{tally.spoilt}\t平均{mean}")
    say(out, f"计入{len(counted.counted)}张；只录了一遍{len(counted.once)}张；两遍不一致{len(counted.differing)}处")
    for one in counted.differing:
        say(out, f"    第{one.serial}号票 {called[one.place]}：第一遍{one.first}，第二遍{one.second}")


def _propose(desk: Desk, asked: Namespace, out: TextIO) -> None:
    if asked.county:
        raise refuse("county", "名额在全部成员中计算，建议等次须一次登记，请不要加 --county", "county")
    say(out, f"已登记建议等次{grades.propose(desk, _computed(desk, asked))}条")


def _decide(desk: Desk, asked: Namespace, out: TextIO) -> None:
    made = grades.decide(desk, asked.subjects, asked.year, asked.grade, asked.paper, asked.on)
    say(out, f"已登记确定等次{len(made)}条，依据{asked.paper}")


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
