"""`template`, `add`, `import`, `export`, `list`: the registers by sheet and by line."""

import argparse
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

import msgspec

from tuopin_desktop.cli import answers
from tuopin_desktop.cli.opening import bare_option, opened, say, say_json
from tuopin_desktop.cli.verb import Verb
from tuopin_desktop.domain.columns import columns, field_words, sheet_kinds
from tuopin_desktop.domain.masking import discreet, mask
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Field, Form, Record, Scalar, editable, fields, scalars
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import disclosures, files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import doors, intake

SHEETS = sheet_kinds()


def template_options(verb: argparse.ArgumentParser) -> None:
    """Declare register and file."""
    _kind(verb)
    verb.add_argument("out", type=Path, metavar="OUT.xlsx")


def add_options(verb: argparse.ArgumentParser) -> None:
    """Declare register and values."""
    _kind(verb)
    verb.add_argument("said", nargs="+", metavar="FIELD=VALUE", help="如 会议类别=例会 召开日期=2019-06-03")


def import_options(verb: argparse.ArgumentParser) -> None:
    """Declare register, files and what becomes of bad rows."""
    _kind(verb)
    text = "表格；person 也可以是干部任免审批表（.lrmx、.lrm）或放这些表的文件夹"
    verb.add_argument("files", type=Path, nargs="+", metavar="FILE", help=text)
    verb.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    verb.add_argument("--rejects", type=Path, metavar="OUT.xlsx", help="把有问题的行写入更正表")
    verb.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    answers.options(verb)


def export_options(verb: argparse.ArgumentParser) -> None:
    """Declare register, file and which rows."""
    _kind(verb)
    verb.add_argument("out", type=Path, metavar="OUT.xlsx")
    text = "完整导出个人信息（默认遮盖），导出涉及个人违纪情况的登记簿"
    wish = verb.add_mutually_exclusive_group()
    wish.add_argument("--reveal", action="store_true", help=text)
    bare_option(wish)
    _where_option(verb)


def list_options(verb: argparse.ArgumentParser) -> None:
    """Declare the options of `list`."""
    verb.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help="登记簿：" + "、".join(KINDS))
    _where_option(verb)
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    verb.add_argument(
        "--reveal", action="store_true", help="完整显示个人信息（默认遮盖），列出涉及个人违纪情况的登记簿"
    )


def _kind(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("kind", choices=SHEETS, metavar="KIND", help="登记簿：" + "、".join(SHEETS))


def _where_option(verb: argparse.ArgumentParser) -> None:
    text = "只要某字段为某值的记录，可重复"
    verb.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE", help=text)


def template(options: Namespace, out: TextIO) -> int:
    """Write an empty workbook for a register."""
    with opened(options) as desk:
        say(out, files.write(desk, options.out, intake.template(desk, options.kind)))
    return 0


def export(options: Namespace, out: TextIO) -> int:
    """Write a register as a workbook; one about a person's conduct only when that is asked for in so many words."""
    _open_only_if_asked(options)
    with opened(options) as desk:
        sheet = intake.export(desk, options.kind, _where(options), reveal=options.reveal, bare=options.bare)
        say(out, files.write(desk, options.out, sheet))
    return 0


def add(options: Namespace, out: TextIO) -> int:
    """Write one record as a row of a sheet would be: words are judged alike, and the same again is no double."""
    with opened(options) as desk:
        rehearsed = intake.read_row(desk, options.kind, _pairs(options.said))
        for _, heading, sentence in rehearsed.messages():
            say(out, f"{heading}：{sentence}")
        if rehearsed.counts.rejected:
            raise refuse("rejected", "没有登记，请按提示改正")
        intake.confirm(desk, rehearsed)
        for plan in rehearsed.plans:
            say(out, "\t".join([plan.label, *(change.id for change in plan.changes)]))
    return 0


def take(options: Namespace, out: TextIO) -> int:
    """Import workbooks; bad rows are said, optionally written to a correction workbook, and make the result 1."""
    bad = pending = 0
    with opened(options) as desk:
        replies = answers.of(options)
        parts = doors.groups(options.kind, options.files)
        previews = [doors.rehearse(desk, options.kind, paths, replies) for paths in parts]
        for preview in previews:
            path = Path(preview.path)
            counts = preview.counts if options.dry_run else intake.confirm(desk, preview)
            _tell_import(out, path, preview, counts, options)
            if options.rejects and counts.rejected:
                target = _beside(options.rejects, path, alone=len(previews) == 1)
                file = files.write(desk, target, intake.rejects(desk, preview))
                out.write("" if options.json else f"{file}\n")
            bad += counts.rejected
            pending += len(preview.open)
    if pending:
        raise refuse("asked", f"有{pending}处需要先确认，未确认的部分没有导入；请按上面的提示加上答复后再导入一次")
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
                "notes": [note for part in preview.parts for note in part.notes],
                "questions": [answers.plain(question) for question in preview.open],
                "files": [_plain_file(preview, number) for number in range(1, len(preview.files) + 1)],
            },
        )
        return
    action = "检查" if options.dry_run else "导入"
    nothing = "文件中没有可导入的行。" if not preview.plans else ""
    say(out, f"{path}：{action}{counts.text()}。{nothing}".rstrip("。"))
    for question in preview.open:
        say(out, f"  待确认：{answers.sentence(question)}")
    for part in preview.parts:
        for note in part.notes:
            say(out, f"  {part.sheet + '：' if preview.more else ''}{note}")
    for number, file in enumerate(preview.files, 1):
        photo = "有照片" if file.photo else "没有照片"
        outcome = "，".join([preview.plans[number - 1].label, *([photo, file.verdict] if file.verdict else [])])
        say(out, f"  第{number}行 {file.name}：{outcome}")
    for row, field, sentence in preview.messages():
        say(out, f"  第{row}行 {field}：{sentence}")


def _plain_file(preview: intake.Preview, number: int) -> dict[str, object]:
    """Return the file of a row for JSON."""
    file, plan = preview.files[number - 1], preview.plans[number - 1]
    return {
        "row": number,
        "file": file.path,
        "outcome": plan.action,
        "photo": bool(file.photo),
        "verdict": file.verdict,
    }


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
    shown_fields = [item for item in fields(type(record)) if item.width] or list(editable(type(record)))
    values = scalars(record)
    texts = (_words(desk, type(record), item, values[item.name], reveal=reveal) for item in shown_fields)
    return "\t".join([record.id, *(" ".join(named.get(word, word).split()) for word in texts)])


def _words(desk: Desk, cls: type[Record], item: Field, value: Scalar, *, reveal: bool) -> str:
    return field_words(item, value, desk.vocabulary) if reveal else mask(cls, item, value, desk.vocabulary)


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


VERBS = (
    Verb("template", "输出 Excel 录入模板", template_options, template, Act.PRINT),
    Verb("add", "登记一条：字段=值，值按表格单元格的写法填写", add_options, add, Act.ENTER),
    Verb("import", "导入 Excel、CSV 文件，或干部任免审批表", import_options, take, Act.ENTER),
    Verb("export", "导出为 Excel", export_options, export, Act.PRINT),
    Verb("list", "列出登记簿中的记录", list_options, rows, Act.READ),
)
