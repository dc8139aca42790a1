"""Journals are read by programs that are not ours, by our own strict reader, and by the twin; what is wrong is never written."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from refusion.adapters.accounting import codec, translate
from refusion.adapters.accounting.messages import COLUMNS
from refusion.adapters.accounting.schema import schema_of
from refusion.adapters.accounting.twin import Kept, take_in
from refusion.adapters.accounting.writer import Writer
from refusion.workflow.ports.books.journal import Journal, JournalLine

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "src" / "refusion" / "adapters" / "accounting" / "samples"
DAY = date(2025, 5, 1)
SAMPLE = {"navision": "navision.csv", "csv": "csv.csv", "ledger": "ledger.journal"}
ACCOUNTS = ("61.33", "18.91", "63.00", "95.11-A")
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)


@st.composite
def journals(draw: st.DrawFn) -> Journal:
    """Make balanced journals of some entries."""
    lines: list[JournalLine] = []
    for entry in range(1, draw(st.integers(1, 4)) + 1):
        amounts = draw(st.lists(st.integers(-(10**11), 10**11).filter(bool), min_size=1, max_size=3))
        amounts = [*amounts, -sum(amounts)] if sum(amounts) else [*amounts, 100, -100]
        day, says = DAY + timedelta(days=draw(st.integers(0, 500))), draw(words)
        claim, reason = draw(st.none() | st.integers(1, 10**9)), draw(st.sampled_from(["pre_registered", "adjusted", "lost"]))
        corrects = draw(st.none() | st.integers(1, 10**6))
        for number, amount in enumerate(amounts, 1):
            account, name = draw(st.sampled_from(ACCOUNTS)), draw(words)
            lines.append(JournalLine(entry * 7, number, day, account, name, amount, reason, says, claim, claim, "ordinary", corrects))
    return Journal(draw(words), "99990014", draw(st.sampled_from(["DKK", "NOK"])), "x", draw(st.integers(1, 99)), DAY, DAY, tuple(lines))


def balances(journal: Journal) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in journal.lines:
        sums[line.account] = sums.get(line.account, 0) + line.amount
    return {account: amount for account, amount in sums.items() if amount}


@pytest.mark.parametrize("form", Writer.forms)
@given(journal=journals())
def test_what_is_written_is_read_to_the_same_balances_and_is_the_same_each_time(form: str, journal: Journal) -> None:
    raw = Writer().write(form, journal)
    assert raw == Writer().write(form, journal)
    kept = take_in(form, raw, Kept())
    assert kept.balances() == balances(journal)
    assert len(kept.entries) == journal.entries
    with pytest.raises(ValueError, match="was posted before"):
        take_in(form, raw, kept)


@given(journals())
def test_rows_and_plain_journals_come_back_as_they_were(journal: Journal) -> None:
    for form, make in (("navision", translate.to_navision), ("csv", translate.to_csv)):
        rows = tuple(make(journal))
        assert codec.read_rows(form, codec.write_rows(form, rows)) == rows
    plain = translate.to_plain(journal)
    assert codec.read_plain(codec.write_plain(plain)) == plain


@given(journals())
def test_every_row_obeys_its_schema_and_no_cell_is_a_formula(journal: Journal) -> None:
    for form, make in (("navision", translate.to_navision), ("csv", translate.to_csv)):
        validator = Draft202012Validator(schema_of(form))
        for row in make(journal):
            assert [error.message for error in validator.iter_errors(row)] == []
            texts = (row[column.name] for column in COLUMNS[form] if "amount" not in column.name and "eløb" not in column.name)
            assert not [text for text in texts if text[:1] in "=+-@" and text[:1]]


@pytest.mark.parametrize("form", ["navision", "csv"])
def test_the_schemas_of_the_reference_are_those_of_the_columns(form: str) -> None:
    written = (ROOT / "docs" / "reference" / "files" / f"journal-{form}.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == schema_of(form)


@pytest.mark.parametrize("form", Writer.forms)
def test_the_samples_are_read(form: str) -> None:
    kept = take_in(form, (SAMPLES / SAMPLE[form]).read_bytes(), Kept())
    assert kept.balances() == {"61.33": 17_831_00, "18.91": -17_831_00}


@pytest.mark.parametrize(
    ("form", "name", "says"),
    [
        ("navision", "unbalanced.csv", "does not balance"),
        ("navision", "other-headings.csv", "headings"),
        ("ledger", "unbalanced.journal", "does not balance"),
        ("csv", "other-headings.csv", "headings"),
    ],
)
def test_broken_samples_are_refused(form: str, name: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        take_in(form, (SAMPLES / "broken" / name).read_bytes(), Kept())


@pytest.mark.parametrize("wrong", ["x 1,00", "    61.33    1,00 DKK", "2025-05-01 RF1 x", "    61.33    1.00"])
def test_a_line_in_no_form_is_refused(wrong: str) -> None:
    raw = (SAMPLES / "ledger.journal").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="not a line"):
        codec.read_plain(f"{raw}\n{wrong}\n".encode())


@pytest.mark.parametrize("form", Writer.forms)
def test_an_unbalanced_journal_is_never_written(form: str) -> None:
    lines = (JournalLine(1, 1, DAY, "61.33", "", 100, "lost", "", 1, 1, None, None), JournalLine(1, 2, DAY, "18.91", "", -99, "lost", "", 1, 1, None, None))
    with pytest.raises(ValueError, match="entry 1 sums to 1 øre"):
        Writer().write(form, Journal("A", "1", "DKK", form, 1, DAY, DAY, lines))


PROGRAMS = {"hledger": ("check", "--strict"), "ledger": ("--strict", "--pedantic", "balance", "--flat", "--no-total")}


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", ["ledger.journal", "broken/unbalanced.journal"])
def test_programs_that_are_not_ours_take_the_sample_and_refuse_the_broken_one(program: str, name: str) -> None:
    ended = _run(program, SAMPLES / name, *PROGRAMS[program])
    assert (ended.returncode == 0) is not name.startswith("broken"), ended.stderr


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_that_is_not_ours_comes_to_the_same_balances(program: str, tmp_path: Path) -> None:
    _found(program)
    file = tmp_path / "all.journal"
    made: list[Journal] = []

    @given(journals())
    def make(journal: Journal) -> None:
        made.append(journal)

    make()
    for journal in made[-12:]:
        file.write_bytes(Writer().write("ledger", journal))
        ended = _run(program, file, *(("balance", "--flat", "--no-total") if program == "hledger" else PROGRAMS[program]))
        assert ended.returncode == 0, ended.stderr
        told = {line.split()[-1]: line.split()[0] for line in ended.stdout.splitlines() if line.strip()}
        assert told == {account: _plain(amount) for account, amount in balances(journal).items()}


def _plain(amount: int) -> str:
    whole, part = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{part:02d}"


def _found(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed on this machine (apt-get install {program}); our own strict reader has read the same files")
    return found


def _run(program: str, file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([_found(program), "-f", str(file), *words], capture_output=True, text=True, check=False, env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"})
