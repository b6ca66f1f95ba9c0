"""Lines that can forget: what is hashed, what lies beside it, and which fields do."""

import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain.change import FeedLine, decode, decode_all, encode
from tuopin_desktop.domain.forgetting import apart
from tuopin_desktop.domain.masking import hides
from tuopin_desktop.domain.openings import chain_form, is_open, link, same, with_opening
from tuopin_desktop.domain.record import Form, fields
from tuopin_desktop.domain.records import KINDS

SALT = "0123456789abcdefABCDEF"
LINE = FeedLine(at=1, by="赵甲一", key="person:150426/p", set={"sex": "1", "name": "乌云"}, was={"name": "乌"})
VALUES = (
    st.none() | st.integers(-9, 9) | st.text(max_size=12) | st.sampled_from(['","open":{"salt":"', '"}', ',"seal":"'])
)
TABLES = st.dictionaries(st.text(min_size=1, max_size=6) | st.sampled_from(["open", "seal", "salt"]), VALUES)


def with_salt(line: FeedLine, names: frozenset[str]) -> bytes:
    return with_opening(line, names, lambda: SALT)


def test_the_name_is_in_the_opening_and_not_in_what_is_hashed() -> None:
    raw = with_salt(LINE, apart("person"))
    assert "乌".encode() in raw
    assert "乌".encode() not in chain_form(raw)
    assert decode(raw) == LINE
    assert decode(chain_form(raw)) == FeedLine(at=1, by="赵甲一", key="person:150426/p", set={"sex": "1"})
    assert link(b"", raw) == hashlib.sha256(chain_form(raw)).digest()


def test_a_line_of_format_1_is_read_and_hashed_as_ever() -> None:
    raw = encode(LINE)
    assert (chain_form(raw), is_open(raw), decode(raw)) == (raw, False, LINE)


def test_a_line_that_says_nothing_of_such_fields_is_of_format_1() -> None:
    line = FeedLine(at=1, by="", key="person:150426/p", set={"sex": "1", "note": None})
    assert with_salt(line, apart("person")) == encode(line)


@given(TABLES, TABLES, st.frozensets(st.text(max_size=6) | st.sampled_from(["open", "seal", "salt"])))
def test_whatever_is_said_comes_back_and_nothing_of_the_opening_is_hashed(
    new: dict[str, str | int | None], old: dict[str, str | int | None], names: frozenset[str]
) -> None:
    line = FeedLine(at=1, by="x", key="a:15/1", set=new, was={name: old[name] for name in new if name in old})
    raw = with_salt(line, names)
    assert decode(raw) == line
    left = decode(chain_form(raw))
    if is_open(raw):
        assert all(value is None for name, value in left.set.items() if name in names)
        assert not names & {name for name, value in left.was.items() if value is not None}
    assert chain_form(chain_form(raw)) == chain_form(raw)


def test_another_opening_fits_no_chain() -> None:
    raw = with_salt(LINE, apart("person"))
    assert not same(raw, raw.replace("乌云".encode(), "乌兰".encode()))
    assert not same(raw, raw.replace(SALT.encode(), SALT[::-1].encode()))
    assert same(raw, chain_form(raw))


@pytest.mark.parametrize(
    "bad",
    [
        b'{"at":1,"by":"","key":"a:15/1","set":{},"was":{},"open":{"salt":"0123456789abcdef","set":{}},"more":1}',
        b'{"at":1,"by":"","key":"a:15/1","set":{},"was":{},"open":{"salt":"0123456789abcdef","set":{"a":[1]}}}',
        b'{"at":1,"by":"","key":"a:15/1","set":{},"was":{},"open":{"salt":"0123456789abcdef","set":{}}',
        b'{"at":1,"by":"","key":"a:15/1","set":{},"was":{},"seal":"x","open":{"salt":"0123456789abcdef","set":{}}}',
        b'{"at":1,"by":"","key":"a:15/1","set":{},"open":{"salt":"0123456789abcdef","set":{}},"was":{}}',
        b'{"at":1,"by":"","key":"a:15/1","set":{},"open":{"salt":"0123456789abcdef","set":{}},"set":{"a":{}}}',
        b'{"at":1,"by":"","key":"a:15/1","set":{},"open": {"salt":"0123456789abcdef","set":{}}}',
        b'{"at":1,"by":"","key":"a:15/1","set":{},"open":{"salt":"","set":{}}}',
        b'{"seal":"","at":1,"by":"","key":"a:15/1","set":{},"was":{}}',
        b'{"at":1,"by":"","key":"a:15/1","set":{},"open":{"salt":"0123456789abcdef","set":{}},"open":{"salt":"0123456789abcdef","set":{}}}',
    ],
)
def test_a_line_of_another_shape_is_not_read(bad: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, msgspec.ValidationError)):
        decode(bad)
    good = with_salt(LINE, apart("person"))
    assert decode_all([good, bad]) is None
    assert decode_all([good, chain_form(good), encode(LINE)]) == [LINE, decode(chain_form(good)), LINE]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_keeps_apart_what_is_personal_and_what_somebody_typed(kind: str) -> None:
    cls = KINDS[kind]
    for item in fields(cls):
        if cls.kind.impersonal or item.lasting:
            assert not item.personal
            assert cls.kind.impersonal or not item.person_name
            continue
        if item.personal or item.person_name or hides(cls, item) or item.form in (Form.LONG, Form.ID_NUMBER):
            assert item.name in apart(kind)
        if item.form is Form.TEXT and not item.auto:
            assert item.name in apart(kind)
        if item.form in (Form.REF, Form.CHOICE, Form.FLAG, Form.DAY) and not hides(cls, item):
            assert item.name not in apart(kind)
