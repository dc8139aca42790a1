"""Install optional extras, each from its own lock; one that is there already, from the same lock, is left as it is."""

from __future__ import annotations

import json
import sys
import time

from set_up import PYTHON, TOP, UV, VENV, Failed, digest, run

DONE = VENV / "extras.json"
LOCKS = TOP / "requirements"


def done_before() -> dict[str, str]:
    """Read which extras were installed, and from what."""
    try:
        return dict(json.loads(DONE.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def install(name: str) -> None:
    """Install one extra's packages; the build tool that set-up installed builds those that come as source."""
    lock = f"requirements/{name}.lock"
    run(UV, "pip", "install", "--quiet", "--python", PYTHON, "--no-build-isolation", "--require-hashes", "-r", lock)


def main(names: list[str]) -> int:
    """Install the extras that are named; ends with 1 for one that has no lock or cannot be installed."""
    done = done_before()
    for name in names:
        if not (LOCKS / f"{name}.lock").is_file():
            sys.stderr.write(f"No extra is called {name}.\n")
            return 1
        wanted = digest((f"requirements/{name}.lock",))
        if done.get(name) == wanted:
            continue
        begun = time.monotonic()
        print(f"extra {name} … ", end="", flush=True)
        try:
            install(name)
        except Failed as error:
            print("not done")
            sys.stderr.write(f"{error}\n")
            return 1
        done[name] = wanted
        DONE.write_text(json.dumps(done), encoding="utf-8")
        print(f"{time.monotonic() - begun:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
