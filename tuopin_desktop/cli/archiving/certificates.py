"""`archive certificate`: the certificate of service over the whole term, and the log of what was printed."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.records import ServiceCertificate
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import certificates
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


def options(steps: Steps) -> None:
    """Declare `certificate`."""
    certificate = step(
        steps, "certificate", _certificate, act=Act.READ, help="工作经历证明：看登记里有什么、缺什么，或编号打印"
    )
    certificate.add_argument("person", nargs="?", default="", metavar="NAME", help="姓名；不写的列出已打印的")
    certificate.add_argument("--out", type=Path, metavar="OUT.pdf|OUT.docx", help="编号并写成文件，每次打印一个编号")
    certificate.add_argument("--purpose", default="", metavar="TEXT", help="用途")
    certificate.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _certificate(desk: Desk, options: Namespace, out: TextIO) -> None:
    if not options.person:
        _log(desk, certificates.issued(desk), options, out)
        return
    person = registers.called(desk, "person", options.person)
    if options.out:
        record = certificates.write(desk, options.out, person, options.purpose)
        say(out, f"{record.number} {options.out}")
        return
    whole = certificates.career(desk, person)
    for line in certificates.lines(desk, whole):
        say(out, line)
    _log(desk, whole.earlier, options, out)


def _log(desk: Desk, records: Sequence[ServiceCertificate], options: Namespace, out: TextIO) -> None:
    names = registers.titles(desk, "person")
    for one in records:
        if options.json:
            say_json(out, {"number": one.number, "person": one.person, "issued": one.issued, "first": one.first})
        else:
            first = f"（首次{one.first}）" if one.first else ""
            day = day_words(one.issued) if one.issued else ""
            say(
                out,
                f"{one.number}{first}　{day}　{names.get(one.person, '')}　{one.days}天　{one.purpose}".rstrip("　"),
            )
