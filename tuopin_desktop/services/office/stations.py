"""Stations: the keys of this PC, its card on the stick, its certificate, the region's fingerprint, revocation."""

import itertools
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids, shortened
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.exchange.trust import (
    Card,
    answers,
    card_fault,
    fingerprint,
    fits,
    heard,
    in_digits,
    spoken,
)
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Trouble, refuse
from tuopin_desktop.domain.record import Scalar
from tuopin_desktop.domain.records import Revocation, Station
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.exchange import keys as keyfile
from tuopin_desktop.exchange import minisign, seal
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.keys import Keys
from tuopin_desktop.machine import files
from tuopin_desktop.machine.filekinds import Kind
from tuopin_desktop.services.office import keyowner, offices, signed, stickfiles, wrongfiles
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import feeds
from tuopin_desktop.store.feeds import certificates

FILE = "station.key"
OLD = "station-旧{}.key"
"""What a key file is called that signs nothing any more and still opens what was encrypted to it."""
ESCROW = f"{ids.REGION}/escrow"
REPLACEABLE = "root.replaceable"
"""The code of a refusal of another number of the region than the one kept, which may be mended still."""
_LIMIT = 64 * 1024
_RENEWING = "在“U盘交换”页换用新密钥（station renew），再带去登记卡，请自治区办公室重新授权、收下它的数据包"


class SignedCard(msgspec.Struct, frozen=True):
    """A card as it lies on a stick: the card and the station's own signature over it, in base64."""

    card: Card
    signature: bytes


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A station as lists show it; `whose` is what its office is called."""

    station: str
    office: str
    whose: str
    name: str
    fingerprint: str
    closed: bool
    own: bool


class KeyLost(Trouble):
    """The key file is there and does not open; `renew` goes on without it."""


def keys(desk: Desk) -> Keys:
    """Return this PC's keys, made on first use; raises Trouble when the key file is damaged or cannot be written.

    A database without its key file came from another PC or never had one: it goes on as a new station. Raises Refused
    for another office's database beside this PC's key: it would be signed in the wrong name.
    """
    path = desk.folder / FILE
    loaded = load(path) if path.exists() else None
    keys = keyowner.bound(desk, loaded) if loaded else keyfile.generate(desk.scope, practice=desk.practice)
    if keys != loaded:
        try:
            files.write(path, keyfile.dump(keys), private=True)
        except OSError as error:
            raise Trouble("Windows 没有保存密钥。请以平时使用的用户登录后重试。") from error
    if keys.station != desk.store.identity.station:
        feeds.take_over(desk.store.ledger, keys.station)
        desk.store.reread()
    return keys


def has_key(desk: Desk) -> bool:
    """Tell whether this PC has keys already."""
    return (desk.folder / FILE).exists()


def load(path: Path) -> Keys:
    """Return the keys of a key file; raises KeyLost where it does not open, Trouble where it cannot be read."""
    try:
        return keyfile.load(files.read(path, _LIMIT))
    except keyfile.Locked as error:
        raise KeyLost(
            f"本机的{error}，现在打不开，不能收发数据包；已有数据不受影响。请先用平时的 Windows 用户登录再试；"
            f"那个用户已经没有了（重装过系统、换过用户）的，{_RENEWING}。"
        ) from error
    except Unsound as error:
        raise KeyLost(f"本机的{error}，不能收发数据包；已有数据不受影响。请{_RENEWING}。") from error


def renew(desk: Desk) -> Card:
    """Set a key file aside that does not open, and go on as a new station that asks for its authorisation.

    Nothing is thrown away: should the Windows user come back, the old file opens what was encrypted to it. What was
    written and never signed moves to the new station; what was signed comes back with the region's package.
    Raises Refused where the key does open, Trouble where the file cannot be moved.
    """
    desk.require(Act.AUTHORISE)
    path = desk.folder / FILE
    try:
        load(path)
    except KeyLost:
        _set_aside(path)
        return card(desk)
    raise refuse("key", "本机的密钥可以使用，不需要换新；没有改动")


def key_files(folder: Path) -> list[Path]:
    """Return the key files of an office's folder: the present one, then those that were set aside or laid beside it."""
    return [path for path in (folder / FILE, *sorted(folder.glob(OLD.format("*")))) if path.is_file()]


def _set_aside(path: Path) -> None:
    places = (path.with_name(OLD.format(number)) for number in itertools.count(1))
    aside = next(place for place in places if not place.exists())
    try:
        files.replace(path, aside)
    except OSError as error:
        raise files.trouble(error, path, "移动") from error


def card(desk: Desk, name: str = "") -> Card:
    """Return this PC's card; its fingerprint is what is compared over the phone."""
    own = keys(desk)
    return Card(
        office=desk.scope,
        station=own.station,
        name=name.strip()[:60] or desk.user,
        sign=own.sign,
        age=own.age,
        practice=desk.practice,
    )


def write_card(desk: Desk, folder: Path, name: str = "") -> Path:
    """Write this PC's card to a folder, and return the file; raises Trouble."""
    desk.require(Act.AUTHORISE)
    own_card = card(desk, name)
    signed = SignedCard(own_card, keys(desk).sign_bytes(own_card.signed))
    files.make_folder(folder)
    path = stickfiles.card(folder, own_card.office, own_card.name)
    files.write(path, msgspec.json.format(msgspec.json.encode(signed), indent=2))
    with desk.store.ledger.writing() as cursor:
        feeds.put_meta(cursor, card=f"{own_card.station} {desk.clock.wall_ms()} {stickfiles.place_words(folder)}")
    return path


class CardNote(msgspec.Struct, frozen=True):
    """When, in ms since 1970, and where this PC's card was written last, the place in words."""

    at: int
    place: str


def card_note(desk: Desk) -> CardNote | None:
    """Return when this PC's card was last written, None where it was not: one of earlier keys does not count."""
    with desk.store.ledger.reading() as cursor:
        station, _, rest = feeds.meta(cursor).get("card", "").partition(" ")
    at, _, place = rest.partition(" ")
    return CardNote(int(at), place) if station == desk.store.identity.station and at else None


def read_card(path: Path) -> Card:
    """Return the card of a file whose station signed it; raises Refused or Trouble."""
    try:
        signed = msgspec.json.decode(files.read(path, _LIMIT), type=SignedCard)
    except Trouble as trouble:
        raise wrongfiles.refusal(path, Kind.CARD, code="card", message="没有登记") or trouble from trouble
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        wrong = wrongfiles.refusal(path, Kind.CARD, code="card", message="没有登记")
        raise wrong or refuse("card", f"“{path.name}”不是登记卡，请检查是否选错了文件") from error
    shown_card = signed.card
    fault = card_fault(shown_card)
    if not fault and not minisign.good(shown_card.sign, shown_card.signed, signed.signature):
        fault = "签名不符，文件被改动过"
    if fault:
        raise refuse("card", f"登记卡“{path.name}”不能用：{fault}。请对方重新带登记卡来")
    return shown_card


def enrol(desk: Desk, application: Card, fingerprint_heard: str, name: str = "", *, replace: bool = False) -> Seat:
    """Certify a station whose fingerprint was compared over the phone; below the region, pin the region's own card.

    At the region the first card must be this PC's own: it becomes the root of trust; `replace` as of `pin`. Raises
    Refused.
    """
    desk.require(Act.AUTHORISE)
    digits = fingerprint(application.sign)
    text = heard(fingerprint_heard)
    if not answers(text, application.sign):
        sentence = "请先打电话与对方核对号码，再登记" if not text else "号码与登记卡不符，不能登记。请再次核对"
        raise refuse("fingerprint", f"{sentence}（登记卡的核对号码是 {spoken(digits)}）", "fingerprint")
    if application.practice != desk.practice:
        raise refuse("practice", "练习数据与正式数据的电脑不能互相授权")
    if desk.level is not Level.REGION:
        if application.office != ids.REGION:
            raise refuse("authority", "只有自治区工作队管理办公室可以授权电脑；本单位只登记自治区办公室的登记卡")
        pin(desk, digits, replace=replace)
        return _seat(
            desk,
            Station(
                id=f"{ids.REGION}/{application.station}", office=application.office, sign=application.sign, name=name
            ),
        )
    own = keys(desk).station
    if not root(desk):
        if application.station != own:
            raise refuse("root", "请先登记本机的登记卡，把本机设为自治区办公室的第一台电脑，再授权其他电脑")
        pin(desk, digits)
    record_id = f"{ids.REGION}/{application.station}"
    new: dict[str, Scalar] = {
        "office": application.office,
        "name": (name or application.name)[:60],
        "sign": application.sign,
        "age": application.age,
        "deleted": None,
    }
    desk.commit([Change("station", record_id, new)])
    return _seat(desk, desk.store.get(Station, record_id) or Station(id=record_id))


def root(desk: Desk) -> str:
    """Return the pinned fingerprint of the region's first station in digits, or "" while none was compared."""
    return in_digits(_pinned(desk))


def _pinned(desk: Desk) -> str:
    with desk.store.ledger.reading() as cursor:
        return feeds.meta(cursor).get("root", "")


def is_root(desk: Desk, sign: str) -> bool:
    """Tell whether a key is the one that was compared as the region's first."""
    return fits(_pinned(desk), sign)


def pin(desk: Desk, text: str, *, replace: bool = False) -> None:
    """Keep the region's fingerprint as it was compared over the phone; raises Refused when another one is kept.

    A wrong one gives way with `replace`, as long as nothing was taken in from the region: until then a digit that was
    mistyped would shut the only authorisation out for good.
    """
    desk.require(Act.AUTHORISE)
    digits = in_digits(heard(text))
    if not re.fullmatch(r"[0-9]{32}", digits):
        if Path(text).suffix in (".json", ".zip"):
            text = "这里填电话中核对的号码（8组、每组4位），不是文件；登记卡请用 station enrol 登记"
            raise refuse("fingerprint", text, "fingerprint")
        raise refuse("fingerprint", "核对号码应为8组、每组4位，请重新核对", "fingerprint")
    if (value := root(desk)) and value != digits and not (replace and may_replace(desk)):
        text = f"本机已登记自治区办公室的核对号码 {spoken(value)}，与这个不同，没有改动。请打电话核实"
        if may_replace(desk):
            raise refuse(REPLACEABLE, f"{text}；确是登记错了的，可以更换（station trust --replace）")
        raise refuse("root", text)
    with desk.store.ledger.writing() as cursor:
        feeds.put_meta(cursor, root=digits)


def may_replace(desk: Desk) -> bool:
    """Tell whether the region's number may still be mended here: nothing of the region stands on it yet."""
    return desk.level is not Level.REGION and not listed(desk)


def listed(desk: Desk) -> list[Seat]:
    """Return the certified stations this PC knows of, by office."""
    seats = [_seat(desk, one) for one in desk.store.rows(Station) if one.office]
    return sorted(seats, key=lambda seat: (seat.office, seat.station))


def authorised(desk: Desk) -> bool:
    """Tell whether this PC is certified and open, so that its packages are taken in elsewhere."""
    station = desk.store.get(Station, f"{ids.REGION}/{desk.store.identity.station}")
    return station is not None and not station.deleted and not station.closed


def unready(desk: Desk) -> str:
    """Return why this PC may not send packages, and what to do; "" where it may."""
    if authorised(desk):
        return ""
    if is_closed(desk, desk.store.identity.station):
        return "本机已被自治区工作队管理办公室停用，不能再发数据包。请在现用的电脑上办理，或联系自治区工作队管理办公室"
    if desk.level is not Level.REGION and signed.recall(desk) is not None:
        return (
            "本机的数据恢复到了授权以前，现在发不了数据包。请先在“单位登记”登记自治区办公室的核对号码（电话核对），"
            "再请自治区办公室给本单位“从头重发”（package make --all），收下后授权和已报送的内容都会回来"
        )
    return "本机还没有自治区工作队管理办公室的授权，还不能发数据包。请先带去登记卡，再收下授权的数据包"


def revoke(desk: Desk, station: str, reason: str, *, everything: bool = False) -> Seat:
    """Close a station: what the region holds of it counts, or nothing with `everything` (a stolen PC)."""
    desk.require(Act.AUTHORISE)
    record_id = _certified(desk, station)
    with desk.store.ledger.reading() as cursor:
        its_feeds = [feed for feed in feeds.every_feed(cursor) if feed.station == record_id.partition("/")[2]]
    closing: dict[str, Scalar] = {"closed": 1, "reason": reason.strip()[:200] or None}
    changes = [Change("station", record_id, closing)]
    for feed in its_feeds:
        after = 0 if everything else feed.seq
        changes.append(Change("revocation", f"{ids.REGION}/{feed.feed}", {"after": after, "deleted": None}))
    desk.commit(changes)
    desk.touch(feed_kinds(desk))
    return _seat(desk, desk.store.get(Station, record_id) or Station(id=record_id))


def reopen(desk: Desk, station: str) -> Seat:
    """Reopen a closed PC: all its lines count again, also those written in between."""
    desk.require(Act.AUTHORISE)
    record_id = _certified(desk, station)
    changes = [Change("station", record_id, {"closed": None, "reason": None})]
    feeds_of = [one.id for one in desk.store.rows(Revocation) if one.id.startswith(f"{record_id}.")]
    changes += [Change("revocation", revoked, {"deleted": 1}) for revoked in feeds_of]
    desk.commit(changes)
    desk.touch(feed_kinds(desk))
    return _seat(desk, desk.store.get(Station, record_id) or Station(id=record_id))


def set_escrow(desk: Desk, recipient: str) -> None:
    """Let every package be encrypted to one more age key, which the region keeps under seal; "" ends that."""
    desk.require(Act.AUTHORISE)
    if recipient and not seal.is_recipient(recipient):
        raise refuse("escrow", "这不是 age 公钥（应以 age1 开头）", "recipient")
    desk.commit([Change("station", ESCROW, {"age": recipient or None, "name": "备用公钥"})])


def escrow(desk: Desk) -> Sequence[str]:
    """Return the escrow key as a list of none or one."""
    station = desk.store.get(Station, ESCROW)
    return [station.age] if station is not None and station.age and not station.deleted else []


def feed_kinds(desk: Desk) -> Sequence[str]:
    """Return the kinds that a closing may change: any."""
    return desk.store.kinds_in_log()


def _certified(desk: Desk, text: str) -> str:
    if desk.level is not Level.REGION:
        raise refuse("authority", "只有自治区工作队管理办公室可以停用或恢复电脑")
    known_names = [seat.station for seat in listed(desk)]
    fit = shortened.expand(heard(text), known_names)
    if len(fit) != 1:
        raise refuse("station", f"电脑编号：{shortened.unclear(text, fit, known_names)}", "station")
    return f"{ids.REGION}/{fit[0]}"


def _seat(desk: Desk, record: Station) -> Seat:
    station = record.id.partition("/")[2]
    return Seat(
        station=station,
        office=record.office,
        whose=offices.called(record.office),
        name=record.name,
        fingerprint=spoken(fingerprint(record.sign)),
        closed=record.closed,
        own=station == desk.store.identity.station,
    )


def is_closed(desk: Desk, station: str) -> bool:
    """Tell whether a PC is certified and closed, as far as this office knows."""
    with desk.store.ledger.reading() as cursor:
        certificate = certificates(cursor).get(station)
    return certificate is not None and certificate.is_closed
