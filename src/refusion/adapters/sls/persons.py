"""Danish national numbers in payroll files: checked and made compact, never repeated in a problem."""

from __future__ import annotations

from refusion.adapters.sls.cells import Read
from refusion.values.national_number import parse
from refusion.values.said import said


def danish_number(text: str) -> Read:
    """Give the ten digits of a Danish national number (replacement and test numbers too), or say that it is none."""
    try:
        return parse(text, "DK").digits
    except ValueError:
        return said("payroll.not_a_national_number")
