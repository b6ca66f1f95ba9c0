"""Runs one scenario with one fault after another, each in a process of its own, and judges what is left.

`python -m tests.faults.driver SCENARIO FOLDER FIRST STEP MOST` under the shim; writes one JSON line per fault.
"""

import ctypes
import json
import os
import re
import shutil
import signal
import sys
import traceback
from pathlib import Path

import msgspec

from tests.faults.scenarios import OFFICE, SCENARIOS, Scenario, roster
from tuopin_desktop.domain.problems import Damaged, Refused, Trouble
from tuopin_desktop.store import backup

KINDS = {
    "full once": (0, 0),
    "full from then on": (0, 1),
    "i/o error once": (1, 0),
    "i/o error from then on": (1, 1),
    "denied": (2, 0),
    "read-only from then on": (3, 1),
    "short write": (4, 0),
    "short read": (5, 0),
    "interrupted": (6, 0),
    "power cut before the call": (7, 0),
    "power cut in the call": (8, 0),
}
"""The faults, with their number in the shim and whether they stay."""
TRUE_CAUSE = {  # the engine keeps no errno: it calls a write refused for whatever reason an I/O error
    0: "空间不足|已满",
    1: "读写|出错|磁盘|设备|打不开",
    2: "权限|打不开|读写|不能",
    3: "只读|打不开|权限|读写磁盘出错",
    4: "空间不足|读写|出错",
    5: "读写|出错",
    6: "读写|出错|打不开|系统提示",
}
_MAYBE = "可能"


class Verdict(msgspec.Struct):
    """What came of one fault: whether it came, on which call, what was said, what is there, and what is wrong."""

    scenario: str
    kind: str
    place: int
    came: bool = False
    call: int = 0
    outcome: str = ""
    said: str = ""
    state: str = ""
    bad: str = ""


def one(scenario: Scenario, template: Path, folder: Path, kind: str, place: int) -> Verdict:
    """Do the work in a child with one fault, and look at what is left."""
    shutil.copytree(template, folder)
    before = _bytes(folder)
    verdict = Verdict(scenario.name, kind, place)
    _child(scenario, folder, verdict)
    if verdict.came:
        _judge(scenario, folder, before, verdict)
    shutil.rmtree(folder, ignore_errors=True)
    return verdict


def _child(scenario: Scenario, folder: Path, verdict: Verdict) -> None:
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        with os.fdopen(say, "w") as out:
            out.write(json.dumps(_work(scenario, folder, verdict)))
        os._exit(0)
    os.close(say)
    with os.fdopen(hear) as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        verdict.came = os.WTERMSIG(status) == signal.SIGKILL
        verdict.outcome = "killed" if verdict.came else f"signal {os.WTERMSIG(status)}"
        verdict.bad = "" if verdict.came else verdict.outcome
        return
    verdict.came, verdict.call, verdict.outcome, verdict.said = json.loads(told)


def _work(scenario: Scenario, folder: Path, verdict: Verdict) -> tuple[bool, int, str, str]:
    shim = ctypes.CDLL(None)
    number, lasting = KINDS[verdict.kind]
    outcome, said = "done", ""
    place = ctypes.c_long(verdict.place)
    try:
        scenario.act(folder, lambda: shim.fault_arm(str(folder).encode(), number, place, lasting))
    except Damaged as error:
        outcome, said = "damaged", error.sentence
    except (Refused, Trouble) as error:
        outcome, said = "trouble", error.sentence
    except BaseException:  # noqa: BLE001 - whatever else it is, it is what the test looks for
        outcome, said = "crash", traceback.format_exc()
    return bool(shim.fault_disarm()), shim.fault_what(), outcome, said


def _judge(scenario: Scenario, folder: Path, before: dict[str, bytes], verdict: Verdict) -> None:
    """Say what is wrong: half a state, an untrue word, a copy that is not sound, a damaged file that was touched."""
    try:
        state = roster(folder)
    except Damaged as error:
        state = ("damaged",)
        if scenario.before != state:
            verdict.bad = f"damaged afterwards: {error.sentence} {getattr(error, '__notes__', '')}"
        elif verdict.outcome == "done":
            verdict.bad = "done and still damaged"
        elif _bytes(folder)[f"{OFFICE}/office.db"] != before[f"{OFFICE}/office.db"]:
            verdict.bad = "the damaged file was touched"
    except BaseException:  # noqa: BLE001 - an office that does not open again, for whatever reason, is the finding
        verdict.state, verdict.bad = "?", traceback.format_exc()
        return
    verdict.state = "new" if state == scenario.after else "old" if state == scenario.before else f"half: {state}"
    verdict.bad = verdict.bad or _untrue(scenario, verdict) or _spoilt_copy(folder)


def _untrue(scenario: Scenario, verdict: Verdict) -> str:
    if verdict.state not in ("old", "new"):
        return verdict.state
    if verdict.outcome == "killed":
        return ""
    if verdict.outcome == "crash":
        return f"no words: {verdict.said}"
    if verdict.outcome == "done":
        return "" if verdict.state == "new" or scenario.before == scenario.after else "said done and is not"
    if verdict.outcome == "damaged" and scenario.before != ("damaged",):
        return f"a failing disk was called damage: {verdict.said}"
    if not re.search(TRUE_CAUSE[KINDS[verdict.kind][0]], verdict.said):
        return f"not the true cause: {verdict.said}"
    if verdict.state == "new" and scenario.before != scenario.after and _MAYBE not in verdict.said:
        return f"said not done and is: {verdict.said}"
    return ""


def _spoilt_copy(folder: Path) -> str:
    for path in (folder / OFFICE / "备份").glob("*.db"):
        if path.name.startswith("损坏-"):
            continue
        try:
            backup.look(path)
        except Trouble as error:
            return f"a copy is not sound: {path.name}: {error.sentence}"
    return ""


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def main(name: str, folder: Path, first: int, step: int, most: int) -> None:
    """Try each kind on every `step`th call from the `first` on until it comes no more, or came `most` times."""
    scenario = SCENARIOS[name]
    template = folder / f"{name}-template"
    if not template.exists():
        scenario.make(template)
    for kind in KINDS:
        for done in range(most):
            verdict = one(scenario, template, folder / f"{name}-case", kind, first + done * step)
            if not verdict.came and not verdict.bad:
                break
            sys.stdout.write(msgspec.json.encode(verdict).decode() + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:6]))
