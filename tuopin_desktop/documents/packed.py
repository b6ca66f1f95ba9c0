"""The font that travels packed: unpacked once, whole or not at all."""

import lzma
import os
import tempfile
import zlib
from pathlib import Path

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files


def unpacked(packed: Path, cache: Path) -> Path:
    """The unpacked twin of a `.ttf.xz` in `cache`; its name carries a checksum, so a newer program writes a new one."""
    try:
        data = packed.read_bytes()
        target = cache / f"{packed.name.partition('.')[0]}-{zlib.crc32(data):08x}.ttf"
        if not target.exists():
            cache.mkdir(parents=True, exist_ok=True)
            _write_whole(target, lzma.decompress(data))
    except lzma.LZMAError as error:
        raise Trouble(f"字体文件“{packed.name}”已损坏，请重新安装本程序。") from error
    except OSError as error:
        raise files.trouble(error, cache, f"把字体文件“{packed.name}”展开到") from error
    return target


def _write_whole(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=target.stem, suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        files.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
