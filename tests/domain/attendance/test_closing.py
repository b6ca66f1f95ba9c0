"""What a close keeps and how it is read again: terms, figures, and the corrections of that closing alone."""

from datetime import date

import msgspec

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.rules.build import COUNTY, POLICY, ruling
from tuopin_desktop.domain.attendance.closing import corrected, figures_of, policy_of, terms_kept, terms_of
from tuopin_desktop.domain.policy import set_to, with_rulings
from tuopin_desktop.domain.records import Correction, MonthClose
from tuopin_desktop.services.office import library

OCTOBER = "2018-10"
CLOSE = MonthClose(id=f"{COUNTY}/{OCTOBER}", county=COUNTY, month=OCTOBER, state="closed", edition=2)
MONTHS = months(spread("2018-10-01", "2018-10-31", "vw/vw"))


def correction(count: int, after: str, edition: int = 2, day: int = 8, posting: str = POSTING) -> Correction:
    on = date(2018, 10, day)
    return Correction(
        id=f"{posting}/{on}/{edition}-{count}", posting=posting, closing=CLOSE.id, edition=edition, day=on, after=after
    )


def test_terms_bring_back_every_value_they_were_written_from() -> None:
    then = with_rulings(
        POLICY,
        [ruling("presence.unit", "workday"), ruling("absence.half_breaks", "否"), ruling("village.places", "village")],
        date(2018, 12, 1),
    )
    terms = terms_of(then)
    again = policy_of(terms, POLICY)
    assert terms_of(again) == terms
    assert again.choice("presence.unit") == "workday"
    assert again.flag("absence.half_breaks") is False
    assert again.several("village.places") == ("village",)
    assert again.switches.keys() == POLICY.switches.keys()


def test_kept_values_that_no_pack_knows_leave_the_policy_as_it_is() -> None:
    assert set_to(POLICY, {"presence.moon": "1", "presence.unit": "moon", "presence.days": "many"}) == POLICY
    assert policy_of("", POLICY) == POLICY


def test_the_latest_correction_of_the_standing_close_is_on_top() -> None:
    (month,) = corrected(MONTHS, [CLOSE], [correction(10, "ol/ol"), correction(9, "cw/cw"), correction(1, "ou/ou", 1)])
    assert (month.d08, month.d09) == ("ol/ol", "vw/vw")


def test_an_open_month_and_deleted_corrections_are_read_as_they_stand() -> None:
    said = [correction(1, "ol/ol")]
    for close in (msgspec.structs.replace(CLOSE, state="open"), msgspec.structs.replace(CLOSE, deleted=True)):
        assert corrected(MONTHS, [close], said) == MONTHS
    assert corrected(MONTHS, [CLOSE], [msgspec.structs.replace(said[0], deleted=True)]) == MONTHS
    assert corrected(MONTHS, [], said) == MONTHS


def test_a_posting_without_a_month_has_one_by_its_correction() -> None:
    other = f"{COUNTY}/b"
    made = corrected(MONTHS, [CLOSE], [correction(1, "vw/", posting=other)])
    assert [(one.id, one.posting, one.month, one.d08) for one in made[1:]] == [
        (f"{other}/{OCTOBER}", other, OCTOBER, "vw/")
    ]


def test_figures_that_do_not_read_are_none() -> None:
    assert figures_of(msgspec.structs.replace(CLOSE, figures='[{"posting": 1}]')) == ()
    assert figures_of(CLOSE) == ()


def test_terms_are_every_switch_of_attendance_and_leave_and_no_other_in_order() -> None:
    rooms = {"presence", "village", "absence", "leave"}
    keys = [line.partition("=")[0] for line in terms_of(POLICY).splitlines()]
    assert keys == sorted(key for key in POLICY.switches if key.split(".")[0] in rooms)
    assert {key.split(".")[0] for key in keys} == rooms


def test_terms_of_a_pack_beside_bear_its_name_and_are_parted_again() -> None:
    others = {name: pack for name, pack in library.packs().items() if name != "2018-nmg"}
    policy = msgspec.structs.replace(library.policy(), beside=others)
    both = terms_of(policy, ["2021-village", "2018-nmg", "2099-unheard"])
    own, other = terms_of(policy), terms_of(policy.beside["2021-village"])
    assert both.splitlines() == [*own.splitlines(), *(f"2021-village:{line}" for line in other.splitlines())]
    assert terms_kept(msgspec.structs.replace(CLOSE, terms=both)) == {"2018-nmg": own, "2021-village": other}
    assert terms_kept(msgspec.structs.replace(CLOSE, terms=own)) == {"2018-nmg": own}
