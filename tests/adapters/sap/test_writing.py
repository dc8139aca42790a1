"""A run's files: the same lines give the same bytes, a key names one line, a transfer sums to nought, rejected lines come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.adapters.sap.writing import SapFiles
from refusion.values.period import Period
from refusion.values.said import BadInput
from refusion.workflow.ports.norway.sap import LoadKind, LoadLine, RejectedLine, Run, RunKind, TransferLine, line_key
from tests.adapters.sap.test_reading import READER, SAMPLES

FILES = SapFiles(READER)
RUN = Run("UIO", 12, RunKind.MAIN, date(2026, 2, 1), date(2026, 2, 15))
FEBRUARY = Period(date(2026, 2, 2), date(2026, 2, 28))
CLAIM = LoadLine(line_key("UIO", 12, "claim", "20001", 1), LoadKind.CLAIM, "20001", "1", FEBRUARY, 4_616_000, "5812")
LAST_DAY = LoadLine(line_key("UIO", 12, "max", "20001"), LoadKind.MAX_DATE, "20001", "1", None, 0, max_date=date(2026, 11, 27))
DEBIT = TransferLine(line_key("UIO", 12, "d", 1), "1574", "1570", "", "", FEBRUARY, 4_616_000, "Refusjonskrav februar")
CREDIT = replace(DEBIT, key=line_key("UIO", 12, "c", 1), account="5812", standard_account="5810", cost_centre="111400", amount=-4_616_000)


def test_the_load_file() -> None:
    text = FILES.load_file(RUN, [CLAIM, LAST_DAY]).decode()
    head, *rows = text.split("\r\n")
    assert head.split(";")[:6] == ["institution", "run", "run_kind", "booked_on", "key", "kind"]
    written = {row.split(";")[5]: row.split(";")[6:] for row in rows if row}
    assert written == {
        "claim": ["20001", "1", "2026-02-02", "2026-02-28", "46160.00", "5812", ""],
        "max_date": ["20001", "1", "", "", "", "", "2026-11-27"],
    }


def test_the_transfer_file() -> None:
    rows = FILES.transfer_file(RUN, [DEBIT, CREDIT]).decode().split("\r\n")[1:-1]
    assert {row.split(";", 5)[5] for row in rows} == {
        "1574;1570;;;2026-02-02;2026-02-28;46160.00;Refusjonskrav februar;",
        "5812;5810;111400;;2026-02-02;2026-02-28;-46160.00;Refusjonskrav februar;",
    }
    assert {row.split(";")[1] for row in rows} == {"12"}


@given(some.lists(some.integers(-(10**9), 10**9), min_size=1, max_size=8), some.randoms(use_true_random=False))
def test_a_run_that_is_made_again_gives_the_same_bytes(amounts: list[int], chance: Random) -> None:
    lines = [replace(DEBIT, key=line_key("a", place), amount=amount) for place, amount in enumerate(amounts)]
    lines.append(replace(DEBIT, key=line_key("b"), amount=-sum(amounts)))
    again = list(lines)
    chance.shuffle(again)
    assert FILES.transfer_file(RUN, again) == FILES.transfer_file(RUN, lines)


REFUSED = [
    [CLAIM, CLAIM],
    [replace(CLAIM, key="x")],
    [replace(CLAIM, employment_number="")],
    [replace(CLAIM, employment_number="20001\n")],
    [replace(CLAIM, period=None)],
    [replace(CLAIM, max_date=date(2026, 1, 1))],
    [replace(LAST_DAY, amount=1)],
    [replace(LAST_DAY, max_date=None)],
]


@pytest.mark.parametrize("lines", REFUSED)
def test_a_line_that_says_too_much_or_too_little_is_no_line(lines: list[LoadLine]) -> None:
    with pytest.raises(ValueError, match=r"key|line|column"):
        FILES.load_file(RUN, lines)


def test_a_transfer_that_does_not_balance_is_not_written() -> None:
    with pytest.raises(ValueError, match="nought"):
        FILES.transfer_file(RUN, [DEBIT])
    assert FILES.transfer_file(RUN, []).count(b"\r\n") == 1, "a run without lines has its headings alone"


def test_rejected_lines_come_back() -> None:
    raw = (SAMPLES / "rejected.csv").read_bytes()
    told = RejectedLine(12, "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "PG/017", "Personnummer sperret for kjøring")
    assert FILES.read_rejected("rejected.csv", raw) == (told,)


@pytest.mark.parametrize(
    ("found", "instead", "key"),
    [
        (b"12;", b"0;", "sap.not_a_count"),
        (b"0f1e2d3c", b"0F1E2D3C", "sap.not_a_key"),
        (b"PG/017", b"", "sap.empty_cell"),
        (b"run;", b"kjoring;", "sap.column_unknown"),
    ],
)
def test_rejected_lines_that_nobody_can_place_are_refused(found: bytes, instead: bytes, key: str) -> None:
    raw = (SAMPLES / "rejected.csv").read_bytes()
    with pytest.raises(BadInput) as refusal:
        FILES.read_rejected("rejected.csv", raw.replace(found, instead, 1))
    assert refusal.value.problems[0].what.key == key


def test_the_samples_are_there() -> None:
    assert {file.name for file in Path(SAMPLES).iterdir()} >= {"employments.csv", "rejected.csv", "own-headings.toml"}
