"""Build all that the product needs in this folder: environment, packages, front-end files, bank schemas, texts.

Each step is done again only when what it is made from has changed, so an interrupted set-up goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
DONE = VENV / "set-up.json"
NETWORK_WORDS = (
    "name resolution", "dns error", "network is unreachable", "connection refused", "connection reset", "timed out",
    "enotfound", "eai_again", "econnrefused", "etimedout", "no matching distribution", "failed to fetch", "error sending request",
)  # fmt: skip
NO_NETWORK = (
    "The packages cannot be fetched: connect this machine to the network, or name your own registry with "
    "PIP_INDEX_URL, UV_DEFAULT_INDEX and npm's `registry`."
)


class Failed(Exception):
    """A step that could not be done, in one sentence."""


def run(*command: str | Path) -> None:
    """Run a command quietly; raise Failed with one sentence when it fails."""
    with tempfile.TemporaryDirectory(prefix="refusion-") as folder:
        # What the tools leave in the temporary folder goes with it.
        around = {**os.environ, "TMPDIR": folder, "NODE_DISABLE_COMPILE_CACHE": "1"}
        done = subprocess.run(
            [str(word) for word in command], cwd=TOP, env=around, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, errors="replace",
        )  # fmt: skip
    if done.returncode == 0:
        return
    if any(word in done.stdout.lower() for word in NETWORK_WORDS):
        sys.stderr.write(tail(done.stdout, 2) + "\n")
        raise Failed(NO_NETWORK)
    raise Failed(f"`{Path(command[0]).name} {command[1]}` failed:\n{tail(done.stdout, 8)}")


def tail(text: str, lines: int) -> str:
    """Give the last lines that say something."""
    return "\n".join([line for line in text.splitlines() if line.strip()][-lines:])


def environment() -> None:
    """Make the virtual environment and its installer."""
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", VENV)
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", "requirements/installer.lock")


def packages() -> None:
    """Install the locked packages, and the product itself as it stands in this folder."""
    run(UV, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", "requirements/dev.lock")
    run(UV, "pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--no-build-isolation", "--editable", ".")


def front_end() -> None:
    """Fetch and prune the front end's packages."""
    run(PYTHON, "scripts/front_end.py")


def schemas() -> None:
    """Fetch the ISO 20022 schemas."""
    run(PYTHON, "scripts/schemas.py")


def texts() -> None:
    """Compile the text catalogues."""
    run(PYTHON, "scripts/texts.py")


STEPS: tuple[tuple[str, Callable[[], None], tuple[str, ...]], ...] = (
    ("virtual environment", environment, ("requirements/installer.lock",)),
    ("packages", packages, ("requirements/dev.lock", "pyproject.toml")),
    ("front-end files", front_end, ("package.json", "package-lock.json", ".npmrc", "scripts/front_end.py")),
    ("bank schemas", schemas, ("requirements/schemas.lock", "scripts/schemas.py")),
    ("texts", texts, ("scripts/texts.py", "src/refusion/locale/*/LC_MESSAGES/*.po")),
)


def digest(patterns: Iterable[str]) -> str:
    """Hash all files that the patterns name."""
    total = hashlib.sha256(sys.version.encode())
    for file in sorted({file for pattern in patterns for file in TOP.glob(pattern)}):
        total.update(str(file.relative_to(TOP)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def done_before() -> dict[str, str]:
    """Read which steps were done, and from what."""
    try:
        return dict(json.loads(DONE.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def main() -> int:
    """Do the steps whose ingredients changed."""
    done = done_before()
    for name, step, ingredients in STEPS:
        wanted = digest(ingredients)
        if done.get(name) == wanted:
            continue
        begun = time.monotonic()
        print(f"{name} … ", end="", flush=True)
        try:
            step()
        except Failed as error:
            print("not done")
            sys.stderr.write(f"{error}\n")
            return 1
        done[name] = wanted
        DONE.write_text(json.dumps(done), encoding="utf-8")
        print(f"{time.monotonic() - begun:.1f} s")
    (VENV / ".ok").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
