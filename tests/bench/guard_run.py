"""What guarding, writing and schema-checking a run of 200,000 payments takes, in a process of its own: its CPU and its memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

Row = tuple[str, str, str, bool]
PAYMENTS, LIMIT_SECONDS, LIMIT_MIB = 200_000, 5, 300
HEADINGS = (
    "institution,payment_number,employment_number,national_number,name,account_form,bank,account,net_pay,"
    "limit_this_run,component_244,component_244_state,text"
)
PAYER = 'name = "Fjordby Gymnasium"\ncompany_number = "99990001"\niban = "DK5000400440116243"\nbic = "DABADKKK"\ncurrency = "DKK"\n'
# Python itself and the libraries are loaded before the count begins; the peak counts them too.
MEASURED = """
import resource, sys
from datetime import date
from pathlib import Path
from time import process_time
from refusion.salary_guard.decision import InstitutionLimits
from refusion.salary_guard.intake import Announced
from refusion.wiring.guarding import guard_file, read_payer, write_going
folder = Path(sys.argv[1])
start = process_time()
found = guard_file(folder / "run.csv", "FJORDBY", date(2025, 6, 30), Announced(), InstitutionLimits())
files = write_going(found, folder / "bank.xml", read_payer(folder / "payer.toml"), "June", date(2025, 6, 30), version="03")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(len(found.going) + len(found.stopped), len(files), process_time() - start, peak)
"""


def measure() -> list[Row]:
    """Give the rows of the bench table: CPU seconds and the largest memory of the process."""
    with TemporaryDirectory(prefix="refusion-bench-") as place:
        folder = Path(place)
        (folder / "payer.toml").write_text(PAYER, encoding="utf-8")
        _write_run(folder / "run.csv")
        told = subprocess.run([sys.executable, "-c", MEASURED, place], capture_output=True, text=True, check=True).stdout.split()
    payments, files, seconds, peak = int(told[0]), int(told[1]), float(told[2]), int(told[3])
    whole = payments == PAYMENTS and files == PAYMENTS // 10_000
    name = f"{PAYMENTS:,} payments guarded, written, schema-checked"
    return [
        (name, f"{seconds:.2f} s", f"{LIMIT_SECONDS} s", whole and seconds <= LIMIT_SECONDS),
        (f"{name}: memory", f"{peak} MiB", f"{LIMIT_MIB} MiB", whole and peak <= LIMIT_MIB),
    ]


def _write_run(file: Path) -> None:
    """Write the run: half to NemKonto, half to an account; replacement numbers (day + 60), all of them different."""
    with file.open("w", encoding="utf-8") as out:
        out.write(HEADINGS + "\n")
        for number in range(PAYMENTS):
            day, month, year, series = 61 + number % 28, 1 + number // 28 % 12, number // 336 % 100, 4000 + number // 33_600
            account = f"dk,0040,{1_000_000_000 + number}" if number % 2 else "nemkonto_cpr,,"
            person = f"{100_000 + number},{day:02d}{month:02d}{year:02d}{series:04d},Person Nummer {number}"
            out.write(f"FJORDBY,P{number:06d},{person},{account},{20_000 + number % 49_000}.{number % 100:02d},,,,Løn juni\n")

