"""What each step of `attendance` does on the command line."""

import csv
import io
from argparse import Namespace
from collections.abc import Sequence
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_book, say_json
from tuopin_desktop.domain.afterclose import words_of
from tuopin_desktop.domain.attendance import codes
from tuopin_desktop.domain.attendance.lines import HEADINGS
from tuopin_desktop.domain.problems import Trouble, refuse
from tuopin_desktop.services.attendance import closechanges, closing, keyback, monthbooks, outlooks
from tuopin_desktop.services.attendance.keyback import KeyedLine, LineCheck
from tuopin_desktop.services.judging import teammonth
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk


def attendance_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step."""
    steps = {
        "close": _close,
        "reopen": _reopen,
        "state": _state,
        "correct": _correct,
        "book": _book,
        "blank": _book,
        "corrections": _corrections,
        "changes": _changes,
        "outlook": _outlook,
        "keyback": _keyback,
    }
    with opened(asked) as desk:
        return steps[asked.step](desk, asked, out)


def _close(desk: Desk, asked: Namespace, out: TextIO) -> int:
    made = closing.close(desk, asked.month, asked.county, gaps=asked.gaps, note=asked.note)
    if asked.json:
        say_json(out, made)
        return 0
    say(out, f"{made.month}考勤已结账（第{made.edition}次），{made.calendar}")
    for day in closing.days(desk, asked.month, asked.county):
        say(out, f"    {day.name}（{day.position}）计入{day.closed.days:g}天，应满{day.closed.needed}天")
    return 0


def _reopen(desk: Desk, asked: Namespace, out: TextIO) -> int:
    made = closing.reopen(desk, asked.month, asked.reason, asked.county)
    if asked.json:
        say_json(out, made)
    else:
        say(out, f"{made.month}考勤已重新打开：{made.reopen_reason}；更正单所改的日子已写入考勤")
    return 0


def _state(desk: Desk, asked: Namespace, out: TextIO) -> int:
    found = closing.preview(desk, asked.month, asked.county)
    team = found.team
    figures = [member.figure for member in team.members]
    changes = closechanges.changes(desk, asked.month, asked.county)
    if asked.json:
        frozen = {member.posting.id: member.frozen for member in team.members if member.frozen}
        state = {"closed": team.closed, "close": team.close, "missing": found.missing, "gaps": found.gaps}
        since = {"kept": team.roll is not None, "changes": changes}
        say_json(
            out,
            {**state, **since, "figures": figures, "frozen": frozen, "problems": [str(one) for one in found.problems]},
        )
        return 0
    say(out, f"{team.team}{team.words}：{'已结账' if team.closed else '未结账'}，{len(team.members)}人")
    for member in team.members:
        closed = f"，结账登记{member.frozen.days:g}天" if member.frozen and member.changed else ""
        said = f"计入{member.month.days:g}天，应满{member.month.needed}天{closed}"
        say(out, f"    {member.name}（{member.position}）{said}")
    lacking = [] if team.closed else [*(gap.words for gap in found.gaps), *(str(one) for one in found.problems)]
    for words in (*lacking, *found.notes):
        say(out, f"    {words}")
    for entry in closing.history(desk, asked.month, asked.county):
        say(out, f"    {entry.on} {entry.by} {entry.what}")
    if team.closed and team.roll is None:
        say(out, f"    {monthbooks.OLD_CLOSE}")
    for one in changes:
        say(out, f"    结账后变化 {words_of(one)}")
    return 0


def _changes(desk: Desk, asked: Namespace, out: TextIO) -> int:
    say_book(desk, closechanges.listed(desk, asked.month, asked.county), asked, out)
    return 0


def _outlook(desk: Desk, asked: Namespace, out: TextIO) -> int:
    made = outlooks.outlooks(desk, asked.county, asked.person)
    if asked.pdf or asked.xlsx:
        say_book(desk, made, asked, out)
        return 0
    for row in made.rows:
        say(out, row.words)
    return 0


def _correct(desk: Desk, asked: Namespace, out: TextIO) -> int:
    posting = _posting(desk, f"{asked.day:%Y-%m}", asked.person, asked.county)
    made = closing.correct(desk, posting, asked.day, asked.to, asked.reason, paper=asked.paper)
    if asked.json:
        say_json(out, made)
    else:
        before = codes.shown(made.before) if made.before else "未登记"
        say(out, f"更正单{made.number}：{asked.day}由“{before}”更正为“{codes.shown(made.after)}”")
    if asked.pdf:
        path = files.write(desk, asked.pdf, monthbooks.correction_pdf(desk, [made]))
        out.write("" if asked.json else f"{path}\n")
    return 0


def _posting(desk: Desk, month: str, person: str, county: str) -> str:
    """Return the posting of a name, or of an id, in a month's team; raises Refused when there is none or several."""
    members = teammonth.read(desk, month, county).members
    found = [member.posting.id for member in members if person in (member.name, member.posting.id)]
    if not found:
        raise refuse("person", f"{month}的考勤簿上没有“{person[:30]}”", "person")
    if len(found) > 1:
        listed = "、".join(found)
        raise refuse("person", f"{month}有{len(found)}个“{person[:30]}”，请改填派驻记录号：{listed}", "person")
    return found[0]


def _book(desk: Desk, asked: Namespace, out: TextIO) -> int:
    blank, edition = asked.step == "blank", getattr(asked, "edition", None)
    made = monthbooks.month_book(desk, asked.month, asked.county, blank=blank, edition=edition)
    if asked.pdf:
        say(out, files.write(desk, asked.pdf, monthbooks.pdf(desk, made)))
    if asked.xlsx:
        content = monthbooks.xlsx(desk, made, asked.month, asked.county, edition=edition)
        say(out, files.write(desk, asked.xlsx, content))
    if not asked.pdf and not asked.xlsx:
        for line in monthbooks.lines_of(made):
            say(out, line)
    return 0


def _corrections(desk: Desk, asked: Namespace, out: TextIO) -> int:
    made = monthbooks.correction_list(desk, asked.year or desk.today().year, asked.county)
    say_book(desk, made, asked, out)
    return 0


def _keyback(desk: Desk, asked: Namespace, out: TextIO) -> int:
    kept = keyback.save(desk, asked.month, _lines(desk, asked), asked.county)
    if asked.json:
        say_json(out, kept)
    else:
        say(out, f"已录入{len(kept.saved)}行：{'、'.join(kept.saved) or '无'}")
        for one in kept.held_back:
            say(out, f"    未录入 {_held(one)}")
    if kept.held_back:
        raise refuse("totals", f"有{len(kept.held_back)}行合计不符，未录入；请核对，确属纸上合计有误的，在行末写明原因")
    return 0


def _held(one: LineCheck) -> str:
    return f"{one.name}：{'；'.join(one.differences)}"


def _lines(desk: Desk, asked: Namespace) -> list[KeyedLine]:
    try:
        text = asked.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"“{asked.file}”没有读出，请检查文件（应为 UTF-8 编码的 CSV）") from error
    rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    return [_line(desk, asked, number, row) for number, row in enumerate(rows, 1) if row[0].strip() != "姓名"]


def _line(desk: Desk, asked: Namespace, number: int, row: Sequence[str]) -> KeyedLine:
    cells = [cell.strip() for cell in row]
    count = 3 + len(HEADINGS)
    if len(cells) not in (count, count + 1):
        raise refuse("row", f"第{number}行应有{count}列（末尾可加不符原因），现有{len(cells)}列", "file")
    try:
        totals = tuple(float(cell or 0) for cell in cells[3:count])
    except ValueError as error:
        raise refuse("row", f"第{number}行的合计不是数字，请写成 20 或 19.5", "file") from error
    posting = _posting(desk, asked.month, cells[0], asked.county)
    reason = cells[count] if len(cells) > count else ""
    return KeyedLine(posting=posting, morning=cells[1], afternoon=cells[2], totals=totals, reason=reason)
