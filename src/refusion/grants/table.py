"""The agreement of 2013 over a table: a row a county and one of the country in, the same rows with their kronor out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

from refusion.grants.explaining import of_county
from refusion.grants.facts import COUNTRY, COUNTY, code_of, columns, read
from refusion.grants.paid import Paid
from refusion.grants.payout import compute
from refusion.grants.reading import agreement
from refusion.law.engine.batch.columns import kroner_column
from refusion.law.engine.tape import explaining

NAME = "se-2013"
AGREEMENT = agreement(NAME)
COLUMNS = columns(AGREEMENT).names
NEEDED = (COUNTY,)
KEPT = ("name",)
TOTAL = "total"
FIRST_ROW = 2


def calculate(batches: Iterable[pa.RecordBatch], *, explain: bool = False) -> Iterator[pa.RecordBatch]:
    """Add what each pot pays in kronor, and the total, to every county's row; the country's row, code 00, holds the sums.

    All rows are taken together: a bad cell, an unknown or a missing county refuses them all, since every share depends on
    all counties. Raises BadInput with every fault and its row, MissingFact, NotAnswered.
    """
    tables = [pa.Table.from_batches([batch]) for batch in batches]
    cells = [row for table in tables for row in table.to_pylist()]
    facts = read(AGREEMENT, cells, first_row=FIRST_ROW)
    with explaining() as tape:
        run = compute(AGREEMENT, facts)
    whole = pa.concat_tables(tables, promote_options="default").combine_chunks()
    codes = [code_of(row.get(COUNTY)) for row in cells]
    added = {name: kroner_column(np.array([_amount(pot, code) for code in codes], dtype=np.int64)) for name, pot in run.pots.items()}
    totals = {**run.by_county, COUNTRY: run.paid}
    added[TOTAL] = kroner_column(np.array([totals[code] for code in codes], dtype=np.int64))
    if explain:
        tree = json.dumps([step.as_json() for step in tape.steps], ensure_ascii=False)
        texts = [tree if code == COUNTRY else json.dumps(of_county(run, code), ensure_ascii=False) for code in codes]
        added["explanation"] = pa.array(texts, pa.string())
    none = pa.nulls(len(codes), pa.string())
    own = {name: whole.column(name) for name in whole.column_names if name not in added}
    yield from pa.table({**own, **added, "problem": none, "problem_column": none}).to_batches()


def _amount(pot: Paid, code: str) -> int:
    return pot.paid if code == COUNTRY else pot.by_county[code]
