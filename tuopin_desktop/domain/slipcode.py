"""The words of the code in a paper's margin: which record the paper belongs to, and nothing about a person."""

import base64
import hashlib
import re

from tuopin_desktop.domain.problems import Problem

PREFIXES = {"leave_slip": "TP1", "meeting": "TM1", "training": "TT1", "team": "TA1"}
"""What a code begins with, by the kind of record: a sign-in sheet bears that of its meeting or class, the sheet of the
ten don'ts that of its team."""

# Capitals, digits and colons only: what a QR symbol packs tightest, so that its modules stay large.
_CODE = re.compile(r"(T[PMTA]1):(15(?:[0-9]{2}){0,2}):([A-Z2-7]{26}):([A-Z2-7]{6})")
_LATER = re.compile(r"T[PMTA][2-9]:.{1,200}")
_ID = re.compile(r"(15(?:[0-9]{2}){0,2})/([0-9a-f]{32})")
_TEAM = re.compile(r"(15[0-9]{4})/team")
_TEAM_BYTES = b"team".ljust(16, b"\0")
"""What stands in a code for the word that is a team's own id: every county has one team."""
_KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}


def encodable(record_id: str, kind: str = "leave_slip") -> bool:
    """Tell whether a record id can stand in a code: those this program gives all can."""
    return _match(record_id, kind) is not None


def encode(record_id: str, kind: str = "leave_slip") -> str:
    """Return the code of a record, such as `TP1:150426:<26 letters>:<6 letters>`; raises ValueError for an odd id."""
    match = _match(record_id, kind)
    if match is None:
        raise ValueError(f"not the id of a {kind}: {record_id[:60]}")
    body = f"{PREFIXES[kind]}:{match[1]}:{_letters(_TEAM_BYTES if kind == 'team' else bytes.fromhex(match[2]))}"
    return f"{body}:{_check(body)}"


def decode(text: str) -> tuple[str, str] | Problem:
    """Return (kind, record id) a code stands for, or the Problem that says why it is none of ours.

    A code is taken only in its one spelling: what was read wrongly must never become another record.
    """
    match = _CODE.fullmatch(text)
    if match is None:
        if _LATER.fullmatch(text):
            return Problem(code="later", sentence="二维码由更新版本的程序印出，请先升级程序")
        return Problem(code="alien", sentence="这不是本程序的二维码")
    prefix, owner, letters, check = match.groups()
    content = _bytes(letters)
    if _check(f"{prefix}:{owner}:{letters}") != check or _letters(content) != letters:
        return Problem(code="check", sentence="二维码的校验不对")
    if _KINDS[prefix] == "team":
        value = f"{owner}/team"
        return ("team", value) if content == _TEAM_BYTES and _TEAM.fullmatch(value) else _odd()
    return _KINDS[prefix], f"{owner}/{content.hex()}"


def _odd() -> Problem:
    return Problem(code="check", sentence="二维码的校验不对")


def _match(record_id: str, kind: str) -> re.Match[str] | None:
    return (_TEAM if kind == "team" else _ID).fullmatch(record_id)


def _letters(content: bytes) -> str:
    return base64.b32encode(content).decode("ascii").rstrip("=")


def _bytes(letters: str) -> bytes:
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def _check(body: str) -> str:
    """Thirty bits over everything before: against typing and other programs; the symbol itself mends its own spots."""
    return _letters(hashlib.sha256(f"tuopin-desktop slip {body}".encode()).digest())[:6]
