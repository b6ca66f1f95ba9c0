"""Write the one file of third-party licences that ships with the program: `python3 packaging/dev.py licences`."""

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "licences.txt"
LOCK = ROOT / "packaging" / "requirements.lock"
FONTS = ROOT / "resources" / "fonts" / "licenses"
ICONS = ROOT / "resources" / "icons"
OWN_TEXTS = ROOT / "packaging" / "licences"

# Qt for Python names its licences and ships no text; we use it under the LGPL, whose text refers to that of the GPL.
WITHOUT_TEXT = dict.fromkeys(("pyside6-essentials", "shiboken6"), ("LGPL-3.txt", "GPL-3.txt"))
LICENCE = re.compile(r"(?:^|/)(?:licen[cs]es?|build_licenses|copying|notice|authors)[^/]*(?:/|$)", re.IGNORECASE)
RULE = "=" * 100
OWN = f"""{RULE}
Colour profile in papers for the archives
{RULE}

It is written by the program from the published figures of sRGB (IEC 61966-2-1); no file of anybody else is copied, so
it stands under the licence of the program. So do the app's own icon, the forms and the data in resources/, which put
public texts and lists into order."""
"""What somebody looking for a licence will ask after, and needs none."""


def packages(lock: str) -> dict[str, str]:
    """Return name -> version of what the program itself needs, in order of names."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", lock, flags=re.MULTILINE))


def texts(name: str, version: str) -> list[tuple[str, str]]:
    """Return (file, text) of each licence of an installed package; SystemExit where none is or another version."""
    distribution = metadata.distribution(name)
    if distribution.version != version:
        raise SystemExit(f"{name} {distribution.version} is installed, {version} is locked: run `dev.py setup` first.")
    if name in WITHOUT_TEXT:
        return [(file, (OWN_TEXTS / file).read_text(encoding="utf-8")) for file in WITHOUT_TEXT[name]]
    inside = [(str(file).partition(".dist-info/")[2], file) for file in distribution.files or ()]
    licences = sorted((short, file) for short, file in inside if short and LICENCE.search(short))
    if not licences:
        raise SystemExit(f"{name} ships no licence text: put it into packaging/licences and name it in WITHOUT_TEXT.")
    return [(short, plain(Path(str(file.locate())).read_bytes())) for short, file in licences]


def plain(content: bytes) -> str:
    """Return a text: UTF-8, or Latin-1, in which some old notices are kept."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def chapters() -> list[str]:
    """Return one chapter per package, font and set of icons."""
    pages = []
    shown: dict[str, str] = {}  # the text of a licence stands once; later ones point to it
    for name, version in packages(LOCK.read_text(encoding="utf-8")).items():
        parts = [f"{RULE}\n{name} {version}\n{RULE}"]
        for file, text in texts(name, version):
            where = shown.setdefault(text.strip(), f"{name}: {file}")
            same = where != f"{name}: {file}"
            parts.append(f"---- {file}\n\n" + (f"The same text as under {where}." if same else text.strip()))
        pages.append("\n\n".join(parts))
    works = [("Font", path) for path in sorted(FONTS.glob("*.txt"))]
    works += [("Icons", path) for path in sorted(ICONS.glob("LICENSE-*.txt"))]
    for what, path in works:
        pages.append(f"{RULE}\n{what}: {path.stem}\n{RULE}\n\n{path.read_text(encoding='utf-8').strip()}")
    return [*pages, OWN]


def document() -> str:
    """Return the whole file."""
    head = "Tuopin Desktop is under the MIT licence (LICENSE). It ships or uses the works below under theirs."
    lines = "\n\n\n".join([head, *chapters()]).splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def main() -> int:
    """Write the file."""
    text = document()
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET.relative_to(ROOT)}: {len(text) // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
