"""The one table of figures: as lines, as JSON, and as what README shows of the last measurement of each."""

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.benchmarks._figure import Figure, Row

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "figures.json"
"""The last measurement of each figure, with its day."""
BEGIN, END = "<!-- figures: written by `bench --write` -->", "<!-- end of figures -->"


def lines(rows: Iterable[Row]) -> str:
    """Return the rows as aligned columns: name, ratio, target, floor, detail."""
    cells = [("name", "ratio", "target", "against", "detail")]
    for row in rows:
        most = "" if row.figure.target is None else f"<= {row.figure.target:g}{' MISSED' if row.missed else ''}"
        cells.append((row.name, f"{row.ratio:.2f}", most, row.figure.floor, row.detail))
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    return "\n".join(
        f"{name:<{widths[0]}}  {ratio:>{widths[1]}}  {most:<{widths[2]}}  {floor:<{widths[3]}}  {detail}".rstrip()
        for name, ratio, most, floor, detail in cells
    )


def machine() -> str:
    """Return what measured: processor, cores, system and Python; nothing that names a person or a place."""
    info = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    name = names[0] if names else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def entry(row: Row, module: str, day: date) -> dict[str, Any]:
    """Return a row as it stands in JSON, with the command that measures it again."""
    return {
        "name": row.name,
        "floor": row.figure.floor,
        "ratio": round(row.ratio, 2),
        "target": row.figure.target,
        "missed": row.missed,
        "detail": row.detail,
        "command": f"python3 packaging/dev.py bench{' --full' if row.figure.full else ''} {module}",
        "day": day.isoformat(),
    }


def document(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the table as JSON has it: on which machine, and every entry."""
    return {"machine": machine(), "figures": list(entries)}


def kept() -> dict[str, Any]:
    """Return the table as it was kept last."""
    found: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {"machine": "", "figures": []}
    return found


def keep(entries: Sequence[Mapping[str, Any]]) -> None:
    """Put new measurements in the place of those of the same names, and README's table in order."""
    names = {one["name"]: one for one in [*kept()["figures"], *entries]}
    KEPT.write_text(json.dumps(document(list(names.values())), ensure_ascii=False, indent=1) + "\n", "utf-8")
    path = ROOT / "README.md"
    path.write_text(with_table(path.read_text("utf-8"), markdown(kept())), "utf-8")


def with_table(text: str, table: str) -> str:
    """Return a text with another table between its two marks."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}"


def markdown(table: Mapping[str, Any]) -> str:
    """Return what README shows: every figure that has a target, a missed one marked, and where it was measured."""
    shown = [one for one in table["figures"] if one["target"] is not None]
    head = ["| figure | against | ratio | at most | |", "|---|---|---|---|---|"]
    body = [
        f"| {one['name']} | {one['floor']} | {one['ratio']:.2f} | {one['target']:g} | {_mark(one)} |" for one in shown
    ]
    days = sorted({one["day"] for one in shown})
    span = " to ".join(dict.fromkeys((days[0], days[-1]))) if days else "never"
    return "\n".join([*head, *body, "", f"Measured {span} on {table['machine']}."])


def _mark(one: Mapping[str, Any]) -> str:
    return "**missed**" if one["missed"] else ""


def unmeasured(declared: Mapping[str, Figure]) -> list[str]:
    """Return the names of the figures that have a target and were never measured."""
    there = {one["name"] for one in kept()["figures"]}
    return [name for name, figure in declared.items() if figure.target is not None and name not in there]
