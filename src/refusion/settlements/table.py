"""Matches whole tables: columns of lines and of what is to come in, pairs with their reason out."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from refusion.settlements.by_columns.columns import NOT_TOLD, LineColumns, OpenColumns, Proof, Reason, Truth, Whole
from refusion.settlements.by_columns.keys import mixed, packed
from refusion.settlements.by_columns.ladder import match_columns
from refusion.settlements.match import REASONS
from refusion.values.said import BadInput, Problem, said

NEEDED = ("reference", "person", "first", "last", "amount")
_LONGEST = 64  # bytes of a key that are compared as words; longer ones are numbered by a dictionary
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(9)], np.uint64)
_NAMES = [REASONS[Reason(number)] if number in set(Reason) else "" for number in range(max(Reason) + 1)]


def match_tables(received: pa.Table, expected: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Match lines with what is to come; gives the pairs, and the lines that are left, each with its reason.

    Both tables have ``reference`` and ``person`` (texts as they are to be compared, or whole numbers), ``first`` and
    ``last`` (days) and ``amount`` (øre, signed); empty says that it is not told. A line without a reference is known by
    person, period and amount, or by its person alone. ``received`` may have ``identity`` (what tells equal lines
    apart), ``expected`` may have ``claim`` (rows of one claim) and ``matched`` (øre that came before).
    Pairs name rows by number, from 0: ``received``, ``expected``, ``amount`` (øre), ``reason``.
    Raises BadInput for a column that lacks or an amount that is empty.
    """
    _refuse_lacking(received, expected)
    groups, proof = _references(received["reference"], expected["reference"])
    people = _keys(received["person"], expected["person"])
    days = [(_days(table["first"]), _days(table["last"])) for table in (received, expected)]
    claims = _keys(expected["claim"], expected["claim"])[0] if "claim" in expected.column_names else np.arange(len(expected))
    found = match_columns(
        LineColumns(
            identity=_identities(received),
            amount=_wholes(received["amount"]),
            group=groups[0],
            person=people[0],
            party=np.where(days[0][0] == NOT_TOLD, people[0], NOT_TOLD),
            first=days[0][0],
            last=days[0][1],
            overlaps=np.zeros(len(received), np.bool_),
        ),
        OpenColumns(
            owner=claims,
            amount=_wholes(expected["amount"]),
            matched=_wholes(expected["matched"]) if "matched" in expected.column_names else np.zeros(len(expected), np.int64),
            group=groups[1],
            person=people[1],
            party=people[1],
            first=days[1][0],
            last=days[1][1],
        ),
        proof,
    )
    pairs = {"received": found.line, "expected": found.opened, "amount": found.amount, "reason": _said(found.reason)}
    rest = np.flatnonzero(found.left)
    return pa.table(pairs), pa.table({"received": rest, "reason": _said(found.left[rest])})


def _refuse_lacking(received: pa.Table, expected: pa.Table) -> None:
    """Refuse tables without a needed column, or with an empty amount."""
    problems = []
    for name, table in (("received", received), ("expected", expected)):
        problems += [_problem("settlements.column_lacking", name, column) for column in NEEDED if column not in table.column_names]
        if "amount" in table.column_names and table["amount"].null_count:
            problems.append(_problem("settlements.amount_empty", name, "amount"))
    if problems:
        raise BadInput(*problems)


def _problem(key: str, table: str, column: str) -> Problem:
    return Problem(said(key, table=table, column=column), said("settlements.columns_needed", columns=", ".join(NEEDED)), column=column)


def _said(reasons: Whole) -> pa.Array:
    """Name the reasons by their keys, each key once."""
    return pa.DictionaryArray.from_arrays(pa.array(reasons.astype(np.int8)), pa.array(_NAMES))


def _identities(received: pa.Table) -> Whole:
    """Give what tells equal lines apart; without it, lines are told apart by their place."""
    return _wholes(received["identity"]) if "identity" in received.column_names else np.arange(len(received))


def _wholes(column: pa.ChunkedArray) -> Whole:
    """Give whole numbers, NOT_TOLD where there are none."""
    filled = column.fill_null(NOT_TOLD) if column.null_count else column
    return np.ascontiguousarray(filled.combine_chunks().cast(pa.int64()).to_numpy(zero_copy_only=False), np.int64)


def _days(column: pa.ChunkedArray) -> Whole:
    """Give days as numbers from 1970, moved so that none is NOT_TOLD."""
    if not pa.types.is_date(column.type):
        return _wholes(column)
    days = column.cast(pa.date32()).combine_chunks().view(pa.int32()).cast(pa.int64())
    moved = np.ascontiguousarray(days.fill_null(0).to_numpy(zero_copy_only=False)) + np.int64(719_163)
    return np.where(_is_told(days), moved, NOT_TOLD)


def _is_told(column: pa.Array) -> Truth:
    told: Truth = column.is_valid().to_numpy(zero_copy_only=False)
    return told


def _references(left: pa.ChunkedArray, right: pa.ChunkedArray) -> tuple[tuple[Whole, Whole], Proof | None]:
    """Give one number per row of both columns, NOT_TOLD where a row has none, and what proves equal numbers equal."""
    if not (_is_text(left) and _is_text(right)):
        return (_wholes(left), _wholes(right)), None
    sides = _texts(left, right)
    longest = _longest(sides)
    if longest > _LONGEST:
        return _keys(left, right), None
    words = [_words(side, longest) for side in sides]
    numbers = [_where_told(mixed(columns), _tells(side)) for columns, side in zip(words, sides, strict=True)]
    return (numbers[0], numbers[1]), Proof(tuple(words[0]), tuple(words[1]))


def _keys(left: pa.ChunkedArray, right: pa.ChunkedArray) -> tuple[Whole, Whole]:
    """Give one number per row of both columns, equal exactly where the keys are; NOT_TOLD where a row has none."""
    if not (_is_text(left) and _is_text(right)):
        return _wholes(left), _wholes(right)
    sides = _texts(left, right)
    longest = _longest(sides)
    numbers = _by_dictionary(sides) if longest > _LONGEST else packed(_words(sides[0], longest), _words(sides[1], longest))
    return _where_told(numbers[0], _tells(sides[0])), _where_told(numbers[1], _tells(sides[1]))


def _where_told(numbers: Whole, told: Truth) -> Whole:
    """Keep the numbers of rows that tell something; none of these is NOT_TOLD by chance."""
    kept = np.where(numbers == NOT_TOLD, np.iinfo(np.int64).min, numbers)
    return np.where(told, kept, NOT_TOLD)


def _texts(left: pa.ChunkedArray, right: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """Give both columns in one piece each."""
    return left.cast(pa.string()).combine_chunks(), right.cast(pa.string()).combine_chunks()


def _longest(sides: tuple[pa.Array, pa.Array]) -> int:
    """Give the number of bytes of the longest text."""
    return max(int(np.diff(_offsets(side)).max(initial=0)) for side in sides)


def _tells(side: pa.Array) -> Truth:
    """Tell which rows hold a text that isn't empty."""
    holds: Truth = np.diff(_offsets(side)) > 0
    return holds & _is_told(side) if side.null_count else holds


def _is_text(column: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type))


def _offsets(side: pa.Array) -> Whole:
    """Give where each text begins, and where the last one ends."""
    if not len(side):
        return np.zeros(1, np.int64)
    return np.frombuffer(side.buffers()[1], np.int32)[side.offset : side.offset + len(side) + 1].astype(np.int64)


def _words(side: pa.Array, longest: int) -> list[Whole]:
    """Give the length of each text, its first eight bytes, the next eight, and so on, as whole numbers."""
    offsets = _offsets(side)
    begins, size = offsets[:-1], np.diff(offsets)
    written = np.frombuffer(side.buffers()[2] or b"", np.uint8) if len(side) else np.zeros(0, np.uint8)
    padded = np.concatenate([written, np.zeros(8, np.uint8)])
    anywhere = np.ndarray((len(written) + 1,), "<u8", padded, strides=(1,))
    words = [size]
    for place in range(0, longest, 8):
        word = anywhere[np.minimum(begins + place, len(written))]
        words.append((word & _MASKS[np.clip(size - place, 0, 8)]).view(np.int64))
    return words


def _by_dictionary(sides: tuple[pa.Array, pa.Array]) -> tuple[Whole, Whole]:
    """Number texts by the place at which each is first met."""
    met = pa.chunked_array(list(sides)).combine_chunks().dictionary_encode().indices.fill_null(0)
    numbers = met.to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers[: len(sides[0])], numbers[len(sides[0]) :]
