"""The paper of a check: a sheet per team with everybody's expected position, and the protocol of a draw."""

from collections.abc import Sequence
from datetime import date

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents import table
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import Draw, Person
from tuopin_desktop.domain.records.choices import CHECK_TYPE, DRAWN, POSITION
from tuopin_desktop.services.office import disclosures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.spotchecks import draws, spotchecks

_BOXES = "□在岗　□不在岗\n□请假　□因公外出"
_SHEET = (
    Column("序号", 11, "center", Form.INTEGER),
    Column("姓名", 26, "center"),
    Column("职务", 18, "center"),
    Column("电话", 27, "center"),
    Column("应在何处（预填）", 36),
    Column("依据", 34),
    Column("实际情况", 40),
    Column("发现的问题、凭据", 55),
    Column("本人签字", 24),
)
_PROTOCOL = (
    Column("序号", 14, "center", Form.INTEGER),
    Column("参加抽签的", 66),
    Column("上次检查", 30, "center"),
    Column("权重", 18, "right", Form.INTEGER),
    Column("抽中次序", 22, "center"),
)


def sheet(desk: Desk, county: str, day: date, draw_id: str = "") -> Table:
    """Return the sheet for checking one team on a day; of a draw of people, those drawn are marked."""
    draw = _draw(desk, draw_id)
    names = draw.result.split("\n") if draw else []
    people = {item.id: item for item in desk.store.rows(Person, scope=county)}
    rows = []
    for place, (posting, name, there) in enumerate(spotchecks.expectations(desk, county, day), 1):
        text = "★" if posting.id in names else ""
        phone = people[posting.person].phone if posting.person in people else ""
        position = POSITION.word(posting.position)
        rows.append((place, text + name, position, phone, there.text, there.papers, _BOXES, "", ""))
    for what in ("工作日志、周记", "工作台账"):
        rows.append((len(rows) + 1, "全队", "", "", what, "", "□齐全　□不全\n□未查看", "", ""))
    name = desk.vocabulary["旗县"].word(county)
    manners = "　".join(f"□{word}" for word in CHECK_TYPE.labels.values())
    return Table(
        title=f"{name}工作总队检查表",
        columns=_SHEET,
        rows=tuple(rows),
        office=desk.office.name,
        filled=day,
        notes=_notes(draw, manners),
        signed=("检查人：", "被查总队（签字）：", "时间：     时     分至     时     分"),
        landscape=True,
        frozen=2,
        one_page=True,
    )


def _notes(draw: Draw | None, manners: str) -> tuple[str, ...]:
    notes = [f"检查方式：{manners}。预填内容取自考勤、报备单和节假日表，实际情况以现场为准。"]
    if draw is None:
        return (*notes, "本次检查没有抽签。")
    star = "带★的为抽中人员。" if draw.of == "person" else ""
    text = day_words(draw.drawn) if draw.drawn else ""
    return (*notes, f"抽签：{text}，抽取编号 {draw.seed}。{star}可凭抽取编号和抽签记录重新核验。")


def protocol(desk: Desk, draw_id: str) -> Table:
    """Return the protocol of a draw: every candidate with weight and place, and by which seed it is proved."""
    proof = draws.prove(desk, draw_id)
    draw = proof.draw
    rows = tuple(
        (place, item.text, item.last.isoformat() if item.last else "从未检查", item.weight, item.place or "")
        for place, item in enumerate(proof.lots, 1)
    )
    text = day_words(draw.drawn) if draw.drawn else ""
    what = f"{text}从{len(rows)}个{DRAWN.word(draw.of)}中抽取{draw.wanted}个。抽取编号：{draw.seed}。"
    return Table(
        title="抽查抽签记录",
        columns=_PROTOCOL,
        rows=rows,
        office=desk.office.name,
        filled=draw.drawn,
        intro=(what,),
        notes=(
            f"核验：{proof.sentence}。",
            "抽签由电脑按抽取编号和各自权重进行，抽中的退出后再抽下一个；同一抽取编号和名单在任何电脑上结果相同。",
        ),
        signed=("抽签人：", f"在场人：{draw.witness}", "日期：        年    月    日"),
        landscape=False,
    )


def sheets(desk: Desk, counties: Sequence[str], day: date, draw_id: str = "") -> list[Sheet]:
    """Return the pages of the sheets for several teams; without any, those of the teams drawn."""
    names = list(counties) or _drawn_teams(desk, draw_id)
    if not names:
        raise refuse("county", "请选择要检查的旗县，或先抽签", "county")
    return [page for county in names for page in table.sheets(sheet(desk, county, day, draw_id), desk.fonts())]


def pdf(desk: Desk, counties: Sequence[str], day: date, draw_id: str = "") -> bytes:
    """Return the sheets ready for printing."""
    pages = sheets(desk, counties, day, draw_id)
    disclosures.note(desk, "print", "检查表（含联系电话）", len(pages))
    return pdfs.render(pages, desk.fonts(), title="检查表", mark=desk.mark)


def protocol_pdf(desk: Desk, draw_id: str) -> bytes:
    """Return the protocol of a draw ready for printing."""
    pages = table.sheets(protocol(desk, draw_id), desk.fonts())
    return pdfs.render(pages, desk.fonts(), title="抽签记录", mark=desk.mark)


def _draw(desk: Desk, draw_id: str) -> Draw | None:
    if not draw_id:
        return None
    return registers.get(desk, Draw, draw_id)


def _drawn_teams(desk: Desk, draw_id: str) -> list[str]:
    draw = _draw(desk, draw_id)
    names = draw.result.split("\n") if draw else []
    return list(dict.fromkeys(name.partition("/")[0] for name in names))
