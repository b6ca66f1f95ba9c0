"""The vocabulary of an editable document (WordprocessingML): runs, paragraphs, tables, and the parts that never change.

Written directly: the document needs a dozen elements, in a fixed order of bytes, without a theme to strip; the library
for it would bring 15 MB, a template with its own fonts and today's date.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape

from tuopin_desktop.documents.installed import NAMED
from tuopin_desktop.documents.sameness import as_on_unix

MM_TWIPS = 1440 / 25.4
POINT = 20  # twips

OTHERS = {"title": "方正小标宋_GBK", "fang": "仿宋", "kai": "楷体", "hei": "SimHei", "song": "SimSun"}
"""The family to be taken where a computer has not got the one named."""

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIXED = (1980, 1, 1, 0, 0, 0)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RED = "D90000"
_CUT = re.compile("([\n\t])")
_MARKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def twips(mm: float) -> int:
    """Return millimetres as twentieths of a point."""
    return round(mm * MM_TWIPS)


def face(role: str) -> str:
    """Return the fonts of a run: one family for Chinese, Latin and figures alike, no theme."""
    name = NAMED[role]
    families = " ".join(f'w:{kind}="{name}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia" {families}/>'


def run(text: str, role: str, size: float, *, spacing: float = 0.0, red: bool = False) -> str:
    """Return a run of text; "\\n" breaks the line, "\\t" goes on to the next stop; `spacing` in pt."""
    value = face(role)
    value += f'<w:color w:val="{_RED}"/>' if red else ""
    value += f'<w:spacing w:val="{round(spacing * POINT)}"/>' if spacing else ""
    value += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    sentence = "".join(
        _MARKS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in _CUT.split(text)
    )
    return f"<w:r><w:rPr>{value}</w:rPr>{sentence}</w:r>"


def paragraph(
    content: str,
    *,
    line: float,
    align: str = "left",
    before: float = 0.0,
    after: float = 0.0,
    indent: tuple[float, float, float] = (0.0, 0.0, 0.0),
    keep: bool = False,
    turn: bool = False,
    outline: int = 0,
    under: str = "",
    frame: str = "",
    exact: bool = True,
) -> str:
    """Return a paragraph; `line`, `before`, `after` in pt, `indent` left, right and first line in mm.

    `keep` holds it to the next one, `turn` begins a page, `outline` is its level in the navigator, `under` a border
    or tabs, `frame` a frame that holds it to a place of the page.
    """
    text = "<w:keepNext/><w:keepLines/>" * keep + "<w:pageBreakBefore/>" * turn + frame + '<w:widowControl w:val="0"/>'
    text += under
    text += f'<w:spacing w:before="{round(before * POINT)}" w:after="{round(after * POINT)}" '
    text += f'w:line="{round(line * POINT) if exact else 240}" w:lineRule="{"exact" if exact else "auto"}"/>'
    left, right, first = (twips(part) for part in indent)
    text += f'<w:ind w:left="{left}" w:right="{right}" w:firstLine="{first}"/><w:jc w:val="{align}"/>'
    text += f'<w:outlineLvl w:val="{outline - 1}"/>' if outline else ""
    return f"<w:p><w:pPr>{text}</w:pPr>{content}</w:p>"


def rule(points: float, *, red: bool = False, side: str = "bottom", space: int = 0) -> str:
    """Return the border under (or over) a paragraph, in pt; Word counts in eighths."""
    colour = _RED if red else "000000"
    return (
        f'<w:pBdr><w:{side} w:val="single" w:sz="{round(points * 8)}" w:space="{space}" w:color="{colour}"/></w:pBdr>'
    )


BLACK = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
"""Ink over a whole paragraph: one of a point's height is a rule."""


def border(side: str, points: float) -> str:
    """Return one border of a table."""
    return f'<w:{side} w:val="single" w:sz="{round(points * 8)}" w:space="0" w:color="000000"/>'


def table(widths: list[int], rows: str, borders: str) -> str:
    """Return a table of fixed column widths (twips)."""
    text = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
    text += f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    sides = "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("left", "right"))
    text += f"<w:tblCellMar>{sides}</w:tblCellMar>"
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{text}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def row(cells: str, *, least: int, head: bool = False) -> str:
    """Return a row that is not torn between pages; `head` stands again on every page."""
    text = f'<w:cantSplit/><w:trHeight w:val="{least}" w:hRule="atLeast"/>' + "<w:tblHeader/>" * head
    return f"<w:tr><w:trPr>{text}</w:trPr>{cells}</w:tr>"


def cell(content: str, width: int, *, span: int = 1) -> str:
    """Return a cell over one or more columns, its content in the middle of its height."""
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def picture(number: int, width: float, height: float, text: str) -> str:
    """Return a drawing in the line; sides in mm; a screen reader speaks `text`."""
    size = f'cx="{round(width * 36000)}" cy="{round(height * 36000)}"'
    value = escape(text, {'"': "&quot;", "\n": " "})
    blip = f'<pic:blipFill><a:blip r:embed="picture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    shape = (
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    )
    name = f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图{number}"/><pic:cNvPicPr/></pic:nvPicPr>'
    data = '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="图{number}" descr="{value}"/>'
        f"<a:graphic>{data}<pic:pic>{name}{blip}{shape}</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def field(instruction: str, role: str, size: float) -> str:
    """Return a field the reader fills in, such as PAGE."""
    props = f'<w:rPr>{face(role)}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    begin, middle, end = (
        f'<w:r>{props}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = f'<w:r>{props}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{begin}{code}{middle}<w:r>{props}<w:t>1</w:t></w:r>{end}"


def part(element: str, content: str) -> str:
    """Return a part with a root element of ours."""
    return f"{_HEAD}<w:{element} {_NAMES}>{content}</w:{element}>"


def packed(parts: Mapping[str, str | bytes], title: str, day: date, pictures: int) -> bytes:
    """Return the file: our parts and those every document has, in a fixed order with a fixed date."""
    whole = {**parts, **_standing(title, day, pictures)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(whole, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            content = whole[name]
            archive.writestr(entry, content.encode() if isinstance(content, str) else content)
    return as_on_unix(out.getvalue())


def _standing(title: str, day: date, pictures: int) -> dict[str, str]:
    targets = {
        "styles": ("styles", "styles.xml"),
        "settings": ("settings", "settings.xml"),
        "fonts": ("fontTable", "fontTable.xml"),
        "odd": ("footer", "footer1.xml"),
        "even": ("footer", "footer2.xml"),
        **{f"picture{number}": ("image", f"media/image{number}.png") for number in range(1, pictures + 1)},
    }
    return {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            {
                "document": f"{_OFFICE}/officeDocument word/document.xml",
                "core": "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties "
                "docProps/core.xml",
            }
        ),
        "docProps/core.xml": _core(title, day),
        "word/_rels/document.xml.rels": _relations(
            {name: f"{_OFFICE}/{kind} {target}" for name, (kind, target) in targets.items()}
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
    }


def _types() -> str:
    overrides = {
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_TYPE}.styles+xml",
        "/word/settings.xml": f"{_TYPE}.settings+xml",
        "/word/fontTable.xml": f"{_TYPE}.fontTable+xml",
        "/word/footer1.xml": f"{_TYPE}.footer+xml",
        "/word/footer2.xml": f"{_TYPE}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
    }
    text = "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in defaults.items())
    text += "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{text}</Types>'


def _relations(values: Mapping[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="{name}" Type="{text.partition(" ")[0]}" Target="{text.partition(" ")[2]}"/>'
        for name, text in values.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{each}</Relationships>'


def _core(title: str, day: date) -> str:
    stamp = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title>{stamp}</cp:coreProperties>"
    )


def _styles() -> str:
    size = '<w:sz w:val="32"/><w:szCs w:val="32"/>'
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    own_spacing = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    breaking = '<w:kinsoku/><w:wordWrap/><w:overflowPunct w:val="0"/>'
    return part(
        "styles",
        f"<w:docDefaults><w:rPrDefault><w:rPr>{face('fang')}{size}{language}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{breaking}{own_spacing}<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>',
    )


def _settings() -> str:
    word = "http://schemas.microsoft.com/office/word"
    return part(
        "settings",
        '<w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{word}" w:val="15"/></w:compat>',
    )


def _font_table() -> str:
    each = "".join(
        f'<w:font w:name="{NAMED[role]}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for role, other in OTHERS.items()
    )
    return part("fonts", each)
