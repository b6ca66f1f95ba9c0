"""Every paper the program can make, by name, from a practice office: what a walk over all papers walks over."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from tuopin_desktop.documents import report, table
from tuopin_desktop.documents.archival import boards
from tuopin_desktop.documents.official import Letter
from tuopin_desktop.documents.report import Note
from tuopin_desktop.documents.table import Table
from tuopin_desktop.domain.archives import comparing
from tuopin_desktop.domain.archives.comparing import Comparison
from tuopin_desktop.domain.archives.oldcatalogues import Entry
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import (
    KINDS,
    ArchiveHandover,
    BallotRound,
    Correction,
    Draw,
    LeaveSlip,
    Meeting,
    Person,
    RecallCase,
    Replacement,
    Training,
)
from tuopin_desktop.services.appraisal import ballots, dossier, routine
from tuopin_desktop.services.appraisal import papers as appraisals
from tuopin_desktop.services.appraisal.year import compute
from tuopin_desktop.services.archives import (
    boxing,
    catalogues,
    certificates,
    closingpapers,
    comparelists,
    forming,
    items,
    lacklists,
    personalpapers,
    printing,
    registration,
    stamps,
)
from tuopin_desktop.services.archives import personal as archived
from tuopin_desktop.services.archives.checklist import Checklist, Row
from tuopin_desktop.services.archives.openitems import open_items
from tuopin_desktop.services.attendance import closechanges, monthbooks, outlooks
from tuopin_desktop.services.duties import (
    coverletters,
    drafts,
    dutycards,
    radar,
    rollcalls,
    signinsheets,
    supportlists,
)
from tuopin_desktop.services.exchange import exchangepapers
from tuopin_desktop.services.home import onepage
from tuopin_desktop.services.journals import papers as journals
from tuopin_desktop.services.judging import terms
from tuopin_desktop.services.leave import leave, leavebooks
from tuopin_desktop.services.office import books, disclosurelist, papers
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import cohorts, essentials, selections
from tuopin_desktop.services.recall import letters
from tuopin_desktop.services.registers import registerlists
from tuopin_desktop.services.reporting import circular, dashboard, handover, overview, reports, snapshots, unitletters
from tuopin_desktop.services.spotchecks import checksheets

_DIGESTS = f"SHA256 {'0' * 64} SM3 {'f' * 64}"
MONTH, YEAR, HALF = "2019-04", 2019, "first"

Made = Book[Any] | Letter | Table | Note | list[Sheet] | tuple[Sheet, ...]


def pages(desk: Desk, made: Made) -> list[Sheet]:
    """Return what a service gave as pages."""
    if isinstance(made, Book):
        return books.sheets(desk, made)
    if isinstance(made, Letter):
        return list(papers.sheets(desk, made))
    if isinstance(made, Table):
        return list(table.sheets(made, desk.fonts()))
    if isinstance(made, Note):
        return list(report.sheets(made, desk.fonts()))
    return list(made)


def _closing(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    """The papers of a term's end: what would be open of it today, every second item with a reason."""
    term = terms.terms(desk)[0]
    reason, day = "经办人已离任，当年没有登记，无从补办；纸质件在旗委组织部档案室，已核对", desk.today()
    rows = [
        Row(
            item=item,
            reason=reason if at % 2 else "",
            noted=day if at % 2 else None,
            noted_by="赵甲一" if at % 2 else "",
        )
        for at, item in enumerate(open_items(desk, term))
    ]
    yield "term checklist", lambda: closingpapers.listing(desk, Checklist(term=term, rows=tuple(rows[:120])))
    yield "items to appraise", lambda: closingpapers.appraising(desk, items.items(desk)[:40])


def _archives(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    year = YEAR - 1  # which is over
    if not items.items(desk, year):
        forming.form(desk, year)
    handover = ArchiveHandover(name=f"{desk.office.name}档案移交", receiver="档案馆", items=1, size=1, digest=_DIGESTS)
    yield "archive registration form", lambda: [registration.sheet(desk, handover)]
    yield "archive lacks", lambda: lacklists.listed(desk, year)
    kinds = {one.paper: one for one in items.items(desk, year)}
    for name, item in sorted(kinds.items()):
        yield f"archive item {name}", partial(printing.sheets, desk, item)
    yield "archive comparison", lambda: comparelists.listed(desk, _compared(desk, year), "旧目录")
    yield "archive catalogue", lambda: catalogues.catalogue(desk, year)
    yield "archive catalogue of seven columns", lambda: catalogues.catalogue(desk, year, layout="seven")
    yield "archive covers", lambda: boxing.covers(desk, year)
    yield "archive remarks", lambda: boxing.remarks(desk, year)
    for paper in boards.PAPERS:
        for name in sorted(boxing.CUT):
            yield f"archive {name} {paper}", partial(boxing.part, desk, name, year, 20, paper)
    yield "archive stamps", lambda: stamps.batch(desk, [one.id for one in items.items(desk, year)][:40]).sheets


def _compared(desk: Desk, year: int) -> Comparison:
    """An old catalogue that knows half of a year, beside the whole year."""
    own = items.items(desk, year)
    rows = [Entry(sheet="", row=at, name=one.name, dated=one.dated) for at, one in enumerate(own[::2], 2)]
    return comparing.compare([*rows, Entry(sheet="", row=1, name="贫困户建档立卡名册")], own)


def _ids(desk: Desk, kind: type[Record]) -> list[str]:
    return sorted(one.id for one in desk.store.rows(kind) if not one.deleted)


def every(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    """Yield name and maker of every paper of an office."""
    yield from _leave(desk)
    yield from _attendance(desk)
    yield from _duties(desk)
    yield from _people(desk)
    yield from _reports(desk)
    yield from _registers(desk)
    if desk.level is Level.COUNTY:
        yield from _journals(desk)
    yield from _appraisal(desk)
    yield from _archives(desk)
    yield from _closing(desk)


def _leave(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    slips = sorted(desk.store.rows(LeaveSlip), key=lambda one: one.number)
    slip = slips[-1].id
    yield "slip", lambda: [leave.sheet(desk, one) for one in slips[-2:]]
    yield "leave register", lambda: leavebooks.register(desk, YEAR)
    yield "filings", lambda: leavebooks.filings(desk, YEAR)
    yield "cover", lambda: leavebooks.cover(desk)
    yield "leave cards", lambda: leavebooks.card(desk, YEAR, county="150426")
    yield "calls", lambda: leavebooks.calls(desk)
    yield "phone notes", lambda: leavebooks.phone_notes(desk)
    yield "lates", lambda: leavebooks.lates(desk, YEAR)
    yield "brief", lambda: leavebooks.brief(desk, slip)
    yield "story", lambda: leavebooks.story(desk, slip)


def _attendance(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    yield "month book", lambda: monthbooks.sheets(desk, monthbooks.month_book(desk, MONTH, "150426"))
    yield "running month book", lambda: monthbooks.sheets(desk, monthbooks.month_book(desk, "2019-06", "150426"))
    yield (
        "blank month book",
        lambda: monthbooks.sheets(desk, monthbooks.month_book(desk, "2019-07", "150426", blank=True)),
    )
    yield "close changes", lambda: closechanges.listed(desk, MONTH, "150426")
    yield "outlooks", lambda: outlooks.outlooks(desk, "150426")
    yield "corrections", lambda: monthbooks.correction_list(desk, YEAR)
    for one in desk.store.rows(Correction)[:1]:
        yield "correction", partial(monthbooks.correction_note, desk, one)


def _duties(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    yield "radar", lambda: radar.printed(desk, YEAR)
    yield "duty cards", lambda: dutycards.cards(desk)
    yield "support days", lambda: supportlists.certificates(desk, MONTH, "150426")
    yield "support gaps", lambda: supportlists.gaps(desk, YEAR)
    for what in ("agenda", "minutes", "report"):
        yield f"draft {what}", partial(drafts.draft, desk, what, MONTH, "150426")
    yield "ten don'ts", lambda: rollcalls.sheet(desk, "150426")
    for number, one in enumerate(_ids(desk, Training)[:2]):
        yield f"sign in class {number}", partial(signinsheets.sign_in, desk, "training", one)
        yield f"class certificates {number}", partial(signinsheets.certificates, desk, one)
    for number, one in enumerate(_ids(desk, Meeting)[:1]):
        yield f"sign in meeting {number}", partial(signinsheets.sign_in, desk, "meeting", one)
    yield "envelopes", lambda: coverletters.envelope_list(desk, 2018, "second", "150426")
    yield "cover letter unit", lambda: coverletters.envelopes(desk, 2018, "second", "150426")[0].letter
    yield "cover letter office", lambda: coverletters.envelopes(desk, 2018, "second", "150426")[-1].letter


def _people(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    person = _ids(desk, Person)[0]
    yield "selection", lambda: selections.statement(desk, person)
    yield "cohort", lambda: cohorts.report(desk)
    yield "essentials", lambda: essentials.listed(desk, "150426")
    somebody = archived.people(desk)[0]
    yield "certificate of service", lambda: certificates.letter(desk, somebody.person)
    yield "materials of a person", lambda: personalpapers.catalogue(desk, somebody.person)
    yield "materials to a unit", lambda: personalpapers.handover_list(desk, somebody.unit)


def _reports(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    yield "circular", lambda: circular.circular(desk, "2019-05")
    yield "circular running", lambda: circular.circular(desk, "2019-06")
    yield "charts", lambda: dashboard.dashboard(desk, YEAR).letter
    yield "annual", lambda: reports.sheets(desk, snapshots.take(desk, 2018))
    yield "handover", lambda: handover.note(_handed(desk))
    if desk.level is not Level.COUNTY:
        yield "one page", partial(onepage.one_page, desk)
    yield (
        "account of packages",
        partial(exchangepapers.account, desk, ["翁牛特旗第3包：可收", "阿尔山市第1包：缺第2包"], "收了1包"),
    )
    yield "overview", lambda: overview.printed(desk)
    yield "unit list", lambda: unitletters.accountability(desk, 2018, "second")
    yield "unit letter", lambda: unitletters.halves(desk, 2018, "second")[0].letter
    yield "disclosures", lambda: disclosurelist.listed(desk)
    yield "disclosure tally", lambda: disclosurelist.tally_list(desk)
    for number, one in enumerate(_ids(desk, RecallCase)[:2]):
        for measure in ("criticism", "interview", "opinion", "reselect", "handling", "accountability"):
            yield f"recall {measure} {number}", partial(letters.of_measure, desk, one, measure)
    for number, one in enumerate(_ids(desk, Replacement)[:1]):
        yield f"application {number}", partial(letters.application, desk, one)
        yield f"approval {number}", partial(letters.approval, desk, one)


def _handed(desk: Desk) -> handover.Handover:
    """A hand-over without the users and keys that a test would have to make first."""
    lines = tuple(f"报备单{number}张未签字" for number in range(14))
    parts = (handover.Part("没有办完的报备单", "14张", lines),)
    return handover.Handover(giver="赵甲一", receiver="王新", day=desk.today(), parts=parts)


def _registers(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    for kind in sorted(KINDS):
        yield f"register {kind}", partial(registerlists.printed, desk, kind)


def _journals(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    yield "logs", lambda: journals.month_logs(desk, MONTH)
    yield "weekly note", lambda: journals.weekly_note(desk, "2019-04-22")
    yield "work ledger", lambda: journals.work_ledger(desk)
    for kind in ("log", "note", "ledger"):
        yield f"blank {kind}", partial(journals.blank, desk, kind)


def _appraisal(desk: Desk) -> Iterator[tuple[str, Callable[[], Made]]]:
    yield "grades", lambda: appraisals.proposal_sheet(desk, compute(desk, 2018))
    yield "routine", lambda: routine.routine_sheet(desk, compute(desk, 2018))
    yield "trace", lambda: (lambda year: appraisals.trace(desk, year, year.members[0]))(compute(desk, 2018))
    yield "dossier", lambda: dossier.pages(desk, _ids(desk, Person)[0])
    for number, one in enumerate(_ids(desk, BallotRound)[:1]):
        yield f"ballot {number}", partial(ballots.papers, desk, one)
    for number, one in enumerate(_ids(desk, Draw)[:1]):
        yield f"draw {number}", partial(checksheets.protocol, desk, one)
        yield f"check sheets {number}", partial(checksheets.sheets, desk, (), date(2019, 6, 3), one)
    yield "check sheet", lambda: checksheets.sheets(desk, ["150426"], date(2019, 6, 3))
