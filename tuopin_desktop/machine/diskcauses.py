"""What the system means when it refuses a file: cause and advice, by number, never by what the system says in words."""

import errno

BUSY = frozenset({5, 32, 33})
"""Of Windows: access denied, sharing violation, lock; also for moments, while a scanner looks at a fresh file."""

_FULL = ("磁盘空间不足", "请清理磁盘后重试")
_QUOTA = ("磁盘配额已满", "请清理磁盘后重试")
_PROTECTED = ("该位置是只读的，U盘可能开着写保护", "请关掉写保护开关，或换一个可以写入的文件夹")
_DENIED = ("没有写入权限，或文件正被其他程序（如 Excel、WPS）打开", "请关闭后重试或换一个文件夹")
_BUSY = ("文件正被其他程序（如 Excel、WPS、杀毒软件）使用", "请关闭后重试")
_DEVICE = ("读写设备出错，设备可能已拔出或损坏", "请重新插好后重试")
_WORN = ("读写设备出错，U盘或磁盘可能有坏道", "请换一个U盘或磁盘，并尽快备份")
_GONE = ("设备已拔出", "请重新插入后重试")
_EMPTY = ("设备没有准备好，U盘或存储卡可能没有插好", "请重新插好后重试")
_UNFORMATTED = ("U盘或磁盘没有格式化，或格式不能识别", "请换一个U盘，或交技术人员检查")
_ABSENT = ("找不到该文件或文件夹", "请检查路径")
_TWIN = ("已有一个同名的文件", "请换一个名称")
_LONG = ("文件名太长", "请改短后重试")
_DEEP = ("路径太长，或找不到该文件夹", "请把文件夹放浅一些、名称改短后重试")
_NAME = ("文件名中有不能用的字符", "请换一个名称，不要用 ? * : | < > 和引号")
_FOLDER = ("这是一个文件夹", "请给出文件名")
_NO_FOLDER = ("路径中有一段不是文件夹", "请检查路径")
_MANY = ("打开的文件太多", "请关闭一些程序后重试")
_LARGE = ("文件太大，这个U盘的格式放不下", "请换一个U盘，或分几次写")
_NETWORK = ("网络文件夹没有响应", "请检查网络，或改用本机的文件夹")
_VIRUS = ("文件被杀毒软件拦截或删除", "请在杀毒软件中恢复并信任本程序后重试")
_CLOUD = ("文件在云盘中，没有下载到本机", "请先在云盘中下载到本机，或换一个文件夹")
_BROKEN = ("文件或磁盘结构已损坏", "请检查磁盘后重试")

_BY_WINERROR = {
    **dict.fromkeys((2, 161), _ABSENT),
    **dict.fromkeys((3,), _DEEP),
    **dict.fromkeys((4,), _MANY),
    **dict.fromkeys((5, 65, 82), _DENIED),
    **dict.fromkeys((15, 20, 55, 433, 1167, 1617), _GONE),
    **dict.fromkeys((19,), _PROTECTED),
    **dict.fromkeys((21, 1110, 1112), _EMPTY),
    **dict.fromkeys((23, 25, 27, 483), _WORN),
    **dict.fromkeys((26, 1005), _UNFORMATTED),
    **dict.fromkeys((29, 30, 31, 121, 1006, 1111, 1117), _DEVICE),
    **dict.fromkeys((32, 33, 170, 303), _BUSY),
    **dict.fromkeys((39, 112), _FULL),
    **dict.fromkeys((51, 53, 54, 59, 64, 67, 1219, 1231, 1232, 1326), _NETWORK),
    **dict.fromkeys((80, 183), _TWIN),
    **dict.fromkeys((111, 206), _LONG),
    **dict.fromkeys((123,), _NAME),
    **dict.fromkeys((223,), _LARGE),
    **dict.fromkeys((225, 226), _VIRUS),
    **dict.fromkeys((267,), _NO_FOLDER),
    **dict.fromkeys((*range(358, 365), *range(374, 383), *range(389, 405)), _CLOUD),
    **dict.fromkeys((1295, 1816), _QUOTA),
    **dict.fromkeys((1392, 1393), _BROKEN),
}
"""Windows' own numbers (winerror.h): several share one errno, EACCES is a pulled and a protected stick alike."""

_BY_ERRNO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _QUOTA,
    errno.EROFS: ("该位置是只读的", "请换一个可以写入的文件夹"),
    errno.EACCES: _DENIED,
    errno.EPERM: ("没有写入权限", "请换一个文件夹"),
    errno.EBUSY: _BUSY,
    errno.EIO: _DEVICE,
    errno.ENODEV: _GONE,
    errno.ENOENT: _ABSENT,
    errno.EEXIST: _TWIN,
    errno.ENAMETOOLONG: _LONG,
    errno.EISDIR: _FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EMFILE: _MANY,
    errno.EFBIG: _LARGE,
}


def winerror(error: OSError) -> int:
    """Return the number Windows gave the error; 0 on other systems."""
    return getattr(error, "winerror", None) or 0


def cause(error: OSError) -> tuple[str, str] | None:
    """Return what is wrong and what to do, in Chinese without full stops; None for a number nobody foresaw."""
    return _BY_WINERROR.get(winerror(error)) or _BY_ERRNO.get(error.errno or 0)


def is_full(error: OSError) -> bool:
    """Tell whether the disk, or this user's share of it, has no room left."""
    return cause(error) in (_FULL, _QUOTA)
