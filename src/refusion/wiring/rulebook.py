"""All rules of the house by name: for worked cases, for showing one, for comparing two days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from refusion.adapters.nav import worked as nav_worked
from refusion.claims.order import worked as claims_worked
from refusion.grants import worked as grants_worked
from refusion.law.denmark import library as danish
from refusion.law.denmark import worked as danish_worked
from refusion.law.engine.catalogue import figures_of, rules_of
from refusion.law.engine.check import Rulebook
from refusion.law.engine.parameters import Dated
from refusion.law.engine.rule import Rule
from refusion.law.engine.worked import Answer, Input, Worked, asked, day, several
from refusion.law.norway import library as norwegian
from refusion.law.norway import worked as norwegian_worked
from refusion.law.sweden import library as swedish
from refusion.law.sweden import worked as swedish_worked
from refusion.ledger.booking_run import booked_in
from refusion.salary_guard import worked as guard_worked

# The ledger knows no law, so its rule is put into the form of the worked cases here.
BOOKING: Rulebook = {
    "NO-BOOKING-RUN": Worked(
        {"paid_on": Input(day), "runs": Input(several(day))},
        {"booked_in": Answer(day, lambda given: booked_in(given.of(date, "paid_on"), given.of(tuple, "runs")))},
    ),
}
MODULES = (*danish.MODULES, *swedish.MODULES, *norwegian.MODULES)
# Every rule of law answers under its own name as well, with its own inputs.
BY_THEIR_OWN_NAME: Rulebook = {rule.name: asked(rule) for rule in rules_of(MODULES).values()}
# Each room that owns rules adds its part here; a name belongs to one room.
PARTS: tuple[Rulebook, ...] = (
    danish_worked.RULES,
    claims_worked.RULES,
    guard_worked.RULES,
    swedish_worked.RULES,
    grants_worked.RULES,
    norwegian_worked.RULES,
    nav_worked.RULES,
    BOOKING,
    BY_THEIR_OWN_NAME,
)


def rulebook() -> Rulebook:
    """Join the worked rules of all rooms; raises ValueError when two rooms claim one name."""
    joined = {name: rule for part in PARTS for name, rule in part.items()}
    if len(joined) != sum(len(part) for part in PARTS):
        raise ValueError("two rooms claim the same rule name")
    return joined


def rules() -> Mapping[str, Rule]:
    """List all rules of law by ``country.module.rule``."""
    return rules_of(MODULES)


def figures() -> Mapping[str, Dated]:
    """List all dated figures of the law by name."""
    return figures_of(MODULES)
