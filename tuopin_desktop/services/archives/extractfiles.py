"""Files of an extract, of the records as they stood when it was taken: index, figures, differences, scans."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time

import msgspec

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents import table
from tuopin_desktop.documents.bound import bound
from tuopin_desktop.documents.sheetlook import Cell
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives import extracts as rules
from tuopin_desktop.domain.archives.dayrows import Audited, DayRow, day_rows
from tuopin_desktop.domain.archives.extracts import Source
from tuopin_desktop.domain.attendance.closing import ClosedMonths
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.daywords import with_dates
from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.masking import hides, mask
from tuopin_desktop.domain.order import Order, turns
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.record import Field, Form, Record, fields, scalar
from tuopin_desktop.domain.records import (
    Attachment,
    Attendance,
    Correction,
    Extract,
    LeaveSlip,
    MonthClose,
    Office,
    Person,
    Posting,
)
from tuopin_desktop.services.office import attachments
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import asof

INDEX, DAYS, DIFFERENCES, MASKED = "目录", "天数和补助", "差异", "遮盖说明"
_TITLE = "提取材料目录"
_SUMMARY = 3
"""Fields of a record that its line in the index says."""
_INDEX = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("姓名", 20, "center"),
    Column("类别", 24, "center"),
    Column("日期", 34, "center"),
    Column("内容", 48),
    Column("出处", 36),
)
_DAYS = (
    Column("姓名", 20, "center"),
    Column("派驻旗县", 24),
    Column("月份", 22, "center"),
    Column("当月天数", 14, "center", Form.INTEGER),
    Column("在派天数", 14, "center", Form.INTEGER),
    Column("出勤天数", 14, "center"),
    Column("请假天数", 14, "center"),
    Column("结账计入", 14, "center"),
    Column("补助天数", 14, "center"),
    Column("出勤不多于当月天数", 20, "center"),
)
_DIFFERENCES = (
    Column("姓名", 22, "center"),
    Column("派驻旗县", 30),
    Column("月份", 20, "center"),
    Column("差异", 102),
)
_MASKED = (Column("类别", 36), Column("遮盖的内容", 74), Column("原因", 64))


class Content(msgspec.Struct, frozen=True):
    """The files of an extract by their names inside its folder, and how many records it lists."""

    files: Mapping[str, bytes]
    records: int


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One record of the index: whose it is, its source, and the names its scans have in the folder."""

    number: int
    record: Record
    person: str
    source: Source
    scans: tuple[str, ...] = ()


def content(desk: Desk, record: Extract) -> Content:
    """Return the files of an extract; the same record gives the same bytes as long as the log has what it had."""
    return _Making(desk, record).content()


class _Making:
    """One extract on its way: every record it may need, read as it stood then."""

    def __init__(self, desk: Desk, record: Extract) -> None:
        self._desk, self._record = desk, record
        position: dict[str, int] = msgspec.json.decode(record.position or "{}", type=dict[str, int])
        self._position = position
        self._first, self._last = record.first or date.min, record.last or date.max
        self._persons = frozenset(record.persons.splitlines())
        postings = [one.id for one in asof.rows(desk.store, Posting, position) if one.person in self._persons]
        self._rows: dict[type[Record], Sequence[Record]] = {
            cls: self._read(cls, ("posting", postings) if rules.by_posting(cls) else None)
            for cls in rules.extractable()
        }
        self._names = {one.id: one.name for one in self._of(Person)}
        self._whose = rules.owners(self._rows, self._persons)
        self._closes = tuple(asof.rows(desk.store, MonthClose, position))
        self._lines = tuple(self._listed())

    def _read(self, cls: type[Record], field_among: tuple[str, Sequence[str]] | None) -> list[Record]:
        rows = asof.rows(self._desk.store, cls, self._position, field_among=field_among)
        return [one for one in rows if one.id.startswith(self._desk.scope)]

    def _of(self, cls: type[rules.R]) -> list[rules.R]:
        return [one for one in self._rows.get(cls, ()) if isinstance(one, cls)]

    def content(self) -> Content:
        contents = dict(self._scans())
        day_rows_of_all = self._day_rows()
        tables = {
            INDEX: self._index(),
            DAYS: self._days(day_rows_of_all),
            DIFFERENCES: self._differences(day_rows_of_all),
            MASKED: self._masked(),
        }
        created = datetime.combine(self._record.taken or date.min, time(0))
        whole = {**tables, **self._by_kind()}
        contents[f"{INDEX}.xlsx"] = table.several_xlsx(whole, created=created, mark=self._desk.mark)
        title = f"{_TITLE}（{self._record.number}）"
        pages = bound(title, (("", self._about()), *tables.items()), self._desk.fonts()).sheets
        contents[f"{INDEX}.pdf"] = pdfs.render(list(pages), self._desk.fonts(), title=title, mark=self._desk.mark)
        contents["核对码.txt"] = _sums(contents)
        return Content(contents, len(self._lines))

    def _listed(self) -> Iterator[Line]:
        """Yield every record asked for, by person, kind and day, with its source."""
        scans = defaultdict[str, list[Attachment]](list)
        for one in asof.rows(self._desk.store, Attachment, self._position):
            scans[one.subject].append(one)
        by_month = {(one.county, one.month): one for one in self._closes}
        county = {one.id: one.county for one in self._of(Posting)}
        books = {
            one.id: close
            for one in self._of(Attendance)
            if (close := by_month.get((county.get(one.posting, ""), one.month))) is not None
        }
        for number, (record, person) in enumerate(self._chosen(), 1):
            source = rules.source_of(record, scans, books)
            names = tuple(f"扫描件/{number:04d}-{portable(scan.name)}" for scan in source.scans)
            yield Line(number=number, record=record, person=person, source=source, scans=names)

    def _chosen(self) -> Iterator[tuple[Record, str]]:
        order, kinds = Order(), self._record.kinds.split()
        in_turn = {cls: order.sort(self._rows[cls]) for cls in sorted(self._rows, key=lambda cls: turns()[cls])}
        for person in sorted(self._persons, key=lambda one: (self._names.get(one, ""), one)):
            for cls in self._rows:
                for one in in_turn[cls] if not kinds or cls.kind.name in kinds else ():
                    whose = self._whose.get(ids.key(cls.kind.name, one.id))
                    if whose == person and rules.within(one, self._first, self._last):
                        yield one, person

    def _scans(self) -> Iterator[tuple[str, bytes]]:
        """Yield the scans of an extract in full; what is masked goes without them, for they show everything."""
        for line in self._lines if self._record.full else ():
            for name, scan in zip(line.scans, line.source.scans, strict=True):
                try:
                    yield name, attachments.content(self._desk, scan.id)
                except Trouble:  # the scan lies at another office: the index says so
                    continue

    # -- tables

    def _about(self) -> Table:
        record = self._record
        paperless = sum(one.source.text == rules.NO_PAPER for one in self._lines)
        kinds = "、".join(cls.kind.label for cls in self._rows if cls.kind.name in record.kinds.split())
        names = "、".join(sorted(self._names.get(one, "未登记人员") for one in self._persons))
        lines = (
            ("提取单位", record.asked_by),
            ("依据", record.basis),
            ("人员", names),
            ("起止", with_dates(f"{record.first}至{record.last}")),
            ("类别", kinds or "全部"),
            (
                "数量",
                f"{len(self._lines)}条，其中没有纸的{paperless}条",
            ),
            ("个人信息", "完整" if record.full else "已遮盖，见遮盖说明"),
            ("提供单位、经办人", f"{self._office()}　{record.taken_by}"),
            ("提取日期", with_dates(str(record.taken))),
        )
        columns = (Column("项目", 40, "center"), Column("内容", 134))
        signed = ("提供单位（盖章）：", "提取人签字：", "日期：        年    月    日")
        return Table(title=_TITLE, columns=columns, rows=lines, signed=signed, landscape=False, size=12)

    def _office(self) -> str:
        """Return what the office was called then."""
        own = f"{self._desk.scope}/office"
        return next((one.name for one in asof.rows(self._desk.store, Office, self._position) if one.id == own), "")

    def _index(self) -> Table:
        rows = [
            (
                line.number,
                self._names.get(line.person, "未登记人员"),
                line.record.kind.label,
                _day_text(line.record),
                self._summary(line.record),
                self._source(line),
            )
            for line in self._lines
        ]
        return Table(title=INDEX, columns=_INDEX, rows=tuple(rows), signed=(), landscape=False, size=9.5)

    def _source(self, line: Line) -> str:
        if not line.scans:
            return line.source.text
        if not self._record.full:
            return f"{line.source.text}（扫描件未附，见遮盖说明）"
        return f"{line.source.text}：{'、'.join(name.rpartition('/')[2] for name in line.scans)}"

    def _summary(self, record: Record) -> str:
        columns = [item for item in fields(type(record)) if item.width and item.form not in (Form.REF, Form.DAY)]
        texts = (self._said(record, item) for item in columns)
        return "，".join([one for one in texts if one][:_SUMMARY])

    def _said(self, record: Record, item: Field) -> str:
        cls, value = type(record), scalar(getattr(record, item.name))
        if item.form is Form.REF and (self._record.full or not hides(cls, item)):
            return self._called(item, str(value or ""))
        vocabulary = self._desk.vocabulary
        return field_words(item, value, vocabulary) if self._record.full else mask(cls, item, value, vocabulary)

    def _called(self, item: Field, value: str) -> str:
        """Return what a record that is pointed to is called: whose it is, or the name of its kind."""
        for kind in item.ref.split(","):
            if person := self._whose.get(ids.key(kind, value)):
                return self._names.get(person, "")
        return "（另一人的登记）" if value else ""

    def _by_kind(self) -> dict[str, Table]:
        """Return the records of each kind in full, a list of its own in the workbook."""
        groups: dict[type[Record], list[Line]] = defaultdict(list)
        for line in self._lines:
            groups[type(line.record)].append(line)
        return {cls.kind.label[:31]: self._whole(cls, lines) for cls, lines in groups.items()}

    def _whole(self, cls: type[Record], lines: Iterable[Line]) -> Table:
        columns_of_kind = [item for item in fields(cls) if not item.auto]
        columns = (Column("序号", 12), *(Column(item.label, 30) for item in columns_of_kind))
        rows: list[tuple[Cell, ...]] = [
            (line.number, *(self._said(line.record, item) for item in columns_of_kind)) for line in lines
        ]
        return Table(title=cls.kind.label, columns=columns, rows=tuple(rows), signed=())

    def _day_rows(self) -> list[DayRow]:
        postings = [one for one in self._of(Posting) if one.person in self._persons]
        postings.sort(key=lambda one: (self._names.get(one.person, ""), one.person, one.since or date.max))
        audited = Audited(
            postings=postings,
            months=self._of(Attendance),
            books=ClosedMonths(self._closes, Calendar({}, {}, frozenset())),
            corrections=self._of(Correction),
            slips=self._of(LeaveSlip),
        )
        return day_rows(audited, self._first, min(self._last, self._record.taken or self._last))

    def _days(self, rows: Sequence[DayRow]) -> Table:
        cells = [
            (
                *self._of_whom(row),
                row.month_days,
                row.in_post,
                row.attended,
                row.leave,
                "未结账" if row.frozen is None else row.frozen,
                row.subsidised,
                "是" if row.fits else "否",
            )
            for row in rows
        ]
        notes = (
            "注：出勤为登记的工作、因公外出和培训，按半天折算；补助天数为在旗县的天数（第十八条）；结账计入为考勤结账的数字。",
        )
        return Table(title=DAYS, columns=_DAYS, rows=tuple(cells), notes=notes, signed=(), landscape=False, size=9.5)

    def _of_whom(self, row: DayRow) -> tuple[str, str, str]:
        county = self._desk.vocabulary["旗县"].word(row.posting.county)
        return self._names.get(row.posting.person, "未登记人员"), county, f"{row.month[:4]}年{int(row.month[5:])}月"

    def _differences(self, rows: Sequence[DayRow]) -> Table:
        cells = [(*self._of_whom(row), text) for row in rows for text in row.differences]
        notes = () if cells else ("注：各月出勤都不多于当月天数，补助、请假和结账没有不一致。",)
        columns = _DIFFERENCES
        return Table(title=DIFFERENCES, columns=columns, rows=tuple(cells), notes=notes, signed=(), landscape=False)

    def _masked(self) -> Table:
        if self._record.full:
            text = "注：本次提取含完整的个人信息和扫描件，已在操作记录中登记。"
            return Table(title=MASKED, columns=_MASKED, rows=(), notes=(text,), signed=(), landscape=False)
        rows = []
        for cls in dict.fromkeys(type(line.record) for line in self._lines):
            hidden = [item.label for item in fields(cls) if hides(cls, item) and not item.auto]
            why = "涉及个人违纪情况，整类遮盖" if cls.kind.restricted else "个人信息，本次提取没有要求完整的"
            rows += [(cls.kind.label, "、".join(hidden), why)] if hidden else []
        if any(line.scans for line in self._lines):
            rows.append(("扫描件", "全部没有附", "扫描件上的个人信息遮不住；需要的，写明依据另作完整的提取"))
        notes = () if rows else ("注：提取的内容中没有要遮盖的个人信息。",)
        return Table(title=MASKED, columns=_MASKED, rows=tuple(rows), notes=notes, signed=(), landscape=False)


def _day_text(record: Record) -> str:
    span = rules.span_of_record(record)
    if span is None:
        return ""
    first, last = span
    if last == first:
        return with_dates(str(first))
    return with_dates(f"{first}至{'今' if last == date.max else last}")


def _sums(contents: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 of every file, in the form other programs check by."""
    lines = [f"{hashlib.sha256(contents[name]).hexdigest()}  {name}" for name in sorted(contents)]
    return ("\n".join(lines) + "\n").encode()
