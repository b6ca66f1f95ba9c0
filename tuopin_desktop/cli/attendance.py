"""`attendance`: closing a month, correcting it, printing its book, keying back a book on paper."""

import argparse
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import book_options, say, say_book, say_json
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.documents.delimited import read_delimited
from tuopin_desktop.domain.afterclose import words_of
from tuopin_desktop.domain.attendance import codes
from tuopin_desktop.domain.attendance.lines import HEADINGS
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine import files as disk
from tuopin_desktop.services.attendance import closechanges, closing, keyback, monthbooks, outlooks
from tuopin_desktop.services.attendance.keyback import KeyedLine, LineCheck
from tuopin_desktop.services.judging import teammonth
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk


def attendance_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    close = _month_options(
        step(steps, "close", _close, act=Act.CONFIRM, help="结账：冻结一个月的考勤数字、口径和工作日")
    )
    close.add_argument("--gaps", type=int, help="确认仍有几个半天未登记")
    close.add_argument("--note", default="", help="结账说明")
    reopen = _month_options(step(steps, "reopen", _reopen, act=Act.CONFIRM, help="重新打开已结账的月份"))
    reopen.add_argument("--reason", required=True, help="原因")
    _month_options(step(steps, "state", _state, act=Act.READ, help="一个月的状态：已否结账、缺什么、数字、经过"))
    _correct_options(step(steps, "correct", _correct, act=Act.CONFIRM, help="结账后更正一天，输出考勤更正单"))
    for name, text in (("book", "考勤簿"), ("blank", "空白考勤簿，手工登记用")):
        book = _month_options(step(steps, name, _book, act=Act.PRINT, help=f"{text}，输出 PDF 或 Excel"), json=False)
        book_options(book)
        if name == "book":
            book.add_argument("--edition", type=int, metavar="N", help="打印第几次结账的（默认现在的）")
    outlook = step(
        steps, "outlook", _outlook, act=Act.READ, help="本月还需天数：从已登记的和余下的日子推算，输出 PDF 或 Excel"
    )
    outlook.add_argument("--county", default="", help="旗县代码或名称")
    outlook.add_argument("--person", default="", help="姓名")
    book_options(outlook)
    changes = _month_options(
        step(steps, "changes", _changes, act=Act.READ, help="结账后变化：结账之后登记、不计入结账数字的"), json=False
    )
    book_options(changes)
    corrections = step(steps, "corrections", _corrections, act=Act.READ, help="考勤更正单登记表，输出 PDF 或 Excel")
    corrections.add_argument("--year", type=int, help="年度（默认今年）")
    corrections.add_argument("--county", default="", help="旗县代码或名称")
    book_options(corrections)
    _keyback_options(
        _month_options(
            step(steps, "keyback", _keyback, act=Act.ENTER, help="照纸补录：按行录入手工考勤簿，合计须与纸上相符")
        )
    )


def _month_options(verb: argparse.ArgumentParser, *, json: bool = True) -> argparse.ArgumentParser:
    verb.add_argument("month", metavar="YYYY-MM", help="月份，如 2018-10")
    verb.add_argument("--county", default="", help="旗县代码或名称（在上级单位办理时填写）")
    if json:
        verb.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    return verb


def _correct_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("person", metavar="姓名", help="姓名，或派驻记录号")
    verb.add_argument("day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="更正哪一天")
    verb.add_argument("--to", required=True, metavar="符号", help="更正为：整天一个符号，或上下午两个，如 √/假")
    verb.add_argument("--reason", required=True, help="更正原因")
    verb.add_argument("--paper", default="", help="更正依据")
    verb.add_argument("--county", default="", help="旗县代码或名称（在上级单位办理时填写）")
    verb.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="同时输出考勤更正单")
    verb.add_argument("--json", action="store_true", help="以 JSON 输出结果")


def _keyback_options(verb: argparse.ArgumentParser) -> None:
    text = f"每人一行：姓名,上午符号,下午符号,{','.join(HEADINGS)}[,不符原因]；每天一个符号，空着用-"
    verb.add_argument("file", type=Path, metavar="FILE.csv", help=text)


def _close(desk: Desk, options: Namespace, out: TextIO) -> int:
    month_close = closing.close(desk, options.month, options.county, gaps=options.gaps, note=options.note)
    if options.json:
        say_json(out, month_close)
        return 0
    say(out, f"{month_close.month}考勤已结账（第{month_close.edition}次），{month_close.calendar}")
    for day in closing.days(desk, options.month, options.county):
        say(out, f"    {day.name}（{day.position}）计入{day.figure.days:g}天，应满{day.figure.needed}天")
    return 0


def _reopen(desk: Desk, options: Namespace, out: TextIO) -> int:
    month_close = closing.reopen(desk, options.month, options.reason, options.county)
    if options.json:
        say_json(out, month_close)
    else:
        say(out, f"{month_close.month}考勤已重新打开：{month_close.reopen_reason}；更正单所改的日子已写入考勤")
    return 0


def _state(desk: Desk, options: Namespace, out: TextIO) -> int:
    preview = closing.preview(desk, options.month, options.county)
    team = preview.team
    figures = [member.figure for member in team.members]
    changes = closechanges.changes(desk, options.month, options.county)
    if options.json:
        frozen = {member.posting.id: member.frozen for member in team.members if member.frozen}
        state = {"closed": team.is_closed, "close": team.close, "missing": preview.missing, "gaps": preview.gaps}
        since = {"kept": team.roll is not None, "changes": changes}
        say_json(
            out,
            {
                **state,
                **since,
                "figures": figures,
                "frozen": frozen,
                "problems": [str(one) for one in preview.problems],
            },
        )
        return 0
    say(out, f"{team.team}{team.month_text}：{'已结账' if team.is_closed else '未结账'}，{len(team.members)}人")
    for member in team.members:
        text = f"，结账登记{member.frozen.days:g}天" if member.frozen and member.changed else ""
        value = f"计入{member.month.days:g}天，应满{member.month.needed}天{text}"
        say(out, f"    {member.name}（{member.position}）{value}")
    lacking = [] if team.is_closed else [*(gap.text for gap in preview.gaps), *(str(one) for one in preview.problems)]
    for sentence in (*lacking, *preview.notes):
        say(out, f"    {sentence}")
    for entry in closing.history(desk, options.month, options.county):
        say(out, f"    {entry.on} {entry.by} {entry.what}")
    if team.is_closed and team.roll is None:
        say(out, f"    {monthbooks.OLD_CLOSE}")
    for one in changes:
        say(out, f"    结账后变化 {words_of(one)}")
    return 0


def _changes(desk: Desk, options: Namespace, out: TextIO) -> int:
    say_book(desk, closechanges.listed(desk, options.month, options.county), options, out)
    return 0


def _outlook(desk: Desk, options: Namespace, out: TextIO) -> int:
    book = outlooks.outlooks(desk, options.county, options.person)
    if options.pdf or options.xlsx:
        say_book(desk, book, options, out)
        return 0
    for row in book.rows:
        say(out, row.sentence)
    return 0


def _correct(desk: Desk, options: Namespace, out: TextIO) -> int:
    posting = _posting(desk, f"{options.day:%Y-%m}", options.person, options.county)
    correction = closing.correct(desk, posting, options.day, options.to, options.reason, paper=options.paper)
    if options.json:
        say_json(out, correction)
    else:
        before = codes.day_sign(correction.before) if correction.before else "未登记"
        say(out, f"更正单{correction.number}：{options.day}由“{before}”更正为“{codes.day_sign(correction.after)}”")
    if options.pdf:
        path = files.write(desk, options.pdf, monthbooks.correction_pdf(desk, [correction]))
        out.write("" if options.json else f"{path}\n")
    return 0


def _posting(desk: Desk, month: str, person: str, county: str) -> str:
    """Return the posting of a name, or of an id, in a month's team; raises Refused when there is none or several."""
    members = teammonth.read(desk, month, county).members
    names = [member.posting.id for member in members if person in (member.name, member.posting.id)]
    if not names:
        raise refuse("person", f"{month}的考勤簿上没有“{person[:30]}”", "person")
    if len(names) > 1:
        text = "、".join(names)
        raise refuse("person", f"{month}有{len(names)}个“{person[:30]}”，请改填派驻记录号：{text}", "person")
    return names[0]


def _book(desk: Desk, options: Namespace, out: TextIO) -> int:
    blank, edition = options.step == "blank", getattr(options, "edition", None)
    month_book = monthbooks.month_book(desk, options.month, options.county, blank=blank, edition=edition)
    if options.pdf:
        say(out, files.write(desk, options.pdf, monthbooks.pdf(desk, month_book)))
    if options.xlsx:
        content = monthbooks.xlsx(desk, month_book, options.month, options.county, edition=edition)
        say(out, files.write(desk, options.xlsx, content))
    if not options.pdf and not options.xlsx:
        for line in monthbooks.lines_of(month_book):
            say(out, line)
    return 0


def _corrections(desk: Desk, options: Namespace, out: TextIO) -> int:
    book = monthbooks.correction_list(desk, options.year or desk.today().year, options.county)
    say_book(desk, book, options, out)
    return 0


def _keyback(desk: Desk, options: Namespace, out: TextIO) -> int:
    keyback_outcome = keyback.save(desk, options.month, _lines(desk, options), options.county)
    if options.json:
        say_json(out, keyback_outcome)
    else:
        say(out, f"已录入{len(keyback_outcome.saved)}行：{'、'.join(keyback_outcome.saved) or '无'}")
        for one in keyback_outcome.held_back:
            say(out, f"    未录入 {_held(one)}")
    if keyback_outcome.held_back:
        raise refuse(
            "totals",
            f"有{len(keyback_outcome.held_back)}行合计不符，未录入；请核对，确属纸上合计有误的，在行末写明原因",
        )
    return 0


def _held(one: LineCheck) -> str:
    return f"{one.name}：{'；'.join(one.differences)}"


def _lines(desk: Desk, options: Namespace) -> list[KeyedLine]:
    # As every sheet that is read: Excel and the plain editor of a Chinese Windows save text in its code page.
    cells = ([str(cell) for cell in row] for row in read_delimited(disk.read(options.file)))
    rows = [row for row in cells if any(cell.strip() for cell in row)]
    return [_line(desk, options, number, row) for number, row in enumerate(rows, 1) if row[0].strip() != "姓名"]


def _line(desk: Desk, options: Namespace, number: int, row: Sequence[str]) -> KeyedLine:
    cells = [cell.strip() for cell in row]
    count = 3 + len(HEADINGS)
    if len(cells) not in (count, count + 1):
        raise refuse("row", f"第{number}行应有{count}列（末尾可加不符原因），现有{len(cells)}列", "file")
    try:
        totals = tuple(float(cell or 0) for cell in cells[3:count])
    except ValueError as error:
        raise refuse("row", f"第{number}行的合计不是数字，请写成 20 或 19.5", "file") from error
    posting = _posting(desk, options.month, cells[0], options.county)
    reason = cells[count] if len(cells) > count else ""
    return KeyedLine(posting=posting, morning=cells[1], afternoon=cells[2], totals=totals, reason=reason)


VERBS = (Verb("attendance", "考勤：结账、重新打开、更正、考勤簿、照纸补录", attendance_options),)
