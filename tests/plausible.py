"""A plausible record of any kind, made from its declaration alone, so that a new kind is covered by itself."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.codes import Vocabulary
from tuopin_desktop.domain.record import Field, Form, Record, editable

_DAY = date(2018, 6, 2)
_WORDS: dict[Form, object] = {
    Form.LONG: "第一段，写明经过。\n第二段，写明结果。",
    Form.FLAG: True,
    Form.MONEY: 38650,
    Form.MONTH: "2018-05",
    Form.PERIOD: "2018-06-02am/2018-06-03pm",
    Form.HALF: "2018-06-02am",
    Form.DAY: "vw/cw",
    Form.ID_NUMBER: "",
}


def plausible(
    cls: type[Record], vocabulary: Vocabulary, refer: Callable[[str], str], county: str = "150426", **said: object
) -> Record:
    """Return a record with every field filled that a person fills; `refer` gives the id of a record of a kind."""
    made = {item.name: _value(item, place, vocabulary, refer, county) for place, item in enumerate(editable(cls))}
    return msgspec.structs.replace(cls(), **{**made, **said})


def _value(item: Field, place: int, vocabulary: Vocabulary, refer: Callable[[str], str], county: str) -> object:
    if item.form is Form.REF:
        return refer(item.ref.split(",")[0]) if item.ref else ""
    if item.form is Form.CHOICE:
        words = item.codes(vocabulary).labels
        return county if county in words else next(iter(words))
    if item.form is Form.DATE:
        # In order, as declarations name the beginning before the end; what happened is not ahead of the tests' Monday.
        return _DAY + timedelta(days=min(place, 2) if item.happened else place)
    if item.form is Form.INTEGER:
        return min(2018, item.most)
    if item.form is Form.TEXT:
        return (item.label + "甲")[: item.limit]
    return _WORDS[item.form]
