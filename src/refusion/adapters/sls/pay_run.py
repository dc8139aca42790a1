"""A pay run's net payments as a file: who is to be paid what, to which account, and the limits that payroll knows of them."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from refusion.adapters.sls.codec import read_grid
from refusion.adapters.sls.formats.recognition import Limits
from refusion.adapters.sls.mapping import OWN
from refusion.adapters.sls.messages import Column, Kind, Shape
from refusion.adapters.sls.persons import danish_number
from refusion.adapters.sls.translate import read_columns
from refusion.salary_guard.run_rows import STATES, RunRows

FORMS = ("iban", "dk", "no", "se", "nemkonto_cpr", "nemkonto_cvr")
SINCE = "account_since"
"""The day on which the account was entered; the only column that a file may leave out."""
PAY_RUN = Kind(
    "pay-run",
    (
        Column("institution", Shape.INSTITUTION, at_most=20),
        Column("payment_number", Shape.TEXT, at_most=35),
        Column("employment_number", Shape.TEXT, at_most=30),
        Column("national_number", Shape.NATIONAL_NUMBER),
        Column("name", Shape.TEXT, at_most=70),
        Column("account_form", Shape.CHOICE, choices=FORMS),
        Column("bank", Shape.TEXT, may_be_empty=True, at_most=5),
        Column("account", Shape.TEXT, may_be_empty=True, at_most=34),
        Column("net_pay", Shape.MONEY),
        Column("limit_this_run", Shape.MONEY, may_be_empty=True),
        Column("component_244", Shape.MONEY, may_be_empty=True),
        Column("component_244_state", Shape.CHOICE, may_be_empty=True, choices=STATES[1:]),
        Column("text", Shape.TEXT, may_be_empty=True, at_most=140),
        Column(SINCE, Shape.DATE, may_be_empty=True),
    ),
    key=("payment_number",),
)
"""``limit_this_run`` is the field "Max. standset anvisning"; an empty limit is not set. ``account`` is empty for a NemKonto by CPR."""


def read_pay_run(file: str, raw: bytes, institution: str) -> RunRows:
    """Read a run as CSV, xlsx or Parquet. Raises BadInput with every problem found, up to 100, each with row and column.

    A payment number that stands twice is left to the guard, which refuses the run and names both.
    """
    table = read_grid(file, raw, Limits(), OWN.decimal)
    layout = OWN if SINCE in table.headings else replace(OWN, fixed={**OWN.fixed, SINCE: ""})
    values, findings = read_columns(PAY_RUN, table, layout, institution, danish_number)
    findings.refuse_if_any()
    rows = table.rows
    del table
    # Arrow keeps what it needed for the cells; the run needs the room for its payments.
    pa.default_memory_pool().release_unused()
    return RunRows(
        rows=rows,
        payment=values["payment_number"],
        employment=values["employment_number"],
        national_number=values["national_number"],
        **{name: values[name] for name in ("name", "account_form", "bank", "account", "net_pay", "limit_this_run")},
        **{name: values[name] for name in ("component_244", "component_244_state", "text", SINCE)},
    )
