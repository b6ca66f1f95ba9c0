"""Who may do what, where a change is written and at every door of an act that writes no record."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import enter, open_office
from tests.services.roledesks import change_of, enter_users, user_of
from tuopin_desktop.documents import scans as paper
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.policy import FIRST_PACK
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import KINDS, User
from tuopin_desktop.domain.roles import CLERK, NOBODY, REFUSED, SECOND, TABLE, Act, Role, Signed
from tuopin_desktop.services.exchange import packageboard, packages, packfiles, scanpackages, sticks, updates
from tuopin_desktop.services.leave import leave, leavedesk, tray
from tuopin_desktop.services.office import (
    access,
    attachments,
    backups,
    calibrations,
    clocks,
    disclosures,
    offices,
    packs,
    settings,
    soundness,
    stations,
)
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registerlists
from tuopin_desktop.store import sending

FILE = Path("没有这个文件")
Door = Callable[[Desk, Path], object]
DOORS: dict[str, tuple[Act, Door]] = {
    "package make": (Act.SEND, lambda desk, to: packages.make(desk, "15", to)),
    "packages of many": (Act.SEND, lambda desk, to: sticks.make_many(desk, ["15"], to)),
    "scans make": (Act.SEND, lambda desk, to: scanpackages.make(desk, "15", to)),
    "package rehearse": (Act.RECEIVE, lambda desk, _: packages.rehearse(desk, FILE)),
    "package take": (Act.RECEIVE, lambda desk, _: packages.take(desk, FILE)),
    "package follow": (Act.RECEIVE, lambda desk, _: packages.follow(desk, FILE)),
    "package undo": (Act.RECEIVE, lambda desk, _: packages.undo(desk)),
    "scans take": (Act.RECEIVE, lambda desk, _: scanpackages.take(desk, FILE)),
    "receipt": (Act.RECEIVE, lambda desk, _: packageboard.acknowledge(desk, "0017-K7QM-3RXP")),
    "pack export": (Act.PACKS, lambda desk, to: packfiles.export(desk, FILE, FILE, to)),
    "pack install": (Act.PACKS, lambda desk, _: packfiles.install(desk, FILE)),
    "pack enable": (Act.PACKS, lambda desk, _: packfiles.enable(desk, "2021-village")),
    "pack use": (Act.SETTINGS, lambda desk, _: packs.choose(desk, FIRST_PACK)),
    "update take": (Act.UPDATE, lambda desk, _: updates.take(desk, FILE)),
    "update hand down": (Act.UPDATE, lambda desk, to: updates.hand_down(desk, to)),
    "key renew": (Act.AUTHORISE, lambda desk, _: stations.renew(desk)),
    "card": (Act.AUTHORISE, lambda desk, to: stations.write_card(desk, to)),
    "root": (Act.AUTHORISE, lambda desk, _: stations.pin(desk, "1")),
    "revoke": (Act.AUTHORISE, lambda desk, _: stations.revoke(desk, "a" * 16, "")),
    "reopen": (Act.AUTHORISE, lambda desk, _: stations.reopen(desk, "a" * 16)),
    "escrow": (Act.AUTHORISE, lambda desk, _: stations.set_escrow(desk, "")),
    "copy": (Act.COPY, lambda desk, _: backups.make(desk)),
    "copy elsewhere": (Act.COPY, lambda desk, to: backups.save_to(desk, to / "copy.db")),
    "second place": (Act.SETTINGS, lambda desk, to: backups.choose_place(desk, to)),
    "restore": (Act.RESTORE, lambda desk, _: backups.fitting(desk, FILE)),
    "setting": (Act.SETTINGS, lambda desk, _: settings.choose(desk, "margin_code", False)),
    "verify": (Act.CHECK, lambda desk, _: soundness.verify(desk)),
    "clock": (Act.CHECK, lambda desk, _: clocks.trust(desk)),
    "show": (Act.REVEAL, lambda desk, _: disclosures.note(desk, "show", "某人的手机")),
    "register shown": (Act.REVEAL, lambda desk, _: disclosures.register_shown(desk, "incident")),
    "register in full": (Act.REVEAL, lambda desk, _: registerlists.listed(desk, "incident", reveal=True)),
    "tray": (Act.ENTER, lambda desk, _: tray.lay(desk, b"%PDF-", "a.pdf", 1, {1: "不认识"})),
    "out of the tray": (Act.ENTER, lambda desk, _: tray.take_out(desk, "a" * 64, {1})),
    "printer": (Act.ENTER, lambda desk, _: calibrations.measure(desk, "打印机", (20.0, 20.0), (190.0, 277.0))),
    "file": (Act.AMEND, lambda desk, _: attachments.keep(desk, paper.Proof(b"%PDF-", 1))),
}


@pytest.fixture
def roles(desk: Desk) -> dict[Role, Signed]:
    return enter_users(desk)


def lacks_role(work: Callable[[], object]) -> bool:
    """Tell whether something is refused for want of a role, and not for anything else."""
    try:
        with suppress(Trouble):
            work()
    except Refused as refused:
        return any(problem.code == REFUSED for problem in refused.problems)
    return False


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_every_kind_is_written_by_the_roles_of_its_act_alone(desk: Desk, roles: dict[Role, Signed], role: Role) -> None:
    desk.who = roles[role]
    lines = desk.store.position()
    for kind, cls in KINDS.items():
        owner = ids.local(desk.scope) if cls.kind.local else desk.scope
        change = Change(kind, f"{owner}/x", {"deleted": 1})
        may = role in TABLE[cls.kind.act][1]
        assert lacks_role(partial(desk.guarded, [change])) is not may, kind
        if not may:
            with pytest.raises(Refused):
                desk.commit([change])
    assert desk.store.position() == lines or role is not Role.VIEWER


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.value if role else "nobody")
def test_every_door_opens_to_the_roles_of_its_act_alone(
    desk: Desk, roles: dict[Role, Signed], tmp_path: Path, role: Role | None
) -> None:
    desk.who = NOBODY if role is None else roles[role]
    for name, (act, door) in DOORS.items():
        may = role in TABLE[act][1]
        assert lacks_role(partial(door, desk, tmp_path)) is not may, name


def test_a_viewer_leaves_no_trace_anywhere(desk: Desk, roles: dict[Role, Signed], tmp_path: Path) -> None:
    desk.who = roles[Role.VIEWER]
    lines, files = desk.store.position(), sorted(path.name for path in desk.folder.rglob("*"))
    for _, door in DOORS.values():
        with pytest.raises(Refused):
            door(desk, tmp_path / "out")
    assert desk.store.position() == lines
    assert sorted(path.name for path in desk.folder.rglob("*")) == files
    assert not (tmp_path / "out").exists()


def test_an_office_without_users_goes_on_as_before(desk: Desk, tmp_path: Path) -> None:
    assert desk.user == "经办人"
    assert not any(lacks_role(partial(desk.require, act)) for act in Act)


def test_whoever_signed_in_signs_what_is_written(desk: Desk, roles: dict[Role, Signed]) -> None:
    desk.who = roles[Role.WRITER]
    desk.commit([Change("office", f"{desk.scope}/office", {"phone": "0476-6321000"})])
    assert desk.store.history("office", f"{desk.scope}/office")[-1][1] == "其其格"


def test_nobody_writes_once_there_are_users(desk: Desk, roles: dict[Role, Signed]) -> None:
    folder, clock = desk.folder, desk.clock
    desk.close()

    again = offices.open_desk(folder, clock)
    assert again.who == NOBODY
    with pytest.raises(Refused, match="先登录"):
        again.commit([Change("office", f"{again.scope}/office", {"phone": "1"})])
    again.close()


def test_the_last_administrator_cannot_be_disabled_nor_lose_the_role(desk: Desk, roles: dict[Role, Signed]) -> None:
    admin = roles[Role.ADMIN].user
    for field, value in (("disabled", 1), ("admin", None), ("deleted", 1), ("awaits", 1)):
        with pytest.raises(Refused) as refused:
            desk.commit([Change("user", admin, {field: value})])
        assert refused.value.problems[0].code == access.LAST


def test_of_two_administrators_who_remove_each_other_one_stays(desk: Desk, roles: dict[Role, Signed]) -> None:
    other = user_of(desk, "斯琴", [Role.ADMIN], 8)
    desk.commit([change_of(other)])
    bai = desk.who
    desk.commit([Change("user", other.id, {"disabled": 1})])
    desk.who = other.signed  # his window stood open meanwhile; what he may do is asked of the record when it is written
    desk.who = access.as_standing(desk.store, desk.scope, desk.who)
    assert lacks_role(lambda: desk.commit([Change("user", bai.user, {"disabled": 1})]))
    desk.who = bai
    with pytest.raises(Refused, match="至少要留一名"):
        desk.commit([Change("user", bai.user, {"disabled": 1})])
    with pytest.raises(Refused, match="至少要留一名"):
        desk.commit([Change("user", bai.user, {"admin": None}), Change("user", other.id, {"name": "斯琴2"})])


def test_whoever_takes_the_role_from_himself_is_without_it_at_once(desk: Desk, roles: dict[Role, Signed]) -> None:
    other = user_of(desk, "斯琴", [Role.ADMIN], 8)
    desk.commit([change_of(other)])
    desk.commit([Change("user", desk.who.user, {"admin": None, "viewer": 1})])
    assert lacks_role(lambda: desk.require(Act.USERS))
    assert desk.who.only_looks


def test_two_users_in_use_are_not_called_alike(desk: Desk, roles: dict[Role, Signed]) -> None:
    with pytest.raises(Refused, match="已经有一位“白音”"):
        desk.commit([change_of(user_of(desk, "白音", [Role.VIEWER], 9))])


def test_what_wants_two_takes_two_and_the_log_names_both(desk: Desk, roles: dict[Role, Signed]) -> None:
    rule = access.access_id(desk.scope)
    desk.commit([Change("access", rule, {"second_close": 1})])
    close = Change("month_close", f"{desk.scope}/2018-05", {"note": "无"})
    desk.who = roles[Role.WRITER]
    with pytest.raises(Refused) as refused:
        desk.commit([close])
    assert [problem.code for problem in refused.value.problems] == [SECOND]
    with desk.countersigned(roles[Role.REVIEWER]):
        desk.commit([close])
    assert desk.store.history("month_close", close.id)[-1][1] == "其其格（复核 王秀兰）"
    assert desk.second is None
    desk.commit([Change("office", f"{desk.scope}/office", {"phone": "1"})])  # nothing else wants two


def test_users_never_leave_this_computer(desk: Desk, roles: dict[Role, Signed]) -> None:
    with desk.store.ledger.reading() as cursor:
        scopes = {send.feed.scope for office in ("15", "1504", "150426") for send in sending.plan(cursor, office, [])}
        names = sending.have(cursor)
    assert desk.scope in scopes
    assert not any(ids.is_local(scope) for scope in scopes)
    assert not any(ids.local(desk.scope) in name for name in names)


def test_a_user_that_came_in_a_package_all_the_same_would_be_none(desk: Desk, roles: dict[Role, Signed]) -> None:
    assert not any(ids.sees(office, ids.local(desk.scope)) for office in ("15", "1504", desk.scope))
    assert all(user.id.startswith(f"{ids.local(desk.scope)}/") for user in access.users(desk.store, desk.scope))


def test_no_other_office_writes_a_user_here() -> None:
    mine = f"{ids.local('150426')}/u1"
    assert may_write("150426", User, mine, ["name"]) is None
    for office, record_id in (("15", mine), ("1504", mine), ("150426", "150426/u1"), ("15", "15/u1")):
        assert may_write(office, User, record_id, ["name"]) is not None


@pytest.mark.parametrize("level", ["league", "region"])
def test_an_office_above_has_users_of_its_own(tmp_path: Path, level: str) -> None:
    desk = open_office(tmp_path / level, level=level)
    enter_users(desk)
    assert [user.name for user in access.users(desk.store, desk.scope)] == ["其其格", "王秀兰", "白音", "于伟东"]
    desk.close()


def test_whoever_only_looks_prints_a_slip_and_counts_nothing(desk: Desk, roles: dict[Role, Signed]) -> None:
    desk.who = CLERK
    draft = leave.draft(desk, enter(desk, "李明").id, desk.today())
    filled = {"place": "赤峰市", "period": "2018-06-04am/2018-06-05pm", "reason": "看病"}
    slip = leave.save(desk, msgspec.structs.replace(draft, **filled))
    desk.who, lines = roles[Role.VIEWER], desk.store.position()
    assert leave.pdf(desk, [slip.id]).startswith(b"%PDF")
    leavedesk.printed(desk, [slip.id])
    assert desk.store.position() == lines
