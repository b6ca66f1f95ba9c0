"""Who has what: receipts to read over the phone and to hear, what is still unsent, and the board of offices."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import decode
from tuopin_desktop.domain.exchange import receipt
from tuopin_desktop.domain.exchange.parcel import Refusal
from tuopin_desktop.domain.exchange.planning import Peer
from tuopin_desktop.domain.exchange.standing import Standing, covers, standing
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import KINDS, Station
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.exchange.receiptlist import ReceiptEntry, entries
from tuopin_desktop.services.office import clocks, library, signed, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.services.registers.wording import Wording
from tuopin_desktop.store import parcels, sending
from tuopin_desktop.store import receipts as receipts_kept
from tuopin_desktop.store.feeds import certificates, peers, put_peer
from tuopin_desktop.store.undoing import Undone

_DAY = 86_400_000


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The short receipt of a package taken in: what to say over the phone, and to whom."""

    code: str
    office: str
    number: int
    changes: int
    at: int


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a receipt read over the phone: every package up to that number is confirmed by the office."""

    office: str
    number: int
    changes: int


class BoardRow(msgspec.Struct, frozen=True, kw_only=True):
    """One office on the board; dates in ms since 1970 by our clock, 0 when there is none; `age` in days or None.

    `unsent` lines are not confirmed by that office; the oldest was written `oldest` days ago. `open` packages of ours
    to it have no receipt yet; `receipts` are the newest of ours and of theirs that stand. `gap` is why its last package
    was not taken in. `told` is what it did not take of ours. `since` is when the oldest unsent line was written;
    `written_at` and `place` are when and where the package that holds all of them was written, `waiting` days ago;
    `out` is the number of our newest package to it, and when it was written.
    """

    office: str
    name: str
    stations: int
    last: int
    number: int
    age: int | None
    unsent: int
    oldest: int
    open: int
    gap: str
    told: tuple[Refusal, ...]
    receipts: tuple[ReceiptEntry, ...] = ()
    state: Standing = Standing.UNAUTHORISED
    since: int = 0
    written_at: int = 0
    waiting: int = 0
    place: str = ""
    out: tuple[int, int] = (0, 0)

    @property
    def explanation(self) -> str:
        """Return in a few words since when, where, or who has to do what."""
        if self.state is Standing.GAP:
            return "请给对方从头重发" if self.told else "请对方从头重发"
        if self.state is Standing.DUE:
            return f"{day_words(self.since)}起" if self.since else ""
        if self.state is Standing.AWAITING:
            if self.waiting:
                return f"等{self.waiting}天"
            return f"{beijing(self.written_at):%H:%M}写到{self.place}" if self.place else "等对方的包"
        if self.state is Standing.UNAUTHORISED:
            return "还没有授权" if self.office == ids.REGION else "登记卡未到"
        ours = next((one for one in self.receipts if one.given and one.code), None)
        return f"回执{ours.code}" if ours else ""


def day_words(at: int) -> str:
    """Return a day in Beijing as it is read: 6月4日."""
    moment = beijing(at)
    return f"{moment.month}月{moment.day}日"


def time_words(at: int) -> str:
    """Return a time in Beijing as it is read: 6月4日 10:12."""
    return f"{day_words(at)} {beijing(at):%H:%M}"


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """The board: its offices, and what of our own past is missing here after an old copy was restored.

    `unready` says why this PC may not send, "" where it may.
    """

    rows: tuple[BoardRow, ...]
    unready: str
    missing: dict[str, tuple[int, int]]
    lacking: tuple[str, ...] = ()
    """The same in words."""

    @property
    def counts(self) -> dict[Standing, int]:
        """Return how many offices stand in each state; together they are all rows."""
        return {state: sum(row.state is state for row in self.rows) for state in Standing}

    @property
    def sentence(self) -> str:
        """Return the counts in words, without the states nobody is in."""
        return " · ".join(f"{state.value}{count}" for state, count in self.counts.items() if count)

    @property
    def authorised(self) -> bool:
        """Return whether this PC is certified, so that other offices accept its packages."""
        return not self.unready


def receipts(desk: Desk) -> list[Receipt]:
    """Return the short receipts of the packages taken in, the newest first."""
    return _short(desk, parcels.listed(desk.store.ledger, "taken"))


def batch(desk: Desk) -> list[Receipt]:
    """Return the short receipts of the batch that was taken in last, the newest first."""
    return _short(desk, parcels.batch(desk.store.ledger))


def _short(desk: Desk, of: Sequence[parcels.Parcel]) -> list[Receipt]:
    own = desk.store.identity.station
    return [
        Receipt(
            code=receipt.code(one.number, one.token, own),
            office=one.office,
            number=one.number,
            changes=one.lines,
            at=one.at,
        )
        for one in of
    ]


def undone_words(undone: Undone) -> str:
    """Return what became of an undone package; its receipt is void, and no code of it is said any more."""
    labels = "、".join(KINDS[kind].kind.label for kind in sorted(undone.kinds) if kind in KINDS)
    return (
        f"已撤销{called(undone.office)}第{undone.number}号数据包，{undone.lines}条退出（{labels or '无'}）。"
        "这个数据包可以再收一次。它的回执已作废：如果已经念给对方，请打电话告诉对方这个包还没有收下。"
    )


def acknowledge(desk: Desk, text: str) -> Heard:
    """Enter a receipt heard over the phone or read on a fax; raises Refused for one that fits no package of ours."""
    desk.require(Act.RECEIVE)
    pair = receipt.heard(text)
    if pair is None:
        raise refuse("code", "回执码应为“包号-四位-四位”，如 0017-K7QM-3RXP，请重新核对", "code")
    number, letters = pair
    with desk.store.ledger.reading() as cursor:
        seats = {station: certificate.office for station, certificate in certificates(cursor).items()}
    for parcel in parcels.listed(desk.store.ledger, "made"):
        if parcel.number != number:
            continue
        for station in (one for one, office in seats.items() if office == parcel.office):
            if receipt.matches(letters, parcel.token, station):
                _confirm(desk, station, parcel, receipt.spelled(number, letters))
                return Heard(office=parcel.office, number=number, changes=parcel.lines)
    raise refuse("code", f"没有与回执码“{text.strip()[:30]}”相符的数据包，请与对方再核对一遍", "code")


def heard_words(answer: Heard) -> str:
    """Return what a receipt by phone settled."""
    unit = called(answer.office)
    return (
        f"已登记：{unit}收到本机第{answer.number}号数据包（{answer.changes}条），以后不再重复发送。时间记在“回执”里。"
    )


def _confirm(desk: Desk, station: str, parcel: parcels.Parcel, code: str) -> None:
    with desk.store.ledger.writing() as cursor:
        receipts_kept.put(cursor, parcel.n, station, at=clocks.moment(desk), by=desk.user, code=code)
        peer = peers(cursor).get(station) or Peer(station, parcel.office, 0, 0, parcel.made, {})
        have = dict(peer.have)
        for feed, seq in parcel.heads.items():
            have[feed] = max(have.get(feed, 0), seq)
        put_peer(cursor, msgspec.structs.replace(peer, have=have))


def board(desk: Desk) -> Board:
    """Return a row for every office this one exchanges packages with: above it, and all below that are certified."""
    offices = {one.office for one in desk.store.rows(Station) if one.office and not one.closed} | {ids.REGION}
    if desk.scope == ids.REGION:
        offices |= {str(row["code"]) for row in library.table("counties.csv")}
    related = sorted(one for one in offices if ids.sees(desk.scope, one))
    receipt_entries, missing, packages_by_state = entries(desk), signed.missing(desk), _Packages(desk)
    rows = (_row(desk, office, receipt_entries, packages_by_state) for office in related)
    return Board(
        rows=tuple(row for row in rows if row is not None),
        unready=stations.unready(desk),
        missing=missing,
        lacking=Wording(desk).lacking(missing),
    )


class _Packages:
    """The packages by state and office, the newest first: read once for the whole board."""

    def __init__(self, desk: Desk) -> None:
        self._of: dict[tuple[str, str], list[parcels.Parcel]] = defaultdict(list)
        for state in ("taken", "refused", "made"):
            for one in parcels.listed(desk.store.ledger, state):
                self._of[state, one.office].append(one)

    def of(self, state: str, office: str) -> list[parcels.Parcel]:
        return self._of.get((state, office), [])


def board_lines(board: Board) -> list[str]:
    """Return the board in words, one line an office."""
    lines = [f"{board.unready}。"] if board.unready else []
    lines += [board.sentence] if board.rows else []
    lines += [f"本机数据是恢复的旧备份：{text}，请收下对方的下一个数据包补齐。" for text in board.lacking]
    for row in board.rows:
        last = f"最近收到第{row.number}号（{row.age}天前）" if row.last else "还没有收到过数据包"
        unsent = f"待发{row.unsent}条（最早{row.oldest}天前）" if row.unsent else "对方都已收到"
        lines.append(f"{row.name}\t{row.state.value}\t{last}\t{unsent}\t未回执{row.open}个\t{row.gap}".rstrip())
        lines += [f"    对方没有收下第{one.number}号包：{one.why}" for one in row.told]
        lines += [f"    {one.what}：{one.when}，{one.how}" for one in row.receipts]
    return lines


def _newest(receipt_entries: list[ReceiptEntry], office: str) -> tuple[ReceiptEntry, ...]:
    """Return the newest standing receipt of each direction."""
    standing = [one for one in receipt_entries if one.office == office and one.stands]
    pair = (next((one for one in standing if one.given is is_ours), None) for is_ours in (True, False))
    return tuple(one for one in pair if one is not None)


def _row(desk: Desk, office: str, receipt_entries: list[ReceiptEntry], packages_by_state: _Packages) -> BoardRow | None:
    with desk.store.ledger.reading() as cursor:
        to = sending.recipients(cursor, office)
        if office == desk.scope and not to:
            return None  # our own office, and no second PC
        plan = sending.plan(cursor, office, list(to))
        firsts = [at for send in plan if (at := _first(cursor, send.feed.feed, send.after))]
        peer_by_key = peers(cursor)
    haves = [peer_by_key[station].have for station in to if station in peer_by_key]
    came, refused, own = (packages_by_state.of(state, office) for state in ("taken", "refused", "made"))
    last = came[0] if came else None
    gap = refused[0].note if refused and (last is None or refused[0].n > last.n) else ""
    unsent, oldest = sum(send.feed.seq - send.after for send in plan), min(firsts, default=0)
    whole = next((one for one in own if covers(one.heads, plan)), None)
    return BoardRow(
        office=office,
        name=called(office),
        stations=len(to),
        last=last.at if last else 0,
        number=last.number if last else 0,
        age=_days(desk, last.at) if last else None,
        unsent=unsent,
        oldest=max(0, _days(desk, oldest)) if oldest else 0,
        open=sum(not _confirmed(one, haves) for one in own),
        gap=gap,
        told=last.refusals if last else (),
        receipts=_newest(receipt_entries, office),
        state=standing(
            stations=len(to),
            gap=bool(gap or (last and last.refusals)),
            unsent=unsent,
            covered=whole is not None,
            came=last is not None,
        ),
        since=oldest,
        written_at=whole.made if whole else 0,
        waiting=max(0, _days(desk, whole.made)) if whole else 0,
        place=whole.note if whole else "",
        out=(own[0].number, own[0].made) if own else (0, 0),
    )


def _days(desk: Desk, at: int) -> int:
    return (clocks.moment(desk) - at) // _DAY


def _first(cursor: object, feed: str, after: int) -> int:
    raw = parcels.line(cursor, feed, after + 1)
    return decode(raw).at >> 16 if raw else 0


def _confirmed(parcel: parcels.Parcel, haves: list[dict[str, int]]) -> bool:
    return bool(haves) and all(have.get(feed, 0) >= seq for have in haves for feed, seq in parcel.heads.items())
