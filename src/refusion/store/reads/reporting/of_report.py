"""Reads the rows that a report of some name is made of, each kind with the persons shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from refusion.reports.catalogue import Rows
from refusion.store.reads.claim_lines import claim_lines
from refusion.store.reads.reporting.filings import filing_lines
from refusion.store.reads.reporting.incoming import history, incoming_lines
from refusion.store.reads.reporting.losses import loss_lines
from refusion.store.reads.reporting.work import work_lines

Shown = tuple[Rows, tuple[UUID, ...]]


def rows_of(name: str, first: date, last: date, zone: str) -> Shown:
    """Give the rows of a report whose days touch the period, and the persons that they show."""
    return _OTHERS[name](first, last, zone) if name in _OTHERS else _of("claims", claim_lines(first, last))


def _of(field: str, found: tuple[tuple[UUID, Any], ...], **more: Any) -> Shown:
    lines = tuple(line for _, line in found)
    return Rows(**{field: lines}, **more), tuple(person for person, _ in found)


_OTHERS: Mapping[str, Callable[[date, date, str], Shown]] = MappingProxyType({
    "lost": lambda first, last, _zone: _of("losses", loss_lines(first, last)),
    "forecast": lambda first, last, _zone: _of("incoming", incoming_lines(first, last), past=history()),
    "punctuality": lambda first, last, zone: _of("filings", filing_lines(first, last, zone)),
    "work-saved": lambda first, last, _zone: _of("work", work_lines(first, last)),
})
