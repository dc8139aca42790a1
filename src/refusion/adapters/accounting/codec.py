"""Bytes ↔ rows and plain-text ledgers; pure. What we write we also read, strictly: anything else raises ValueError."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from refusion.adapters.accounting.messages import (
    COLUMNS,
    TAGS,
    Column,
    PlainEntry,
    PlainJournal,
    PlainPosting,
    Row,
)
from refusion.values.money import kroner, ore

PARTED_BY = {"navision": ";", "csv": ","}
_REMARK, _CURRENCY = re.compile(r"; (.*)"), re.compile(r"commodity ([A-Z]{3})")
_ACCOUNT = re.compile(r"account (\S+)")
_HEAD = re.compile(r"(\d{4}-\d{2}-\d{2}) \((RF[1-9]\d*)\) ([^\r\n;]+)")
_TAG = re.compile(r"    ; ([a-z]+): ([^\r\n]*)")
_POSTING = re.compile(r"    (\S+)  +(-?\d+\.\d{2}) ([A-Z]{3})")


def write_rows(form: str, rows: Iterable[Row]) -> bytes:
    """Write rows under their headings in UTF-8 with a byte order mark. Raises ValueError for a text that its column refuses."""
    columns = COLUMNS[form]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=PARTED_BY[form], lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_fitting(column, row[column.name]) for column in columns])
    return written.getvalue().encode("utf-8-sig")


def read_rows(form: str, raw: bytes) -> tuple[Row, ...]:
    """Read what :func:`write_rows` wrote. Raises ValueError for other headings, or a text that its column refuses."""
    columns = COLUMNS[form]
    lines = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=PARTED_BY[form], strict=True)
    names = [column.name for column in columns]
    if next(lines, None) != names:
        raise ValueError(f"the headings are not {names}")
    return tuple(_row(columns, line) for line in lines)


def _row(columns: Sequence[Column], line: Sequence[str]) -> Row:
    return {column.name: _fitting(column, text) for column, text in zip(columns, line, strict=True)}


def _fitting(column: Column, text: str) -> str:
    if len(text) > column.most or not re.fullmatch(column.pattern, text):
        raise ValueError(f"column {column.name} does not take {text!r}")
    return text


def write_plain(journal: PlainJournal) -> bytes:
    """Write a plain-text ledger as hledger and ledger read it."""
    return "\n".join([*_plain_lines(journal), ""]).encode()


def _plain_lines(journal: PlainJournal) -> Iterator[str]:
    yield from (f"; {remark}" for remark in journal.remarks)
    yield ""
    # Both programs then know the currency and how it is written, in their strictest reading too.
    yield f"commodity {journal.currency}"
    yield f"    format 1000.00 {journal.currency}"
    yield from (f"tag {name}" for name in TAGS)
    for account, name in journal.accounts:
        yield f"account {account}"
        if name:
            yield f"    ; {name}"
    for entry in journal.entries:
        yield ""
        yield f"{entry.day} ({entry.code}) {entry.description}"
        yield from (f"    ; {name}: {value}" for name, value in entry.tags)
        yield from (f"    {one.account}    {kroner(one.amount)} {one.currency}" for one in entry.postings)


def read_plain(raw: bytes) -> PlainJournal:
    """Read what :func:`write_plain` wrote. Raises ValueError naming the first line that is none of its forms."""
    blocks = [block.split("\n") for block in raw.decode().removesuffix("\n").split("\n\n")]
    if len(blocks) == 1:
        raise ValueError("a plain-text ledger names its currency after its remarks")
    head, (currency, _form, *accounts), *entries = blocks
    remarks = tuple(_matched(_REMARK, line)[0] for line in head)
    return PlainJournal(remarks, _matched(_CURRENCY, currency)[0], tuple(_accounts(accounts)), tuple(map(_entry, entries)))


def _accounts(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines):
        if line.startswith("account "):
            after = lines[number + 1] if number + 1 < len(lines) else ""
            yield _matched(_ACCOUNT, line)[0], after.removeprefix("    ; ") if after.startswith("    ; ") else ""


def _entry(lines: Sequence[str]) -> PlainEntry:
    day, code, description = _matched(_HEAD, lines[0])
    tags = tuple((name, value) for name, value in (_matched(_TAG, line) for line in lines[1:] if line.startswith("    ;")))
    postings = tuple(_posting(line) for line in lines[1:] if not line.startswith("    ;"))
    return PlainEntry(day, code, description, tags, postings)


def _posting(line: str) -> PlainPosting:
    account, amount, currency = _matched(_POSTING, line)
    return PlainPosting(account, ore(amount), currency)


def _matched(form: re.Pattern[str], line: str) -> tuple[str, ...]:
    found = form.fullmatch(line)
    if found is None:
        raise ValueError(f"not a line of a plain-text ledger as it is written here: {line!r}")
    return tuple(found.groups())
