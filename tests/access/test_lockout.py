"""How long a log-in stays closed: some failures are free, then the time doubles to a limit; nobody is locked out by another's guesses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.access.lockout import LIMITS, Against, Standing, came_in, closed_until, failed, network_of

NOW = datetime(2025, 3, 3, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FRESH = dict.fromkeys(Against, Standing())


def after(against: Against, failures: int) -> Standing:
    standing = Standing()
    for _ in range(failures):
        standing = failed(against, standing, NOW)
    return standing


@pytest.mark.parametrize(
    ("against", "failures", "minutes"),
    [
        (Against.PAIR, 4, None), (Against.PAIR, 5, 1), (Against.PAIR, 6, 2), (Against.PAIR, 7, 4), (Against.PAIR, 10, 32), (Against.PAIR, 11, 60),
        (Against.PAIR, 500, 60), (Against.NETWORK, 49, None), (Against.NETWORK, 50, 1), (Against.NETWORK, 60, 60), (Against.NAME, 19, None),
        (Against.NAME, 20, 1), (Against.NAME, 24, 15), (Against.NAME, 400, 15),
    ],
)  # fmt: skip
def test_the_time_doubles_after_what_is_free(against: Against, failures: int, minutes: int | None) -> None:
    expected = None if minutes is None else NOW + minutes * MINUTE
    assert after(against, failures).closed_until == expected


def test_a_day_without_failures_forgets_them() -> None:
    before = after(Against.PAIR, 6)
    assert failed(Against.PAIR, before, NOW + timedelta(hours=24)).failures == 7
    assert failed(Against.PAIR, before, NOW + timedelta(hours=24, seconds=1)).failures == 1


def test_it_opens_at_the_instant_that_was_said() -> None:
    standings = {**FRESH, Against.PAIR: after(Against.PAIR, 5)}
    assert closed_until(standings, NOW + MINUTE - timedelta(seconds=1)) == NOW + MINUTE
    assert closed_until(standings, NOW + MINUTE) is None


def test_guesses_from_elsewhere_close_a_name_for_strangers_and_not_where_its_person_came_in() -> None:
    attacked = {**FRESH, Against.NAME: after(Against.NAME, 300)}
    assert closed_until(attacked, NOW) == NOW + 15 * MINUTE
    assert closed_until({**attacked, Against.PAIR: came_in(NOW - timedelta(days=90))}, NOW) is None
    assert closed_until({**attacked, Against.PAIR: came_in(NOW - timedelta(days=91))}, NOW) is not None


def test_a_known_place_that_guesses_is_closed_all_the_same() -> None:
    standing = came_in(NOW)
    for _ in range(5):
        standing = failed(Against.PAIR, standing, NOW)
    assert closed_until({**FRESH, Against.PAIR: standing}, NOW) == NOW + MINUTE


@given(st.sampled_from(Against), st.integers(1, 400))
def test_more_failures_never_open_sooner(against: Against, failures: int) -> None:
    one = after(against, failures)
    two = failed(against, one, NOW)
    assert (two.closed_until or NOW) >= (one.closed_until or NOW)
    assert (two.closed_until or NOW) - NOW <= LIMITS[against].longest


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.17", "192.0.2.0/24"), ("192.0.2.200", "192.0.2.0/24"), ("::ffff:192.0.2.17", "192.0.2.0/24"),
        ("2001:db8:1:2::9", "2001:db8:1::/48"), ("", "unknown"), ("nonsense", "unknown"), ("192.0.2.17:80", "unknown"),
    ],
)  # fmt: skip
def test_an_address_belongs_to_its_network(address: str, network: str) -> None:
    assert network_of(address) == network
