"""The table that benchmarks end in."""

import os
from types import ModuleType

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks import pages
from tests.benchmarks._pages import Cost, Report


def _module(**names: object) -> ModuleType:
    module = ModuleType("pretended")
    module.__dict__.update(names, rows=lambda: [("month grid", 1.5, "of one list"), ("slip", 12.25, "of one page")])
    return module


def test_targets_stand_beside_their_rows() -> None:
    shown = bench.table(bench.measure(_module(TARGETS={"slip": 3, "month grid": 2.0}))).splitlines()
    assert shown[0].split() == ["name", "ratio", "target", "detail"]
    assert shown[1].split() == ["month", "grid", "1.50", "<=", "2", "of", "one", "list"]
    assert shown[2].split() == ["slip", "12.25", "<=", "3", "MISSED", "of", "one", "page"]


@pytest.mark.parametrize(("target", "code"), [(1.0, 1), (20.0, 0)])
def test_a_missed_target_is_a_failure(monkeypatch: pytest.MonkeyPatch, target: float, code: int) -> None:
    monkeypatch.setattr(bench, "modules", lambda _names: [_module(TARGETS={"slip": target})])
    assert bench.main([]) == code


def test_rows_without_target_are_only_shown() -> None:
    assert not any(row.missed for row in bench.measure(_module()))


def test_full_is_an_option_and_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUOPIN_BENCH_FULL", "")
    asked: list[list[str]] = []

    def modules(names: list[str]) -> list[ModuleType]:
        asked.append(names)
        return []

    monkeypatch.setattr(bench, "modules", modules)
    assert bench.main(["attendance", "--full"]) == 0
    assert asked == [["attendance"]]
    assert os.environ["TUOPIN_BENCH_FULL"] == "1"


def _report(**steps: Cost) -> Report:
    return Report(10, {"home": {"first": Cost(2.0, 0.5, 3, 1.0), "day": Cost(0.1, 0.1, 3), **steps}}, 400)


def test_a_page_asked_again_has_a_hundred_ms_and_after_a_change_its_county_and_fifty_a_question() -> None:
    report = _report(again=Cost(0.02, 0.06, 3), county=Cost(0.1, 0.2, 2, 0.3))
    ratios = {name: ratio for name, ratio, _ in pages.page_rows(report, report)}
    assert ratios["page home, again"] == pytest.approx(0.8)
    # Judged for 0.4 s, of a tenth of the three seconds in which all was judged, and 0.1 s for two questions.
    assert ratios["page home, one county changed"] == pytest.approx(1.0)
    assert {"page home, again", "page home, one county changed"} <= pages.TARGETS.keys()
