"""What the program is called on Windows and what it asks for: declared once, for launcher, installer and archive."""

TITLE = "脱贫攻坚工作总队管理"
FOLDER = "TuopinDesktop"
"""The folder it is installed in, below %LOCALAPPDATA%\\Programs, and the top folder of the archive."""
WINDOW = "脱贫总队.exe"
CONSOLE = "tuopin.exe"
PUBLISHER = "Tuopin Desktop"
OLDEST_BUILD = 17763
"""Windows 10 version 1809, the oldest that Qt 6.8 runs on."""
TOO_OLD = (
    "本程序需要 Windows 10（1809版，2018年10月）或更新的系统，这台电脑的 Windows 太旧，不能运行。"
    "请联系管理员升级 Windows，或换一台电脑。数据没有受影响。"
)


def is_too_old(major: int, build: int) -> bool:
    """Tell whether launcher and installer refuse a Windows of this version and build."""
    return major < 10 or (major == 10 and build < OLDEST_BUILD)


def four(version: str) -> list[int]:
    """Return a version as Windows keeps it: four numbers."""
    numbers = [int(number) for number in version.split(".")]
    return numbers + [0] * (4 - len(numbers))


def header() -> str:
    """Return program.h for the launcher."""
    texts = {"TITLE": f'L"{TITLE}"', "OLDEST_BUILD": str(OLDEST_BUILD), "TOO_OLD": f'L"{TOO_OLD}"'}
    return "".join(f"#define {name} {value}\n" for name, value in texts.items())


def resources(version: str, file: str) -> str:
    """Return the resource script of one launcher: icon, manifest, and what Windows shows under 属性."""
    commas = ",".join(map(str, four(version)))
    strings = {
        "CompanyName": PUBLISHER,
        "FileDescription": TITLE,
        "FileVersion": version,
        "InternalName": FOLDER,
        "LegalCopyright": "MIT License, the Tuopin Desktop authors",
        "OriginalFilename": file,
        "ProductName": TITLE,
        "ProductVersion": version,
    }
    values = "\n".join(f'      VALUE "{name}", L"{text}"' for name, text in strings.items())
    return f"""1 ICON "program.ico"
1 24 "launcher.manifest"
1 VERSIONINFO
FILEVERSION {commas}
PRODUCTVERSION {commas}
FILEOS 0x40004
FILETYPE 1
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "080404b0"
    BEGIN
{values}
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x0804, 1200
  END
END
"""


def definitions(version: str, size: int) -> str:
    """Return program.nsh for the installer; `size` in KiB, as Windows shows it among the programs."""
    texts = {
        "TITLE": TITLE,
        "FOLDER": FOLDER,
        "WINDOW": WINDOW,
        "CONSOLE": CONSOLE,
        "PUBLISHER": PUBLISHER,
        "VERSION": version,
        "VERSION_OF_FILE": ".".join(map(str, four(version))),
        "OLDEST_BUILD": str(OLDEST_BUILD),
        "TOO_OLD": TOO_OLD,
        "SIZE": str(size),
    }
    return "".join(f'!define {name} "{text}"\n' for name, text in texts.items())
