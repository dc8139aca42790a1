"""The rule names of NAV's settlement report in the case files, answered by the codec that reads and writes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from refusion.adapters.nav.codec import amount_field, date_field, name_field, settlement_sum
from refusion.law.engine.worked import Answer, Given, Input, Unreadable, Worked, day, hundredths, several, text, whole


def _exact(value: object) -> Decimal:
    try:
        amount = Decimal(str(value))
    except ArithmeticError:
        raise Unreadable(f"not a number: {value!r}") from None
    if isinstance(value, bool) or not amount.is_finite():
        raise Unreadable(f"not a number: {value!r}")
    return amount


def _sum(given: Given) -> int:
    return settlement_sum(given.of(tuple, "belop"), given.of(int, "linjer"))


RULES = {
    "NO-K27-CSV": Worked(
        {"belop": Input(_exact, None), "navn": Input(text, None), "maxDato": Input(day, None)},
        {
            "felt10": Answer(text, lambda given: amount_field(given.of(Decimal, "belop"))),
            "felt8": Answer(text, lambda given: name_field(given.of(str, "navn"))),
            "felt12": Answer(text, lambda given: date_field(given.maybe(date, "maxDato"))),
        },
    ),
    "NO-K27-SUM": Worked(
        {"belop": Input(several(hundredths)), "linjer": Input(whole), "valutert": Input(day)},
        {"sumBelop": Answer(hundredths, _sum)},
    ),
}
