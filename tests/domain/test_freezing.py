"""What is fixed like paper: signed cells stand whatever is said later, other corrections are told unless reasoned."""

from tuopin_desktop.domain.change import FeedLine, OrderedLine, fold
from tuopin_desktop.domain.freezing import fixed, frozen_now, settle, triggers
from tuopin_desktop.domain.record import Scalar, fields
from tuopin_desktop.domain.records import KINDS, LeaveSlip, Meeting, SpotCheck, TeamReport

SLIP = "leave_slip:150426/s"


def line(at: int, said: dict[str, Scalar], key: str = SLIP, feed: str = "a.1.150426") -> OrderedLine:
    return OrderedLine(at, feed, at, FeedLine(at=at, by=f"经办人{at}", key=key, set=said))


WRITTEN = line(1, {"name": "李明", "place": "通辽市", "period": "2018-06-06am/2018-06-08pm", "leave_type": "sick"})


def test_a_signed_cell_stands_and_says_who_wanted_what_there() -> None:
    kept, altered = settle(
        LeaveSlip, [WRITTEN, line(3, {"place": "三亚市", "leave_type": "home"})], {"opinion": (2, "", 0)}
    )
    assert fold(kept).values["place"] == "通辽市"
    assert fold(kept).values["leave_type"] == "home"
    (one,) = altered
    assert (one.field, one.was, one.value, one.by, one.at, one.counts) == (
        "place",
        "通辽市",
        "三亚市",
        "经办人3",
        3,
        False,
    )


def test_what_was_written_before_the_ink_is_what_was_signed() -> None:
    kept, altered = settle(LeaveSlip, [line(3, {"place": "三亚市"}), WRITTEN], {"opinion": (4, "", 0)})
    assert fold(kept).values["place"] == "三亚市"
    assert altered == ()


def test_the_sheet_taken_back_fixes_the_cells_as_ink_does() -> None:
    kept, altered = settle(
        LeaveSlip, [WRITTEN, line(2, {"sheet_back": "2018-06-05"}), line(3, {"place": "三亚市"})], {}
    )
    assert fold(kept).values["place"] == "通辽市"
    assert [one.field for one in altered] == ["place"]


def test_a_signed_slip_is_not_deleted_and_its_handling_goes_on() -> None:
    later = line(3, {"deleted": 1, "returned": "2018-06-09pm", "return_note": "已销假", "handler_name": "吴"})
    kept, altered = settle(LeaveSlip, [WRITTEN, later], {"opinion": (2, "", 0)})
    values = fold(kept).values
    assert values.get("deleted") is None
    assert (values["returned"], values["return_note"], values["handler_name"]) == ("2018-06-09pm", "已销假", "吴")
    assert [one.field for one in altered] == ["deleted"]


def test_no_reason_lifts_ink() -> None:
    said = frozenset({("place", "三亚市")})
    kept, altered = settle(LeaveSlip, [WRITTEN, line(3, {"place": "三亚市"})], {"opinion": (2, "", 0)}, said)
    assert fold(kept).values["place"] == "通辽市"
    assert len(altered) == 1


def test_the_first_line_is_never_held_against_anybody() -> None:
    kept, altered = settle(LeaveSlip, [line(5, WRITTEN.line.set)], {"opinion": (2, "", 0)})
    assert fold(kept).values["place"] == "通辽市"
    assert altered == ()


SENT = line(1, {"name": "五月报告", "text": "原文", "sent": "2018-06-05"}, "team_report:150426/r")


def test_a_report_written_over_after_dispatch_counts_and_is_told_unless_there_is_a_reason() -> None:
    over = line(2, {"text": "改过", "paper": "总队报1号"}, "team_report:150426/r")
    kept, altered = settle(TeamReport, [SENT, over], {})
    assert fold(kept).values["text"] == "改过"
    assert [(one.field, one.was, one.value, one.counts) for one in altered] == [("text", "原文", "改过", True)]
    _, reasoned = settle(TeamReport, [SENT, over], {}, {("text", "改过")})
    assert reasoned == ()


def test_what_was_put_back_is_forgotten() -> None:
    back = [line(2, {"text": "改过"}, SENT.line.key), line(3, {"text": "又改"}, SENT.line.key)]
    assert len(settle(TeamReport, [SENT, *back], {})[1]) == 2
    assert settle(TeamReport, [SENT, *back, line(4, {"text": "原文"}, SENT.line.key)], {})[1] == ()


def test_a_scan_fixes_the_minutes_and_what_is_empty_may_still_be_filled_in() -> None:
    first = line(1, {"type": "joint", "chair": "王海"}, "meeting:150426/m")
    kept, altered = settle(
        Meeting, [first, line(3, {"chair": "李四", "minutes": "全文"}, first.line.key)], {"attachment": (2, "", 0)}
    )
    assert [one.field for one in altered] == ["chair"]
    assert fold(kept).values["minutes"] == "全文"


def test_closing_a_check_is_no_change_of_what_was_found() -> None:
    first = line(1, {"checked": "2018-06-05", "found": "not_found"}, "spot_check:150426/c")
    later = line(2, {"closed": "2018-06-18", "closed_words": "已整改", "due": "2018-06-30"}, first.line.key)
    assert settle(SpotCheck, [first, later], {})[1] == ()
    assert [one.field for one in settle(SpotCheck, [first, line(3, {"found": "on_post"}, first.line.key)], {})[1]] == [
        "found"
    ]


def test_every_freeze_names_fields_and_kinds_there_are() -> None:
    for cls in KINDS.values():
        names, groups = {item.name for item in fields(cls)}, {item.group for item in fields(cls)}
        for freeze in cls.kind.freezes:
            assert {*freeze.own, *freeze.also, *freeze.free} <= names, cls
            assert set(freeze.groups) <= groups, cls
            assert freeze.own or freeze.by, cls
            assert all(field in {item.name for item in fields(KINDS[kind])} for kind, field in freeze.by), cls
            assert "deleted" in fixed(cls, freeze), cls
            assert not (freeze.strict and freeze.amend), cls


def test_a_field_of_the_printed_group_is_fixed_by_its_declaration_alone() -> None:
    (ink,) = (freeze for freeze in LeaveSlip.kind.freezes if freeze.strict)
    printed = {item.name for item in fields(LeaveSlip) if item.group == "表内"}
    assert printed - set(fixed(LeaveSlip, ink)) == {"handler_name", "handler_post", "handler_phone", "return_note"}


def test_who_fixes_whom_ends() -> None:
    reached = {kind: {target for _, target in pairs} for kind, pairs in triggers().items()}

    def depth(kind: str, seen: tuple[str, ...] = ()) -> int:
        assert kind not in seen
        return 1 + max((depth(one, (*seen, kind)) for one in reached.get(kind, ())), default=0)

    assert max(depth(kind) for kind in reached) <= 4


def test_nothing_holds_for_an_unsigned_slip() -> None:
    assert frozen_now(LeaveSlip, WRITTEN.line.set, ()) == []
