"""Why NAV paid something else than was claimed, where the report itself shows it; everything else is a person's to explain."""

from __future__ import annotations

from refusion.settlements.nav_items.item import Came, Cause, Deviation, Wanted


def deviation_of(wanted: Wanted, came: Came | None, *, known_rate: int | None = None, by_hand: bool = False) -> Deviation | None:
    """Give the explained difference of an item, or None where there is none or a person must look.

    NAV's own daily rate is seen where a report names exactly our days and its amount is whole kroner for each of them.
    ``known_rate`` is a rate that NAV has shown for the case already: months that are still open will come at it.
    """
    if came is None:
        return _foreseen(wanted, known_rate)
    difference = came.amount - wanted.amount
    if not difference:
        return None
    if by_hand:
        return Deviation(difference, Cause.BY_HAND)
    if came.amount == wanted.by_law:
        return Deviation(difference, Cause.HOLIDAY_RATE)
    rate = rate_shown(wanted, came)
    return None if rate is None else Deviation(difference, Cause.RATE, rate)


def is_unexplained(wanted: Wanted, came: Came | None, explained: Deviation | None) -> bool:
    """Tell whether NAV paid something else than we claimed and nothing says why."""
    return came is not None and came.amount != wanted.amount and explained is None


def rate_shown(wanted: Wanted, came: Came) -> int | None:
    """Give the daily rate that a report shows, in øre; None where days or amount leave a doubt."""
    if not came.dated or wanted.days is None or not wanted.paid_days or came.amount <= 0:
        return None
    same_days = len(came.days) == 1 and _weekdays_alike(came, wanted)
    if not same_days or came.amount % (wanted.paid_days * KRONE):
        return None
    return came.amount // wanted.paid_days


KRONE = 100


def _weekdays_alike(came: Came, wanted: Wanted) -> bool:
    """Weekends at either end count for nothing: NAV writes whole months, we write the days of the leave."""
    assert wanted.days is not None
    shared = came.days[0].overlap(wanted.days)
    return shared is not None and shared.weekdays == came.weekdays == wanted.paid_days


def _foreseen(wanted: Wanted, known_rate: int | None) -> Deviation | None:
    if known_rate is None or known_rate == wanted.rate or not wanted.amount:
        return None
    return Deviation((known_rate - wanted.rate) * wanted.paid_days, Cause.RATE, known_rate)
