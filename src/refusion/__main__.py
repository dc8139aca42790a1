"""Lets ``python -m refusion`` be the command ``refusion``."""

from refusion.doors.cli.main import run

if __name__ == "__main__":
    run()
