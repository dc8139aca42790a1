"""Write the lock files anew from pyproject.toml: versions and hashes, no address of any registry."""

from __future__ import annotations

import subprocess
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
UV = TOP / ".venv" / "bin" / "uv"
FORM = ("--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate", "--quiet")
LOCKS = {
    "dev": ("pyproject.toml", "--extra", "embedded", "--group", "dev", "--group", "setup"),
    "run": ("pyproject.toml", "--extra", "embedded", "--constraint", "requirements/dev.lock"),
    "spark": ("pyproject.toml", "--extra", "spark", "--constraint", "requirements/dev.lock"),
    "polars": ("--group", "polars", "--constraint", "requirements/dev.lock"),
    "mass": ("pyproject.toml", "--extra", "mass", "--constraint", "requirements/dev.lock"),
    "pyiso20022": ("--group", "pyiso20022", "--constraint", "requirements/dev.lock"),
    "openfisca": ("--group", "openfisca", "--constraint", "requirements/dev.lock"),
    "installer": ("--group", "installer", "--no-deps"),
    "schemas": ("--group", "schemas", "--no-deps"),
}


def main() -> None:
    """Write every lock."""
    for name, what in LOCKS.items():
        target = f"requirements/{name}.lock"
        subprocess.run([UV, "pip", "compile", *what, *FORM, "--upgrade", "--output-file", target], cwd=TOP, check=True)
        if "://" in (TOP / target).read_text(encoding="utf-8"):
            raise SystemExit(f"{target} holds an address; take it out of the tool's configuration first")


if __name__ == "__main__":
    main()
