"""What it costs that the log can forget: size and import of three years of a county, beside lines that cannot."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from unittest import mock

from tests.benchmarks._figure import Figure
from tests.benchmarks.exchange import COUNTY, REGION, open_all
from tests.benchmarks.exchange import fill as attendance
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.forgetting import apart as real
from tuopin_desktop.domain.record import Scalar
from tuopin_desktop.machine import memory
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.store import writing

ROUNDS = 3
_BESIDE = "one whose lines cannot forget"
FIGURES = {
    "package that can forget, size": Figure(_BESIDE, 1.25),
    "package that can forget, import": Figure(_BESIDE, 1.15),
    "package of logs alone, size": Figure(_BESIDE, 1.25),
}
_WORDS = (
    "入户 走访 贫困户 核对 台账 产业 养殖 菌棚 村委会 会议 收入 政策 宣讲 "
    "危房 饮水 教育 医疗 低保 整改 资料 研究 安排 下一步 情况 问题"
)


def texts(count: int, start: int) -> Iterator[Change]:
    """Yield daily logs as members write them: three or four sentences, a place, how many households."""
    for place in range(start, start + count):
        chance = Random(place)
        said = "，".join(
            "".join(chance.choice(_WORDS.split()) for _ in range(chance.randrange(3, 7))) + str(chance.randrange(99))
            for _ in range(chance.randrange(4, 9))
        )
        day = f"{2018 + place % 3}-{place % 12 + 1:02d}-{place % 28 + 1:02d}"
        new: dict[str, Scalar] = {"posting": f"{COUNTY}/{place % 12:032x}", "date": day, "place": f"{place % 40}村"}
        yield Change("daily_log", f"{COUNTY}/{place % 12:032x}/{day}/{place}", {**new, "text": said + "。"})


def people(count: int) -> Iterator[Change]:
    """Yield persons with everything that is personal."""
    for place in range(count):
        new: dict[str, Scalar] = {"name": f"演示{place}", "sex": "1", "birth": "1975-03", "native_place": f"{place}旗"}
        yield Change("person", f"{COUNTY}/{place:032x}", {**new, "phone": f"1390476{place % 10_000:04d}"})


def measured(folder: Path, *, forgets: bool, logs: int, months: int) -> tuple[int, float]:
    """Return bytes of the package and seconds of its import."""
    folder.mkdir()
    root, county = open_all(folder)
    apart: Callable[[str], frozenset[str]] = real if forgets else lambda _kind: frozenset()
    with closing(root), closing(county), mock.patch.object(writing, "apart", apart):
        county.store.commit(list(people(120)), "赵甲一", county.clock.stamp_ms())
        county.store.commit(list(texts(logs, 0)), "赵甲一", county.clock.stamp_ms())
        if months:
            attendance(county, months)
        path = packages.make(county, REGION, folder)[0].path
        memory.settle()
        start = time.process_time()
        packages.take(root, path)
        return path.stat().st_size, time.process_time() - start


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio, detail): sizes once, the import as the least of some rounds, turn about."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes: dict[bool, int] = {}
        times: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(ROUNDS):
            for forgets in (False, True):
                size, spent = measured(folder / f"{turn}-{forgets}", forgets=forgets, logs=6_000, months=10_960)
                sizes[forgets] = size
                times[forgets].append(spent)
        alone = [measured(folder / f"logs-{one}", forgets=one, logs=6_000, months=0)[0] for one in (False, True)]
    least = {forgets: min(some) for forgets, some in times.items()}
    said = "120 people, 6000 daily logs, 10960 changes of attendance"
    return [
        ("package that can forget, size", sizes[True] / sizes[False], f"{sizes[True]} bytes: {said}"),
        ("package that can forget, import", least[True] / least[False], f"{least[True]:.2f} s of processor"),
        ("package of logs alone, size", alone[1] / alone[0], f"{alone[1]} bytes: every line has an opening"),
    ]
