"""The recovery code by commands: shown once, renewed, and what opens a copy on another PC; never a word of the line."""

import os
import re
from io import StringIO
from pathlib import Path

import pytest

from tuopin_desktop.cli.main import run

CODE = re.compile(r"[A-Z2-9]{5}(?:-[A-Z2-9]{5}){5}")


def said(folder: Path, *words: str) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    return run(["--office", str(folder), *words], out, err), out.getvalue() + err.getvalue()


def descriptor(text: str) -> int:
    reading, writing = os.pipe()
    os.write(writing, f"{text}\n".encode())
    os.close(writing)
    return reading


def test_a_code_shown_at_the_set_up_opens_a_copy_on_another_pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, copy, fresh = tmp_path / "office", tmp_path / "存.db", tmp_path / "fresh"
    status, words = said(folder, "init", "--level", "county", "--county", "150426")
    assert status == 0
    (code,) = CODE.findall(words)
    assert said(folder, "backup", "make", "--to", str(copy))[0] == 0
    status, words = said(folder, "backup", "code", "--pdf", str(tmp_path / "码.pdf"))
    assert status == 0
    (later,) = CODE.findall(words)
    assert later != code
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "another"))
    monkeypatch.setattr("tuopin_desktop.store.keyring._KEYS", {})
    fresh.mkdir()
    status, words = said(fresh, "backup", "restore", str(copy))
    assert status == 1
    assert "恢复码" in words
    wrong, right = descriptor(later), descriptor(code)
    assert said(fresh, "backup", "restore", str(copy), "--recovery-code-fd", str(wrong))[0] == 1
    status, words = said(fresh, "backup", "restore", str(copy), "--recovery-code-fd", str(right))
    os.close(wrong)
    os.close(right)
    assert (status, "已恢复" in words) == (0, True)
    assert said(fresh, "verify")[0] == 0
