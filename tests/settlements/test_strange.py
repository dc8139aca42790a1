"""Periods in texts, and lines that name a stranger's payment beside ours."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from refusion.settlements.facts import DecisionLine, Received
from refusion.settlements.match import match
from refusion.settlements.period_told import period_told
from refusion.settlements.strange import strange_references, without_strangers
from refusion.values.period import Period

MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Refusion 01.03.2025-31.03.2025", MARCH),
        ("01.03.25 - 31.03.25", MARCH),
        ("1/3-25 til 31/3-25", MARCH),
        ("2025-03-01 2025-03-31", MARCH),
        ("31.03.2025-01.03.2025", None),
        ("01.03.2025", None),
        ("01.03.2025 31.03.2025 01.04.2025", None),
        ("32.03.2025 31.03.2025", None),
        ("KSD-2025-03-01 KSD-2025-03-31", None),
        ("010325-1234 310325-1234", None),
    ],
)
def test_exactly_two_days_tell_a_period(text: str, period: Period | None) -> None:
    assert period_told([text]) == period


def test_the_beginning_of_a_known_reference_is_no_stranger() -> None:
    assert strange_references(["KSD-123", "KSD-9 x", "udk-7"], ["KSD-1234"]) == {"KSD-9", "UDK-7"}


@pytest.mark.parametrize(("amount", "is_matched"), [(100_00, True), (130_00, False), (70_00, False)])
def test_a_line_for_two_is_ours_only_when_it_meets_what_is_ours(amount: int, is_matched: bool) -> None:
    decided = [DecisionLine(UUID(int=2), UUID(int=1), 100_00, 0, "KSD-1")]
    received = [Received(UUID(int=9), amount, date(2025, 5, 1), ("KSD-1", "KSD-2"))]
    found = without_strangers(match(received, decided), received, decided, ())
    assert (len(found.pairs), [one.because.key for one in found.unmatched]) == (
        (1, []) if is_matched else (0, ["settlements.strange_reference"])
    )
