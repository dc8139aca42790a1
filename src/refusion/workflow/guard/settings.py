"""What an institution decides of its guard: whether deviating parts are held, and the accounts that payments stand on."""

from __future__ import annotations

from collections.abc import Mapping

from refusion.ledger import is_number
from refusion.salary_guard.resolving.bookings import Purpose, default_chart
from refusion.values.said import Refused, said
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

HOLDS_PARTS, ACCOUNT = "holds_parts", "account."
ON, OFF = "yes", "no"


def guard_settings(ports: Ports, actor: Actor, institution: str) -> Mapping[str, str]:
    """Give what is decided: whether parts are held, and each purpose's account."""
    with ports.work(institution, actor) as tx:
        chart = default_chart().with_numbers(dict(accounts(tx)))
        held = tx.guard.setting(HOLDS_PARTS) or OFF
        return {HOLDS_PARTS: held, **{f"{ACCOUNT}{purpose.value}": chart.number(purpose) for purpose in Purpose}}


def set_holding(ports: Ports, actor: Actor, institution: str, *, on: bool) -> None:
    """Switch on or off that the deviating part of a payment below its limit is held; off until somebody switches it on."""
    with ports.work(institution, actor) as tx:
        tx.guard.set_setting(HOLDS_PARTS, ON if on else OFF)
        tx.audit.note("set_holding", institution, {"on": on})


def set_guard_account(ports: Ports, actor: Actor, institution: str, purpose: str, number: str) -> None:
    """Give a purpose an account of the institution's own, for runs taken in from now on.

    Raises Refused for an unknown purpose, for what is no account number, and where two purposes that must be told apart
    would share one.
    """
    if purpose not in set(Purpose):
        raise Refused(said("stopped.no_purpose", purpose=purpose, known=", ".join(Purpose)))
    if not is_number(number):
        raise Refused(said("stopped.no_account_number", number=number))
    with ports.work(institution, actor) as tx:
        try:
            default_chart().with_numbers({**accounts(tx), purpose: number})
        except ValueError:
            raise Refused(said("stopped.account_shared", number=number)) from None
        tx.guard.set_setting(f"{ACCOUNT}{purpose}", number)
        tx.audit.note("set_guard_account", purpose, {"number": number})


def accounts(tx: Transaction) -> Mapping[str, str]:
    """Give the institution's own account numbers by purpose."""
    return {name.removeprefix(ACCOUNT): number for name, number in tx.guard.settings().items() if name.startswith(ACCOUNT)}
