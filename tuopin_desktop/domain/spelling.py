"""What words are sorted by: by itself, because a list that is shown needs it and none of what judges."""


def spelt(text: str) -> bytes:
    """Return what words are sorted by: GB 18030 has the common characters in the order of pinyin."""
    # GB 18030 keeps the 3,755 common characters of GB 2312 in pinyin order, so a list reads as clerks expect without a
    # collation library; rarer characters follow by radical. Python has the codec, and every PC gives the same order.
    return text.encode("gb18030", "backslashreplace")
