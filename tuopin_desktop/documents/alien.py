"""Names of files that are no scan by what they begin with, so that a refusal says what was handed over."""

_BRANDS = {
    b"heic": "HEIC 照片（手机拍的），请在手机上改存为 JPG 后再收",
    b"heix": "HEIC 照片（手机拍的），请在手机上改存为 JPG 后再收",
    b"hevc": "HEIC 照片（手机拍的），请在手机上改存为 JPG 后再收",
    b"mif1": "HEIC 照片（手机拍的），请在手机上改存为 JPG 后再收",
    b"msf1": "HEIC 照片（手机拍的），请在手机上改存为 JPG 后再收",
    b"avif": "AVIF 图片，请另存为 JPG 后再收",
}
"""The kinds of one container (ISO 14496-12), by the four bytes after `ftyp`."""

_SIGNS = (
    (b"GIF8", "GIF 图片，请另存为 JPG 后再收"),
    (b"BM", "BMP 图片，请另存为 JPG 后再收"),
    (b"PK\x03\x04", "压缩包或 Word、Excel 文件，请打印后扫描，或取出里面的图片再收"),
    (b"PK\x05\x06", "空的压缩包"),
    (b"Rar!", "压缩包，请取出里面的图片再收"),
    (b"7z\xbc\xaf", "压缩包，请取出里面的图片再收"),
    (b"\x1f\x8b", "压缩包，请取出里面的图片再收"),
    (b"\xd0\xcf\x11\xe0", "Word 或 Excel 文件，请打印后扫描"),
    (b"MZ", "程序文件"),
    (b"\x7fELF", "程序文件"),
)
_LOOK = 4096


def called(data: bytes) -> str:
    """Return in Chinese what a file is that is neither PDF, JPEG, PNG nor TIFF; "" when nobody can tell."""
    if not data:
        return "空文件（没有内容），可能没有扫描完或没有复制完"
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "视频或手机照片，请另存为 JPG 后再收")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP 图片，请另存为 JPG 后再收"
    named = next((text for sign, text in _SIGNS if data.startswith(sign)), "")
    return named or ("文本文件" if _reads_as_text(data[:_LOOK]) else "")


def _reads_as_text(start: bytes) -> bool:
    if b"\0" in start or not start.strip():
        return False
    for coding in ("utf-8", "gb18030"):
        try:
            start.decode(coding)
        except UnicodeDecodeError as error:
            if len(start) < _LOOK or error.start < len(start) - 4:  # else only a character was cut in two
                continue
        return True
    return False
