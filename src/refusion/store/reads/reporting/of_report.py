"""Reads the rows that a report of some name is made of, each kind with the persons shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from refusion.reports.catalogue import Rows
from refusion.store.reads.claim_lines import claim_lines
from refusion.store.reads.reporting.filings import filing_lines
from refusion.store.reads.reporting.incoming import history, incoming_lines
from refusion.store.reads.reporting.losses import loss_lines
from refusion.store.reads.reporting.work import work_lines

Line = TypeVar("Line")
Shown = tuple[Rows, tuple[UUID, ...]]


def rows_of(name: str, first: date, last: date, zone: str) -> Shown:
    """Give the rows of a report whose days touch the period, and the persons that they show."""
    return _OTHERS.get(name, _claims)(first, last, zone)


def _claims(first: date, last: date, _zone: str) -> Shown:
    persons, lines = _parted(claim_lines(first, last))
    return Rows(claims=lines), persons


def _lost(first: date, last: date, _zone: str) -> Shown:
    persons, lines = _parted(loss_lines(first, last))
    return Rows(losses=lines), persons


def _forecast(first: date, last: date, _zone: str) -> Shown:
    persons, lines = _parted(incoming_lines(first, last))
    return Rows(incoming=lines, past=history()), persons


def _punctuality(first: date, last: date, zone: str) -> Shown:
    persons, lines = _parted(filing_lines(first, last, zone))
    return Rows(filings=lines), persons


def _work_saved(first: date, last: date, _zone: str) -> Shown:
    persons, lines = _parted(work_lines(first, last))
    return Rows(work=lines), persons


def _parted(found: Sequence[tuple[UUID, Line]]) -> tuple[tuple[UUID, ...], tuple[Line, ...]]:
    return tuple(person for person, _ in found), tuple(line for _, line in found)


_OTHERS: Mapping[str, Callable[[date, date, str], Shown]] = MappingProxyType({
    "lost": _lost,
    "forecast": _forecast,
    "punctuality": _punctuality,
    "work-saved": _work_saved,
})
