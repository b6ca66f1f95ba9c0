"""What is said of a file that was dropped where it cannot be taken."""

import re
from pathlib import Path

from tuopin_desktop.machine import filekinds
from tuopin_desktop.services.office import wrongfiles
from tuopin_desktop.services.office.desk import Desk

_LINE = re.compile(r"（命令行：[^）]*）")


def sentence(_desk: Desk, path: Path, target: str) -> str:
    """Return what a file is, that it is not `target`, and where it belongs; runs in the worker thread."""
    text = filekinds.sentence(path.name, wrongfiles.look(path), target)
    return f"{_LINE.sub('', text) or f'“{path.name}”不是{target}，没有读取'}。"
