"""The table of roles: every act has somebody who may do it, and what two have to do takes two."""

import pytest

from tuopin_desktop.domain.records import KINDS, User
from tuopin_desktop.domain.roles import (
    CLERK,
    NOBODY,
    ROLE_ACTS,
    ROLE_WORDS,
    SECOND,
    TABLE,
    Act,
    Role,
    Signed,
    refusal,
    role_words,
    second_refusal,
)

BAI = Signed("u/1", "白音", frozenset({Role.WRITER}))
WANG = Signed("u/2", "王秀兰", frozenset({Role.REVIEWER}))


def test_every_act_has_a_name_and_somebody_who_may_do_it() -> None:
    assert set(TABLE) == set(Act)
    assert all(label and roles for label, roles in TABLE.values())
    assert len({label for label, _ in TABLE.values()}) == len(Act)


def test_every_role_is_a_field_of_a_user_and_has_its_words() -> None:
    assert [role.value for role in Role] == list(ROLE_WORDS.labels)
    assert set(ROLE_ACTS) == set(Role)
    assert User(writer=True, admin=True).roles == {Role.WRITER, Role.ADMIN}
    assert role_words({Role.ADMIN, Role.WRITER}) == "经办人、管理员"


def test_whoever_only_looks_reads_and_prints_and_nothing_else() -> None:
    viewer = Signed("u/9", "于伟东", frozenset({Role.VIEWER}))
    assert {act for act in Act if viewer.may(act)} == {Act.READ, Act.PRINT}
    assert viewer.only_looks


def test_the_clerk_of_an_office_without_users_does_everything_and_nobody_nothing() -> None:
    assert all(CLERK.may(act) for act in Act)
    assert not any(NOBODY.may(act) for act in Act)
    assert refusal(NOBODY, Act.READ) is not None


def test_no_kind_is_written_by_reading() -> None:
    reading = {Act.READ, Act.PRINT, Act.REVEAL}
    assert [name for name, cls in KINDS.items() if cls.kind.act in reading] == []


def test_a_refusal_says_who_one_is_and_who_may() -> None:
    problem = refusal(BAI, Act.USERS)
    assert problem is not None
    assert problem.sentence == "白音是经办人，不能管理人员与口令。请由管理员办理"


@pytest.mark.parametrize(
    ("who", "second", "fits"),
    [
        (BAI, WANG, True),
        (WANG, BAI, True),
        (BAI, None, False),
        (BAI, BAI, False),
        (BAI, Signed("u/3", "斯琴", frozenset({Role.WRITER})), False),
        (BAI, Signed("u/4", "于伟东", frozenset({Role.VIEWER})), False),
        (Signed("u/5", "独一", frozenset(Role)), Signed("u/4", "于伟东", frozenset({Role.VIEWER})), False),
        (Signed("u/5", "独一", frozenset(Role)), BAI, True),
    ],
)
def test_what_two_have_to_do_takes_a_writer_and_a_reviewer(who: Signed, second: Signed | None, fits: bool) -> None:
    problem = second_refusal(who, second, Act.CONFIRM)
    assert (problem is None) is fits
    assert problem is None or problem.code == SECOND
