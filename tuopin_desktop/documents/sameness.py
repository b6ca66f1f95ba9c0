"""Archives that are the same bytes whatever system wrote them."""

import struct

_ENTRY = b"PK\x01\x02"
_END = b"PK\x05\x06"
_UNIX = 3


def as_on_unix(raw: bytes) -> bytes:
    """Return an archive without comment whose entries all say that Unix made them.

    Python writes the system it runs on into each entry of the directory (APPNOTE 4.4.2: the upper byte of "version
    made by"), so that a workbook written on Windows differed from the same one written elsewhere.
    """
    end = raw.rfind(_END)
    count, _, place = struct.unpack("<HII", raw[end + 10 : end + 20])
    whole = bytearray(raw)
    for _ in range(count):
        assert whole[place : place + 4] == _ENTRY
        whole[place + 5] = _UNIX
        place += 46 + sum(struct.unpack("<HHH", whole[place + 28 : place + 34]))
    return bytes(whole)
