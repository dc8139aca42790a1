"""Plays the demo in a process of its own and says each day that is over; then writes its books. Killed on purpose.

Started as ``python play.py BOOKS`` in the folder whose state it uses.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from refusion.doors.cli.errors import said_on_errors
from refusion.rehearsal.books import canonical, promises
from refusion.rehearsal.profiles import demo_plan
from refusion.rehearsal.show import show


def main(books: Path) -> None:
    plan = demo_plan()
    codes = [profile.code for profile in plan.profiles]
    with show(plan) as shown:
        shown.play(lambda day: print(day.isoformat(), flush=True))  # noqa: T201
        books.write_bytes(canonical(shown.world.house, codes, shown.world.authority))
        kept = {code: asdict(promises(shown.world.house, code)) for code in codes}
        told = {"outcome": shown.outcome().as_json(), "promises": kept}
        books.with_suffix(".outcome").write_text(json.dumps(told))


if __name__ == "__main__":
    with said_on_errors():
        main(Path(sys.argv[1]))
