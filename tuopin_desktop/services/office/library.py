"""The tables that ship with the program, read once: codes, counties, ID areas, policy pack, the measure's text."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tuopin_desktop.domain import ids, tomltext
from tuopin_desktop.domain.calendar import Calendar, read_calendar
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.codes import CodeTable, vocabulary
from tuopin_desktop.domain.leave.proposing import LeaveWords
from tuopin_desktop.domain.measure import Measure
from tuopin_desktop.domain.measure import read as read_measure
from tuopin_desktop.domain.policy import FIRST_PACK, Policy
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.reading import read_month
from tuopin_desktop.domain.records.choices import CALLED_BACK
from tuopin_desktop.machine import files
from tuopin_desktop.machine.paths import RESOURCES


def text(name: str) -> str:
    """Return a shipped text file; Trouble when the installation is incomplete."""
    try:
        return tomltext.decoded(files.read(RESOURCES / name))
    except tomltext.Unreadable as fault:
        raise _unreadable(name, fault) from fault


def parsed(name: str) -> dict[str, Any]:
    """Return the content of a shipped TOML file; Trouble with what is wrong where somebody has edited it."""
    try:
        return tomltext.read(files.read(RESOURCES / name))
    except tomltext.Unreadable as fault:
        raise _unreadable(name, fault) from fault


def _unreadable(name: str, fault: tomltext.Unreadable) -> Trouble:
    return Trouble(f"程序文件“{name}”{fault}。没有改过这个文件的，请重新安装程序。")


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a shipped CSV table."""
    return tuple(csv.DictReader(io.StringIO(text(name))))


def called(code: str) -> str:
    """Return what an office is called in a sentence: the Office, its league or its county; else the code."""
    if code == ids.REGION:
        return "自治区工作队管理办公室"
    for row in table("counties.csv"):
        if row["code"] == code:
            return row["name"]
        if len(code) == 4 and row["league_code"].startswith(code):
            return row["league"]
    return code


@cache
def codes() -> dict[str, CodeTable]:
    """Return all code tables, the counties and the rule packs among them."""
    return vocabulary(
        table("codes.csv"), table("counties.csv"), {pack: policy.title for pack, policy in packs().items()}
    )


@cache
def areas() -> frozenset[str]:
    """Return every ID area code ever in force in Inner Mongolia."""
    return frozenset(row["code"] for row in table("area_codes.csv"))


_taken: dict[str, Policy] = {}


def take(packs: Mapping[str, Policy]) -> None:
    """Let packs stand for reading their files: what was read of the very same files at an earlier start."""
    _taken.update(packs)


@cache
def policy(pack: str = FIRST_PACK) -> Policy:
    """Return a shipped policy pack with what it carries over from the first; raises Trouble when there is none."""
    if pack in _taken:
        return _taken[pack]
    read = Policy.read(parsed(f"policies/{pack}.toml"))
    return read.carrying(policy()) if read.carries else read


def are_read() -> bool:
    """Tell whether the packs need not be read of their files any more."""
    return bool(_taken or packs.cache_info().currsize)


@cache
def packs() -> dict[str, Policy]:
    """Return every installed pack by its id, the first one first."""
    return {pack: policy(pack) for pack in _names()}


def raw_packs() -> list[tuple[str, bytes]]:
    """Return every installed pack's id with the bytes of its file, in the order of `packs`; raises Trouble."""
    return [(pack, files.read(RESOURCES / f"policies/{pack}.toml")) for pack in _names()]


def _names() -> list[str]:
    names = (path.stem for path in (RESOURCES / "policies").glob("*.toml"))
    return sorted(names, key=lambda pack: (pack != FIRST_PACK, pack))


def leave_words(policy: Policy) -> tuple[LeaveWords, ...]:
    """Return the words by which a reason sounds like a class of leave, as a policy has them; raises Trouble."""
    recalled = LeaveWords(code=CALLED_BACK, words=policy.several("status.called_back_words"))  # as rule A04-2 reads
    return (recalled, *_leave_words())


@cache
def _leave_words() -> tuple[LeaveWords, ...]:
    try:
        return msgspec.convert(parsed("leavewords.toml")["leave"], tuple[LeaveWords, ...])
    except (msgspec.ValidationError, KeyError) as error:
        fault = tomltext.misfit(error)
        raise Trouble(f"假别用词“leavewords.toml”{fault}，请按原来的格式更正，或重新安装程序。") from error


@cache
def measure() -> Measure:
    """Return the measure as published."""
    return read_measure(text(str(Path("measure") / "2018-nmg.txt")))


@cache
def calendar() -> Calendar:
    """Return the shipped table of holidays and make-up workdays."""
    return read_calendar(table("calendar.csv"))


def shipped_records() -> list[Change]:
    """Return the 57 counties and their teams as every office receives them."""
    changes = []
    for row in table("counties.csv"):
        code, name = row["code"], row["name"]
        county = {
            "code": code,
            "name": name,
            "league_code": row["league_code"],
            "league": row["league"],
            "poverty": "nation" if row["poverty_level"] == "国贫" else "region",
            "certainty": row["certainty"],
            "exit": read_month(row["exit"]),
        }
        changes.append(Change("county", f"{ids.REGION}/{code}", dict(county)))
        changes.append(Change("team", f"{code}/team", {"county": code, "name": f"自治区派驻{name}脱贫攻坚工作总队"}))
    return changes
