"""The published columns of a pay run are those that are read; the sample is a run."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from refusion.adapters.sls.messages import Shape
from refusion.adapters.sls.pay_run import PAY_RUN, read_pay_run
from refusion.values.said import BadInput

ROOT = Path(__file__).resolve().parents[3]
SLS = ROOT / "src" / "refusion" / "adapters" / "sls"
SAMPLE = (SLS / "samples" / "pay-run.csv").read_bytes()


def test_the_schema_names_the_columns_that_are_read() -> None:
    schema = json.loads((SLS / "schemas" / "pay-run.json").read_text(encoding="utf-8"))
    assert list(schema["properties"]) == list(PAY_RUN.headings)
    assert schema["required"] == [name for name in PAY_RUN.headings if name != "account_since"]
    for column in PAY_RUN.columns:
        told = schema["properties"][column.name]
        if column.shape is Shape.CHOICE:
            assert tuple(choice for choice in told["enum"] if choice) == column.choices
            assert ("" in told["enum"]) is column.may_be_empty
        elif column.at_most:
            assert told["maxLength"] == column.at_most
            assert ("minLength" in told) is not column.may_be_empty
    page = (ROOT / "docs" / "reference" / "files" / "pay-run.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in PAY_RUN.headings)


def test_the_sample_is_read() -> None:
    rows = read_pay_run("pay-run.csv", SAMPLE, "FJORDBY")
    assert rows.net_pay.tolist() == [25_123_45, 70_000_01, 71_000_00]
    assert rows.limit_this_run.tolist() == [-1, -1, -1]
    assert rows.component_244.tolist() == [-1, -1, 72_000_00]
    assert rows.component_244_state.tolist() == ["", "", "ended"]
    assert np.array_equal(rows.rows, [2, 3, 4])
    assert rows.account_since.tolist() == [0, 0, 0]


def test_the_day_of_an_account_is_read_where_it_stands() -> None:
    heading, first, *others = SAMPLE.splitlines()
    raw = b"\n".join((heading + b",account_since", first + b",2025-06-20", *(line + b"," for line in others)))
    assert read_pay_run("pay-run.csv", raw, "FJORDBY").account_since.tolist() == [date(2025, 6, 20).toordinal(), 0, 0]


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [(b"dk,0040", b"giro,0040", "account_form"), (b"25123.45", b"much", "net_pay"), (b"6101901234", b"61019", "national_number")],
)
def test_what_is_wrong_is_told_with_row_and_column(before: bytes, after: bytes, column: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_pay_run("pay-run.csv", SAMPLE.replace(before, after, 1), "FJORDBY")
    (problem,) = refused.value.problems
    assert (problem.row, problem.column) == (2, column)
