"""`archive setup`: which fonds an office files in."""

from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.record import editable, scalar
from tuopin_desktop.domain.records import Fonds
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import settings
from tuopin_desktop.services.office.desk import Desk


def options(steps: Steps) -> None:
    """Declare `setup`."""
    setup = step(steps, "setup", _setup, act=Act.READ, help="归档配置：查看，或用各选项改动")
    for item in editable(Fonds):
        setup.add_argument(f"--{item.name.replace('_', '-')}", dest=item.name, help=item.label)
    setup.add_argument("--json", action="store_true", help="以 JSON 输出")


def _setup(desk: Desk, options: Namespace, out: TextIO) -> None:
    values = {one.name: getattr(options, one.name) for one in editable(Fonds)}
    new_values = {name: value for name, value in values.items() if value is not None}
    fonds = settings.type_in(desk, new_values) if new_values else settings.fonds(desk)
    if options.json:
        say_json(out, fonds)
        return
    for item in editable(Fonds):
        say(out, f"{item.label}：{field_words(item, scalar(getattr(fonds, item.name)), desk.vocabulary) or '（空）'}")
