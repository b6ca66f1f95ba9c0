"""年度报告: the frozen year as an official document and a workbook of annexes; words here, numbers frozen."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from tuopin_desktop.documents import workbook
from tuopin_desktop.documents.official import (
    Annex,
    Block,
    Column,
    Heading,
    Letter,
    Listing,
    Paragraph,
)
from tuopin_desktop.documents.sheetlook import Heading as SheetHeading
from tuopin_desktop.documents.table import PRACTICE
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.records import Snapshot
from tuopin_desktop.services.reporting import annexes
from tuopin_desktop.services.reporting.annextable import AnnexTable, Row, number
from tuopin_desktop.services.reporting.annualcharts import charts
from tuopin_desktop.services.reporting.figure import Figure
from tuopin_desktop.services.reporting.figures import FIGURES
from tuopin_desktop.services.reporting.sections import SECTIONS, spoken
from tuopin_desktop.services.reporting.snapshots import SnapshotContent, check_number, opened

MEASURE = "《自治区派驻贫困旗县（市、区）脱贫攻坚工作总队管理办法》"
_TABLES = "各项统计表"
_SWITCH = re.compile(r"\{([a-z_.]+)\}")
_FIGURE_COLUMNS = (
    Column("序号", 9, "center"),
    Column("指标", 38),
    Column("数值", 22, "center"),
    Column("依据", 21, "center"),
    Column("来源", 68),
)


def letter(snapshot: Snapshot) -> Letter:
    """Return the report of a snapshot; nothing but the snapshot is asked, so it is the same in ten years."""
    frozen = opened(snapshot)
    county = frozen.level == "county"
    named = [table for table in annexes.TABLES if table.paper and table.key in frozen.tables]
    return Letter(
        title=f"{frozen.office}\n{frozen.year}年度工作报告",
        recipient="自治区贫困旗县（市、区）脱贫攻坚工作队管理办公室：" if county else "自治区扶贫开发工作领导小组：",
        blocks=(*_body(frozen), *_annexes(frozen, snapshot, named)),
        attachments=("指标、依据和来源", _TABLES),
        signed=frozen.office,
        dated=date.fromisoformat(frozen.taken),
    )


def _body(frozen: SnapshotContent) -> Iterable[Block]:
    values = {figure.key: figure.value_text(frozen.figures[figure.key]) for figure in _frozen(frozen)}
    until = date.fromisoformat(frozen.until)
    whole = until == date(frozen.year, 12, 31)
    span = f"{frozen.year}年度" if whole else f"{frozen.year}年1月1日至{day_words(until)}"
    yield Paragraph(f"根据{MEASURE}，现将{span}工作情况报告如下。")
    pairs = charts(frozen)
    for heading, parts in SECTIONS:
        yield Heading(heading)
        for name, sentences in parts:
            if text := spoken(sentences, values):
                if name:
                    yield Heading(name, 2)
                yield Paragraph(text)
        yield from (chart for section, chart in pairs if section == heading)


def _frozen(frozen: SnapshotContent) -> list[Figure]:
    """Return the figures a snapshot holds: an old one is made again without those that came later."""
    return [figure for figure in FIGURES if figure.key in frozen.figures]


def _annexes(frozen: SnapshotContent, snapshot: Snapshot, named: Iterable[AnnexTable]) -> Iterable[Block]:
    """Yield two annexes: the figures, and all tables one below the other, so that none of a few rows takes a page."""
    yield Annex("指标、依据和来源", "附件1")
    yield Listing(columns=_FIGURE_COLUMNS, rows=tuple(_figure_rows(frozen)), size=10.5, least=6, notes=_notes(snapshot))
    yield Annex(_TABLES, "附件2")
    for place, table in enumerate(named, start=1):
        yield Listing(
            columns=table.columns,
            rows=tuple(map(tuple, frozen.tables[table.key])),
            totals=_totals(frozen, table),
            caption=f"表{place}　{table.title}",
            size=10.5,
            least=6,
            notes=_beside(frozen, table),
        )


def _totals(frozen: SnapshotContent, table: AnnexTable) -> tuple[Row, ...]:
    """Return the row of the whole, of a snapshot that holds it."""
    return (tuple(frozen.totals[table.key]),) if table.key in frozen.totals else ()


def _beside(frozen: SnapshotContent, table: AnnexTable) -> tuple[str, ...]:
    """Return the note under a table, of a snapshot that holds its row of the whole, with switches as they stood."""
    if not table.note or not _totals(frozen, table):
        return ()
    return (_SWITCH.sub(lambda match: frozen.terms.get(match[1], "—"), table.note),)


def _figure_rows(frozen: SnapshotContent) -> Iterable[tuple[str | int, ...]]:
    for place, figure in enumerate(_frozen(frozen), start=1):
        text = figure.value_text(frozen.figures[figure.key])
        yield place, figure.label, text, figure.article_words, figure.source


def _notes(snapshot: Snapshot) -> tuple[str, ...]:
    count = snapshot.id.rpartition("/")[2]
    value = day_words(snapshot.taken) if snapshot.taken else ""
    return (f"注：数字于{value}定稿（第{count}次）。核对码：{check_number(snapshot)}",)


def xlsx(snapshot: Snapshot) -> bytes:
    """Return the workbook of annexes: every figure as a number with unit, article, source and key, and every table."""
    frozen = opened(snapshot)
    mark = PRACTICE if frozen.mark else ""
    filled, notes = date.fromisoformat(frozen.taken), _notes(snapshot)
    headings = [
        SheetHeading(column.heading, column.width / 1.9, column.form)
        for column in (Column("指标", 36), number("数值", 20), Column("单位", 14), *_FIGURE_COLUMNS[3:])
    ]
    values = [
        (figure.label, frozen.figures[figure.key], figure.unit, figure.article_words, figure.source)
        for figure in _frozen(frozen)
    ]
    title = f"{frozen.year}年度报告指标{mark}"
    lists = {"指标": workbook.PrintedList(title, headings, values, frozen.office, filled, 1, (), notes)}
    for table in annexes.TABLES:
        if table.key not in frozen.tables:
            continue
        columns = [SheetHeading(one.heading, one.width / 1.9, one.form) for one in table.columns]
        rows = [*frozen.tables[table.key], *_totals(frozen, table)]
        beside = _beside(frozen, table)
        name = f"{frozen.year}年度{table.title}{mark}"
        lists[table.title] = workbook.PrintedList(name, columns, rows, frozen.office, filled, 1, (), (*beside, *notes))
    return workbook.several(lists, created=datetime.combine(filled, time()))
