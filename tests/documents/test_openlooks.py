"""What the eye sees on an .ods sheet beside its values is seen, as on an .xlsx."""

import io
import zipfile

from tuopin_desktop.documents import grids, openlooks


def style(name: str, text: str = "", ground: str = "", family: str = "table-cell", parent: str = "") -> str:
    lines = f'<style:text-properties style:text-line-through-style="{text}"/>' if text else ""
    lines += f'<style:table-cell-properties fo:background-color="{ground}"/>' if ground else ""
    about = f'style:name="{name}" style:family="{family}" style:parent-style-name="{parent}"'
    return f"<style:style {about}>{lines}</style:style>"


STYLES = (
    style("Gone", "solid")
    + style("ce1", parent="Gone")
    + style("ce2", ground="#ffff00")
    + style("ce3", ground="transparent")
    + style("T1", "solid", family="text")
    + style("T1")
)


def cell(text: str, style: str = "", inside: str = "", more: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell office:value-type="string"{named}{more}>{inside}<text:p>{text}</text:p></table:table-cell>'
    )


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def ods(body: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}'
        ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:body><office:spreadsheet>"
        f"{body}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return out.getvalue()


def test_struck_hidden_coloured_and_remarked_cells_of_an_ods_are_seen() -> None:
    note = "<office:annotation><dc:creator>某人</dc:creator><text:p>已离任</text:p></office:annotation>"
    body = (
        '<table:table table:name="花名册"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:default-cell-style-name="ce2"/>'
        + row(cell("姓名"), cell("性别"), cell("备注"))
        + '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        + row(cell("甲", "ce1"), cell("男", "T1"))
        + row(cell("乙", "ce2", note), cell('<text:span text:style-name="T1">男</text:span>女'))
        + row(cell("丙", "ce3"), cell("男"), cell("有"), more=' table:visibility="filter"')
        + row(cell("丁", "ce2", more=' table:number-columns-repeated="2"'), more=' table:number-rows-repeated="2"')
        + "</table:table>"
    )
    (grid,) = grids.read_bytes(ods(body), "x").grids
    assert [line[0] for line in grid.rows] == ["姓名", "", "", "甲", "乙", "丙", "丁", "丁"]
    look = grid.look
    assert look.struck == {(4, 0), (5, 1)}
    assert look.hidden == {6}
    assert look.hidden_columns == {2}
    assert look.comments == {(5, 0): "已离任"}
    assert look.fills(0) == {5: "FFFF00", 7: "FFFF00", 8: "FFFF00"}
    assert look.fills(2) == {1: "FFFF00", 6: "FFFF00"}


def test_repeats_of_coloured_cells_hold_no_more_than_is_kept() -> None:
    wide = '<table:table-cell table:style-name="ce2" table:number-columns-repeated="20000">x</table:table-cell>'
    parts = {"content.xml": zipfile.ZipFile(io.BytesIO(ods(""))).read("content.xml")}
    many = row(wide, more=' table:number-rows-repeated="20000"')
    table = f'<table:table table:name="x">{many}</table:table>'
    parts["content.xml"] = parts["content.xml"].replace(
        b"<office:spreadsheet>", b"<office:spreadsheet>" + table.encode()
    )
    look = openlooks.read(parts)["x"]
    assert sum(len(look.fills(column)) for column in range(20000)) <= 420_000
