"""The table that benchmarks end in."""

import json
import os
import platform
from types import ModuleType

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks import _table, pages
from tests.benchmarks._figure import Figure
from tests.benchmarks._pages import Cost, Report


def _module(**names: object) -> ModuleType:
    module = ModuleType("pretended")
    module.__dict__.update(names, rows=lambda: [("month grid", 1.5, "of one list"), ("slip", 12.25, "of one page")])
    return module


def _promising(slip: float | None = None, grid: float | None = None) -> ModuleType:
    return _module(FIGURES={"slip": Figure("bare", slip), "month grid": Figure("SQL", grid)})


def test_targets_stand_beside_their_rows() -> None:
    shown = _table.lines(bench.measure(_promising(slip=3, grid=2))).splitlines()
    assert shown[0].split() == ["name", "ratio", "target", "against", "detail"]
    assert shown[1].split() == ["month", "grid", "1.50", "<=", "2", "SQL", "of", "one", "list"]
    assert shown[2].split() == ["slip", "12.25", "<=", "3", "MISSED", "bare", "of", "one", "page"]


@pytest.mark.parametrize(("target", "code"), [(1.0, 1), (20.0, 0)])
def test_a_missed_target_is_a_failure(monkeypatch: pytest.MonkeyPatch, target: float, code: int) -> None:
    monkeypatch.setattr(bench, "modules", lambda _names: [_promising(slip=target)])
    assert bench.main([]) == code


def test_rows_without_target_are_only_shown() -> None:
    assert not any(row.missed for row in bench.measure(_promising()))


def test_a_row_that_promises_nothing_of_its_floor_is_an_error() -> None:
    with pytest.raises(KeyError, match="month grid"):
        bench.measure(_module(FIGURES={"slip": Figure("bare")}))


def test_one_benchmark_that_fails_leaves_the_others_their_rows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = ModuleType("broken")
    broken.__dict__.update(FIGURES={}, rows=lambda: 1 / 0)
    monkeypatch.setattr(bench, "modules", lambda _names: [broken, _promising(slip=20)])
    assert bench.main(["--json"]) == 1
    table = json.loads(capsys.readouterr().out)
    assert {one["name"]: (one["ratio"], one["target"], one["missed"]) for one in table["figures"]} == {
        "month grid": (1.5, None, False),
        "slip": (12.25, 20, False),
    }
    assert table["machine"].endswith(f"Python {platform.python_version()}")


def test_a_name_that_is_no_benchmark_is_refused() -> None:
    with pytest.raises(SystemExit, match="No such benchmark: slipz"):
        bench.modules(["slipz"])


def test_readme_shows_what_was_measured_last_and_every_promise_was_measured() -> None:
    readme = (_table.ROOT / "README.md").read_text("utf-8")
    assert _table.with_table(readme, _table.markdown(_table.kept())) == readme
    declared = {name: figure for module in bench.modules([]) for name, figure in bench.figures(module).items()}
    kept = {one["name"]: one for one in _table.kept()["figures"]}
    assert {name: (kept[name]["floor"], kept[name]["target"]) for name in kept} == {
        name: (declared[name].floor, declared[name].target) for name in kept
    }
    assert _table.unmeasured(declared) == []


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
    assert {"page home, again", "page home, one county changed"} <= pages.FIGURES.keys()
