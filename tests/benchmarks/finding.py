"""One question over very many lines: the search over all years, against what a clerk waits for without noticing."""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks._figure import Figure
from tests.services.desks import open_office
from tuopin_desktop.domain.archives.question import Question, day_tokens, pairs, tokens, understand
from tuopin_desktop.store.finder import Entry, Finder

LINES = 1_000_000 if os.environ.get("TUOPIN_BENCH_FULL") == "1" else 100_000
_ASKED = ("北京 2019年8月", "危房改造", "呼和浩特 2018年", "饮水安全 台账", "2019年3月4日", "无此一词")
_TEXTS = (
    "到{}入户走访贫困户，核对危房改造和饮水安全台账。",
    "赴{}参加全区脱贫攻坚工作推进会。",
    "在{}与嘎查两委研究产业项目资金使用，查看养殖棚圈。",
    "陪同{}检查组抽查考勤，整改问题三项。",
)
_PLACES = ("北京市", "呼和浩特市", "查干村", "赤峰市红山区", "白音塔拉苏木", "乌丹镇", "通辽市", "林西县")
FIGURES = {"question over all years": Figure("100 ms", 1.0), "line read into the finder": Figure("0.1 ms")}


def entries(count: int) -> Iterator[Entry]:
    """Yield so many lines of three years."""
    chance = random.Random(2018)
    for at in range(count):
        day = date(2018, 6, 1) + timedelta(days=chance.randrange(940))
        text = chance.choice(_TEXTS).format(chance.choice(_PLACES)) + f"第{chance.randrange(10_000)}户"
        words = dict.fromkeys([*tokens(text), *day_tokens(day, day)])
        yield Entry(f"daily_log:150426/{at}", day, " ".join(words))


def asked(finder: Finder, question: Question) -> float:
    """Return the seconds by the wall that a question takes."""
    began = time.perf_counter()
    finder.find([*([list(pairs(word))] for word in question.runs), *([[one]] for one in question.moments)], 201)
    return time.perf_counter() - began


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio, detail): the slowest of the questions, each the median of some rounds."""
    with tempfile.TemporaryDirectory() as name, closing(open_office(Path(name) / "office")) as desk:
        lines = list(entries(LINES))
        began = time.process_time()
        desk.finder.put(lines)
        spent = time.process_time() - began
        size = sum(path.stat().st_size for path in desk.folder.glob("office.find*")) / 1e6
        times = {text: statistics.median(asked(desk.finder, understand(text)) for _ in range(5)) for text in _ASKED}
    slowest = max(times, key=times.__getitem__)
    detail = f"{LINES:,} lines, {size:.0f} MB; the slowest of {len(times)}: {slowest}, {times[slowest] * 1000:.1f} ms"
    each = spent / LINES * 1000
    return [
        ("question over all years", times[slowest] * 10, detail),
        ("line read into the finder", each * 10, f"{spent:.0f} s of CPU"),
    ]
