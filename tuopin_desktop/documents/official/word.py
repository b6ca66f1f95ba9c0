"""An official document as an editable .docx: the words and the layout of `pages`, the same bytes each time."""

import math
from datetime import date

from tuopin_desktop.documents.flow import NUMBER, OUTER_DROP
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official import chart as charts
from tuopin_desktop.documents.official import measures
from tuopin_desktop.documents.official.measures import PAGE
from tuopin_desktop.documents.official.model import Annex, Chart, Letter, Listing, Worded, clean, worded
from tuopin_desktop.documents.official.wordml import (
    BLACK,
    POINT,
    border,
    cell,
    field,
    packed,
    paragraph,
    part,
    picture,
    row,
    rule,
    run,
    table,
    twips,
)
from tuopin_desktop.documents.ruled import INNER, LOOSE, NOTHING, OUTER, Column, words_of
from tuopin_desktop.domain.display import MM

_UNDATED = date(2018, 5, 30)
# A frame, not a table, and blackened paragraphs, not borders: LibreOffice floats no table as wide as the text and no
# frame of several paragraphs with borders; Word and WPS know both.
_AT_FOOT = (
    f'<w:framePr w:w="{twips(PAGE.inner)}" w:hSpace="0" w:vSpace="0" w:wrap="notBeside" w:vAnchor="margin" '
    'w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>'
)
_MARK_RISE = 10.0  # mm from the page's lower edge up to the practice mark


def docx(letter: Letter, book: FontBook, *, mark: str = "") -> bytes:
    """Return the document as a file Word and WPS open for editing; `mark` stands below every page (practice data)."""
    writer = _Writer(letter, book)
    parts: dict[str, str | bytes] = {
        "word/document.xml": part("document", f"<w:body>{writer.body()}{_section(mark)}</w:body>"),
        "word/footer1.xml": part("ftr", _footer(mark, odd=True)),
        "word/footer2.xml": part("ftr", _footer(mark, odd=False)),
        **writer.media,
    }
    return packed(parts, clean(letter.title).replace("\n", ""), letter.dated or _UNDATED, len(writer.media))


def _section(mark: str) -> str:
    rise = _MARK_RISE if mark else PAGE.bottom - OUTER_DROP - 1
    margins = f'w:top="{twips(PAGE.top)}" w:right="{twips(PAGE.right)}" w:bottom="{twips(PAGE.bottom)}"'
    margins += f' w:left="{twips(PAGE.left)}" w:header="851" w:footer="{twips(rise)}" w:gutter="0"'
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>'
        f'<w:pgSz w:w="{twips(PAGE.width)}" w:h="{twips(PAGE.height)}"/><w:pgMar {margins}/></w:sectPr>'
    )


def _footer(mark: str, *, odd: bool) -> str:
    size = NUMBER.size
    number = run("— ", NUMBER.role, size) + field("PAGE", NUMBER.role, size) + run(" —", NUMBER.role, size)
    em = size / MM
    indent = (0.0, em, 0.0) if odd else (em, 0.0, 0.0)
    text = paragraph(number, line=size, align="right" if odd else "left", indent=indent)
    if mark:
        text += paragraph(run(mark, "hei", 10.5), line=12, align="center", before=32)
    return text


class _Writer:
    """One document in the making."""

    def __init__(self, letter: Letter, book: FontBook) -> None:
        self._letter = letter
        self._book = book
        self._grid = measures.grid(letter)
        self.media: dict[str, bytes] = {}

    def body(self) -> str:
        """Return everything between the first word and the page set-up."""
        letter = self._letter
        content = list(worded(letter.blocks))
        before = next((place for place, item in enumerate(content) if isinstance(item, Annex)), len(content))
        text = self._head() + self._title(letter.title)
        if letter.recipient:
            text += self._text(Worded(clean(letter.recipient), -1))
        for place, item in enumerate(content[:before]):
            text += self._item(item, last=place == before - 1)
        text += self._closing()
        for item in content[before:]:
            text += self._item(item, last=False)
        return text + self._foot()

    # -- head

    def _head(self) -> str:
        letter, leading = self._letter, self._letter.leading
        number = run(clean(letter.number), "fang", self._grid.size)
        if letter.head == "none" or not letter.issuer:
            return paragraph(number, line=leading, align="right") if letter.number else ""
        size = measures.mark_size(letter, self._book)
        line = size * measures.MARK_LEADING
        mark = run(clean(letter.issuer), "title", size, red=True)
        under = rule(1.5, red=True, space=9)
        if letter.head == "letter":
            text = paragraph(mark, line=line, align="center", under=under, after=8)
            return text + paragraph(number, line=leading, align="right", after=0 if letter.compact else leading)
        text = paragraph(mark, line=line, align="center", before=measures.MARK_TOP["document"] * MM)
        return text + paragraph(number, line=leading, align="center", before=leading, after=leading, under=under)

    def _title(self, title: str) -> str:
        leading = measures.TITLE_LEADING
        rows = measures.balanced(clean(title), "title", PAGE.inner * MM / measures.TITLE, self._book)
        text = run("\n".join(rows), "title", measures.TITLE)
        return paragraph(text, line=leading, align="center", after=self._letter.leading)

    # -- body

    def _item(self, item: Worded | Listing | Chart | Annex, *, last: bool) -> str:
        if isinstance(item, Worded):
            return self._text(item, keep=last and bool(self._letter.signed))
        if isinstance(item, Listing):
            return self._listing(item)
        if isinstance(item, Annex):
            number = paragraph(run(clean(item.number), "hei", self._grid.size), line=self._letter.leading, turn=True)
            return number + self._blank() + self._title(item.title)
        return "".join(self._drawing(part) for part in charts.split(item))

    def _caption(self, text: str, *, keep: bool = True) -> str:
        caption = run(clean(text), "hei", measures.CAPTION.size)
        leading = measures.CAPTION.leading
        return (
            paragraph(caption, line=leading, align="center", before=8 if keep else 3, after=3 if keep else 8, keep=keep)
            if text
            else ""
        )

    def _drawing(self, chart: Chart) -> str:
        number = len(self.media) + 1
        self.media[f"word/media/image{number}.png"] = charts.png(chart, PAGE.inner, self._book)
        drawing = picture(number, PAGE.inner, charts.height(chart), clean(charts.describe(chart)))
        title = self._caption(chart.caption, keep=False)
        return paragraph(drawing, line=0, exact=False, before=8, keep=bool(title)) + title

    def _text(self, item: Worded, *, keep: bool = False) -> str:
        squeeze = math.floor(self._grid.squeeze * POINT) / POINT  # in the steps Word knows
        text = run(item.text, measures.ROLES[item.level], self._grid.size, spacing=squeeze)
        first = 0.0 if item.level == -1 else 2 * self._grid.pitch
        align = "left" if item.level == -1 else "both"
        heading = max(item.level, 0)
        return paragraph(
            text,
            line=self._letter.leading,
            align=align,
            indent=(0.0, 0.0, first),
            keep=keep or heading in (1, 2),
            outline=heading,
        )

    def _blank(self, *, keep: bool = False) -> str:
        return paragraph("", line=self._letter.leading, keep=keep)

    def _listing(self, item: Listing) -> str:
        text = self._caption(item.caption) or paragraph("", line=8)
        columns = measures.across(item.columns)
        widths = [twips(column.width) for column in columns]
        least = twips(item.least)
        headings = [column.heading for column in columns]
        rows = row(self._cells(headings, columns, "hei", item.size, centred=True), least=least, head=True)
        for cells in item.rows:
            rows += row(self._cells([words_of(one) for one in cells], columns, "fang", item.size), least=least)
        for cells in item.totals:
            rows += row(self._cells([words_of(one) for one in cells], columns, "hei", item.size), least=least)
        if not item.rows and not item.totals:
            sentence = paragraph(run(NOTHING, "fang", item.size), line=item.size * LOOSE, align="center")
            rows += row(cell(sentence, sum(widths), span=len(widths)), least=least)
        sides = ("top", "left", "bottom", "right")
        borders = "".join(border(side, OUTER) for side in sides)
        borders += border("insideH", INNER) + border("insideV", INNER)
        text += table(widths, rows, borders)
        for note in item.notes:
            text += paragraph(run(clean(note), "fang", measures.NOTE.size), line=measures.NOTE.leading)
        return text + paragraph("", line=8)

    def _cells(
        self, texts: list[str], columns: tuple[Column, ...], role: str, size: float, *, centred: bool = False
    ) -> str:
        return "".join(
            cell(
                paragraph(run(clean(text), role, size), line=size * LOOSE, align="center" if centred else column.align),
                twips(column.width),
            )
            for text, column in zip(texts, columns, strict=True)
        )

    # -- closing and foot

    def _closing(self) -> str:
        letter = self._letter
        text = self._blank(keep=True) if letter.annexes else ""
        for place, sentence in enumerate(letter.annexes):
            text += self._text(
                Worded(("" if place == 0 else "\u3000" * 3) + clean(sentence), 0), keep=bool(letter.signed)
            )
        if letter.signed or letter.dated:
            for sentence in letter.inked:
                text += self._blank(keep=True)
                ink = run(clean(sentence), "fang", self._grid.size)
                text += paragraph(ink, line=letter.leading, indent=(2 * self._grid.pitch, 0, 0), keep=True)
            text += self._blank(keep=True) + self._sign()
        if letter.note:
            text += self._text(Worded(clean(f"（{letter.note}）"), 0))
        return text

    def _sign(self) -> str:
        every, left, right = measures.signature(self._letter, self._book)
        slack = min(left, right, self._grid.size / MM)  # another computer's font may be a little wider
        indent = (left - slack, right - slack, 0.0)
        return "".join(
            paragraph(
                run(text, "fang", self._grid.size),
                line=self._letter.leading,
                align="center",
                indent=indent,
                keep=place < len(every) - 1,
            )
            for place, text in enumerate(every)
        )

    def _foot(self) -> str:
        """Return the distribution block, held to the foot of the page it ends on."""
        letter = self._letter
        if not letter.foot and not any(letter.printing):
            return ""
        spans = [(text,) for text in letter.foot] + [letter.printing] * any(letter.printing)
        value = self._stroke(OUTER)
        for place, span in enumerate(spans):
            value += self._foot_line(span) + self._stroke(OUTER if place == len(spans) - 1 else 0.75)
        return value + paragraph("", line=1)

    def _foot_line(self, texts: tuple[str, ...]) -> str:
        inset = measures.SMALL / MM
        size = measures.printing_size(self._letter, self._book) if len(texts) > 1 else measures.SMALL
        content = run("\t".join(clean(part).replace("\n", "") for part in texts), "fang", size)
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{twips(PAGE.inner - inset)}"/></w:tabs>'
        return paragraph(
            content,
            line=measures.foot_leading(self._letter),
            indent=(inset, inset, 0.0),
            under=tabs,
            frame=_AT_FOOT,
            before=1,
            after=1,
        )

    @staticmethod
    def _stroke(points: float) -> str:
        return paragraph("", line=points, under=BLACK, frame=_AT_FOOT)
