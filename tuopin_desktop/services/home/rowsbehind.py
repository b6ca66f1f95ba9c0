"""The rows behind a number of the first page: exactly as many as it says, with what it counts in a sentence."""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.services.home.countystate import Follow, Task, Where


class BehindRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row in words, and the page and subject it is opened by; `tone` is that of the cell that tells its state."""

    key: str
    cells: tuple[str, ...]
    page: str
    subject: str
    tone: str = ""


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one number: its words, what it counts, the headings; `toned` is the place of the state, -1 none."""

    title: str
    chip: str
    definition: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[BehindRow, ...]
    toned: int = -1
    unit: str = "行"


def of_tasks(tasks: Sequence[Task], name: str) -> Behind:
    """Return everything owed in some lines of a county's page."""
    rows = tuple(
        BehindRow(key=f"{task.key} {number}", cells=(task.name, what, text), page=page, subject=subject)
        for task in tasks
        for number, (what, text, page, subject) in enumerate(task.rows)
    )
    return Behind(
        title=name,
        chip=f"{name} {len(rows)}项",
        definition="首页“今天要办”里的同一个数：逾期、缺凭据和十天内到期的，一期一项",
        headings=("事项", "对象", "情况"),
        widths=(150, 240, 0),
        rows=rows,
        unit="项",
    )


def of_people(people: Sequence[Where]) -> Behind:
    """Return everybody's place today, and the seats without a person."""
    rows = tuple(
        BehindRow(key=f"{at} {one.name}", cells=_whereabouts(one), page=one.page, subject=one.subject)
        for at, one in enumerate(people)
    )
    return Behind(
        title="今天都在哪里",
        chip=f"今天都在哪里 {len(rows)}个岗位",
        definition="在派的每人一行，空缺的岗位也各一行；合并考勤和报备单",
        headings=("姓名", "职务", "今天", "地点、期限"),
        widths=(130, 160, 240, 0),
        rows=rows,
        unit="个岗位",
    )


def _whereabouts(one: Where) -> tuple[str, ...]:
    return one.name, one.post, one.state, one.more


def of_follows(follows: Sequence[Follow]) -> Behind:
    """Return every slip to follow up."""
    rows = tuple(
        BehindRow(
            key=one.slip.id,
            cells=(one.slip.name, one.slip.number, one.word, one.text),
            page="leave",
            subject=ids.key("leave_slip", one.slip.id),
            tone=one.tone,
        )
        for one in follows
    )
    return Behind(
        title="请假要跟进",
        chip=f"请假要跟进 {len(rows)}张",
        definition="超假、到期、两天内到期、未打印、待签字、缺备案、缺电话记录和待核对的，一张一行",
        headings=("姓名", "报备单", "要办", "情况"),
        widths=(130, 130, 110, 0),
        rows=rows,
        toned=2,
        unit="张",
    )
