"""What each verb does: one service call and its words on standard output."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

import msgspec

from tuopin_desktop import demo
from tuopin_desktop.cli.appraisalverbs import appraisal_verb
from tuopin_desktop.cli.attachmentverbs import attachment_verb
from tuopin_desktop.cli.attendanceverbs import attendance_verb
from tuopin_desktop.cli.backupverb import backup_verb, verify_verb
from tuopin_desktop.cli.clockverb import clock_verb
from tuopin_desktop.cli.dutyverb import duty_verb
from tuopin_desktop.cli.evidenceverbs import evidence_verb
from tuopin_desktop.cli.exchangeverbs import conflicts_verb, package_verb, station_verb
from tuopin_desktop.cli.journalverbs import journal_verb
from tuopin_desktop.cli.leaveverbs import leave_verb
from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.cli.packverb import pack_verb
from tuopin_desktop.cli.recallverbs import recall_verb, replacement_verb
from tuopin_desktop.cli.reportverbs import report_verb
from tuopin_desktop.cli.rosterverb import roster_verb
from tuopin_desktop.cli.rulingverbs import ruling_verb
from tuopin_desktop.cli.spotcheckverbs import check_verb
from tuopin_desktop.domain.columns import columns, shown
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.masking import discreet, mask
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Field, Form, Record, Scalar, editable, fields, scalars
from tuopin_desktop.domain.records import KINDS, LeaveSlip
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import books, disclosurelist, disclosures, files, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake

Verb = Callable[[Namespace, TextIO], int]


def init(options: Namespace, out: TextIO) -> int:
    """Set up an office."""
    code = offices.create(
        options.office,
        level=options.level,
        county=options.county,
        name=options.name,
        clerk=options.clerk,
        practice=options.practice,
        arrived=options.arrived,
        anew=options.anew,
    )
    say(out, f"已建立单位 {code} {options.name or offices.default_name(code)}，数据在 {options.office}")
    return 0


def template(options: Namespace, out: TextIO) -> int:
    """Write an empty workbook for a register."""
    with opened(options) as desk:
        say(out, files.write(desk, options.out, intake.template(desk, options.kind)))
    return 0


def export(options: Namespace, out: TextIO) -> int:
    """Write a register as a workbook; one about a person's conduct only when that is asked for in so many words."""
    _open_only_if_asked(options)
    with opened(options) as desk:
        say(
            out,
            files.write(desk, options.out, intake.export(desk, options.kind, _where(options), reveal=options.reveal)),
        )
    return 0


def add(options: Namespace, out: TextIO) -> int:
    """Write one record as a row of a sheet would be: words are judged alike, and the same again is no double."""
    with opened(options) as desk:
        rehearsed = intake.typed(desk, options.kind, _pairs(options.said))
        for _, heading, sentence in rehearsed.messages():
            say(out, f"{heading}：{sentence}")
        if rehearsed.counts.rejected:
            raise refuse("rejected", "没有登记，请按提示改正")
        intake.confirm(desk, rehearsed)
        for plan in rehearsed.plans:
            say(out, "\t".join([plan.words, *(change.id for change in plan.changes)]))
    return 0


def take(options: Namespace, out: TextIO) -> int:
    """Import workbooks; bad rows are said, optionally written to a correction workbook, and make the result 1."""
    bad = 0
    with opened(options) as desk:
        previews = [intake.preview(desk, options.kind, path) for path in options.files]
        for path, preview in zip(options.files, previews, strict=True):
            counts = preview.counts if options.dry_run else intake.confirm(desk, preview)
            _tell_import(out, path, preview, counts, options)
            if options.rejects and counts.rejected:
                target = _beside(options.rejects, path, alone=len(previews) == 1)
                file = files.write(desk, target, intake.rejects(desk, preview))
                out.write("" if options.json else f"{file}\n")
            bad += counts.rejected
    if bad:
        where = f"，见 {options.rejects}" if options.rejects else "，可加 --rejects 输出更正表"
        raise refuse("rejected", f"有{bad}行需要更正，未导入{where}")
    return 0


def _beside(target: Path, source: Path, *, alone: bool) -> Path:
    """Return where one file's correction workbook goes: of several files each gets its own."""
    return target if alone else target.with_name(f"{target.stem}-{source.stem}{target.suffix}")


def _tell_import(out: TextIO, path: Path, preview: intake.Preview, counts: intake.Counts, options: Namespace) -> None:
    if options.json:
        problems = [{"row": row, "field": field, "sentence": sentence} for row, field, sentence in preview.messages()]
        say_json(
            out,
            {
                "file": str(path),
                "dry_run": options.dry_run,
                **msgspec.to_builtins(counts),
                "problems": problems,
                "notes": list(preview.notes),
            },
        )
        return
    done = "检查" if options.dry_run else "导入"
    nothing = "文件中没有可导入的行。" if not preview.plans else ""
    say(out, f"{path}：{done}{counts.words()}。{nothing}".rstrip("。"))
    for note in preview.notes:
        say(out, f"  {note}")
    for row, field, sentence in preview.messages():
        say(out, f"  第{row}行 {field}：{sentence}")


def rows(options: Namespace, out: TextIO) -> int:
    """List a register; one about a person's conduct only when that is asked for in so many words."""
    _open_only_if_asked(options)
    with opened(options) as desk:
        named = {} if options.json else _named(desk, options.kind)
        records = registers.rows(desk, options.kind, _where(options))
        if options.reveal:
            _note_shown(desk, options.kind, records)
        if not records and not options.json:
            say(out, f"没有{'符合条件的' if options.where else ''}{registers.kind_of(options.kind).kind.label}记录。")
        for record in records:
            if options.json:
                say_json(out, _plain(record, reveal=options.reveal), reveal=True)
            else:
                say(out, _line(desk, record, named, reveal=options.reveal))
    return 0


def _note_shown(desk: Desk, kind: str, records: list[Record]) -> None:
    rows = [{f"{kind}.{name}": value for name, value in scalars(record).items()} for record in records]
    disclosures.note_sheet(desk, "show", registers.kind_of(kind).kind.label, columns(kind), rows)


def _open_only_if_asked(options: Namespace) -> None:
    cls = KINDS.get(options.kind)  # the roster is a sheet of several kinds, none of them restricted
    if cls is not None and cls.kind.restricted and not options.reveal:
        raise refuse("restricted", f"“{cls.kind.label}”涉及个人，平时不列出、不导出；确需时请加 --reveal", "kind")


def _named(desk: Desk, kind: str) -> dict[str, str]:
    """Return the words for the ids that the listed fields of a kind point to."""
    kinds = {item.ref for item in fields(registers.kind_of(kind)) if item.form is Form.REF and item.ref and item.width}
    return {key: text for ref in kinds for key, text in registers.titles(desk, ref).items()}


def _plain(record: Record, *, reveal: bool) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(record) if reveal else discreet(record)
    values.pop("deleted")
    return values


def _line(desk: Desk, record: Record, named: Mapping[str, str], *, reveal: bool) -> str:
    listed = [item for item in fields(type(record)) if item.width] or list(editable(type(record)))
    values = scalars(record)
    texts = (_words(desk, type(record), item, values[item.name], reveal=reveal) for item in listed)
    return "\t".join([record.id, *(" ".join(named.get(word, word).split()) for word in texts)])


def _words(desk: Desk, cls: type[Record], item: Field, value: Scalar, *, reveal: bool) -> str:
    return shown(item, value, desk.vocabulary) if reveal else mask(cls, item, value, desk.vocabulary)


def check(options: Namespace, out: TextIO) -> int:
    """Apply the rules; each finding is written as soon as it is judged."""
    count = number = 0
    with opened(options) as desk:
        for finding in judging.stream(desk, options.rule):
            count += 1
            if options.json:
                say_json(out, finding)
            elif options.all or finding.verdict is not Verdict.OK:
                number += 1
                _tell(out, finding)
    if not options.json:
        nothing = "没有可检查的记录：" if not count else ""
        say(out, f"{nothing}共检查{count}项，列出{number}项，其余符合规定。")
    return 0


def _tell(out: TextIO, finding: Finding) -> None:
    say(out, f"[{finding.verdict.words}] {finding.rule} {finding.subject_words}：{finding.sentence}")
    for step in finding.steps:
        say(out, f"    {step}")


def slip(options: Namespace, out: TextIO) -> int:
    """Write leave slips, or a blank form, as one PDF; a blank form needs no office."""
    if options.overprint and not options.number:
        raise refuse("overprint", "套打一次只能用于一张报备单，请用 --number 写明编号", "overprint")
    if options.blank:
        say(out, files.write(None, options.pdf, leave.blank(None, options.blank)))
        return 0
    with opened(options) as desk:
        slips: list[LeaveSlip] = []
        if options.overprint:
            content = leave.overprint_pdf(desk, leave.numbered(desk, options.number).id, options.overprint)
        else:
            slips = leave.slips(desk)[::-1] if options.all else [leave.numbered(desk, options.number)]
            content = leave.pdf(desk, [one.id for one in slips])
        say(out, files.write(desk, options.pdf, content))
        for one in slips:
            if missing := "".join(dict.fromkeys(item.char for item in leave.sheet(desk, one).missing)):
                say(out, f"{one.number}：字库中没有“{missing}”，印为〓，请手写补上")
    return 0


def tour(options: Namespace, out: TextIO) -> int:
    """Build the practice offices and say the path of every file made."""
    for line in demo.tour(options.folder):
        say(out, line)
    return 0


def disclosed(options: Namespace, out: TextIO) -> int:
    """List who showed, printed or took out personal data in full on this PC, or write it as a list."""
    with opened(options) as desk:
        book = disclosurelist.listed(desk, options.since, options.until)
        if options.out:
            say(out, books.write(desk, options.out, book))
        elif options.json:
            for line in book.rows:
                say_json(out, line)
        else:
            for text in books.lines(book):
                say(out, text)
    return 0


def _where(options: Namespace) -> dict[str, str]:
    return _pairs(options.where)


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, mark, value = text.partition("=")
        if not mark:
            raise refuse("where", f"“{text[:30]}”应写成 字段=值", "where")
        if name.strip() in pairs:
            raise refuse("where", f"“{name.strip()[:30]}”写了两遍，请只留一个", "where")
        pairs[name.strip()] = value.strip()
    return pairs


VERBS: dict[str, Verb] = {
    "init": init,
    "template": template,
    "add": add,
    "import": take,
    "export": export,
    "list": rows,
    "roster": roster_verb,
    "check": check,
    "attachment": attachment_verb,
    "slip": slip,
    "disclosures": disclosed,
    "leave": leave_verb,
    "duty": duty_verb,
    "attendance": attendance_verb,
    "journal": journal_verb,
    "ruling": ruling_verb,
    "pack": pack_verb,
    "spotcheck": check_verb,
    "evidence": evidence_verb,
    "appraisal": appraisal_verb,
    "recall": recall_verb,
    "replacement": replacement_verb,
    "report": report_verb,
    "station": station_verb,
    "package": package_verb,
    "conflicts": conflicts_verb,
    "backup": backup_verb,
    "clock": clock_verb,
    "verify": verify_verb,
    "demo": tour,
}
