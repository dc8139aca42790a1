"""What a machine's token may carry: roles or single duties, never a second pair of eyes, never what nobody holds together."""

from __future__ import annotations

from collections.abc import Iterable

from refusion.access.duties import Duty
from refusion.access.roles import ALONE, DUTIES, Role, held, require_separate
from refusion.values.said import Refused, said

# Four eyes are a person's; nobody makes a machine that opens doors to others, and time goes on by itself.
NEVER_BY_MACHINE = frozenset({
    Duty.APPROVE_WRITE_OFF, Duty.APPROVE_VOID, Duty.APPROVE_RULE, Duty.APPROVE_STOPPED, Duty.APPROVE_PAY_LIMIT, Duty.APPROVE_GRANT,
    Duty.MAKE_TOKEN, Duty.APPROVE_TOKEN, Duty.RELEASE_LOG_IN, Duty.RUN_DAY, Duty.STEP_DEMO,
})  # fmt: skip
# Reading and bringing files changes no decision; every other duty is given to a machine by two persons.
GIVEN_BY_ONE = frozenset({
    Duty.READ, Duty.ABSORB_PAYROLL, Duty.ABSORB_BANK, *(duty for duty in Duty if duty.startswith("see_")),
})  # fmt: skip
KNOWN = (*Role, *(f"{ALONE}{duty}" for duty in Duty if duty not in NEVER_BY_MACHINE))


def carried(scopes: Iterable[str]) -> frozenset[Duty]:
    """Give the duties that a token with these scopes carries; reading the institution's own facts is among every token's."""
    return (held(scopes) - NEVER_BY_MACHINE) | {Duty.READ}


def as_roles(scopes: Iterable[str]) -> frozenset[str]:
    """Write what a token carries as the roles of an actor: each duty alone."""
    return frozenset(f"{ALONE}{duty}" for duty in carried(scopes))


def given_by_one(scopes: Iterable[str]) -> bool:
    """Tell whether one person alone may give a machine these scopes."""
    return carried(scopes) <= GIVEN_BY_ONE


def require_scopes(scopes: Iterable[str]) -> None:
    """Raise Refused for no scope, an unknown one, one that no machine may have, and duties that exclude each other."""
    scopes = tuple(scopes)
    for scope in scopes or ("",):
        if scope not in KNOWN:
            raise Refused(said("api.scope_unknown", scope=scope, roles=", ".join(DUTIES)))
    if carried(scopes) == {Duty.READ}:
        raise Refused(said("api.scope_carries_nothing"))
    require_separate(as_roles(scopes))
