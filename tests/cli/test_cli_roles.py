"""Every verb of the command line as every role: allowed or refused as the table says, and refused before anything."""

import argparse
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.desks import open_office
from tests.services.roledesks import enter_users
from tuopin_desktop.cli import main
from tuopin_desktop.cli.parser import parser
from tuopin_desktop.domain.roles import NOBODY, TABLE, Act, Role, Signed
from tuopin_desktop.services.office import upgrades
from tuopin_desktop.services.office.desk import Desk

OF_NO_OFFICE = {("init",), ("demo",)}
"""Verbs that set an office up and open none."""

OPENS_NOTHING = {("update", "show"), ("backup", "look"), ("backup", "ways"), ("user", "recover")}
"""Commands for an office, or for somebody, who does not get in: they show no record and ask nobody who he is."""


def leaves(one: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Act | None]]:
    """Yield every command as words that can be parsed, each with the act it declares."""
    below = [action for action in one._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield words + arguments(one), one.get_default("act")
    for action in below:
        for name, inner in action.choices.items():
            yield from leaves(inner, (*words, name))


def arguments(one: argparse.ArgumentParser) -> tuple[str, ...]:
    """Return words for whatever a parser requires."""
    words: list[str] = []
    for group in one._mutually_exclusive_groups:
        if group.required:
            words += option(group._group_actions[0])
    for action in one._actions:
        if action.required and action.option_strings:
            words += option(action)
        elif not action.option_strings and action.nargs not in ("?", "*"):
            words.append(word(action))
    return tuple(words)


def option(action: argparse.Action) -> list[str]:
    return [action.option_strings[0], *([] if action.nargs == 0 else [word(action)])]


def word(action: argparse.Action) -> str:
    """Return a value that the parser takes."""
    if action.choices:
        return str(next(iter(action.choices)))
    for text in ("没有=无", "2018-06-05", "1"):
        try:
            if action.type is not None:
                action.type(text)  # type: ignore[operator]  # argparse types are callables here
        except (ValueError, argparse.ArgumentTypeError):
            continue
        return text
    raise AssertionError(f"no value for {action.dest}")


PARSER = parser()
COMMANDS = [(words, act) for words, act in leaves(PARSER) if words[:1] not in OF_NO_OFFICE]


def test_every_command_of_an_office_declares_its_act() -> None:
    assert [words for words, act in COMMANDS if act is None] == []
    assert len(COMMANDS) > 90


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """An open office that every command gets, and that none closes."""
    with closing(open_office(tmp_path / "office")) as desk:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        monkeypatch.setattr("getpass.getpass", lambda _: "")
        with monkeypatch.context() as patch:
            patch.setattr(upgrades, "open_desk", lambda *_, **__: desk)
            patch.setattr(desk, "close", lambda: None)
            patch.setattr(main, "parser", lambda: PARSER)  # made once: it is half of what a refused command takes
            yield desk


def answered(desk: Desk, words: tuple[str, ...]) -> str:
    out, err = io.StringIO(), io.StringIO()
    code = main.run(["--office", str(desk.folder), *words], out, err)
    assert code in (0, 1)
    return err.getvalue()


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.value if role else "nobody")
def test_every_command_is_allowed_or_refused_as_the_table_says(desk: Desk, role: Role | None) -> None:
    who: Signed = NOBODY if role is None else enter_users(desk)[role]
    lines = desk.store.position()
    for words, act in COMMANDS:
        if role is None and words[:2] in OPENS_NOTHING:
            continue
        desk.who = who
        label, roles = TABLE[act or Act.READ]
        refused = f"不能{label}" in (said := answered(desk, words)) or "先登录" in said
        assert refused is (role not in roles), (words, said)
    assert desk.store.position() == lines or role not in (Role.VIEWER, None)
