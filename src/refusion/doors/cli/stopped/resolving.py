"""``refusion stopped release``, ``correct``, ``hold``, ``stop`` and what follows: two people decide, each step is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.output import JsonFile
from refusion.doors.cli.run import InstitutionCode
from refusion.doors.cli.stopped.acting import Number, Reason, acting, amount_of, paid_facts, say, tell
from refusion.salary_guard.resolving.states import Event
from refusion.values.said import said

if TYPE_CHECKING:
    from refusion.wiring.house import House
    from refusion.workflow.ports.guard.facts import Paid
    from refusion.workflow.ports.institution import Actor

Reference = Annotated[str, typer.Option("--reference", metavar="TEXT", help="What names it outside: the order's or voucher's number.")]
Channel = Annotated[str, typer.Option("--channel", metavar="bank|nemkonto", help="Whom to ask.")]
Amount = Annotated[
    str | None, typer.Option("--amount", metavar="KRONER", help="What came; all that is owed where none is said.", show_default=False)
]
Answer = Annotated[str, typer.Argument(metavar="stopped|too-late|already-paid", help="What the bank or NemKonto answered.")]
FOLLOWING = {
    "paid": (Event.PAID_OUT, "Note that a payment was paid by hand; it is exactly the stopped amount, and 95.11 is cleared."),
    "reposted": (Event.REPOSTED, "Note that the held amount was re-posted from 95.11 to 61.50; both end at zero."),
    "returned": (Event.MONEY_RETURNED, "Note that a stopped payment's money came back from the bank; it clears 61.50."),
}
PROPOSING = {
    "release": ("find_right", "Propose to pay a stopped payment by hand: it is right. Another person approves it."),
    "correct": ("find_wrong", "Say that a payment is wrong. Of a stopped one another person approves it; one that went is owed back."),
    "hold": ("hold_payment", "Take a payment out of a run whose bank file is not written yet; it stands on 95.11."),
    "write-off": ("ask_write_off_pay", "Propose to give up what an employee still owes. Another person approves it."),
}
DECIDING = {
    "approve": ("approve_stopped", "Approve what another person proposed, exactly as it was proposed."),
    "decline": ("decline_stopped", "Say no to what is proposed; the payment stands as before."),
    "withdraw": ("withdraw_stopped", "Withdraw what is proposed; the payment stands as before."),
}


def register(stopped: typer.Typer) -> None:
    """Add the verbs."""
    for name, (verb, help_text) in PROPOSING.items():
        stopped.command(name, help=help_text)(_proposing(verb))
    for name, (verb, help_text) in DECIDING.items():
        stopped.command(name, help=help_text)(_deciding(verb))
    for name, (event, help_text) in FOLLOWING.items():
        stopped.command(name, help=help_text)(_following(event))
    stopped.command("reported")(reported)
    stopped.command("repaid")(repaid)
    stopped.command("stop")(stop)
    stopped.command("answer")(answer)


def reported(number: Number, *, reference: Reference = "", institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Note that payroll has corrected and reported the amount on component 2913."""
    _act(number, institution, json, lambda house, actor, code: house.report_2913(actor, code, number, reference))


def repaid(
    number: Number, *, amount: Amount = None, reference: Reference = "", institution: InstitutionCode = None, json: JsonFile = None
) -> None:
    """Note what an employee repaid of a wrong payment, all of it or a part."""
    came = None if amount is None else amount_of("--amount", amount)
    _act(number, institution, json, _follow(number, Event.REPAID, reference, came))


def stop(number: Number, reason: Reason, channel: Channel, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Ask the bank or NemKonto to stop a payment that was sent, in the last two banking days before its value date."""
    ordered, place = acting(
        institution, lambda house, actor, code: house.order_stop(actor, code, number, channel=channel, reason=reason)
    )
    say(ordered.guidance, json)
    tell(ordered.message, json, institution=place, **paid_facts(ordered.paid), channel=channel, until=ordered.until.isoformat())


def answer(number: Number, told: Answer, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Note the answer to a request to stop; too late becomes a matter of repayment."""
    _act(number, institution, json, lambda house, actor, code: house.answer_stop(actor, code, number, told.replace("-", "_")))


def _proposing(verb: str) -> Callable[..., None]:
    def propose(number: Number, reason: Reason, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
        _act(number, institution, json, lambda house, actor, code: getattr(house, verb)(actor, code, number, reason))

    return propose


def _deciding(verb: str) -> Callable[..., None]:
    def decide(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
        _act(number, institution, json, lambda house, actor, code: getattr(house, verb)(actor, code, number))

    return decide


def _following(event: Event) -> Callable[..., None]:
    def follow(number: Number, *, reference: Reference = "", institution: InstitutionCode = None, json: JsonFile = None) -> None:
        _act(number, institution, json, _follow(number, event, reference, None))

    return follow


def _follow(number: int, event: Event, reference: str, came: int | None) -> Callable[[House, Actor, str], Paid]:
    return lambda house, actor, code: house.follow_stopped(actor, code, number, event, reference=reference, amount=came)


def _act(number: int, institution: str | None, json: str | None, act: Callable[[House, Actor, str], Paid]) -> None:
    """Do it, and say how the payment stands now and what it waits for."""
    paid, place = acting(institution, act)
    words = said(f"stopped.now_{paid.state.value}", number=number, amount_ore=paid.amount, value_date=paid.value_date)
    tell(words, json, institution=place, **paid_facts(paid))
