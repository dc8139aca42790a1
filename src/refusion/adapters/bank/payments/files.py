"""Writes an order as files of at most 10,000 payments, checked against the schema: all of them or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from lxml import etree

from refusion.adapters.bank.payments.checks import need_payable
from refusion.adapters.bank.payments.orders import Order, Payment
from refusion.adapters.bank.payments.writer import VERSIONS, pieces
from refusion.adapters.bank.stream import SCHEMAS
from refusion.values.said import Refused, said

MOST = 10_000
"""NemKonto takes at most so many payments a file (danish-counterparties §5)."""


def write_files(target: Path, order: Order, payments: Sequence[Payment], version: str = "03") -> tuple[Path, ...]:
    """Write FILE.xml, or FILE-001.xml, FILE-002.xml … above 10,000 payments; gives the files in order.

    Every file is written and checked under another name beside its own before the first takes its name, and the first
    part takes its name last: where it stands, all stand. Raises BadInput naming each payment that cannot go, Refused
    where there are none, where a file stands already, or where what was written breaks the schema; then nothing is there.
    """
    if not payments:
        raise Refused(said("pain.none"))
    need_payable(order, payments, target.name)
    names = names_of(target, len(payments))
    standing = next((name for name in (*names, target) if name.exists()), None)
    if standing is not None:
        raise Refused(said("pain.file_stands", file=standing.name))
    beside = [name.with_name(f".{name.name}.part") for name in names]
    try:
        for number, part in enumerate(beside):
            _write(part, order, number + 1, payments[number * MOST : (number + 1) * MOST], version)
        for part, name in reversed(list(zip(beside, names, strict=True))):
            part.rename(name)
    finally:
        for part in beside:
            part.unlink(missing_ok=True)
    return names


def names_of(target: Path, payments: int) -> tuple[Path, ...]:
    """Give the names of the files that so many payments take."""
    if payments <= MOST:
        return (target,)
    parts = (payments + MOST - 1) // MOST
    return tuple(target.with_name(f"{target.stem}-{number:03d}{target.suffix}") for number in range(1, parts + 1))


def _write(part: Path, order: Order, number: int, payments: Sequence[Payment], version: str) -> None:
    """Write one file, wait until it lies on the disk, and hold what lies there against the schema."""
    with part.open("wb") as file:
        file.writelines(pieces(order, number, payments, version))
        file.flush()
        os.fsync(file.fileno())
    try:
        _schema(version).assertValid(etree.parse(part, etree.XMLParser(resolve_entities=False, no_network=True)))
    except etree.DocumentInvalid as error:
        raise Refused(said("pain.against_schema", why=str(error))) from error


@lru_cache(maxsize=len(VERSIONS))
def _schema(version: str) -> etree.XMLSchema:
    """Read a schema once per process."""
    return etree.XMLSchema(etree.parse(SCHEMAS / f"pain.001.001.{version}.xsd"))
