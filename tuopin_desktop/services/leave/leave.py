"""The leave slip from request to paper: drafted from the roster, checked, numbered, drawn, printed (Art. 10)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

import msgspec

from tuopin_desktop.documents import form as forms
from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.across import across
from tuopin_desktop.documents.margin import margin
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain import ids, slipcode
from tuopin_desktop.domain.display import FieldBox, Sheet
from tuopin_desktop.domain.facts import Facts, serves
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.halves import Period, parse_stored
from tuopin_desktop.domain.leave.proposing import proposed
from tuopin_desktop.domain.leave.slipforms import SLIP_FORMS, form_of
from tuopin_desktop.domain.leave.sofar import SoFar, so_far
from tuopin_desktop.domain.overprint import Calibration, cross_page
from tuopin_desktop.domain.periods import understand
from tuopin_desktop.domain.policy import FIRST_PACK, Policy, pack_of
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import County, LeaveSlip, Person, Posting
from tuopin_desktop.domain.records.choices import ENDED, POSITION
from tuopin_desktop.domain.rules.term import WHERE_FROM
from tuopin_desktop.machine import paths
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import near
from tuopin_desktop.services.office import calendars, frozen, library, offices, settings
from tuopin_desktop.services.office.desk import Desk, fonts
from tuopin_desktop.services.registers import registers
from tuopin_desktop.store import selecting

BLANKS = {1: "leader", 2: "member", 3: "village_long"}
"""Attachments 1 and 2, and the slip of a village team."""


def form(name: str) -> forms.Form:
    """Return the paper of a slip form, loaded and checked once; Attachment 2 for one this program does not know."""
    return _loaded(SLIP_FORMS.get(name, SLIP_FORMS["member"]).folder)


def titles(policy: Policy) -> list[str]:
    """Return the slip forms of a pack by the titles on their paper, each with the leave it is for."""
    overs = (f"（请假超过{policy.switch(slip.over).value_words}的）" if slip.over else "" for slip in policy.slips)
    return [f"请假单：{form(slip.form).title}{over}" for slip, over in zip(policy.slips, overs, strict=True)]


@cache
def _loaded(folder: str) -> forms.Form:
    return forms.load(paths.FORMS / folder / "form.toml")


def boxes(desk: Desk, name: str) -> tuple[FieldBox, ...]:
    """Return the boxes of the fields of a form in mm, in the order of the paper."""
    del desk
    return form(name).fields


def draft(desk: Desk, posting_id: str, day: date | None = None) -> LeaveSlip:
    """Return an unsaved slip for a posting, filled in from the roster, on the form right for the day of leave."""
    posting = registers.get(desk, Posting, posting_id)
    person = desk.store.get(Person, posting.person) or Person(name="")
    return LeaveSlip(
        id=registers.new_id(desk, posting.county),
        posting=posting.id,
        form=_policy(desk, posting).slip_for(posting.position),
        pack=_policy(desk, posting).id,
        county=_place_words(desk, posting),
        filled=day or desk.today(),
        name=person.name,
        post=post_words(desk.packs, posting),
        phone=person.phone,
    )


def post_words(packs: Mapping[str, Policy], posting: Posting) -> str:
    """Return the words for the cell 职务: position in the team and the local post held beside it (Art. 2)."""
    return position_words(packs, posting) + (f"、{posting.local_post}（挂任）" if posting.local_post else "")


def position_words(packs: Mapping[str, Policy], posting: Posting) -> str:
    """Return the position with the team it is in: 工作总队队员, 驻村第一书记."""
    policy = packs.get(pack_of(posting), packs[FIRST_PACK])
    return policy.team + POSITION.word(posting.position)


def _place_words(desk: Desk, posting: Posting) -> str:
    """Return the words for the place of a posting: league and county, and the village where there is one."""
    county = desk.store.get(County, f"{ids.REGION}/{posting.county}") or County(name=posting.county)
    return county.league + county.name + posting.village


def _policy(desk: Desk, posting: Posting) -> Policy:
    """Return the pack a posting is under; raises Refused where it is not installed here."""
    pack = pack_of(posting)
    if pack not in desk.packs:
        raise refuse("pack", f"所依办法文件“{pack}”本机没有启用，不能填报备单。{WHERE_FROM}", "pack")
    return judging.policy_on(desk, desk.today()).under(pack)


def read_typed_period(text: str, today: date) -> str:
    """Return the stored form of a typed period, or the text itself when it is not understood."""
    period = understand(text, today).period
    return period.stored() if period else text


class PreparedSlip(msgspec.Struct, frozen=True):
    """A slip worked out once for all who look at it while it is typed or saved: the window, the check, the store.

    `slip` is settled, `sheet` its paper, `problems` what keeps it from being saved; `near` are the records it was
    worked out from, which `warnings` judges it by.
    """

    slip: LeaveSlip
    sheet: Sheet
    problems: tuple[Problem, ...]
    near: near.Near


def prepare(desk: Desk, slip: LeaveSlip) -> PreparedSlip:
    """Return a slip settled, laid out and checked: its fields, and text that does not fit its cell on paper."""
    around = near.read(desk, slip)
    fixed = around.row is not None and bool(frozen.read_only_of(desk.store, around.row, around.naming))
    settled = _settled(desk, _with_number(slip, around.row), around.postings, fixed=fixed)
    page = sheet(desk, settled)
    problems = (*registers.check(desk, settled, around.references), *_overflow(settled, page))
    return PreparedSlip(settled, page, problems, around)


def settle(desk: Desk, slip: LeaveSlip) -> LeaveSlip:
    """Return the slip with its form decided by the position on the first day of leave, and numbered.

    A traveller without a posting that day keeps the form of the posting the slip was drafted for; rule A10 speaks.
    A slip with ink on it stays as it was printed.
    """
    postings = selecting.alike(desk.store.ledger, Posting, "person", slip.posting) if slip.posting else []
    numbered_slip = _with_number(slip, desk.store.get(LeaveSlip, slip.id))
    return _settled(desk, numbered_slip, postings, fixed=bool(frozen.read_only(desk.store, slip)))


def _with_number(slip: LeaveSlip, row: LeaveSlip | None) -> LeaveSlip:
    """Return the slip under the number it is stored with: one typed before that was given must not take a second."""
    return slip if slip.number or row is None else msgspec.structs.replace(slip, number=row.number)


def _settled(desk: Desk, slip: LeaveSlip, postings: Sequence[Posting], *, fixed: bool) -> LeaveSlip:
    """Return the slip settled among the traveller's postings, deleted ones too; `fixed` once ink is on it."""
    if slip.period and parse_stored(slip.period) is None:
        slip = msgspec.structs.replace(slip, period=read_typed_period(slip.period, slip.filled or desk.today()))
    if fixed:
        return slip
    drafted = next((one for one in postings if one.id == slip.posting), None)
    posting = _posting_that_day(slip, drafted, postings)
    if posting is not None:
        span = parse_stored(slip.period)
        policy = _policy(desk, posting).on(span.first if span else desk.today())
        made_out = policy.slip_for(posting.position, span.days if span else 0)
        slip = msgspec.structs.replace(_under(desk, slip, drafted, posting), form=made_out, pack=policy.id)
    if not slip.number:
        slip = msgspec.structs.replace(slip, number=_next_number(desk, slip))
    return msgspec.structs.replace(slip, pack=slip.pack or desk.policy.id)


def _under(desk: Desk, slip: LeaveSlip, drafted: Posting | None, posting: Posting) -> LeaveSlip:
    """Return the slip under a posting; post and place go with it unless somebody typed others."""
    if drafted is None or drafted.id == posting.id:
        return slip
    post = post_words(desk.packs, posting) if slip.post == post_words(desk.packs, drafted) else slip.post
    place = _place_words(desk, posting) if slip.county == _place_words(desk, drafted) else slip.county
    return msgspec.structs.replace(slip, posting=posting.id, post=post, county=place)


def _posting_that_day(slip: LeaveSlip, drafted: Posting | None, postings: Sequence[Posting]) -> Posting | None:
    """Return the posting served on the first day of leave, of the pack the slip was drafted under if there is one."""
    period = parse_stored(slip.period)
    if drafted is None or period is None:
        return drafted
    serving = [posting for posting in postings if not posting.deleted and serves(posting, period.first)]
    serving.sort(key=lambda posting: (pack_of(posting) == pack_of(drafted), posting.since or date.min))
    return serving[-1] if serving else drafted


def _next_number(desk: Desk, slip: LeaveSlip) -> str:
    year = (slip.filled or desk.today()).year
    last = desk.store.highest("leave_slip", "number", f"{year}-", ids.owner(slip.id))
    return f"{year}-{int(last[5:] or 0) + 1:04d}"


def paper_problems(desk: Desk, slip: LeaveSlip) -> list[Problem]:
    """Return the fields whose text does not fit their cell even in the smallest type; nothing is ever cut."""
    return _overflow(slip, sheet(desk, slip))


def _overflow(slip: LeaveSlip, page: Sheet) -> list[Problem]:
    labels = {box.name: box.label for box in form(slip.form).fields}
    return [
        Problem(code="overflow", sentence=f"“{labels[name]}”字数太多，表格内印不下，请改短", fields=(name,))
        for name in page.overflow
    ]


def proposed_class(desk: Desk, slip: LeaveSlip) -> str:
    """Return the class of leave a slip's reason sounds like, as is ruled for its first day; "" where one is given."""
    if slip.leave_type:
        return ""
    span = parse_stored(slip.period)
    policy = judging.policy_on(desk, span.first if span else desk.today())
    return proposed(slip.reason, library.leave_words(policy))


def warnings(desk: Desk, prepared: PreparedSlip) -> list[Finding]:
    """Return the findings a prepared slip would have once saved; they never block saving."""
    return outcome(desk, prepared)[0]


def outcome(desk: Desk, prepared: PreparedSlip) -> tuple[list[Finding], SoFar | None]:
    """Return those findings, and what the leave comes to beside the year's other leave; None without its days."""
    facts = near.facts(desk, prepared.slip, prepared.near)
    return _warnings(desk, prepared, facts), _so_far(desk, prepared.slip, facts)


def _so_far(desk: Desk, slip: LeaveSlip, facts: Facts) -> SoFar | None:
    posting, span = facts.posting_by_id.get(slip.posting), parse_stored(slip.period)
    if posting is None or span is None:
        return None
    policy = judging.policy_on(desk, span.first).under(slip.pack)
    mine = [one for one in facts.slips_by_person.get(posting.person, ()) if one.id != slip.id]
    seats = [one for one in facts.posting_by_id.values() if one.person == posting.person]
    stories = {one.id: facts.story(one, policy) for one in mine}
    return so_far(slip, seats, stories, policy, calendars.calendar(desk, ids.owner(slip.id)))


def _warnings(desk: Desk, prepared: PreparedSlip, facts: Facts) -> list[Finding]:
    findings = judging.judge(desk, facts, rule="A10-*", subject=ids.key("leave_slip", prepared.slip.id))
    return [finding for finding in findings if finding.verdict is not Verdict.OK]


def save(desk: Desk, slip: LeaveSlip) -> LeaveSlip:
    """Check, number and write a slip; raises Refused naming the fields, and then nothing is written."""
    prepared = prepare(desk, slip)
    if not prepared.slip.posting:
        raise refuse("posting", "请先选择请假人（须在花名册中有派驻记录）", "name", article=10)
    if prepared.problems:
        raise Refused(prepared.problems)
    return registers.save(desk, prepared.slip, prepared.near.references)


def slips(desk: Desk, where: Mapping[str, str] | None = None) -> list[LeaveSlip]:
    """Return the live slips, newest number first."""
    leave_slips = [slip for slip in registers.rows(desk, "leave_slip", where) if isinstance(slip, LeaveSlip)]
    return sorted(leave_slips, key=lambda slip: slip.number)[::-1]


def values(slip: LeaveSlip) -> dict[str, str]:
    """Return the words for each field of the slip's form; what is written in ink stays empty."""
    period = parse_stored(slip.period)
    fields = {"period": period.text() if period else slip.period}
    if slip.filled:
        fields |= {"year": str(slip.filled.year), "month": str(slip.filled.month), "day": str(slip.filled.day)}
    names = (box.name for box in form(slip.form).fields if not box.ink)
    return {name: fields[name] if name in fields else str(getattr(slip, name, "")) for name in names}


def sheet(desk: Desk, slip: LeaveSlip) -> Sheet:
    """Return the slip as it lies on paper: for the window, the printer and the PDF alike.

    One that is void or withdrawn bears 作废 across it. A numbered slip carries its number and code below the frame,
    unless the office has switched that off.
    """
    page = compose(form(slip.form), values(slip), desk.fonts())
    if slip.ended:
        page = msgspec.structs.replace(page, across=across(ENDED.word("voided"), page.width, page.height, desk.fonts()))
    if not slip.number or not settings.on(desk, settings.MARGIN_CODE):
        return page
    code = slipcode.encode(slip.id) if slipcode.encodable(slip.id) else ""
    serial = f"编号 {slip.number} · {ids.owner(slip.id)}{' · 补录' if slip.history else ''}"
    return msgspec.structs.replace(page, margin=margin(code, serial, page.height, desk.fonts()))


def pdf(desk: Desk, slip_ids: Iterable[str]) -> bytes:
    """Return one PDF with a page per slip; raises Refused when there is none to print."""
    leave_slips = [_slip(registers.get(desk, "leave_slip", slip_id)) for slip_id in slip_ids]
    if not leave_slips:
        raise refuse("empty", "没有可打印的请假报备单")
    sheets = [sheet(desk, slip) for slip in leave_slips]
    return pdfs.render(sheets, desk.fonts(), title=form(leave_slips[0].form).title, mark=desk.mark)


def overprint(desk: Desk, slip_id: str, names: Iterable[str], calibration: Calibration | None = None) -> Sheet:
    """Return only the chosen cells of a slip, to be printed onto the sheet that was signed before (套打).

    Nothing else is on the page: no lines, no labels, no margin marks. `calibration` is the printer's.
    """
    slip = _slip(registers.get(desk, "leave_slip", slip_id))
    if slip.ended:
        raise refuse("ended", f"这张报备单已{ENDED.word(slip.ended)}，不再套打", article=form_of(slip).article)
    lines = set(names)
    known_names = {box.name for box in form(slip.form).fields if not box.ink}
    if not lines or lines - known_names:
        raise refuse("cells", "请选择要套打的格子（领导签字的格子不能套打）", *sorted(lines - known_names))
    fields = {name: text for name, text in values(slip).items() if name in lines}
    if not any(fields.values()):
        raise refuse("cells", "所选的格子还没有内容，没有可套打的", *sorted(lines), article=form_of(slip).article)
    page = compose(form(slip.form), fields, desk.fonts(), part="fields")
    return msgspec.structs.replace(page, fields=(calibration or Calibration()).corrected_ops(page.fields))


def overprint_pdf(desk: Desk, slip_id: str, names: Iterable[str], calibration: Calibration | None = None) -> bytes:
    """Return the chosen cells as a PDF for the second pass."""
    return pdfs.render([overprint(desk, slip_id, names, calibration)], desk.fonts(), title="套打")


def calibration_page(desk: Desk) -> bytes:
    """Return the test page with two crosses as a PDF."""
    return pdfs.render([cross_page("fang")], desk.fonts(), title="套打校准页")


def blank(desk: Desk | None, number: int) -> bytes:
    """Return the empty Attachment 1 or 2 as a PDF; an office is not needed for it."""
    empty, book = form(BLANKS[number]), desk.fonts() if desk else fonts()
    return pdfs.render([compose(empty, {}, book)], book, title=empty.title)


def numbered(desk: Desk, number: str) -> LeaveSlip:
    """Return the slip of a number, `2018-0001`, `150426/2018-0001` or `翁牛特旗/2018-0001`.

    Raises Refused when none or several bear it.
    """
    owner, _, plain = number.rpartition("/")
    leave_slips = [
        slip for slip in slips(desk, {"number": plain}) if not owner or offices.is_called(ids.owner(slip.id), owner)
    ]
    if not leave_slips:
        raise refuse("number", f"没有编号为“{number[:30]}”的请假报备单", "number")
    if len(leave_slips) > 1:
        several = "、".join(f"{offices.called(ids.owner(slip.id))}/{plain}" for slip in leave_slips[:-6:-1])
        raise refuse("number", f"编号“{plain}”有{len(leave_slips)}张，请写明单位：{several}", "number")
    return leave_slips[0]


def days(slip: LeaveSlip) -> Period | None:
    """Return the period counted by halves; kept beside the paper, never printed on it."""
    return parse_stored(slip.period)


def _slip(record: Record) -> LeaveSlip:
    assert isinstance(record, LeaveSlip)
    return record
