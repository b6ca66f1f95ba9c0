"""The Python of the program for Windows brings no OpenSSL: what an office does every day must not ask for it."""

import subprocess
import sys
from pathlib import Path

import dev

WITHOUT = "import sys; sys.modules.update(_hashlib=None, _ssl=None); from tuopin_desktop.__main__ import main; "
"""As over there: `hashlib` then has neither pbkdf2_hmac nor scrypt nor SM3, and `ssl` cannot be imported."""


def _say(folder: Path, *words: str) -> str:
    code = f"{WITHOUT}sys.argv[1:] = {['--office', 'office', '--today', '2018-06-04', *words]!r}; sys.exit(main())"
    command = [sys.executable, "-c", code]
    variables = dev.offscreen() | {"PYTHONPATH": str(dev.ROOT), "TUOPIN_CONFIG": str(folder / "config")}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_office_is_set_up_copied_checked_and_prints_without_openssl(tmp_path: Path) -> None:
    _say(tmp_path, "init", "--level", "county", "--county", "150426")
    _say(tmp_path, "backup", "make")
    _say(tmp_path, "verify")
    _say(tmp_path, "slip", "--blank", "1", "--pdf", "blank.pdf")
    assert (tmp_path / "blank.pdf").read_bytes()[:5] == b"%PDF-"
