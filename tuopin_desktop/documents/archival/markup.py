"""HTML that any browser opens in twenty years: one file with its style inside, nothing from outside, UTF-8."""

import html
from collections.abc import Iterable, Sequence
from urllib.parse import quote

_STYLE = """
:root{color-scheme:light}
body{margin:0;background:#f6f7f9;color:#1d2430;
  font:16px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif}
header{background:#8f1d1d;color:#fff;padding:14px 24px}
header h1{margin:0;font-size:22px}
header p{margin:2px 0 0;color:#fbe9e7}
nav{background:#fff;border-bottom:1px solid #d5dae1;padding:8px 24px}
nav a{margin-right:18px}
main{max-width:1160px;margin:0 auto;padding:16px 24px 48px}
a{color:#0b5394}
h2{font-size:18px;margin:22px 0 8px}
table{border-collapse:collapse;width:100%;background:#fff}
th,td{border:1px solid #d5dae1;padding:5px 9px;text-align:left;vertical-align:top}
th{background:#eef1f5;font-weight:600;white-space:nowrap}
td.w{white-space:nowrap}
td.n,th.n{text-align:right;white-space:nowrap}
input[type=search]{font:inherit;width:100%;box-sizing:border-box;padding:9px 12px;
  border:1px solid #8a94a3;border-radius:4px}
.hint{color:#5a6472;font-size:14px}
@media print{nav,.search{display:none}body{background:#fff}}
"""
_SAFE = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""Said to the browser: nothing is loaded from anywhere, whatever stands in the pages."""


class Markup(str):
    """Text that is HTML already; any other is escaped."""

    __slots__ = ()


def text(value: object) -> Markup:
    """Return a value as HTML; markup stays."""
    return value if isinstance(value, Markup) else Markup(html.escape(str(value)))


def link(path: str, label: str) -> Markup:
    """Return a link to another file of the medium, by its path from this page."""
    return Markup(f'<a href="{html.escape(quote(path))}">{text(label)}</a>')


def joined(parts: Iterable[object], between: str = "") -> Markup:
    """Return parts beside each other."""
    return Markup(text(between).join(text(part) for part in parts))


def element(name: str, *parts: object, **marks: str) -> Markup:
    """Return an element; a mark `for_` is written `for`, `aria_label` `aria-label`."""
    inside = "".join(f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"' for key, value in marks.items())
    return Markup(f"<{name}{inside}>{joined(parts)}</{name}>")


def table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], numbers: Iterable[int] = (), whole: Iterable[int] = ()
) -> Markup:
    """Return a table; columns at `numbers` are figures, the words of those at `whole` stay on one line."""
    classes = dict.fromkeys(whole, "w") | dict.fromkeys(numbers, "n")
    marks = [{"class_": classes[at]} if at in classes else {} for at in range(len(heads))]
    top = joined(element("th", head, scope="col", **mark) for head, mark in zip(heads, marks, strict=True))
    lines = [
        element("tr", *(element("td", cell, **mark) for cell, mark in zip(row, marks, strict=True))) for row in rows
    ]
    return element("table", element("thead", element("tr", top)), element("tbody", Markup("\n".join(lines))))


def page(title: str, under: str, doors: Sequence[tuple[str, str]], *parts: object) -> bytes:
    """Return a page with its head, the doors to the others, and its parts below each other."""
    body = joined(
        (
            element("header", element("h1", title), element("p", under)),
            element("nav", joined(link(path, label) for path, label in doors), aria_label="目录"),
            element("main", *parts),
        ),
        "\n",
    )
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_SAFE}">'
    head += f'<meta name="viewport" content="width=device-width"><title>{text(title)}</title><style>{_STYLE}</style>'
    return f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n'.encode()
