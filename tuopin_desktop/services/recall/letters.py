"""Letters of recall and replacement in official layout, each citing its article; their words are a file of texts."""

import re
from datetime import date

import msgspec

from tuopin_desktop.documents.official import Letter, Paragraph
from tuopin_desktop.domain import tomltext
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import Trouble, refuse
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.records.dutychoices import MEASURE, REPLACED
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import recall, replacing

_OFFICE = "自治区贫困旗县（市、区）\n脱贫攻坚工作队管理办公室"
_BLANK = "　　　　"


class _Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One letter's words, with names in braces where the program fills in."""

    title: str
    recipient: str
    article: int
    paragraphs: tuple[str, ...]
    inked: tuple[str, ...] = ()


def of_measure(desk: Desk, case_id: str, measure: str) -> Letter:
    """Return the letter of a measure, recorded or still to be taken; raises Refused."""
    if measure not in MEASURE.labels:
        raise refuse("measure", f"没有“{measure[:20]}”这项措施", "measure", article=16)
    row = recall.row(desk, case_id)
    course = row.course
    measure_taken = next((one for one in course.measures if one.measure == measure), None)
    statement = course.statement
    if statement is None:
        raise refuse("unheard", "请先登记本人说明，再出公文", "case", article=16)
    days = judging.policy_on(desk, desk.today()).number("recall.unit_days")
    values = {
        "name": row.name,
        "county": row.county_name,
        "post": row.position,
        "unit": row.unit or _BLANK,
        "facts": official_facts(course.case.facts),
        "statement": "本人逾期未作说明。" if statement.declined else _ended(statement.words),
        "heard": "经告知，本人逾期未作说明。"
        if statement.declined
        else f"办公室已听取本人说明：{_ended(statement.words)}",
        "taken_by": measure_taken.taken_by if measure_taken and measure_taken.taken_by else "",
        "words": _ended(measure_taken.words) if measure_taken and measure_taken.words else "",
        "ordered": f"：{_ended(measure_taken.words)}" if measure_taken and measure_taken.words else "。",
        "days": str(days),
    }
    number = measure_taken.paper if measure_taken else ""
    return filled(
        desk, measure, values, number=number, dated=measure_taken.taken if measure_taken else None, office=True
    )


_REACHED = re.compile(
    r"(?P<what>.+?)(?:，(?P<over>超过[^，（]+)(?P<aside>（[^）]*）)?)?，(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})达到"
)
"""What the rule of Art. 16 says of an absence: its words, the limit, and the day on which the limit was passed."""

_SOURCE = re.compile(r"（管理办法[^）]*）")


def official_facts(facts: str) -> str:
    """Return the facts of a case as a sentence of an official paper: without arithmetic, its source, or a rule's words.

    A letter names the article itself where it judges by it.
    """
    line = _ended(_SOURCE.sub("", facts.partition("\n")[0]))
    if match := _REACHED.match(line):
        over = f"，{match['over']}" if match["over"] else ""
        return f"截至{day_words(date.fromisoformat(match['day']))}，{match['what']}{match['aside'] or ''}{over}。"
    return line


def application(desk: Desk, application_id: str) -> Letter:
    """Return the sending unit's application form, ready for its seal; raises Refused."""
    row = _application(desk, application_id)
    replacement = row.application
    successor = (
        f"{replacement.successor}（{replacement.successor_post}）" if replacement.successor else "待定，另行报送"
    )
    values = _values(row) | {
        "reason": REPLACED.word(replacement.reason),
        "words": _ended(replacement.words),
        "successor": successor,
    }
    letter = filled(desk, "application", values, number=replacement.unit_paper, dated=replacement.applied, office=False)
    return msgspec.structs.replace(letter, signed=f"{row.unit or _BLANK}党委（党组）")


def approval(desk: Desk, application_id: str) -> Letter:
    """Return the Office's reply to an application, once decided; raises Refused."""
    row = _application(desk, application_id)
    if row.decision is None:
        raise refuse("undecided", "该申请还没有批复，请先登记批复", "decision", article=5)
    approved = row.decision.result == "approved"
    replacement = row.application
    named = f"接替人选为{replacement.successor}同志。" if approved and replacement.successor else ""
    duties = "请督促做好工作交接，接替人员到岗后报办公室备案。" if approved else "未经批准，不得擅自调整。"
    values = _values(row) | {
        "applied": day_words(replacement.applied) if replacement.applied else "",
        "result": "同意" if approved else "不同意",
        "successor_words": named,
        "duties": duties,
    }
    return filled(desk, "approval", values, number=row.decision.paper, dated=row.decision.decided, office=True)


def _application(desk: Desk, application_id: str) -> replacing.ReplacementRow:
    replacement_row = next((row for row in replacing.rows(desk) if row.application.id == application_id), None)
    if replacement_row is None:
        raise refuse("missing", "找不到这件更换申请，请刷新后重试", "application", article=5)
    return replacement_row


def _values(row: replacing.ReplacementRow) -> dict[str, str]:
    post = POSITION.word(row.posting.position) if row.posting else _BLANK
    return {"name": row.name, "county": row.county_name, "post": post, "unit": row.unit or _BLANK}


def filled(desk: Desk, key: str, values: dict[str, str], *, number: str, dated: date | None, office: bool) -> Letter:
    """Return the letter of a key in the file of texts, with these values in its braces.

    What the Office issues bears its red head and its signature; the caller puts there who else signs. Without a date
    it bears today's. A record with places for ink is nobody's letter: it has neither.
    """
    text = _texts(desk)[key]
    fields = {**values, "basis": f"《{desk.policy.basis.title}》"}
    issued = office and not text.inked
    return Letter(
        title=text.title.format_map(fields),
        issuer=_OFFICE.replace("\n", "") if issued else "",
        head="letter" if issued else "none",
        recipient=text.recipient.format_map(fields),
        number=number,
        blocks=tuple(Paragraph(sentence) for part in text.paragraphs if (sentence := part.format_map(fields))),
        inked=text.inked,
        signed=_OFFICE if issued else "",
        dated=None if text.inked else dated or desk.today(),
    )


def _texts(desk: Desk) -> dict[str, _Text]:
    path = f"letters/{desk.policy.id}.toml"
    try:
        return msgspec.convert(library.parsed(path), dict[str, _Text])
    except msgspec.ValidationError as error:
        raise Trouble(f"公文底稿“{path}”{tomltext.misfit(error)}，请按原来的格式更正，或重新安装程序。") from error


def _ended(text: str) -> str:
    """Return words as one line that ends in a full stop."""
    line = " ".join(text.split())
    return line if line.endswith(("。", "！", "？")) or not line else f"{line}。"
