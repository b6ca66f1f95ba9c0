"""年度报告: the frozen year as an official document and a workbook of annexes; words here, numbers frozen."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from tuopin_desktop.documents import workbook
from tuopin_desktop.documents.official import (
    Annex,
    Block,
    Chart,
    ChartKind,
    Column,
    Heading,
    Letter,
    Listing,
    Paragraph,
    Series,
)
from tuopin_desktop.documents.sheetlook import Heading as SheetHeading
from tuopin_desktop.documents.table import PRACTICE
from tuopin_desktop.domain.halves import words as day_words
from tuopin_desktop.domain.records import Snapshot
from tuopin_desktop.services.reporting import annexes
from tuopin_desktop.services.reporting.figures import FIGURES
from tuopin_desktop.services.reporting.snapshots import Frozen, opened

MEASURE = "《自治区派驻贫困旗县（市、区）脱贫攻坚工作总队管理办法》"
SECTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "队伍派驻情况",
        (
            (
                "人员编成",
                "年末有工作总队{teams}，在派{posted}，其中队长{leaders}、副队长{deputies}、队员{members}；满员总队{full_teams}（第二条）。",
            ),
            (
                "人员选派和更换",
                "任职条件待核{unfit_people}（第三条）；党组织关系未转接{party_open}（第四条）。当年到任{begun}，离任{ended}，申请更换{applied}，未见批准的更换{unapproved}（第五条）。",
            ),
        ),
    ),
    (
        "在岗履职情况",
        (
            (
                "在岗天数",
                "应考核{person_months}，达到应满天数{reached}，不足{short}，考勤登记不全{unknown}；达标率{reached_rate}，月人均在旗县工作{mean_days}，进村入户平均占{village}（第九条）。",
            ),
            (
                "请销假",
                "请假外出{slips}、{leave_days}，其中因公{official}；补办率{late_rate}，超假未归{overdue}，离开未报备{unreported}（第十条）。",
            ),
            ("日志、周记和台账", "撰写工作日志{logs}、周记{weekly}，台账立项{ledger}（第十条）。"),
            ("明查暗访和抽查", "检查{checks}，发现问题{checks_found}，已销号{checks_closed}（第十条）。"),
        ),
    ),
    (
        "培训和工作制度落实情况",
        (
            ("培训", "举办培训班{trainings}，其中示范培训班{demonstration}（第十一条）。"),
            (
                "会议和报告",
                "召开工作分析例会{analysis}、联席会议{joint}、队长会议{leaders_met}；报送月报{monthly}、半年报告{half_year}；提出瓶颈问题、调研和宣传事项{matters}（第十二条）。",
            ),
            ("跟踪管理", "派出单位谈话走访{followed}（第八条）。"),
        ),
    ),
    (
        "考核和纪律情况",
        (
            ("年度考核", "已确定等次{graded}，其中优秀{excellent}（第十五条）。"),
            (
                "纪律",
                "登记违纪违规情况{incidents}（第十三条）；疑似达到第十六条规定{suspected}，由管理办公室认定；召回调整立案{cases}（第十六条）。",
            ),
        ),
    ),
    ("保障情况", (("", "往返交通登记{trips}，年末意外伤害保险覆盖率{insured}（第十八条）。"),)),
)
"""Headings and sentences; every name in braces is a declared figure."""

OWN_WORDS = "（请在此补写主要做法、存在问题和下一步打算。）"
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
    named = [table for table in annexes.TABLES if table.paper]
    return Letter(
        title=f"{frozen.office}\n{frozen.year}年度工作报告",
        recipient="自治区贫困旗县（市、区）脱贫攻坚工作队管理办公室：" if county else "自治区扶贫开发工作领导小组：",
        blocks=(*_body(frozen), *_annexes(frozen, snapshot, named)),
        attachments=("指标、依据和来源", *(table.title for table in named)),
        signed=frozen.office,
        dated=date.fromisoformat(frozen.taken),
    )


def _body(frozen: Frozen) -> Iterable[Block]:
    said = {figure.key: figure.said(frozen.figures.get(figure.key)) for figure in FIGURES}
    until = date.fromisoformat(frozen.until)
    whole = until == date(frozen.year, 12, 31)
    span = f"{frozen.year}年度" if whole else f"{frozen.year}年1月1日至{day_words(until)}"
    yield Paragraph(f"根据{MEASURE}，现将{span}工作情况报告如下。")
    for heading, parts in SECTIONS:
        yield Heading(heading)
        for name, sentence in parts:
            if name:
                yield Heading(name, 2)
            yield Paragraph(sentence.format_map(said))
        if heading == "在岗履职情况":
            yield from _charts(frozen)
    yield Heading("主要做法、问题和打算")
    yield Paragraph(OWN_WORDS)


def _charts(frozen: Frozen) -> Iterable[Block]:
    """Yield the drawings of what is known; nothing is drawn of months nobody registered."""
    months, spread = frozen.tables["months"], frozen.tables["spread"]
    names, bins = tuple(str(row[0]) for row in months), tuple(str(row[0]) for row in spread)
    drawn: tuple[tuple[ChartKind, tuple[str, ...], tuple[Series, ...], str, str], ...] = (
        ("line", names, (_series("人均天数", months, 5),), f"{frozen.year}年各月人均在旗县工作天数", "天"),
        (
            "bar",
            names,
            tuple(_series(words, months, at) for words, at in (("达到", 2), ("不足", 3), ("登记不全", 4))),
            "各月达到、不足应满天数和登记不全的人数",
            "人",
        ),
        ("distribution", bins, (_series("人数", spread, 1),), "人员月均在旗县工作天数分布", "人"),
    )
    number = 0
    for kind, categories, series, caption, unit in drawn:
        if any(value for one in series for value in one.values):
            number += 1
            yield Chart(kind=kind, categories=categories, series=series, caption=f"图{number} {caption}", unit=unit)


def _series(name: str, rows: Sequence[Sequence[object]], place: int) -> Series:
    return Series(name, tuple(_value(row[place]) for row in rows))


def _value(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def _annexes(frozen: Frozen, snapshot: Snapshot, named: Iterable[annexes.AnnexTable]) -> Iterable[Block]:
    yield Annex("指标、依据和来源", "附件1")
    yield Listing(columns=_FIGURE_COLUMNS, rows=tuple(_figure_rows(frozen)), size=10.5, least=6, notes=_notes(snapshot))
    for number, table in enumerate(named, start=2):
        yield Annex(table.title, f"附件{number}")
        yield Listing(columns=table.columns, rows=tuple(map(tuple, frozen.tables[table.key])), size=10.5, least=6)


def _figure_rows(frozen: Frozen) -> Iterable[tuple[str | int, ...]]:
    for number, figure in enumerate(FIGURES, start=1):
        said = figure.said(frozen.figures.get(figure.key))
        yield number, figure.words, said, figure.article_words, figure.source


def _notes(snapshot: Snapshot) -> tuple[str, ...]:
    number = snapshot.id.rpartition("/")[2]
    taken = day_words(snapshot.taken) if snapshot.taken else ""
    return (f"注：数字于{taken}冻结（第{number}次）。校验码（SHA-256）：{snapshot.digest}",)


def xlsx(snapshot: Snapshot) -> bytes:
    """Return the workbook of annexes: every figure as a number with unit, article, source and key, and every table."""
    frozen = opened(snapshot)
    mark = PRACTICE if frozen.mark else ""
    filled, notes = date.fromisoformat(frozen.taken), _notes(snapshot)
    headings = [
        SheetHeading(column.heading, column.width / 1.9, column.form)
        for column in (Column("指标", 36), annexes.number("数值", 20), Column("单位", 14), *_FIGURE_COLUMNS[3:])
    ]
    values = [
        (figure.words, frozen.figures.get(figure.key), figure.unit, figure.article_words, figure.source)
        for figure in FIGURES
    ]
    title = f"{frozen.year}年度报告指标{mark}"
    lists = {"指标": workbook.Listed(title, headings, values, frozen.office, filled, 1, (), notes)}
    for table in annexes.TABLES:
        columns = [SheetHeading(one.heading, one.width / 1.9, one.form) for one in table.columns]
        rows = frozen.tables[table.key]
        name = f"{frozen.year}年度{table.title}{mark}"
        lists[table.title] = workbook.Listed(name, columns, rows, frozen.office, filled, 1, (), notes)
    return workbook.several(lists, created=datetime.combine(filled, time()))
