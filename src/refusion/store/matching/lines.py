"""The open lines of an institution with everything that any file told of them; persons by opaque keys only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from refusion.store.columns import from_json
from refusion.store.tenant import Row, Tenant
from refusion.values.national_number import NotANationalNumber, parse
from refusion.workflow.ports.bank import LineDetail
from refusion.workflow.ports.matching import OpenLine, Told

_OPEN = """
    SELECT b.id, b.position, b.amount, b.amount - coalesce(came.amount, 0)::bigint - coalesce(gone.amount, 0)::bigint,
           b.booked_on, b.payer, b.reference, b.text, came.line_id IS NOT NULL, parked.until, parked.reason
    FROM bank_line b
    LEFT JOIN (
        SELECT m.line_id, sum(m.amount) AS amount FROM bank_match m WHERE m.institution_id = %(institution)s GROUP BY m.line_id
    ) came ON came.line_id = b.id
    LEFT JOIN (
        SELECT w.line_id, sum(w.amount) AS amount FROM write_off w
        WHERE w.institution_id = %(institution)s AND w.line_id IS NOT NULL AND w.outcome = 'approved' GROUP BY w.line_id
    ) gone ON gone.line_id = b.id
    LEFT JOIN LATERAL (
        SELECT p.until, p.reason FROM parked_line p WHERE p.institution_id = %(institution)s AND p.line_id = b.id
        ORDER BY p.position DESC LIMIT 1
    ) parked ON true
    WHERE b.institution_id = %(institution)s AND b.amount <> coalesce(came.amount, 0) + coalesce(gone.amount, 0)
    ORDER BY b.booked_on, b.key
"""
_TELLINGS = """
    SELECT line_id, payer, text, details::text FROM line_telling WHERE institution_id = %(institution)s AND line_id = ANY (%(lines)s)
"""
_KEPT = """
    SELECT line_id, claim_id, decision_id, count(*) FILTER (WHERE undoes_id IS NULL), bool_or(undoes_id IS NOT NULL)
    FROM bank_match WHERE institution_id = %(institution)s AND line_id = ANY (%(lines)s) GROUP BY 1, 2, 3
"""
_PEOPLE = "SELECT id FROM person WHERE institution_id = %(institution)s AND id = ANY (%(ids)s)"
_NUMBER = re.compile(r"(?<![\w-])\d{6}[- ]?\d{4}(?![\w-])", re.ASCII)
Telling = tuple[str, str, str]


def open_lines(tenant: Tenant) -> tuple[OpenLine, ...]:
    """Give the lines that are neither matched nor written off in whole, by day."""
    rows = tenant.rows(_OPEN)
    ids = [row[0] for row in rows]
    tellings = _tellings(tenant, ids) if ids else {}
    kept, undone = _kept(tenant, [row[0] for row in rows if row[8]])
    told = {row[0]: _all_told(row, tellings.get(row[0], ())) for row in rows}
    people = people_named(tenant, told)
    return tuple(
        OpenLine(
            id=row[0],
            number=row[1],
            amount=row[2],
            rest=row[3],
            booked_on=row[4],
            payer=min({row[5], *(payer for payer, _, _ in tellings.get(row[0], ()))} - {""}, default=""),
            told=told[row[0]],
            people=people.get(row[0], ()),
            details=_details(tenant, tellings.get(row[0], ()), people.get(row[0], ())),
            kept=kept.get(row[0], {}),
            undone=row[0] in undone,
            parked_until=row[9],
            parked_because=row[10] or "",
        )
        for row in rows
    )


def people_named(tenant: Tenant, told: Mapping[UUID, Iterable[str]]) -> dict[UUID, tuple[str, ...]]:
    """Give for each line the opaque keys of the known persons whose national numbers its texts hold."""
    named: dict[UUID, set[UUID]] = {}
    for line, texts in told.items():
        found = {person_id(tenant, number) for text in texts for number in numbers_in(text)}
        if found:
            named[line] = found
    if not named:
        return {}
    known = set(tenant.column(_PEOPLE, ids=sorted(set().union(*named.values()))))
    return {line: tuple(sorted(str(person) for person in found & known)) for line, found in named.items()}


def numbers_in(text: str) -> list[str]:
    """Give the ten digits of everything in a text that may be a national number."""
    digits = []
    for found in _NUMBER.findall(text):
        try:
            digits.append(parse(found, "DK").digits)
        except NotANationalNumber:
            continue
    return digits


def without_numbers(text: str) -> str:
    """Give a text without the national numbers in it."""
    return " ".join(_NUMBER.sub(" ", text).split())


def person_id(tenant: Tenant, national_number: str) -> UUID:
    """Give the id that a person has or will have: it follows from the blind index of his number."""
    return tenant.id_of("person", tenant.keys.index(national_number).hex())


def _tellings(tenant: Tenant, lines: Sequence[UUID]) -> dict[UUID, list[Telling]]:
    found: defaultdict[UUID, list[Telling]] = defaultdict(list)
    for line, *telling in tenant.rows(_TELLINGS, lines=list(lines)):
        found[line].append((telling[0], telling[1], telling[2]))
    return found


def _kept(tenant: Tenant, lines: Sequence[UUID]) -> tuple[dict[UUID, dict[Told, int]], set[UUID]]:
    """Count the matches made of each line by claim and decision, and name the lines of which one was taken back."""
    kept: defaultdict[UUID, dict[Told, int]] = defaultdict(dict)
    undone: set[UUID] = set()
    for line, claim, decision, made, is_undone in tenant.rows(_KEPT, lines=list(lines)) if lines else ():
        kept[line][claim, decision] = int(made)
        undone |= {line} if is_undone else set()
    return kept, undone


def _all_told(row: Row, tellings: Sequence[Telling]) -> tuple[str, ...]:
    """Give reference and texts of every telling, in an order that doesn't depend on which came first."""
    texts = sorted({row[7], *(text for _, text, _ in tellings)})
    return tuple(text for text in (row[6], *(line for text in texts for line in text.splitlines())) if text)


def _details(tenant: Tenant, tellings: Sequence[Telling], people: Sequence[str]) -> tuple[LineDetail, ...]:
    """Give the transactions inside a line as the richest telling has them, each with its one known person."""
    written = max((details for _, _, details in tellings), key=lambda text: (len(text), text), default="[]")
    inside: list[Any] = from_json(written)
    return tuple(LineDetail(amount, payer, tuple(told), _person(tenant, told, people)) for amount, payer, told in inside)


def _person(tenant: Tenant, told: Sequence[str], people: Sequence[str]) -> str:
    """Give the key of the one known person that texts name, or nothing."""
    named = {str(person_id(tenant, number)) for text in told for number in numbers_in(text)} & set(people)
    return named.pop() if len(named) == 1 else ""
