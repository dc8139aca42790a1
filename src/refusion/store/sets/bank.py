"""Absorbs the lines of a bank file: each to the institution whose account it stands on, or to the mandate's tray."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from refusion.store.columns import as_json
from refusion.store.sets.staging import stage, words
from refusion.store.tenant import Tenant
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.workflow.ports.bank import BankLine

FOREIGN_ACCOUNT, FOREIGN_CURRENCY = "bank.foreign_account", "bank.foreign_currency"
_STAGED = (
    "id uuid, mandate_id uuid, institution_id bigint, key text, account text, currency text, amount bigint, booked_on date, "
    "reference text, payer text, text text, tray text"
)
_LIST = ", ".join(column.split()[0] for column in _STAGED.split(", "))
_TOLD = "digest text, details text"
_MANDATES = """
    SELECT m.id, a.account, a.currency, a.institution_id FROM mandate m
    LEFT JOIN mandate_account a ON a.mandate_id = m.id ORDER BY m.code, a.account, a.currency
"""
# No conflict is named: a line that another institution sees alone is passed over without being read.
_KEEP = f"""
    INSERT INTO bank_line ({_LIST}, received_by_id, file_id, recorded_at)
    SELECT {_LIST}, %(institution)s, %(file)s, %(at)s FROM pg_temp.staged_line ORDER BY place
    ON CONFLICT DO NOTHING
"""  # noqa: S608 (our own names)
# What a file tells of a line beside its sum: the transactions inside, and words that another file told otherwise, so that it
# doesn't matter which file came first. What another institution sees alone is kept whenever it is told.
_TELL = """
    INSERT INTO line_telling (line_id, digest, mandate_id, institution_id, received_by_id, payer, text, details, recorded_at)
    SELECT s.id, s.digest, s.mandate_id, s.institution_id, %(institution)s, s.payer, s.text, s.details::jsonb, %(at)s
    FROM pg_temp.staged_line s LEFT JOIN bank_line b ON b.id = s.id
    WHERE s.details <> '[]' OR b.id IS NULL OR (b.payer, b.text) IS DISTINCT FROM (s.payer, s.text) ORDER BY s.place
    ON CONFLICT DO NOTHING
"""
Place = tuple[UUID, int | None]


def absorb_lines(tenant: Tenant, lines: Sequence[BankLine], file: UUID, at: datetime) -> tuple[int, int]:
    """Keep the lines that are not there yet; gives how many were new and how many were known.

    Raises Refused when the institution has no mandate.
    """
    if not lines:
        return 0, 0
    places = _Places.of(tenant)
    placed = [_placed(line, places) for line in lines]
    stage(tenant, "staged_line", f"{_STAGED}, {_TOLD}", [words(column) for column in zip(*placed, strict=True)])
    new = tenant.run(_KEEP, file=file, at=at)
    tenant.run(_TELL, at=at)
    return new, len(lines) - new


class _Places:
    """Where lines go: by account and currency, by account alone, or to the first mandate's tray."""

    def __init__(self, rows: list[tuple[UUID, str | None, str | None, int | None]]) -> None:
        self.first = rows[0][0]
        self.exact: dict[tuple[str, str], Place] = {}
        self.account: dict[str, UUID] = {}
        for mandate, account, currency, institution in rows:
            if account is not None and currency is not None:
                self.exact.setdefault((account, currency), (mandate, institution))
                self.account.setdefault(account, mandate)

    @classmethod
    def of(cls, tenant: Tenant) -> _Places:
        """Read the institution's mandates and their accounts."""
        rows = tenant.rows(_MANDATES)
        if not rows:
            raise Refused(said("store.no_mandate", institution=tenant.institution.code))
        return cls([(row[0], row[1], row[2], row[3]) for row in rows])

    def of_line(self, line: BankLine) -> tuple[UUID, int | None, str | None]:
        """Give the line's mandate, its institution, and why it lies in the tray where it has none."""
        mandate, institution = self.exact.get((line.account, line.currency), (None, None))
        if mandate is not None:
            return mandate, institution, None if institution is not None else line.tray or FOREIGN_ACCOUNT
        if line.account in self.account:
            return self.account[line.account], None, line.tray or FOREIGN_CURRENCY
        return self.first, None, line.tray or FOREIGN_ACCOUNT


def _placed(line: BankLine, places: _Places) -> tuple[object, ...]:
    mandate, institution, tray = places.of_line(line)
    found = derived_id(mandate, "bank_line", line.key)
    facts = (line.account, line.currency, line.amount, line.booked_on, line.reference, line.payer, line.text, tray)
    return (found, mandate, institution, line.key, *facts, *_telling(line))


def _telling(line: BankLine) -> tuple[str, str]:
    """Give the digest of what is told of a line, and the transactions inside it."""
    inside = as_json(sorted([detail.amount, detail.payer, list(detail.told)] for detail in line.details))
    return hashlib.sha256(as_json([line.payer, line.text, inside]).encode()).hexdigest(), inside
