"""The files that go between SAP and the house: their kinds, their columns and what a column may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from refusion.absences.norwegian import Benefit


class Shape(Enum):
    """What the cells of a column are."""

    INSTITUTION = "institution"
    TEXT = "text"
    NATIONAL_NUMBER = "national_number"
    ORGANISATION = "organisation"
    DATE = "date"
    MONTH = "month"
    MONEY = "money"
    PERCENT = "percent"
    CHOICE = "choice"
    COUNT = "count"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what stands in it, what its cells are, and the limits of that."""

    name: str
    says: str
    shape: Shape
    may_be_empty: bool = False
    at_most: int = 0
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its columns in their order, and those that name a row."""

    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns in their order."""
        return tuple(column.name for column in self.columns)


C, S = Column, Shape
_INSTITUTION = C("institution", "the institution's code in the house; every row of a file has the same", S.INSTITUTION, at_most=20)
_NUMBER = C("employment_number", "the employment's number in SAP; it never changes and is never used again", S.TEXT, at_most=30)
_REGISTERED = C("registered_on", "the day the row was registered in SAP: when payroll learned it, beside when it is true", S.DATE)

EMPLOYMENTS = Kind(
    "sap-employments",
    "One row for each employment as it stands now.",
    (
        _INSTITUTION,
        _NUMBER,
        C("national_number", "fødselsnummer, D number or a synthetic test number", S.NATIONAL_NUMBER),
        C("name", "the person's name", S.TEXT, at_most=200),
        C("employed_since", "first day of the employment", S.DATE),
        C("employment_ends", "last day of the employment; empty while no end is known", S.DATE, may_be_empty=True),
        C("contract", "temporary where the contract itself has an end", S.CHOICE, choices=("permanent", "temporary")),
        C("workplace", "the sub-unit's organisation number", S.ORGANISATION),
        C("unit", "the unit whose budget carries the pay", S.TEXT, may_be_empty=True, at_most=100),
        C("position_percent", "share of a full position, up to 100.00", S.PERCENT),
        _REGISTERED,
    ),
    key=("employment_number",),
)
PAY = Kind(
    "sap-pay",
    "One row for each month of an employment.",
    (
        _INSTITUTION,
        _NUMBER,
        C("month", "the month, YYYY-MM", S.MONTH),
        C("agreed_pay", "agreed monthly pay that counts for the refund, kroner", S.MONEY),
        C("paid_pay", "pay that was paid for the month, kroner; below the agreed one is flagged before a claim goes", S.MONEY),
        C("benefits_in_kind", "value of benefits in kind in the month, kroner; empty for none", S.MONEY, may_be_empty=True),
        _REGISTERED,
    ),
    key=("employment_number", "month"),
)
ABSENCES = Kind(
    "sap-absences",
    "One row for each absence as it stands now.",
    (
        _INSTITUTION,
        _NUMBER,
        C("absence_number", "the absence's number within the employment; a changed absence keeps it", S.TEXT, at_most=40),
        C("benefit", "what NAV refunds for it", S.CHOICE, choices=tuple(benefit.value for benefit in Benefit)),
        C("first_day", "first day of the absence", S.DATE),
        C("last_day", "last day of the absence; empty while the person is still absent", S.DATE, may_be_empty=True),
        C("degree_percent", "how much of the position is away, up to 100.00", S.PERCENT),
        C("coverage", "100 or 80 for parental benefit; empty where it is not chosen", S.CHOICE, may_be_empty=True, choices=("100", "80")),
        C("due_on", "birth, adoption or expected birth; empty where there is none", S.DATE, may_be_empty=True),
        C("status", "withdrawn when SAP took the absence back", S.CHOICE, choices=("active", "withdrawn")),
        _REGISTERED,
    ),
    key=("employment_number", "absence_number"),
)
ALLOCATIONS = Kind(
    "sap-allocations",
    "Who carries the cost of an employment: the shares of each day that is told sum to 100.00.",
    (
        _INSTITUTION,
        _NUMBER,
        C("first_day", "first day of the allocation", S.DATE),
        C("last_day", "last day of the allocation; empty while no end is known", S.DATE, may_be_empty=True),
        C("cost_centre", "the cost centre", S.TEXT, at_most=40),
        C("project", "the project; empty where the cost centre alone carries it", S.TEXT, may_be_empty=True, at_most=40),
        C("share_percent", "the share, up to 100.00", S.PERCENT),
        _REGISTERED,
    ),
    key=("employment_number", "first_day", "cost_centre", "project"),
)
FEED: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in (EMPLOYMENTS, PAY, ABSENCES, ALLOCATIONS)})

_RUN = (
    C("institution", "the institution's code in the house", S.INSTITUTION, at_most=20),
    C("run", "the booking run's number; a run that is repeated keeps it", S.COUNT),
    C("run_kind", "main or correction", S.CHOICE, choices=("main", "correction")),
    C("booked_on", "the day the run is booked", S.DATE),
    C("key", "names the line for good; a key that was taken once is never taken again", S.KEY),
)
LOAD = Kind(
    "sap-load",
    "What a booking run tells SAP: claims, payments and NAV's maximum dates.",
    (
        *_RUN,
        C("kind", "what the line tells", S.CHOICE, choices=("claim", "payment", "max_date")),
        C("employment_number", "the employment's number in SAP", S.TEXT, at_most=30),
        C("absence_number", "the absence's number in SAP", S.TEXT, may_be_empty=True, at_most=40),
        C("first_day", "first day that the amount is for; empty for a maximum date", S.DATE, may_be_empty=True),
        C("last_day", "last day that the amount is for; empty for a maximum date", S.DATE, may_be_empty=True),
        C("amount", "kroner; a claim or payment that is taken back is below nought; empty for a maximum date", S.MONEY, may_be_empty=True),
        C("account", "the account it stands on; empty for a maximum date", S.TEXT, may_be_empty=True, at_most=20),
        C("max_date", "the last day of the person's right at NAV, for infotype 41; empty for amounts", S.DATE, may_be_empty=True),
    ),
    key=("key",),
)
REJECTED = Kind(
    "sap-rejected",
    "The lines of a load file that SAP did not take.",
    (
        C("run", "the booking run's number as the load file has it", S.COUNT),
        C("key", "the line's key as the load file has it", S.KEY),
        C("code", "SAP's own code for why", S.TEXT, at_most=40),
        C("text", "SAP's own words", S.TEXT, may_be_empty=True, at_most=500),
    ),
    key=("run", "key"),
)
TRANSFER = Kind(
    "oa-transfer",
    "What a booking run tells the accounting system (OA); the amounts of a run sum to nought.",
    (
        *_RUN,
        C("account", "the account of the chart", S.TEXT, at_most=20),
        C("standard_account", "the account of SAF-T's standard chart", S.TEXT, may_be_empty=True, at_most=20),
        C("cost_centre", "the cost centre of the period the claim belongs to", S.TEXT, may_be_empty=True, at_most=40),
        C("project", "the project of the period the claim belongs to", S.TEXT, may_be_empty=True, at_most=40),
        C("first_day", "first day that the amount is for", S.DATE),
        C("last_day", "last day that the amount is for", S.DATE),
        C("amount", "kroner, debit above nought, credit below", S.MONEY),
        C("text", "what happened, without a person's name or number", S.TEXT, may_be_empty=True, at_most=200),
        C("corrects", "the key of the line of a closed run that this one corrects, else empty", S.KEY, may_be_empty=True),
    ),
    key=("key",),
)
ALL: Mapping[str, Kind] = MappingProxyType({**FEED, **{kind.name: kind for kind in (LOAD, REJECTED, TRANSFER)}})
