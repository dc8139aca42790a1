"""Bank statements read: how fast beside pyiso20022 on the same file, and how much memory a million lines take."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from refusion.adapters.bank import read
from refusion.adapters.bank.twin import Payment, TwinAccount, statement

Row = tuple[str, str, str, bool]
Side = Callable[[Path], tuple[int, int]]
LINES, MANY_LINES, BLOCK, ROUNDS = 10_000, 1_000_000, 1_000, 3
LEAST_OF_PEER, MOST_MEBIBYTES = 5, 64
DAY = date(2025, 3, 10)
PAYER = ("Storegade 1", "1000 Byen")
_CHILD = """
import sys
from pathlib import Path
from refusion.adapters.bank import read
count = total = 0
for entry in read(Path(sys.argv[1]), "statement"):
    count, total = count + 1, total + entry.amount
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(count, total, peak)
"""


def measure() -> list[Row]:
    """Give the rows of the bench table: what, measured, limit, whether the result was correct and within it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "statement.xml"
        return [beside_peer(file), memory(file)]


def beside_peer(file: Path) -> Row:
    """Read the same lines with both, one after the other in each round, the processor's seconds counted."""
    what, limit = f"camt.053 of {LINES:,} lines, checked and read, of pyiso20022's rate", f"{LEAST_OF_PEER} ×"
    if find_spec("pyiso20022") is None:
        return (what, "not measured: pyiso20022 is not installed", limit, False)
    expected = write(file, LINES)
    ours(file)
    right, faster = True, []
    for _ in range(ROUNDS):
        (mine, my_seconds), (theirs, their_seconds) = timed(ours, file), timed(peer, file)
        right &= mine == theirs == expected
        faster.append(their_seconds / my_seconds)
    rate = median(faster)
    return (what, f"{rate:.1f} ×", limit, right and rate >= LEAST_OF_PEER)


def memory(file: Path) -> Row:
    """Read a million lines in a process of their own; its peak counts everything, the interpreter among it."""
    expected = write(file, MANY_LINES)
    done = subprocess.run([sys.executable, "-c", _CHILD, str(file)], capture_output=True, text=True, check=True)
    count, total, peak = map(int, done.stdout.split())
    mebibytes = peak / 1024
    right = (count, total) == expected
    return (
        f"peak memory of a process that reads camt.053 of {MANY_LINES:,} lines",
        f"{mebibytes:.0f} MiB",
        f"{MOST_MEBIBYTES} MiB",
        right and mebibytes <= MOST_MEBIBYTES,
    )


def write(file: Path, lines: int) -> tuple[int, int]:
    """Write a statement of so many different lines; give their number and sum."""
    amounts = [100_00 + 7 * place for place in range(BLOCK)]
    payments = [_payment(place, amount) for place, amount in enumerate(amounts)]
    raw = statement(TwinAccount("DK0320009876543210", "Ministeriet"), DAY, payments)
    start, end = raw.index(b"<Ntry>"), raw.rindex(b"</Ntry>") + len(b"</Ntry>")
    with file.open("wb") as written:
        written.write(raw[:start])
        for block in range(lines // BLOCK):
            written.write(re.sub(rb"(<AcctSvcrRef>)\d{6}", rb"\g<1>%06d" % block, raw[start:end]))
        written.write(raw[end:])
    return lines // BLOCK * BLOCK, lines // BLOCK * sum(amounts)


def _payment(place: int, amount: int) -> Payment:
    named = f"KSD-2025-{place:06d}"
    return Payment(DAY, amount, named, text=(f"Refusion {place}",), payer="EKSEMPEL KOMMUNE", payer_address=PAYER)


def ours(file: Path) -> tuple[int, int]:
    """Read with the product: every line checked against the schema and given in its words."""
    count = total = 0
    for entry in read(file, "statement"):
        count, total = count + 1, total + entry.amount
    return count, total


def peer(file: Path) -> tuple[int, int]:
    """Read with pyiso20022's classes, as its guide says; it checks no schema."""
    parser = import_module("xsdata.formats.dataclass.parsers").XmlParser()
    document = parser.from_bytes(file.read_bytes(), import_module("pyiso20022.camt.camt_053_001_02").Document)
    entries = [entry for told in document.bk_to_cstmr_stmt.stmt for entry in told.ntry]
    return len(entries), int(sum(Decimal(entry.amt.value) for entry in entries) * 100)


def timed(side: Side, file: Path) -> tuple[tuple[int, int], float]:
    """Give what a side read, and the processor's seconds that it took."""
    start = process_time()
    found = side(file)
    return found, process_time() - start
