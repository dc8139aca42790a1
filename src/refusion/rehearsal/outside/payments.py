"""The bank's side of the world: a day's payments of the authority become the day's statement, not always as they should."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from refusion.adapters.bank import read_file
from refusion.adapters.bank.twin import Payment, TwinAccount, lump, statement
from refusion.rehearsal.chance import drawn
from refusion.rehearsal.institution.days import after
from refusion.rehearsal.institution.facts import Profile

SAMPLE = "statement-dk.camt.053.xml"
WRONG_ONE_IN, WRONG_BY = 60, -50000
"""One payment in how many comes with how many øre too few."""
LUMP_OF = 3
"""How many payments of a day the payer puts into one sum, where there are more of them than that."""
UNKNOWN_AMOUNT, UNKNOWN_EVERY = 124500, 90
"""A sum that nobody expected, on one day in every so many."""


def statement_of(profile: Profile, day: date, paid: Iterable[Mapping[str, Any]]) -> tuple[str, bytes] | None:
    """Make the day's statement of an institution's account; None on a day without payments."""
    mine = [one for one in paid if one["cvr"] == profile.company_number]
    wrong = [_payment(day, one, WRONG_BY) for one in mine if _is_wrong(profile, day, one)]
    right = [_payment(day, one) for one in mine if not _is_wrong(profile, day, one)]
    lines = [*_lumped(right), *wrong, *_unknown(profile, day)]
    if not lines:
        return None
    account = TwinAccount(profile.account, profile.name)
    return f"camt053-{day.isoformat()}-{profile.code.lower()}.xml", statement(account, day, lines)


def sample_statement(profile: Profile, day: date) -> tuple[str, bytes] | None:
    """Give the product's own statement on the day it was made, to the institution that owns its account."""
    raw, account, booked = _sample()
    return (SAMPLE, raw) if account == profile.account and booked == day else None


@cache
def _sample() -> tuple[bytes, str | None, date]:
    """Give the product's own statement, the account it tells of and its last day."""
    raw = files("refusion.adapters.bank").joinpath("samples", SAMPLE).read_bytes()
    told = read_file(raw, SAMPLE)
    return raw, told.account, max(entry.booked_on for entry in told.booked if entry.booked_on)


def _payment(day: date, paid: Mapping[str, Any], wrong_by: int = 0) -> Payment:
    return Payment(day, paid["amount_ore"] + wrong_by, paid["reference"], (paid["text"],), payer=paid["payer"])


def _is_wrong(profile: Profile, day: date, paid: Mapping[str, Any]) -> bool:
    if paid["amount_ore"] <= -WRONG_BY:
        return False
    drawn_by_lot = drawn(profile.seed, WRONG_ONE_IN, "wrong payment", paid["reference"]) == 0
    return drawn_by_lot or _is_example(profile, day, paid["reference"])


def _is_example(profile: Profile, day: date, reference: str) -> bool:
    """Let every eighth payment of one fortnight in the middle of the time be wrong, so that each institution sees one."""
    middle = after(profile.first, (profile.last - profile.first).days * 2 // 3)
    return 0 <= (day - middle).days < 14 and drawn(profile.seed, 8, "example", reference) == 0  # noqa: PLR2004 - as said


def _lumped(due: list[Payment]) -> list[Payment]:
    """Put the first payments of a busy day into one sum over several employees."""
    together = [payment for payment in due if payment.amount > 0][:LUMP_OF]
    if len(due) <= LUMP_OF or len(together) < LUMP_OF:
        return due
    return [lump(together), *(one for one in due if one not in together)]


def _unknown(profile: Profile, day: date) -> list[Payment]:
    """Let money come now and then that belongs to no claim."""
    if drawn(profile.seed, UNKNOWN_EVERY, profile.code, "unknown line", day) != 0:
        return []
    return [Payment(day, UNKNOWN_AMOUNT, None, ("Tilbagebetaling kursusgebyr",), payer="Eksempel Kursuscenter ApS")]
