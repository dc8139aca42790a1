"""Say in one sentence what this machine lacks for set-up; runs on any Python 3, so that it can say that it is too old."""

import os
import shutil
import sys

OLDEST = (3, 11)
SPACE_NEEDED_MB = 2048
MB = 1024 * 1024


def lacking(top):
    """List what is missing, each with its remedy."""
    found = []
    if sys.version_info[:2] < OLDEST:
        found.append(
            "Python %d.%d is too old: install Python 3.11 or newer and run `make setup PY=python3.11`." % sys.version_info[:2]
        )
    if not has_venv():
        found.append("Python cannot make virtual environments: install it with `apt-get install python3-venv`.")
    if not sys.platform.startswith("linux"):
        found.append("This system is %s: use Linux, in a container if need be; the private database runs there alone." % sys.platform)
    if not os.access(top, os.W_OK):
        found.append("The folder %s cannot be written to: clone the repository into a folder of your own." % top)
    free = shutil.disk_usage(top).free // MB
    if free < SPACE_NEEDED_MB and not os.path.exists(os.path.join(top, ".venv", ".ok")):
        found.append("Only %d MB are free here: make room, set-up and demo need %d MB." % (free, SPACE_NEEDED_MB))
    return found


def has_venv():
    """Tell whether virtual environments can be made; Debian ships both modules in a package of their own."""
    try:
        import ensurepip
        import venv
    except ImportError:
        return False
    return bool(ensurepip and venv)


def main():
    """Say what is missing and end with 1, or say nothing."""
    found = lacking(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    for sentence in found:
        sys.stderr.write(sentence + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
