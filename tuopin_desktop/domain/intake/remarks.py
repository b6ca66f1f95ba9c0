"""What stands in brackets behind a name, 王试四（女，蒙古族）: put into its fields once all is understood."""

import re
from collections.abc import Callable, Mapping, Sequence

from tuopin_desktop.domain.columns import Column, columns
from tuopin_desktop.domain.intake.verdicts import Judge, Raw, Status, Verdict, noted, unfigured, wrong
from tuopin_desktop.domain.masking import hides_column
from tuopin_desktop.domain.names import name_fault, tidy_name
from tuopin_desktop.domain.record import Form, Scalar

_REMARK = re.compile(r"(?P<name>[^(（\[【〔]+)[(（\[【〔](?P<remark>[^()（）\[\]【】〔〕]+)[)）\]】〕]\s*")
_BETWEEN = re.compile(r"[、,，;；/／\s]+")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MONTH = re.compile(r"[0-9]{4}[.年/-][0-9]{1,2}.*")


def settle(
    row: Sequence[Raw],
    values: dict[str, Scalar],
    reading: dict[str, Verdict],
    places: Mapping[str, int],
    judge_of: Callable[[Column], Judge],
) -> None:
    """Turn a name in error into a name and the fields its remark gives; a word nobody knows leaves the error."""
    for key in [key for key, verdict in reading.items() if verdict.status is Status.ERROR and key.endswith(".name")]:
        place = places.get(key, -1)
        raw = row[place] if 0 <= place < len(row) else None
        match = _REMARK.fullmatch(raw.strip()) if isinstance(raw, str) and len(raw) < 100 else None
        if match is not None:
            _settle(key, match["name"].strip(), match["remark"], values, reading, judge_of)


def _settle(
    key: str,
    name: str,
    remark: str,
    values: dict[str, Scalar],
    reading: dict[str, Verdict],
    judge_of: Callable[[Column], Judge],
) -> None:
    if fault := name_fault(name):
        reading[key] = wrong(fault)
        return
    stated: dict[str, Scalar] = {}
    texts = []
    for word in [word for word in _BETWEEN.split(remark.strip()) if word]:
        meaning = _meaning(word, key.partition(".")[0], judge_of)
        if meaning is None:
            sentence = f"姓名后面括号里的“{unfigured(word[:12])}”看不出是哪一项，请移到对应的列或备注，这里只写姓名"
            reading[key] = wrong(sentence)
            return
        column, value = meaning
        standing = values.get(column.key, stated.get(column.key))
        if standing is not None and standing != value:
            reading[key] = wrong(f"姓名后面括号里的“{unfigured(word[:12])}”与“{column.heading}”一列不同，请核对")
            return
        stated[column.key] = value
        texts.append(column.heading if hides_column(column) else f"{column.heading}：{word}")
    values[key] = tidy_name(name)
    reading[key] = noted(values[key], f"按姓名“{values[key]}”登记，括号里的记入{'、'.join(texts)}")
    values.update(stated)
    for other in stated:
        if other in reading and reading[other].status is Status.ERROR and values.get(other) is not None:
            del reading[other]


def _meaning(word: str, kind: str, judge_of: Callable[[Column], Judge]) -> tuple[Column, Scalar] | None:
    """Return the one field of the person a word fills, and its value."""
    readings = []
    for column in columns("roster" if kind == "person" else kind):
        if not _could_take(column, word):
            continue
        verdict = judge_of(column)(word)
        if verdict.status < Status.WARNING and verdict.value is not None:
            readings.append((column, verdict.value))
    return readings[0] if len(readings) == 1 else None


def _could_take(column: Column, word: str) -> bool:
    if column.is_phone:
        return _MOBILE.fullmatch(word) is not None
    if column.field.form is Form.MONTH:
        return _MONTH.fullmatch(word) is not None
    return column.field.form is Form.CHOICE or (column.field.form is Form.ID_NUMBER and len(word) == 18)
