"""What stands inside a data package: one header line, then each feed's signed head followed by its lines, verbatim."""

import base64
import binascii
import re
from typing import Annotated

import msgspec

from tuopin_desktop.domain.ids import REGION
from tuopin_desktop.domain.problems import refuse

FORMAT = 2
"""Since 2, a line may have an opening (`domain/openings.py`); a package whose lines have none may call itself 1."""
PLAIN = 1
SCANS = "scans"
"""A package that holds no changes but the files of attachments (`services/exchange/scanpackages.py`)."""
CAPABILITIES: frozenset[str] = frozenset({SCANS})
"""What a writer may demand of a reader (`needs`); a demand we do not know stops us in words."""

MAX_LINE = 1024 * 1024
_COUNT = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
_WORD = Annotated[str, msgspec.Meta(max_length=200)]
_FEED = re.compile(r"([0-9a-f]{16}|shipped)\.([1-9][0-9]{0,8})\.([0-9]{2,12})")


class Refusal(msgspec.Struct, frozen=True):
    """A package that was refused, as reported to its sender: its number in its era, and why."""

    era: _COUNT
    number: _COUNT
    why: Annotated[str, msgspec.Meta(max_length=1000)]


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The first line: who sends what to which office, and what the sender already has (its receipt).

    `made` is the sender's wall clock in ms, shown only. `token` is known to who can decrypt: receipts read over the
    phone prove it. `acts` tells an office above how often what was done here, by `2019-03 export`. Fields of newer
    programs are ignored.
    """

    tuopin: int = FORMAT
    needs: tuple[_WORD, ...] = ()
    sender: _WORD
    office: _WORD
    era: _COUNT
    number: _COUNT
    to: _WORD
    made: int
    practice: bool
    token: _WORD
    have: dict[_WORD, _COUNT]
    refused: tuple[Refusal, ...] = ()
    acts: dict[_WORD, _COUNT] = {}


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The signed end of a feed, followed in the package by its lines `after`+1 to `seq`; hash in hex, sig in base64.

    `seed` gives the salt of every line that comes without one (`domain/openings.py`).
    """

    feed: _WORD
    station: _WORD
    scope: _WORD
    era: _COUNT
    practice: bool
    after: _COUNT
    seq: _COUNT
    hash: _WORD
    sig: _WORD
    seed: _WORD = ""

    @property
    def signed(self) -> bytes:
        """Return the bytes under the signature; a practice feed can never pass for a real one."""
        mark = "practice" if self.practice else "real"
        return f"tuopin-head-1\n{self.feed}\n{mark}\n{self.seq}\n{self.hash}\n".encode()

    @property
    def signature(self) -> bytes:
        """Return the signature's 64 bytes."""
        return base64.b64decode(self.sig, validate=True)


encode = msgspec.json.Encoder().encode
_header = msgspec.json.Decoder(Header)
_head = msgspec.json.Decoder(Head)


def feed_name(station: str, era: int, scope: str) -> str:
    """Return the name of a feed."""
    return f"{station}.{era}.{scope}"


def read_header(raw: bytes) -> Header:
    """Return the header of its line; raises Refused when it is none, or asks for what this program cannot do."""
    try:
        header = _header.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise refuse("damaged", "数据包的首行读不懂，没有收下。请对方重新制作") from error
    lacking = [name for name in header.needs if name not in CAPABILITIES]
    if header.tuopin > FORMAT or lacking:
        raise refuse("newer", "数据包由更新版本的程序生成，文件本身没有问题。请先升级程序，再收下")
    return header


def read_head(raw: bytes) -> Head:
    """Return the head of its line; raises Refused for one that contradicts itself."""
    try:
        head = _head.decode(raw)
        sound = len(head.signature) == 64 and len(bytes.fromhex(head.hash)) == 32
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, binascii.Error) as error:
        raise refuse("damaged", "数据包中一个来源的开头读不懂，没有收下。请对方重新制作") from error
    match = _FEED.fullmatch(head.feed)
    named = match is not None and match.groups() == (head.station, str(head.era), head.scope)
    if (
        not sound
        or not named
        or head.station == "shipped"
        or head.after > head.seq
        or not head.scope.startswith(REGION)
    ):
        raise refuse("damaged", "数据包中一个来源的名称、序号或签名前后矛盾，没有收下。请对方重新制作")
    return head
