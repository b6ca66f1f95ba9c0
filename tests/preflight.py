"""Apache PDFBox preflight, the validator of PDF/A-1b that Debian has: asked where it is installed, else why not."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

_JARS = Path("/usr/share/java")
_NEEDED = (
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-logging",
    "commons-io",
    "jaxb-api",
    "javax.activation",
)
_CLASS = "org.apache.pdfbox.preflight.Validator_A1b"


def lacking() -> str:
    """Return why no file can be validated here, "" where it can."""
    if shutil.which("java") is None:
        return "no java here: apt-get install openjdk-17-jre-headless"
    missing = [name for name in _NEEDED if not (_JARS / f"{name}.jar").exists()]
    packages = "libpdfbox2-java libfontbox2-java libcommons-logging-java libcommons-io-java libactivation-java"
    return f"no {', '.join(missing)} here: apt-get install {packages} libjaxb-api-java" * bool(missing)


def errors(folder: Path) -> dict[str, Sequence[str]]:
    """Return what the validator finds, by the name of every PDF of a folder; its answers are left beside them."""
    path = ":".join(str(_JARS / f"{name}.jar") for name in _NEEDED)
    command = ["java", "-cp", path, _CLASS, "xml", "batch", str(folder)]
    subprocess.run(command, check=False, capture_output=True, timeout=600)
    return {file.name: _errors(file) for file in sorted(folder.glob("*.pdf"))}


def _errors(file: Path) -> list[str]:
    answer = ElementTree.parse(file.with_name(f"{file.name}.preflight.xml")).getroot()
    if (valid := answer.find(".//isValid")) is None:
        return ["no answer"]
    if valid.text == "true":
        return []
    return [f"{one.findtext('code')} {one.findtext('details')}" for one in answer.iter("error")] or ["invalid"]
