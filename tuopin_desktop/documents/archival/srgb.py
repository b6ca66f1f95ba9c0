"""The colour profile of the archives' editions: sRGB as IEC 61966-2-1 publishes it, written here and free of any right.

No file of somebody else's: primaries and curve are published figures, the container is that of ICC.1:2001 (2.1).
"""

import struct
from functools import cache

NAME = "sRGB IEC61966-2.1"
_ONE = 65536  # of an s15Fixed16Number
_D50 = (0xF6D6, 0x10000, 0xD32D)  # the white of the profile connection space
_COLORANTS = {
    "rXYZ": (0.436066, 0.222493, 0.013924),
    "gXYZ": (0.385151, 0.716887, 0.097081),
    "bXYZ": (0.143078, 0.060617, 0.714095),
}
"""The published primaries with white D65, brought to D50 by the Bradford matrix."""
_STEPS = 1024  # of the curve, as many as in the profile of its publishers
_MADE = (2018, 5, 30, 0, 0, 0)  # any day: the bytes must be the same wherever they are made


@cache
def profile() -> bytes:
    """Return the ICC profile, about 3 kB."""
    curve = _curve()
    tag_by_name = {
        "desc": _description(NAME),
        "cprt": b"text\0\0\0\0" + b"CC0: no rights reserved\0",
        "wtpt": _place(_D50),
        **{name: _place([round(part * _ONE) for part in parts]) for name, parts in _COLORANTS.items()},
        "rTRC": curve,
        "gTRC": curve,
        "bTRC": curve,
    }
    table, body = _laid(tag_by_name)
    return _header(128 + len(table) + len(body)) + table + body


def _laid(tag_by_name: dict[str, bytes]) -> tuple[bytes, bytes]:
    """Return the table of tags and what it points to; equal tags are stored once."""
    start = 128 + 4 + 12 * len(tag_by_name)
    place_by_tag: dict[bytes, int] = {}
    body = b""
    for tag in tag_by_name.values():
        if tag not in place_by_tag:
            place_by_tag[tag] = start + len(body)
            body += tag + bytes(-len(tag) % 4)
    rows = [struct.pack(">4sII", name.encode(), place_by_tag[tag], len(tag)) for name, tag in tag_by_name.items()]
    return struct.pack(">I", len(rows)) + b"".join(rows), body


def _header(size: int) -> bytes:
    kinds = b"mntrRGB XYZ "
    return struct.pack(">I4x4s12s6H4s28x3I48x", size, b"\x02\x10\0\0", kinds, *_MADE, b"acsp", *_D50)


def _description(text: str) -> bytes:
    name = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)


def _place(parts: list[int] | tuple[int, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *parts)


def _curve() -> bytes:
    steps = [round(65535 * _linear(place / (_STEPS - 1))) for place in range(_STEPS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{_STEPS}H", _STEPS, *steps)


def _linear(value: float) -> float:
    """Return the light of a stored value, both 0 to 1."""
    if value <= 0.04045:
        return value / 12.92
    return float(((value + 0.055) / 1.055) ** 2.4)
