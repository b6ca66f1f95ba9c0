"""A minimal writer of .xls files (BIFF8 in a compound file), because nothing installed writes them any more."""

import struct

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, body: bytes = b"") -> bytes:
    """Return one BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def text(words: str) -> bytes:
    """Return a UTF-16 string of the string table."""
    return struct.pack("<HB", len(words), 1) + words.encode("utf-16-le")


def workbook(
    rows: list[list[object]],
    *,
    name: str = "名册",
    hidden: bool = False,
    extra: bytes = b"",
    dimensions: tuple[int, int, int, int] | None = None,
    strings: int | None = None,
    front: bytes = b"",
    merged: tuple[tuple[int, int, int, int], ...] = (),
) -> bytes:
    """Return the bytes of an .xls with one sheet; `front` are records of the globals, `extra` of the sheet,
    `merged` are (first row, last row, first column, last column).
    """
    words: list[str] = []
    cells = b""
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            if isinstance(cell, int | float):
                cells += record(0x0203, struct.pack("<HHHd", row, column, 0, float(cell)))
            elif cell:
                words.append(str(cell))
                cells += record(0x00FD, struct.pack("<HHHI", row, column, 0, len(words) - 1))
    size = dimensions or (0, len(rows), 0, max(map(len, rows), default=0))
    table = struct.pack("<II", len(words), len(words) if strings is None else strings) + b"".join(map(text, words))
    joins = struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", *corner) for corner in merged)
    sheet = (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        + record(0x0200, struct.pack("<IIHHH", *size, 0))
        + cells
        + extra
        + (record(0x00E5, joins) if merged else b"")
        + record(0x000A)
    )
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    globals_size = 20 + len(front) + 4 + 6 + len(title) + 4 + len(table) + 4
    whole = (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
        + front
        + record(0x0085, struct.pack("<IBB", globals_size, int(hidden), 0) + title)
        + record(0x00FC, table)
        + record(0x000A)
    )
    assert len(whole) == globals_size
    return compound({"Workbook": whole + sheet})


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file with these streams, each padded to whole sectors."""
    padded = [body.ljust(max(4096, -(-len(body) // 512) * 512), b"\0") for body in streams.values()]
    chains: list[int] = [FAT, END]
    starts = []
    for body in padded:
        first, count = len(chains), len(body) // 512
        starts.append(first)
        chains += [*range(first + 1, first + count), END]
    assert len(chains) <= 128, "one allocation sector only"
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for place, (name, body) in enumerate(zip(streams, padded, strict=True)):
        right = place + 2 if place + 1 < len(padded) else FREE
        entries.append(_entry(name, 2, starts[place], len(body), right=right))
    directory = b"".join(entries).ljust(512, b"\0")[:512]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", FREE) * 108
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(512, b"\xff")
    return header + table + directory + b"".join(padded)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, right, child)
    return head + b"\0" * 36 + struct.pack("<III", start, size, 0)
