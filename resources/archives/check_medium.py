#!/usr/bin/env python3
"""核对移交包：只用 Python 自带的库，不依赖制作它的程序，只认移交包的结构（档发〔2012〕7号）。

用法：python 核对移交包.py [移交包文件夹]      不写文件夹的，核对本文件所在的移交包。
核对什么：
  1. 根目录只有 说明文件.TXT、文件目录.XML、电子档案、其他；
  2. 文件目录.XML 中每个“电子档案名称”都有文件，且只出现一次；电子档案中没有目录以外的文件；顺序号连续，档号不重复；
  3. 其他/数字摘要-SHA256.TXT（有 SM3 的连同 SM3）与每个文件的内容相符，没有缺失，没有多余；
  4. 其他/移交完成.TXT 中数字摘要表、登记表的摘要和文件数、字节数相符；
  5. 没有加密、压缩的文件；文件名 Windows 能用，路径不超过 120 个字符。
结果：每个问题一行；没有问题的最后一行是“核对无误”，退出码 0，否则退出码 1。

Checks a folder handed over to the archives; knows the layout alone and nothing of the program that wrote it.
"""

import hashlib
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

NOTE, CATALOGUE, PAPERS, REST = "说明文件.TXT", "文件目录.XML", "电子档案", "其他"
UNFINISHED = "未写完-请勿移交.TXT"
END = REST + "/移交完成.TXT"
FORMS = (REST + "/电子档案移交与接收登记表.pdf", REST + "/电子档案移交与接收登记表.TXT")
LISTS = {"sha256": REST + "/数字摘要-SHA256.TXT", "sm3": REST + "/数字摘要-SM3.TXT"}
LONGEST = 120
COUNT = "写的文件数、字节数与实际不符，或被改动过"
BAD_MARKS = re.compile(r'[\\:*?"<>|\x00-\x1f]|[. ]$|^ ')
DEVICES = re.compile(r"^(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9]) *(\.|$)", re.I)
PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"age-encryption", b"MSCF")


def main(arguments):
    """Check one folder, print what is wrong, return the exit code."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    folder = arguments[0] if arguments else here
    faults, remarks, counts = check(folder)
    for line in remarks + sorted(set(faults)):
        say(line)
    say("共%d件，%d个文件，%d字节。" % counts)
    say("发现问题%d处。" % len(set(faults)) if faults else "核对无误")
    return 1 if faults else 0


def say(line):
    """Print a line, also where the console has not every character."""
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding))


def check(folder):
    """Return (faults, remarks, (items, files, bytes)) of a folder."""
    if not os.path.isdir(folder):
        return ["没有这个文件夹：%s" % folder], [], (0, 0, 0)
    sizes = every_file(folder)
    if UNFINISHED in sizes:
        return ["移交包还没有写完"], [], (0, len(sizes), sum(sizes.values()))
    algorithms, remarks = ["sha256"], []
    if LISTS["sm3"] in sizes:
        if "sm3" in hashlib.algorithms_available:
            algorithms.append("sm3")
        else:
            remarks.append("这台电脑不能算 SM3，只核对了 SHA-256。")
    read = {path: look_at(folder, path, algorithms) for path in sizes}
    faults = layout(sizes) + packed(read) + names(sizes)
    items, more = catalogue(folder, sizes)
    faults += more
    for algorithm in algorithms:
        faults += listed(folder, sizes, read, algorithm)
    faults += sealed(folder, sizes, read)
    faults = [one for one in faults if COUNT not in one] or faults
    return faults, remarks, (items, len(sizes), sum(sizes.values()))


def every_file(folder):
    """Return size by path (from the folder on, with /) of every file."""
    sizes = {}
    for place, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(place, name)
            sizes[os.path.relpath(path, folder).replace(os.sep, "/")] = os.path.getsize(path)
    return sizes


def look_at(folder, path, algorithms):
    """Return (digest by algorithm, whether the file is packed or encrypted)."""
    hashes = {name: hashlib.new(name) for name in algorithms}
    head = tail = b""
    with open(os.path.join(folder, *path.split("/")), "rb") as file:
        while True:
            some = file.read(1 << 18)
            if not some:
                break
            head = head or some[:4096]
            tail = (tail + some)[-4096:]
            for one in hashes.values():
                one.update(some)
    locked = head.startswith(b"%PDF") and b"/Encrypt" in head + tail
    return {name: one.hexdigest() for name, one in hashes.items()}, locked or head.startswith(PACKED)


def content(folder, path):
    """Return the bytes of a file, or None."""
    try:
        with open(os.path.join(folder, *path.split("/")), "rb") as file:
            return file.read()
    except OSError:
        return None


def layout(sizes):
    """Find what the root lacks and what does not belong into it."""
    faults = ["“%s”缺失" % path for path in (NOTE, CATALOGUE, END) if path not in sizes]
    for path in sizes:
        if path not in (NOTE, CATALOGUE) and path.split("/")[0] not in (PAPERS, REST):
            faults.append("“%s”是多余的文件" % path)
    return faults


def packed(read):
    """Find encrypted and packed files."""
    return ["“%s”是加密或压缩的文件" % path for path, (_, is_packed) in read.items() if is_packed]


def names(sizes):
    """Find names that Windows refuses, and paths that are too long."""
    return [
        "“%s”的名称太长，或有 Windows 不能用的字符" % path
        for path in sizes
        if len(path) > LONGEST or any(BAD_MARKS.search(part) or DEVICES.match(part) for part in path.split("/"))
    ]


def catalogue(folder, sizes):
    """Compare the catalogue with the files; return (items, faults)."""
    raw = content(folder, CATALOGUE)
    if raw is None:
        return 0, []
    try:
        items = parsed(raw)
    except (ValueError, LookupError, ElementTree.ParseError):
        return 0, ["“%s”没有，或读不出来" % CATALOGUE]
    paths = [(one.text or "").strip() for item in items for one in item.iter("电子档案名称")]
    paths = [path for path in paths if path]
    codes = [code for code in (item.findtext("档号") for item in items) if code]
    faults = ["“%s”在文件目录里出现了不止一次" % path for path in twice(paths)]
    faults += ["“%s”缺失" % path for path in paths if path not in sizes]
    in_catalogue = set(paths)
    faults += ["“%s”是多余的文件" % one for one in sizes if one.startswith(PAPERS + "/") and one not in in_catalogue]
    faults += ["“%s”中档号%s出现了不止一次" % (CATALOGUE, code) for code in twice(codes)]
    if [item.findtext("顺序号") for item in items] != [str(at + 1) for at in range(len(items))]:
        faults.append("“%s”的顺序号不连续" % CATALOGUE)
    return len(items), faults


def parsed(raw):
    """Return the items of a catalogue, whatever charset it says it is in."""
    match = re.match(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)""", raw)
    text = raw.decode(match.group(1).decode() if match else "utf-8").lstrip("\ufeff")
    return list(ElementTree.fromstring(re.sub(r"^<\?xml[^>]*\?>\s*", "", text)).iter("文件"))


def twice(values):
    """Return what stands more than once among some values."""
    once, more = set(), set()
    for value in values:
        (more if value in once else once).add(value)
    return sorted(more)


def lines_of(raw):
    """Return (digest, path) of each line of a digest list."""
    pairs = [(line[:64], line[66:]) for line in raw.decode("utf-8").splitlines() if line.strip()]
    if any(not re.match("^[0-9a-f]{64}$", digest) or not path for digest, path in pairs):
        raise ValueError("no digest list")
    return pairs


def listed(folder, sizes, read, algorithm):
    """Compare the files with a digest list, both ways."""
    where = LISTS[algorithm]
    try:
        pairs = lines_of(content(folder, where) or b"\xff")
    except ValueError:
        return ["“%s”没有，或读不出来" % where]
    faults = ["“%s”在数字摘要表里出现了不止一次" % path for path in twice([path for _, path in pairs])]
    for digest, path in pairs:
        if path not in sizes:
            faults.append("“%s”缺失" % path)
        elif read[path][0][algorithm] != digest:
            faults.append("“%s”的内容被改动过" % path)
    every = {path for _, path in pairs} | {END} | set(FORMS) | set(LISTS.values())
    return faults + ["“%s”是多余的文件" % path for path in sizes if path not in every]


def sealed(folder, sizes, read):
    """Compare the lists and the form with the end mark, and its counts with what lies there."""
    raw = content(folder, END)
    if raw is None:
        return []
    try:
        text = raw.decode("utf-8")
        pairs = lines_of("\n".join(line for line in text.splitlines() if "  " + REST + "/" in line).encode("utf-8"))
    except ValueError:
        return ["“%s”的内容被改动过" % END]
    faults = []
    digests = {path: digest for digest, path in pairs}
    for path in set(FORMS) | set(LISTS.values()):
        if path in digests and path not in sizes:
            faults.append("“%s”缺失" % path)
        elif path in sizes and path not in digests:
            faults.append("“%s”是多余的文件" % path)
        elif path in sizes and read[path][0]["sha256"] != digests[path]:
            faults.append("“%s”的内容被改动过" % path)
    own = {END} | set(FORMS) | set(LISTS.values())
    rest = [size for path, size in sizes.items() if path not in own]
    expected = "文件数：%d\n字节数：%d\n" % (len(rest), sum(rest))
    tail = "".join("%s  %s\n" % (digests[path], path) for path in sorted(digests))
    if text != "本移交包已完整写出，核对方法见“%s”中的说明。\n" % REST + expected + tail:
        faults.append("“%s”%s" % (END, COUNT))
    return faults


if __name__ == "__main__":
    code = main(sys.argv[1:])
    if len(sys.argv) == 1 and os.name == "nt" and sys.stdin and sys.stdin.isatty():
        input("按回车键结束")
    sys.exit(code)
