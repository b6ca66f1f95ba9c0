"""The table that benchmarks end in."""

import os
from types import ModuleType

import pytest

from tests.benchmarks import __main__ as bench


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
