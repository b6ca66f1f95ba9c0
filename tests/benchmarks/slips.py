"""How far a batch of 285 slips is from the floor: plain reportlab drawing the same finished display lists."""

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.benchmarks._figure import Figure
from tuopin_desktop.documents import form, pdf, sheet
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.domain.display import MM, Box, Line, Op, Sheet, Text

ROOT = Path(__file__).resolve().parents[2]
SLIPS = 285  # 57 teams of five
ROUNDS = 7
FIGURES = {
    "slips, one file": Figure("the same display lists by bare reportlab", 1.5),
    "slips, stored blank": Figure("the same, the blank form stored once"),
}

_COUNTIES = (
    "兴安盟科尔沁右翼中旗",
    "赤峰市巴林左旗",
    "乌兰察布市化德县",
    "呼伦贝尔市鄂伦春自治旗",
    "锡林郭勒盟太仆寺旗",
)
_NAMES = ("阿拉坦其其格", "额尔德尼朝鲁·乌云", "包𬱟", "王海杰", "龑彧", "张淼堃", "Ankhbayar Bat-Erdene")
_POSTS = ("工作总队副队长、副旗长（挂职）", "自治区交通运输厅综合规划处副处长", "队员，旗扶贫办综合股干事")
_PLACES = ("呼和浩特市", "内蒙古自治区赤峰市红山区", "北京市、河北省承德市围场满族蒙古族自治县")
_REASONS = (
    "赴自治区农牧业厅汇报京蒙帮扶产业项目资金到位情况，并参加全区脱贫攻坚工作推进会。",
    "家中老人突发疾病住院，需返回呼和浩特市陪护就医；外出期间工作由副队长临时负责，手机保持24小时畅通。",
    "参加自治区贫困旗县脱贫攻坚工作队管理办公室组织的专题培训班（第3期）。",
)


def slip(number: int) -> dict[str, str]:
    """The values of one slip, no two alike."""
    day = number % 26 + 1
    return {
        "county": _COUNTIES[number % 5],
        "year": "2018",
        "month": str(number % 12 + 1),
        "day": str(day),
        "name": _NAMES[number % 7] + ("" if number % 3 else "（补办）"),
        "post": _POSTS[number % 3],
        "place": _PLACES[number % 3] + f"{number}号",
        "period": f"2018年{number % 12 + 1}月{day}日至2018年{number % 12 + 1}月{day + 2}日",
        "reason": f"第{number}次：" + _REASONS[number % 3],
    }


def ours(definition: form.Form, book: FontBook) -> tuple[list[Sheet], bytes]:
    sheets = [sheet.compose(definition, slip(number), book) for number in range(SLIPS)]
    return sheets, pdf.render(sheets, book, title="请假报备单")


def floor(sheets: Sequence[Sheet], book: FontBook, *, stored: bool = False) -> bytes:
    """The least a reportlab program does: one drawString or line per op, everything already measured and broken.

    `stored` keeps the blank form as a form object and draws only what was filled in: the same trick as ours.
    """
    names = {}
    for key in {op.font for one in sheets for op in one.ops if isinstance(op, Text)}:
        font = book.face(key).font
        pdfmetrics.registerFont(font)
        names[key] = font.fontName
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName=next(iter(names.values())))
    if stored:
        canvas.beginForm("blank", 0, 0, sheets[0].width * MM, sheets[0].height * MM)
        draw(canvas, sheets[0].static, sheets[0].height, names)
        canvas.endForm()
    for one in sheets:
        if stored:
            canvas.doForm("blank")
        draw(canvas, one.fields if stored else one.ops, one.height, names)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def draw(canvas: Canvas, ops: Sequence[Op], height: float, names: Mapping[str, str]) -> None:
    for op in ops:
        if isinstance(op, Line):
            canvas.setLineWidth(op.width)
            canvas.line(op.x0 * MM, (height - op.y0) * MM, op.x1 * MM, (height - op.y1) * MM)
        elif isinstance(op, Box):
            canvas.rect(op.x * MM, (height - op.y - op.height) * MM, op.width * MM, op.height * MM, stroke=0, fill=1)
        else:
            canvas.setFont(names[op.font], op.size)
            canvas.drawString(op.x * MM, (height - op.y) * MM, op.text)


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio to the floor, detail); rounds are interleaved and the median of their ratios counts."""
    with tempfile.TemporaryDirectory() as cache:
        book = FontBook(ROOT / "resources" / "fonts", Path(cache))
        definition = form.load(ROOT / "forms" / "attachment-2" / "form.toml")
        sheets, data = ours(definition, book)
        sizes = [len(floor(sheets, book)), len(floor(sheets, book, stored=True))]
        rounds = [
            (
                timed(lambda: ours(definition, book)),
                timed(lambda: floor(sheets, book)),
                timed(lambda: floor(sheets, book, stored=True)),
            )
            for _ in range(ROUNDS)
        ]
    found = []
    for place, name in enumerate(("slips, one file", "slips, stored blank"), start=1):
        mine, least = (statistics.median(one[column] for one in rounds) * 1000 for column in (0, place))
        ratio = statistics.median(one[0] / one[place] for one in rounds)
        detail = (
            f"{SLIPS} slips warm, compose + render {mine:.0f} ms CPU, floor {least:.0f} ms, "
            f"{len(data) / 1000:.0f} KB against {sizes[place - 1] / 1000:.0f} KB"
        )
        found.append((name, ratio, detail))
    return found
