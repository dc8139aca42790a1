"""Money is whole øre in an int; text in kroner exists only where people or files read it."""

from __future__ import annotations

import re
from typing import NewType

Ore = NewType("Ore", int)

_PLAIN = re.compile(r"(-?)(\d+)(?:\.(\d{1,2}))?")


def ore(kroner_text: str) -> Ore:
    """Read an amount written as plain kroner, ``-1234.50`` or ``1234``, into øre.

    Raises ValueError for anything else: thousands separators, three decimals, exponents.
    """
    written = _PLAIN.fullmatch(kroner_text.strip())
    if written is None:
        raise ValueError(f"not an amount in kroner: {kroner_text!r}")
    sign, whole, part = written.groups()
    amount = int(whole) * 100 + int((part or "0").ljust(2, "0"))
    return Ore(-amount if sign else amount)


def kroner(amount: int) -> str:
    """Write øre as plain kroner with two decimals, ``-1234.50``; the inverse of :func:`ore`."""
    whole, part = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{part:02d}"
