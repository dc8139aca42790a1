"""Fetch the ISO 20022 schemas from the locked packages that carry them, and keep the schemas alone."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
SCHEMAS = TOP / "src" / "refusion" / "adapters" / "bank" / "schemas"
UV = TOP / ".venv" / "bin" / "uv"
PYTHON = TOP / ".venv" / "bin" / "python"
KEPT = re.compile(r"(camt\.05[34]|pain\.00[12])\.001\.\d\d\.xsd")
NEEDED = (
    *(f"camt.{kind}.001.{version}.xsd" for kind in ("053", "054") for version in ("02", "04", "08")),
    "pain.001.001.03.xsd",
    "pain.001.001.09.xsd",
    "pain.002.001.03.xsd",
)


def main() -> None:
    """Fetch, keep the schemas, and put them in place as a whole."""
    beside = SCHEMAS.with_name("schemas.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="refusion-") as folder:
        install = (UV, "pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--require-hashes", "--target", folder)
        subprocess.run([*install, "-r", TOP / "requirements" / "schemas.lock"], check=True)
        for file in sorted(Path(folder).rglob("*.xsd")):
            if KEPT.fullmatch(file.name):
                shutil.copy(file, beside / file.name)
    lacking = [name for name in NEEDED if not (beside / name).exists()]
    if lacking:
        raise SystemExit(f"the packages no longer carry {', '.join(lacking)}")
    shutil.rmtree(SCHEMAS, ignore_errors=True)
    beside.rename(SCHEMAS)


if __name__ == "__main__":
    main()
