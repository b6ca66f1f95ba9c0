"""The installer's script: what it removes, what it refuses, what it never puts in the old state's place."""

import re

from windows import build

BESIDE = ("tables", "tables.part", "update.lock")
"""What the program itself lays beside its versions: services/office/upgrades.py, machine/versions.py."""


def _function(name: str) -> str:
    script = (build.HERE / "installer.nsi").read_text(encoding="utf-8")
    return script.partition(f"Function {name}\n")[2].partition("FunctionEnd")[0]


def test_below_the_versions_only_what_bears_a_versions_name_is_removed() -> None:
    script = (build.HERE / "installer.nsi").read_text(encoding="utf-8")
    named = [line.strip() for line in script.splitlines() if "RMDir /r" in line and "${VERSION}." not in line]
    assert sorted(named) == ['RMDir /r "${PART}"'] * 2 + ['RMDir /r "${VERSIONS}\\$1"'] * 2
    for function, prefix in (("RemoveOlder", ""), ("un.RemoveVersions", "un.")):
        body = _function(function)
        asked = f"Push $1\n        Call {prefix}IsVersion\n        Pop $2\n        ${{If}} $2 = 1\n"
        assert asked in body.partition("RMDir /r")[0]
        assert f'!insertmacro DefineIsVersion "{prefix}"' in script
    assert script.count("Call un.RemoveVersions") == 1


def test_the_uninstaller_takes_every_file_that_is_laid_beside_the_versions() -> None:
    gone = set(re.findall(r'Delete "\$\{VERSIONS\}\\(.*)"', _function("un.RemoveVersions")))
    assert gone == {"state", "state.part", "launch.lock", *BESIDE}


def test_a_folder_of_versions_that_is_another_programs_is_refused_before_anything_is_touched() -> None:
    script = (build.HERE / "installer.nsi").read_text(encoding="utf-8")
    assert "Section\n    Call RefuseForeign\n    Call WaitUntilClosed\n" in script
    assert 'FileExists} "${VERSIONS}\\state"\n        Return' in _function("RefuseForeign")
    assert "!insertmacro Refuse 7 " in _function("RefuseForeign")


def test_a_state_that_was_not_written_whole_never_takes_the_old_ones_place() -> None:
    opened, written, moved = re.split("FileOpen|FileWrite", _function("WriteState"))
    assert "ClearErrors" in opened
    for step in (written, moved.partition("MoveFileExW")[0]):
        assert "${If} ${Errors}" in step
        assert '!insertmacro Refuse 5 "${UNWRITTEN}"' in step
