"""A line is judged by what its record declares: what could be saved here is taken in, whatever its kind."""

import pytest

from tuopin_desktop.domain.change import FeedLine, encode
from tuopin_desktop.domain.exchange.arrival import Judge
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import WHOLE, Field, Form, Scalar, build, fields
from tuopin_desktop.domain.records import KINDS

JUDGE = Judge("f.1.150426", "150426", "15")


def value(item: Field) -> Scalar:
    """Return a value of the field's type; whether its form is right is asked in the fold, line by line."""
    return 1 if item.form in WHOLE else "2018-06-04" if item.form is Form.DATE else "x"


def line(kind: str, **new: Scalar) -> bytes:
    return encode(FeedLine(at=99, by="x", key=f"{kind}:150426/a", set=new))


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_takes_its_own_value_and_no_other(kind: str) -> None:
    for item in fields(KINDS[kind]):
        JUDGE.line(line(kind, **{item.name: value(item)}), 1)
        JUDGE.line(line(kind, **{item.name: None}), 1)
        build(KINDS[kind], "150426/a", {item.name: value(item)})
        with pytest.raises(Refused):
            JUDGE.line(line(kind, **{item.name: "x" if item.form in WHOLE else 1}), 1)


def test_what_a_newer_program_declares_is_kept_whatever_it_is() -> None:
    JUDGE.line(line("person", horse="x", horses=2), 1)
    JUDGE.line(line("stable", horse="x", horses=2), 1)


def test_lines_together_are_judged_as_each_alone() -> None:
    good = [line("person", horse="x"), line("person", name="张三"), line("daily_log", text="走访")]
    assert JUDGE.lines(good, 1).lines == [JUDGE.line(raw, 1) for raw in good]
    wrong = [
        b"{",
        line("person", birth=1),
        encode(FeedLine(at=99, by="x", key="person:150102/a", set={})),
        encode(FeedLine(at=99, by="x", key="person:150426/a b", set={})),
        encode(FeedLine(at=0, by="x", key="person:150426/a", set={})),
        encode(FeedLine(at=99, by="x", key="person:150426/a", set={"horses": 2**63})),
        line("attendance", d01=7),
    ]
    for raw in wrong:
        with pytest.raises(Refused) as alone:
            JUDGE.line(raw, 3)
        with pytest.raises(Refused) as together:
            JUDGE.lines([*good[:2], raw, b"{"], 1)
        assert str(together.value) == str(alone.value)


def test_bytes_that_are_lines_only_together_are_told_as_the_first_of_them_alone() -> None:
    one = line("person", horse="x")
    half, rest = one[:-1], b"}"
    text = one.replace(b'"x"', b'"x}'), b'{"}}'  # a line end inside a text, between the braces that are looked for
    for parts in (
        (half, rest),
        (half, rest, one + one),
        (*text, one + one),
        (one + b"\n" + one, b" "),
        (one + one, b""),
    ):
        with pytest.raises(Refused) as together:
            JUDGE.lines([one, *parts], 1)
        with pytest.raises(Refused) as alone:
            [JUDGE.line(raw, seq) for seq, raw in enumerate((one, *parts), 1)]
        assert str(together.value) == str(alone.value)


def test_lines_are_found_to_be_right_together_whatever_surrounds_them() -> None:
    one = line("person", horse="x\ny")
    for raws in ([], [one], [one, b" " + one + b"\n"]):
        assert JUDGE.lines(raws, 1).lines == [JUDGE.line(raw, 1) for raw in raws]
