"""Whose key this PC's is: another office's database beside it must never be signed with it."""

import msgspec

from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.exchange.keys import Keys
from tuopin_desktop.services.office import signed
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.store.feeds import certificates


def bound(desk: Desk, keys: Keys) -> Keys:
    """Return the keys as this office's own; raises Refused where they belong to another's, or to practice."""
    if keys.office and (keys.office, keys.practice) != (desk.scope, desk.practice):
        raise _refusal(desk, keys.office, practice=keys.practice)
    if not keys.office and (office := _traced(desk, keys.station)):
        raise _refusal(desk, office, practice=desk.practice)
    return msgspec.structs.replace(keys, office=desk.scope, practice=desk.practice)


def _traced(desk: Desk, station: str) -> str:
    """Return the other office a key of an earlier program belongs to: by its certificate, or by what it signed here."""
    with desk.store.ledger.reading() as cursor:
        certified = certificates(cursor).get(station)
    if certified is not None:
        return "" if certified.office == desk.scope else certified.office
    note = signed.note_in(desk.folder)
    scopes = {feed.rpartition(".")[2] for feed in note.heads} if note and note.station == station else set()
    return next((scope for scope in sorted(scopes) if not scope.startswith(desk.scope)), "")


def _refusal(desk: Desk, office: str, *, practice: bool) -> Refused:
    theirs, ours = called(office), called(desk.scope)
    if office == desk.scope:
        theirs, ours = ("练习数据", "正式数据") if practice else ("正式数据", "练习数据")
    return refuse(
        "key",
        f"本机的密钥是{theirs}的，数据文件却是{ours}的，可能拷错了数据文件：不能收发数据包，什么也没有改动。"
        f"请把{theirs}的数据文件放回“{desk.folder}”；确实要在这台电脑上用{ours}的数据，"
        "请先把文件夹里的“station.key”移到别处，本机将作为新的电脑重新申请授权",
    )
