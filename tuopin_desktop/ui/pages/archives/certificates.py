"""The tab 证明: the certificate of service of whoever is chosen as it would be printed, and its print."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.records import ServiceCertificate
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import certificates, personal
from tuopin_desktop.services.archives.personal import PersonRow
from tuopin_desktop.services.office import papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.paper.pages import PagesView
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.empty import EmptyState, OrEmpty
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_WIDE = 380
_WORD = "Word 文档 (*.docx)"
_COLUMNS = (
    Column("姓名", lambda one: one.name, 84),
    Column("派驻旗县", lambda one: one.county, 110),
    Column("派出单位", lambda one: one.unit, 0, tip=lambda one: one.unit),
)


class Preview(NamedTuple):
    """A certificate as it would be printed: its pages, and the numbers it was printed under before."""

    sheets: tuple[Sheet, ...]
    numbers: tuple[str, ...]
    mark: str
    fonts: Mapping[str, Path]


def preview(desk: Desk, person: str) -> Preview:
    """Return somebody's certificate to be looked at; runs in the worker thread."""
    sheets = papers.sheets(desk, certificates.letter(desk, person))
    numbers = tuple(one.number for one in certificates.of_person(desk, person))
    return Preview(tuple(sheets), numbers, desk.mark, desk.fonts().files())


class CertificatesView(ArchiveView):
    """The people at the left, the certificate of the one in hand at the right; Ctrl+S or Ctrl+P gives it a number."""

    interests = frozenset(
        "person posting team month_close correction decision recall_case measure service_certificate ruling"
        " grade personal_material personal_handover".split()
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._fonts: PaperFonts | None = None
        self.dialog: FormDialog[ServiceCertificate] | None = None
        self.table = RecordTable(_COLUMNS, lambda one: one.person, "证明的人员", nothing="没有派驻人员")
        self.table.current_changed.connect(lambda _: self._look())
        self.table.opened.connect(lambda _: self.save())
        self.table.setFixedWidth(theme.scaled(self, _WIDE))
        self.paper = PagesView("证明预览")
        self.earlier = label("", "quiet", wrap=True)
        self.buttons = (
            act_button(
                Act.ARCHIVE,
                "编号并保存…",
                self.save,
                icon="file-down",
                role="primary",
                tip="Ctrl+S：一次一个编号",
            ),
        )
        beside = row(card(column(self.table, margins=(5, 6, 5, 6))), column(self.earlier, self.paper, gap=6), gap=12)
        beside.setStretch(1, 1)
        self._either = OrEmpty(card(column(beside, margins=(12, 10, 12, 10))), _nothing)
        self.setLayout(column(self._either))

    @property
    def state(self) -> str:
        return "派驻经历和天数都从登记和结账得来；没有登记的在证明上写明"

    def refresh(self) -> None:
        self.context.ask(personal.people, then=self._show, lane="certificates")

    def _show(self, rows: Sequence[PersonRow]) -> None:
        self._either.show_whole(bool(rows))
        self.table.replace_rows(rows)
        self.buttons[0].setEnabled(bool(rows))
        if rows and self.table.current() is None:
            self.table.select(rows[0].person)
        self._look()
        self.turned.emit()

    def _look(self) -> None:
        if (one := self.table.current()) is not None:
            self.context.ask(preview, one.person, then=self._show_pages, lane="certificate pages")

    def _show_pages(self, pages: Preview) -> None:
        self._fonts = self._fonts or PaperFonts(pages.fonts)
        self.paper.show_sheets(pages.sheets, self._fonts, pages.mark)
        last = "、".join(pages.numbers[-3:])
        self.earlier.setText(f"已出具{len(pages.numbers)}次：{last}" if pages.numbers else "还没有出具过")

    def take_keyboard(self) -> None:
        self.table.setFocus()

    # -- strokes

    def save(self) -> None:
        if (one := self.table.current()) is None:
            return
        office, window = self.context.office, self.context.window

        def take(record: ServiceCertificate) -> None:
            dialog.accept()
            write = partial(self.write, one.person, record.purpose)
            ask_save(window, "保存证明", f"{certificates.TITLE}-{one.name}.pdf", f"{PDFS};;{_WORD}", write)

        title = f"{one.name}的{certificates.TITLE}"
        dialog = FormDialog(ServiceCertificate(), ("purpose",), title, "选文件…", office, take, window)
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def print_(self) -> None:
        self.save()

    def write(self, person: str, purpose: str, path: Path) -> None:
        """Give a certificate the next number and write it."""
        ask = question(certificates.write, path, person, purpose)
        self.context.ask(ask, then=lambda record: self._written(record, path))

    def _written(self, record: ServiceCertificate, path: Path) -> None:
        self.context.message.say_file(path)
        self.earlier.setText(f"刚出具：{record.number}")
        self._look()


def _nothing() -> EmptyState:
    return EmptyState("archive", "还没有派驻人员", hint="在花名册登记人员和派驻以后，可以在这里出具工作经历证明。")
