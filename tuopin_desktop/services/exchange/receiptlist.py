"""The receipts of every office with their time: what we took in and read out for it, what others have of ours."""

import msgspec

from tuopin_desktop.domain.exchange import receipt
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.store import parcels, receipts
from tuopin_desktop.store.feeds import peers


class ReceiptEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One receipt. `given`: ours for a package of theirs, which is read to them; else theirs for a package of ours.
    Where the package was undone `code` is "": nobody may read it out any more.

    `at` is in ms since 1970 by our clock, 0 where it was not noted; `stands` is false where the import was undone.
    """

    at: int
    office: str
    given: bool
    number: int
    code: str
    changes: int
    how: str
    stands: bool

    @property
    def when(self) -> str:
        """Return the time in Beijing `YYYY-MM-DD HH:MM`, or 时间未记."""
        return f"{beijing(self.at):%Y-%m-%d %H:%M}" if self.at else "时间未记"

    @property
    def what(self) -> str:
        """Return in Chinese which package was received by whom."""
        theirs = f"本机收下{called(self.office)}第{self.number}号包，新增{self.changes}条"
        return theirs if self.given else f"{called(self.office)}收下本机第{self.number}号包（{self.changes}条）"

    @property
    def line(self) -> str:
        """Return the receipt in a line."""
        undone = "" if self.stands else "\t已撤销，作废"
        return (
            f"{self.code or ('（随包）' if self.stands else '（作废）')}\t{self.when}\t{self.what}\t{self.how}{undone}"
        )


def entries(desk: Desk, office: str = "") -> list[ReceiptEntry]:
    """Return all receipts, or those of one office, the newest first."""
    receipt_entries = [*_given(desk), *_had(desk)]
    return sorted((one for one in receipt_entries if office in ("", one.office)), key=lambda one: -one.at)


def _given(desk: Desk) -> list[ReceiptEntry]:
    own = desk.store.identity.station
    return [
        ReceiptEntry(
            at=one.at,
            office=one.office,
            given=True,
            number=one.number,
            code=receipt.code(one.number, one.token, own) if state == "taken" else "",
            changes=one.lines,
            how="念给对方",
            stands=state == "taken",
        )
        for state in ("taken", "undone")
        for one in parcels.listed(desk.store.ledger, state)
    ]


def _had(desk: Desk) -> list[ReceiptEntry]:
    parcel_by_number = {one.n: one for one in parcels.listed(desk.store.ledger, "made")}
    lines = [one for one in receipts.listed(desk.store.ledger) if one.parcel in parcel_by_number]
    noted = {(one.parcel, one.station) for one in lines}
    receipt_entries = [
        ReceiptEntry(
            at=one.at,
            office=one.office,
            given=False,
            number=one.number,
            code=one.code,
            changes=parcel_by_number[one.parcel].lines,
            how=f"随对方第{one.source}号包" if one.source else f"电话，{one.by}登记",
            stands=one.stands,
        )
        for one in lines
    ]
    return receipt_entries + _unnoted(desk, list(parcel_by_number.values()), noted)


def _unnoted(desk: Desk, own: list[parcels.Parcel], noted: set[tuple[int, str]]) -> list[ReceiptEntry]:
    """Return what others have by receipts that came before their time was kept."""
    with desk.store.ledger.reading() as cursor:
        peer_by_key = peers(cursor)
    return [
        ReceiptEntry(
            at=0,
            office=one.office,
            given=False,
            number=one.number,
            code="",
            changes=one.lines,
            how="以前的版本登记",
            stands=True,
        )
        for one in own
        for peer in peer_by_key.values()
        if peer.office == one.office and (one.n, peer.station) not in noted and receipts.covered(one.heads, peer.have)
    ]
