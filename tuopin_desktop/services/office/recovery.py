"""The recovery code on paper: the way in when passwords, the PC or its user are gone. Shown once and kept nowhere."""

from functools import cache

import msgspec

from tuopin_desktop.documents import form as forms
from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine import paths
from tuopin_desktop.services.office import disclosures, vaults
from tuopin_desktop.services.office.desk import Desk

NEEDED = "还没有恢复码：电脑坏了或重装系统后，数据和备份都会打不开。请点“打印恢复码”，装信封收好"
_HALF = 17
"""Signs of three groups with the hyphens between them."""


class RecoveryPaper(msgspec.Struct, frozen=True):
    """A new code and its paper."""

    code: str
    sheet: Sheet


def issue(desk: Desk) -> RecoveryPaper:
    """Return a new code with its paper; the one before opens nothing any more but the copies of its day.

    Raises Refused by role, Locked for data that are not encrypted, Trouble.
    """
    desk.require(Act.USERS)
    code = vaults.renew_code(desk.folder)
    disclosures.note(desk, "print", "制发恢复码，以前的作废", need=Act.USERS)
    return RecoveryPaper(code, compose(form(), fields(code, desk.office.name, _day(desk), desk.user), desk.fonts()))


def fields(code: str, office: str, day: str, by: str) -> dict[str, str]:
    """Return what the paper of a code says, by field of its form."""
    return {"office": office, "date": day, "by": by, "first": code[:_HALF], "second": code[_HALF + 1 :]}


def pdf(desk: Desk, paper: RecoveryPaper) -> bytes:
    """Return the paper ready for printing."""
    return pdfs.render([paper.sheet], desk.fonts(), title="恢复码", mark=desk.mark)


def is_lacking(desk: Desk) -> bool:
    """Tell whether an office's data are encrypted and no recovery code opens them."""
    ways = vaults.ways(desk.folder)
    return bool(ways) and all(way.kind != "recovery" for way in ways)


def _day(desk: Desk) -> str:
    return day_words(desk.today())


@cache
def form() -> forms.Form:
    """Return the form of the paper."""
    return forms.load(paths.FORMS / "recovery" / "form.toml")
