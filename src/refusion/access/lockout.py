"""How long a log-in stays closed after failures: for a name from one network, for a network, and for a name from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from types import MappingProxyType


class Against(StrEnum):
    """Whose failures are counted."""

    PAIR = "pair"
    NETWORK = "network"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Limit:
    """Failures that are free, and the longest time that the door stays closed after more of them."""

    free: int
    longest: timedelta


FIRST_WAIT = timedelta(minutes=1)
FORGOTTEN_AFTER = timedelta(hours=24)
KNOWN_FOR = timedelta(days=90)
# Whoever guesses at a name from many networks closes it for strangers alone, and never for long: a network that the
# person came in from keeps its own count (`Standing.is_known`), so that no victim is locked out by others' guesses.
LIMITS: Mapping[Against, Limit] = MappingProxyType({
    Against.PAIR: Limit(4, timedelta(hours=1)),
    Against.NETWORK: Limit(49, timedelta(hours=1)),
    Against.NAME: Limit(19, timedelta(minutes=15)),
})
MOST_DOUBLINGS = 16
_PREFIXES = {4: 24, 6: 48}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one name, network or pair: failures in a row, the last of them, until when it is closed."""

    failures: int = 0
    last_at: datetime | None = None
    closed_until: datetime | None = None
    came_in_at: datetime | None = None

    def is_known(self, now: datetime) -> bool:
        """Tell whether somebody came in here not long ago."""
        return self.came_in_at is not None and now - self.came_in_at <= KNOWN_FOR

    def is_closed(self, now: datetime) -> bool:
        """Tell whether nobody is let in at this instant."""
        return self.closed_until is not None and now < self.closed_until


def closed_until(standings: Mapping[Against, Standing], now: datetime) -> datetime | None:
    """Give the instant until which this log-in is closed; None where it may be tried."""
    known = standings[Against.PAIR].is_known(now)
    asked = (standing for against, standing in standings.items() if not (known and against is Against.NAME))
    return max((one.closed_until for one in asked if one.closed_until is not None and one.is_closed(now)), default=None)


def failed(against: Against, before: Standing, now: datetime) -> Standing:
    """Count one more failure: the free ones close nothing, then the time doubles; a day without any forgets them."""
    fresh = before.last_at is None or now - before.last_at > FORGOTTEN_AFTER
    failures = 1 if fresh else before.failures + 1
    limit = LIMITS[against]
    over = failures - limit.free
    wait = min(FIRST_WAIT * 2 ** min(over - 1, MOST_DOUBLINGS), limit.longest) if over > 0 else None
    return Standing(failures, now, None if wait is None else now + wait, before.came_in_at)


def came_in(now: datetime) -> Standing:
    """Forget the failures of somebody who came in."""
    return Standing(0, now, None, now)


def network_of(address: str) -> str:
    """Give the network of an address, /24 or /48; an address that cannot be read is a network of its own."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    mapped = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network(f"{mapped}/{_PREFIXES[mapped.version]}", strict=False))
