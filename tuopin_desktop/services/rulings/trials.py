"""What a trial of a ruling found, as a list to be laid before the Office (Art. 20): paper and workbook."""

from collections.abc import Sequence

from tuopin_desktop.documents import table
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.rulings.rulings import Flip, OpenQuestion

_COLUMNS = (
    Column("规则", 18),
    Column("条", 12, "center"),
    Column("对象", 46),
    Column("原结论", 16, "center"),
    Column("改后结论", 18, "center"),
    Column("按现行解释", 80),
    Column("按拟定解释", 80),
)


def flips_table(desk: Desk, question: OpenQuestion, text: str, flips: Sequence[Flip]) -> Table:
    """Return the flips of a trial rule by rule, each with the arithmetic of both sides; `text` is the value tried."""
    return Table(
        title="办法解释试算结果",
        columns=_COLUMNS,
        rows=tuple(_cells(flip) for flip in flips),
        office=desk.office.name,
        filled=desk.today(),
        notes=(
            f"问题：{question.question}（第{question.article}条）",
            f"现行：{question.words}；试算：{text}。共{len(flips)}项结论改变。",
            "试算按填报日的数据进行，没有改动任何登记；办法由自治区工作队管理办公室解释（第二十条）。",
        ),
    )


def _cells(flip: Flip) -> tuple[str, ...]:
    before, after = flip.text.split(" → ")
    return (
        flip.title,
        str(flip.article),
        flip.subject_words,
        before,
        after,
        _side(flip.sentence_before, flip.steps_before),
        _side(flip.sentence_after, flip.steps_after),
    )


def _side(sentence: str, steps: Sequence[str]) -> str:
    return "\n".join((sentence, *steps)) if sentence else "此规则不涉及"


def xlsx(desk: Desk, question: OpenQuestion, text: str, flips: Sequence[Flip]) -> bytes:
    """Return the list as a workbook; practice data carry their mark."""
    flips_sheet = flips_table(desk, question, text, flips)
    return table.xlsx(flips_sheet, created=desk.clock.now(), mark=desk.mark)
