"""A pay run as its file tells it, and the same laid out for the guard: persons, employments and accounts as plain numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from refusion.salary_guard.columns import Absences, AgreedRates, Contracts, Ints, Lines, Payments, PayRun
from refusion.salary_guard.decision import NOT_SET, PersonLimits
from refusion.values.said import BadInput, Problem, said

OWN_ACCOUNT = "nemkonto_cpr"
"""The form of account that needs no number of its own: the person's NemKonto."""
STATES = ("", "active", "ended", "deleted")
"""How component 244 stands, in the order of ``Standing``."""
NOBODY, MOST = 0, 100


@dataclass(frozen=True, slots=True)
class RunRows:
    """The payments of a run in the order of the file, with the number of each row; money in øre, -1 where no limit is set.

    ``account_since`` is the ordinal of the day on which the account was entered, 0 where the file does not tell it.
    """

    rows: NDArray[np.int64]
    payment: NDArray[Any]
    employment: NDArray[Any]
    national_number: NDArray[Any]
    name: NDArray[Any]
    account_form: NDArray[Any]
    bank: NDArray[Any]
    account: NDArray[Any]
    net_pay: NDArray[np.int64]
    limit_this_run: NDArray[np.int64]
    component_244: NDArray[np.int64]
    component_244_state: NDArray[Any]
    text: NDArray[Any]
    account_since: NDArray[np.int64]


def laid_out(rows: RunRows, value_date: date) -> PayRun:
    """Lay a run's rows out as the guard's columns; persons, employments and accounts become numbers, 0 for none.

    A run alone tells no lines, contracts, absences and rates: those columns are empty.
    """
    payments = Payments(
        number=rows.payment,
        person=numbered(rows.national_number.tolist()),
        employment=numbered(rows.employment.tolist()),
        account=numbered(accounts_told(rows)),
        account_since=rows.account_since,
        net=rows.net_pay,
    )
    month = value_date.replace(day=1).toordinal()
    beside = (Lines(*empty(Lines)), Contracts(*empty(Contracts)), Absences(*empty(Absences)), AgreedRates(*empty(AgreedRates)))
    return PayRun(month, value_date.toordinal(), payments, *beside)


def need_whole_limits(rows: RunRows, file: str) -> None:
    """Refuse limits that are told by half or lie below zero: a component 244 stands with its state and its amount, or with neither.

    Raises BadInput with up to a hundred rows.
    """
    told = np.asarray(rows.component_244_state != "", np.bool_)
    half = np.flatnonzero((rows.component_244 != NOT_SET) != told)
    below = np.flatnonzero((rows.limit_this_run < NOT_SET) | (rows.component_244 < NOT_SET))
    problems = [
        Problem(said("guard.component_half"), said("guard.component_half_remedy"), file, int(rows.rows[row]), "component_244")
        for row in half.tolist()
    ]
    problems += [
        Problem(said("guard.limit_negative"), said("guard.limit_negative_remedy"), file, int(rows.rows[row])) for row in below.tolist()
    ]
    if problems:
        raise BadInput(*problems[:MOST])


def limits_told(person: Ints, rows: RunRows) -> PersonLimits:
    """Gather the limits that a run tells of each person; of several employments the highest that is set holds."""
    standing = np.array([STATES.index(state) for state in rows.component_244_state.tolist()], np.int64)
    each = np.unique(person)
    place = np.searchsorted(each, person)
    this_run, component, state = (np.full(len(each), start, np.int64) for start in (NOT_SET, NOT_SET, 0))
    np.maximum.at(this_run, place, rows.limit_this_run)
    np.maximum.at(component, place, rows.component_244)
    holds = (rows.component_244 == component[place]) & (rows.component_244 != NOT_SET)
    state[place[holds]] = standing[holds]
    return PersonLimits(each, this_run, component, state)


def accounts_told(rows: RunRows) -> Iterator[str]:
    """Name the account of each payment; nothing where the file names none."""
    columns = (rows.account_form, rows.bank, rows.account, rows.national_number)
    return (account_named(*one) for one in zip(*(column.tolist() for column in columns), strict=True))


def numbered(texts: Any) -> Ints:
    """Give equal texts the same number, from 1; the empty text is 0."""
    known: dict[str, int] = {"": NOBODY}
    return np.fromiter((known.setdefault(text, len(known)) for text in texts), np.int64)


def empty(of: type) -> list[Ints]:
    """Give empty columns: what a run alone does not tell."""
    return [np.zeros(0, np.int64) for _ in fields(of)]


def account_named(form: str, bank: str, account: str, number: str) -> str:
    """Name an account; nothing where the file names none. A NemKonto by CPR is the person's own."""
    named = number if form == OWN_ACCOUNT and not account else account
    return f"{form} {bank} {named}" if named else ""
